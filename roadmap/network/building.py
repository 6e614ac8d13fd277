"""The network of what rules have posted: positions for names, in linear time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from roadmap import parts
from roadmap.errors import Fault, ProblemError
from roadmap.network.items import (
    Account,
    Activity,
    Ceiling,
    Due,
    Event,
    Lag,
    Loss,
    Member,
    Mode,
    Resource,
    SoftWait,
    Term,
    Twin,
    Wait,
)
from roadmap.network.latecomers import without_latecomers
from roadmap.network.network import Network
from roadmap.portfolio import Portfolio
from roadmap.variants import Variant

P = TypeVar("P", bound=parts.Part)
A = TypeVar("A", parts.Window, parts.Shut, parts.Charge)


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
    resources = _resources(portfolio, kept)
    activities = _Activities(portfolio, resources, kept).made()
    position = {activity.name: index for index, activity in enumerate(activities)}
    events = _distinct(_of(parts.Event, kept))
    at = {event.key: index for index, event in enumerate(events)}
    network = Network(
        horizon=portfolio.timeline.periods,
        activities=activities,
        resources=tuple(_priced(part, kept) for part in resources.values()),
        events=tuple(_event(event, position, at) for event in events),
        lags=tuple(_lag(lag, position) for lag in _of(parts.Lag, kept)),
        waits=tuple(
            Wait(position[wait.activity], at[wait.event], wait.origin)
            for wait in _of(parts.Wait, kept)
        ),
        losses=_losses(kept, at),
        accounts=tuple(_account(part, position) for part in _of(parts.Account, kept)),
        dues=tuple(Due(at[due.event], due.latest, due.origin) for due in _of(parts.Due, kept)),
        soft_waits=tuple(_soft_wait(wait, position, at) for wait in _of(parts.SoftWait, kept)),
        twins=tuple(
            Twin(position[twin.first], position[twin.second], twin.until, twin.origin)
            for twin in _of(parts.Twin, kept)
        ),
        ceilings=tuple(
            _ceiling(part, position, at, {name: number for number, name in enumerate(resources)})
            for part in _of(parts.Ceiling, kept)
        ),
    )
    return without_latecomers(network)


def _of(kind: type[P], posted: Iterable[parts.Part]) -> Iterator[P]:
    return (part for part in posted if isinstance(part, kind))


def _by_activity(found: Iterable[A]) -> dict[str, list[A]]:
    """Parts by the activity that they are about."""
    grouped: dict[str, list[A]] = {}
    for part in found:
        grouped.setdefault(part.activity, []).append(part)
    return grouped


def _resources(portfolio: Portfolio, posted: Sequence[parts.Part]) -> dict[str, parts.Resource]:
    """The resources by name; a team whose limit is lifted stays one if going beyond it costs."""
    resources = {part.name: part for part in _of(parts.Resource, posted)}
    for overrun in _overruns(posted):
        if overrun.resource not in resources:
            profile = portfolio.capacity[overrun.resource]
            most = sum(
                max(variant.mode.demand.get(overrun.resource, 0) for variant in variants)
                for variants in portfolio.variants.values()
            )
            part = parts.Resource(
                overrun.resource, profile, overrun.origin, extra=(most,) * len(profile)
            )
            resources[overrun.resource] = part
    return resources


def _overruns(posted: Sequence[parts.Part]) -> Iterator[parts.Overrun]:
    """All that speak of what goes beyond a capacity: to price it, or to limit its price."""
    yield from _of(parts.Overrun, posted)
    for ceiling in _of(parts.Ceiling, posted):
        yield from _of(parts.Overrun, ceiling.money)


def _priced(part: parts.Resource, posted: Sequence[parts.Part]) -> Resource:
    """A resource with the units beyond its usual capacity, and what they cost."""
    if not any(part.extra):
        return Resource(part.name, part.capacity, part.origin)
    capacity = tuple(usual + more for usual, more in zip(part.capacity, part.extra, strict=True))
    price = sum(o.price for o in _of(parts.Overrun, posted) if o.resource == part.name)
    told = any(o.price for o in _overruns(posted) if o.resource == part.name)
    return Resource(part.name, capacity, part.origin, part.capacity if told else (), price)


@attrs.define
class _Activities:
    """The activities of a portfolio, with all that parts say of each."""

    portfolio: Portfolio
    resources: Mapping[str, parts.Resource]
    posted: Sequence[parts.Part]
    _mandatory: dict[str, str] = attrs.field(init=False)
    _windows: dict[str, list[parts.Window]] = attrs.field(init=False)
    _shut: dict[str, list[parts.Shut]] = attrs.field(init=False)
    _charges: dict[str, list[parts.Charge]] = attrs.field(init=False)
    _numbers: dict[str, int] = attrs.field(init=False)
    _uses: dict[str, list[tuple[int, parts.Use]]] = attrs.field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self._mandatory = {p.activity: p.origin for p in _of(parts.Inclusion, self.posted)}
        self._windows = _by_activity(_of(parts.Window, self.posted))
        self._shut = _by_activity(_of(parts.Shut, self.posted))
        self._charges = _by_activity(_of(parts.Charge, self.posted))
        self._numbers = {}
        for number, resource in enumerate(self.resources.values()):
            if resource.uses is None:
                self._numbers[resource.name] = number
            for use in resource.uses or ():
                self._uses.setdefault(use.activity, []).append((number, use))

    def made(self) -> tuple[Activity, ...]:
        """One for each initiative."""
        return tuple(self._activity(item.name) for item in self.portfolio.initiatives)

    def _activity(self, name: str) -> Activity:
        windows = self._windows.get(name, [])
        shut = self._shut.get(name, [])
        origins = [*(part.origin for part in windows), *(part.origin for part in shut)]
        if name in self._mandatory:
            origins.append(self._mandatory[name])
        variants = self.portfolio.variants[name]
        horizon = self.portfolio.timeline.periods
        return Activity(
            name=name,
            modes=tuple(self._mode(name, at, variant) for at, variant in enumerate(variants)),
            mandatory=name in self._mandatory,
            earliest=max([0, *(w.earliest for w in windows if w.earliest is not None)]),
            latest=min([horizon, *(w.latest for w in windows if w.latest is not None)]),
            origins=tuple(origins),
        )

    def _mode(self, name: str, at: int, variant: Variant) -> Mode:
        cost, costs = self._cost(name, at, variant.duration)
        uses = [(r, u.amounts[at], u.after) for r, u in self._uses.get(name, ()) if u.amounts[at]]
        demand = [
            (self._numbers[team], units)
            for team, units in variant.mode.demand.items()
            if team in self._numbers
        ]
        demand += [(r, amount) for r, amount, after in uses if after is None and variant.duration]
        return Mode(
            name=variant.mode.name,
            duration=variant.duration,
            demand=tuple(demand),
            cost=cost,
            after=tuple((r, amount, periods) for r, amount, periods in uses if periods),
            starts=self._starts(name, variant),
            costs=costs,
        )

    def _cost(self, name: str, at: int, duration: int) -> tuple[int, tuple[int, ...]]:
        """The least that all charges come to, and what is beyond it by the start."""
        horizon = self.portfolio.timeline.periods
        amounts = [charge.amounts[at] for charge in self._charges.get(name, ())]
        cost = sum(amount for amount in amounts if isinstance(amount, int))
        tables = [amount for amount in amounts if isinstance(amount, tuple)]
        if not tables:
            return cost, ()
        table = [sum(entries) for entries in zip(*tables, strict=True)]
        least = min(table[: max(1, horizon - duration + 1)])
        beyond = tuple(max(0, entry - least) for entry in table)
        return cost + least, beyond if any(beyond) else ()

    def _starts(self, name: str, variant: Variant) -> tuple[int, ...] | None:
        """The open starts, ascending, if any is shut."""
        shut = self._shut.get(name, ())
        if variant.starts is None and not shut:
            return None
        opened = set(range(self.portfolio.timeline.periods + 1))
        if variant.starts is not None:
            opened &= variant.starts
        for part in shut:
            opened -= part.starts
            opened.difference_update(finish - variant.duration for finish in part.finishes)
        return tuple(sorted(opened))


def _lag(lag: parts.Lag, position: Mapping[str, int]) -> Lag:
    before, after = position[lag.before], position[lag.after]
    return Lag(before, after, lag.lag, lag.from_finish, lag.to_finish, lag.origin)


def _account(part: parts.Account, position: Mapping[str, int]) -> Account:
    return Account(_terms(part.entries, position), part.least, part.most, part.price, part.origin)


def _terms(
    entries: Iterable[parts.Entry | parts.Charge], position: Mapping[str, int]
) -> tuple[Term, ...]:
    return tuple(
        Term(position[entry.activity], mode, amounts)
        for entry in entries
        for mode, amount in enumerate(entry.amounts)
        if any(amounts := (amount,) if isinstance(amount, int) else amount)
    )


def _losses(posted: Iterable[parts.Part], at: Mapping[parts.EventKey, int]) -> tuple[Loss, ...]:
    """Equal tables are one: thousands of needs have some dozens."""
    tables: dict[tuple[int, ...], tuple[int, ...]] = {}
    return tuple(
        Loss(at[part.event], tables.setdefault(part.table, part.table), part.origin)
        for part in _of(parts.EventLoss, posted)
    )


def _soft_wait(
    part: parts.SoftWait, position: Mapping[str, int], at: Mapping[parts.EventKey, int]
) -> SoftWait:
    return SoftWait(position[part.activity], at[part.event], part.rate, part.once, part.origin)


def _ceiling(
    part: parts.Ceiling,
    position: Mapping[str, int],
    at: Mapping[parts.EventKey, int],
    resources: Mapping[str, int],
) -> Ceiling:
    money = part.money
    return Ceiling(
        losses=_losses(money, at),
        charges=_terms(_of(parts.Charge, money), position),
        soft_waits=tuple(_soft_wait(wait, position, at) for wait in _of(parts.SoftWait, money)),
        accounts=tuple(_account(account, position) for account in _of(parts.Account, money)),
        overruns=tuple((resources[o.resource], o.price) for o in _of(parts.Overrun, money)),
        most=part.most,
        origin=part.origin,
    )


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
