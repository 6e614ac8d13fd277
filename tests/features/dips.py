"""Levels that dip, and floors under them, told to the oracle; it reckons the dips itself."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from roadmap.facts import Capability, Initiative
from roadmap.portfolio import Portfolio
from tests.features.contract import Feature

if TYPE_CHECKING:
    from tests.features.contract import Kept
    from tests.oracle import Oracle, Plan


class Dips(Feature):
    """Work that lowers a capability while it goes on, and levels that must be kept."""

    name = "dips"

    def rules(self, oracle: Oracle) -> Iterator[tuple[str, Kept]]:
        """Every floor."""
        for item in oracle.portfolio.capabilities:
            if item.floor is not None:
                yield f"floor of {item.name}", _kept(oracle, item)

    def rule(self, rule: Any, oracle: Oracle) -> tuple[str, Kept] | None:
        """A floor that was added."""
        if type(rule).__name__ != "Floor":
            return None
        (item,) = (c for c in oracle.portfolio.capabilities if c.name == rule.capability)
        return f"floor of {item.name}", _kept(oracle, item)

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """Let some work lower some capability, and put a floor under some."""
        names = [item.name for item in portfolio.capabilities]
        work = [_lowering(rng, item, names) for item in portfolio.initiatives]
        top = {name: [0] for name in names}
        for item in work:
            for name, level in item.raises.items():
                top[name].append(level)
        floored = [
            _floored(rng, item, max(top[item.name]), portfolio.timeline.periods)
            for item in portfolio.capabilities
        ]
        return portfolio.replace(initiatives=work, capabilities=floored)


def _kept(oracle: Oracle, item: Any) -> Kept:
    """In every period the level is at the floor or above."""
    said = 0 if item.floor is None else item.floor
    floors = oracle._stated_capacity(said)  # the oracle's own reading of profiles

    def kept(plan: Plan) -> bool:
        periods = range(oracle.clock.periods)
        return all(oracle.level_at(item.name, p, plan) >= floors[p] for p in periods)

    return kept


def _lowering(rng: random.Random, item: Initiative, names: list[str]) -> Initiative:
    if rng.random() < 0.5 or min(way.duration or 0 for way in item.ways) == 0:
        return item
    name = rng.choice(names)
    return attrs.evolve(item, lowers={name: max(rng.randint(0, 2), item.requires.get(name, 0))})


def _floored(rng: random.Random, item: Capability, top: int, periods: int) -> Capability:
    kind, level = rng.random(), item.level
    if kind < 0.5:
        return item
    if kind < 0.6:
        return attrs.evolve(item, floor=level)
    changes: dict[str | int, int] = {0: rng.randint(0, level)}
    for boundary in rng.sample(range(1, periods), min(periods - 1, rng.randint(1, 2))):
        changes[boundary] = rng.randint(0, max(level, top))
    return attrs.evolve(item, floor=changes)
