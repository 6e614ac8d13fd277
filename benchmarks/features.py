"""What each part of the model costs on the example authority: ``python -m benchmarks.features``.

The example is planned as it is, and once more for each part of the model with that part taken out.
Shown are the seconds of processor time that it takes to build the network, and from there to a
first plan; the least of some repetitions, as everything else on a machine only adds to it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs

from roadmap.io import read
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.solvers import solve

EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "authority.yaml"

Cut = Callable[[Portfolio], Portfolio]


def _whole(**fields: Any) -> Cut:
    """Take out fields of the portfolio."""
    return lambda portfolio: portfolio.replace(**fields)


def _each(family: str, **fields: Any) -> Cut:
    """Take out fields of each record of a family."""

    def cut(portfolio: Portfolio) -> Portfolio:
        records = [attrs.evolve(record, **fields) for record in getattr(portfolio, family)]
        return portfolio.replace(**{family: records})

    return cut


def _both(*cuts: Cut) -> Cut:
    """Take out one thing after another."""

    def cut(portfolio: Portfolio) -> Portfolio:
        for one in cuts:
            portfolio = one(portfolio)
        return portfolio

    return cut


def _one_mode(portfolio: Portfolio) -> Portfolio:
    """Leave each initiative the first of its modes."""
    return portfolio.replace(
        initiatives=[
            attrs.evolve(item, modes=item.modes[:1]) if item.modes else item
            for item in portfolio.initiatives
        ]
    )


def _no_skills(portfolio: Portfolio) -> Portfolio:
    """Let anybody do all work."""
    return portfolio.replace(
        initiatives=[
            attrs.evolve(
                item,
                skills={},
                modes=[attrs.evolve(mode, skills={}) for mode in item.modes],
            )
            for item in portfolio.initiatives
        ]
    )


PARTS: Mapping[str, Cut] = {
    "absences": _each("teams", absences=()),
    "absorption": _both(_each("initiatives", changes=()), _whole(units=())),
    "blackouts": _whole(blackouts=()),
    "budgets": _whole(budgets=()),
    "discounting": _whole(discount_rate=None),
    "fences": _whole(fences=()),
    "floors and dips": _both(_each("initiatives", lowers={}), _each("capabilities", floor=None)),
    "freezes": _whole(freezes=()),
    "gated needs and ramps": _each("needs", gated_by=(), ramp=0),
    "holidays": _whole(holidays=()),
    "modes": _one_mode,
    "option values": _each("capabilities", option_value={}),
    "outcomes": _whole(outcomes=()),
    "overtime": _each("teams", overtime=None, overtime_price=None),
    "parallel work": _both(_each("teams", parallel=None), _whole(parallel=None)),
    "pilots": _whole(pilots=()),
    "prices of lateness": _each("initiatives", lateness_price=None),
    "quotas": _whole(quotas=()),
    "release calendars": _whole(release_calendars=()),
    "risks": _each("initiatives", risk=None),
    "selections": _whole(selections=()),
    "skills": _no_skills,
    "soft dependencies": _both(
        _whole(workarounds=()), _each("dependencies", interest=None, rework=None)
    ),
    "systems": _whole(systems=()),
}
"""How each part of the model is taken out."""


@attrs.frozen
class Measured:
    """What it took.

    Attributes
    ----------
    network, first
        Seconds of processor time to build the network, and from there to a first plan.
    planned
        Whether there is a first plan.
    """

    network: float
    first: float
    planned: bool


def measure(portfolio: Portfolio, times: int) -> Measured:
    """Build the network and find a first plan so many times; the least of each counts."""
    networks, firsts, planned = [], [], False
    for _ in range(times):
        problem = Problem(portfolio.replace())  # a copy, that remembers nothing
        begun = time.process_time()
        _ = problem.network
        built = time.process_time()
        planned = solve(problem, time_limit=0).schedule is not None
        networks.append(built - begun)
        firsts.append(time.process_time() - built)
    return Measured(min(networks), min(firsts), planned)


def line(name: str, measured: Measured) -> str:
    """One line of the table, in milliseconds."""
    first = f"{1000 * measured.first:.0f}" if measured.planned else "no plan"
    return f"| {name} | {1000 * measured.network:.0f} | {first} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.features", description=__doc__)
    parser.add_argument("--times", type=int, default=5, help="repetitions of each; default 5")
    times = parser.parse_args().times
    portfolio = read(EXAMPLE)
    measure(portfolio, 1)  # what is loaded only once
    print("| the example | network, ms | first plan, ms |\n|---|---:|---:|")
    print(line("as it is", measure(portfolio, times)))
    for name, cut in PARTS.items():
        print(line(f"without {name}", measure(cut(portfolio), times)), flush=True)


if __name__ == "__main__":
    main()
