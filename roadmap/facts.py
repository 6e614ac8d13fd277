"""The facts of a portfolio, one record each.

A record only holds what was said. It refers to others by name, never by position, and says
beside each field what the field may hold; ``Portfolio`` checks the whole and names every fault
at once. What is absent is ``None``.

Words: capability, gap and work package after TOGAF and ArchiMate 3; activity, mode, renewable
resource and generalised precedence after P. Brucker et al., EJOR 112, 1999.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import (
    Amounts,
    Choice,
    Flag,
    Levels,
    Moment,
    Profile,
    Record,
    Records,
    Text,
    Whole,
    of,
)
from roadmap.losses import PROFILES, Loss, LossSum
from roadmap.timeline import Timeline

CATEGORIES = ("maintain", "improve", "transform")
LINKS = ("FS", "SS", "FF", "SF")
BASES = ("physics", "law", "contract", "policy", "preference", "unstated")


@attrs.frozen(field_transformer=frozen_fields)
class Capability:
    """Something the business must be able to do, at a level of maturity.

    Attributes
    ----------
    name
        Its name, unique among capabilities.
    level
        Today's level; at least 0, default 0 (absent).
    parent
        The capability that it is part of; default none: it stands at the top of the map.
    combine
        For a level that several initiatives raise: ``"all"`` of them are needed, ``"any"`` one
        is enough, or at least so many. Required there, as the library refuses to guess.
    owner
        Who answers for it; default nobody stated.
    """

    name: str = attrs.field(metadata=of(Text()))
    level: int = attrs.field(default=0, metadata=of(Whole(0, 1000)))
    parent: str | None = attrs.field(default=None, metadata=of(Text(names="capabilities")))
    combine: Mapping[int, str | int] = attrs.field(factory=dict, metadata=of(Levels()))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))


@attrs.frozen
class Need:
    """A level that the strategy requires of a capability, and what being without it costs.

    Attributes
    ----------
    capability
        The capability that is required.
    level
        The level that is required; at least 1.
    loss
        Money lost as a function of the time at which the level is attained.
    name
        What to call it; default the capability and the level. Two needs for one level must be
        named.
    owner
        The business owner, who stated the loss; default nobody stated.
    basis
        Where the figure comes from; default unstated (empty).
    """

    capability: str = attrs.field(metadata=of(Text(names="capabilities")))
    level: int = attrs.field(metadata=of(Whole(1, 1000)))
    loss: Loss = attrs.field(metadata=of(Record((*PROFILES, LossSum))))
    name: str | None = attrs.field(default=None, metadata=of(Text()))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))
    basis: str = attrs.field(default="", metadata=of(Text(empty=True)))

    @property
    def label(self) -> str:
        """Its name, or else the capability and the level."""
        return self.name if self.name is not None else f"{self.capability} at level {self.level}"


@attrs.frozen
class Gap:
    """A required level that today's level does not reach; derived, never stated.

    Attributes
    ----------
    capability
        The capability.
    level
        Today's level.
    required
        The level that a need requires.
    needs
        Labels of the needs that require it.
    initiatives
        Names of the initiatives that raise the capability to that level or above.
    loss
        Money lost over the whole timeline if the gap is never closed.
    """

    capability: str
    level: int
    required: int
    needs: tuple[str, ...]
    initiatives: tuple[str, ...]
    loss: int


@attrs.frozen(field_transformer=frozen_fields)
class Mode:
    """One way to carry out an initiative: build, buy, phase.

    Attributes
    ----------
    name
        Its name, unique within the initiative.
    duration
        Whole periods from start to finish; at least 0. A duration of 0 is a milestone.
    demand
        People (capacity units) wanted of each team in every period of the work; at least 1
        each; default none.
    cost
        Delivery cost in whole money; at least 0, default 0.
    """

    name: str = attrs.field(metadata=of(Text()))
    duration: int = attrs.field(metadata=of(Whole(0, 100_000)))
    demand: Mapping[str, int] = attrs.field(factory=dict, metadata=of(Amounts("teams", 1)))
    cost: int = attrs.field(default=0, metadata=of(Whole(0)))


@attrs.frozen(field_transformer=frozen_fields)
class Initiative:
    """A work package: it takes time, teams and money, and raises capabilities.

    Attributes
    ----------
    name
        Its name, unique among initiatives.
    duration
        Whole periods from start to finish, 0 (a milestone) or more. Left out when ``modes``
        are given.
    demand
        Capacity units wanted of each team in every period of the work; default none.
    cost
        Delivery cost in whole money, spent when the initiative is in the plan; default 0.
    raises
        Capability to level: from its finish (and ``ramp``) on, the capability is at that level
        or above.
    requires
        Capability to level: it may not start before the capability is at that level.
    modes
        Alternative ways to carry it out, one of which is chosen; instead of ``duration``,
        ``demand`` and ``cost``.
    ramp
        Periods from its finish until the raised levels hold; at least 0, default 0.
    earliest_start
        Date from which it may start, or a boundary; default the start of the timeline.
    latest_finish
        Date by whose end it must be finished, or a boundary; default the end of the timeline.
    optional
        Whether the plan may leave it out; default ``False``.
    category
        ``maintain``, ``improve`` or ``transform``; default not stated.
    owner
        Who answers for it; default nobody stated.
    description
        Free text; default empty.
    """

    name: str = attrs.field(metadata=of(Text()))
    duration: int | None = attrs.field(default=None, metadata=of(Whole(0, 100_000)))
    demand: Mapping[str, int] = attrs.field(factory=dict, metadata=of(Amounts("teams", 1)))
    cost: int = attrs.field(default=0, metadata=of(Whole(0)))
    raises: Mapping[str, int] = attrs.field(factory=dict, metadata=of(Amounts("capabilities", 1)))
    requires: Mapping[str, int] = attrs.field(factory=dict, metadata=of(Amounts("capabilities", 1)))
    modes: Sequence[Mode] = attrs.field(default=(), metadata=of(Records((Mode,))))
    ramp: int = attrs.field(default=0, metadata=of(Whole(0, 100_000)))
    earliest_start: str | int | date | None = attrs.field(default=None, metadata=of(Moment()))
    latest_finish: str | int | date | None = attrs.field(
        default=None, metadata=of(Moment(end=True))
    )
    optional: bool = attrs.field(default=False, metadata=of(Flag()))
    category: str | None = attrs.field(default=None, metadata=of(Choice(CATEGORIES)))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))
    description: str = attrs.field(default="", metadata=of(Text(empty=True)))

    @cached_property
    def ways(self) -> Sequence[Mode]:
        """Its modes; an initiative without modes has one, named by the empty text."""
        return self.modes or (Mode("", self.duration or 0, self.demand, self.cost),)


@attrs.frozen(field_transformer=frozen_fields)
class Team:
    """People who can work on initiatives: a renewable resource.

    Attributes
    ----------
    name
        Its name, unique among teams.
    capacity
        Capacity units there are: one number, a list with a number for each period, or a
        mapping from dates (or boundaries) to the number that holds from then on.
    owner
        Who leads it; default nobody stated.
    """

    name: str = attrs.field(metadata=of(Text()))
    capacity: int | Sequence[int] | Mapping[str | int, int] = attrs.field(metadata=of(Profile()))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))

    def profile(self, timeline: Timeline) -> tuple[int, ...]:
        """Capacity in each period of the timeline."""
        if isinstance(self.capacity, int):
            return (self.capacity,) * timeline.periods
        if isinstance(self.capacity, Mapping):
            return _steps(self.capacity, timeline)
        return tuple(self.capacity)


@attrs.frozen
class Dependency:
    """A generalised precedence between two initiatives.

    The successor can be in the plan only if the predecessor is.

    Attributes
    ----------
    predecessor
        The initiative that comes first.
    successor
        The initiative that waits.
    link
        Which ends are linked: ``"FS"`` (default) finish to start, ``"SS"``, ``"FF"``, ``"SF"``.
    lag
        Periods that must pass between the linked ends; negative for an overlap; default 0.
    basis
        What it rests on: ``physics``, ``law``, ``contract``, ``policy``, ``preference`` or
        ``unstated`` (default).
    rationale
        Why, in a sentence; default empty.
    """

    predecessor: str = attrs.field(metadata=of(Text(names="initiatives")))
    successor: str = attrs.field(metadata=of(Text(names="initiatives")))
    link: str = attrs.field(default="FS", metadata=of(Choice(LINKS)))
    lag: int = attrs.field(default=0, metadata=of(Whole(-100_000, 100_000)))
    basis: str = attrs.field(default="unstated", metadata=of(Choice(BASES)))
    rationale: str = attrs.field(default="", metadata=of(Text(empty=True)))


def _steps(changes: Mapping[str | int, int], timeline: Timeline) -> tuple[int, ...]:
    """Spread capacities that hold from dates on over the periods."""
    at = {timeline.starting(when): amount for when, amount in changes.items()}
    profile: list[int] = []
    amount = 0
    for period in range(timeline.periods):
        amount = at.get(period, amount)
        profile.append(amount)
    return tuple(profile)
