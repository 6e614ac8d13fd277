"""The scheduling words in which rules speak to the network.

Parts refer to initiatives, teams and events by name; the network turns names into positions.
Words after P. Brucker et al., "Resource-constrained project scheduling: notation,
classification, models, and methods", EJOR 112, 1999, and, for prerequisites of which some are
enough, R. H. Möhring, M. Skutella, F. Stork, "Scheduling with AND/OR precedence constraints",
SIAM J. Comput. 33, 2004.
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
class Resource:
    """A renewable resource: in each period, demands may not exceed its capacity."""

    name: str
    capacity: tuple[int, ...]
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
    """Money spent when an activity is carried out in a mode.

    Attributes
    ----------
    activity
        Name of the activity.
    amounts
        Money for each mode, in the modes' order.
    origin
        Name of the term.
    """

    activity: str
    amounts: tuple[int, ...]
    origin: str


Part = Inclusion | Window | Lag | Event | Wait | Resource | EventLoss | Charge
