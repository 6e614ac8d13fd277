"""The option value of a foundation: money a period until its level is attained."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from roadmap.attainment import level_key
from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import Capability, Initiative
from roadmap.objectives import OptionValue
from roadmap.parts import EventLoss
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.timeline import Timeline


def facts(value: Any) -> Portfolio:
    """A base at level 1 that one piece of work raises to level 3, in six months."""
    return Portfolio(
        timeline=Timeline("2027-01", 6),
        capabilities=[Capability("base", 1, option_value=value)],
        initiatives=[Initiative("F", duration=2, raises={"base": 3}, ramp=1, optional=True)],
    )


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ({"F": 0}, {"base at level 1": 0, "base at level 2": 30, "base at level 3": 15}),
        ({"F": 2}, {"base at level 1": 0, "base at level 2": 50, "base at level 3": 25}),
        ({"F": 4}, {"base at level 1": 0, "base at level 2": 60, "base at level 3": 30}),
        ({}, {"base at level 1": 0, "base at level 2": 60, "base at level 3": 30}),
    ],
)
def test_each_period_without_the_level_costs(
    starts: Mapping[str, int], expected: Mapping[str, int]
) -> None:
    """Until it is attained, ramp included; never costs the whole timeline, today nothing."""
    portfolio = facts({1: 99, 2: 10, 3: 5})
    judged = evaluate(portfolio, Schedule.of(portfolio, starts))
    assert expected == judged.amounts["option value"]


def test_it_counts_only_where_it_is_stated() -> None:
    """Without it the term is not there, and there is nothing to trade."""
    assert (False, False) == (OptionValue.applies(facts({})), Problem(facts({})).has_trade)
    assert (True, True) == (OptionValue.applies(facts({3: 0})), Problem(facts({3: 0})).has_trade)


def test_kappa_is_applied_to_the_rate() -> None:
    """The rate is rounded to whole money first: a third of 5 is 2, and three periods cost 6."""
    problem = Problem(facts({3: 5})).with_kappa(Fraction(1, 3))
    judged = evaluate(problem, Schedule.of(problem.portfolio, {"F": 0}))
    assert {"base at level 3": 6} == judged.amounts["option value"]


def test_posting() -> None:
    """The event of attainment with a loss that grows evenly."""
    losses = [p for p in OptionValue(2).post(facts({3: 5})) if isinstance(p, EventLoss)]
    table = (0, 10, 20, 30, 40, 50, 60)
    assert [EventLoss(level_key("base", 3), table, "base at level 3")] == losses


def test_term_reads_in_business_words() -> None:
    """It has a name and a sentence."""
    told = "what foundations are worth beyond today's needs, until they are there"
    assert ("option value", told) == (OptionValue().name, OptionValue().sentence(facts({})))


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (
            {4: 1},
            "capabilities[0].option_value.4: no initiative raises 'base' to level 4; "
            "add one, or ask for level 3 at most",
        ),
        ({0: 1}, "capabilities[0].option_value.0: 0 is too small; at least 1"),
        ({3: -1}, "capabilities[0].option_value.3: -1 is too small; at least 0"),
        (5, "capabilities[0].option_value: 5 is not a table; write it as {level: number}"),
    ],
)
def test_faults(value: Any, told: str) -> None:
    """A level that nobody raises, a level that is none, less than nothing, another shape."""
    with pytest.raises(PortfolioError) as refused:
        facts(value)
    assert [told] == [str(fault) for fault in refused.value.faults]
