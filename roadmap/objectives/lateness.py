"""What it costs to finish later than agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from roadmap.facts import Initiative
from roadmap.parts import Event, EventKey, EventLoss, Member, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Objective


@attrs.frozen
class Lateness(Objective):
    """Money for each period that work finishes after a latest finish that has a price.

    Tardiness, weighted: ``sum w max(0, C - d)``. What is left out of the plan is never late.
    """

    @classmethod
    def applies(cls, portfolio: Portfolio) -> bool:
        """Whether any lateness has a price."""
        return any(item.lateness_price is not None for item in portfolio.initiatives)

    @property
    def name(self) -> str:
        """``lateness``."""
        return "lateness"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """What each placed initiative pays that may be late at a price."""
        return {
            item.name: plan.portfolio.running(price, plan.placed[item.name].finish, due)
            for item, price, due in _priced(plan.portfolio)
            if item.name in plan.placed
        }

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """The event that it is finished, or left out, and a loss that grows after the date."""
        for item, price, due in _priced(portfolio):
            key = EventKey(item.name, 0, "finished or left out")
            yield Event(key, (Member(item.name),), 1, absent_counts=True)
            ends = range(portfolio.timeline.periods + 1)
            table = tuple(portfolio.running(price, end, due) for end in ends)
            yield EventLoss(key, table, item.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return "money lost by finishing after the agreed dates"


def _priced(portfolio: Portfolio) -> Iterator[tuple[Initiative, int, int]]:
    """Each initiative that may be late at a price, the price and the boundary it is due by."""
    for item in portfolio.initiatives:
        if item.lateness_price is not None and item.latest_finish is not None:
            yield item, item.lateness_price, portfolio.timeline.ending(item.latest_finish)
