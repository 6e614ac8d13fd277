"""Work that must be over by a date."""

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
class LatestFinish(Constraint):
    """An initiative must be finished by a boundary (its deadline).

    Attributes
    ----------
    initiative
        Its name; or a programme's, for all of its initiatives.
    finish
        Date by whose end it must be finished, or a boundary.
    """

    initiative: str = attrs.field(metadata=of(Text(names="work")))
    finish: str | int | date = attrs.field(metadata=of(Moment(end=True)))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every initiative or programme that states a latest finish, and no price of it."""
        stated: tuple[Initiative | Programme, ...] = (*portfolio.initiatives, *portfolio.programmes)
        for item in stated:
            soft = isinstance(item, Initiative) and item.lateness_price is not None
            if item.latest_finish is not None and not soft:
                yield cls(item.name, item.latest_finish)

    @property
    def name(self) -> str:
        """``latest finish of X``."""
        return f"latest finish of {self.initiative}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """If placed, it finishes then or sooner."""
        timeline = plan.portfolio.timeline
        for name in plan.portfolio.members(self.initiative):
            place = plan.placed.get(name)
            late = place.finish - timeline.ending(self.finish) if place else 0
            if place and late > 0:
                message = (
                    f"{name} finishes at the end of {timeline.until(place.finish)}, "
                    f"{timeline.count(late)} after it must"
                )
                yield Violation(self.name, message, (name,), late)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A window that closes."""
        closes = portfolio.timeline.ending(self.finish)
        for name in portfolio.members(self.initiative):
            yield Window(name, self.name, latest=closes)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        timeline = portfolio.timeline
        last = timeline.last_day(timeline.ending(self.finish))
        return f"{self.initiative} must be finished by {last}"
