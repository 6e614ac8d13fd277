"""The network itself, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

import attrs

from roadmap.network.items import (
    Account,
    Activity,
    Assignment,
    Ceiling,
    Due,
    Event,
    Lag,
    Loss,
    Member,
    Resource,
    SoftWait,
    Term,
    Twin,
    Wait,
)
from roadmap.network.softness import breaches, softness

T = TypeVar("T")


@attrs.frozen
class Network:
    """Activities and all that relates them, in integers.

    Attributes
    ----------
    horizon
        Number of periods; the boundary at which the timeline ends.
    activities, resources, events
        What is numbered.
    lags, waits, losses
        What relates them.
    accounts, dues, soft_waits, twins, ceilings
        What relates them in rarer ways; what list rules do not see by themselves.
    """

    horizon: int
    activities: tuple[Activity, ...]
    resources: tuple[Resource, ...]
    events: tuple[Event, ...]
    lags: tuple[Lag, ...]
    waits: tuple[Wait, ...]
    losses: tuple[Loss, ...]
    accounts: tuple[Account, ...] = ()
    dues: tuple[Due, ...] = ()
    soft_waits: tuple[SoftWait, ...] = ()
    twins: tuple[Twin, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()

    def event_times(self, assignment: Assignment) -> list[int | None]:
        """When each event happens under an assignment; ``None`` if not by the horizon."""
        times: list[int | None] = []
        for event in range(len(self.events)):
            times.append(self.event_time(event, assignment, times))
        return times

    def event_time(
        self, event: int, assignment: Assignment, times: Sequence[int | None]
    ) -> int | None:
        """When one event happens, given the times of those before it."""
        happening = self.events[event]
        came = sorted(
            time
            for member in happening.members
            if (time := self.comes(member, happening, assignment, times)) is not None
            and time <= self.horizon
        )
        return _nth(came, happening.count)

    def comes(
        self,
        member: Member,
        event: Event,
        assignment: Assignment,
        times: Sequence[int | None],
    ) -> int | None:
        """When a member of an event comes about, given the times of the events before it."""
        if member.activity is None:
            assert member.event is not None
            time = times[member.event]
            return None if time is None else time + member.delay
        slot = assignment[member.activity]
        if slot is None:
            return 0 if event.absent_counts else None
        mode = self.activities[member.activity].modes[slot.mode]
        return slot.start + mode.duration + member.delay

    def cost(self, assignment: Assignment) -> int:
        """The whole objective of an assignment: losses, charges, and what softness costs."""
        times = self.event_times(assignment)
        lost = sum(
            loss.table[-1] if (time := times[loss.event]) is None else loss.table[time]
            for loss in self.losses
        )
        spent = sum(
            activity.modes[slot.mode].price(slot.start)
            for activity, slot in zip(self.activities, assignment, strict=True)
            if slot is not None
        )
        if self.is_plain:
            return lost + spent
        return lost + spent + softness(self, assignment, times)

    def breaches(self, assignment: Assignment) -> Iterable[str]:
        """Origins of the accounts, dues, twins and ceilings that an assignment breaks."""
        return () if self.is_plain else breaches(self, assignment)

    @cached_property
    def is_plain(self) -> bool:
        """Whether activities, lags, waits, resources and losses are all there is."""
        rare = (self.accounts, self.dues, self.soft_waits, self.twins, self.ceilings)
        timed = any(mode.costs for activity in self.activities for mode in activity.modes)
        return not (any(rare) or timed or any(resource.price for resource in self.resources))

    @cached_property
    def position(self) -> dict[str, int]:
        """Position of each activity by its name."""
        return {activity.name: index for index, activity in enumerate(self.activities)}

    @cached_property
    def lags_into(self) -> tuple[tuple[Lag, ...], ...]:
        """For each activity the lags in which it is ``after``."""
        return _grouped(self.lags, [lag.after for lag in self.lags], len(self.activities))

    @cached_property
    def lags_from(self) -> tuple[tuple[Lag, ...], ...]:
        """For each activity the lags in which it is ``before``."""
        return _grouped(self.lags, [lag.before for lag in self.lags], len(self.activities))

    @cached_property
    def losses_rise(self) -> bool:
        """Whether no loss ever falls as time goes on."""
        return all(
            sooner <= later for loss in self.losses for sooner, later in pairwise(loss.table)
        )

    @cached_property
    def tables_of(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """For each event the tables of the losses that it decides."""
        tables = [loss.table for loss in self.losses]
        return _grouped(tables, [loss.event for loss in self.losses], len(self.events))

    @cached_property
    def waiting_for(self) -> tuple[tuple[int, ...], ...]:
        """For each event the activities that wait for it."""
        waiting = [wait.activity for wait in self.waits]
        return _grouped(waiting, [wait.event for wait in self.waits], len(self.events))

    @cached_property
    def events_of(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each activity the (event, delay) pairs that it contributes to."""
        pairs = [
            (member.activity, (index, member.delay))
            for index, event in enumerate(self.events)
            for member in event.members
            if member.activity is not None
        ]
        return _grouped([pair for _, pair in pairs], [a for a, _ in pairs], len(self.activities))

    @cached_property
    def events_above(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each event the (event, delay) pairs that rest on it."""
        pairs = [
            (member.event, (index, member.delay))
            for index, event in enumerate(self.events)
            for member in event.members
            if member.event is not None
        ]
        return _grouped([pair for _, pair in pairs], [e for e, _ in pairs], len(self.events))

    @cached_property
    def knot(self) -> tuple[int, ...]:
        """For each activity the number of the circle of lags it is in; its own if in none."""
        import networkx as nx

        graph = nx.DiGraph([(lag.before, lag.after) for lag in self.lags])
        knot = list(range(len(self.activities)))
        for part in nx.strongly_connected_components(graph):
            for activity in part:
                knot[activity] = min(part)
        return tuple(knot)

    @cached_property
    def amounts_of(self) -> tuple[tuple[tuple[tuple[int, Term], ...], ...], ...]:
        """For each activity and each of its modes the (account, term) pairs that it adds."""
        found: list[list[list[tuple[int, Term]]]] = [
            [[] for _ in activity.modes] for activity in self.activities
        ]
        for number, account in enumerate(self.accounts):
            for term in account.terms:
                found[term.activity][term.mode].append((number, term))
        return tuple(tuple(tuple(pairs) for pairs in modes) for modes in found)

    @cached_property
    def twins_of(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each activity its (twin, until) pairs."""
        pairs = [(t.first, (t.second, t.until)) for t in self.twins]
        pairs += [(t.second, (t.first, t.until)) for t in self.twins]
        return _grouped([pair for _, pair in pairs], [a for a, _ in pairs], len(self.activities))

    @cached_property
    def waits_of(self) -> tuple[tuple[Wait, ...], ...]:
        """For each activity the events that it waits for."""
        return _grouped(self.waits, [wait.activity for wait in self.waits], len(self.activities))


def _nth(ascending: Sequence[int], count: int) -> int | None:
    """The time at which ``count`` have come; 0 for none, ``None`` when fewer ever do."""
    if count == 0:
        return 0
    return ascending[count - 1] if count <= len(ascending) else None


def _grouped(items: Iterable[T], keys: Iterable[int], count: int) -> tuple[tuple[T, ...], ...]:
    groups: list[list[T]] = [[] for _ in range(count)]
    for item, key in zip(items, keys, strict=True):
        groups[key].append(item)
    return tuple(tuple(group) for group in groups)
