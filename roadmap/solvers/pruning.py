"""Leaving out optional work that costs more than it brings.

Only the events that a piece of work contributes to are looked at again, so that a plan of
thousands is pruned in the time of a few evaluations.
"""

from __future__ import annotations

from heapq import heappop, heappush

import attrs

from roadmap.network import Assignment, Network, Slot


def prune(network: Network, plan: Assignment) -> Assignment:
    """Leave out what does not pay and on which nothing in the plan stands, the last first."""
    pruning = _Pruning(network, list(plan)) if network.is_plain else _Slowly(network, list(plan))
    placed = [
        (slot.start, activity)
        for activity, slot in enumerate(plan)
        if slot is not None and not network.activities[activity].mandatory
    ]
    for _, activity in sorted(placed, reverse=True):
        pruning.try_without(activity)
    return tuple(pruning.plan)


@attrs.define
class _Pruning:
    """A plan on its way, and when each of its events comes about."""

    network: Network
    plan: list[Slot | None]
    times: list[int | None] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.times = self.network.event_times(self.plan)

    def try_without(self, activity: int) -> None:
        """Leave an activity out, if that costs nothing and everything else still stands."""
        if any(self.plan[lag.after] is not None for lag in self.network.lags_from[activity]):
            return
        slot = self.plan[activity]
        assert slot is not None
        self.plan[activity] = None
        before = self._retime(activity)
        saved = self.network.activities[activity].modes[slot.mode].cost
        lost = sum(self._lost(event, self.times[event]) for event in before)
        lost -= sum(self._lost(event, time) for event, time in before.items())
        if lost > saved or not all(self._stands(event) for event in before):
            self.plan[activity] = slot
            for event, time in before.items():
                self.times[event] = time

    def _retime(self, activity: int) -> dict[int, int | None]:
        """Bring the times up to date; what they were, of the events that have changed."""
        before: dict[int, int | None] = {}
        waiting = [event for event, _ in self.network.events_of[activity]]
        waiting.sort()
        while waiting:
            event = heappop(waiting)
            time = self.network.event_time(event, self.plan, self.times)
            if event in before or time == self.times[event]:
                continue
            before[event], self.times[event] = self.times[event], time
            for above, _ in self.network.events_above[event]:
                heappush(waiting, above)
        return before

    def _lost(self, event: int, time: int | None) -> int:
        tables = self.network.tables_of[event]
        return sum(table[-1] if time is None else table[time] for table in tables)

    def _stands(self, event: int) -> bool:
        """Whether all that waits for an event still starts after it."""
        time = self.times[event]
        for activity in self.network.waiting_for[event]:
            slot = self.plan[activity]
            if slot is not None and (time is None or time > slot.start):
                return False
        return True


@attrs.define
class _Slowly(_Pruning):
    """The same where rarer rules hold: the whole is looked at each time."""

    def try_without(self, activity: int) -> None:
        """Leave an activity out, if that costs nothing and everything else still stands."""
        slot, network = self.plan[activity], self.network
        if any(self.plan[lag.after] is not None for lag in network.lags_from[activity]):
            return
        before = network.cost(self.plan)
        self.plan[activity] = None
        self.times = network.event_times(self.plan)
        stands = all(self._stands(event) for event in range(len(network.events)))
        if network.cost(self.plan) > before or not stands or any(network.breaches(self.plan)):
            self.plan[activity] = slot
