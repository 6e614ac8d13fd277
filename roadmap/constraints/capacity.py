"""Teams can do only so much at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap.facts import Mode
from roadmap.fields import Text, of
from roadmap.parts import Part, Resource, Use
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

        Work that takes effort makes do with what is there. So where there is less than it would
        use, a resource of its own for each such capacity says what it takes then.
        """
        profile = portfolio.capacity[self.team]
        most = _most_for_effort(portfolio, self.team)
        if min(profile) >= most:
            yield Resource(self.team, profile, self.name)
            return
        plenty = max(_sum_of_demands(portfolio, self.team), *profile)
        full = tuple(there if there >= most else plenty for there in profile)
        team = portfolio.team[self.team]  # with overtime there is no work that takes effort
        extra = () if team.overtime is None else team.beyond(portfolio.timeline)
        yield Resource(self.team, full, self.name, extra=extra)
        for thin in sorted({there for there in profile if there < most}):
            capacity = tuple(there if there == thin else plenty for there in profile)
            # no team can have this name, as names have no line breaks
            name = f"{self.team}\n{thin}"
            yield Resource(name, capacity, self.name, tuple(self._uses(portfolio, thin)))

    def _uses(self, portfolio: Portfolio, thin: int) -> Iterator[Use]:
        """What work takes of the team in periods in which it has so much."""
        for name, variants in portfolio.variants.items():
            amounts = tuple(_at_most(v.mode, self.team, thin) for v in variants)
            if any(amounts):
                yield Use(name, amounts)

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


def _at_most(mode: Mode, team: str, there: int) -> int:
    """What a mode takes of a team that has so much: its demand, or what an effort can use."""
    wanted = mode.demand.get(team, 0)
    return wanted if mode.effort is None else min(wanted, there)


def _most_for_effort(portfolio: Portfolio, team: str) -> int:
    """The most units that any work that takes effort would use of a team; 0 if there is none."""
    modes = [mode for item in portfolio.initiatives for mode in item.ways if mode.effort]
    return max((mode.demand.get(team, 0) for mode in modes), default=0)


def _sum_of_demands(portfolio: Portfolio, team: str) -> int:
    """No less than all work together takes of a team."""
    return sum(
        max(mode.demand.get(team, 0) for mode in item.ways) for item in portfolio.initiatives
    )
