"""A level below which a capability may not be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Self

import attrs

from roadmap.attainment import reached_events, reached_key
from roadmap.fields import Text, of
from roadmap.parts import Due, Part, Resource, Use
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class Floor(Constraint):
    """In each period a capability is at its floor or above.

    So the floor's level is reached by the period in which it begins to hold, and while it holds
    no work lowers the capability below it.

    Attributes
    ----------
    capability
        The capability; it says its floor.
    """

    capability: str = attrs.field(metadata=of(Text(names="capabilities")))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every capability with a floor."""
        return (cls(item.name) for item in portfolio.capabilities if item.floor is not None)

    @property
    def name(self) -> str:
        """``floor of C``."""
        return f"floor of {self.capability}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """No period finds the capability lower; periods that follow one another are told once."""
        timeline = plan.portfolio.timeline
        floors = plan.portfolio.capability[self.capability].floors(timeline)
        steps = dict(plan.levels(self.capability))
        level, below = 0, []
        for period, floor in enumerate(floors):
            level = steps.get(period, level)
            below.append((level, floor) if level < floor else None)
        for found, run in groupby(range(timeline.periods), below.__getitem__):
            if found is not None:
                periods = list(run)
                yield self._violation(plan, periods[0], len(periods), *found)

    def _violation(self, plan: Plan, first: int, count: int, level: int, floor: int) -> Violation:
        timeline = plan.portfolio.timeline
        message = (
            f"{self.capability} is at level {level} for {timeline.count(count)} "
            f"from {timeline.label(first)}; its floor is {floor}"
        )
        lowerers = plan.portfolio.lowered_below(self.capability, floor)
        who = tuple(
            name
            for name in lowerers
            if name in plan.placed
            and plan.placed[name].start < first + count
            and plan.placed[name].finish > first
        )
        return Violation(self.name, message, who, count)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """Each level has its due date; work that lowers finds no room while the floor is higher."""
        item = portfolio.capability[self.capability]
        floors = item.floors(portfolio.timeline)
        for level in sorted({floor for floor in floors if floor > item.level}):
            yield from reached_events(portfolio, self.capability, level)
            first = next(period for period, floor in enumerate(floors) if floor >= level)
            yield Due(reached_key(portfolio, self.capability, level), first, self.name)
        lowerers = portfolio.lowerers[self.capability]
        for to in sorted({level for level in lowerers.values() if level < max(floors)}):
            names = [name for name, level in lowerers.items() if level == to]
            room = tuple(len(names) if floor <= to else 0 for floor in floors)
            uses = tuple(Use(name, (1,) * len(portfolio.variants[name])) for name in names)
            yield Resource(f"{self.name}: lowered to {to}", room, self.name, uses)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        timeline = portfolio.timeline
        floors = portfolio.capability[self.capability].floors(timeline)
        told, since = [], 0
        for level, run in groupby(floors):
            when = f" from {timeline.day(since)}" if since else ""
            told.append(f"{level}{when}")
            since += len(list(run))
        return f"{self.capability} may not be below level {', '.join(told)}"
