"""Activity lists, decoded to schedules many thousand times a second.

A list is an order of activities in which nothing stands before what it waits for. Decoding
places each as early as it fits, after the serial scheme; a list that is changed from some position
on is decoded from the last checkpoint before it.

A decoder is made under a commitment: a plan says which activities are in, each in which mode,
and which members of an event with a choice serve those that wait for it. So every wait is a
precedence here. The schedule that comes out keeps every rule; what a commitment costs, another
plan must find.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

import attrs

from roadmap.network import Assignment, Network, Slot
from roadmap.solvers.generation import Scheme
from roadmap.solvers.losing import Losses
from roadmap.solvers.profile import first_fit
from roadmap.solvers.ways import Way, fit, take

_STRIDE = 16


class Item(NamedTuple):
    """An activity under a commitment.

    Attributes
    ----------
    way
        Its mode, made ready.
    plain
        Whether all starts are open and nothing is taken after its finish.
    need, duration
        Its packed demand, and periods from start to finish.
    earliest, latest
        Bounds of its start.
    after
        (activity, offset) pairs: it starts at least ``offset`` after that one finishes.
    capped
        (activity, offset) pairs: it starts at most ``offset`` after that one finishes.
    """

    way: Way
    plain: bool
    need: int
    duration: int
    earliest: int
    latest: int
    after: tuple[tuple[int, int], ...]
    capped: tuple[tuple[int, int], ...]


@attrs.define(eq=False)
class Decoder:
    """A network under a commitment.

    Attributes
    ----------
    scheme
        The network's serial scheme.
    plan
        The plan that commits.
    """

    scheme: Scheme
    plan: Assignment
    network: Network = attrs.field(init=False)
    items: dict[int, Item] = attrs.field(init=False)
    finish: list[int] = attrs.field(init=False)
    _checkpoints: list[list[int]] = attrs.field(init=False)
    _fresh: list[list[int]] = attrs.field(init=False, factory=list)
    _base: int = attrs.field(init=False, default=0)
    _kept: list[int] = attrs.field(init=False)
    losses: Losses = attrs.field(init=False)
    _spent: int = attrs.field(init=False)
    _change: int = attrs.field(init=False, default=0)

    def __attrs_post_init__(self) -> None:
        self.network = self.scheme.network
        members = served_by(self.network, self.plan)
        self.items = {
            activity: self._item(activity, slot, members)
            for activity, slot in enumerate(self.plan)
            if slot is not None
        }
        self.finish = [0] * len(self.plan)
        self._kept = [-1] * len(self.plan)
        self._checkpoints = [list(self.scheme.packing.whole)]
        self.losses = Losses(self.scheme, self.plan)
        # nothing is placed yet: as never
        self._spent = sum(table[-1] for table in self.losses.own if table)

    def _duration(self, activity: int) -> int:
        slot = self.plan[activity]
        assert slot is not None
        return self.scheme.ways[activity][slot.mode].duration

    def _item(
        self, activity: int, slot: Slot, members: Sequence[tuple[tuple[int, int], ...]]
    ) -> Item:
        way = self.scheme.ways[activity][slot.mode]
        activity_ = self.network.activities[activity]
        after: dict[int, int] = {}
        for other, at_finish, lag, own_finish in self.scheme.before[activity]:
            offset = lag - (0 if at_finish else self._duration(other))
            offset -= way.duration if own_finish else 0
            after[other] = max(offset, after.get(other, offset))
        for event in self.scheme.choices[activity]:
            for other, delay in members[event]:
                after[other] = max(delay, after.get(other, delay))
        capped = []
        for other, at_finish, lag, own_finish in self.scheme.caps[activity]:
            if self.plan[other] is not None:
                offset = -lag - (0 if at_finish else self._duration(other))
                capped.append((other, offset - (way.duration if own_finish else 0)))
        return Item(
            way=way,
            plain=way.opens is None and not way.tail,
            need=way.need,
            duration=way.duration,
            earliest=activity_.earliest,
            latest=activity_.latest - way.duration,
            after=tuple(after.items()),
            capped=tuple(capped),
        )

    def order(self) -> list[int]:
        """The list of the plan that commits."""
        return self.listed(
            {activity: slot.start for activity, slot in enumerate(self.plan) if slot}
        )

    def listed(self, times: Mapping[int, int] | Sequence[int]) -> list[int]:
        """All activities by their times, as far as the waits allow."""
        waiting = {activity: len(item.after) for activity, item in self.items.items()}
        followers: dict[int, list[int]] = {activity: [] for activity in self.items}
        for activity, item in self.items.items():
            for other, _ in item.after:
                followers[other].append(activity)
        ready = [(times[activity], activity) for activity in waiting if not waiting[activity]]
        heapify(ready)
        order: list[int] = []
        while ready:
            _, activity = heappop(ready)
            order.append(activity)
            for follower in followers[activity]:
                waiting[follower] -= 1
                if not waiting[follower]:
                    heappush(ready, (times[follower], follower))
        return order

    def decode(
        self,
        order: Sequence[int],
        since: int = 0,
        until: int | None = None,
        most: float = math.inf,
    ) -> int | None:
        """Place a list and cost it; ``keep`` or ``undo`` must follow.

        Parameters
        ----------
        order
            The list; up to ``since`` like the one that was kept last.
        since
            First position that differs.
        until
            Last position that differs; default the last of all. When nothing up to it has come
            to lie elsewhere, nothing after it will.
        most
            By how much it may become dearer up to some position from ``until`` on, as far as
            single activities tell; default any much.

        Returns
        -------
        int or None
            The cost; ``None`` when something finds no place, or it becomes too dear.
        """
        guards, finish, items = self.scheme.packing.guards, self.finish, self.items
        self._base = min(since // _STRIDE, len(self._checkpoints) - 1)
        self._fresh = []
        first = self._base * _STRIDE
        last = len(order) if until is None else until
        kept, same = self._kept, True
        own, change = self.losses.own, 0
        free = self._checkpoints[self._base].copy()
        for activity in order[first:since]:
            take(free, items[activity].way, finish[activity] - items[activity].duration)
        for at in range(since, len(order)):
            if at % _STRIDE == 0 and at > first:
                self._fresh.append(free.copy())
            activity = order[at]
            way, plain, need, duration, start, latest, after, capped = items[activity]
            for other, offset in after:
                bound = finish[other] + offset
                if bound > start:
                    start = bound
            for other, offset in capped:
                latest = min(latest, finish[other] + offset)
            if plain:
                found = first_fit(free, guards, need, duration, start, latest)
            else:
                found = fit(free, guards, way, start, latest)
            if found is None:
                return None
            ended = finish[activity] = found + duration
            before = kept[activity]
            if ended != before:
                same = False
                table = own[activity]
                if table is not None:
                    change += table[ended] - table[before]
                    if change > most and at >= last:
                        return None
            elif same and at >= last:
                break
            if plain:
                for period in range(found, ended):
                    free[period] -= need
            else:
                take(free, way, found)
        self._change = change
        return self._cost()

    def keep(self) -> None:
        """Make the list that was decoded last the one to differ from."""
        after = self._base + 1
        self._checkpoints[after : after + len(self._fresh)] = self._fresh
        self._kept = self.finish.copy()
        self._spent += self._change

    def undo(self) -> None:
        """Forget the list that was decoded last."""
        self.finish[:] = self._kept

    def _cost(self) -> int | None:
        """What was decoded costs; ``None`` if it breaks what list scheduling does not see."""
        if not self.network.is_plain:
            plan = self.assignment()
            return None if any(self.network.breaches(plan)) else self.network.cost(plan)
        return self.losses.fixed + self._spent + self._change + self.losses.beside(self.finish)

    def assignment(self) -> Assignment:
        """The plan that was decoded last."""
        return tuple(
            None if slot is None else Slot(self.finish[a] - self.items[a].duration, slot.mode)
            for a, slot in enumerate(self.plan)
        )


def served_by(network: Network, plan: Assignment) -> list[tuple[tuple[int, int], ...]]:
    """For each event, the (activity, delay) pairs that bring it about first under a plan."""
    times = network.event_times(plan)
    served: list[tuple[tuple[int, int], ...]] = []
    for event in network.events:
        coming: list[tuple[int, tuple[tuple[int, int], ...]]] = []
        for member in event.members:
            if member.activity is not None:
                slot = plan[member.activity]
                if slot is not None:
                    mode = network.activities[member.activity].modes[slot.mode]
                    when = slot.start + mode.duration + member.delay
                    coming.append((when, ((member.activity, member.delay),)))
            elif member.event is not None and (time := times[member.event]) is not None:
                pairs = tuple((a, delay + member.delay) for a, delay in served[member.event])
                coming.append((time + member.delay, pairs))
        first = sorted(coming)[: event.count]
        served.append(tuple(pair for _, pairs in first for pair in pairs))
    return served
