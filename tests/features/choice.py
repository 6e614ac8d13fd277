"""Selections and programmes: which work goes together, told to the oracle."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from roadmap.facts import HOWS, Dependency, Programme, Selection
from roadmap.portfolio import Portfolio
from tests.features.contract import Feature

if TYPE_CHECKING:
    from tests.features.contract import Kept
    from tests.oracle import Oracle, Plan


class Choices(Feature):
    """Selections among initiatives."""

    name = "choices"

    def rules(self, oracle: Oracle) -> Iterator[tuple[str, Kept]]:
        """Count who is in the plan."""
        for selection in oracle.portfolio.selections:
            yield f"choice of {selection.name}", _chosen(selection.how, selection.initiatives)

    def rule(self, rule: Any, oracle: Oracle) -> tuple[str, Kept] | None:
        """A choice that was added."""
        if type(rule).__name__ != "Choice":
            return None
        fact = rule.selection
        return f"choice of {fact.name}", _chosen(fact.how, fact.initiatives)

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """One or two selections among work that then mostly is optional."""
        names = [item.name for item in portfolio.initiatives]
        if len(names) < 2:
            return portfolio
        found, freed = [], set()
        for number in range(rng.randint(1, 2)):
            some = rng.sample(names, rng.randint(2, len(names)))
            found.append(Selection(f"selection {number}", some, rng.choice(HOWS)))
            freed.update(some if rng.random() < 0.8 else some[1:])
        initiatives = [
            attrs.evolve(item, optional=item.optional or item.name in freed)
            for item in portfolio.initiatives
        ]
        return portfolio.replace(initiatives=initiatives, selections=found)


def _chosen(how: str, names: Any) -> Kept:
    def kept(plan: Plan) -> bool:
        inside = [name in plan for name in names]
        count = sum(inside)
        if how == "exactly one":
            return count == 1
        if how == "at most one":
            return count <= 1
        if how == "at least one":
            return count >= 1
        if how == "all or none":
            return count in (0, len(inside))
        return not inside[0] or all(inside)

    return kept


class Programmes(Feature):
    """Programmes with dates, dependencies and the wish to be whole."""

    name = "programmes"

    def rules(self, oracle: Oracle) -> Iterator[tuple[str, Kept]]:
        """No child starts before its programme may, or finishes after; all or none."""
        for programme in oracle.portfolio.programmes:
            name, parts = programme.name, tuple(programme.initiatives)
            if programme.earliest_start is not None:
                opens = oracle.clock.starting(programme.earliest_start)
                yield f"earliest start of {name}", _from(parts, opens)
            if programme.latest_finish is not None:
                closes = oracle.clock.ending(programme.latest_finish)
                yield f"latest finish of {name}", _until(parts, closes, oracle)
            if programme.whole:
                yield f"choice of {name}", _chosen("all or none", parts)

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """One or two programmes, perhaps tied to each other or to other work."""
        names = [item.name for item in portfolio.initiatives]
        rng.shuffle(names)
        cut = rng.randint(1, len(names))
        groups = [names[:cut], names[cut:]] if rng.random() < 0.4 else [names[:cut]]
        found = [
            self._programme(rng, f"programme {number}", group, portfolio.timeline.periods)
            for number, group in enumerate(groups)
            if group
        ]
        ties = self._ties(rng, [item.name for item in found], names[cut:])
        return portfolio.replace(programmes=found, dependencies=[*portfolio.dependencies, *ties])

    def _programme(
        self, rng: random.Random, name: str, parts: list[str], periods: int
    ) -> Programme:
        opens = rng.randint(0, periods // 2) if rng.random() < 0.4 else None
        closes = rng.randint(periods // 2, periods) if rng.random() < 0.4 else None
        return Programme(name, parts, opens, closes, whole=rng.random() < 0.4)

    def _ties(
        self, rng: random.Random, programmes: list[str], others: list[str]
    ) -> Iterator[Dependency]:
        """A tie of programmes among themselves, or of the first to work outside of it."""
        lag = rng.choice((0, 0, -1, 1))
        if len(programmes) > 1:
            if rng.random() < 0.6:
                before, after = rng.sample(programmes, 2)
                yield Dependency(before, after, "FS", lag)
        elif others and rng.random() < 0.7:
            if rng.random() < 0.5:
                yield Dependency(programmes[0], rng.choice(others), rng.choice(("FS", "FF")), lag)
            else:
                yield Dependency(rng.choice(others), programmes[0], rng.choice(("FS", "SS")), lag)


def _from(parts: tuple[str, ...], opens: int) -> Kept:
    return lambda plan: all(plan[part].start >= opens for part in parts if part in plan)


def _until(parts: tuple[str, ...], closes: int, oracle: Oracle) -> Kept:
    return lambda plan: all(oracle.finish(part, plan) <= closes for part in parts if part in plan)
