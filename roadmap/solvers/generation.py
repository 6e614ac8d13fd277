"""Serial schedule generation: place one activity after another, each as early as it fits.

The scheme behind every priority rule (J. E. Kelley 1963; R. Kolisch, EJOR 90, 1996), for the
whole network: all four links with lags, capacity that varies, modes, and waits for events of
which some members are enough.

An event that takes all its members is no more than so many precedences, and is made into these
once; only events with a choice are followed as the work is placed.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import NamedTuple

import attrs

from roadmap.network import Assignment, Lag, Member, Network, Slot
from roadmap.solvers.profile import Packing
from roadmap.solvers.ways import Way, fit, take, way_of


class Tie(NamedTuple):
    """A time relation to another activity: its end, the lag, and the end of one's own."""

    other: int
    finish: bool
    lag: int
    own_finish: bool


@attrs.frozen
class Generation:
    """What one pass gave.

    Attributes
    ----------
    plan
        Where each activity stands; ``None`` when one that is mandatory finds no place.
    stuck
        The activity that found no place though it must, or other work was placed that may not
        be in the plan without it; ``None`` when there is none.
    draft
        A plan that breaks accounts, dues, twins or ceilings, and is none therefore; ``None``
        otherwise.
    """

    plan: Assignment | None
    stuck: int | None = None
    draft: Assignment | None = None


@attrs.frozen(eq=False)
class Scheme:
    """The serial scheme of a network, made ready once for many passes.

    Attributes
    ----------
    network
        What is scheduled.
    """

    network: Network

    @cached_property
    def packing(self) -> Packing:
        """How capacities are packed."""
        return Packing(self.network)

    @cached_property
    def ways(self) -> tuple[tuple[Way, ...], ...]:
        """The modes of each activity."""
        return tuple(
            tuple(
                way_of(mode, number, self.packing, amounts)
                for number, (mode, amounts) in enumerate(zip(activity.modes, of_modes, strict=True))
            )
            for activity, of_modes in zip(
                self.network.activities, self.network.amounts_of, strict=True
            )
        )

    @cached_property
    def certain(self) -> tuple[tuple[tuple[int, int], ...] | None, ...]:
        """For each event the (activity, delay) pairs that it takes; ``None`` if it has a choice."""
        found: list[tuple[tuple[int, int], ...] | None] = []
        for event in self.network.events:
            whole = event.count == len(event.members) and not event.absent_counts
            found.append(_pairs(event.members, found) if whole else None if event.count else ())
        return tuple(found)

    @cached_property
    def before(self) -> tuple[tuple[Tie, ...], ...]:
        """For each activity those that must be placed before it, and how they bound its start."""
        net = self.network
        ties: list[list[Tie]] = [[] for _ in net.activities]
        for lag in net.lags:
            if not loose(net, lag):
                ties[lag.after].append(Tie(lag.before, lag.from_finish, lag.lag, lag.to_finish))
        for wait in net.waits:
            for activity, delay in self.certain[wait.event] or ():
                ties[wait.activity].append(Tie(activity, True, delay, False))
        return tuple(tuple(own) for own in ties)

    @cached_property
    def after(self) -> tuple[tuple[int, ...], ...]:
        """For each activity those that wait for it; as often as they do."""
        followers: list[list[int]] = [[] for _ in self.network.activities]
        for activity, ties in enumerate(self.before):
            for tie in ties:
                followers[tie.other].append(activity)
        return tuple(tuple(own) for own in followers)

    @cached_property
    def topological(self) -> tuple[int, ...]:
        """The activities in an order in which none comes before what it certainly waits for."""
        waiting = [len(ties) for ties in self.before]
        order = [activity for activity, count in enumerate(waiting) if not count]
        for activity in order:
            for follower in self.after[activity]:
                waiting[follower] -= 1
                if not waiting[follower]:
                    order.append(follower)
        return tuple(order)

    @cached_property
    def growing(self) -> dict[int, int]:
        """The hard upper bounds of the accounts to which nothing adds a negative amount."""
        return {
            number: account.most
            for number, account in enumerate(self.network.accounts)
            if account.price is None
            and account.most is not None
            and all(min(term.amounts) >= 0 for term in account.terms)
        }

    @cached_property
    def choices(self) -> tuple[tuple[int, ...], ...]:
        """For each activity the events with a choice that it waits for."""
        return tuple(
            tuple(wait.event for wait in waits if self.certain[wait.event] is None)
            for waits in self.network.waits_of
        )

    @cached_property
    def caps(self) -> tuple[tuple[Tie, ...], ...]:
        """For each activity those that, once placed, bound its start from above."""
        net = self.network
        ties: list[list[Tie]] = [[] for _ in net.activities]
        for lag in net.lags:
            if loose(net, lag):
                ties[lag.before].append(Tie(lag.after, lag.to_finish, lag.lag, lag.from_finish))
        return tuple(tuple(own) for own in ties)

    @cached_property
    def floors(self) -> tuple[tuple[Tie, ...], ...]:
        """For each activity those that, if they happen to be placed, bound its start from below."""
        net = self.network
        ties: list[list[Tie]] = [[] for _ in net.activities]
        for lag in net.lags:
            if loose(net, lag):
                ties[lag.after].append(Tie(lag.before, lag.from_finish, lag.lag, lag.to_finish))
        return tuple(tuple(own) for own in ties)

    def generate(self, rank: Sequence[float], chosen: Sequence[bool] | None = None) -> Generation:
        """Place every chosen activity that can be.

        Parameters
        ----------
        rank
            For each activity its turn; of those that may be placed, the lowest goes first.
        chosen
            For each activity whether it is to be in the plan; default all.
        """
        return _Pass(self, rank, chosen or [True] * len(rank)).run()


