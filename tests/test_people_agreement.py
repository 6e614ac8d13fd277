"""Softness and people: the library against exhaustive search, case by case."""

from __future__ import annotations

import random

import pytest

from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.problem import Problem
from tests.campaigns.agreement import (
    best_by_hand,
    disagreements,
    oracle_of,
    reproduction,
    schedule_of,
)
from tests.features.people import People
from tests.features.softness import Softness
from tests.strategies import Size, random_portfolio
from tests.test_judge import plans_to_judge

SEED = 20_270_506
CHUNKS, CHUNK = 10, 20
SMALL = Size(initiatives=(2, 4), teams=(1, 2), needs=(1, 3), periods=(3, 6), duration=(0, 3))


def drawn(case: int) -> Problem:
    """A portfolio with softness, with limits on people, or with both; often a rule is lifted."""
    rng = random.Random(f"{SEED}:{case}")
    while True:
        portfolio = random_portfolio(rng, size=SMALL)
        try:
            if case % 3 != 1:
                portfolio = Softness().draw(rng, portfolio)
            if case % 3:
                portfolio = People().draw(rng, portfolio)
        except PortfolioError:
            continue
        problem = Problem(portfolio)
        lifted = sorted({rule.name for rule in problem.constraints})
        return problem.without(rng.choice(lifted)) if lifted and case % 5 == 0 else problem


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
        problem = drawn(case)
        oracle = oracle_of(problem)
        for plan in plans_to_judge(random.Random(case), problem):
            judged = evaluate(problem, schedule_of(problem, plan))
            met = {need.label: oracle.met(need, plan) for need in problem.portfolio.needs}
            assert oracle.judge(plan) == (judged.feasible, judged.objective)
            assert {name: oracle.term(name, plan) for name in judged.terms} == judged.terms
            assert met == judged.attainment
