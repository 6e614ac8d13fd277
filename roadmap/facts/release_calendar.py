"""Dates on which work goes live, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from roadmap._frozen import frozen_fields
from roadmap.facts.dependency import BASES
from roadmap.fields import Choice, Moment, Names, Text, Whole, of
from roadmap.listed import Moments
from roadmap.timeline import Timeline


@attrs.frozen(field_transformer=frozen_fields)
class ReleaseCalendar:
    """The only dates on which work may go live.

    An initiative goes live on the last day of its work. A milestone takes no time and goes live
    on the day before its boundary, like work that finishes there.

    Attributes
    ----------
    name
        Its name, unique among release calendars.
    dates
        Dates on which a period ends, or boundaries; default none.
    first
        The first of a series of further dates, or a boundary; default no such series.
    every
        Periods from one date of the series to the next; at least 1.
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
    dates: Sequence[str | int | date] = attrs.field(default=(), metadata=of(Moments()))
    first: str | int | date | None = attrs.field(default=None, metadata=of(Moment(end=True)))
    every: int | None = attrs.field(default=None, metadata=of(Whole(1, 10_000)))
    initiatives: Sequence[str] = attrs.field(default=(), metadata=of(Names("initiatives")))
    categories: Sequence[str] = attrs.field(default=(), metadata=of(Names("categories")))
    teams: Sequence[str] = attrs.field(default=(), metadata=of(Names("teams")))
    basis: str = attrs.field(default="unstated", metadata=of(Choice(BASES)))
    rationale: str = attrs.field(default="", metadata=of(Text(empty=True)))

    def releases(self, timeline: Timeline) -> tuple[int, ...]:
        """The boundaries at which work may finish, ascending."""
        found = {timeline.ending(when) for when in self.dates}
        if self.first is not None and self.every is not None:
            found.update(range(timeline.ending(self.first), timeline.periods + 1, self.every))
        return tuple(sorted(found))
