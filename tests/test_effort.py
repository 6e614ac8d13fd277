"""Work that takes effort: it lasts as long as its team needs, from where it starts."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.critical import critical_chain
from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import (
    Absence,
    Blackout,
    Capability,
    Dependency,
    Fence,
    Freeze,
    Holiday,
    Initiative,
    Member,
    Mode,
    Need,
    Quota,
    ReleaseCalendar,
    Team,
)
from roadmap.io import read, read_schedule, write
from roadmap.losses import CostOfDelay
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.schedule import Placement, Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline

THIN = (3, 1, 0, 2, 3, 3, 3, 3)


def portfolio(*work: Initiative, capacity: Any = 3, **facts: Any) -> Portfolio:
    """Eight months and one team."""
    teams = [Team("core", capacity, absences=facts.pop("absences", ()))]
    return Portfolio(timeline=Timeline("2027-01", 8), teams=teams, initiatives=work, **facts)


def effort(name: str, amount: int, most: int, **more: Any) -> Initiative:
    """Work of an effort that uses so many people at most."""
    return Initiative(name, effort=amount, demand={"core": most}, **more)


@pytest.mark.parametrize(
    ("amount", "most", "lengths"),
    [
        (6, 2, {0: 5, 1: 5, 2: 4, 3: 3, 4: 3, 5: 3}),
        (3, 3, {0: 1, 1: 3, 2: 3, 3: 2, 4: 1, 5: 1, 6: 1, 7: 1}),
        (1, 3, {0: 1, 1: 1, 2: 2, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1}),
        (22, 9, {}),
    ],
)
def test_length_depends_on_the_start(amount: int, most: int, lengths: dict[int, int]) -> None:
    """In each period the team's capacity, as far as it can be used, until the effort is done."""
    facts = portfolio(effort("hub", amount, most), capacity=THIN)
    found = {
        start: variant.duration
        for variant in facts.variants["hub"]
        for start in variant.starts or ()
    }
    assert lengths == found
    for start in range(8):
        plan = Plan(facts, Schedule.of(facts, {"hub": start}))
        assert lengths.get(start) == plan.takes("hub")


def test_what_is_judged() -> None:
    """Another length than the effort takes is a fault, and the load is what was there."""
    facts = portfolio(effort("hub", 6, 2), capacity=THIN)
    found = evaluate(facts, Schedule.of(facts, {"hub": 0}))
    assert found.feasible
    assert (2, 1, 0, 2, 2, 0, 0, 0) == found.loads["core"]
    wrong = evaluate(facts, Schedule([Placement("hub", 0, 3)]))
    assert ["hub is given 3 months and takes 5 months"] == [str(each) for each in wrong.violations]
    undone = evaluate(facts, Schedule.of(facts, {"hub": 6}))
    assert ["durations", "timeline"] == [each.rule for each in undone.violations]
    assert "hub is not done by the end of the timeline" == str(undone.violations[0])


@pytest.mark.parametrize("start", [-2, -1, 8, 9])
def test_nobody_works_outside_the_timeline(start: int) -> None:
    """An effort that starts before it begins to be done with it; one after it never is."""
    facts = portfolio(effort("hub", 2, 2))
    place = Schedule.of(facts, {"hub": start})["hub"]
    assert (1 if start < 0 else start + 1) == place.finish
    assert not evaluate(facts, Schedule([place])).feasible


def test_a_thin_team_has_nothing_left() -> None:
    """Where there is less than an effort would use, it takes all, and other work waits."""
    other = Initiative("fix", duration=1, demand={"core": 1})
    facts = portfolio(effort("hub", 6, 2), other, capacity=THIN)
    told = {
        start: [str(each) for each in evaluate(facts, schedule).violations]
        for start in range(8)
        for schedule in [Schedule.of(facts, {"hub": 0, "fix": start})]
    }
    assert [0, 4, 5, 6, 7] == [start for start, violations in told.items() if not violations]
    assert ["core is wanted for 2 in 2027-02 and has 1"] == told[1]
    assert ["core is wanted for 1 in 2027-03 and has 0"] == told[2]


