"""Softness, told to the oracle: what may be passed by, at what price, and option values."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from roadmap.facts import Dependency, Initiative, Workaround
from roadmap.portfolio import Portfolio
from tests.features.contract import Feature

if TYPE_CHECKING:
    from tests.features.contract import Cost
    from tests.oracle import Oracle, Plan


class Softness(Feature):
    """Soft dependencies, workarounds and the option value of levels."""

    name = "softness"

    def terms(self, oracle: Oracle) -> Mapping[str, Cost]:
        """Period by period: who has begun without what it should have waited for."""
        return {
            "debt": lambda plan: _debt(oracle, plan),
            "option value": lambda plan: _option_value(oracle, plan),
        }

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """Soften some ties and requirements, tie some work softly, and value some levels."""
        ties = [
            _softened(rng, tie) if tie.link == "FS" and rng.random() < 0.5 else tie
            for tie in portfolio.dependencies
        ]
        names = [item.name for item in portfolio.initiatives]
        if len(names) > 1:
            before, after = rng.sample(names, 2)
            tie = _softened(rng, Dependency(before, after, lag=rng.choice((0, 0, 1, 2, -1))))
            stated = {(t.predecessor, t.successor, t.soft) for t in ties if t.link == "FS"}
            ties += [] if (before, after, True) in stated else [tie]
        around = [
            Workaround(
                item.name, capability, rng.randint(0, 15), rng.choice((0, rng.randint(1, 30)))
            )
            for item in portfolio.initiatives
            for capability in item.requires
            if rng.random() < 0.7
        ]
        return portfolio.replace(
            dependencies=ties, workarounds=around, capabilities=_valued(rng, portfolio)
        )


def _softened(rng: random.Random, tie: Dependency) -> Dependency:
    """The tie with interest, rework or both."""
    kind, interest, rework = rng.randrange(3), rng.randint(0, 15), rng.randint(0, 30)
    return attrs.evolve(
        tie,
        interest=interest if kind != 1 else None,
        rework=rework if kind != 2 else None,
    )


def _valued(rng: random.Random, portfolio: Portfolio) -> list[object]:
    """The capabilities, some of whose levels are worth something in themselves."""
    found: list[object] = []
    for area in portfolio.capabilities:
        levels = sorted({work.raises.get(area.name, 0) for work in portfolio.initiatives} - {0})
        chosen = [level for level in levels if rng.random() < 0.4]
        value = {rng.randint(1, level): rng.randint(0, 12) for level in chosen}
        found.append(attrs.evolve(area, option_value=value))
    return found


def _debt(oracle: Oracle, plan: Plan) -> int:
    owed = 0
    for tie in oracle.portfolio.dependencies:
        if tie.interest is not None or tie.rework is not None:
            there = None
            if tie.predecessor in plan:
                there = oracle.finish(tie.predecessor, plan) + tie.lag
            owed += _owed(oracle, plan, tie.successor, there, tie.interest or 0, tie.rework or 0)
    for way in oracle.portfolio.workarounds:
        work: Initiative = next(w for w in oracle.portfolio.initiatives if w.name == way.initiative)
        there = oracle.attained(way.capability, work.requires[way.capability], plan)
        owed += _owed(oracle, plan, way.initiative, there, way.interest, way.rework)
    return owed


def _owed(
    oracle: Oracle, plan: Plan, name: str, there: int | None, interest: int, rework: int
) -> int:
    """Count the periods in which it has begun and what it goes without is not there."""
    if name not in plan:
        return 0
    begun = max(plan[name].start, 0)
    periods = range(oracle.clock.periods)
    without = [p for p in periods if begun <= p and (there is None or p < there)]
    early = there is None or begun < there
    return interest * len(without) + (rework if early else 0)


def _option_value(oracle: Oracle, plan: Plan) -> int:
    lost = 0
    for area in oracle.portfolio.capabilities:
        for level, worth in area.option_value.items():
            there = oracle.attained(area.name, level, plan)
            for boundary in range(oracle.clock.periods):
                if there is None or boundary < there:
                    lost += worth
    return lost
