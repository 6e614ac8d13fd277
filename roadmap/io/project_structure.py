"""Projects with a flexible structure (RCPSP-PS, ``.txt``), as a problem.

Source: T. van der Beek, J. T. van Essen, J. Pruyn, K. Aardal, "Exact solution methods for the
resource constrained project scheduling problem with a flexible project structure", European
Journal of Operational Research 322, 2025; the files' format: 4TU.ResearchData, data set 21106768.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import attrs

from roadmap.constraints import Alternatives, Consumption, Succession
from roadmap.facts import Dependency, Initiative, Team
from roadmap.io._numbers import START, Numbers, made, read_numbers
from roadmap.objectives import Makespan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.rules import Constraint, Objective
from roadmap.timeline import Timeline

_KIND = "a file of the RCPSP-PS (.txt)"
_STANDARD: Sequence[Objective] = (Makespan(),)


def read_project_structure(
    path: str | os.PathLike[str], *, objective: Sequence[Objective] = _STANDARD
) -> Problem:
    """Read a project of which only some activities are done, chosen by the plan.

    Activities become initiatives that are named by their numbers, from 0 on; all but the first are
    optional. Where an activity is in the plan, one or more of each of its selection groups are
    (``Alternatives``). Time successors are dependencies of the first activity, and for the others a
    ``Succession``: they bind where both are in the plan. Renewable resources become the teams
    ``R1``, ``R2`` and so on, nonrenewable ones the rules ``consumption of N1`` and so on. The
    periods are days from 2027-01-01 on, as many as all activities take one after another.

    Parameters
    ----------
    path
        A ``.txt`` file.
    objective
        The terms whose sum is minimised; default the makespan.

    Raises
    ------
    FormatError
        The file is no such file; what is wrong is named with its line, as far as the rest can
        still be understood.
    OSError
        The file cannot be read.
    """
    numbers = read_numbers(path, _KIND)
    activities = numbers.count("the number of activities", 100_000, least=1)
    renewable = numbers.count("the number of renewable resources", 10_000)
    nonrenewable = numbers.count("the number of nonrenewable resources", 10_000)
    resources = renewable + nonrenewable
    capacities = numbers.several(resources, "a capacity")
    works = [_work(numbers, number, activities, resources) for number in range(activities)]
    numbers.end()
    project = _Project(works, capacities[:renewable], capacities[renewable:])
    return made(path, lambda: project.problem(objective))


@attrs.frozen
class _Work:
    """An activity as the file states it."""

    duration: int
    demand: Sequence[int]
    groups: Sequence[Sequence[int]]
    successors: Sequence[int]


@attrs.frozen
class _Project:
    """All of a file, activities in its order."""

    works: Sequence[_Work]
    renewable: Sequence[int]
    nonrenewable: Sequence[int]

    def problem(self, objective: Sequence[Objective]) -> Problem:
        """The same in the words of this library."""
        teams = [Team(f"R{at}", units) for at, units in enumerate(self.renewable, start=1)]
        days = sum(work.duration for work in self.works)
        first = self.works[0]
        portfolio = Portfolio(
            timeline=Timeline(START, periods=max(1, days), unit="day"),
            teams=teams,
            initiatives=[
                Initiative(
                    str(number),
                    duration=work.duration,
                    demand={t.name: n for t, n in zip(teams, work.demand, strict=False) if n},
                    optional=number > 0,
                )
                for number, work in enumerate(self.works)
            ],
            dependencies=[Dependency("0", str(after)) for after in first.successors],
        )
        return Problem(portfolio, objective=objective, added=list(self._rules()))

    def _rules(self) -> Iterator[Constraint]:
        for number, work in enumerate(self.works):
            for group in work.groups:
                if 0 not in group:
                    yield Alternatives([str(other) for other in group], given=str(number))
            if number:
                for after in work.successors:
                    yield Succession(str(number), str(after))
        for at, units in enumerate(self.nonrenewable, start=len(self.renewable)):
            taken = {
                str(number): {"": work.demand[at]}
                for number, work in enumerate(self.works)
                if work.demand[at]
            }
            yield Consumption(f"N{at + 1 - len(self.renewable)}", taken, units)


def _work(numbers: Numbers, number: int, activities: int, resources: int) -> _Work:
    duration = numbers.take(f"the duration of activity {number}")
    demand = numbers.several(resources, f"a demand of activity {number}")
    count = numbers.count(f"the number of selection groups of activity {number}", 100_000)
    groups = [
        _others(numbers, number, activities, "a selection group", least=1) for _ in range(count)
    ]
    successors = _others(numbers, number, activities, "the time successors")
    return _Work(duration, demand, list(dict.fromkeys(groups)), successors)


def _others(
    numbers: Numbers, number: int, activities: int, what: str, least: int = 0
) -> tuple[int, ...]:
    """How many other activities, and which, each once."""
    count = numbers.count(f"the size of {what} of activity {number}", activities - 1, least)
    found = []
    for _ in range(count):
        other = numbers.take(f"one of {what} of activity {number}", 0, activities - 1)
        if other == number or other in found:
            told = "itself" if other == number else f"{other} twice"
            numbers.fault(f"activity {number} has {told} in {what}", "take it out")
        found.append(other)
    return tuple(found)
