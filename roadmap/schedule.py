"""The answer: when each initiative of the plan starts and finishes, and in which mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import attrs

from roadmap.errors import Fault, ScheduleError, nearest
from roadmap.portfolio import Portfolio


@attrs.frozen
class Placement:
    """An initiative's place in the plan.

    Attributes
    ----------
    initiative
        Its name.
    start, finish
        Boundaries of the timeline, half-open: it works in periods ``start`` to
        ``finish - 1``. A milestone starts and finishes at the same boundary.
    mode
        Name of the chosen mode; ``None`` when the initiative has one way only.
    """

    initiative: str
    start: int
    finish: int
    mode: str | None = None


class Schedule(Mapping[str, Placement]):
    """What is in the plan, by name; what is absent is not in the plan.

    Parameters
    ----------
    placements
        One for each initiative in the plan; kept in order of start, finish and name.

    Raises
    ------
    ScheduleError
        An initiative is placed twice.
    """

    __slots__ = ("_placements",)

    def __init__(self, placements: Iterable[Placement] = ()) -> None:
        ordered = sorted(placements, key=lambda p: (p.start, p.finish, p.initiative))
        self._placements = {placement.initiative: placement for placement in ordered}
        if len(self._placements) < len(ordered):
            counts = Counter(placement.initiative for placement in ordered)
            raise ScheduleError(
                Fault(name, f"it is placed {count} times", "keep one of its placements")
                for name, count in counts.items()
                if count > 1
            )

    @classmethod
    def of(
        cls,
        portfolio: Portfolio,
        starts: Mapping[str, int],
        modes: Mapping[str, str] | None = None,
    ) -> Schedule:
        """Make a schedule from starts alone; finishes follow from the durations.

        Parameters
        ----------
        portfolio
            Where the durations stand.
        starts
            Boundary at which each initiative of the plan starts, by name.
        modes
            Chosen mode of each initiative that has several; default none has.

        Raises
        ------
        ScheduleError
            A name is unknown, or a mode is not said or unknown.
        """
        faults: list[Fault] = []
        placements: list[Placement] = []
        for name, start in starts.items():
            mode = (modes or {}).get(name)
            duration = _duration(portfolio, name, mode, start)
            if isinstance(duration, Fault):
                faults.append(duration)
            else:
                placements.append(Placement(name, start, start + duration, mode))
        if faults:
            raise ScheduleError(faults)
        return cls(placements)

    def __getitem__(self, name: str) -> Placement:
        return self._placements[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._placements)

    def __len__(self) -> int:
        return len(self._placements)

    def __hash__(self) -> int:
        return hash(frozenset(self._placements.values()))

    def __repr__(self) -> str:
        listed = ", ".join(f"{p.initiative}: {p.start}–{p.finish}" for p in self.values())
        return f"Schedule({listed})"


def _duration(portfolio: Portfolio, name: str, mode: str | None, start: int) -> int | Fault:
    initiative = portfolio.initiative.get(name)
    if initiative is None:
        return Fault(name, f"unknown initiative {name!r}", nearest(name, portfolio.initiative))
    duration = portfolio.duration(name, mode or "", start)
    if duration is not None:
        return duration
    modes = [way.name for way in initiative.ways if way.name]
    return Fault(name, f"{mode!r} is none of its modes", nearest(mode, modes))
