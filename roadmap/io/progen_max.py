"""ProGen/max's files (``.sch``): projects with minimal and maximal time lags, as a problem.

Source: C. Schwindt, "ProGen/max: a new problem generator for different resource-constrained
project scheduling problems with minimal and maximal time lags", report WIOR-449, Universität
Karlsruhe, 1995.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import attrs

from roadmap.facts import Dependency, Initiative, Team
from roadmap.io._numbers import START, Numbers, made, read_numbers
from roadmap.objectives import Makespan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.rules import Objective
from roadmap.timeline import Timeline

_KIND = "a file of ProGen/max (.sch)"
_STANDARD: Sequence[Objective] = (Makespan(),)


def read_progen_max(
    path: str | os.PathLike[str], *, objective: Sequence[Objective] = _STANDARD
) -> Problem:
    """Read a project with minimal and maximal time lags, ``PS | temp | Cmax`` (RCPSP/max).

    Activities become initiatives that are named by their numbers, resources the teams ``R1``,
    ``R2`` and so on. A lag from *i* to *j* becomes a dependency from start to start; one below 0
    says how long after *j* activity *i* may start at the latest. The beginning of the project,
    activity 0, is a milestone at the start of the timeline and its end another, for lags lead to
    and from both. The periods are days from 2027-01-01 on, as many as each activity or its longest
    lag takes, one after another: where there is a plan at all, a shortest one fits.

    Parameters
    ----------
    path
        A ``.sch`` file with one mode for each activity.
    objective
        The terms whose sum is minimised; default the makespan.

    Raises
    ------
    FormatError
        The file is no such file; every line that is wrong is named. Also where the lags alone
        contradict one another.
    OSError
        The file cannot be read.
    """
    numbers = read_numbers(path, _KIND, form=r"-?[0-9]{1,9}|\[-?[0-9]{1,9}\]")
    project = _project(_without_brackets(numbers))
    return made(path, lambda: Problem(project.portfolio(), objective=objective))


def _without_brackets(numbers: Numbers) -> Numbers:
    words = [word._replace(text=word.text.strip("[]")) for word in numbers.words]
    return attrs.evolve(numbers, words=words)


@attrs.frozen
class _Project:
    """All of a file: durations, demands and lags by activity, and capacities."""

    durations: Sequence[int]
    demands: Sequence[Sequence[int]]
    lags: Sequence[dict[int, int]]
    capacities: Sequence[int]

    def portfolio(self) -> Portfolio:
        """The same in the words of this library."""
        teams = [Team(f"R{at}", units) for at, units in enumerate(self.capacities, start=1)]
        steps = zip(self.durations, self.lags, strict=True)
        days = sum(max(duration, *after.values(), 0) for duration, after in steps)
        return Portfolio(
            timeline=Timeline(START, periods=max(1, days), unit="day"),
            teams=teams,
            initiatives=[
                Initiative(
                    str(activity),
                    duration=duration,
                    demand={t.name: u for t, u in zip(teams, demand, strict=True) if u},
                    latest_finish=None if activity else 0,
                )
                for activity, (duration, demand) in enumerate(
                    zip(self.durations, self.demands, strict=True)
                )
            ],
            dependencies=[
                Dependency(str(before), str(after), "SS", lag)
                for before, lags in enumerate(self.lags)
                for after, lag in lags.items()
            ],
        )


def _project(numbers: Numbers) -> _Project:
    """Read the whole; each line is held against its place, so that every wrong one is told."""
    real = numbers.count("the number of activities", 100_000)
    resources = numbers.count("the number of resources", 10_000)
    numbers.several(2, "a number of other resources", 0, 0)
    rows = list(numbers.rows())
    lines = _lines(numbers)
    wanted = 2 * (real + 2) + 1
    if len(rows) != wanted:
        told = f"{wanted} lines should follow the first, and {len(rows)} do"
        numbers.fail(told, "two for each activity, and one with the capacities", numbers.lines)
    lags = [_lags(numbers, at, lines[at + 1], rows[at], real) for at in range(real + 2)]
    works = [
        _work(numbers, at, lines[at + real + 3], rows[at + real + 2], resources)
        for at in range(real + 2)
    ]
    if len(rows[-1]) != resources or min(rows[-1], default=0) < 0:
        numbers.fault(f"{resources} capacities should stand here, from 0 on", "write them")
    if works[0][0]:
        numbers.fault("activity 0, the beginning, takes time", "write 0", lines[real + 3])
    numbers.end()
    return _Project([work[0] for work in works], [work[1:] for work in works], lags, rows[-1])


def _lines(numbers: Numbers) -> list[int]:
    """The lines that hold anything, from the first on."""
    return list(dict.fromkeys(word.line for word in numbers.words))


def _lags(
    numbers: Numbers, activity: int, line: int, row: Sequence[int], real: int
) -> dict[int, int]:
    """The lags from an activity, by whom they lead to."""
    if len(row) < 3 or row[:2] != [activity, 1] or len(row) != 3 + 2 * row[2]:
        told = f"activity {activity}: mode, successors and lags do not add up"
        remedy = f"write {activity}, 1 mode, number of successors, these, and a lag in [] for each"
        numbers.fault(told, remedy, line)
        return {}
    after, lags = row[3 : 3 + row[2]], row[3 + row[2] :]
    for other in sorted(set(after)):
        if not 0 <= other <= real + 1 or other == activity:
            told = f"activity {activity}: {other} can be no successor of it"
            numbers.fault(told, f"another activity from 0 to {real + 1}", line)
        elif after.count(other) > 1:
            told = f"activity {activity}: successor {other} stands twice"
            numbers.fault(told, "keep the larger lag", line)
    return dict(zip(after, lags, strict=True))


def _work(
    numbers: Numbers, activity: int, line: int, row: Sequence[int], resources: int
) -> list[int]:
    """Duration and demands of an activity."""
    if len(row) != 3 + resources or list(row[:2]) != [activity, 1]:
        told = f"activity {activity}: mode, duration and demands do not add up"
        numbers.fault(told, f"write {activity}, mode 1, duration and {resources} demands", line)
        return [0] * (1 + resources)
    if min(row) < 0:
        numbers.fault(f"activity {activity}: a number below 0", "from 0 on", line)
    return list(row[2:])
