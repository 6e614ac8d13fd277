"""The command line: each subcommand is a few lines over the public names of ``roadmap``.

Exit codes: 0 good, 1 infeasible or a rule is broken, 2 bad input, 3 stopped without a plan.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import roadmap as rm
from roadmap._arguments import CHARTS, parser
from roadmap._files import write_whole
from roadmap._paths import make_folder, reason, refuse_to_replace, refuse_to_write
from roadmap._terminal import say, tell, told_warnings, watching
from roadmap._text import money, text_table

GOOD, BROKEN, BAD_INPUT, NO_PLAN = range(4)

_SCHEMA = "roadmap.schema.json"  # as the starter's first line names it
_WRITTEN = ("plan.json", "plan.csv", "summary.txt", *(f"{chart}.svg" for chart in CHARTS))


class _RefusedError(Exception):
    """What was asked cannot be done, in a sentence for the user."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments
        What follows the program's name; default what the program was called with.

    Returns
    -------
    int
        The exit code: 0 good, 1 infeasible or a rule is broken, 2 bad input, 3 stopped without
        a plan.

    Raises
    ------
    SystemExit
        The arguments are wrong (code 2), or only help or the version was asked for (code 0).
    """
    known = parser(_COMMANDS)
    options = known.parse_args(arguments)
    if options.command is None:
        tell(known.format_help())
        return BAD_INPUT
    with told_warnings():
        return _run(options.command, options)


def _run(command: Callable[[Namespace], int], options: Namespace) -> int:
    """Carry out a command; what stands in its way is told, and becomes the exit code."""
    try:
        return command(options)
    except KeyboardInterrupt:
        tell("roadmap: stopped")
        return NO_PLAN
    except (rm.RoadmapError, _RefusedError) as error:
        tell(f"roadmap: {error}")
        return NO_PLAN if isinstance(error, rm.SolverError) else BAD_INPUT
    except OSError as error:
        tell(f"roadmap: {reason(error)}")
        return BAD_INPUT


def _init(options: Namespace) -> int:
    """Write a starter portfolio, and its schema for editors."""
    portfolio = _starter_path(Path(options.path))
    schema = portfolio.with_name(_SCHEMA)
    told = rm.schema_text()
    same = schema.is_file() and schema.read_bytes() == told.encode()
    refuse_to_replace([portfolio] if same else [portfolio, schema], force=options.force)
    make_folder(portfolio.parent)
    starter = (files("roadmap") / "data" / "template.yaml").read_bytes()
    write_whole(portfolio, starter, overwrite=options.force)
    write_whole(schema, told, overwrite=options.force or same)
    say(f"Wrote {portfolio} and {schema}.")
    say(f"Edit the first, then run: roadmap solve {portfolio} --out {portfolio.parent / 'plan'}")
    return GOOD


def _starter_path(path: Path) -> Path:
    """The file itself, or a file in the folder that is named."""
    suffix = path.suffix.lower()
    if suffix in (".json", ".toml"):
        raise _RefusedError(f"the starter is written as YAML: {path.with_suffix('.yaml')}, say")
    return path if suffix in (".yaml", ".yml") else path / "roadmap.yaml"


def _solve(options: Namespace) -> int:
    """Find a plan and prove how good it is; write it with its charts."""
    portfolio = rm.read(options.portfolio)
    hint = None if options.hint is None else _sound_hint(options, portfolio)
    if options.out is not None:
        refuse_to_replace([Path(options.out) / name for name in _WRITTEN], force=options.force)
        make_folder(Path(options.out))
    with watching(portfolio.currency, quiet=options.quiet) as on_progress:
        result = rm.solve(
            portfolio,
            solver=options.solver,
            time_limit=options.time_limit,
            seed=options.seed,
            workers=options.workers,
            effort=options.effort,
            reproducible=options.reproducible,
            hint=hint,
            on_progress=on_progress,
            isolate=True,
        )
    try:
        say(result)
    finally:  # a plan is kept even if it cannot be shown
        if result.schedule is not None and options.out is not None:
            _write_all(result, options)
    return GOOD if result.schedule is not None else _without_plan(result, options)


def _sound_hint(options: Namespace, portfolio: rm.Portfolio) -> rm.Schedule:
    """The plan to start from; one that breaks a rule is refused while its file is known."""
    hint = rm.read_schedule(options.hint, portfolio)
    broken = rm.evaluate(portfolio, hint).violations
    if broken:
        raise _RefusedError(
            f"{options.hint} breaks rules, so no search can start from it: {broken[0]}\n"
            f"To see all that is wrong: roadmap check {options.portfolio} {options.hint}"
        )
    return hint


def _without_plan(result: rm.Result, options: Namespace) -> int:
    """Say what was not written, and what may help; files of earlier runs stay as they are."""
    if options.out is not None:
        tell(f"There is no plan, so nothing was written to {options.out}.")
    if result.status is rm.Status.INFEASIBLE:
        return BROKEN
    tell("There may be one yet: try a longer --time-limit, or --solver auto.")
    return NO_PLAN


def _write_all(result: rm.Result, options: Namespace) -> None:
    """Write the plan and its charts under fixed names, the plan first."""
    folder, force = Path(options.out), options.force
    result.write(folder / "plan.json", overwrite=force)
    result.write(folder / "plan.csv", overwrite=force)
    write_whole(folder / "summary.txt", f"{result}\n", overwrite=force)
    for chart in CHARTS:
        rm.save(_axes(chart, result).figure, folder / f"{chart}.svg", overwrite=force)
    if not options.quiet:
        tell(f"Wrote {', '.join(_WRITTEN)} to {folder}.")


def _stage(options: Namespace) -> int:
    """Plan for every outcome of the pilots: what to begin now, and what then."""
    problem = rm.Problem(rm.read(options.portfolio))
    if not problem.portfolio.pilots:
        raise _RefusedError(
            f"{options.portfolio} has no pilots; to plan it as it is: "
            f"roadmap solve {options.portfolio} --out plan"
        )
    if options.out is not None:
        folder = Path(options.out)
        refuse_to_replace(sorted(folder.glob("branch-*.csv")), force=options.force)
        make_folder(folder)
    staged = rm.solve_staged(problem, time_limit=options.time_limit, isolate=True)
    say(staged)
    if not staged.branches:
        return BROKEN if staged.status is rm.Status.INFEASIBLE else NO_PLAN
    begun = ", ".join(staged.shared) or "nothing"
    say(f"\nBegun before the first gate, whatever the outcome: {begun}.")
    for number, branch in enumerate(staged.branches, start=1):
        say(f"\n{number}. {branch.label}\n\n{branch.plan.tables}")
        if options.out is not None:
            target = folder / f"branch-{number}.csv"
            branch.plan.write(target, overwrite=options.force)
            tell(f"Wrote {target}.")
    return GOOD


def _check(options: Namespace) -> int:
    """Judge a plan: which rules it breaks, what it costs, when needs are met."""
    problem = rm.Problem(rm.read(options.portfolio))
    judged = rm.evaluate(problem, rm.read_schedule(options.plan, problem))
    say(_verdict(options.plan, judged))
    currency = problem.portfolio.currency
    head = ("term", f"amount, {currency}" if currency else "amount")
    say("\n" + text_table(head, _term_rows(judged)))
    if note := problem.portfolio.unpriced_note:
        say(f"\n{note}")
    if judged.attainment:
        say("\n" + text_table(("need", "met from"), _need_rows(judged, problem)))
    return GOOD if judged.feasible else BROKEN


def _findings(options: Namespace) -> int:
    """Say what keeps a portfolio from being believed: no value, no owner, no basis."""
    found = rm.read(options.portfolio).findings()
    say(found)
    return BROKEN if options.strict and found else GOOD


def _verdict(name: str, judged: rm.Evaluation) -> str:
    if judged.feasible:
        return f"{name} keeps every rule."
    return "\n".join([f"{name} breaks rules:", *(f"  {each}" for each in judged.violations)])


def _term_rows(judged: rm.Evaluation) -> list[tuple[str, str]]:
    terms = [*judged.terms.items(), ("total", judged.objective)]
    return [(name, money(amount)) for name, amount in terms]


def _need_rows(judged: rm.Evaluation, problem: rm.Problem) -> list[tuple[str, str]]:
    timeline = problem.portfolio.timeline
    return [
        (need, "never" if time is None else timeline.label(time))
        for need, time in judged.attainment.items()
    ]


def _compare(options: Namespace) -> int:
    """Set plans side by side: costs, dates, moves, broken rules."""
    if not options.plans and not options.rivals:
        raise _RefusedError("there is nothing to compare: name a plan, or say --rivals")
    problem = rm.Problem(rm.read(options.portfolio))
    given = {name: _answer(path, problem) for name, path in _named(options.plans).items()}
    rules = rm.RULES if options.rivals else ()
    rivals = {rule: rm.solve(problem, solver=rule) for rule in rules}
    compared = rm.compare({**given, **rivals}, problem)
    say(compared)
    judged = [compared[name].evaluation for name in given]
    return GOOD if all(each is None or each.feasible for each in judged) else BROKEN


def _named(paths: Sequence[str]) -> dict[str, str]:
    """Plans by what a table calls them: their files' names, as short as they stay distinct."""
    once = list(dict.fromkeys(paths))
    stems = [Path(path).stem for path in once]
    distinct = len({*stems, *rm.RULES}) == len(stems) + len(rm.RULES)
    return dict(zip(stems if distinct else once, once, strict=True))


