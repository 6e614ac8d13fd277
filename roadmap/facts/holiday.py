"""Days on which teams do not work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import Moment, Names, Text, of
from roadmap.timeline import Timeline


@attrs.frozen(field_transformer=frozen_fields)
class Holiday:
    """A day, or several, on which teams have no capacity.

    A period is closed for a team when all of its days are holidays of that team. A holiday beside
    working days closes nothing, and the library warns of it.

    Attributes
    ----------
    name
        What it is called; the same name may stand for each year.
    since
        The day, or the first of them; it may lie outside the timeline.
    until
        Date through whose end it lasts; default the same as ``since``.
    teams
        Whose holiday it is; default everybody's.
    """

    name: str = attrs.field(metadata=of(Text()))
    since: str | int | date = attrs.field(metadata=of(Moment(beyond=True)))
    until: str | int | date | None = attrs.field(
        default=None, metadata=of(Moment(end=True, beyond=True))
    )
    teams: Sequence[str] = attrs.field(default=(), metadata=of(Names("teams")))

    def concerns(self, team: str) -> bool:
        """Whether it is a holiday of a team."""
        return not self.teams or team in self.teams

    def days(self, timeline: Timeline) -> Iterator[date]:
        """Those of its days that lie in the timeline, from first to last."""
        first, last = self.ends(timeline)
        day = max(first, timeline.first_day)
        last = min(last, timeline.last_day(timeline.periods))
        while day <= last:
            yield day
            day += timedelta(days=1)

    def ends(self, timeline: Timeline) -> tuple[date, date]:
        """Its first and its last day; a boundary alone stands for the period that begins there."""
        since, until = self.since, self.until
        first = timeline.day(since) if isinstance(since, int) else timeline.span(since)[0]
        if until is None:
            until = since + 1 if isinstance(since, int) else since
        last = timeline.last_day(until) if isinstance(until, int) else timeline.span(until)[1]
        return first, last
