"""Every statement on some four hundred small portfolios by chance, against all their plans."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.explaining import checks
from tests.explaining.worlds import drawn, feasible, infeasible, kind, various

CASES = 38
"""Portfolios for each family of statements."""


@pytest.mark.parametrize("seed", feasible(0, CASES))
def test_why(seed: int) -> None:
    """The reasons are the rules that one period sooner breaks; the float is free, no more is."""
    checks.check_why(drawn(seed))


@pytest.mark.parametrize("seed", feasible(1000, CASES, busy=True))
def test_slips(seed: int) -> None:
    """Derived costs of delay are differences of optima, never below zero, or not possible."""
    checks.check_slips(drawn(seed, busy=True))


@pytest.mark.parametrize("seed", feasible(1500, CASES // 2))
def test_units_of_teams(seed: int) -> None:
    """A unit of a team in a period is worth the optimum without it less the optimum."""
    checks.check_units_of_teams(drawn(seed))


@pytest.mark.parametrize("seed", feasible(2000, CASES))
def test_why_not(seed: int) -> None:
    """A forced start costs the difference of optima, or is forbidden by a smallest set of rules."""
    checks.check_why_not(drawn(seed))


@pytest.mark.parametrize("seed", feasible(3000, CASES, busy=True))
def test_why_left_out(seed: int) -> None:
    """What is left out enters at the difference of optima, solved on both sides."""
    checks.check_why_left_out(drawn(seed, busy=True))


@pytest.mark.parametrize("seed", feasible(4000, CASES, busy=True))
def test_delays(seed: int) -> None:
    """The dates are the earliest under ever more rules; the parts sum to the planned date."""
    checks.check_delays(drawn(seed, busy=True))


@pytest.mark.parametrize("seed", feasible(5000, CASES, busy=True))
def test_audit(seed: int) -> None:
    """Each verdict is what all plans say: prices, joint prices and what the others entail."""
    checks.check_audit(drawn(seed, busy=True))


@pytest.mark.parametrize("seed", infeasible(6000, CASES))
def test_conflicts(seed: int) -> None:
    """All smallest conflicts and all repairs are found, each with its cost."""
    checks.check_conflicts(drawn(seed))
    checks.check_few_conflicts(drawn(seed))


@pytest.mark.parametrize("seed", feasible(7000, CASES, busy=True))
def test_what_would_it_take(seed: int) -> None:
    """Changes are enough, and smallest; dates are earliest; the most needs are met together."""
    checks.check_what_would_it_take(drawn(seed, busy=True))


@pytest.mark.parametrize("seed", feasible(8000, CASES, busy=True))
def test_needs_that_matter(seed: int) -> None:
    """The best few needs save what exhaustive search over sets and plans says; so do the dates."""
    checks.check_needs_that_matter(drawn(seed, busy=True))


@pytest.mark.parametrize("seed", range(20))
def test_all_kinds_of_rules(seed: int) -> None:
    """The same holds where budgets, freezes, choices, pilots and all the others are mixed in."""
    problem = various(seed)
    if not checks.has_plan(problem):
        checks.check_conflicts(problem)
        return
    checks.check_why_not(problem)
    checks.check_slips(problem)
    checks.check_audit(problem)
    checks.check_why_left_out(problem)
    checks.check_what_would_it_take(problem)


def test_the_kinds_are_drawn() -> None:
    """The portfolios hold every kind of rule, work that is left out, and modes."""
    seen: Counter[str] = Counter()
    for seed in range(200):
        problem = drawn(seed, busy=True)
        seen.update(kind(rule.name) for rule in problem.constraints)
        seen["optional"] += any(item.optional for item in problem.portfolio.initiatives)
        seen["modes"] += any(len(item.ways) > 1 for item in problem.portfolio.initiatives)
    wanted = {"dependencies", "scope", "teams", "calendars", "optional", "modes"}
    assert wanted == {name for name in wanted if seen[name] > 20}
