"""The items of a network: what is numbered, and what relates it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import attrs

from roadmap import parts


class Slot(NamedTuple):
    """Where an activity is put: its start, and the position of its mode."""

    start: int
    mode: int


Assignment = Sequence[Slot | None]
"""A slot for each activity, in their order; ``None`` for one that is left out."""


@attrs.frozen
class Mode:
    """A way to carry out an activity, of a certain duration.

    Attributes
    ----------
    name
        What it is called; several that differ in their duration alone share a name.
    duration
        Periods from start to finish.
    demand
        (Resource, amount) pairs, taken while it is in work.
    cost
        Money whenever it starts.
    after
        (Resource, amount, periods) triples, taken from its finish on for so long.
    starts
        The starts that are open to it, ascending; ``None`` for all.
    costs
        Money beside ``cost`` for each start from 0 to the horizon, at least 0; empty for none.
    """

    name: str
    duration: int
    demand: tuple[tuple[int, int], ...]
    cost: int
    after: tuple[tuple[int, int, int], ...] = ()
    starts: tuple[int, ...] | None = None
    costs: tuple[int, ...] = ()

    def price(self, start: int) -> int:
        """Money that it costs when it starts then."""
        return self.cost + (self.costs[start] if self.costs else 0)


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
    """A renewable resource.

    Attributes
    ----------
    name, origin
        Its name, and the rule's.
    capacity
        Units in each period that can not be exceeded.
    usual
        Units in each period beyond which each costs ``price``; empty for the capacity.
    price
        Money for each unit and period beyond the usual; 0 where there are none.
    """

    name: str
    capacity: tuple[int, ...]
    origin: str
    usual: tuple[int, ...] = ()
    price: int = 0


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
class Due:
    """An event must have happened by ``latest``."""

    event: int
    latest: int
    origin: str


@attrs.frozen
class Term:
    """What an activity in a mode adds to an account.

    ``amounts`` are for each start from 0 to the horizon, or one for all.
    """

    activity: int
    mode: int
    amounts: tuple[int, ...]

    def at(self, start: int) -> int:
        """The amount when it starts then."""
        return self.amounts[start if len(self.amounts) > 1 else 0]


@attrs.frozen
class Account:
    """A sum over what is in the plan, within bounds; with a price, ``most`` may be exceeded."""

    terms: tuple[Term, ...]
    least: int | None
    most: int | None
    price: int | None
    origin: str


@attrs.frozen
class SoftWait:
    """A start before an event costs ``once``, and ``rate`` for each period until the event."""

    activity: int
    event: int
    rate: int
    once: int
    origin: str

    def price(self, start: int, happened: int | None, horizon: int) -> int:
        """Money that a start costs; an event that never happens is waited for to the horizon."""
        if happened is not None and happened <= start:
            return 0
        return self.once + self.rate * ((horizon if happened is None else happened) - start)


@attrs.frozen
class Ceiling:
    """Money of several kinds that is at most ``most`` all together.

    Attributes
    ----------
    losses, charges, soft_waits, accounts
        What says money; each account has a price.
    overruns
        (Resource, price) pairs: money for each unit and period beyond the usual.
    most
        Money, inclusive.
    origin
        Name of the rule.
    """

    losses: tuple[Loss, ...]
    charges: tuple[Term, ...]
    soft_waits: tuple[SoftWait, ...]
    accounts: tuple[Account, ...]
    overruns: tuple[tuple[int, int], ...]
    most: int
    origin: str


@attrs.frozen
class Twin:
    """If one of two activities starts before ``until``, both do, at once and in the same mode."""

    first: int
    second: int
    until: int
    origin: str
