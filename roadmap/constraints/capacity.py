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
        team = plan.portfolio.team[self.team]
        profile, extra = team.profile(timeline), team.beyond(timeline)
        for period, wanted in enumerate(plan.load(self.team)):
            over = wanted - profile[period] - extra[period]
            if over > 0:
                more = f" and {extra[period]} more at a price" if extra[period] else ""
                message = (
                    f"{self.team} is wanted for {wanted} in {timeline.label(period)} "
                    f"and has {profile[period]}{more}"
                )
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
        team, timeline = portfolio.team[self.team], portfolio.timeline
        extra = () if team.overtime is None else team.beyond(timeline)
        yield Resource(self.team, team.profile(timeline), self.name, extra=extra)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        team, timeline = portfolio.team[self.team], portfolio.timeline
        profile, most = team.profile(timeline), max(team.beyond(timeline))
        told = f"{self.team} can do {_span(profile)} at once"
        if most:
            told += f", and up to {most} more at a price"
        varies = min(profile) < max(profile)
        return f"{told}, depending on the period" if varies else told


def _span(profile: tuple[int, ...]) -> str:
    least, most = min(profile), max(profile)
    return f"{most}" if least == most else f"{least} to {most}"
