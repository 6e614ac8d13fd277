"""The project network: the one integer form that every solver reads.

It says the same words as ``roadmap.parts``, with positions for names. Activities, resources and
events are numbered from 0 in the order in which they were stated; an event only rests on events
before it. Time is a whole number of periods, from 0 to ``horizon``. Each item keeps the name of
the fact or rule that it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, TypeVar

import attrs

from roadmap import parts
from roadmap.errors import Fault, ProblemError
from roadmap.portfolio import Portfolio

P = TypeVar("P", bound=parts.Part)
T = TypeVar("T")


class Slot(NamedTuple):
    """Where an activity is put: its start, and the position of its mode."""

    start: int
    mode: int


Assignment = Sequence[Slot | None]
"""A slot for each activity, in their order; ``None`` for one that is left out."""


@attrs.frozen
class Mode:
    """A way to carry out an activity; ``demand`` lists (resource, amount) pairs."""

    name: str
    duration: int
    demand: tuple[tuple[int, int], ...]
    cost: int


@attrs.frozen
class Activity:
    """An activity: it starts at ``earliest`` or later and finishes at ``latest`` or before."""

    name: str
    modes: tuple[Mode, ...]
    mandatory: bool
    earliest: int
    latest: int
    origins: tuple[str, ...]


@attrs.frozen
class Lag:
    """An end of activity ``after`` comes at least ``lag`` after an end of ``before``."""

    before: int
    after: int
    lag: int
    from_finish: bool
    to_finish: bool
    origin: str


@attrs.frozen
class Resource:
    """A renewable resource with its capacity in each period."""

    name: str
    capacity: tuple[int, ...]
    origin: str


@attrs.frozen
class Member:
    """A contribution to an event: an activity's finish, or an earlier event, and a delay."""

    activity: int | None
    event: int | None
    delay: int


@attrs.frozen
class Event:
    """It happens when ``count`` of its members have come about."""

    key: parts.EventKey
    members: tuple[Member, ...]
    count: int
    absent_counts: bool


@attrs.frozen
class Wait:
    """An activity starts only when an event has happened."""

    activity: int
    event: int
    origin: str


@attrs.frozen
class Loss:
    """Money lost by the time of an event, from 0 to the horizon; never loses the last entry."""

    event: int
    table: tuple[int, ...]
    origin: str


@attrs.frozen
class Network:
    """Activities, lags, waits, resources, events and losses, in integers.

    Attributes
    ----------
    horizon
        Number of periods; the boundary at which the timeline ends.
    activities, resources, events
        What is numbered.
    lags, waits, losses
        What relates them.
    """

    horizon: int
    activities: tuple[Activity, ...]
    resources: tuple[Resource, ...]
    events: tuple[Event, ...]
    lags: tuple[Lag, ...]
    waits: tuple[Wait, ...]
    losses: tuple[Loss, ...]

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
            if (time := self._comes(member, happening, assignment, times)) is not None
            and time <= self.horizon
        )
        return _nth(came, happening.count)

    def _comes(
        self,
        member: Member,
        event: Event,
        assignment: Assignment,
        times: Sequence[int | None],
    ) -> int | None:
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
        """The whole objective of an assignment: losses and charges."""
        times = self.event_times(assignment)
        lost = sum(
            loss.table[-1] if (time := times[loss.event]) is None else loss.table[time]
            for loss in self.losses
        )
        spent = sum(
            activity.modes[slot.mode].cost
            for activity, slot in zip(self.activities, assignment, strict=True)
            if slot is not None
        )
        return lost + spent

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
    def waits_of(self) -> tuple[tuple[Wait, ...], ...]:
        """For each activity the events that it waits for."""
        return _grouped(self.waits, [wait.activity for wait in self.waits], len(self.activities))


