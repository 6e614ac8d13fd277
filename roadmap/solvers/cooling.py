"""How a cycle of annealing cools, and how long it takes.

It begins as hot as it has time to cool: what heat undoes must be mended again. Temperatures are in
parts, a part being what an activity has in the cost on average, and fall by equal factors. A long
cycle finds what many short ones do not, and short ones find something soon; so each is longer than
the one before.
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

    def next(self, left: float | None) -> float:
        """Seconds of the next cycle: nearly all that are left, if a longer one cannot follow it.

        Parameters
        ----------
        left
            Seconds until the search ends; ``None`` where nobody knows.
        """
        usual, self._seconds = self._seconds, self._seconds * _GROWTH
        return usual if left is None or left > 2 * usual else max(_BRIEF, _LAST * left)
