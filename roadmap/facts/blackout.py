"""Times in which nobody works."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from roadmap._frozen import frozen_fields
from roadmap.facts.dependency import BASES
from roadmap.fields import Choice, Moment, Names, Text, of
from roadmap.timeline import Timeline


@attrs.frozen(field_transformer=frozen_fields)
class Blackout:
    """A time in which no work is in progress: it is over before, or begins after.

    Milestones take no time, so they may happen in it.

    Attributes
    ----------
    name
        Its name, unique among blackouts.
    since
        Date from which on nobody works, or a boundary.
    until
        Date through whose end nobody works, or a boundary.
    initiatives, categories, teams
        Which work it holds for: what is named, is of a category that is named, or takes people of
        a team that is named; default all work.
    basis
        What it rests on: ``physics``, ``law``, ``contract``, ``policy``, ``preference`` or
        ``unstated`` (default).
    rationale
        Why, in a sentence; default empty.
    """

    name: str = attrs.field(metadata=of(Text()))
    since: str | int | date = attrs.field(metadata=of(Moment(beyond=True)))
    until: str | int | date = attrs.field(metadata=of(Moment(end=True, beyond=True)))
    initiatives: Sequence[str] = attrs.field(default=(), metadata=of(Names("initiatives")))
    categories: Sequence[str] = attrs.field(default=(), metadata=of(Names("categories")))
    teams: Sequence[str] = attrs.field(default=(), metadata=of(Names("teams")))
    basis: str = attrs.field(default="unstated", metadata=of(Choice(BASES)))
    rationale: str = attrs.field(default="", metadata=of(Text(empty=True)))

    def periods(self, timeline: Timeline) -> range:
        """The whole periods of the timeline that it fills."""
        first = max(timeline.starting(self.since), 0)
        return range(first, max(first, min(timeline.ending(self.until), timeline.periods)))
