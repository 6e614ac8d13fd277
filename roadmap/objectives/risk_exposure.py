"""What can go wrong until work is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from roadmap.parts import Event, EventKey, EventLoss, Member, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Objective


@attrs.frozen
class RiskExposure(Objective):
    """The exposure of each initiative that states a risk, in each period until it is finished.

    The yardstick of work that maintains: probability times impact, a period. Work that is left
    out is exposed until the timeline ends.
    """

    @classmethod
    def applies(cls, portfolio: Portfolio) -> bool:
        """Whether work states a risk that counts."""
        return any(item.risk is not None and item.risk.exposure for item in portfolio.initiatives)

    @property
    def name(self) -> str:
        """``risk exposure``."""
        return "risk exposure"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """Each risk's exposure, once for each period until the work is finished."""
        periods = plan.portfolio.timeline.periods
        found = {}
        for item in plan.portfolio.initiatives:
            if item.risk is not None and item.risk.exposure:
                place = plan.placed.get(item.name)
                until = periods if place is None else min(max(place.finish, 0), periods)
                found[item.name] = plan.portfolio.running(item.risk.exposure, until)
        return found

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """The event that the work is finished, and the exposure until then as its loss."""
        for item in portfolio.initiatives:
            if item.risk is not None and item.risk.exposure:
                key = EventKey(item.name, 0, "risk ended")
                rate = item.risk.exposure
                ends = range(portfolio.timeline.periods + 1)
                table = tuple(portfolio.running(rate, end) for end in ends)
                yield Event(key, (Member(item.name),), 1)
                yield EventLoss(key, table, item.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return "expected loss from risks until the work that ends them is finished"
