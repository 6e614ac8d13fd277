"""The variants of work: each mode, with each duration that it can take.

What takes time has one variant a mode. What takes effort takes longer where its team is thin, so
one mode has several variants, each with the starts at which it takes just so long.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import attrs

from roadmap.facts import Initiative, Mode


@attrs.frozen
class Variant:
    """A mode, and how long it takes.

    Attributes
    ----------
    mode
        The mode.
    duration
        Whole periods from start to finish.
    starts
        Boundaries at which it may start to take just so long; ``None`` for all.
    """

    mode: Mode
    duration: int
    starts: frozenset[int] | None = None


def variants_of(
    initiative: Initiative, capacity: Mapping[str, Sequence[int]], periods: int
) -> tuple[Variant, ...]:
    """The variants of an initiative, in the order of its modes and then of their durations.

    Parameters
    ----------
    initiative
        The work.
    capacity
        What each team has in each period.
    periods
        Length of the timeline.
    """
    return tuple(
        variant for mode in initiative.ways for variant in _variants(mode, capacity, periods)
    )


def _variants(mode: Mode, capacity: Mapping[str, Sequence[int]], periods: int) -> Iterator[Variant]:
    if mode.effort is None:
        yield Variant(mode, mode.duration or 0)
        return
    ((team, units),) = mode.demand.items()
    starts: dict[int, list[int]] = {}
    for start, finish in _done(mode.effort, units, capacity[team]):
        starts.setdefault(finish - start, []).append(start)
    for duration, found in sorted(starts.items()):
        yield Variant(mode, duration, frozenset(found))
    if not starts:  # it is never done: a variant that fits nowhere
        yield Variant(mode, periods + 1, frozenset())


def _done(effort: int, units: int, capacity: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each start from which an effort is done by the end, and its finish."""
    worked = list(accumulate((min(units, there) for there in capacity), initial=0))
    for start in range(len(capacity)):
        finish = bisect_left(worked, worked[start] + effort, lo=start)
        if finish < len(worked):
            yield start, finish
