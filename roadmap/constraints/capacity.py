"""Teams can do only so much at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap.fields import Text, of
from roadmap.parts import Part, Resource
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class Capacity(Constraint):
    """In each period, the work of a team does not exceed its capacity.

    Attributes
    ----------
    team
        Its name.
    """

    team: str = attrs.field(metadata=of(Text(names="teams")))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every team."""
        return (cls(team.name) for team in portfolio.teams)

    @property
    def name(self) -> str:
        """``capacity of T``."""
        return f"capacity of {self.team}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """In no period more is wanted than there is."""
        timeline = plan.portfolio.timeline
        capacity = plan.portfolio.team[self.team].profile(timeline)
        for period, wanted in enumerate(plan.load(self.team)):
            if wanted > capacity[period]:
                message = (
                    f"{self.team} is wanted for {wanted} in {timeline.label(period)} "
                    f"and has {capacity[period]}"
                )
                over = wanted - capacity[period]
                yield Violation(self.name, message, self._busy(plan, period), over)

    def _busy(self, plan: Plan, period: int) -> tuple[str, ...]:
        """Who wants the team in a period."""
        return tuple(
            name
            for name, place in plan.placed.items()
            if place.start <= period < place.finish
            and (mode := plan.mode(name)) is not None
            and mode.demand.get(self.team, 0)
        )

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A renewable resource; the demands stand with the activities."""
        profile = portfolio.team[self.team].profile(portfolio.timeline)
        yield Resource(self.team, profile, self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        profile = portfolio.team[self.team].profile(portfolio.timeline)
        least, most = min(profile), max(profile)
        if least == most:
            return f"{self.team} can do {most} at once"
        return f"{self.team} can do {least} to {most} at once, depending on the period"
