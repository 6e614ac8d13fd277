"""Closed times, people and effort: oracle, judge and solvers say the same of drawn cases."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.problem import Problem
from roadmap.variants import Variant
from tests.campaigns.agreement import (
    best_by_hand,
    disagreements,
    oracle_of,
    reproduction,
    schedule_of,
)
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


@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_solvers_agree_with_the_oracle(first: int) -> None:
    """CP-SAT finds the oracle's optimum, and no list rule breaks a rule or beats it."""
    for case in range(first, first + CHUNK):
        problem = drawn(case)
        found = list(disagreements(problem, best_by_hand(problem)))
        assert [] == found, reproduction(problem, found)


def test_draws_have_the_whole_family() -> None:
    """Each kind of fact comes up, and so does an effort whose length depends on its start."""
    facts = [drawn(case).portfolio for case in range(200)]
    told = "".join(map(repr, facts))
    wanted = ["Freeze(", "Blackout(", "ReleaseCalendar(", "Holiday(", "Absence(", "Member("]
    wanted += ["effort=1", "every=2", "skills={'team", "teams=('team", "categories=('"]
    assert [] == [word for word in wanted if word not in told]
    assert 10 < sum(_depends(item) for each in facts for item in each.variants.values())


def _depends(variants: Sequence[Variant]) -> bool:
    lengths = {variant.duration for variant in variants if variant.mode.effort}
    return len(lengths) > 1
