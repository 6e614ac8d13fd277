"""Legacy systems, told to the oracle: what they cost, and what has to come before they go."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from roadmap.facts import System
from roadmap.portfolio import Portfolio
from tests.features.contract import Feature
from tests.features.discounting import factors

if TYPE_CHECKING:
    from tests.features.contract import Cost, Kept
    from tests.oracle import Oracle, Plan


class Legacy(Feature):
    """Systems with run cost, interest and risk; their dependants, parallel runs and victims."""

    name = "legacy"

    def rules(self, oracle: Oracle) -> Iterator[tuple[str, Kept]]:
        """Every dependant moved, every parallel run, everything that is blocked."""
        for system in oracle.portfolio.systems:
            if system.retired_by:
                for name in system.dependants:
                    yield f"{name} moved off {system.name}", _moved(oracle, system, name, 0)
                if system.replaced_by and system.replaced_by != system.retired_by:
                    kept = _moved(oracle, system, system.replaced_by, system.parallel)
                    yield f"parallel run of {system.name}", kept
            for name in system.blocks:
                yield f"{system.name} blocks {name}", _blocked(oracle, system, name)

    def terms(self, oracle: Oracle) -> Mapping[str, Cost]:
        """Period by period, what each system that is still there costs."""
        return {"run cost": lambda plan: _spent(oracle, plan)}

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """One system or two, each retired by chance, with whatever surrounds it."""
        names = [item.name for item in portfolio.initiatives]
        count = rng.randint(1, 2)
        return portfolio.replace(systems=[_drawn(rng, f"system {n}", names) for n in range(count)])


def _gone(oracle: Oracle, system: Any, plan: Plan) -> int | None:
    """When a system is retired; ``None`` for never."""
    if system.retired_by not in plan:
        return None
    return oracle.finish(system.retired_by, plan)


def _moved(oracle: Oracle, system: Any, name: str, apart: int) -> Kept:
    """It goes no sooner than so long after an initiative is finished."""

    def kept(plan: Plan) -> bool:
        gone = _gone(oracle, system, plan)
        if gone is None:
            return True
        return name in plan and oracle.finish(name, plan) + apart <= gone

    return kept


def _blocked(oracle: Oracle, system: Any, name: str) -> Kept:
    """An initiative starts only where the system is gone."""

    def kept(plan: Plan) -> bool:
        gone = _gone(oracle, system, plan)
        return name not in plan or (gone is not None and gone <= plan[name].start)

    return kept


def _spent(oracle: Oracle, plan: Plan) -> int:
    rate, spent = oracle.portfolio.discount_rate, 0
    worth = None if rate is None else factors(oracle, Fraction(str(rate)))
    for system in oracle.portfolio.systems:
        gone = _gone(oracle, system, plan)
        expected = system.risk_percent * system.risk_impact // 100
        cost = Fraction(0)
        for period in range(oracle.clock.periods):
            if gone is None or period < gone:
                share = 1 if worth is None else worth[period]
                cost += (system.run_cost + system.debt_interest + expected) * share
        spent += math.floor(cost + Fraction(1, 2))
    return spent


def _drawn(rng: random.Random, name: str, names: list[str]) -> System:
    last = rng.choice([None, *names, *names])
    others = [other for other in names if other != last]
    new = rng.choice(others) if others and rng.random() < 0.4 else None
    return System(
        name,
        run_cost=rng.randint(0, 20),
        debt_interest=rng.choice((0, rng.randint(0, 9))),
        risk_percent=rng.choice((0, 7, 50, 100)),
        risk_impact=rng.randint(0, 30),
        retired_by=last,
        replaced_by=new,
        parallel=rng.randint(0, 2) if new and last else 0,
        dependants=rng.sample(others, min(len(others), rng.choice((0, 1, 1, 2)))),
        blocks=rng.sample(others, min(len(others), rng.choice((0, 0, 1)))),
    )
