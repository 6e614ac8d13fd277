"""What the command line takes, and how it says so."""

from __future__ import annotations

import math
from argparse import (
    Action,
    ArgumentParser,
    ArgumentTypeError,
    Namespace,
    RawDescriptionHelpFormatter,
)
from collections.abc import Callable, Mapping
from typing import NoReturn

import roadmap as rm
from roadmap._terminal import say
from roadmap._text import visible
from roadmap.errors import nearest

AUDIENCES = ("business", "technology")
CHARTS = ("gantt", "dependencies", "load", "value", "progress")
EFFORTS = ("plan", "prove")
GROUPS = ("category", "team", "owner", "none")

_PORTFOLIO = "the portfolio: a YAML, JSON or TOML file"
_PLAN = "a plan: plan.json, or a CSV file with initiative and start"
_FORCE = "replace files that are there"
_CODES = """\
exit codes: 0 good, 1 infeasible or a rule is broken, 2 bad input, 3 stopped without a plan

to begin: roadmap init, edit roadmap.yaml, then roadmap solve roadmap.yaml --out plan
"""


class _Parser(ArgumentParser):
    """Its messages are short, and show what was typed without letting it command the terminal."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {visible(message)}\n{self.prog} --help tells more\n")


class _Version(Action):
    """Say the version; looked up only when it is asked for."""

    def __call__(self, parser: ArgumentParser, *_: object) -> None:
        say(f"roadmap {rm.__version__}")
        parser.exit()


def parser(commands: Mapping[str, Callable[[Namespace], int]]) -> ArgumentParser:
    """Make the parser; the command that was chosen stands in ``command``, ``None`` for none.

    Parameters
    ----------
    commands
        What carries out each command, by its name; the first line of its docstring becomes its
        help.
    """
    top = _Parser(
        prog="roadmap",
        description="Turn capabilities, gaps and dependencies into a proven, sequenced roadmap.",
        epilog=_CODES,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="show the version")
    choices = top.add_subparsers(metavar="command")
    top.set_defaults(command=None)
    for name, command in commands.items():
        told = (command.__doc__ or "").partition("\n")[0]
        chosen = choices.add_parser(name, help=told, description=told, allow_abbrev=False)
        chosen.set_defaults(command=command)
        _ARGUMENTS[name](chosen)
    return top


def _init(to: ArgumentParser) -> None:
    told = "where to: a folder (default: this one), or a file that ends in .yaml"
    to.add_argument("path", nargs="?", default=".", metavar="FOLDER|FILE", help=told)
    to.add_argument("--force", action="store_true", help=_FORCE)


def _solve(to: ArgumentParser) -> None:
    to.add_argument("portfolio", help=_PORTFOLIO)
    to.add_argument("--out", metavar="FOLDER", help="write the plan and its charts to a folder")
    to.add_argument(
        "--time-limit",
        type=_seconds,
        default=60.0,
        metavar="SECONDS",
        help="how long to search; 0 for a quick plan, none for no limit (default: 60)",
    )
    told = "auto (the default), cpsat (exact search alone), or a rule: wsjf, rank-order, ..."
    to.add_argument("--solver", type=_solver, default="auto", metavar="NAME", help=told)
    told = "seed of the random choices (default: 0)"
    to.add_argument("--seed", type=_whole(0), default=0, metavar="N", help=told)
    told = "threads that search (default: one for each processor, at most 4)"
    to.add_argument("--workers", type=_whole(1), metavar="N", help=told)
    told = "where time goes: plan (the default), a better plan; prove, how good it is"
    to.add_argument("--effort", choices=EFFORTS, default="plan", help=told)
    told = "give the same bytes each time: one thread, no clock"
    to.add_argument("--reproducible", action="store_true", help=told)
    told = f"{_PLAN}; the search starts from it"
    to.add_argument("--hint", metavar="PLAN", help=told)
    to.add_argument("--force", action="store_true", help=_FORCE)
    told = "show no progress, and do not say what is written"
    to.add_argument("--quiet", action="store_true", help=told)


def _stage(to: ArgumentParser) -> None:
    to.add_argument("portfolio", help=_PORTFOLIO)
    to.add_argument("--out", metavar="FOLDER", help="write the plan of each outcome to a folder")
    told = "how long each of the two searches may take, none for no limit (default: 60)"
    to.add_argument("--time-limit", type=_seconds, default=60.0, metavar="SECONDS", help=told)
    to.add_argument("--force", action="store_true", help=_FORCE)


def _check(to: ArgumentParser) -> None:
    to.add_argument("portfolio", help=_PORTFOLIO)
    to.add_argument("plan", help=_PLAN)


def _findings(to: ArgumentParser) -> None:
    to.add_argument("portfolio", help=_PORTFOLIO)
    told = "exit with 1 if there are any"
    to.add_argument("--strict", action="store_true", help=told)


def _compare(to: ArgumentParser) -> None:
    to.add_argument("portfolio", help=_PORTFOLIO)
    to.add_argument("plans", nargs="*", metavar="plan", help=_PLAN)
    told = "also show what each rule makes of it: WSJF, cost of delay, rank order, ..."
    to.add_argument("--rivals", action="store_true", help=told)


def _explain(to: ArgumentParser) -> None:
    to.add_argument("portfolio", help=_PORTFOLIO)
    to.add_argument("plan", nargs="?", help=f"{_PLAN}; without one, a plan is searched for first")
    told = "what is to be explained: an initiative or a need (default: every need and initiative)"
    to.add_argument("--about", metavar="NAME", help=told)
    told = "why the initiative does not start before this date"
    to.add_argument("--before", metavar="DATE", help=told)
    _limits(to)


def _audit(to: ArgumentParser) -> None:
    to.add_argument("portfolio", help=_PORTFOLIO)
    to.add_argument("plan", nargs="?", help=f"{_PLAN}; without one, a plan is searched for first")
    _limits(to)


def _report(to: ArgumentParser) -> None:
    to.add_argument("portfolio", help=_PORTFOLIO)
    to.add_argument("plan", nargs="?", help=f"{_PLAN}; without one, a plan is searched for first")
    told = "whose words it uses: business (the default) or technology"
    to.add_argument("--audience", choices=AUDIENCES, default="business", help=told)
    told = "date of the next review: what must be decided before it is due"
    to.add_argument("--review", metavar="DATE", help=told)
    _limits(to)
    told = "where to, by its ending: .md or .html (default: to standard output, as Markdown)"
    to.add_argument("-o", "--output", metavar="FILE", help=told)
    to.add_argument("--force", action="store_true", help=_FORCE)


def _limits(to: ArgumentParser) -> None:
    told = "how long all questions may take, none for no limit (default: 60)"
    to.add_argument("--time-limit", type=_seconds, default=60.0, metavar="SECONDS", help=told)


def _draw(to: ArgumentParser) -> None:
    to.add_argument("chart", choices=CHARTS, metavar="chart", help=", ".join(CHARTS))
    to.add_argument("portfolio", help=_PORTFOLIO)
    told = f"{_PLAN}; dependencies are drawn without one too"
    to.add_argument("plan", nargs="?", help=told)
    told = "what a gantt chart groups work by: category (the default), team, owner or none"
    to.add_argument("--group", choices=GROUPS, metavar="BY", help=told)
    told = "where to, by its ending: .svg, .png or .pdf (default: the chart's name and .svg)"
    to.add_argument("-o", "--output", metavar="FILE", help=told)
    to.add_argument("--force", action="store_true", help=_FORCE)


def _schema(to: ArgumentParser) -> None:
    told = "where to write it (default: to standard output)"
    to.add_argument("-o", "--output", metavar="FILE", help=told)
    to.add_argument("--force", action="store_true", help=_FORCE)


_ARGUMENTS: Mapping[str, Callable[[ArgumentParser], None]] = {
    "init": _init,
    "solve": _solve,
    "stage": _stage,
    "check": _check,
    "findings": _findings,
    "compare": _compare,
    "explain": _explain,
    "audit": _audit,
    "report": _report,
    "draw": _draw,
    "schema": _schema,
}


def _seconds(text: str) -> float | None:
    """A time limit: seconds from 0 on, or none."""
    if text.lower() == "none":
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise ArgumentTypeError(f"{text!r} is no time; give seconds, such as 30, or none")
    return seconds


def _whole(least: int) -> Callable[[str], int]:
    """A whole number that a solver can take."""

    def number(text: str) -> int:
        digits = text.strip().removeprefix("-").isdecimal() and len(text) <= 11
        value = int(text) if digits else -1
        if not digits or not least <= value < 2**31:
            raise ArgumentTypeError(f"{text!r} is not a whole number from {least} to {2**31 - 1}")
        return value

    return number


def _solver(text: str) -> str:
    """A solver's name; a rule of several words is written with hyphens, or quoted."""
    name = text.replace("-", " ").replace("_", " ").strip().lower()
    if name not in rm.SOLVERS:
        known = [solver.replace(" ", "-") for solver in rm.SOLVERS]
        close = nearest(text, known)
        told = close if close.endswith("?") else f"known: {', '.join(known)}"
        raise ArgumentTypeError(f"no solver is called {text!r}; {told}")
    return name
