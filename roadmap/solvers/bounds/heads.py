"""Heads: how soon, at the earliest, each activity and each event can come about.

Waits and lags are followed to their end; for an event, also the energy of all the work that must be
finished before it: a team cannot have done it sooner than its capacity, poured out from the first
head on, has given so much. Heads hold in every plan that has the activity, or sees the event, in
it.

References
----------
P. Brucker, S. Knust, "Complex Scheduling", Springer 2012, for heads and constraint propagation.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

import attrs

from roadmap.network import Event, Member, Network
from roadmap.solvers.bounds.precedence import SWEEPS, finished


@attrs.frozen
class Heads:
    """Earliest times.

    Attributes
    ----------
    start, finish
        Of each activity, if it is in the plan.
    event
        Of each event, if it comes about.
    """

    start: tuple[int, ...]
    finish: tuple[int, ...]
    event: tuple[int, ...]


def heads(network: Network) -> Heads:
    """Follow waits, lags and energies until nothing moves (or long enough)."""
    reckoning = _Reckoning(network)
    reckoning.sweep()
    reckoning.pour()
    reckoning.sweep()
    return Heads(tuple(reckoning.start), tuple(reckoning.finish), tuple(reckoning.event))


@attrs.define
class _Reckoning:
    network: Network
    start: list[int] = attrs.field(init=False)
    finish: list[int] = attrs.field(init=False)
    event: list[int] = attrs.field(init=False)
    _least: list[int] = attrs.field(init=False)
    _most: list[int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        activities = self.network.activities
        self._least = [min(mode.duration for mode in item.modes) for item in activities]
        self._most = [max(mode.duration for mode in item.modes) for item in activities]
        self.start = [item.earliest for item in activities]
        self.finish = [s + d for s, d in zip(self.start, self._least, strict=True)]
        self.event = [0] * len(self.network.events)

    def sweep(self) -> None:
        """Raise what must be raised; each step is sound, so one may stop at any."""
        for _ in range(SWEEPS):
            before = (self.start.copy(), self.finish.copy(), self.event.copy())
            for activity in range(len(self.start)):
                self._raise_activity(activity)
            for number, event in enumerate(self.network.events):
                self.event[number] = max(self.event[number], self._soonest(event))
            if before == (self.start, self.finish, self.event):
                return

    def _raise_activity(self, activity: int) -> None:
        start, finish = self.start[activity], self.finish[activity]
        for lag in self.network.lags_into[activity]:
            bound = (self.finish if lag.from_finish else self.start)[lag.before] + lag.lag
            if lag.to_finish:
                finish = max(finish, bound)
            else:
                start = max(start, bound)
        for wait in self.network.waits_of[activity]:
            start = max(start, self.event[wait.event])
        start = max(start, finish - self._most[activity])
        # beyond the horizon nothing is left to be said, and circles would go on for ever
        self.start[activity] = min(start, self.network.horizon)
        self.finish[activity] = min(
            max(finish, start + self._least[activity]), self.network.horizon
        )

    def _soonest(self, event: Event) -> int:
        """The time by which enough members can have come about."""
        times = sorted(self._member(member, event) for member in event.members)
        return times[event.count - 1] if event.count else 0

    def _member(self, member: Member, event: Event) -> int:
        if member.activity is None:
            assert member.event is not None
            return self.event[member.event] + member.delay
        if event.absent_counts and not self.network.activities[member.activity].mandatory:
            return 0
        return self.finish[member.activity] + member.delay

    def pour(self) -> None:
        """Raise the events that losses ask for by the energy of what must be finished."""
        works = finished(self.network).by_event
        curves = [tuple(accumulate(r.capacity, initial=0)) for r in self.network.resources]
        for event in sorted({loss.event for loss in self.network.losses}):
            for resource, curve in enumerate(curves):
                work = sorted(self._work(works[event], resource), reverse=True)
                self.event[event] = max(self.event[event], _poured(curve, work))

    def _work(self, members: int, resource: int) -> Iterator[tuple[int, int]]:
        """(Head, energy) of each activity, given as bits, that surely takes of a resource."""
        while members:
            activity = (members & -members).bit_length() - 1
            members &= members - 1
            energy = min(
                mode.duration * sum(amount for r, amount in mode.demand if r == resource)
                for mode in self.network.activities[activity].modes
            )
            if energy:
                yield self.start[activity], energy


def _poured(curve: Sequence[int], work: Sequence[tuple[int, int]]) -> int:
    """The time by which a team can have done work; given from the last head to the first."""
    latest = energy = 0
    for head, more in work:
        energy += more
        latest = max(latest, bisect_left(curve, curve[head] + energy))
    return min(latest, len(curve) - 1)
