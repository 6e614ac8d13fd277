"""Serial schedule generation: place one activity after another, each as early as it fits.

The scheme behind every priority rule (J. E. Kelley 1963; R. Kolisch, EJOR 90, 1996), for the
whole network: all four links with lags, capacity that varies, modes, and waits for events of
which some members are enough.
"""

from __future__ import annotations

import heapq
from bisect import insort
from collections.abc import Iterator, Sequence

import attrs

from roadmap.network import Assignment, Lag, Mode, Network, Slot


@attrs.define
class Generation:
    """One pass over the activities.

    Attributes
    ----------
    network
        What is scheduled.
    rank
        For each activity its turn; of those that may be placed, the lowest goes first.
    chosen
        For each activity whether it is to be in the plan.
    """

    network: Network
    rank: Sequence[float]
    chosen: Sequence[bool]
    slots: list[Slot | None] = attrs.field(init=False)
    free: list[list[int]] = attrs.field(init=False)
    stuck: int | None = attrs.field(init=False, default=None)
    _missing: list[int] = attrs.field(init=False)
    _came: list[list[int]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        net = self.network
        self.slots = [None] * len(net.activities)
        self.free = [list(resource.capacity) for resource in net.resources]
        self._came = [[] for _ in net.events]
        self._missing = [
            len(net.waits_of[a]) + sum(1 for lag in net.lags_into[a] if not loose(net, lag))
            for a in range(len(net.activities))
        ]

    def run(self) -> Assignment | None:
        """Place every chosen activity that can be.

        Returns
        -------
        Assignment or None
            ``None`` when one that is mandatory finds no place; ``stuck`` says which.
        """
        activities = self.network.activities
        ready = [
            (self.rank[a], a)
            for a in range(len(activities))
            if self.chosen[a] and not self._missing[a]
        ]
        for event, at in enumerate(self.network.events):
            if at.count == 0:
                ready += self._released(event)
                for above, delay in self.network.events_above[event]:
                    ready += self._contribute(above, delay)
        heapq.heapify(ready)
        while ready:
            _, activity = heapq.heappop(ready)
            slot = self._earliest(activity)
            if slot is None:
                if activities[activity].mandatory:
                    self.stuck = activity
                    return None
                continue
            self._place(activity, slot)
            for freed in self._frees(activity):
                heapq.heappush(ready, freed)
        return self._complete()

    def _complete(self) -> Assignment | None:
        for activity, slot in enumerate(self.slots):
            if slot is None and self.network.activities[activity].mandatory:
                self.stuck = activity
                return None
        return tuple(self.slots)

    def _earliest(self, activity: int) -> Slot | None:
        """The slot that finishes first; among equals the cheapest mode."""
        slots = []
        for number, mode in enumerate(self.network.activities[activity].modes):
            start = self._fit(mode, *self._bounds(activity, mode))
            if start is not None:
                slots.append((start + mode.duration, mode.cost, number, start))
        if not slots:
            return None
        _, _, number, start = min(slots)
        return Slot(start, number)

    def _bounds(self, activity: int, mode: Mode) -> tuple[int, int]:
        """Earliest and latest start that the placed activities and the window allow."""
        net = self.network
        earliest = net.activities[activity].earliest
        latest = net.activities[activity].latest - mode.duration
        for lag in net.lags_into[activity]:
            sooner = self._end(lag.before, lag.from_finish)
            if sooner is not None:
                earliest = max(earliest, sooner + lag.lag - mode.duration * lag.to_finish)
        for lag in net.lags_from[activity]:
            later = self._end(lag.after, lag.to_finish)
            if later is not None:
                latest = min(latest, later - lag.lag - mode.duration * lag.from_finish)
        for wait in net.waits_of[activity]:
            earliest = max(earliest, self._time(wait.event))
        return earliest, latest

    def _end(self, activity: int, finish: bool) -> int | None:
        slot = self.slots[activity]
        if slot is None:
            return None
        return slot.start + self.network.activities[activity].modes[slot.mode].duration * finish

    def _time(self, event: int) -> int:
        count = self.network.events[event].count
        return self._came[event][count - 1] if count else 0

    def _fit(self, mode: Mode, earliest: int, latest: int) -> int | None:
        """First start in the bounds at which every team has room throughout."""
        start = earliest
        while start <= latest:
            blocked = self._last_blocked(mode, start)
            if blocked is None:
                return start
            start = blocked + 1
        return None

    def _last_blocked(self, mode: Mode, start: int) -> int | None:
        """The last period of the work in which some team has no room."""
        for period in range(start + mode.duration - 1, start - 1, -1):
            for resource, amount in mode.demand:
                if self.free[resource][period] < amount:
                    return period
        return None

    def _place(self, activity: int, slot: Slot) -> None:
        self.slots[activity] = slot
        mode = self.network.activities[activity].modes[slot.mode]
        for resource, amount in mode.demand:
            free = self.free[resource]
            for period in range(slot.start, slot.start + mode.duration):
                free[period] -= amount

    def _frees(self, activity: int) -> Iterator[tuple[float, int]]:
        """The activities that may now be placed as well."""
        net = self.network
        for lag in net.lags_from[activity]:
            if not loose(net, lag):
                yield from self._one_less(lag.after)
        finish = self._end(activity, True)
        assert finish is not None
        for event, delay in net.events_of[activity]:
            yield from self._contribute(event, finish + delay)

    def _contribute(
        self, event: int, time: int, instead: int | None = None
    ) -> Iterator[tuple[float, int]]:
        """Let an event's member come about, perhaps sooner than known, and see what follows."""
        horizon, count = self.network.horizon, self.network.events[event].count
        if time > horizon:
            return
        came = self._came[event]
        before = came[count - 1] if len(came) >= count else None
        if instead is not None and instead <= horizon:
            came.remove(instead)
        insort(came, time)
        now = came[count - 1] if len(came) >= count else None
        if now is None or now == before:
            return
        if before is None:
            yield from self._released(event)
        for above, delay in self.network.events_above[event]:
            known = None if before is None else before + delay
            yield from self._contribute(above, now + delay, known)

    def _released(self, event: int) -> Iterator[tuple[float, int]]:
        for activity in self.network.waiting_for[event]:
            yield from self._one_less(activity)

    def _one_less(self, activity: int) -> Iterator[tuple[float, int]]:
        self._missing[activity] -= 1
        if self._missing[activity] == 0 and self.chosen[activity]:
            yield self.rank[activity], activity


def loose(network: Network, lag: Lag) -> bool:
    """Whether a lag bounds from above how far ``before`` may trail ``after``.

    A negative lag on which its own predecessor waits in turn is a maximal lag: the activity it
    leads to is placed first, and the other then finds its bound.
    """
    return lag.lag < 0 and network.knot[lag.before] == network.knot[lag.after]
