"""Every error and warning of the library: the ground floor.

One error names all the faults it found, each with its place, the value and the remedy.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

import attrs


@attrs.frozen
class Fault:
    """One thing that is wrong with an input.

    Attributes
    ----------
    path
        Where it stands, in the input's own words: ``initiatives[3].duration``.
    problem
        What is wrong, with the value that was found.
    remedy
        What would put it right; empty when the problem says so itself.
    line
        Line in the file, counted from 1; ``None`` when the input is not a file.
    """

    path: str
    problem: str
    remedy: str = ""
    line: int | None = None

    def __str__(self) -> str:
        line = "" if self.line is None else f"line {self.line}"
        told = ": ".join(part for part in (line, self.path, self.problem) if part)
        return f"{told}; {self.remedy}" if self.remedy else told


class RoadmapError(Exception):
    """The root of every error that this library raises on purpose."""


class FaultyInputError(RoadmapError, ValueError):
    """An input has one or more faults; all of them are in ``faults``."""

    subject = "the input"

    def __init__(self, faults: Iterable[Fault], source: str = "") -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        self.source = source
        super().__init__(self.faults, source)

    def __str__(self) -> str:
        count = len(self.faults)
        heading = f"{self.source or self.subject} has {count} fault{'s' if count != 1 else ''}"
        return "\n".join([heading + ":", *(f"  {fault}" for fault in self.faults)])


class PortfolioError(FaultyInputError):
    """Facts do not fit together: unknown names, cycles, values out of range."""

    subject = "the portfolio"


class ProblemError(FaultyInputError):
    """A question cannot be put: a rule names what the portfolio does not hold."""

    subject = "the problem"


class ScheduleError(FaultyInputError):
    """A schedule cannot be read against its portfolio."""

    subject = "the schedule"


class FormatError(FaultyInputError):
    """A file is not in the format that its name or its reader promises."""

    subject = "the file"


class SolverError(RoadmapError, RuntimeError):
    """A solver failed, or said something that the judge refutes."""


class UnknownSolverError(SolverError, LookupError):
    """No solver has this name."""


class SolverCrashError(SolverError):
    """A solver broke down in the middle of its search."""


class InfeasibleError(RoadmapError):
    """No schedule was found where one was required; raised by ``Result.require`` only."""


class RoadmapWarning(UserWarning):
    """Something works, but probably not as its user expects."""


def nearest(name: object, known: Iterable[str]) -> str:
    """Say which known names come closest to an unknown one.

    Parameters
    ----------
    name
        What the user wrote.
    known
        The names that exist.

    Returns
    -------
    str
        ``"did you mean 'identity'?"``, else up to five known names, else the word that
        there are none.
    """
    names: Sequence[str] = sorted(set(known))
    close = difflib.get_close_matches(str(name), names, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    if not names:
        return "none is declared"
    listed = ", ".join(repr(known_name) for known_name in names[:5])
    return f"known: {listed}" + (f" and {len(names) - 5} more" if len(names) > 5 else "")
