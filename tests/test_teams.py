"""Teams over time: leave, members and holidays, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.availability import idle_holidays
from roadmap.errors import PortfolioError, RoadmapWarning
from roadmap.evaluation import evaluate
from roadmap.facts import Absence, Holiday, Initiative, Member, Team
from roadmap.portfolio import Portfolio
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline

ANN, BOB = Member("Ann", ["java"], 100), Member("Bob", ["cloud"], 50)


def portfolio(*teams: Team, unit: str = "month", periods: int = 6, **facts: Any) -> Portfolio:
    """A short time from the first of March 2027, a Monday, and teams."""
    return Portfolio(timeline=Timeline("2027-03-01", periods, unit), teams=teams, **facts)


def test_leave_reduces_capacity() -> None:
    """In the whole periods that it fills, by as many as are away; leaves add up."""
    away = [Absence("2027-04", "2027-06", 1), Absence("2027-06-01", "2027-06-30", 2)]
    facts = portfolio(Team("t", 3, absences=away))
    assert {"t": (3, 2, 2, 0, 3, 3)} == dict(facts.capacity)
    assert facts.capacity["t"] == facts.team["t"].profile(facts.timeline)


def test_leave_may_begin_before_the_timeline() -> None:
    """What lies outside does not count."""
    away = [Absence("2026-12", "2027-03", 1), Absence("2027-08", "2028-02", 1)]
    assert (1, 2, 2, 2, 2, 1) == portfolio(Team("t", 2, absences=away)).capacity["t"]


def test_members_bring_shares_and_take_leave() -> None:
    """Capacity is the sum of the shares of those who are there."""
    away = [Absence(0, 2, member="Bob"), Absence(1, 3, 40, "Ann")]
    facts = portfolio(Team("t", members=[ANN, BOB], absences=away))
    assert (100, 60, 110, 150, 150, 150) == facts.capacity["t"]


def test_holidays_close_days() -> None:
    """For all teams or for those named; a boundary alone is one period."""
    days = [
        Holiday("Easter", "2027-03-26", "2027-03-29"),
        Holiday("Carnival", 8, teams=["east"]),
        Holiday("before", "2027-01-01"),
    ]
    facts = portfolio(Team("east", 2), Team("west", 1), unit="day", periods=31, holidays=days)
    closed = {
        team: [day for day in range(31) if not units[day]] for team, units in facts.capacity.items()
    }
    assert {"east": [8, 25, 26, 27, 28], "west": [25, 26, 27, 28]} == closed


def test_work_of_a_closed_team_waits() -> None:
    """A team has no capacity on its holiday, so its work is done before or after."""
    work = Initiative("hub", duration=2, demand={"t": 1})
    facts = portfolio(
        Team("t", 1), unit="day", initiatives=[work], holidays=[Holiday("h", "2027-03-02")]
    )
    told = [str(each) for each in evaluate(facts, Schedule.of(facts, {"hub": 0})).violations]
    assert ["t is wanted for 1 in 2027-03-02 and has 0"] == told
    assert 2 == solve(facts, time_limit=5).require()["hub"].start


def test_holidays_fill_a_period_together() -> None:
    """Two that follow each other close a week that neither would close alone."""
    days = [Holiday("one", "2027-03-08", "2027-03-11"), Holiday("two", "2027-03-12", "2027-03-14")]
    facts = portfolio(Team("t", 2), unit="week", holidays=days)
    assert (2, 0, 2, 2, 2, 2) == facts.capacity["t"]


def test_a_holiday_beside_working_days_is_warned_of() -> None:
    """A month is not closed by a day; the warning names it and says what would do."""
    days = [Holiday("Easter", "2027-03-28", "2027-03-29"), Holiday("before", "2027-01-01")]
    told = r"fill no month, so they close nothing: Easter \(2027-03-28\); lower"
    with pytest.warns(RoadmapWarning, match=told):
        facts = portfolio(Team("t", 2), holidays=days)
    assert (2,) * 6 == facts.capacity["t"]
    idle = idle_holidays(facts.timeline, facts.holidays, ["t"])
    assert ["Easter"] == [day.name for day in idle]
    (found,) = facts.findings().of_kind("holiday without effect")
    told = "holidays[0]: Easter fills no month, so it closes nothing; lower the capacity there, "
    assert f"{told}or plan in days" == str(found)


@pytest.mark.parametrize(
    ("team", "path", "problem"),
    [
        (Team("t"), "teams[0].capacity", "it is missing"),
        (Team("t", 2, members=[ANN]), "teams[0].capacity", "it has members as well"),
        (Team("t", members=[ANN, ANN]), "teams[0].members[1].name", "is already the name"),
        (Team("t", 2, absences=[Absence(0, 1)]), "teams[0].absences[0].units", "it is missing"),
        (
            Team("t", 2, absences=[Absence("2027-03-02", "2027-04-29", 1)]),
            "teams[0].absences[0]",
            "no month lies from 2027-03-02 to 2027-04-29",
        ),
        (
            Team("t", 2, absences=[Absence(0, 2, 1), Absence(1, 3, 2)]),
            "teams[0].absences",
            "1 more of 't' are away than there are in 2027-04",
        ),
        (
            Team("t", members=[ANN, BOB], absences=[Absence(0, 1, 1)]),
            "teams[0].absences[0].member",
            "it is missing",
        ),
        (
            Team("t", members=[ANN, BOB], absences=[Absence(0, 1, member="An")]),
            "teams[0].absences[0].member",
            "unknown member 'An'",
        ),
        (
            Team("t", members=[ANN, BOB], absences=[Absence(0, 1, 60, "Bob")]),
            "teams[0].absences[0].units",
            "'Bob' brings 50, so 60 cannot be away",
        ),
        (
            Team("t", members=[ANN, BOB], absences=[Absence(0, 2, 30, "Bob")] * 2),
            "teams[0].absences",
            "10 more of 'Bob' are away than there are in 2027-03",
        ),
        (Team("t", members=[Member("A", ["x", "x"])]), "teams[0].members[0].skills[1]", "twice"),
        (Team("t", members=[Member("A", share=0)]), "teams[0].members[0].share", "too small"),
    ],
)
def test_faults_of_teams(team: Team, path: str, problem: str) -> None:
    """Nobody is away who is not there, and what a team has is said once."""
    with pytest.raises(PortfolioError) as refused:
        portfolio(team)
    (fault,) = refused.value.faults
    assert path == fault.path
    assert problem in fault.problem


def test_faults_of_holidays() -> None:
    """A holiday that ends before it begins is told."""
    with pytest.raises(PortfolioError, match="it ends on 2027-03-01, before it begins"):
        portfolio(holidays=[Holiday("h", "2027-03-03", "2027-03-01")])
