"""Skills: a team's work finds people who can do it."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import Absence, Holiday, Initiative, Member, Mode, Team
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline

PEOPLE = (
    Member("Ann", ["java", "cloud"]),
    Member("Bob", ["java"]),
    Member("Cid"),
)


def asking(name: str, wanted: dict[str, int], people: int = 0, **more: Any) -> Initiative:
    """A month of work for which people with some skills are wanted."""
    demand = {"core": people or sum(wanted.values())}
    return Initiative(name, duration=1, demand=demand, skills={"core": wanted}, **more)


def portfolio(*work: Initiative, **team: Any) -> Portfolio:
    """Half a year and one team."""
    stated: dict[str, Any] = {"members": PEOPLE}
    teams = [Team("core", **(stated | team))]
    return Portfolio(timeline=Timeline("2027-01", 6), teams=teams, initiatives=work)


def broken(facts: Portfolio) -> list[tuple[str, int]]:
    """What is broken when everything starts at once."""
    found = evaluate(facts, Schedule.of(facts, dict.fromkeys(facts.initiative, 0)))
    return [(str(violation), violation.amount) for violation in found.violations]


def test_members_are_the_capacity() -> None:
    """Three people are three units, of whom anybody will do where nothing is asked."""
    facts = portfolio(Initiative("any", duration=1, demand={"core": 3}))
    assert {"core": (3,) * 6} == dict(facts.capacity)
    assert [] == broken(facts)
    assert "skills of core" not in {rule.name for rule in Problem(facts).constraints}


def test_a_skill_that_one_has() -> None:
    """Two who want the cloud cannot work at once; one who wants Java is no trouble."""
    facts = portfolio(asking("a", {"cloud": 1}), asking("b", {"cloud": 1}))
    assert [("core is wanted for 2 with cloud in 2027-01 and has 1", 1)] == broken(facts)
    assert [] == broken(portfolio(asking("a", {"cloud": 1}), asking("b", {"java": 1})))


def test_nobody_is_counted_twice() -> None:
    """Each skill alone is there, and together they are not: Ann is one person."""
    facts = portfolio(asking("a", {"cloud": 1}), asking("b", {"java": 2}))
    assert [("core is wanted for 3 with java or cloud in 2027-01 and has 2", 1)] == broken(facts)
    naive = {skill: sum(skill in who.skills for who in PEOPLE) for skill in ("java", "cloud")}
    assert {"java": 2, "cloud": 1} == naive
    assert 2 == max(place.finish for place in solve(facts, time_limit=5).require().values())


def test_a_share_is_part_of_a_person() -> None:
    """In percent, somebody who is there half of the time brings fifty."""
    half = [Member("Ann", ["cloud"], 50), Member("Bob", ["cloud"], 100)]
    full = portfolio(asking("a", {"cloud": 100}), asking("b", {"cloud": 50}), members=half)
    over = portfolio(asking("a", {"cloud": 100}), asking("b", {"cloud": 60}), members=half)
    assert [] == broken(full)
    told = [amount for text, amount in broken(over) if "with cloud" in text]
    assert [10] == told


def test_leave_and_holidays_take_skills_away() -> None:
    """While Ann is on leave or all have a holiday, nobody knows the cloud."""
    work = asking("a", {"cloud": 1})
    away = portfolio(work, absences=[Absence("2027-01", "2027-02", member="Ann")])
    assert (2, 2, 3, 3, 3, 3) == away.capacity["core"]
    assert [("core is wanted for 1 with cloud in 2027-01 and has 0", 1)] == broken(away)
    assert 2 == solve(away, time_limit=5).require()["a"].start
    closed = portfolio(work).replace(holidays=[Holiday("winter", "2027-01")])
    assert 1 == solve(closed, time_limit=5).require()["a"].start


def test_modes_ask_for_different_skills() -> None:
    """The plan takes the mode whose people are there."""
    modes = [
        Mode("cloud", 1, {"core": 2}, skills={"core": {"cloud": 2}}),
        Mode("java", 2, {"core": 2}, cost=5, skills={"core": {"java": 2}}),
    ]
    facts = portfolio(Initiative("a", modes=modes))
    assert "java" == solve(facts, time_limit=5).require()["a"].mode
    lifted = solve(Problem(facts).without("skills of core"), time_limit=5)
    assert "cloud" == lifted.require()["a"].mode


def test_hall_is_exact() -> None:
    """For every choice of wants, the groups of skills allow it just where people can be found."""
    people = [Member("A", ["x", "y"]), Member("B", ["y", "z"]), Member("C", ["z"])]
    for wants in product(range(3), repeat=3):
        wanted = {skill: n for skill, n in zip("xyz", wants, strict=True) if n}
        if 0 < sum(wants) <= 3:
            facts = portfolio(asking("a", wanted), members=people)
            assert _seated(wants) == (not broken(facts)), wants


def _seated(wants: tuple[int, ...]) -> bool:
    """Whether some way to give each person one skill, or none, meets the wants."""
    given = product(("x", "y", ""), ("y", "z", ""), ("z", ""))
    return any(
        all(told.count(skill) >= n for skill, n in zip("xyz", wants, strict=True)) for told in given
    )


def test_words() -> None:
    """The rule says which skills it is about."""
    facts = portfolio(asking("a", {"cloud": 1, "java": 1}))
    (rule,) = (rule for rule in Problem(facts).constraints if rule.name == "skills of core")
    told = "core needs people for all its work at once who can do java, cloud"
    assert told == rule.sentence(facts)


@pytest.mark.parametrize(
    ("work", "path", "problem"),
    [
        (asking("a", {"clou": 1}), "initiatives[0].skills.core.clou", "has the skill 'clou'"),
        (asking("a", {"java": 2}, 1), "initiatives[0].skills.core", "2 with skills are wanted"),
        (asking("a", {"java": 0}, 1), "initiatives[0].skills.core.java", "0 is too small"),
        (Initiative("a", duration=1, skills={"cor": {}}), "initiatives[0].skills", "unknown team"),
    ],
)
def test_faults_of_work(work: Initiative, path: str, problem: str) -> None:
    """Skills that nobody has, and more people with skills than people, are told."""
    with pytest.raises(PortfolioError) as refused:
        portfolio(work)
    (fault,) = refused.value.faults
    assert path == fault.path
    assert problem in fault.problem


def test_too_many_skills() -> None:
    """Six skills a team are the most; the fault names them."""
    skilled = [Member(f"person {n}", [f"skill {n}"]) for n in range(7)]
    assert portfolio(members=skilled[:6])
    with pytest.raises(PortfolioError, match="they have 7 different skills: skill 0, skill 1"):
        portfolio(members=skilled)
