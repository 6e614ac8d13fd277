"""The scheduling words in which rules speak to the network.

Parts refer to initiatives, teams and events by name; the network turns names into positions.
Words after P. Brucker et al., "Resource-constrained project scheduling: notation,
classification, models, and methods", EJOR 112, 1999, and, for prerequisites of which some are
enough, R. H. Möhring, M. Skutella, F. Stork, "Scheduling with AND/OR precedence constraints",
SIAM J. Comput. 33, 2004; for resources of which a set of periods has so much, J. Böttcher,
A. Drexl, R. Kolisch, F. Salewski, "Project scheduling under partially renewable resource
constraints", Management Science 45, 1999.

What is stated for each variant of an activity stands in the order of ``Portfolio.variants``.
"""

from __future__ import annotations

from typing import NamedTuple

import attrs


class EventKey(NamedTuple):
    """Name of an event: a capability at a level, or what else can come true at a time.

    Attributes
    ----------
    subject
        What the event is about: a capability, or free words.
    level
        The level it reaches; 0 where there is none.
    kind
        Which of several events about the same subject.
    """

    subject: str
    level: int
    kind: str


@attrs.frozen
class Member:
    """Something that contributes to an event when it is over.

    Attributes
    ----------
    source
        Name of an activity, or the key of another event.
    delay
        Periods from the activity's finish, or from the event, until it counts.
    """

    source: str | EventKey
    delay: int = 0


@attrs.frozen
class Event:
    """It happens when ``count`` of its members have come about; never, if fewer do.

    Attributes
    ----------
    key
        Its name. Two rules may post the same event; posting two that differ is a fault.
    members
        What contributes to it.
    count
        How many members it takes; 0 means that it has happened at time 0.
    absent_counts
        Whether a member that is left out of the plan counts as come about at time 0.
    """

    key: EventKey
    members: tuple[Member, ...]
    count: int
    absent_counts: bool = False


@attrs.frozen
class Inclusion:
    """An activity must be carried out."""

    activity: str
    origin: str


@attrs.frozen
class Window:
    """An activity starts at ``earliest`` or later and finishes at ``latest`` or before."""

    activity: str
    origin: str
    earliest: int | None = None
    latest: int | None = None


@attrs.frozen
class Lag:
    """An end of ``after`` comes at least ``lag`` periods after an end of ``before``.

    Attributes
    ----------
    before, after
        Names of activities; ``after`` can be carried out only if ``before`` is.
    origin
        Name of the rule.
    lag
        Periods; may be negative.
    from_finish, to_finish
        Which ends are linked: the finish if true, else the start.
    """

    before: str
    after: str
    origin: str
    lag: int = 0
    from_finish: bool = True
    to_finish: bool = False


@attrs.frozen
class Wait:
    """An activity may start only when an event has happened."""

    activity: str
    event: EventKey
    origin: str


@attrs.frozen
class Due:
    """An event must have happened by a boundary."""

    event: EventKey
    latest: int
    origin: str


@attrs.frozen
class Shut:
    """Boundaries at which an activity may not start, or not finish."""

    activity: str
    origin: str
    starts: frozenset[int] = frozenset()
    finishes: frozenset[int] = frozenset()


@attrs.frozen
class Use:
    """What an activity takes of a resource.

    Attributes
    ----------
    activity
        Name of the activity.
    amounts
        Units for each variant; at least 0.
    after
        ``None``: it takes them while it is in work. Otherwise it takes them from its finish on,
        for so many periods (as far as the timeline goes).
    """

    activity: str
    amounts: tuple[int, ...]
    after: int | None = None


@attrs.frozen
class Resource:
    """A renewable resource: in each period, demands may not exceed its capacity.

    Attributes
    ----------
    name
        Its name.
    capacity
        Units in each period.
    origin
        Name of the rule.
    uses
        Who takes what of it; ``None`` for the demands that initiatives state on the team of this
        name.
    extra
        Units that there are beyond the capacity in each period; none unless stated. What they
        cost is said by an ``Overrun``.
    """

    name: str
    capacity: tuple[int, ...]
    origin: str
    uses: tuple[Use, ...] | None = None
    extra: tuple[int, ...] = ()


@attrs.frozen
class Overrun:
    """Money for each unit and period that a resource is used beyond its capacity."""

    resource: str
    price: int
    origin: str


Amount = int | tuple[int, ...]
"""A number whenever the activity starts, or one for each start from 0 to the end."""


@attrs.frozen
class Entry:
    """What an activity in the plan adds to an account: an amount for each variant."""

    activity: str
    amounts: tuple[Amount, ...]


@attrs.frozen
class Account:
    """A sum over the activities in the plan, which must lie within bounds.

    Budgets are accounts, with the money that falls into some periods as a function of the start;
    so are quotas; and with amounts of 1 and -1 so are choices: at most one of several, all or
    none, one only with another.

    Attributes
    ----------
    entries
        What activities add; an activity that is left out adds nothing.
    origin
        Name of the rule or term.
    least, most
        Bounds, both inclusive; ``None`` for none.
    price
        ``None``: the bounds are hard. Otherwise ``most`` may be exceeded, and each unit beyond it
        costs so much money; ``least`` must then be ``None``.
    """

    entries: tuple[Entry, ...]
    origin: str
    least: int | None = None
    most: int | None = None
    price: int | None = None


@attrs.frozen
class SoftWait:
    """An activity may start before an event at a price.

    Attributes
    ----------
    activity, event
        Who waits, and for what.
    rate
        Money for each period from the activity's start until the event; until the end of the
        timeline if it never happens. At least 0.
    once
        Money that is lost if the activity starts before the event at all; at least 0.
    origin
        Name of the term.
    """

    activity: str
    event: EventKey
    rate: int
    once: int
    origin: str


@attrs.frozen
class Twin:
    """Two activities are one decision as long as nobody knows more.

    If one of them starts before ``until``, so does the other: at the same time, in the same
    variant.
    """

    first: str
    second: str
    until: int
    origin: str


@attrs.frozen
class EventLoss:
    """Money lost as a function of the time of an event.

    Attributes
    ----------
    event
        The event; one that never happens loses the last entry.
    table
        Loss at each boundary, from 0 to the end of the timeline.
    origin
        Name of the need or term.
    """

    event: EventKey
    table: tuple[int, ...]
    origin: str


@attrs.frozen
class Charge:
    """Money spent when an activity is in the plan; charges on one activity add up.

    Attributes
    ----------
    activity
        Name of the activity.
    amounts
        Money for each variant; where it depends on the start, an amount for each start from 0 to
        the end of the timeline.
    origin
        Name of the term.
    """

    activity: str
    amounts: tuple[Amount, ...]
    origin: str


Priced = EventLoss | Charge | SoftWait | Overrun | Account
"""What says money; an account does if it has a price."""


@attrs.frozen
class Ceiling:
    """The money that some parts say, all together, is at most so much.

    The parts are limited here, and count nothing by it: what they cost is said by posting them.

    Attributes
    ----------
    money
        Parts that say money; the accounts among them have a price. The events that they speak of
        are posted apart.
    most
        Money, inclusive.
    origin
        Name of the rule.
    """

    money: tuple[Priced, ...]
    most: int
    origin: str


Part = (
    Inclusion
    | Window
    | Shut
    | Lag
    | Event
    | Wait
    | Due
    | Resource
    | Account
    | Twin
    | EventLoss
    | Charge
    | SoftWait
    | Overrun
    | Ceiling
)
