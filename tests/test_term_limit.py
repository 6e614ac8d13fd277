"""Limits on terms of the objective, whatever the terms count: against all sound plans."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from typing import Any

import pytest

import roadmap as rm
from tests.campaigns.agreement import oracle_of, plan_of, solved
from tests.features import mixed
from tests.oracle import Plan
from tests.strategies import TINY, random_portfolio

SEEDS = range(2600, 2700)


@cache
def drawn(seed: int) -> rm.Problem:
    """A tiny problem with features of every family."""
    rng = random.Random(seed)
    return rm.Problem(mixed(rng, random_portfolio(rng, size=TINY)))


@cache
def plans(seed: int) -> tuple[Plan, ...]:
    """All its sound plans."""
    return tuple(oracle_of(drawn(seed)).sound_plans())


def limited(seed: int) -> rm.TermLimit | None:
    """Terms by chance, limited to what some sound plan costs; ``None`` where no plan is sound."""
    rng = random.Random(seed)
    if not plans(seed):
        return None
    terms = rng.sample(drawn(seed).objective, rng.randint(1, 2))
    amounts = sorted({cost(seed, terms, plan) for plan in plans(seed)})
    return rm.TermLimit(terms, rng.choice(amounts) - rng.randint(0, 1))


def cost(seed: int, terms: list[rm.Objective], plan: Plan) -> int:
    """What a plan costs under some terms, by the oracle."""
    oracle = oracle_of(drawn(seed))
    return sum(oracle.term(term.name, plan) for term in terms)


BOUND = [seed for seed in SEEDS if limited(seed) is not None]


@pytest.mark.parametrize("seed", BOUND)
def test_the_best_plan_within_a_limit_is_found(seed: int) -> None:
    """The cheapest of all sound plans that stay within it; none, where none does."""
    problem, limit = drawn(seed), limited(seed)
    assert limit is not None
    oracle = oracle_of(problem)
    terms = list(limit.terms)
    within = [plan for plan in plans(seed) if cost(seed, terms, plan) <= limit.most]
    expected = min((oracle.cost(plan) for plan in within), default=None)
    result = solved(problem.with_(limit))
    assert expected == result.objective
    assert (expected is None) == (result.status is rm.Status.INFEASIBLE)
    if result.schedule is not None:
        assert cost(seed, terms, plan_of(problem, result.schedule)) <= limit.most


def test_every_term_is_limited_in_some_case() -> None:
    """Those above cover what is lost, spent, owed, paid for too much, and opened late."""
    found = Counter(
        term.name for seed in BOUND for term in (limited(seed) or rm.TermLimit([], 0)).terms
    )
    assert {"urgency", "delivery cost", "run cost", "debt", "option value"} <= found.keys()
    assert {"overtime", "lateness", "overspend"} & found.keys()


def test_a_limit_is_judged_and_said() -> None:
    """By how much a plan goes beyond it, its name and its sentence."""
    facts = rm.read("docs/examples/five.yaml")
    best = rm.solve(facts).require()
    limit = rm.TermLimit([rm.Urgency(), rm.DeliveryCost()], 900)
    problem = rm.Problem(facts).with_(limit)
    (violation,) = rm.evaluate(problem, best).violations
    assert 12 == violation.amount
    assert "urgency and delivery cost at most 900" == limit.name == violation.rule
    assert "urgency and delivery cost comes to at most 900" == limit.sentence(facts)
    assert rm.Status.INFEASIBLE is rm.solve(problem).status


def test_a_term_that_costs_nothing_here_is_limited_all_the_same() -> None:
    """The limited term need not be one of the problem's own."""
    facts = rm.read("docs/examples/five.yaml")
    alone = rm.Problem(facts, objective=(rm.Makespan(),))
    result = rm.solve(alone.with_(rm.TermLimit([rm.Urgency()], 912)))
    assert result.schedule is not None
    assert 912 == rm.evaluate(facts, result.schedule).terms["urgency"]


def test_wrong_limits_are_refused() -> None:
    """Every fault at once, each with its place."""
    problem = rm.Problem(rm.read("docs/examples/five.yaml"))
    wrong: dict[str, Any] = {"terms": ["urgency"], "most": "900"}
    with pytest.raises(rm.ProblemError) as caught:
        problem.with_(rm.TermLimit([], 900), rm.TermLimit(wrong["terms"], wrong["most"]))
    assert ["TermLimit.terms", "TermLimit.terms[0]", "TermLimit.most"] == [
        fault.path for fault in caught.value.faults
    ]
