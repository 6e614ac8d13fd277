"""Work goes live on release dates only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Self

import attrs

from roadmap.facts import ReleaseCalendar, covers
from roadmap.facts.scope import told
from roadmap.fields import Record, of
from roadmap.parts import Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation
from roadmap.scopes import closed_to_finishes
from roadmap.timeline import Timeline


@attrs.frozen
class ReleaseDates(Constraint):
    """Initiatives finish on the dates of a release calendar only.

    Attributes
    ----------
    calendar
        The fact.
    """

    calendar: ReleaseCalendar = attrs.field(metadata=of(Record((ReleaseCalendar,))))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every release calendar."""
        return (cls(calendar) for calendar in portfolio.release_calendars)

    @property
    def name(self) -> str:
        """``release calendar X``."""
        return f"release calendar {self.calendar.name}"

    @property
    def basis(self) -> str:
        """The calendar's basis."""
        return self.calendar.basis

    def check(self, plan: Plan) -> Iterator[Violation]:
        """Whatever it holds for finishes on one of its dates."""
        facts = plan.portfolio
        releases = self.calendar.releases(facts.timeline)
        for name, place in plan.placed.items():
            mode = plan.mode(name)
            if mode is None or place.finish in releases:
                continue
            if covers(self.calendar, facts.initiative[name], mode):
                message = (
                    f"{name} goes live at the end of {facts.timeline.until(place.finish)}, which "
                    f"is no date of {self.calendar.name}; {_next(releases, place.finish, facts)}"
                )
                amount = min((abs(at - place.finish) for at in releases), default=1)
                yield Violation(self.name, message, (name,), amount)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """All finishes are shut but these."""
        shut = set(range(portfolio.timeline.periods + 1))
        shut.difference_update(self.calendar.releases(portfolio.timeline))
        yield from closed_to_finishes(portfolio, self.calendar, shut, self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        days = _days(self.calendar.releases(portfolio.timeline), portfolio.timeline)
        who = told(self.calendar, "everything")
        return f"{who} may go live on {days} only ({self.calendar.name})"


def _next(releases: Sequence[int], finish: int, portfolio: Portfolio) -> str:
    """When the next release is."""
    later = [at for at in releases if at > finish]
    if not later:
        return "there is none after it"
    return f"the next is at the end of {portfolio.timeline.until(later[0])}"


def _days(releases: Sequence[int], timeline: Timeline) -> str:
    """The dates: all of them, or the first and how many follow."""
    days = [str(timeline.last_day(at)) for at in releases[:_MOST]]
    rest = len(releases) - len(days)
    return f"{', '.join(days)} and {rest} later dates" if rest else ", ".join(days)


_MOST = 6
