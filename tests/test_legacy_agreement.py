"""Legacy systems, dips and floors: the library against exhaustive search, case by case."""

from __future__ import annotations

import random

import pytest

from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from tests.campaigns.agreement import (
    best_by_hand,
    disagreements,
    oracle_of,
    reproduction,
    schedule_of,
)
from tests.features.dips import Dips
from tests.features.discounting import Discounting
from tests.features.legacy import Legacy
from tests.features.pilots import Pilots
from tests.strategies import Size, random_portfolio
from tests.test_judge import plans_to_judge

SEED = 20_270_404
CHUNKS, CHUNK = 10, 20
SMALL = Size(initiatives=(2, 4), needs=(1, 3), periods=(4, 6), duration=(0, 2))


def drawn(case: int) -> Problem:
    """A portfolio with systems, or dips and floors, or all of them."""
    rng = random.Random(f"{SEED}:{case}")
    while True:
        portfolio = random_portfolio(rng, size=SMALL)
        try:
            return Problem(_with_features(rng, portfolio, case % 3))
        except PortfolioError:
            continue


def _with_features(rng: random.Random, portfolio: Portfolio, turn: int) -> Portfolio:
    if rng.random() < 0.2:
        portfolio = Discounting().draw(rng, portfolio)
    if rng.random() < 0.2:
        portfolio = Pilots().draw(rng, portfolio)
    if turn != 1:
        portfolio = Dips().draw(rng, portfolio)
    return Legacy().draw(rng, portfolio) if turn else portfolio


@pytest.mark.parametrize("first", range(0, CHUNKS * CHUNK, CHUNK))
def test_library_agrees_with_the_oracle(first: int) -> None:
    """CP-SAT proves the oracle's optimum, and no list rule breaks a rule or claims too much."""
    for case in range(first, first + CHUNK):
        problem = drawn(case)
        told = list(disagreements(problem, best_by_hand(problem)))
        assert [] == told, reproduction(problem, told)


@pytest.mark.parametrize("first", range(0, CHUNKS * CHUNK, CHUNK))
def test_judge_agrees_with_the_oracle(first: int) -> None:
    """Sound or not, each plan is judged alike: what it keeps, costs and attains."""
    for case in range(first, first + CHUNK):
        problem = Problem(drawn(case).portfolio.replace(discount_rate=None))
        question, needs = oracle_of(problem), problem.portfolio.needs
        for plan in plans_to_judge(random.Random(case), problem):
            found = evaluate(problem, schedule_of(problem, plan))
            times = [question.attained(need.capability, need.level, plan) for need in needs]
            assert (question.sound(plan), question.cost(plan), times) == (
                found.feasible,
                found.objective,
                [found.attainment[need.label] for need in needs],
            ), (problem, plan)


def test_draws_mix_everything() -> None:
    """Dips, floors by date, parallel runs, dependants and blocks all come up."""
    told = "".join(repr(drawn(case).portfolio) for case in range(60))
    wanted = ["lowers={'", "floor={", "parallel=1", "dependants=('", "blocks=('", "retired_by=None"]
    wanted += ["Pilot(", "discount_rate=100"]
    assert [] == [word for word in wanted if word not in told]
