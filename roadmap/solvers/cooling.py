"""How a cycle of annealing cools, and how long it takes.

It begins as hot as it has time to cool: what heat undoes must be mended again. Temperatures are in
parts, a part being what an activity has in the cost on average, and fall by equal factors. A long
cycle finds what many short ones do not, and short ones find something soon; so each is longer than
the one before. Where there are too few steps in all to cool from a high temperature, cycles stay
short and so cold, and each goes on from the best plan.
"""

from __future__ import annotations

import attrs

_HOT, _ENOUGH = 0.7, 30.0
"""The temperature at the beginning of a cycle that has so many steps for each activity. With fewer
it is colder in proportion; with more it is no hotter, and cools more slowly."""

_LEFT = 0.015
"""What of that is left at the end."""

_FIRST, _GROWTH = 0.3, 3.0
"""Seconds of the first cycle, and how many times longer each is than the one before."""

_AMPLE, _SHORT, _LEAST = 150.0, 5.0, 1.0
"""With fewer steps than that for each activity in all, a cycle has no more than so many for each,
or so many seconds: at 1,000 initiatives, in a minute, plans are 1 to 2 % cheaper so."""

_LAST, _BRIEF = 0.9, 0.05
"""The share of the time left that the last has, so that windows still look at what it has found;
and seconds that it has at the least."""


def heat(steps: float, share: float) -> float:
    """The temperature at some point of a cycle, in parts.

    Parameters
    ----------
    steps
        How many steps the cycle has for each activity; at least 0.
    share
        How much of the cycle is over; from 0 to 1.
    """
    left: float = _LEFT**share
    return _HOT * min(1.0, steps / _ENOUGH) * left


@attrs.define
class Cycles:
    """How long the cycles of a search are, one after another."""

    _seconds: float = attrs.field(init=False, default=_FIRST)
    _scarce: bool | None = attrs.field(init=False, default=None)

    def next(self, left: float | None, pace: float = 0.0) -> float:
        """Seconds of the next cycle: nearly all that are left, if a longer one cannot follow it.

        Parameters
        ----------
        left
            Seconds until the search ends; ``None`` where nobody knows.
        pace
            Steps a second for each activity; 0 where nobody knows, as before the first cycle.
        """
        usual, self._seconds = self._seconds, self._seconds * _GROWTH
        if left is None:
            return usual
        if self._scarce is None and pace:
            self._scarce = left * pace < _AMPLE
        if self._scarce:
            usual = min(usual, max(_SHORT / pace, _LEAST))
        return usual if left > 2 * usual else max(_BRIEF, _LAST * left)
