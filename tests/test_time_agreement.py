"""Closed times, people and effort: the judge and the oracle say the same of drawn portfolios."""

from __future__ import annotations

import random

import pytest

from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.problem import Problem
from tests.campaigns.agreement import oracle_of, schedule_of
from tests.features.time import Time
from tests.strategies import random_portfolio
from tests.test_judge import plans_to_judge

SEED = 20_270_404
CHUNK = 20


def drawn(case: int) -> Problem:
    """A small portfolio with facts of the family."""
    rng = random.Random(f"{SEED}:{case}")
    while True:
        try:
            return Problem(Time().draw(rng, random_portfolio(rng)))
        except PortfolioError:
            continue


@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_judge_agrees_with_the_oracle(first: int) -> None:
    """Feasibility, cost and loads are the same, plan by plan."""
    rng = random.Random(first)
    for case in range(first, first + CHUNK):
        problem = drawn(case)
        question = oracle_of(problem)
        for plan in plans_to_judge(rng, problem):
            found = evaluate(problem, schedule_of(problem, plan))
            loads = {team.name: question.load(team.name, plan) for team in problem.portfolio.teams}
            assert (question.sound(plan), question.cost(plan), loads) == (
                found.feasible,
                found.objective,
                {team: list(load) for team, load in found.loads.items()},
            ), (problem, plan, found.violations)
