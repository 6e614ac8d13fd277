"""Times in which nothing goes live."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from roadmap._frozen import frozen_fields
from roadmap.facts.dependency import BASES
from roadmap.fields import Choice, Moment, Names, Text, of
from roadmap.timeline import Timeline


@attrs.frozen(field_transformer=frozen_fields)
class Freeze:
    """A time in which work goes on, but nothing goes live: no initiative finishes in it.

    An initiative goes live on the last day of its work. A milestone takes no time and goes live
    on the day before its boundary, like work that finishes there.

    Attributes
    ----------
    name
        Its name, unique among freezes.
    since
        First day of the freeze, or a boundary.
    until
        Date through whose end it lasts, or a boundary.
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

    def stretch(self, timeline: Timeline) -> tuple[int, int]:
        """Boundaries ``since`` and ``until``: finishes after the one, up to the other, are frozen.

        These are the finishes of work whose last day lies in the freeze, to the day.
        """
        return timeline.holding(self.since), timeline.ending(self.until)

    def days(self, timeline: Timeline) -> tuple[date, date]:
        """Its first and its last day, as they are stated."""
        since, until = self.since, self.until
        return (
            timeline.day(since) if isinstance(since, int) else timeline.span(since)[0],
            timeline.last_day(until) if isinstance(until, int) else timeline.span(until)[1],
        )
