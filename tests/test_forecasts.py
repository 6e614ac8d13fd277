"""Forecasts of outcomes: the course of each metric, worked out from attained levels."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

import roadmap as rm
from tests.features.outcomes import Outcomes
from tests.strategies import random_portfolio

STARTS = {"east": 0, "west": 3}


def shop(**changes: Any) -> rm.Portfolio:
    """A year in which two pieces of work carry the price of winning a customer down."""
    outcome: dict[str, Any] = {
        "baseline": 120,
        "target": 90,
        "due_by": "2027-06",
        "capabilities": {"reach": 2, "offer": 1, "there": 1},
        "weights": {"offer": 2},
        "unit": "EUR",
    }
    return rm.Portfolio(
        timeline=rm.Timeline("2027-01", 12),
        capabilities=[rm.Capability("reach"), rm.Capability("offer"), rm.Capability("there", 1)],
        initiatives=[
            rm.Initiative("east", duration=2, raises={"reach": 2}),
            rm.Initiative("west", duration=2, raises={"offer": 1}, ramp=1, optional=True),
        ],
        outcomes=[rm.Outcome("price of a customer", **(outcome | changes))],
    )


def plan(facts: rm.Portfolio, starts: dict[str, int]) -> rm.Plan:
    """A portfolio with a schedule over it."""
    return rm.Plan(facts, rm.Schedule.of(facts, starts))


def steps(*expected: tuple[int, int | Fraction]) -> tuple[tuple[int, Fraction], ...]:
    """Boundaries and values, the values as exact as those of a forecast."""
    return tuple((at, Fraction(value)) for at, value in expected)


def test_steps_by_weight() -> None:
    """A third of the way with the first level, all of it with the second, which weighs two."""
    found = rm.forecast(plan(shop(), STARTS))["price of a customer"]
    assert steps((0, 120), (2, 110), (6, 90)) == found.steps
    assert [120, 120, 110, 110, 90, 90] == [found.at(time) for time in (0, 1, 2, 5, 6, 12)]
    assert (6, 6, True) == (found.due, found.met_from, found.met)


@pytest.mark.parametrize(
    ("starts", "met_from", "met", "verdict"),
    [
        (STARTS, 6, True, "in time"),
        ({"east": 0, "west": 4}, 7, False, "late"),
        ({"east": 0}, None, False, "missed"),
        ({}, None, False, "missed"),
    ],
)
def test_verdicts(starts: dict[str, int], met_from: int | None, met: bool, verdict: str) -> None:
    """By its date, after it, or never."""
    told = rm.forecast(plan(shop(), starts))
    assert (met_from, met) == (told[0].met_from, told[0].met)
    assert str(told).splitlines()[-1].endswith(verdict)


def test_levels_of_today_are_in_the_baseline() -> None:
    """What is there today carries nothing, whatever its weight."""
    heavy = rm.forecast(plan(shop(weights={"there": 50, "offer": 2}), STARTS))
    assert steps((0, 120), (2, 110), (6, 90)) == heavy[0].steps
    only = rm.forecast(plan(shop(capabilities={"there": 1}, weights={}), STARTS))
    assert (steps((0, 120)), None) == (only[0].steps, only[0].met_from)


def test_metrics_may_rise_and_parts_are_exact() -> None:
    """A target above the baseline, in thirds."""
    found = rm.forecast(plan(shop(baseline=0, target=10), STARTS))
    assert steps((0, 0), (2, Fraction(10, 3)), (6, 10)) == found[0].steps


def test_levels_at_the_start() -> None:
    """What is attained at boundary 0 by work makes the first step."""
    facts = shop(capabilities={"reach": 2}, weights={})
    facts = facts.replace(initiatives=[rm.Initiative("east", duration=0, raises={"reach": 2})])
    found = rm.forecast(plan(facts, {"east": 0}))
    assert steps((0, 90)) == found[0].steps


def test_results_and_tables() -> None:
    """A result is taken as well; forecasts print and show themselves, names being data."""
    facts = shop().replace(outcomes=[rm.Outcome("<i>", 3, 4, "2027-12", {"reach": 1})], name="shop")
    told = rm.forecast(rm.solve(facts, solver="wsjf"))
    assert 1 == len(told) == len(list(told)) == len(told[:1])
    assert "&lt;i&gt;" in told._repr_html_()
    assert ["<i>", "–", "3", "4", "2027-12", "4", "2027-03", "in", "time"] == str(
        told
    ).splitlines()[2].split()
    none = rm.forecast(plan(facts.replace(outcomes=[]), {}))
    assert "No outcomes are stated." == str(none)
    assert "<p>No outcomes are stated.</p>" == none._repr_html_()


def test_without_a_plan_there_is_no_forecast() -> None:
    """No plan is said so; what is no plan is refused with what to give instead."""
    facts = shop().replace(
        initiatives=[rm.Initiative("east", duration=20, raises={"reach": 2, "offer": 1})]
    )
    with pytest.raises(rm.InfeasibleError):
        rm.forecast(rm.solve(facts, solver="cpsat", time_limit=5))
    given: Any = facts
    with pytest.raises(rm.FaultyInputError, match=r"a Portfolio is given.*rm\.solve"):
        rm.forecast(given)


def test_against_a_recount() -> None:
    """On random plans, the value of each period is recounted from the levels of that period."""
    for case in range(150):
        rng = random.Random(f"forecast:{case}")
        facts = Outcomes().draw(rng, random_portfolio(rng))
        chosen = [i for i in facts.initiatives if rng.random() < 0.8]
        modes = {i.name: i.ways[0].name for i in chosen if i.modes}
        starts = {i.name: rng.randint(0, facts.timeline.periods) for i in chosen}
        made = rm.Plan(facts, rm.Schedule.of(facts, starts, modes))
        for found in rm.forecast(made):
            for period in range(facts.timeline.periods + 1):
                assert found.at(period) == _recounted(made, found.outcome, period)


def _recounted(made: rm.Plan, outcome: rm.Outcome, period: int) -> Fraction:
    """Who is at what level in a period, and what share of the way that is."""
    whole, there = 0, 0
    for name, wanted in outcome.capabilities.items():
        today = made.portfolio.capability[name].level
        level = [level for at, level in made.levels(name) if at <= period][-1]
        if today < wanted:
            whole += 1
            there += level >= wanted
    share = Fraction(there, whole) if whole else Fraction(0)
    return outcome.baseline + (outcome.target - outcome.baseline) * share
