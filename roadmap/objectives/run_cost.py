"""What legacy systems cost until they are retired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from roadmap.facts import System
from roadmap.parts import Event, EventKey, EventLoss, Member, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Objective


@attrs.frozen
class RunCost(Objective):
    """Run cost, debt interest and risk exposure of each system in each period until it is retired.

    A system is retired at the finish of the initiative that retires it; one that is not costs
    until the timeline ends. So retiring it a period later costs exactly its burden of a period.
    """

    @classmethod
    def applies(cls, portfolio: Portfolio) -> bool:
        """Whether a system costs anything."""
        return any(system.burden for system in portfolio.systems)

    @property
    def name(self) -> str:
        """``run cost``."""
        return "run cost"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """What each system costs over the periods in which it is there."""
        return {
            system.name: plan.portfolio.running(system.burden, self._there(plan, system))
            for system in plan.portfolio.systems
            if system.burden
        }

    def _there(self, plan: Plan, system: System) -> int:
        """For how many periods of the timeline a system is there."""
        retired = plan.retired(system)
        return plan.portfolio.timeline.periods if retired is None else retired

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """An event for each retirement, which costs the burden for each period until then."""
        periods = portfolio.timeline.periods
        for system in portfolio.systems:
            if system.burden and system.retired_by is not None:
                key = EventKey(system.name, 0, "retired")
                yield Event(key, (Member(system.retired_by),), 1)
                table = tuple(portfolio.running(system.burden, at) for at in range(periods + 1))
                yield EventLoss(key, table, system.name)
            elif system.burden:
                key = EventKey(system.name, 0, "there for good")
                yield Event(key, (), 0)
                always = portfolio.running(system.burden, periods)
                yield EventLoss(key, (always,) * (periods + 1), system.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return "money that legacy systems cost until they are retired"
