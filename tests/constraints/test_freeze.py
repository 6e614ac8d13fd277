"""Freezes: nothing goes live, work goes on."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.constraints import GoLiveFreeze
from roadmap.errors import PortfolioError, ProblemError
from roadmap.evaluation import evaluate
from roadmap.facts import Capability, Freeze, Initiative, Mode, Need, Team
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline

YEAR_END = Freeze("year-end", "2027-11", "2027-12", basis="policy")


def portfolio(*freezes: Freeze, **facts: Any) -> Portfolio:
    """Fourteen months with one piece of work of two months, and a milestone."""
    stated: dict[str, Any] = {
        "timeline": Timeline("2027-01", 14),
        "teams": [Team("core", 1), Team("vendor", 1)],
        "initiatives": [
            Initiative("hub", duration=2, demand={"core": 1}, category="improve"),
            Initiative("decision", duration=0, optional=True),
        ],
        "freezes": freezes,
    }
    return Portfolio(**(stated | facts))


def broken(facts: Portfolio, **starts: int) -> list[tuple[str, int]]:
    """Rules that starts break, with the amounts."""
    found = evaluate(facts, Schedule.of(facts, {"hub": 0} | starts))
    return [(violation.rule, violation.amount) for violation in found.violations]


@pytest.mark.parametrize(
    ("finish", "amount"), [(9, 0), (10, 0), (11, 2), (12, 1), (13, 0), (14, 0)]
)
def test_the_last_day_of_the_work_lies_in_the_freeze(finish: int, amount: int) -> None:
    """Work may end on the day before, may go on through it, and may end after it."""
    expected = [("freeze year-end", amount)] if amount else []
    assert expected == broken(portfolio(YEAR_END), hub=finish - 2)


@pytest.mark.parametrize("at", range(15))
def test_a_milestone_goes_live_like_work_that_finishes_there(at: int) -> None:
    """The boundary at which a freeze begins is open, that at which it ends is not."""
    assert (at in (11, 12)) == bool(broken(portfolio(YEAR_END), decision=at))


@pytest.mark.parametrize(
    ("since", "until", "frozen"),
    [
        ("2027-12-20", "2028-01-06", [12]),
        ("2027-12-31", "2027-12-31", [12]),
        ("2027-12", "2028-01", [12, 13]),
        ("2026-06", "2027-01", [0, 1]),
        (3, 5, [4, 5]),
        ("2027-12-01", "2030", [12, 13, 14]),
    ],
)
def test_days_count(since: Any, until: Any, frozen: list[int]) -> None:
    """A freeze that begins or ends within a month freezes that month's last day, or not."""
    facts = portfolio(Freeze("f", since, until))
    assert frozen == [at for at in range(15) if broken(facts, decision=at)]


def test_scope() -> None:
    """It holds for what is named, of a category that is named or of a team that is named."""
    of_core = Freeze("f", "2027-03", "2027-03", teams=["core"])
    transform = Freeze("f", "2027-03", "2027-03", categories=["transform"])
    named = Freeze("f", "2027-03", "2027-03", initiatives=["decision"], categories=["improve"])
    assert [("freeze f", 1)] == broken(portfolio(of_core), hub=1, decision=3)
    assert [] == broken(portfolio(transform), hub=1, decision=3)
    assert [("freeze f", 1)] * 2 == broken(portfolio(named), hub=1, decision=3)


def test_a_team_that_only_one_mode_takes() -> None:
    """The plan turns to the mode that the freeze does not hold for."""
    modes = [Mode("build", 2, {"core": 1}), Mode("buy", 2, {"vendor": 1}, cost=30)]
    facts = portfolio(
        Freeze("f", "2027-01", "2027-12", teams=["core"]),
        capabilities=[Capability("c")],
        needs=[Need("c", 1, CostOfDelay(10))],
        initiatives=[Initiative("hub", modes=modes, raises={"c": 1})],
    )
    result = solve(facts, time_limit=5)
    assert ("optimal", 50, "buy") == (result.status, result.objective, result.require()["hub"].mode)
    assert 20 == solve(Problem(facts).without("freeze f"), time_limit=5).objective