def _explain(options: Namespace) -> int:
    """Say why a plan is as it is: what holds each piece of work, and what a month costs."""
    inquiry, result = _inquiry(options)
    about = options.about
    if result.schedule is None:
        return _without_an_answer(result, inquiry)
    if about is None:
        say(rm.delays(result, inquiry=inquiry))
        say(f"\n{rm.slips(result, inquiry=inquiry)}")
        for name in result.left_out:
            say(f"\n{rm.why_left_out(result, name, inquiry=inquiry)}")
    elif about in result.problem.portfolio.need:
        say(rm.by_when(result, about, inquiry=inquiry))
    elif options.before is not None:
        say(rm.why_not(result, about, before=options.before, inquiry=inquiry))
    elif about in result.schedule:
        say(rm.why(result, about))
    else:
        say(rm.why_left_out(result, about, inquiry=inquiry))
    return GOOD


def _audit(options: Namespace) -> int:
    """Say what each rule costs, and what it rests on; or which rules are in conflict."""
    inquiry, result = _inquiry(options)
    if result.schedule is None:
        return _without_an_answer(result, inquiry)
    say(rm.audit(result, inquiry=inquiry))
    return GOOD


def _report(options: Namespace) -> int:
    """Write the decision pack of a review board, for business or for technology."""
    target = None if options.output is None else Path(options.output)
    if target is not None:
        if target.suffix.lower() not in rm.Report.FORMATS:
            known = " or ".join(rm.Report.FORMATS)
            raise _RefusedError(f"{target}: a report is written as {known}")
        refuse_to_write(target, force=options.force)
    inquiry, result = _inquiry(options)
    if result.schedule is None:
        return _without_an_answer(result, inquiry)
    told = rm.report(result, options.audience, review=options.review, inquiry=inquiry)
    if target is None:
        say(told.markdown.rstrip("\n"))
    else:
        told.write(target, overwrite=options.force)
        tell(f"Wrote {target}.")
    return GOOD