def test_efforts_share_a_team_in_turn() -> None:
    """Two that use all there is follow each other, and the plan is proven best."""
    raises = {"a": {"c": 1}, "b": {"c": 2}}
    work = [effort(name, 4, 9, raises=level) for name, level in raises.items()]
    facts = portfolio(
        *work,
        capacity=[1, 3, 2, 2, 2, 2, 2, 2],
        capabilities=[Capability("c")],
        needs=[Need("c", 2, CostOfDelay(10), "two"), Need("c", 1, CostOfDelay(1), "one")],
    )
    result = solve(facts, time_limit=5)
    assert ("optimal", 22) == (result.status, result.objective)
    assert (0, 2) == (result.require()["b"].start, result.require()["b"].finish)


def test_holidays_and_leave_stretch_the_work() -> None:
    """Work that takes effort pauses while nobody is there; it need not start anew."""
    facts = portfolio(
        effort("hub", 6, 2),
        capacity=2,
        holidays=[Holiday("all March", "2027-03")],
        absences=[Absence("2027-04", "2027-04", 1)],
    )
    assert 5 == Schedule.of(facts, {"hub": 0})["hub"].finish
    assert (2, 2, 0, 1, 2, 0, 0, 0) == Plan(facts, Schedule.of(facts, {"hub": 0})).load("core")


def test_an_effort_that_no_start_gets_done() -> None:
    """Mandatory, it has no plan; optional, it is left out."""
    facts = portfolio(effort("hub", 99, 3))
    assert "infeasible" == solve(facts, time_limit=5).status
    assert {} == dict(solve(portfolio(effort("hub", 99, 3, optional=True))).require())


def test_modes_of_effort() -> None:
    """A mode may take effort beside one that takes time, and the plan says the mode only."""
    modes = [Mode("build", effort=8, demand={"core": 4}), Mode("buy", 3, cost=25)]
    facts = portfolio(
        Initiative("hub", modes=modes, raises={"c": 1}),
        capacity=[1, 1, 4, 4, 4, 4, 4, 4],
        capabilities=[Capability("c")],
        needs=[Need("c", 1, CostOfDelay(20))],
    )
    result = solve(facts, time_limit=5)
    assert ("optimal", 80, "build") == (
        result.status,
        result.objective,
        result.require()["hub"].mode,
    )
    assert 4 == result.require()["hub"].finish


def test_schedules_need_no_finish(tmp_path: Any) -> None:
    """Where a file says a start alone, the finish follows from the effort."""
    facts = portfolio(effort("hub", 6, 2), capacity=THIN)
    (tmp_path / "board.csv").write_text("initiative,start\nhub,2027-01\n")
    assert Schedule([Placement("hub", 0, 5)]) == read_schedule(tmp_path / "board.csv", facts)
    (tmp_path / "board.csv").write_text("initiative,start\nhub,2027-04\n")
    assert Schedule([Placement("hub", 3, 6)]) == read_schedule(tmp_path / "board.csv", facts)


@pytest.mark.parametrize(("most", "start"), [(6, 0), (5, 2), (4, None)])
def test_quotas_count_what_is_taken(most: int, start: int | None) -> None:
    """Not what could be used: the effort takes five or six units here, never twelve."""
    facts = portfolio(
        effort("hub", 5, 3, category="improve", raises={"c": 1}),
        capacity=THIN,
        capabilities=[Capability("c")],
        needs=[Need("c", 1, CostOfDelay(1))],
        quotas=[Quota("q", "improve", measure="capacity", most=most)],
    )
    found = evaluate(facts, Schedule.of(facts, {"hub": 1}))
    assert ([] if most == 6 else [6 - most]) == [violation.amount for violation in found.violations]
    schedule = solve(facts, time_limit=5).schedule
    assert start == (None if schedule is None else schedule["hub"].start)


