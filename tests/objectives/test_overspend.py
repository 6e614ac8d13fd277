"""Spending beyond a budget at a price."""

from __future__ import annotations

import pytest

from roadmap.evaluation import evaluate
from roadmap.facts import Budget, Initiative
from roadmap.objectives import Overspend
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.timeline import Timeline


def facts(*budgets: Budget) -> Portfolio:
    """Two months of work at 10 a month, and one at 5."""
    return Portfolio(
        timeline=Timeline("2027-01", 4),
        initiatives=[
            Initiative("A", duration=2, cost=20),
            Initiative("B", duration=1, cost=5),
        ],
        budgets=budgets,
    )


@pytest.mark.parametrize(
    ("budget", "starts", "cost"),
    [
        (Budget("x", 15, "period", price=3), (0, 0), 0),
        (Budget("x", 10, "period", price=3), (0, 0), 15),
        (Budget("x", 8, "period", price=3), (0, 0), 3 * (7 + 2)),
        (Budget("x", 20, price=2), (0, 3), 10),
        (Budget("x", 10, "period", price=1, carry_over=True), (1, 0), 0),
        (Budget("x", 10, "period", price=1, carry_over=True), (0, 0), 5 + 5),
        (Budget("x", 6, "period", price=1, carry_over=True), (0, 3), 4 + 8 + 2 + 1),
    ],
)
def test_by_hand(budget: Budget, starts: tuple[int, int], cost: int) -> None:
    """Each stretch pays for what is beyond it; carried over, for what is owed at its end."""
    portfolio = facts(budget)
    evaluation = evaluate(portfolio, Schedule.of(portfolio, {"A": starts[0], "B": starts[1]}))
    assert evaluation.feasible
    assert {"x": cost} == evaluation.amounts["overspend"]


def test_it_counts_only_where_a_price_is_stated() -> None:
    """A hard budget is a rule and no term; without budgets, nothing is new."""
    hard, soft = Budget("hard", 25), Budget("soft", 5, price=1)
    assert ["urgency", "delivery cost"] == [t.name for t in Problem(facts(hard)).objective]
    both = Problem(facts(hard, soft))
    assert ["urgency", "delivery cost", "overspend"] == [term.name for term in both.objective]
    assert ["budget of hard"] == [r.name for r in both.constraints if "budget" in r.name]
    assert "money that is paid for spending beyond budgets" == Overspend().sentence(both.portfolio)
