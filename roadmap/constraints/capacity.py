"""Teams can do only so much at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap.elastic import limited
from roadmap.fields import Text, of
from roadmap.parts import Part, Resource
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class Capacity(Constraint):
    """In each period, the work of a team does not exceed its capacity and its overtime.

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
        capacity = plan.portfolio.capacity[self.team]
        extra = plan.portfolio.team[self.team].beyond(timeline)
        for period, wanted in enumerate(plan.load(self.team)):
            over = wanted - capacity[period] - extra[period]
            if over > 0:
                more = f" and {extra[period]} more at a price" if extra[period] else ""
                message = (
                    f"{self.team} is wanted for {wanted} in {timeline.label(period)} "
                    f"and has {capacity[period]}{more}"
                )
                yield Violation(self.name, message, self._busy(plan, period), over)

    def _busy(self, plan: Plan, period: int) -> tuple[str, ...]:
        """Who wants the team in a period."""
        return tuple(
            name
            for name, place in plan.placed.items()
            if place.start <= period < place.finish and plan.taken(name, self.team, period)
        )

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A renewable resource; the demands stand with the activities.

        There are more of them where work that takes effort makes do with less than it would use.
        """
        profile, who = portfolio.capacity[self.team], tuple(portfolio.initiative)
        if self.team not in portfolio.efforts:
            team = portfolio.team[self.team]  # work that takes effort uses no overtime
            extra = () if team.overtime is None else team.beyond(portfolio.timeline)
            yield Resource(self.team, profile, self.name, extra=extra)
            return
        for part in limited(portfolio, self.team, profile, who, self.team, self.name):
            yield attrs.evolve(part, uses=None) if part.name == self.team else part

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        profile = portfolio.capacity[self.team]
        least, most = min(profile), max(profile)
        varies = least < most
        told = f"{self.team} can do {f'{least} to ' if varies else ''}{most} at once"
        more = max(portfolio.team[self.team].beyond(portfolio.timeline))
        if more:
            told += f", and up to {more} more at a price"
        return f"{told}, depending on the period" if varies else told