def test_fences_look_at_what_is_taken() -> None:
    """An effort that takes all of a thin team breaks into what is kept for others."""
    facts = portfolio(
        effort("hub", 4, 2, category="improve"),
        capacity=THIN,
        fences=[Fence("core", "transform", 1)],
    )
    sound = [
        start for start in range(7) if evaluate(facts, Schedule.of(facts, {"hub": start})).feasible
    ]
    assert [4, 5, 6] == sound
    result = solve(facts, time_limit=5)
    assert ("optimal", 4) == (result.status, result.require()["hub"].start)


def test_files_keep_it(tmp_path: Any) -> None:
    """Efforts, skills, people, leave and calendars are read back as they were written."""
    facts = drawn_with_all()
    for name in ("p.yaml", "p.json"):
        assert facts == read(write(facts, tmp_path / name))


def drawn_with_all() -> Portfolio:
    """A portfolio with every kind of fact of the family."""
    return Portfolio(
        timeline=Timeline("2027-01", 12),
        teams=[
            Team("core", 2, absences=[Absence("2027-02", "2027-03", 1)]),
            Team("web", members=[Member("Ann", ["java"], 2), Member("Bob")]),
        ],
        initiatives=[
            effort("hub", 6, 2),
            Initiative("go", duration=1, demand={"web": 2}, skills={"web": {"java": 1}}),
            Initiative("x", modes=[Mode("m", effort=3, demand={"core": 1})]),
        ],
        freezes=[Freeze("f", "2027-12-20", "2027-12", teams=["core"], basis="policy")],
        blackouts=[Blackout("b", "2027-08", 8, initiatives=["go"], rationale="summer")],
        release_calendars=[ReleaseCalendar("r", ["2027-03-31", 6], first=9, every=1)],
        holidays=[Holiday("h", "2027-05", teams=["web"]), Holiday("h", 6, 7)],
    )


def test_circles_are_found() -> None:
    """Work that takes an effort comes after itself as little as other work."""
    work = [effort("a", 3, 2), Initiative("b", duration=1)]
    ties = [Dependency("a", "b"), Dependency("b", "a")]
    with pytest.raises(PortfolioError, match="in a circle: a → b → a"):
        portfolio(*work, dependencies=ties)
    assert portfolio(*work, dependencies=[ties[0], Dependency("b", "a", "FF", -8)])


def test_the_chain_goes_through_it() -> None:
    """An effort that hands a full team over is part of what decides the end."""
    work = [effort("a", 4, 2), Initiative("b", duration=2, demand={"core": 2})]
    facts = portfolio(*work, capacity=2)
    assert ("a", "b") == critical_chain(Plan(facts, Schedule.of(facts, {"a": 0, "b": 2})))


@pytest.mark.parametrize(
    ("item", "path", "problem"),
    [
        (
            Initiative("a", duration=2, effort=3, demand={"core": 1}),
            "initiatives[0].effort",
            "it has a duration as well",
        ),
        (Initiative("a", effort=3), "initiatives[0].demand", "one team, and it takes none"),
        (
            Initiative("a", modes=[Mode("m", effort=3)]),
            "initiatives[0].modes[0].demand",
            "an effort is that of one team",
        ),
        (Initiative("a", effort=0, demand={"core": 1}), "initiatives[0].effort", "0 is too small"),
        (Initiative("a", modes=[Mode("m")]), "initiatives[0].modes[0].duration", "it is missing"),
        (
            Initiative("a", effort=3, modes=[Mode("m", 1)]),
            "initiatives[0].effort",
            "it has modes as well",
        ),
    ],
)
def test_faults(item: Initiative, path: str, problem: str) -> None:
    """How long work takes is said once, and an effort is that of one team."""
    with pytest.raises(PortfolioError) as refused:
        portfolio(item)
    (fault,) = refused.value.faults
    assert path == fault.path
    assert problem in fault.problem


def test_skills_and_effort_do_not_mix() -> None:
    """Who has what skill cannot be asked of work that takes whoever is there."""
    with pytest.raises(PortfolioError, match="cannot ask for skills"):
        Portfolio(
            timeline=Timeline("2027-01", 8),
            teams=[Team("core", members=[Member("Ann", ["java"])])],
            initiatives=[effort("a", 3, 1, skills={"core": {"java": 1}})],
        )
