"""People take in only so much change at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap.fields import Text, of
from roadmap.parts import Part, Resource, Use
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class Absorption(Constraint):
    """In each period, no more go-lives are being taken in by a unit than it absorbs.

    A go-live is taken in from the finish of the work on, for as long as the unit's adoption takes;
    while it is being built it burdens nobody there.

    Attributes
    ----------
    unit
        Its name.
    """

    unit: str = attrs.field(metadata=of(Text(names="units")))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every unit."""
        return (cls(unit.name) for unit in portfolio.units)

    @property
    def name(self) -> str:
        """``absorption of U``."""
        return f"absorption of {self.unit}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """In no period more is being taken in than the unit absorbs."""
        timeline, unit = plan.portfolio.timeline, plan.portfolio.unit[self.unit]
        live = [
            (place.finish, name)
            for name, place in plan.placed.items()
            if self.unit in plan.portfolio.initiative[name].changes
        ]
        for period in range(timeline.periods):
            busy = tuple(name for at, name in live if at <= period < at + unit.adoption)
            over = len(busy) - unit.absorbs
            if over > 0:
                message = (
                    f"{self.unit} has {len(busy)} go-lives to take in "
                    f"during {timeline.label(period)} and absorbs {unit.absorbs}"
                )
                yield Violation(self.name, message, busy, over)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A renewable resource that go-lives occupy once the work is over."""
        unit = portfolio.unit[self.unit]
        uses = tuple(
            Use(item.name, (1,) * len(portfolio.variants[item.name]), after=unit.adoption)
            for item in portfolio.initiatives
            if self.unit in item.changes
        )
        # no team can have this name, as names have no line breaks
        name = f"{self.unit}\nadoption"
        yield Resource(name, (unit.absorbs,) * portfolio.timeline.periods, self.name, uses)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        unit = portfolio.unit[self.unit]
        lives = f"{unit.absorbs} go-live{'' if unit.absorbs == 1 else 's'}"
        span = portfolio.timeline.count(unit.adoption)
        return f"{self.unit} takes in at most {lives} at once, each for {span}"
