"""MiniZinc's projects with earliness and tardiness (``rcpsp-wet``, ``.dzn``), as a problem.

Source: the benchmarks of the MiniZinc Challenge 2016, folder ``rcpsp-wet``; on the problem,
M. Vanhoucke, E. Demeulemeester, W. Herroelen, "An exact procedure for the resource-constrained
weighted earliness-tardiness project scheduling problem", Annals of Operations Research 102, 2001.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import attrs

from roadmap.facts import Capability, Dependency, Initiative, Need, Team
from roadmap.io._minizinc import Data, Grid, read_data
from roadmap.io._numbers import START, made
from roadmap.losses import Table
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.timeline import Timeline

_MOST_PERIODS = 10_000
"""As many as a timeline can have; a table of losses has one entry more."""


def read_earliness_tardiness(path: str | os.PathLike[str]) -> Problem:
    """Read a project whose tasks cost money where they start sooner or later than wanted.

    Tasks become initiatives that are named by their numbers, resources the teams ``R1``, ``R2``
    and so on, successors dependencies. A task that has weights raises a capability of its own, and
    a need for it holds what each start costs. The periods are days from 2027-01-01 on, ``t_max``
    of them; every task is over by their end.

    Parameters
    ----------
    path
        A ``.dzn`` file with ``n_tasks``, ``n_res``, ``d``, ``rr``, ``rc``, ``suc``, ``t_max`` and
        ``deadline`` (for each task the wanted start, the cost of each period sooner and that of
        each period later).

    Raises
    ------
    FormatError
        The file is no such file; every value that is wrong is named, with its line.
    OSError
        The file cannot be read.
    """
    data = read_data(path)
    project = _project(data)
    data.check()
    return made(path, lambda: Problem(project.portfolio()))


@attrs.frozen
class _Project:
    """All of a file, tasks in its order."""

    durations: Sequence[int]
    demands: Sequence[Sequence[int]]
    capacities: Sequence[int]
    successors: Sequence[Sequence[int]]
    wanted: Sequence[Sequence[int]]
    periods: int

    def portfolio(self) -> Portfolio:
        """The same in the words of this library."""
        tasks = range(len(self.durations))
        valued = [task for task in tasks if any(self.wanted[task][1:])]
        teams = [Team(f"R{at}", units) for at, units in enumerate(self.capacities, start=1)]
        return Portfolio(
            timeline=Timeline(START, periods=self.periods, unit="day"),
            teams=teams,
            capabilities=[Capability(_named(task)) for task in valued],
            needs=[Need(_named(task), 1, self._loss(task)) for task in valued],
            initiatives=[
                Initiative(
                    str(task + 1),
                    duration=self.durations[task],
                    demand={
                        team.name: row[task]
                        for team, row in zip(teams, self.demands, strict=True)
                        if row[task]
                    },
                    raises={_named(task): 1} if task in valued else {},
                )
                for task in tasks
            ],
            dependencies=[
                Dependency(str(task + 1), str(after))
                for task in tasks
                for after in self.successors[task]
            ],
        )

    def _loss(self, task: int) -> Table:
        """What each finish costs, as it says the start; those before time 0 keep the curve even."""
        due, early, late = self.wanted[task]
        starts = (at - self.durations[task] for at in range(self.periods + 1))
        return Table([early * max(0, due - at) + late * max(0, at - due) for at in starts])


def _named(task: int) -> str:
    return f"task {task + 1}"


def _project(data: Data) -> _Project:
    """Read the whole, as far as it fits together."""
    tasks = data.get("n_tasks", int, 0)
    resources = data.get("n_res", int, 0)
    periods = data.get("t_max", int, 1)
    if not 1 <= periods <= _MOST_PERIODS:
        data.fault("t_max", f"it is {periods:,}", f"1 to {_MOST_PERIODS:,}")
    return _Project(
        durations=_list(data, "d", tasks),
        demands=_grid(data, "rr", resources, tasks),
        capacities=_list(data, "rc", resources),
        successors=_successors(data, tasks),
        wanted=_grid(data, "deadline", tasks, 3),
        periods=min(max(periods, 1), _MOST_PERIODS),
    )


def _check(data: Data, path: str, numbers: Sequence[object], line: int | None) -> None:
    wrong = [number for number in numbers if not isinstance(number, int) or number < 0]
    if wrong:
        told = "a set" if isinstance(wrong[0], list) else wrong[0]
        data.fault(path, f"{told} is not allowed", "whole numbers from 0 on", line)


def _list(data: Data, name: str, length: int) -> list[int]:
    found: list[int] = data.get(name, list, [])
    _check(data, name, found, data.lines.get(name))
    if isinstance(data.values.get(name), list) and len(found) != length:
        data.fault(name, f"it has {len(found)} entries", f"{length}, one for each")
    return found


def _grid(data: Data, name: str, rows: int, columns: int) -> Sequence[Sequence[int]]:
    grid = data.get(name, Grid, Grid([], columns))
    same = (len(grid.rows), grid.columns) == (rows, columns)
    if isinstance(data.values.get(name), Grid) and not same:
        told = f"it has {len(grid.rows)} rows and {grid.columns} columns"
        data.fault(name, told, f"{rows} rows and {columns} columns")
    for at, row in enumerate(grid.rows, start=1):
        _check(data, f"{name}, row {at}", row, data.lines.get(name))
    return grid.rows


def _successors(data: Data, tasks: int) -> list[list[int]]:
    """The successors of each task, each once."""
    found: list[list[int]] = data.get("suc", list, [])
    if isinstance(data.values.get("suc"), list) and len(found) != tasks:
        data.fault("suc", f"it has {len(found)} sets", f"{tasks}, one for each task")
    line = data.lines.get("suc")
    for task, after in enumerate(found, start=1):
        if not isinstance(after, list):
            data.fault("suc", f"{after} is no set", "write {2, 3} or {}", line)
            continue
        for other in sorted(set(after)):
            if not 1 <= other <= tasks or other == task:
                told = f"task {task}: {other} can be no successor of it"
                data.fault("suc", told, f"another task from 1 to {tasks}", line)
    return [sorted(set(after)) for after in found if isinstance(after, list)]
