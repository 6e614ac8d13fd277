"""Release calendars: go-live on given dates only."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import Capability, Initiative, Need, ReleaseCalendar
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline


def portfolio(*calendars: ReleaseCalendar, **facts: Any) -> Portfolio:
    """A year with two pieces of work, one of them of two months and urgent."""
    stated: dict[str, Any] = {
        "timeline": Timeline("2027-01", 12),
        "capabilities": [Capability("c")],
        "needs": [Need("c", 1, CostOfDelay(10))],
        "initiatives": [
            Initiative("hub", duration=2, raises={"c": 1}, category="transform"),
            Initiative("fix", duration=1, category="maintain"),
        ],
        "release_calendars": calendars,
    }
    return Portfolio(**(stated | facts))


def open_finishes(calendar: ReleaseCalendar) -> list[int]:
    """The boundaries at which the hub may finish."""
    facts = portfolio(calendar)
    starts = [{"hub": start, "fix": 0} for start in range(11)]
    sound = [not _broken(facts, given) for given in starts]
    return [start + 2 for start, good in enumerate(sound) if good]


def _broken(facts: Portfolio, starts: dict[str, int]) -> bool:
    found = evaluate(facts, Schedule.of(facts, starts))
    return any("hub" in violation.who for violation in found.violations)


@pytest.mark.parametrize(
    ("calendar", "finishes"),
    [
        (ReleaseCalendar("r", ["2027-03", "2027-09-30"]), [3, 9]),
        (ReleaseCalendar("r", [5]), [5]),
        (ReleaseCalendar("r", ["2027"]), [12]),
        (ReleaseCalendar("r", first="2027-03", every=3), [3, 6, 9, 12]),
        (ReleaseCalendar("r", first=0, every=5), [5, 10]),
        (ReleaseCalendar("r", ["2027-04"], first=6, every=6), [4, 6, 12]),
        (ReleaseCalendar("r", [5], categories=["maintain"]), list(range(2, 13))),
    ],
)
def test_dates_and_series(calendar: ReleaseCalendar, finishes: list[int]) -> None:
    """Work goes live at the end of a day that is listed, or of every so many periods."""
    assert finishes == open_finishes(calendar)


def test_work_waits_for_the_next_release() -> None:
    """The optimum moves from the end of February to the end of March."""
    facts = portfolio(ReleaseCalendar("quarterly", first="2027-03", every=3))
    result = solve(facts, time_limit=5)
    assert ("optimal", 30) == (result.status, result.objective)
    assert 20 == solve(Problem(facts).without("release calendar quarterly")).objective
    assert 3 == result.require()["hub"].finish


def test_words() -> None:
    """The rule says its dates, and a breach when the next one is."""
    facts = portfolio(ReleaseCalendar("quarterly", first=3, every=3, categories=["transform"]))
    rule = Problem(facts).constraints[-1]
    assert (
        "transform work may go live on 2027-03-31, 2027-06-30, 2027-09-30, 2027-12-31 only "
        "(quarterly)" == rule.sentence(facts)
    )
    late, last = (
        evaluate(facts, Schedule.of(facts, {"hub": start, "fix": 0})).violations[-1]
        for start in (2, 11)
    )
    told = "hub goes live at the end of 2027-04, which is no date of quarterly; the next is at "
    assert f"{told}the end of 2027-06" == str(late)
    assert 1 == late.amount
    assert str(last).endswith("there is none after it")


@pytest.mark.parametrize(
    ("calendar", "path", "problem"),
    [
        (ReleaseCalendar("r"), "release_calendars[0].dates", "there are none"),
        (ReleaseCalendar("r", first=3), "release_calendars[0].every", "missing beside first"),
        (ReleaseCalendar("r", [1], every=3), "release_calendars[0].first", "missing beside every"),
        (
            ReleaseCalendar("r", ["2027-03", "2027-03-15"]),
            "release_calendars[0].dates[1]",
            "no month of the timeline ends on 2027-03-15",
        ),
        (ReleaseCalendar("r", ["2029"]), "release_calendars[0].dates[0]", "outside the timeline"),
    ],
)
def test_faults(calendar: ReleaseCalendar, path: str, problem: str) -> None:
    """A date on which no period ends is told, with the nearest ones; nothing is moved."""
    with pytest.raises(PortfolioError) as refused:
        portfolio(calendar)
    (fault,) = refused.value.faults
    assert path == fault.path
    assert problem in fault.problem


def test_the_nearest_dates_are_told() -> None:
    """The remedy says what would do."""
    with pytest.raises(PortfolioError, match="say 2027-02-28 or 2027-03-31"):
        portfolio(ReleaseCalendar("r", ["2027-03-15"]))
