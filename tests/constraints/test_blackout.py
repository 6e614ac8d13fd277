"""Blackouts: nobody works."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import Blackout, Capability, Initiative, Mode, Need, Team
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline

AUGUST = Blackout("summer", "2027-08", "2027-08", basis="contract")


def portfolio(*blackouts: Blackout, **facts: Any) -> Portfolio:
    """A year with one piece of work of three months, and a milestone."""
    stated: dict[str, Any] = {
        "timeline": Timeline("2027-01", 12),
        "teams": [Team("core", 1), Team("vendor", 1)],
        "initiatives": [
            Initiative("hub", duration=3, demand={"core": 1}),
            Initiative("decision", duration=0, optional=True),
        ],
        "blackouts": blackouts,
    }
    return Portfolio(**(stated | facts))


def broken(facts: Portfolio, **starts: int) -> list[tuple[str, int]]:
    """Rules that starts break, with the amounts."""
    found = evaluate(facts, Schedule.of(facts, {"hub": 0} | starts))
    return [(violation.rule, violation.amount) for violation in found.violations]


@pytest.mark.parametrize(("start", "amount"), [(4, 0), (5, 1), (6, 1), (7, 1), (8, 0)])
def test_work_is_over_before_or_begins_after(start: int, amount: int) -> None:
    """Half-open: work may end as the blackout begins, and begin as it ends."""
    expected = [("blackout summer", amount)] if amount else []
    assert expected == broken(portfolio(AUGUST), hub=start)


def test_each_period_inside_counts() -> None:
    """The amount is the number of periods in which work is in progress all the same."""
    assert [("blackout b", 2)] == broken(portfolio(Blackout("b", 4, 6)), hub=3)


@pytest.mark.parametrize("at", range(13))
def test_a_milestone_takes_no_time(at: int) -> None:
    """So it may happen in a blackout."""
    assert [] == broken(portfolio(AUGUST), decision=at)


@pytest.mark.parametrize(
    ("since", "until", "closed"),
    [
        ("2027-07-15", "2027-09-15", [7]),
        ("2027-07-01", "2027-08-31", [6, 7]),
        ("2026", "2027-02", [0, 1]),
        ("2027-11", "2030", [10, 11]),
    ],
)
def test_whole_periods_are_closed(since: Any, until: Any, closed: list[int]) -> None:
    """A period that a blackout does not fill stays open."""
    month = [Initiative("hub", duration=1)]
    facts = portfolio(Blackout("b", since, until), initiatives=month)
    assert closed == [at for at in range(12) if broken(facts, hub=at)]


def test_a_team_that_only_one_mode_takes() -> None:
    """Work on another team goes on, and the plan turns to it where that pays."""
    modes = [Mode("build", 2, {"core": 1}), Mode("buy", 3, {"vendor": 1}, cost=5)]
    facts = portfolio(
        Blackout("b", 1, 4, teams=["core"]),
        capabilities=[Capability("c")],
        needs=[Need("c", 1, CostOfDelay(10))],
        initiatives=[Initiative("hub", modes=modes, raises={"c": 1})],
    )
    result = solve(facts, time_limit=5)
    assert ("optimal", 35, "buy") == (result.status, result.objective, result.require()["hub"].mode)
    assert 20 == solve(Problem(facts).without("blackout b"), time_limit=5).objective
    for start, mode, sound in ((0, "build", False), (4, "build", True), (0, "buy", True)):
        schedule = Schedule.of(facts, {"hub": start}, {"hub": mode})
        assert sound == evaluate(facts, schedule).feasible


def test_words() -> None:
    """The rule, its basis and what breaks it, for people."""
    facts = portfolio(AUGUST)
    rule = Problem(facts).constraints[-1]
    assert "contract" == rule.basis
    assert "all work must rest from 2027-08-01 to 2027-08-31 (summer)" == rule.sentence(facts)
    (violation,) = evaluate(facts, Schedule.of(facts, {"hub": 5})).violations
    told = "hub is in work for 1 month of the blackout summer (2027-08-01 to 2027-08-31)"
    assert told == str(violation)


@pytest.mark.parametrize(
    ("blackout", "problem"),
    [
        (Blackout("b", "2027-07-02", "2027-08-30"), "no month lies from 2027-07-02 to 2027-08-30"),
        (Blackout("b", "2029", "2029"), "it lies outside the timeline"),
    ],
)
def test_faults(blackout: Blackout, problem: str) -> None:
    """What closes nothing is told."""
    with pytest.raises(PortfolioError, match=problem):
        portfolio(blackout)
