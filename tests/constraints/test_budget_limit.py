"""Budgets and when money is spent: by hand, judged, posted, told and refused."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.buckets import buckets
from roadmap.constraints import BudgetLimit
from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import Budget, Capability, Initiative, Mode, Need
from roadmap.losses import CostOfDelay
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline

HALF = Timeline("2027-01", 6)


@pytest.mark.parametrize(
    ("words", "duration", "expected"),
    [
        ({}, 3, [(0, 33), (0, 33), (0, 34)]),
        ({"capital": 100}, 3, [(33, 0), (33, 0), (34, 0)]),
        ({"capital": 50}, 3, [(16, 17), (17, 16), (17, 17)]),
        ({"spend": "start", "capital": 33}, 3, [(33, 67), (0, 0), (0, 0)]),
        ({"spend": "finish"}, 3, [(0, 0), (0, 0), (0, 100)]),
        ({"spend": "finish", "capital": 1}, 0, [(1, 99)]),
        ({}, 1, [(0, 100)]),
    ],
)
def test_outlays(words: dict[str, Any], duration: int, expected: list[tuple[int, int]]) -> None:
    """Capital and operating money of each period, for a cost of 100."""
    assert expected == list(Mode("m", duration, cost=100, **words).outlays(duration))


@pytest.mark.parametrize("cost", [0, 1, 2, 7, 99, 100, 2**31 - 1])
@pytest.mark.parametrize("capital", [0, 1, 33, 50, 99, 100])
def test_shares_sum_exactly(cost: int, capital: int) -> None:
    """Over any time, shares are never negative, differ by one at most and sum to the cost."""
    for duration in range(12):
        shares = Mode("m", duration, cost=cost, capital=capital).outlays(duration)
        sums = [sum(share) for share in shares]
        assert cost == sum(sums)
        assert cost * capital // 100 == sum(share[0] for share in shares)
        assert 0 <= min(min(share) for share in shares)
        assert 1 >= max(sums) - min(sums)


def test_when_money_is_spent() -> None:
    """In the periods of the work; a milestone at the end of the timeline in the last of them."""
    facts = Portfolio(
        timeline=HALF,
        initiatives=[
            Initiative("A", duration=2, cost=5),
            Initiative("go", duration=0, cost=3),
            Initiative("left out", duration=1, cost=9, optional=True),
        ],
    )
    plan = Plan(facts, Schedule.of(facts, {"A": 3, "go": 6}))
    assert ((3, 2), (4, 3)) == plan.outlays("A")
    assert ((5, 3),) == plan.outlays("go")
    assert () == plan.outlays("left out")
    assert 3 == plan.spent("A", range(4, 6))
    assert 0 == plan.spent("A", range(4, 6), "capital")


def test_fiscal_years() -> None:
    """A period belongs to the fiscal year of its first day; what is cut off stays a year."""
    timeline = Timeline("2027-05", 16, fiscal_year_start=7)
    assert [
        (range(2), "in fiscal year 2027"),
        (range(2, 14), "in fiscal year 2028"),
        (range(14, 16), "in fiscal year 2029"),
    ] == [(bucket.periods, bucket.label) for bucket in buckets(timeline, "fiscal year")]
    weeks = Timeline("2027-12-20", 4, "week")
    assert [range(2), range(2, 4)] == [b.periods for b in buckets(weeks, "fiscal year")]
    assert [(range(16), "in all")] == [(b.periods, b.label) for b in buckets(timeline, "total")]
    assert 16 == len(buckets(timeline, "period"))


def two(*budgets: Budget, **words: Any) -> Portfolio:
    """Two needs and the work for them, which costs 10 a month each."""
    return Portfolio(
        timeline=Timeline("2027-01", 6, fiscal_year_start=4),
        capabilities=[Capability("a"), Capability("b")],
        needs=[Need("a", 1, CostOfDelay(7)), Need("b", 1, CostOfDelay(5))],
        initiatives=[
            Initiative(
                "A",
                duration=2,
                cost=20,
                raises={"a": 1},
                category="improve",
                owner="Retail",
                capital=50,
            ),
            Initiative("B", duration=2, cost=20, raises={"b": 1}, **words),
        ],
        budgets=budgets,
    )


def judged(budget: Budget, a: int, b: int) -> list[tuple[str, tuple[str, ...], int]]:
    """What the judge says of two starts under a budget."""
    facts = two(budget)
    found = evaluate(facts, Schedule.of(facts, {"A": a, "B": b})).violations
    return [(item.message, item.who, item.amount) for item in found]


@pytest.mark.parametrize(
    ("budget", "starts", "told"),
    [
        (Budget("x", 40), (0, 0), []),
        (Budget("x", 39), (0, 0), [("x: 40 is spent in all, and there is 39", "AB", 1)]),
        (Budget("x", 10, "period"), (0, 2), []),
        (
            Budget("x", 10, "period"),
            (0, 1),
            [("x: 20 is spent in 2027-02, and there is 10", "AB", 10)],
        ),
        (Budget("x", 10, "period", carry_over=True), (1, 2), []),
        (
            Budget("x", 10, "period", carry_over=True),
            (0, 1),
            [
                ("x: 30 is spent up to and with 2027-02, and there is 20", "AB", 10),
                ("x: 40 is spent up to and with 2027-03, and there is 30", "AB", 10),
            ],
        ),
        (Budget("x", 20, "fiscal year"), (0, 3), []),
        (
            Budget("x", 20, "fiscal year"),
            (0, 2),
            [("x: 30 is spent in fiscal year 2027, and there is 20", "AB", 10)],
        ),
        (Budget("x", {"2027-01": 0, "2027-04": 40}, "fiscal year"), (3, 4), []),
        (Budget("x", {0: 20, "2027-03": 0}, "period"), (0, 0), []),
        (
            Budget("x", 0, owners=["Retail"], categories=["improve"]),
            (0, 0),
            [("x: 20 is spent in all, and there is 0", "A", 20)],
        ),
        (Budget("x", 0, owners=["Retail"], initiatives=["B"]), (0, 0), []),
        (Budget("x", 10, money="capital"), (0, 0), []),
        (
            Budget("x", 29, money="operating"),
            (0, 0),
            [("x: 30 is spent in all, and there is 29", "AB", 1)],
        ),
    ],
)
def test_judged_by_hand(
    budget: Budget, starts: tuple[int, int], told: list[tuple[str, str, int]]
) -> None:
    """Per period, per fiscal year and in all; carried over; by date; by scope; by kind of money."""
    expected = [(message, tuple(who), amount) for message, who, amount in told]
    assert expected == judged(budget, *starts)


@pytest.mark.parametrize(
    ("budget", "cost"),
    [
        (Budget("x", 40), 64),
        (Budget("x", 10, "period"), 74),
        (Budget("x", {0: 0, "2027-02": 20}, "period", carry_over=True), 76),
        (Budget("x", {0: 0, "2027-03": 20}, "period", carry_over=True), 88),
        (Budget("x", 20, "fiscal year"), 79),
        (Budget("x", 30, "fiscal year"), 74),
        (Budget("x", 10, "period", price=1), 74),
        (Budget("x", 39), None),
    ],
)
def test_the_optimum_under_a_budget(budget: Budget, cost: int | None) -> None:
    """Two at once cost 64; one after the other 74; waiting for money more; infeasible is told."""
    result = solve(two(budget))
    assert (cost, cost) == (result.objective, result.bound)


def test_the_price_of_a_budget() -> None:
    """Lifted by its name, the same problem costs less by what the budget costs."""
    problem = Problem(two(Budget("change", 10, "period", basis="policy")))
    rule = problem.constraints[-1]
    assert ("budget of change", "policy") == (rule.name, rule.basis)
    assert (74, 64) == (
        solve(problem).objective,
        solve(problem.without("budget of change")).objective,
    )
    again = problem.without("budget of change").with_(BudgetLimit(Budget("b", 10, "period")))
    assert 74 == solve(again).objective


def test_what_it_says() -> None:
    """A sentence with the first and the last amount, and the kind of money."""
    facts = two(
        Budget("change", {"2027-01": 1_000, "2027-04": 20}, "fiscal year"),
        Budget("assets", 7, money="capital"),
    )
    assert [
        "change may cost at most 1,000 in fiscal year 2027 (and 20 in fiscal year 2028)",
        "assets may cost in capital expenditure at most 7 in all",
    ] == [rule.sentence(facts) for rule in Problem(facts).constraints[-2:]]


def test_modes_spend_in_their_own_way() -> None:
    """Bought at once or built over time: a budget a month leaves only the slow way."""
    modes = [
        Mode("buy", 1, cost=20, spend="start"),
        Mode("build", 3, cost=30, capital=100),
    ]
    facts = two(Budget("x", 10, "period")).replace(
        initiatives=[
            Initiative("A", modes=modes, raises={"a": 1}),
            Initiative("B", duration=0, raises={"b": 1}),
        ]
    )
    assert "build" == solve(facts).require()["A"].mode
    assert "buy" == solve(facts.replace(budgets=[])).require()["A"].mode


@pytest.mark.parametrize(
    ("budget", "path", "problem", "remedy"),
    [
        (
            Budget("x", {0: 1, 1: 2}),
            "amount",
            "it changes, but there is one for the whole time",
            "write one number",
        ),
        (
            Budget("x", [1] * 6, "fiscal year"),
            "amount",
            "it states periods, but there is one for each fiscal year",
            "write one number, or {date: number} with the year's first period",
        ),
        (
            Budget("x", {"2027-01": 1, "2027-05": 2}, "fiscal year"),
            "amount.2027-05",
            "no fiscal year begins in 2027-05",
            "fiscal years here begin in 2027-01, 2027-04",
        ),
        (
            Budget("x", 1, owners=["Retial"]),
            "owners[0]",
            "no initiative is owned by 'Retial'",
            "did you mean 'Retail'?",
        ),
        (
            Budget("x", 1, categories=["improv"]),
            "categories[0]",
            "unknown category 'improv'",
            "did you mean 'improve'?",
        ),
        (Budget("x", 1, price=0), "price", "0 is too small", "at least 1"),
        (Budget("x", -1), "amount", "-1 is too small", "at least 0"),
    ],
)
def test_what_is_refused(budget: Budget, path: str, problem: str, remedy: str) -> None:
    """Amounts that do not fit the stretch of time, and scopes that nothing is in."""
    with pytest.raises(PortfolioError) as refused:
        two(budget)
    faults = [(fault.path, fault.problem, fault.remedy) for fault in refused.value.faults]
    assert [(f"budgets[0].{path}", problem, remedy)] == faults


def test_how_modes_and_initiatives_say_it_once() -> None:
    """With modes, when and as what money is spent stands in the modes."""
    with pytest.raises(PortfolioError) as refused:
        Portfolio(
            timeline=HALF,
            initiatives=[
                Initiative("A", modes=[Mode("m", 1)], spend="start", capital=5),
            ],
        )
    assert ["initiatives[0].spend", "initiatives[0].capital"] == [
        fault.path for fault in refused.value.faults
    ]
