"""Pilots and their gates, told to the oracle."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from roadmap.facts import Pilot
from roadmap.portfolio import Portfolio
from tests.features.contract import Feature

if TYPE_CHECKING:
    from tests.features.contract import Kept
    from tests.oracle import Oracle, Plan


class Pilots(Feature):
    """Work that is done to learn, and what hangs on it."""

    name = "pilots"

    def rules(self, oracle: Oracle) -> Iterator[tuple[str, Kept]]:
        """Every gate."""
        for pilot in oracle.portfolio.pilots:
            yield f"gate of {pilot.initiative}", _kept(oracle, pilot)

    def rule(self, rule: Any, oracle: Oracle) -> tuple[str, Kept] | None:
        """Work that was left out by hand."""
        if type(rule).__name__ != "LeftOut":
            return None
        name = rule.initiative
        return f"{name} left out", lambda plan: name not in plan

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """One pilot, and one initiative or two that hang on it."""
        names = [item.name for item in portfolio.initiatives]
        if len(names) < 2:
            return portfolio
        chosen = rng.sample(names, min(len(names), rng.randint(2, 3)))
        gate = rng.randint(1, portfolio.timeline.periods - 1)
        pilot = Pilot(chosen[0], gate, rng.choice((0, 25, 50, 90, 100)), chosen[1:])
        return portfolio.replace(pilots=[pilot])


def _kept(oracle: Oracle, pilot: Any) -> Kept:
    """The pilot is over by its gate; what hangs on it is not without it, nor starts sooner."""
    gate = oracle.clock.starting(pilot.gate)

    def kept(plan: Plan) -> bool:
        hanging = [name for name in pilot.follow_on if name in plan]
        if pilot.initiative not in plan:
            return not hanging
        over = oracle.finish(pilot.initiative, plan) <= gate
        return over and all(plan[name].start >= gate for name in hanging)

    return kept
