"""Discounting: factors, losses and costs as hand sums have them."""

from __future__ import annotations

import math
from typing import Any

import pytest

from roadmap.discounting import SCALE, factors, present_losses, present_value
from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import Capability, Initiative, Mode, Need
from roadmap.losses import CostOfDelay, Deadline, Fading, Loss, Table, Window
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.render._lost import lost
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import UNITS, Timeline


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("rate", [0, 3.5, 7, 10, 33.33, 100])
def test_factors(unit: str, rate: float) -> None:
    """The n-th power of the effective rate, to twelve decimals; the first counts in full."""
    timeline = Timeline("2027-01-01", 40, unit)
    years = {"day": 1 / 365, "week": 7 / 365, "month": 1 / 12, "quarter": 1 / 4}[unit]
    found = factors(rate, timeline)
    assert SCALE == found[0]
    assert 41 == len(found)
    for boundary, factor in enumerate(found):
        assert math.isclose(SCALE * (1 + rate / 100) ** (-boundary * years), factor, abs_tol=1)


def test_a_whole_year_counts_as_the_rate_says() -> None:
    """At 25 percent, 12 months later money counts 0.8, and 24 months later 0.64."""
    found = factors(25, Timeline("2027-01", 24))
    assert (8 * SCALE // 10, 64 * SCALE // 100) == (found[12], found[24])


def test_sums_are_rounded_once_and_half_up() -> None:
    """Products are summed before they are rounded; a half is rounded up, below nought as well."""
    half = [SCALE, SCALE // 2]
    assert 2 == present_value([(1, 1), (1, 2)], half)
    assert 1 == present_value([(1, 1)], half)
    assert 0 == present_value([(1, -1)], half)
    assert 3 == present_value([(0, 3)], half)


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (CostOfDelay(30), [0, 30, 58, 85, 110]),
        (Deadline(2, penalty=100, rate=10), [0, 0, 0, 98, 106]),
        (Window(80, closes=2), [0, 0, 0, 71, 71]),
        (Window(80, closes=2, opens=1), [80, 0, 0, 71, 67]),
        (Table([5, 5, 40]), [5, 5, 38, 38, 38]),
        (Table([40, 20, 0]), [40, 20, 0, 0, 0]),
        (Fading(100, 50), [0, 100, 147, 169, 179]),
    ],
)
def test_losses_by_hand(loss: Loss, expected: list[int]) -> None:
    """At 27 % a year by quarter: factors 1, 0.942, 0.887 and 0.836 (rounded here)."""
    timeline = Timeline("2027-01", 4, "quarter")
    worth = factors(27, timeline)
    assert [1000, 942, 887, 836] == [round(factor * 1000 / SCALE) for factor in worth[:4]]
    assert expected == list(present_losses([loss.table(timeline)], worth))


def facts(**words: Any) -> Portfolio:
    """One initiative by quarter that costs 100 in its second period of two."""
    stated: dict[str, Any] = {
        "timeline": Timeline("2027-01", 8, "quarter"),
        "capabilities": [Capability("c")],
        "needs": [Need("c", 1, CostOfDelay(30) + Deadline(1, penalty=50))],
        "initiatives": [
            Initiative("A", duration=2, cost=100, spend="finish", raises={"c": 1}, optional=True)
        ],
        "discount_rate": 27,
    }
    return Portfolio(**(stated | words))


def test_the_judge_equals_a_hand_sum() -> None:
    """Started at 1: 30 in each of three quarters, 50 in the second, 100 in the third."""
    growth = [1.27 ** (-quarter / 4) for quarter in range(4)]
    evaluation = evaluate(facts(), Schedule.of(facts(), {"A": 1}))
    lost = 30 * sum(growth[:3]) + 50 * growth[1]
    assert {"urgency": round(lost), "delivery cost": round(100 * growth[2])} == evaluation.terms
    assert evaluation.objective == 132 + 89


def test_the_solver_says_the_same() -> None:
    """The optimum is proven at the judge's figure; left out it loses all, and is dearer."""
    result = solve(facts())
    assert (0, result.bound) == (result.require()["A"].start, result.objective)
    assert evaluate(facts(), Schedule()).objective > result.require()["A"].start


def test_discounting_changes_a_decision() -> None:
    """A need that loses 100 in its last year, against 99 now: worth it only undiscounted."""
    late = facts(
        needs=[Need("c", 1, Deadline(7, penalty=100))],
        initiatives=[
            Initiative("A", duration=1, cost=99, raises={"c": 1}, optional=True, latest_finish=1)
        ],
    )
    assert [] == [*solve(late).require()]
    assert ["A"] == [*solve(late.replace(discount_rate=None)).require()]
    assert ["A"] == [*solve(late.replace(discount_rate=0)).require()]


def test_costs_of_modes_and_milestones() -> None:
    """What is spent is worth what its period is; a milestone at the end spends in the last."""
    modes = [Mode("now", 0, cost=100), Mode("over time", 2, cost=100)]
    two = facts(initiatives=[Initiative("A", modes=modes)], needs=[])
    worth = factors(27, two.timeline)
    for start in (0, 3, 8):
        schedule = Schedule.of(two, {"A": start}, {"A": "now"})
        expected = present_value([(min(start, 7), 100)], worth)
        assert expected == evaluate(two, schedule).objective
    schedule = Schedule.of(two, {"A": 3}, {"A": "over time"})
    assert present_value([(3, 50), (4, 50)], worth) == evaluate(two, schedule).objective
    assert present_value([(7, 100)], worth) == solve(two).objective


def test_the_gap_and_the_chart_use_the_same_money() -> None:
    """A gap's loss is what the plan without any work loses; so is the end of the value chart."""
    nothing = solve(facts(initiatives=[], capabilities=[Capability("c", 1)]))
    assert 0 == nothing.objective
    undone = evaluate(facts(), Schedule()).terms["urgency"]
    assert facts().gaps[0].loss == undone
    assert facts(discount_rate=None).gaps[0].loss == 8 * 30 + 50
    result = solve(facts())
    (told,) = lost(Plan(facts(), result.require()))
    assert result.require()["A"].finish == 2
    assert result.evaluation is not None
    assert result.evaluation.terms["urgency"] == told.total


@pytest.mark.parametrize(
    ("rate", "problem"),
    [
        (-1, "-1 is out of range"),
        (101, "101 is out of range"),
        (3.333, "3.333 is too fine"),
        (True, "true is not a number"),
        ("3", "'3' is not a number"),
        (float("nan"), "nan is out of range"),
    ],
)
def test_rates_that_are_refused(rate: Any, problem: str) -> None:
    """Out of range, too fine, and what is no number."""
    with pytest.raises(PortfolioError) as refused:
        facts(discount_rate=rate)
    assert [("discount_rate", problem)] == [(f.path, f.problem) for f in refused.value.faults]


def test_without_a_rate_all_is_as_before() -> None:
    """No rate, and a rate of nought, cost the same as the plain sums."""
    plain, nought = facts(discount_rate=None), facts(discount_rate=0)
    schedule = Schedule.of(plain, {"A": 1})
    expected = {"urgency": 140, "delivery cost": 100}
    assert [expected] * 2 == [dict(evaluate(f, schedule).terms) for f in (plain, nought)]
    assert Problem(plain).fingerprint != Problem(nought).fingerprint