def build_network(portfolio: Portfolio, posted: Iterable[parts.Part]) -> Network:
    """Number what rules have posted.

    Parameters
    ----------
    portfolio
        Its initiatives are the activities, its timeline the horizon.
    posted
        The parts, in the order of the rules; demands on a resource that no rule posts are
        unlimited.

    Raises
    ------
    ProblemError
        Two rules post different events under one name.
    """
    kept = tuple(posted)
    resources = {part.name: part for part in _of(parts.Resource, kept)}
    activities = _activities(portfolio, tuple(resources), kept)
    position = {activity.name: index for index, activity in enumerate(activities)}
    events = _distinct(_of(parts.Event, kept))
    at = {event.key: index for index, event in enumerate(events)}
    return Network(
        horizon=portfolio.timeline.periods,
        activities=activities,
        resources=tuple(Resource(r.name, r.capacity, r.origin) for r in resources.values()),
        events=tuple(_event(event, position, at) for event in events),
        lags=tuple(
            Lag(
                position[lag.before],
                position[lag.after],
                lag.lag,
                lag.from_finish,
                lag.to_finish,
                lag.origin,
            )
            for lag in _of(parts.Lag, kept)
        ),
        waits=tuple(
            Wait(position[wait.activity], at[wait.event], wait.origin)
            for wait in _of(parts.Wait, kept)
        ),
        losses=tuple(
            Loss(at[loss.event], loss.table, loss.origin) for loss in _of(parts.EventLoss, kept)
        ),
    )


def _of(kind: type[P], posted: Iterable[parts.Part]) -> Iterator[P]:
    return (part for part in posted if isinstance(part, kind))


def _activities(
    portfolio: Portfolio, resources: Sequence[str], posted: Sequence[parts.Part]
) -> tuple[Activity, ...]:
    mandatory = {part.activity: part.origin for part in _of(parts.Inclusion, posted)}
    charges = {part.activity: part.amounts for part in _of(parts.Charge, posted)}
    windows: dict[str, list[parts.Window]] = {}
    for window in _of(parts.Window, posted):
        windows.setdefault(window.activity, []).append(window)
    numbers = {name: index for index, name in enumerate(resources)}
    horizon = portfolio.timeline.periods
    activities = []
    for item in portfolio.initiatives:
        own = windows.get(item.name, [])
        origins = [window.origin for window in own]
        if item.name in mandatory:
            origins.append(mandatory[item.name])
        charge = charges.get(item.name, (0,) * len(item.ways))
        activities.append(
            Activity(
                name=item.name,
                modes=tuple(
                    Mode(way.name, way.duration, _demand(way.demand, numbers), cost)
                    for way, cost in zip(item.ways, charge, strict=True)
                ),
                mandatory=item.name in mandatory,
                earliest=max([0, *(w.earliest for w in own if w.earliest is not None)]),
                latest=min([horizon, *(w.latest for w in own if w.latest is not None)]),
                origins=tuple(origins),
            )
        )
    return tuple(activities)


def _demand(demand: Mapping[str, int], numbers: Mapping[str, int]) -> tuple[tuple[int, int], ...]:
    return tuple((numbers[team], units) for team, units in demand.items() if team in numbers)


def _distinct(events: Iterable[parts.Event]) -> list[parts.Event]:
    """Each event once; the same one may be posted by many rules."""
    first: dict[parts.EventKey, parts.Event] = {}
    for event in events:
        if first.setdefault(event.key, event) != event:
            raise ProblemError(
                [
                    Fault(
                        str(event.key),
                        "two rules post different events under this name",
                    )
                ]
            )
    return list(first.values())


def _event(
    event: parts.Event, position: Mapping[str, int], at: Mapping[parts.EventKey, int]
) -> Event:
    members = tuple(
        Member(None, at[member.source], member.delay)
        if isinstance(member.source, parts.EventKey)
        else Member(position[member.source], None, member.delay)
        for member in event.members
    )
    return Event(event.key, members, event.count, event.absent_counts)


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
