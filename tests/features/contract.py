"""What a family of features tells the oracle, and how it is drawn by chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from roadmap.portfolio import Portfolio

if TYPE_CHECKING:
    from tests.oracle import Oracle, Plan

    Kept = Callable[[Plan], bool]
    Cost = Callable[[Plan], int]


class Feature:
    """The contract of a family of features; each part of it is empty unless a class says more."""

    name = ""

    def rules(self, oracle: Oracle) -> Iterator[tuple[str, Kept]]:
        """Yield the name of each rule that the facts imply, and whether a plan keeps it."""
        return iter(())

    def rule(self, rule: Any, oracle: Oracle) -> tuple[str, Kept] | None:
        """Read a rule that was added, by its fields alone; ``None`` if it is of another family."""
        return None

    def terms(self, oracle: Oracle) -> Mapping[str, Cost]:
        """The terms of the objective that the family brings, by name: what a plan costs."""
        return {}

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """The portfolio with some of the family in it; it may raise ``PortfolioError``."""
        return portfolio