def test_it_can_be_asked_what_a_freeze_would_cost() -> None:
    """As a rule that is added, and as one that is lifted."""
    problem = Problem(portfolio()).with_(GoLiveFreeze(YEAR_END))
    late = Schedule.of(problem.portfolio, {"hub": 9})
    (violation,) = evaluate(problem, late).violations
    assert (
        "hub goes live at the end of 2027-11, in the freeze year-end (2027-11-01 to 2027-12-31)"
        == str(violation)
    )
    assert evaluate(problem.without("freeze year-end"), late).feasible
    assert "policy" == problem.constraints[-1].basis
    told = problem.constraints[-1].sentence(problem.portfolio)
    assert "nothing may go live from 2027-11-01 to 2027-12-31 (year-end)" == told


@pytest.mark.parametrize(
    ("freeze", "told"),
    [
        (Freeze("f", "2027-11-15", 12), "nothing may go live from 2027-11-15 to 2027-12-31 (f)"),
        (
            Freeze("f", 0, "2027-01", initiatives=["hub"], teams=["core", "vendor"]),
            "hub and work of core or vendor may not go live from 2027-01-01 to 2027-01-31 (f)",
        ),
        (
            Freeze("f", 0, 1, categories=["maintain", "improve"]),
            "maintain or improve work may not go live from 2027-01-01 to 2027-01-31 (f)",
        ),
    ],
)
def test_sentences(freeze: Freeze, told: str) -> None:
    """The days are those that were stated, and the work is named."""
    assert told == GoLiveFreeze(freeze).sentence(portfolio())


@pytest.mark.parametrize(
    ("freeze", "path", "problem"),
    [
        (Freeze("f", "2027-03-02", "2027-03-30"), "freezes[0]", "no month ends from"),
        (Freeze("f", "2027-05", "2027-03"), "freezes[0]", "no month ends from"),
        (Freeze("f", "2029", "2029"), "freezes[0]", "it lies outside the timeline"),
        (Freeze("f", "2025", "2026-11"), "freezes[0]", "it lies outside the timeline"),
        (Freeze("f", "soon", "2029"), "freezes[0].since", "'soon' is not a date"),
        (Freeze("f", 1, 15), "freezes[0].until", "15 is outside the timeline"),
        (Freeze("f", 1, 2, teams=["cor"]), "freezes[0].teams[0]", "unknown team 'cor'"),
        (Freeze("f", 1, 2, categories=["x"]), "freezes[0].categories[0]", "unknown category 'x'"),
        (Freeze("f", 1, 2, initiatives=["hub"] * 2), "freezes[0].initiatives[1]", "stands twice"),
    ],
)
def test_faults(freeze: Freeze, path: str, problem: str) -> None:
    """What freezes nothing, or names what is not there, is told with its place."""
    with pytest.raises(PortfolioError) as refused:
        portfolio(freeze)
    (fault,) = refused.value.faults
    assert path == fault.path
    assert problem in fault.problem


def test_faults_of_an_added_rule() -> None:
    """What a rule names is looked up as in a fact."""
    rule = GoLiveFreeze(Freeze("f", 1, 2, categories=["improv"], teams=["cor"]))
    with pytest.raises(ProblemError) as refused:
        Problem(portfolio()).with_(rule)
    assert [
        ("GoLiveFreeze.freeze.categories[0]", "did you mean 'improve'?"),
        ("GoLiveFreeze.freeze.teams[0]", "did you mean 'core'?"),
    ] == [(fault.path, fault.remedy) for fault in refused.value.faults]


def test_names_are_there_once() -> None:
    """Rules are lifted by name, so two freezes have two names."""
    with pytest.raises(PortfolioError, match=r"freezes\[1\].name"):
        portfolio(YEAR_END, YEAR_END)
