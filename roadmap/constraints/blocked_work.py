"""What a system stands in the way of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap.fields import Text, of
from roadmap.parts import Event, EventKey, Lag, Part, Wait
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class BlockedWork(Constraint):
    """An initiative may not start before a system is retired.

    What a system blocks is worth what lifting its rules of this kind would save.

    Attributes
    ----------
    system
        The system that is in the way.
    initiative
        The initiative that waits.
    """

    system: str = attrs.field(metadata=of(Text(names="systems")))
    initiative: str = attrs.field(metadata=of(Text(names="initiatives")))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every initiative that a system blocks."""
        for system in portfolio.systems:
            yield from (cls(system.name, initiative) for initiative in system.blocks)

    @property
    def name(self) -> str:
        """``S blocks I``."""
        return f"{self.system} blocks {self.initiative}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """If placed, it starts when the system is retired or later."""
        last = plan.portfolio.system[self.system].retired_by
        place = plan.placed.get(self.initiative)
        if place is None:
            return
        if last is None or last not in plan.placed:
            message = f"{self.initiative} waits for {self.system}, which is never retired"
            yield Violation(self.name, message, (self.initiative,), 1)
        elif (early := plan.placed[last].finish - place.start) > 0:
            span = plan.portfolio.timeline.count(early)
            message = f"{self.initiative} starts {span} before {self.system} is retired"
            yield Violation(self.name, message, (self.initiative, last), early)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A lag from the retirement; a wait for what never happens where there is none."""
        last = portfolio.system[self.system].retired_by
        if last is not None:
            yield Lag(last, self.initiative, self.name)
        else:
            never = EventKey(self.system, 0, "retired")
            yield Event(never, (), 1)
            yield Wait(self.initiative, never, self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        if portfolio.system[self.system].retired_by is None:
            return f"{self.initiative} cannot be done: {self.system} is never retired"
        return f"{self.initiative} may not start before {self.system} is retired"
