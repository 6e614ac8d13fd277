"""People of a team: what they can do, and when they are away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import Moment, Names, Text, Whole, of
from roadmap.timeline import Timeline


@attrs.frozen(field_transformer=frozen_fields)
class Member:
    """A person of a team, or several who can do the same.

    Attributes
    ----------
    name
        Its name, unique within the team.
    skills
        What it can do, in the team's own words; default nothing in particular.
    share
        Capacity units that it brings; at least 1, default 1. Where units are percent of a person,
        somebody who works half of the time has a share of 50.
    """

    name: str = attrs.field(metadata=of(Text()))
    skills: Sequence[str] = attrs.field(default=(), metadata=of(Names(None)))
    share: int = attrs.field(default=1, metadata=of(Whole(1)))


@attrs.frozen(field_transformer=frozen_fields)
class Absence:
    """Leave: a time in which a team has less capacity.

    Attributes
    ----------
    since
        Date from which on, or a boundary.
    until
        Date through whose end, or a boundary.
    units
        Capacity units that are away; at least 1. May be left out where a member is named: all
        that it brings.
    member
        Who is away; only in a team whose members are named, and there it must be said.
    """

    since: str | int | date = attrs.field(metadata=of(Moment(beyond=True)))
    until: str | int | date = attrs.field(metadata=of(Moment(end=True, beyond=True)))
    units: int | None = attrs.field(default=None, metadata=of(Whole(1)))
    member: str | None = attrs.field(default=None, metadata=of(Text()))

    def periods(self, timeline: Timeline) -> range:
        """The whole periods of the timeline that it fills."""
        first = max(timeline.starting(self.since), 0)
        return range(first, max(first, min(timeline.ending(self.until), timeline.periods)))
