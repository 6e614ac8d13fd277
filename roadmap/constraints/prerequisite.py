"""Capability levels that work stands on: the foundations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap.attainment import level_events, level_key
from roadmap.fields import Text, Whole, of
from roadmap.parts import Part, Wait
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class Prerequisite(Constraint):
    """An initiative may not start before a capability is at a level.

    Attributes
    ----------
    initiative
        Its name.
    capability
        The capability it stands on.
    level
        The level that must be attained; at least 1.
    """

    initiative: str = attrs.field(metadata=of(Text(names="initiatives")))
    capability: str = attrs.field(metadata=of(Text(names="capabilities")))
    level: int = attrs.field(metadata=of(Whole(1, 1000)))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every level that work requires, today does not give for good, and that is not soft."""
        for item in portfolio.initiatives:
            for capability, level in item.requires.items():
                there = level <= portfolio.capability[capability].level
                soft = (item.name, capability) in portfolio.workaround
                if not soft and (not there or portfolio.lowered_below(capability, level)):
                    yield cls(item.name, capability, level)

    @property
    def name(self) -> str:
        """``C at level L → X``."""
        return f"{self.capability} at level {self.level} → {self.initiative}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """If placed, it starts when the level is attained for good or later."""
        place = plan.placed.get(self.initiative)
        if place is None:
            return
        time = plan.attained(self.capability, self.level)
        who = (self.initiative,)
        told = f"{self.initiative} needs {self.capability} at level {self.level}"
        if time is None:
            yield Violation(self.name, f"{told}, which the plan never reaches", who, 1)
        elif time > place.start:
            early = plan.portfolio.timeline.count(time - place.start)
            message = f"{told} and starts {early} before it is"
            yield Violation(self.name, message, who, time - place.start)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A wait for the event of attainment."""
        yield from level_events(portfolio, self.capability, self.level)
        yield Wait(self.initiative, level_key(self.capability, self.level), self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self.initiative} may not start before {self.capability} is at level {self.level}"
