"""Steps of one thing on a grid of moments, and what they say of what lies between two of these.

What has happened by a time that is no moment of the grid is known only from both sides: it is no
less than by the moment before, and no more than by the one after.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

import attrs

from roadmap.solvers.bounds.terms import Terms, difference


@attrs.frozen
class Chain:
    """Steps of one thing: variables by moment, each at most the next.

    Attributes
    ----------
    grid
        Moments, ascending.
    head
        When it can happen at the earliest.
    first
        Position in the grid of the first moment by which it can have happened.
    steps
        Its variables, from there on.
    closed
        Whether it has surely happened by the last of them, if ever.
    """

    grid: Sequence[int]
    head: int
    first: int
    steps: tuple[int, ...]
    closed: bool

    def at_most(self, time: int) -> Terms | None:
        """No less than whether it has happened by a time; ``None`` if nothing is known."""
        if time < self.head:
            return {}
        at = bisect_left(self.grid, time)
        if at >= len(self.grid) and not self.closed:
            return None
        return self._step(at)

    def at_least(self, time: int) -> Terms:
        """No more than whether it has happened by a time."""
        return self._step(bisect_right(self.grid, time) - 1)

    def course(self, values: Sequence[float]) -> list[float]:
        """How much of it a solution has by each moment of the grid."""
        own = [values[step] for step in self.steps]
        after = len(self.grid) - self.first - len(own)
        return [0.0] * self.first + own + [own[-1] if own else 0.0] * after

    def costs(self, reduced: Sequence[int]) -> list[int]:
        """For each moment, what it costs to happen just then: its step and all later ones."""
        return list(accumulate(reduced[step] for step in reversed(self.steps)))[::-1]

    def _step(self, at: int) -> Terms:
        steps, number = self.steps, at - self.first
        if number < 0 or not steps:
            return {}
        return {steps[number] if number < len(steps) else steps[-1]: 1}


@attrs.frozen
class Work:
    """Work that begins by the steps of a chain, and goes on for some periods."""

    duration: int
    chain: Chain

    def running(self, moment: int) -> Terms:
        """No more than whether it goes on at a moment of the grid."""
        started = self.chain.at_least(moment)
        ended = self.chain.at_most(moment - self.duration) if started else None
        return difference(started, ended) if ended else started

    def worked(self, moment: int) -> Terms:
        """No more than the periods worked up to a moment, that period included."""
        return self._counted(moment, self.chain.at_least, 1)

    def begun(self, moment: int) -> Terms:
        """No less than the periods worked up to a moment, as far as anything is known."""
        return self._counted(moment, self.chain.at_most, 0)

    def _counted(self, moment: int, known: Callable[[int], Terms | None], ahead: int) -> Terms:
        """How many of the last moments a start is at or before: so long has it worked.

        They are counted cell by cell, as the same is known throughout: up to the next moment of the
        grid, or with ``ahead`` up to just before it.
        """
        total: Terms = {}
        grid, since = self.chain.grid, max(self.chain.head, moment - self.duration + 1)
        while since <= moment:
            at = bisect_left(grid, since + ahead)
            last = min(moment, grid[at] - ahead) if at < len(grid) else moment
            for step in known(since) or ():
                total[step] = total.get(step, 0) + last + 1 - since
            since = last + 1
        return total