def _inquiry(options: Namespace) -> tuple[rm.Inquiry, rm.Result]:
    """Who asks, and the plan in question: the one that is given, or the best that is found."""
    problem = rm.Problem(rm.read(options.portfolio))
    inquiry = rm.Inquiry(total=options.time_limit)
    if options.plan is not None:
        return inquiry, _as_result(_answer(options.plan, problem), problem)
    return inquiry, rm.solve(problem, time_limit=options.time_limit, isolate=True)


def _without_an_answer(result: rm.Result, inquiry: rm.Inquiry) -> int:
    """Say what stands in the way of a plan."""
    told = rm.conflicts(result.problem, inquiry=inquiry)
    say(told)
    return BROKEN if told.feasible is False else NO_PLAN


def _draw(options: Namespace) -> int:
    """Draw a chart of a plan, or of the dependencies alone."""
    if options.group is not None and options.chart != "gantt":
        raise _RefusedError(
            f"--group is for gantt charts, and a {options.chart} chart is asked for"
        )
    target = Path(options.output or f"{options.chart}.svg")
    refuse_to_write(target, force=options.force)
    problem = rm.Problem(rm.read(options.portfolio))
    if options.plan is not None:
        result = _as_result(_answer(options.plan, problem), problem)
        axes = _axes(options.chart, result, options.group)
    elif options.chart == "dependencies":
        axes = rm.dependencies(problem)
    else:
        raise _RefusedError(
            f"a {options.chart} chart shows a plan, and none is given; to make one: "
            f"roadmap solve {options.portfolio} --out plan"
        )
    rm.save(axes.figure, target, overwrite=options.force)
    tell(f"Wrote {target}.")
    return GOOD


def _axes(chart: str, result: rm.Result, group: str | None = None) -> Any:
    if chart == "gantt" and group is not None:
        return rm.gantt(result, group=None if group == "none" else group)
    draw: Mapping[str, Callable[[rm.Result], Any]] = {
        "gantt": rm.gantt,
        "dependencies": rm.dependencies,
        "load": rm.load,
        "value": rm.value,
        "progress": rm.progress,
    }
    return draw[chart](result)


def _answer(path: str, problem: rm.Problem) -> rm.Result | rm.Schedule:
    """A solver's report, if the file is one that answers this problem; else its schedule."""
    schedule = rm.read_schedule(path, problem)
    if Path(path).suffix.lower() != ".json":
        return schedule
    try:
        result = rm.Result.from_json(Path(path).read_text(encoding="utf-8-sig"), problem)
    except (LookupError, TypeError, ValueError):  # written by hand, or for other facts
        return schedule
    return result if result.evaluation and result.evaluation.feasible else schedule


def _as_result(answer: rm.Result | rm.Schedule, problem: rm.Problem) -> rm.Result:
    """What charts show; a schedule that breaks rules is shown too, with a word on it."""
    if isinstance(answer, rm.Result):
        return answer
    judged = rm.evaluate(problem, answer)
    if not judged.feasible:
        tell(f"note: this plan breaks rules (roadmap check tells all): {judged.violations[0]}")
    return rm.Result(problem, rm.Status.FEASIBLE, answer, judged, solver="given")


def _schema(options: Namespace) -> int:
    """Show the JSON Schema of portfolio files, or write it."""
    if options.output is None:
        say(rm.schema_text().rstrip("\n"))
        return GOOD
    refuse_to_write(Path(options.output), force=options.force)
    write_whole(options.output, rm.schema_text(), overwrite=options.force)
    tell(f"Wrote {options.output}.")
    return GOOD


_COMMANDS: dict[str, Callable[[Namespace], int]] = {
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
