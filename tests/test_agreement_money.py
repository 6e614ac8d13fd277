"""Choice and money against the oracle: judge, exhaustive search, CP-SAT and list rules."""

from __future__ import annotations

import random

import pytest

from roadmap.errors import PortfolioError
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from tests.campaigns.agreement import best_by_hand, disagreements, reproduction
from tests.features.choice import Choices, Programmes
from tests.features.contract import Feature
from tests.features.discounting import Discounting
from tests.features.money import Budgets, Fences, Quotas
from tests.strategies import Size, random_portfolio

FAMILIES: tuple[Feature, ...] = (
    Choices(),
    Programmes(),
    Budgets(),
    Quotas(),
    Fences(),
    Discounting(),
)
SMALL = Size(initiatives=(2, 4), periods=(3, 6), duration=(0, 2))


def drawn(rng: random.Random, families: tuple[Feature, ...]) -> Portfolio:
    """A small portfolio with some of each family, as far as the facts allow."""
    portfolio = random_portfolio(rng, size=SMALL)
    for family in families:
        try:
            portfolio = family.draw(rng, portfolio)
        except PortfolioError:
            continue
    return portfolio


@pytest.mark.parametrize("number", range(len(FAMILIES)), ids=[each.name for each in FAMILIES])
def test_each_family_agrees(number: int) -> None:
    """Twenty-five portfolios with one family: all say the same, and most have a plan."""
    sound = 0
    for case in range(25):
        rng = random.Random(f"{number}:{case}")
        problem = Problem(drawn(rng, (FAMILIES[number],)))
        best = best_by_hand(problem)
        sound += best is not None
        told = [*disagreements(problem, best)]
        assert [] == told, reproduction(problem, told)
    assert sound >= 8


@pytest.mark.parametrize("chunk", range(5))
def test_mixed_families_agree(chunk: int) -> None:
    """Ten portfolios with three families of six each: all say the same."""
    for case in range(10):
        rng = random.Random(f"mixed {chunk}:{case}")
        problem = Problem(drawn(rng, tuple(rng.sample(FAMILIES, 3))))
        told = [*disagreements(problem, best_by_hand(problem))]
        assert [] == told, reproduction(problem, told)
