"""Multi-mode files of PSPLIB and MMLIB (``.mm``), as a problem.

Sources: R. Kolisch, A. Sprecher, "PSPLIB - a project scheduling problem library", European Journal
of Operational Research 96, 1996; V. Van Peteghem, M. Vanhoucke, "An experimental investigation of
metaheuristics for the multi-mode resource-constrained project scheduling problem on new dataset
instances", European Journal of Operational Research 235, 2014.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence

import attrs

from roadmap.constraints import Consumption
from roadmap.facts import Dependency, Initiative, Mode, Team
from roadmap.io._numbers import START, made
from roadmap.io._sections import Sections
from roadmap.io.documents import read_text
from roadmap.objectives import Makespan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.rules import Objective
from roadmap.timeline import Timeline

_KIND = "a multi-mode file of PSPLIB or MMLIB (.mm)"
_STANDARD: Sequence[Objective] = (Makespan(),)


def read_multimode(
    path: str | os.PathLike[str], *, objective: Sequence[Objective] = _STANDARD
) -> Problem:
    """Read a multi-mode project scheduling problem, ``MPS | prec | Cmax`` (MRCPSP).

    Jobs become initiatives that are named by their numbers, their modes modes with the numbers of
    the file. Renewable resources become the teams ``R1``, ``R2`` and so on, nonrenewable ones the
    rules ``consumption of N1`` and so on. The first and the last job, source and sink, are left
    out where they have one mode and take nothing. The periods are days from 2027-01-01 on, as many
    as all jobs take in their longest modes, one after another.

    Parameters
    ----------
    path
        A ``.mm`` file.
    objective
        The terms whose sum is minimised; default the makespan.

    Raises
    ------
    FormatError
        The file is no such file; every line that is wrong is named.
    OSError
        The file cannot be read.
    """
    file = _File(read_text(path).removeprefix("\ufeff").splitlines(), _KIND)
    project = file.project()
    if project is None or file.faults:
        file.refuse(path)
    return made(path, lambda: project.problem(objective))


@attrs.frozen
class _Way:
    """A mode of a job as the file states it."""

    duration: int
    renewable: Sequence[int]
    nonrenewable: Sequence[int]

    def demand(self, teams: Sequence[str]) -> dict[str, int]:
        """What it wants of each team, where it wants any."""
        return {team: n for team, n in zip(teams, self.renewable, strict=True) if n}


@attrs.frozen
class _Job:
    """A job as the file states it; its modes are numbered from 1."""

    number: int
    ways: Sequence[_Way]
    successors: Sequence[int]

    @property
    def is_empty(self) -> bool:
        """Whether it has one mode, which takes nothing."""
        way = self.ways[0]
        return len(self.ways) == 1 and not any((way.duration, *way.renewable, *way.nonrenewable))

    def initiative(self, teams: Sequence[str]) -> Initiative:
        """The same in the words of this library."""
        modes = [
            Mode(str(at), way.duration, way.demand(teams))
            for at, way in enumerate(self.ways, start=1)
        ]
        if len(modes) > 1:
            return Initiative(str(self.number), modes=modes)
        return Initiative(str(self.number), duration=modes[0].duration, demand=modes[0].demand)

    def takes(self, at: int) -> dict[str, int]:
        """What each mode takes of a nonrenewable resource, where it takes any."""
        single = len(self.ways) == 1
        taken = {
            "" if single else str(mode): way.nonrenewable[at]
            for mode, way in enumerate(self.ways, start=1)
        }
        return {mode: amount for mode, amount in taken.items() if amount}


@attrs.frozen
class _Project:
    """All of a file, jobs in its order."""

    jobs: Sequence[_Job]
    renewable: Sequence[int]
    nonrenewable: Sequence[int]

    def problem(self, objective: Sequence[Objective]) -> Problem:
        """The same in the words of this library."""
        ends = (self.jobs[0], self.jobs[-1])
        jobs = [job for job in self.jobs if job not in ends or not job.is_empty]
        kept = {job.number for job in jobs}
        teams = [Team(f"R{at}", units) for at, units in enumerate(self.renewable, start=1)]
        days = sum(max(way.duration for way in job.ways) for job in jobs)
        portfolio = Portfolio(
            timeline=Timeline(START, periods=max(1, days), unit="day"),
            teams=teams,
            initiatives=[job.initiative([team.name for team in teams]) for job in jobs],
            dependencies=[
                Dependency(str(job.number), str(after))
                for job in jobs
                for after in job.successors
                if after in kept
            ],
        )
        budgets = [
            Consumption(f"N{at + 1}", {str(job.number): job.takes(at) for job in jobs}, units)
            for at, units in enumerate(self.nonrenewable)
        ]
        return Problem(portfolio, objective=objective, added=budgets)


class _File(Sections):
    """The lines of a file; what is wrong with them gathers in ``faults``."""

    def project(self) -> _Project | None:
        """Read the whole; ``None`` where a part is missing."""
        renewable = self._resources("renewable")
        nonrenewable = self._resources("nonrenewable")
        if self._resources("doubly constrained", needed=False):
            self.fault(0, "it has doubly constrained resources", "say each as two resources")
        relations = self.part("PRECEDENCE RELATIONS", 2)
        requests = self.part("REQUESTS/DURATIONS", 3)
        capacities = self.part("RESOURCEAVAILABILITIES", 2)
        if self.faults or relations is None or requests is None or capacities is None:
            return None
        jobs = self._jobs(relations, self._ways(requests, renewable, nonrenewable))
        at, amounts = next(iter(capacities.items()), (len(self.lines), []))
        if len(capacities) != 1 or len(amounts) != renewable + nonrenewable:
            told = f"{renewable + nonrenewable} capacities should stand on one line"
            self.fault(at, told, "write one for each resource")
        if self.faults or not jobs:
            return None
        return _Project(jobs, amounts[:renewable], amounts[renewable:])

    def _resources(self, kind: str, needed: bool = True) -> int:
        """How many resources of a kind the file says that it has."""
        for line in self.lines:
            match = re.match(rf"\s*- {kind}\s*:\s*([0-9]{{1,4}})\b", line)
            if match:
                return int(match[1])
        if needed:
            self.fault(0, f"it does not say how many {kind} resources it has", f"give {_KIND}")
        return 0

    def _ways(
        self, lines: Mapping[int, Sequence[int]], renewable: int, nonrenewable: int
    ) -> dict[int, list[_Way]]:
        """The modes of each job; the first of each says the job."""
        found: dict[int, list[_Way]] = {}
        job = None
        width = 2 + renewable + nonrenewable
        for at, numbers in lines.items():
            if len(numbers) == width + 1:
                job, *numbers = numbers
                if job in found:
                    self.fault(at, f"job {job} stands twice", "keep its modes together")
                found[job] = []
            if job is None or len(numbers) != width or numbers[0] != len(found[job]) + 1:
                told = "mode, duration and demands do not add up"
                remedy = f"write job (once), mode from 1 on, duration and {width - 2} demands"
                self.fault(at, told, remedy)
                continue
            _, duration, *demands = numbers
            found[job].append(_Way(duration, demands[:renewable], demands[renewable:]))
        return found

    def _jobs(
        self, lines: Mapping[int, Sequence[int]], ways: Mapping[int, Sequence[_Way]]
    ) -> list[_Job]:
        """The jobs with their modes and successors, in the order of the file."""
        found: dict[int, _Job] = {}
        for at, (number, *rest) in lines.items():
            if number in found:
                self.fault(at, f"job {number} stands twice", "keep one of its lines")
            elif len(rest) < 2 or rest[1] != len(rest) - 2:
                remedy = "write job, number of modes, number of successors, and these"
                self.fault(at, f"job {number}: modes and successors do not add up", remedy)
            elif not 0 < rest[0] == (stated := len(ways.get(number, ()))):
                told = f"job {number} is said to have {rest[0]} modes, and {stated} stand there"
                self.fault(at, told, "write as many lines of modes as it has")
            found[number] = _Job(number, ways.get(number, ()), rest[2:])
        for at, (number, *rest) in lines.items():
            self._check_successors(at, number, rest[2:], found)
        if not lines:
            self.fault(0, "there are no jobs", f"give {_KIND}")
        for number in ways.keys() - found.keys():
            self.fault(min(lines, default=0), f"job {number} has no line of successors", "add it")
        return list(found.values())

    def _check_successors(
        self, at: int, number: int, successors: Sequence[int], jobs: Mapping[int, _Job]
    ) -> None:
        for after in dict.fromkeys(successors):
            if after not in jobs or after == number:
                self.fault(at, f"job {number}: {after} can be no successor of it", "take it out")
            elif successors.count(after) > 1:
                self.fault(at, f"job {number}: successor {after} stands twice", "keep one")
