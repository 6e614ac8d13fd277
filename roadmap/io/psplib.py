"""PSPLIB's single-mode files (``.sm``): the field's own benchmark, as a problem.

Source: R. Kolisch, A. Sprecher, "PSPLIB - a project scheduling problem library", European Journal
of Operational Research 96, 1996.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence

import attrs

from roadmap.errors import Fault, FormatError
from roadmap.facts import Dependency, Initiative, Team
from roadmap.io.documents import read_text
from roadmap.objectives import Makespan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.timeline import Timeline

_START = "2027-01-01"


def read_psplib(path: str | os.PathLike[str]) -> Problem:
    """Read a resource-constrained project scheduling problem, ``PS | prec | Cmax``.

    Jobs become initiatives that are named by their numbers, renewable resources become teams;
    source and sink, which take no time, are left out. The periods are days from 2027-01-01 on,
    as many as all jobs take one after another.

    Parameters
    ----------
    path
        A ``.sm`` file.

    Returns
    -------
    Problem
        With the makespan as its objective.

    Raises
    ------
    FormatError
        The file is not such a file.
    """
    lines = _Lines(read_text(path).splitlines(), os.fspath(path))
    successors = _successors(lines)
    durations, demands = _requests(lines, successors)
    capacities = lines.numbers(lines.find("RESOURCEAVAILABILITIES") + 2)
    resources = [f"R{number}" for number in range(1, len(capacities) + 1)]
    jobs = list(successors)[1:-1]
    portfolio = Portfolio(
        timeline=Timeline(_START, periods=max(1, sum(durations.values())), unit="day"),
        teams=[Team(name, amount) for name, amount in zip(resources, capacities, strict=True)],
        initiatives=[
            Initiative(
                str(job),
                duration=durations[job],
                demand={
                    name: amount
                    for name, amount in zip(resources, demands[job], strict=True)
                    if amount
                },
            )
            for job in jobs
        ],
        dependencies=[
            Dependency(str(job), str(after))
            for job in jobs
            for after in successors[job]
            if after in jobs
        ],
    )
    return Problem(portfolio, objective=(Makespan(),))


@attrs.frozen
class _Lines:
    """The lines of a file, and where its parts begin."""

    lines: Sequence[str]
    source: str

    def find(self, title: str) -> int:
        """The line at which a part begins."""
        for at, line in enumerate(self.lines):
            if line.startswith(title):
                return at
        raise self.error(0, f"there is no line {title}")

    def numbers(self, at: int) -> list[int]:
        """The whole numbers of a line."""
        text = self.lines[at] if at < len(self.lines) else ""
        if not re.fullmatch(r"[\s\d]*\d[\s\d]*", text):
            raise self.error(at, f"{text.strip()!r} is no line of numbers")
        return [int(number) for number in text.split()]

    def error(self, at: int, problem: str) -> FormatError:
        """Say what is wrong with a line."""
        fault = Fault("document", problem, "give a single-mode file of PSPLIB", at + 1)
        return FormatError([fault], self.source)


def _successors(lines: _Lines) -> Mapping[int, list[int]]:
    """Successors of each job, in the order of the file."""
    at = lines.find("PRECEDENCE RELATIONS") + 2
    found: dict[int, list[int]] = {}
    while at < len(lines.lines) and not lines.lines[at].startswith("*"):
        numbers = lines.numbers(at)
        if len(numbers) < 3 or numbers[1] != 1 or numbers[2] != len(numbers) - 3:
            raise lines.error(at, "it does not say job, one mode, and its successors")
        job, _, _, *after = numbers
        found[job] = after
        at += 1
    if len(found) < 2:
        raise lines.error(at, "there are no jobs")
    return found


def _requests(
    lines: _Lines, jobs: Mapping[int, list[int]]
) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Duration and demands of each job."""
    first = lines.find("REQUESTS/DURATIONS") + 3
    durations: dict[int, int] = {}
    demands: dict[int, list[int]] = {}
    for at in range(first, first + len(jobs)):
        numbers = lines.numbers(at)
        if len(numbers) < 4 or numbers[0] not in jobs:
            raise lines.error(at, "it does not say job, mode, duration and demands")
        job, _, durations[job], *demands[job] = numbers
    return durations, demands
