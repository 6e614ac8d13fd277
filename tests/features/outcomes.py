"""Risks of initiatives, told to the oracle; outcomes and owners are drawn, and change nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from roadmap.facts import Outcome, Risk
from roadmap.portfolio import Portfolio
from tests.features.contract import Feature

if TYPE_CHECKING:
    from tests.features.contract import Cost
    from tests.oracle import Oracle, Plan


class Outcomes(Feature):
    """Risk until work is done."""

    name = "outcomes"

    def terms(self, oracle: Oracle) -> Mapping[str, Cost]:
        """Period by period: what may go wrong as long as the work is not finished."""
        return {"risk exposure": lambda plan: _exposed(oracle, plan)}

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """Let most of the work have a risk, some a mandate, and measure what it raises."""
        initiatives = [
            attrs.evolve(
                item,
                risk=Risk(rng.randint(0, 100), rng.choice((0, 7, rng.randint(1, 60)))),
                mandate=rng.choice(("", "the law")),
            )
            if rng.random() < 0.6
            else item
            for item in portfolio.initiatives
        ]
        levels = {c: level for item in initiatives for c, level in item.raises.items()}
        outcomes = [
            Outcome("drawn", 10, rng.choice((4, 25)), rng.randint(0, 3), levels),
        ] * bool(levels)
        return portfolio.replace(initiatives=initiatives, outcomes=outcomes)


def _exposed(oracle: Oracle, plan: Plan) -> int:
    lost = 0
    for item in oracle.portfolio.initiatives:
        if item.risk is None:
            continue
        for period in range(oracle.clock.periods):
            done = item.name in plan and oracle.finish(item.name, plan) <= period
            hundredths = 0 if done else item.risk.percent * item.risk.impact
            lost += (hundredths - hundredths % 100) // 100
    return lost
