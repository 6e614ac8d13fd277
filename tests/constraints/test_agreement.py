"""Judge, exhaustive search, CP-SAT and list rules agree on what is used up, chosen and ordered."""

from __future__ import annotations

import random

import pytest

from roadmap.constraints import Alternatives, Consumption, Succession
from roadmap.problem import Problem
from roadmap.rules import Constraint
from tests.campaigns.agreement import best_by_hand, disagreements, reproduction
from tests.strategies import random_problem

CASES = 200
CHUNK = 20


def drawn(case: int) -> Problem:
    """A small question with one to three of these rules in it."""
    rng = random.Random(f"choice {case}")
    problem = random_problem(rng)
    rules = [_rule(rng, problem) for _ in range(rng.randint(1, 3))]
    return problem.with_(*{rule.name: rule for rule in rules}.values())


def _rule(rng: random.Random, problem: Problem) -> Constraint:
    initiatives = problem.portfolio.initiatives
    names = [item.name for item in initiatives]
    kind = rng.choice(("consumption", "selection", "succession"))
    if kind == "succession" and len(names) > 1:
        return Succession(*rng.sample(names, 2))
    if kind == "selection":
        among = rng.sample(names, rng.randint(1, len(names)))
        least = rng.randint(0, min(2, len(among)))
        most = rng.choice((None, rng.randint(least, len(among))))
        return Alternatives(among, least, most, given=rng.choice((None, *names)))
    amounts = {
        item.name: {way.name: rng.randint(0, 3) for way in item.ways if rng.random() < 0.8}
        for item in initiatives
    }
    return Consumption("licences", amounts, rng.randint(0, 6))


def test_the_rules_change_what_is_best() -> None:
    """Many of the cases have another optimum than without the rules; some lose every plan."""
    pairs = [
        (best_by_hand(problem), best_by_hand(problem.without(*problem.added[-1:])))
        for problem in map(drawn, range(CASES))
    ]
    assert sum(kept != lifted for kept, lifted in pairs) > CASES // 5
    assert sum(kept is None and lifted is not None for kept, lifted in pairs) > CASES // 20


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_all_say_the_same(first: int) -> None:
    """The optimum, its plans, their costs, and that no list rule breaks what it claims to keep."""
    for case in range(first, first + CHUNK):
        problem = drawn(case)
        told = list(disagreements(problem, best_by_hand(problem)))
        assert [] == told, reproduction(problem, told)
