"""A latest finish that may be passed at a price for each period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from roadmap.constraints import LatestFinish
from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import Initiative, Team
from roadmap.objectives import Lateness
from roadmap.parts import Event, EventKey, EventLoss, Member
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline


def facts(**changes: Any) -> Portfolio:
    """Work of two months that is due by the end of March, in six months."""
    said: dict[str, Any] = {
        "duration": 2,
        "latest_finish": "2027-03",
        "lateness_price": 10,
        "optional": True,
    }
    item = Initiative("A", **(said | changes))
    return Portfolio(timeline=Timeline("2027-01", 6), initiatives=[item])


@pytest.mark.parametrize(
    ("starts", "paid"),
    [
        ({}, {}),
        ({"A": 0}, {"A": 0}),
        ({"A": 1}, {"A": 0}),
        ({"A": 2}, {"A": 10}),
        ({"A": 4}, {"A": 30}),
    ],
)
def test_each_period_after_the_date_costs(
    starts: Mapping[str, int], paid: Mapping[str, int]
) -> None:
    """In time or left out it costs nothing."""
    portfolio = facts()
    judged = evaluate(portfolio, Schedule.of(portfolio, starts))
    assert (True, paid) == (judged.feasible, judged.amounts["lateness"])


def test_what_has_a_price_is_no_rule() -> None:
    """Without one it is; and it can be added."""
    soft, hard = Problem(facts()), Problem(facts(lateness_price=None))
    assert ([], ["latest finish of A"]) == tuple(
        [rule.name for rule in problem.constraints] for problem in (soft, hard)
    )
    assert not Lateness.applies(hard.portfolio)
    kept = soft.with_(LatestFinish("A", "2027-03"))
    judged = evaluate(kept, Schedule.of(kept.portfolio, {"A": 3}))
    assert ["latest finish of A"] == [each.rule for each in judged.violations]


def test_the_dearer_one_is_in_time() -> None:
    """Two pieces of work on one team, both due when one can be done: 20 beats 7."""
    items = [
        Initiative(name, duration=2, demand={"t": 1}, latest_finish=2, lateness_price=price)
        for name, price in (("A", 7), ("B", 20))
    ]
    portfolio = Portfolio(timeline=Timeline("2027-01", 6), teams=[Team("t", 1)], initiatives=items)
    result = solve(portfolio, solver="cpsat")
    assert (14, 2) == (result.objective, result.require()["A"].start)


def test_posting() -> None:
    """An event that also happens when the work is left out, and its loss."""
    key = EventKey("A", 0, "finished or left out")
    assert [
        Event(key, (Member("A"),), 1, absent_counts=True),
        EventLoss(key, (0, 0, 0, 0, 10, 20, 30), "A"),
    ] == list(Lateness().post(facts()))


def test_term_reads_in_business_words() -> None:
    """It has a name and a sentence."""
    told = "money lost by finishing after the agreed dates"
    assert ("lateness", told) == (Lateness().name, Lateness().sentence(facts()))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"latest_finish": None},
            "initiatives[0].lateness_price: there is no latest finish after which it could be "
            "late; add a latest_finish, or take it out",
        ),
        ({"lateness_price": -1}, "initiatives[0].lateness_price: -1 is too small; at least 0"),
    ],
)
def test_faults(changes: Mapping[str, Any], told: str) -> None:
    """A price of lateness has a date to be late for, and is not negative."""
    with pytest.raises(PortfolioError) as refused:
        facts(**changes)
    assert [told] == [str(fault) for fault in refused.value.faults]
