"""What foundations are worth beyond the needs that are known today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from roadmap.attainment import level_events, level_key
from roadmap.parts import EventLoss, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Traded


@attrs.frozen
class OptionValue(Traded):
    """Money a period until levels with an option value are attained.

    What a foundation opens that no stated need asks for yet. A level that the plan never attains
    costs every period of the timeline; one that is there today costs nothing.

    Each declared amount is multiplied by ``kappa`` and rounded to the nearest whole money unit,
    halves up, before anything is added.

    References
    ----------
    C. Y. Baldwin, K. B. Clark, *Design Rules: The Power of Modularity*, MIT Press 2000.
    """

    @classmethod
    def applies(cls, portfolio: Portfolio) -> bool:
        """Whether any level has an option value."""
        return any(item.option_value for item in portfolio.capabilities)

    @property
    def name(self) -> str:
        """``option value``."""
        return "option value"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """What each level with an option value costs until it is attained."""
        end = plan.portfolio.timeline.periods
        waited = {}
        for item in plan.portfolio.capabilities:
            for level, rate in item.option_value.items():
                time = plan.attained(item.name, level)
                until = end if time is None else time
                owed = plan.portfolio.running(self.priced(rate), until)
                waited[f"{item.name} at level {level}"] = owed
        return waited

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """The event of attainment and a loss that grows evenly, for each level."""
        for item in portfolio.capabilities:
            for level, rate in item.option_value.items():
                yield from level_events(portfolio, item.name, level)
                price = self.priced(rate)
                ends = range(portfolio.timeline.periods + 1)
                table = tuple(portfolio.running(price, end) for end in ends)
                key = level_key(item.name, level)
                yield EventLoss(key, table, f"{item.name} at level {level}")

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return "what foundations are worth beyond today's needs, until they are there"
