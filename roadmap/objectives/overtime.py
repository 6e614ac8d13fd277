"""What it costs to ask teams for more than they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from roadmap.parts import Overrun, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Objective


@attrs.frozen
class Overtime(Objective):
    """Money for each unit and period in which a team works beyond its capacity.

    How much overtime there can be is a rule: ``Capacity``. What is used of it costs, also where
    that rule is lifted.
    """

    @classmethod
    def applies(cls, portfolio: Portfolio) -> bool:
        """Whether any team has overtime."""
        return any(team.overtime_price is not None for team in portfolio.teams)

    @property
    def name(self) -> str:
        """``overtime``."""
        return "overtime"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """What each team with overtime costs for it."""
        found = {}
        for team in plan.portfolio.teams:
            if team.overtime_price is not None:
                loads = zip(plan.load(team.name), plan.portfolio.capacity[team.name], strict=True)
                over = sum(max(load - there, 0) for load, there in loads)
                found[team.name] = team.overtime_price * over
        return found

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A price for what is used of each team beyond its capacity."""
        for team in portfolio.teams:
            if team.overtime_price is not None:
                yield Overrun(team.name, team.overtime_price, team.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return "money spent on work beyond the capacity of teams"
