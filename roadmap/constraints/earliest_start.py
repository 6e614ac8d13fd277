"""Work that may not begin before a date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Self

import attrs

from roadmap._frozen import frozen_fields
from roadmap.facts import Initiative, Programme
from roadmap.fields import Moment, Text, of
from roadmap.parts import Part, Window
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen(field_transformer=frozen_fields)
class EarliestStart(Constraint):
    """An initiative may not start before a boundary (its release date).

    Attributes
    ----------
    initiative
        Its name; or a programme's, for all of its initiatives.
    start
        Date from which it may start, or a boundary.
    """

    initiative: str = attrs.field(metadata=of(Text(names="work")))
    start: str | int | date = attrs.field(metadata=of(Moment()))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every initiative or programme that states an earliest start."""
        stated: tuple[Initiative | Programme, ...] = (*portfolio.initiatives, *portfolio.programmes)
        for item in stated:
            if item.earliest_start is not None:
                yield cls(item.name, item.earliest_start)

    @property
    def name(self) -> str:
        """``earliest start of X``."""
        return f"earliest start of {self.initiative}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """If placed, it starts then or later."""
        timeline = plan.portfolio.timeline
        for name in plan.portfolio.members(self.initiative):
            place = plan.placed.get(name)
            early = timeline.starting(self.start) - place.start if place else 0
            if place and early > 0:
                message = (
                    f"{name} starts in {timeline.label(place.start)}, "
                    f"{timeline.count(early)} before it may"
                )
                yield Violation(self.name, message, (name,), early)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A window that opens."""
        opens = portfolio.timeline.starting(self.start)
        for name in portfolio.members(self.initiative):
            yield Window(name, self.name, earliest=opens)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        timeline = portfolio.timeline
        return (
            f"{self.initiative} may not start before {timeline.day(timeline.starting(self.start))}"
        )
