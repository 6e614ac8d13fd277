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
    priced = any(resource.price for resource in network.resources)
    rare = priced or network.soft_waits or network.twins or network.ceilings
    pruning = _Slowly(network, list(plan)) if rare else _Pruning(network, list(plan))
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
    """A plan on its way, when each of its events comes about, and what its accounts hold."""

    network: Network
    plan: list[Slot | None]
    times: list[int | None] = attrs.field(init=False)
    totals: list[int] = attrs.field(init=False)
    dues: dict[int, int] = attrs.field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        network = self.network
        self.times = network.event_times(self.plan)
        self.totals = [0] * len(network.accounts)
        for activity, slot in enumerate(self.plan):
            if slot is not None:
                self._add(activity, slot, 1)
        for due in network.dues:
            self.dues[due.event] = min(due.latest, self.dues.get(due.event, due.latest))

    def try_without(self, activity: int) -> None:
        """Leave an activity out, if that costs nothing and everything else still stands."""
        if any(self.plan[lag.after] is not None for lag in self.network.lags_from[activity]):
            return
        slot = self.plan[activity]
        assert slot is not None
        saved = self._excess(activity, slot)
        self._add(activity, slot, -1)
        saved -= self._excess(activity, slot)
        if not self._keeps(activity, slot):
            self._add(activity, slot, 1)
            return
        self.plan[activity] = None
        before = self._retime(activity)
        saved += self.network.activities[activity].modes[slot.mode].price(slot.start)
        lost = sum(self._lost(event, self.times[event]) for event in before)
        lost -= sum(self._lost(event, time) for event, time in before.items())
        if lost > saved or not all(self._stands(event) for event in before):
            self.plan[activity] = slot
            self._add(activity, slot, 1)
            for event, time in before.items():
                self.times[event] = time

    def _add(self, activity: int, slot: Slot, times: int) -> None:
        """Bring an activity's part into its accounts, or take it out of them."""
        for number, term in self.network.amounts_of[activity][slot.mode]:
            self.totals[number] += times * term.at(slot.start)

    def _excess(self, activity: int, slot: Slot) -> int:
        """What the priced accounts of an activity cost as they stand."""
        found = 0
        for number, _ in self.network.amounts_of[activity][slot.mode]:
            account = self.network.accounts[number]
            if account.price is not None and account.most is not None:
                found += account.price * max(0, self.totals[number] - account.most)
        return found

    def _keeps(self, activity: int, slot: Slot) -> bool:
        """Whether the hard accounts of an activity are within their bounds."""
        for number, _ in self.network.amounts_of[activity][slot.mode]:
            account, total = self.network.accounts[number], self.totals[number]
            if account.price is None and (
                (account.least is not None and total < account.least)
                or (account.most is not None and total > account.most)
            ):
                return False
        return True

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
        """Whether an event is not overdue, and all that waits for it still starts after it."""
        time = self.times[event]
        if event in self.dues and (time is None or time > self.dues[event]):
            return False
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
