"""Who works."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import attrs

from roadmap._frozen import frozen_fields
from roadmap.facts.member import Absence, Member
from roadmap.fields import Profile, Records, Text, Whole, of, spread
from roadmap.timeline import Timeline

MOST_SKILLS = 6
"""Skills that a team can tell apart: what has to hold doubles with each of them."""


@attrs.frozen(field_transformer=frozen_fields)
class Team:
    """People who can work on initiatives: a renewable resource.

    Attributes
    ----------
    name
        Its name, unique among teams.
    capacity
        Capacity units there are: one number, a list with a number for each period, or a
        mapping from dates (or boundaries) to the number that holds from then on. Left out when
        ``members`` are given: it is what they bring.
    owner
        Who leads it; default nobody stated.
    absences
        Leave, by which capacity is reduced; default none.
    members
        Who belongs to it, with their skills (six different ones at most) and shares; instead of
        ``capacity``.
    overtime
        Capacity units beyond the capacity that it can be asked for at a price, in the same forms;
        default none. Work that takes effort uses none of it.
    overtime_price
        Money for each unit and period of overtime; at least 0. It is stated with the overtime.
    parallel
        Most initiatives that it works on at once, however little they take; at least 1, default
        no limit.
    """

    name: str = attrs.field(metadata=of(Text()))
    capacity: int | Sequence[int] | Mapping[str | int, int] | None = attrs.field(
        default=None, metadata=of(Profile())
    )
    owner: str | None = attrs.field(default=None, metadata=of(Text()))
    absences: Sequence[Absence] = attrs.field(default=(), metadata=of(Records((Absence,))))
    members: Sequence[Member] = attrs.field(default=(), metadata=of(Records((Member,))))
    overtime: int | Sequence[int] | Mapping[str | int, int] | None = attrs.field(
        default=None, metadata=of(Profile())
    )
    overtime_price: int | None = attrs.field(default=None, metadata=of(Whole(0)))
    parallel: int | None = attrs.field(default=None, metadata=of(Whole(1)))

    @cached_property
    def skills(self) -> tuple[str, ...]:
        """What its members can do, each skill once, in the order in which it is first named."""
        return tuple(dict.fromkeys(skill for who in self.members for skill in who.skills))

    def profile(self, timeline: Timeline) -> tuple[int, ...]:
        """Capacity in each period of the timeline, less absences; holidays are not looked at."""
        if self.members:
            return self.supply(self.members, timeline)
        return self._less_absences(list(self._stated(timeline)), self.absences, timeline)

    def able(self, skills: Collection[str]) -> tuple[Member, ...]:
        """The members who can do at least one of some things."""
        return tuple(who for who in self.members if not set(skills).isdisjoint(who.skills))

    def supply(self, members: Collection[Member], timeline: Timeline) -> tuple[int, ...]:
        """Capacity units that some of its members bring in each period, less their absences."""
        profile = [sum(who.share for who in members)] * timeline.periods
        names = {who.name for who in members}
        away = [item for item in self.absences if item.member in names]
        return self._less_absences(profile, away, timeline)

    def _less_absences(
        self, profile: list[int], absences: Collection[Absence], timeline: Timeline
    ) -> tuple[int, ...]:
        shares = {who.name: who.share for who in self.members}
        for item in absences:
            units = shares[item.member or ""] if item.units is None else item.units
            for period in item.periods(timeline):
                profile[period] -= units
        return tuple(profile)

    def _stated(self, timeline: Timeline) -> tuple[int, ...]:
        """Capacity in each period as it is stated."""
        return spread(self.capacity or 0, timeline)

    def beyond(self, timeline: Timeline) -> tuple[int, ...]:
        """Overtime that it can be asked for in each period of the timeline."""
        return spread(self.overtime or 0, timeline)
