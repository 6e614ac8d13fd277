"""The exchange rate between urgency and foundations: what it does, and where it does nothing."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import attrs
import pytest

from roadmap.evaluation import evaluate
from roadmap.facts import Capability, Dependency, Initiative, Need, Team
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Status
from roadmap.solvers import solve
from roadmap.timeline import Timeline
from tests.campaigns.agreement import best_by_hand, solved
from tests.features.softness import Softness
from tests.strategies import Size, random_portfolio

SMALL = Size(initiatives=(2, 4), teams=(1, 1), needs=(1, 2), periods=(4, 6), duration=(1, 2))
TRADED = ("debt", "option value")


def drawn(seed: int) -> Portfolio:
    """A portfolio in which something is soft."""
    rng = random.Random(seed)
    return Softness().draw(rng, random_portfolio(rng, size=SMALL))


def _at(price: int, kappa: Fraction) -> int:
    """A price at an exchange rate, to the nearest whole unit, halves up: by trial."""
    whole = 0
    while Fraction(whole) + Fraction(1, 2) <= price * kappa:
        whole += 1
    return whole


def priced(portfolio: Portfolio, kappa: Fraction) -> Portfolio:
    """The same facts with each declared price at that exchange rate."""
    ties = [
        attrs.evolve(
            tie,
            interest=None if tie.interest is None else _at(tie.interest, kappa),
            rework=None if tie.rework is None else _at(tie.rework, kappa),
        )
        for tie in portfolio.dependencies
    ]
    around = [
        attrs.evolve(way, interest=_at(way.interest, kappa), rework=_at(way.rework, kappa))
        for way in portfolio.workarounds
    ]
    valued = [
        attrs.evolve(
            area, option_value={at: _at(worth, kappa) for at, worth in area.option_value.items()}
        )
        for area in portfolio.capabilities
    ]
    return portfolio.replace(dependencies=ties, workarounds=around, capabilities=valued)


@pytest.mark.parametrize("seed", range(40))
def test_kappa_is_as_good_as_other_prices(seed: int) -> None:
    """The optimum at a rate is that of facts whose prices are so much higher or lower."""
    portfolio = drawn(seed)
    kappa = (Fraction(0), Fraction(1, 3), Fraction(5, 2), Fraction(40))[seed % 4]
    best = best_by_hand(Problem(priced(portfolio, kappa)))
    result = solved(Problem(portfolio).with_kappa(kappa))
    assert (best and best.cost) == result.objective


@pytest.mark.parametrize("seed", range(20))
def test_a_higher_rate_buys_foundations(seed: int) -> None:
    """As kappa grows, optimal plans owe no more at declared prices, and lose no less elsewhere."""
    problem = Problem(drawn(seed))
    traded, rest = [], []
    for kappa in (0, 1, 2, 5, 1000):
        result = solved(problem.with_kappa(kappa))
        if result.status is Status.INFEASIBLE:
            return
        terms = evaluate(problem, result.require()).terms
        traded.append(sum(money for name, money in terms.items() if name in TRADED))
        rest.append(sum(money for name, money in terms.items() if name not in TRADED))
    assert all(sooner >= later for sooner, later in pairwise(traded))
    assert all(sooner <= later for sooner, later in pairwise(rest))


def soft(**changes: Dependency) -> Portfolio:
    """One team, a foundation of four months, and a wanted thing that can go round it."""
    return Portfolio(
        timeline=Timeline("2027-01", 12),
        teams=[Team("team", 1)],
        capabilities=[Capability("x")],
        needs=[Need("x", 1, CostOfDelay(30))],
        initiatives=[
            Initiative("F", duration=4, demand={"team": 1}),
            Initiative("X", duration=3, demand={"team": 1}, raises={"x": 1}),
        ],
        dependencies=[changes.get("tie", Dependency("F", "X", interest=10, rework=25))],
    )


def test_business_first_and_foundations_first() -> None:
    """Towards 0 the need comes first, at a large kappa the foundation; 8/7 turns it over.

    Going round owes 7 months of 10 and 25: 95. Waiting loses 4 months of 30: 120.
    """
    problem = Problem(soft())
    first = {
        kappa: min(
            solve(problem.with_kappa(kappa)).require().values(), key=lambda place: place.start
        ).initiative
        for kappa in (0, Fraction(1, 10), 1, Fraction(6, 5), Fraction(13, 10), 1000, 1_000_000)
    }
    assert ["X", "X", "X", "X", "F", "F", "F"] == list(first.values())


def test_hard_ties_leave_one_point() -> None:
    """With hard dependencies only and no option value, every kappa asks the same question."""
    hard = Problem(soft(tie=Dependency("F", "X")))
    assert not hard.has_trade
    for kappa in (0, Fraction(1, 7), 1_000_000):
        other = hard.with_kappa(kappa)
        assert (hard, hard.fingerprint) == (other, other.fingerprint)
    assert Problem(soft()).fingerprint != Problem(soft()).with_kappa(2).fingerprint
