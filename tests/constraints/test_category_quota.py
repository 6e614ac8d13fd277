"""Quotas of money and capacity: by hand, posted, told and refused."""

from __future__ import annotations

import pytest

from roadmap.constraints import CategoryQuota
from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import Initiative, Quota, Team
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline


def facts(*quotas: Quota) -> Portfolio:
    """Running 30 a month for two, exploring 10 a month for three, both with people."""
    return Portfolio(
        timeline=Timeline("2027-01", 6, fiscal_year_start=4),
        teams=[Team("red", 4), Team("blue", 4)],
        initiatives=[
            Initiative(
                "run", duration=2, demand={"red": 2}, cost=60, category="maintain", capital=50
            ),
            Initiative(
                "explore",
                duration=3,
                demand={"red": 1, "blue": 1},
                cost=30,
                optional=True,
                category="transform",
            ),
            Initiative("other", duration=1, cost=10, optional=True),
        ],
        quotas=quotas,
    )


def judged(quota: Quota, **starts: int) -> list[tuple[str, tuple[str, ...], int]]:
    """What the judge says of a plan under a quota."""
    portfolio = facts(quota)
    found = evaluate(portfolio, Schedule.of(portfolio, starts)).violations
    return [(item.message, item.who, item.amount) for item in found]


@pytest.mark.parametrize(
    ("quota", "starts", "told"),
    [
        (Quota("q", "transform", least=30), {"run": 0, "explore": 0}, []),
        (
            Quota("q", "transform", least=31),
            {"run": 0, "explore": 0},
            [("q: transform has 30 in all, and needs 31", ("explore",), 1)],
        ),
        (
            Quota("q", "transform", least=1),
            {"run": 0},
            [("q: transform has 0 in all, and needs 1", (), 1)],
        ),
        (
            Quota("q", "maintain", most=20, per="period"),
            {"run": 3},
            [
                ("q: maintain has 30 in 2027-04, and may have 20", ("run",), 10),
                ("q: maintain has 30 in 2027-05, and may have 20", ("run",), 10),
            ],
        ),
        (Quota("q", "transform", least=30, percent=True), {"run": 0, "explore": 0, "other": 0}, []),
        (
            Quota("q", "transform", least=31, percent=True),
            {"run": 0, "explore": 0, "other": 0},
            [("q: transform has 30 in all of 100, and needs 31 %", ("explore",), 1)],
        ),
        (
            Quota("q", "transform", most=29, percent=True),
            {"run": 0, "explore": 0, "other": 0},
            [("q: transform has 30 in all of 100, and may have 29 %", ("explore",), 1)],
        ),
        (
            Quota("q", "transform", least=25, percent=True, per="fiscal year"),
            {"run": 0, "explore": 2},
            [
                (
                    "q: transform has 10 in fiscal year 2027 of 70, and needs 25 %",
                    ("explore",),
                    8,
                )
            ],
        ),
        (
            Quota("q", "transform", least=100, percent=True, per="period"),
            {"run": 0},
            [
                ("q: transform has 0 in 2027-01 of 30, and needs 100 %", (), 30),
                ("q: transform has 0 in 2027-02 of 30, and needs 100 %", (), 30),
            ],
        ),
        (Quota("q", "transform", "capacity", least=6, most=6), {"run": 0, "explore": 0}, []),
        (
            Quota("q", "transform", "capacity", least=3, most=3, teams=["blue"]),
            {"run": 0, "explore": 0},
            [],
        ),
        (Quota("q", "maintain", "capacity", most=40, percent=True), {"run": 0, "explore": 0}, []),
        (Quota("q", "maintain", "capital", least=100, percent=True), {"run": 0, "explore": 0}, []),
        (
            Quota("q", "maintain", "operating", most=29),
            {"run": 0},
            [("q: maintain has 30 in all, and may have 29", ("run",), 1)],
        ),
    ],
)
def test_judged_by_hand(
    quota: Quota, starts: dict[str, int], told: list[tuple[str, tuple[str, ...], int]]
) -> None:
    """Absolute and as percentages, of money and of capacity, in each stretch of time."""
    assert told == judged(quota, **starts)


def test_a_quota_holds_in_each_period_and_not_only_in_total() -> None:
    """Work that satisfies the total is spread so that each month has its share."""
    whole = facts(Quota("q", "transform", least=20, percent=True))
    assert [] == [*evaluate(whole, Schedule.of(whole, {"run": 0, "explore": 3})).violations]
    monthly = facts(Quota("q", "transform", least=20, percent=True, per="period"))
    plan = solve(monthly).require()
    assert plan["explore"].start <= plan["run"].start
    assert plan["run"].finish <= plan["explore"].finish


def test_the_price_of_a_quota() -> None:
    """A share for exploring costs what it spends; lifted or added by its name."""
    problem = Problem(
        facts(Quota("exploring", "transform", least=10, percent=True, basis="policy"))
    )
    rule = problem.constraints[-1]
    assert ("quota of exploring", "policy") == (rule.name, rule.basis)
    free = problem.without("quota of exploring")
    assert (90, 60) == (solve(problem).objective, solve(free).objective)
    added = free.with_(CategoryQuota(Quota("most", "maintain", most=70, percent=True)))
    assert 90 == solve(added).objective


def test_what_cannot_be_kept_is_infeasible() -> None:
    """A least share that no work can take has no plan; a bound of nothing at all has one."""
    assert solve(facts(Quota("q", "improve", least=1))).schedule is None
    assert solve(facts(Quota("q", "improve", least=0))).schedule is not None


def test_what_it_says() -> None:
    """The bounds, what of, and when."""
    portfolio = facts(
        Quota("a", "transform", least=10, most=20, percent=True, per="fiscal year"),
        Quota("b", "maintain", "capital", most=1_000),
        Quota("c", "improve", "capacity", least=5, per="period"),
    )
    assert [
        "transform has at least 10 % and at most 20 % of the money in each fiscal year",
        "maintain has at most 1,000 of the capital expenditure in all",
        "improve has at least 5 of the capacity used in each period",
    ] == [rule.sentence(portfolio) for rule in Problem(portfolio).constraints[-3:]]


@pytest.mark.parametrize(
    ("quota", "path", "problem"),
    [
        (Quota("q", "transform"), "quotas[0]", "it has no bound"),
        (Quota("q", "transform", least=3, most=2), "quotas[0].least", "3 is more than 2"),
        (
            Quota("q", "transform", most=101, percent=True),
            "quotas[0].most",
            "101 is no percentage",
        ),
        (
            Quota("q", "transform", most=1, teams=["red"]),
            "quotas[0].teams",
            "it counts money, which no team has",
        ),
        (
            Quota("q", "transform", "capacity", most=1, teams=["green"]),
            "quotas[0].teams[0]",
            "unknown team 'green'",
        ),
        (Quota("q", "transfrom", most=1), "quotas[0].category", "unknown category 'transfrom'"),
    ],
)
def test_what_is_refused(quota: Quota, path: str, problem: str) -> None:
    """No bound, bounds crossed, no percentage, teams of money, and unknown names."""
    with pytest.raises(PortfolioError) as refused:
        facts(quota)
    assert [(path, problem)] == [(f.path, f.problem) for f in refused.value.faults]
