"""What the chosen work costs to deliver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from roadmap.discounting import present_value
from roadmap.outlays import present_costs
from roadmap.parts import Charge, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Objective


@attrs.frozen
class DeliveryCost(Objective):
    """The sum of the delivery costs of the initiatives in the plan, in their chosen modes.

    Where the portfolio states a discount rate, each is what its outlays are worth today.
    """

    @property
    def name(self) -> str:
        """``delivery cost``."""
        return "delivery cost"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """Each placed initiative's cost, where it has any."""
        modes = {name: plan.mode(name) for name in plan.placed}
        facts = plan.portfolio
        if facts.discount_rate is None:
            return {name: mode.cost for name, mode in modes.items() if mode and mode.cost}
        return {
            name: present_value(plan.outlays(name), facts.factors)
            for name, mode in modes.items()
            if mode and mode.cost
        }

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A charge for each initiative that costs something in some mode."""
        for item in portfolio.initiatives:
            ways = portfolio.variants[item.name]
            if any(way.mode.cost for way in ways):
                amounts = tuple(present_costs(portfolio, way) for way in ways)
                yield Charge(item.name, amounts, item.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return "money spent on the initiatives in the plan"
