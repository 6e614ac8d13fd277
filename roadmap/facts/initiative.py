"""Work: initiatives, and the ways to carry them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise

import attrs

from roadmap._frozen import frozen_fields
from roadmap.facts.risk import Risk
from roadmap.fields import Amounts, Choice, Flag, Moment, Names, Record, Records, Text, Whole, of
from roadmap.listed import SkillAmounts

CATEGORIES = ("maintain", "improve", "transform")
KINDS = ("technology", "process", "people", "data")
SPENDS = ("even", "start", "finish")


@attrs.frozen(field_transformer=frozen_fields)
class Mode:
    """One way to carry out an initiative: build, buy, phase.

    Attributes
    ----------
    name
        Its name, unique within the initiative.
    duration
        Whole periods from start to finish; at least 0. A duration of 0 is a milestone. Left out
        when ``effort`` is given.
    demand
        People (capacity units) wanted of each team in every period of the work; at least 1
        each; default none.
    cost
        Delivery cost in whole money; at least 0, default 0.
    effort
        Work in capacity units times periods, for work that takes as long as its one team needs:
        in each period that has the team's capacity, but no more than ``demand``. At least 1;
        default none: it takes its duration.
    skills
        Team to skill to capacity units: how many of the people in ``demand`` must have which
        skill; at least 1 each, default anybody will do.
    spend
        When the cost falls: ``"even"`` (default) over the periods of the work, or all of it in
        the first (``"start"``) or in the last of them (``"finish"``).
    capital
        Percentage of the cost that is capital expenditure, the rest being operating; 0 to 100,
        default 0.
    """

    name: str = attrs.field(metadata=of(Text()))
    duration: int | None = attrs.field(default=None, metadata=of(Whole(0, 100_000)))
    demand: Mapping[str, int] = attrs.field(factory=dict, metadata=of(Amounts("teams", 1)))
    cost: int = attrs.field(default=0, metadata=of(Whole(0)))
    effort: int | None = attrs.field(default=None, metadata=of(Whole(1)))
    skills: Mapping[str, Mapping[str, int]] = attrs.field(factory=dict, metadata=of(SkillAmounts()))
    spend: str = attrs.field(default="even", metadata=of(Choice(SPENDS)))
    capital: int = attrs.field(default=0, metadata=of(Whole(0, 100)))

    def outlays(self, duration: int) -> tuple[tuple[int, int], ...]:
        """Money spent in each period of the work: capital, and operating.

        Parameters
        ----------
        duration
            Whole periods from start to finish. Work that takes no time spends all at once.

        Returns
        -------
        tuple of (int, int)
            What is spent up to and with the k-th of d periods is ``cost × k / d``, and of that
            ``capital`` percent are capital, both rounded down: so no money is lost or made.
        """
        length = max(duration, 1)
        by_end = {
            "even": [self.cost * count // length for count in range(length + 1)],
            "start": [0, *[self.cost] * length],
            "finish": [*[0] * length, self.cost],
        }[self.spend]
        capital = [spent * self.capital // 100 for spent in by_end]
        return tuple(
            (now - before, spent - earlier - now + before)
            for (before, now), (earlier, spent) in zip(
                pairwise(capital), pairwise(by_end), strict=True
            )
        )


@attrs.frozen(field_transformer=frozen_fields)
class Initiative:
    """A work package: it takes time, teams and money, and raises capabilities.

    Attributes
    ----------
    name
        Its name, unique among initiatives.
    duration
        Whole periods from start to finish, 0 (a milestone) or more. Left out when ``effort`` or
        ``modes`` are given.
    demand
        Capacity units wanted of each team in every period of the work; default none.
    cost
        Delivery cost in whole money, spent when the initiative is in the plan; default 0.
    raises
        Capability to level: from its finish (and ``ramp``) on, the capability is at that level
        or above.
    requires
        Capability to level: it may not start before the capability is at that level.
    lowers
        Capability to level: while it is in work, from start to finish, the capability is at that
        level at the most; default none.
    modes
        Alternative ways to carry it out, one of which is chosen; instead of ``duration``,
        ``demand``, ``cost``, ``effort``, ``skills``, ``spend`` and ``capital``.
    ramp
        Periods from its finish until the raised levels hold; at least 0, default 0.
    earliest_start
        Date from which it may start, or a boundary; default the start of the timeline.
    latest_finish
        Date by whose end it must be finished, or a boundary; default the end of the timeline.
    optional
        Whether the plan may leave it out; default ``False``.
    category
        ``maintain``, ``improve``, ``transform`` or one of the portfolio's own; default not stated.
    owner
        Who answers for it; default nobody stated.
    description
        Free text; default empty.
    effort
        Work in capacity units times periods, for work that takes as long as its one team needs:
        in each period that has the team's capacity, but no more than ``demand``. At least 1;
        default none: it takes its duration.
    skills
        Team to skill to capacity units: how many of the people in ``demand`` must have which
        skill; at least 1 each, default anybody will do.
    spend
        When the cost falls: ``"even"`` (default) over the periods of the work, or all of it in
        the first (``"start"``) or in the last of them (``"finish"``).
    capital
        Percentage of the cost that is capital expenditure, the rest being operating; 0 to 100,
        default 0.
    estimate_basis
        Where its duration, demand and cost come from; default unstated (empty).
    mandate
        What it must be done for although no need rests on it, or by its latest finish: a law, a
        contract; default nothing stated (empty).
    risk
        What can go wrong in each period until it is finished; default nothing.
    lateness_price
        Money for each period that it finishes after its latest finish, which then may be passed;
        at least 0, default not stated: the latest finish holds. Left out of the plan it is never
        late.
    changes
        Names of the units that have to take its go-live in; default none.
    kind
        What it changes: ``technology``, ``process``, ``people`` or ``data``; default not stated.
        It binds nobody.
    """

    name: str = attrs.field(metadata=of(Text()))
    duration: int | None = attrs.field(default=None, metadata=of(Whole(0, 100_000)))
    demand: Mapping[str, int] = attrs.field(factory=dict, metadata=of(Amounts("teams", 1)))
    cost: int = attrs.field(default=0, metadata=of(Whole(0)))
    raises: Mapping[str, int] = attrs.field(factory=dict, metadata=of(Amounts("capabilities", 1)))
    requires: Mapping[str, int] = attrs.field(factory=dict, metadata=of(Amounts("capabilities", 1)))
    lowers: Mapping[str, int] = attrs.field(factory=dict, metadata=of(Amounts("capabilities", 0)))
    modes: Sequence[Mode] = attrs.field(default=(), metadata=of(Records((Mode,))))
    ramp: int = attrs.field(default=0, metadata=of(Whole(0, 100_000)))
    earliest_start: str | int | date | None = attrs.field(default=None, metadata=of(Moment()))
    latest_finish: str | int | date | None = attrs.field(
        default=None, metadata=of(Moment(end=True))
    )
    optional: bool = attrs.field(default=False, metadata=of(Flag()))
    category: str | None = attrs.field(default=None, metadata=of(Text(names="categories")))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))
    description: str = attrs.field(default="", metadata=of(Text(empty=True)))
    effort: int | None = attrs.field(default=None, metadata=of(Whole(1)))
    skills: Mapping[str, Mapping[str, int]] = attrs.field(factory=dict, metadata=of(SkillAmounts()))
    spend: str = attrs.field(default="even", metadata=of(Choice(SPENDS)))
    capital: int = attrs.field(default=0, metadata=of(Whole(0, 100)))
    estimate_basis: str = attrs.field(default="", metadata=of(Text(empty=True)))
    mandate: str = attrs.field(default="", metadata=of(Text(empty=True)))
    risk: Risk | None = attrs.field(default=None, metadata=of(Record((Risk,))))
    lateness_price: int | None = attrs.field(default=None, metadata=of(Whole(0)))
    changes: Sequence[str] = attrs.field(default=(), metadata=of(Names("units")))
    kind: str | None = attrs.field(default=None, metadata=of(Choice(KINDS)))

    @cached_property
    def ways(self) -> Sequence[Mode]:
        """Its modes; an initiative without modes has one, named by the empty text."""
        if self.modes:
            return self.modes
        duration = self.duration if self.effort is not None else self.duration or 0
        same = {field.name: getattr(self, field.name) for field in attrs.fields(Mode)}
        return (Mode(**(same | {"name": "", "duration": duration})),)