@attrs.define
class _Pass:
    """One pass: what is placed so far, and what each activity still waits for."""

    scheme: Scheme
    rank: Sequence[float]
    chosen: Sequence[bool]
    slots: list[Slot | None] = attrs.field(init=False)
    finish: list[int] = attrs.field(init=False)
    free: list[int] = attrs.field(init=False)
    spent: list[int] = attrs.field(init=False)
    missing: list[int] = attrs.field(init=False)
    came: dict[int, list[int]] = attrs.field(init=False)
    ready: list[tuple[float, int]] = attrs.field(init=False)
    told: set[int] = attrs.field(init=False, factory=set)
    gone: set[int] = attrs.field(init=False, factory=set)

    def __attrs_post_init__(self) -> None:
        scheme, count = self.scheme, len(self.rank)
        self.slots = [None] * count
        self.finish = [0] * count
        self.free = list(scheme.packing.whole)
        self.spent = [0] * len(scheme.network.accounts)
        self.missing = [
            len(ties) + len(events)
            for ties, events in zip(scheme.before, scheme.choices, strict=True)
        ]
        self.came = {event: [] for event, pairs in enumerate(scheme.certain) if pairs is None}
        self.ready = [
            (self.rank[a], a) for a in range(count) if self.chosen[a] and not self.missing[a]
        ]
        heapify(self.ready)

    def run(self) -> Generation:
        activities = self.scheme.network.activities
        for event, pairs in enumerate(self.scheme.certain):
            if pairs == ():
                self._happened(event, 0)
        for activity, chosen in enumerate(self.chosen):
            if not chosen:
                self._leave_out(activity)
        while self.ready or self._gave_way():
            _, activity = heappop(self.ready)
            slot = self._earliest(activity)
            if slot is not None:
                self._place(activity, slot)
            elif activities[activity].mandatory:
                return Generation(None, activity)
            else:
                self._leave_out(activity)
        for activity, slot in enumerate(self.slots):
            if slot is None and (activities[activity].mandatory or self._missed(activity)):
                return Generation(None, activity)
        plan = tuple(self.slots)
        if any(self.scheme.network.breaches(plan)):
            return Generation(None, draft=plan)
        return Generation(plan)

    def _leave_out(self, activity: int) -> None:
        """Tell the events for which what is left out counts as over."""
        self.gone.add(activity)
        for event, _ in self.scheme.network.events_of[activity]:
            if event in self.came and self.scheme.network.events[event].absent_counts:
                self._contribute(event, 0)

    def _gave_way(self) -> bool:
        """Leave out what waits in vain, where other work only waits for it to be over."""
        for activity, slot in enumerate(self.slots):
            mandatory = self.scheme.network.activities[activity].mandatory
            if slot is None and not mandatory and activity not in self.gone:
                self._leave_out(activity)
                if self.ready:
                    return True
        return False

    def _missed(self, activity: int) -> bool:
        """Whether work is in the plan that may not be there without this activity."""
        lags = self.scheme.network.lags_from[activity]
        return any(self.slots[lag.after] is not None for lag in lags)

    def _earliest(self, activity: int) -> Slot | None:
        """The slot that finishes first; among equals the cheapest mode."""
        best = None
        for way in self.scheme.ways[activity]:
            start = self._first(way, *self._bounds(activity, way))
            if start is not None:
                found = (start + way.duration, way.cost, way.number, start)
                if best is None or found < best:
                    best = found
        return None if best is None else Slot(best[3], best[2])

    def _first(self, way: Way, earliest: int, latest: int) -> int | None:
        """The first start in the bounds that suits, and that accounts still allow."""
        guards = self.scheme.packing.guards
        start = fit(self.free, guards, way, earliest, latest)
        while start is not None and not self._allowed(way, start):
            start = fit(self.free, guards, way, start + 1, latest)
        return start

    def _allowed(self, way: Way, start: int) -> bool:
        """Whether no account that only grows would go beyond its bound."""
        growing = self.scheme.growing
        return all(
            self.spent[account] + term.at(start) <= growing[account]
            for account, term in way.amounts
            if account in growing
        )

    def _bounds(self, activity: int, way: Way) -> tuple[int, int]:
        """Earliest and latest start that the placed activities and the window allow."""
        scheme, duration = self.scheme, way.duration
        item = scheme.network.activities[activity]
        earliest, latest = item.earliest, item.latest - duration
        for other, at_finish, lag, own_finish in scheme.before[activity]:
            bound = (self.finish[other] if at_finish else self._start(other)) + lag
            if own_finish:
                bound -= duration
            if bound > earliest:
                earliest = bound
        for other, at_finish, lag, own_finish in scheme.floors[activity]:
            if self.slots[other] is not None:
                bound = (self.finish[other] if at_finish else self._start(other)) + lag
                earliest = max(earliest, bound - duration if own_finish else bound)
        for event in scheme.choices[activity]:
            earliest = max(earliest, self.came[event][scheme.network.events[event].count - 1])
        for other, at_finish, lag, own_finish in scheme.caps[activity]:
            if self.slots[other] is not None:
                bound = (self.finish[other] if at_finish else self._start(other)) - lag
                latest = min(latest, bound - duration if own_finish else bound)
        for twin, until in scheme.network.twins_of[activity]:
            slot = self.slots[twin]
            if slot is not None and slot.start >= until:
                earliest = max(earliest, until)
            elif slot is not None:
                earliest, latest = max(earliest, slot.start), min(latest, slot.start)
                latest = latest if slot.mode == way.number else -1
        return earliest, latest

    def _start(self, activity: int) -> int:
        slot = self.slots[activity]
        assert slot is not None
        return slot.start

    def _place(self, activity: int, slot: Slot) -> None:
        scheme, rank, missing = self.scheme, self.rank, self.missing
        self.slots[activity] = slot
        way = scheme.ways[activity][slot.mode]
        finish = self.finish[activity] = slot.start + way.duration
        take(self.free, way, slot.start)
        for account, term in way.amounts:
            self.spent[account] += term.at(slot.start)
        for follower in scheme.after[activity]:
            missing[follower] -= 1
            if not missing[follower] and follower not in self.gone:
                heappush(self.ready, (rank[follower], follower))
        for event, delay in scheme.network.events_of[activity]:
            if event in self.came:
                self._contribute(event, finish + delay)
            else:
                self._complete(event)

    def _complete(self, event: int) -> None:
        """Tell the events above when one that takes all its members has come about."""
        above = self.scheme.network.events_above[event]
        pairs = self.scheme.certain[event]
        if event in self.told or not above or not pairs:
            return
        if all(self.slots[activity] is not None for activity, _ in pairs):
            self.told.add(event)
            self._happened(event, max(self.finish[activity] + delay for activity, delay in pairs))

    def _happened(self, event: int, time: int) -> None:
        for above, delay in self.scheme.network.events_above[event]:
            if above in self.came:
                self._contribute(above, time + delay)
            else:
                self._complete(above)

    def _contribute(self, event: int, time: int, instead: int | None = None) -> None:
        """Let a member of an event with a choice come about, perhaps sooner than known."""
        net = self.scheme.network
        count = net.events[event].count
        if time > net.horizon:
            return
        came = self.came[event]
        before = came[count - 1] if len(came) >= count else None
        if instead is not None and instead <= net.horizon:
            came.remove(instead)
        insort(came, time)
        now = came[count - 1] if len(came) >= count else None
        if now is None or now == before:
            return
        if before is None:
            self._release(event)
        for above, delay in net.events_above[event]:
            self._contribute(above, now + delay, None if before is None else before + delay)

    def _release(self, event: int) -> None:
        for activity in self.scheme.network.waiting_for[event]:
            self.missing[activity] -= 1
            if not self.missing[activity] and activity not in self.gone:
                heappush(self.ready, (self.rank[activity], activity))


def _pairs(
    members: Iterable[Member], below: Sequence[tuple[tuple[int, int], ...] | None]
) -> tuple[tuple[int, int], ...] | None:
    """The (activity, delay) pairs of members that are all taken; ``None`` if one has a choice."""
    pairs: list[tuple[int, int]] = []
    for member in members:
        if member.activity is not None:
            pairs.append((member.activity, member.delay))
            continue
        assert member.event is not None
        nested = below[member.event]
        if nested is None:
            return None
        pairs += [(activity, delay + member.delay) for activity, delay in nested]
    return tuple(pairs)


def loose(network: Network, lag: Lag) -> bool:
    """Whether a lag bounds from above how far ``before`` may trail ``after``.

    A negative lag on which its own predecessor waits in turn is a maximal lag: the activity it
    leads to is placed first, and the other then finds its bound.
    """
    return lag.lag < 0 and network.knot[lag.before] == network.knot[lag.after]
