"""PSPLIB's single-mode files (``.sm``): the field's own benchmark, as a problem.

Source: R. Kolisch, A. Sprecher, "PSPLIB - a project scheduling problem library", European Journal
of Operational Research 96, 1996.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence

import attrs

from roadmap.errors import FormatError, PortfolioError
from roadmap.facts import Dependency, Initiative, Team
from roadmap.io._sections import Sections
from roadmap.io.documents import read_text
from roadmap.objectives import Makespan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.rules import Objective
from roadmap.timeline import Timeline

_START = "2027-01-01"
_KIND = "a single-mode file of PSPLIB"
_STANDARD: Sequence[Objective] = (Makespan(),)


def read_psplib(
    path: str | os.PathLike[str], *, objective: Sequence[Objective] = _STANDARD
) -> Problem:
    """Read a resource-constrained project scheduling problem, ``PS | prec | Cmax``.

    Jobs become initiatives that are named by their numbers, renewable resources become the teams
    ``R1``, ``R2`` and so on. The first and the last job, source and sink, are left out where they
    take no time. The periods are days from 2027-01-01 on, as many as all jobs take one after
    another, at least one.

    Parameters
    ----------
    path
        A ``.sm`` file.
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
    try:
        return Problem(project.portfolio(), objective=objective)
    except PortfolioError as error:
        raise FormatError(error.faults, os.fspath(path)) from None


@attrs.frozen
class _Job:
    """A job as the file states it."""

    number: int
    duration: int
    demands: Sequence[int]
    successors: Sequence[int]


@attrs.frozen
class _Project:
    """All of a file, jobs in its order."""

    jobs: Sequence[_Job]
    capacities: Sequence[int]

    def portfolio(self) -> Portfolio:
        """The same in the words of this library."""
        ends = (self.jobs[0], self.jobs[-1])
        jobs = [job for job in self.jobs if job not in ends or job.duration]
        kept = {job.number for job in jobs}
        resources = [f"R{number}" for number in range(1, len(self.capacities) + 1)]
        days = sum(job.duration for job in jobs)
        return Portfolio(
            timeline=Timeline(_START, periods=max(1, days), unit="day"),
            teams=[Team(*team) for team in zip(resources, self.capacities, strict=True)],
            initiatives=[_initiative(job, resources) for job in jobs],
            dependencies=[
                Dependency(str(job.number), str(after))
                for job in jobs
                for after in job.successors
                if after in kept
            ],
        )


def _initiative(job: _Job, resources: Sequence[str]) -> Initiative:
    demand = dict(zip(resources, job.demands, strict=True))
    wanted = {name: amount for name, amount in demand.items() if amount}
    return Initiative(str(job.number), duration=job.duration, demand=wanted)


class _File(Sections):
    """The lines of a file; what is wrong with them gathers in ``faults``."""

    def project(self) -> _Project | None:
        """Read the whole; ``None`` where a part is missing."""
        self._refuse_other_resources()
        if self.faults:
            return None
        relations = self.part("PRECEDENCE RELATIONS", 2)
        requests = self.part("REQUESTS/DURATIONS", 3)
        capacities = self.part("RESOURCEAVAILABILITIES", 2)
        if self.faults or relations is None or requests is None or capacities is None:
            return None
        if len(capacities) != 1:
            at = min(capacities, default=len(self.lines))
            self.fault(at, "the capacities do not stand on one line", "write one for each")
            return None
        _, amounts = capacities.popitem()
        successors = self._successors(relations)
        demands = self._demands(requests, successors, len(amounts))
        if self.faults or not successors:
            return None
        jobs = [_Job(job, *demands[job], successors[job]) for job in successors]
        return _Project(jobs, amounts)

    def _refuse_other_resources(self) -> None:
        for at, line in enumerate(self.lines):
            match = re.match(r"\s*- (nonrenewable|doubly constrained)\s*:\s*(\d+)", line)
            if match and int(match[2][:9]):
                told = f"it has {match[1]} resources"
                self.fault(at, told, "only single-mode files (.sm) are read")

    def _successors(self, lines: Mapping[int, Sequence[int]]) -> dict[int, Sequence[int]]:
        """Successors of each job, in the order of the file."""
        found: dict[int, Sequence[int]] = {}
        for at, (job, *rest) in lines.items():
            if job in found:
                self.fault(at, f"job {job} stands twice", "keep one of its lines")
            elif len(rest) < 2 or rest[0] != 1 or rest[1] != len(rest) - 2:
                remedy = "write job, 1 mode, number of successors, and these"
                self.fault(at, f"job {job}: modes and successors do not add up", remedy)
            found[job] = rest[2:]
        if not lines:
            self.fault(0, "there are no jobs", f"give {_KIND}")
        for at, (job, *rest) in lines.items():
            for after in rest[2:]:
                if after not in found:
                    self.fault(at, f"job {job}: its successor {after} is no job", "take it out")
        return found

    def _demands(
        self, lines: Mapping[int, Sequence[int]], jobs: Collection[int], resources: int
    ) -> dict[int, tuple[int, Sequence[int]]]:
        """Duration and demands of each job."""
        found: dict[int, tuple[int, Sequence[int]]] = {}
        for at, (job, *rest) in lines.items():
            if len(rest) != 2 + resources or rest[0] != 1:
                remedy = f"write job, mode 1, duration and {resources} demands"
                self.fault(at, f"job {job}: mode, duration and demands do not add up", remedy)
            elif job not in jobs or job in found:
                told = "stands twice" if job in found else "has no line of successors"
                self.fault(at, f"job {job} {told}", "keep one line in each part")
            else:
                found[job] = (rest[1], rest[2:])
        missing = [str(job) for job in jobs if job not in found]
        if missing and not self.faults:
            at = min(lines, default=0)
            told = f"no duration is said for job {', '.join(missing[:10])}"
            self.fault(at, told, "add its line")
        return found
