"""Levels that fall while work goes on, when they count as attained, and floors under them."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.constraints import Floor
from roadmap.critical import critical_chain
from roadmap.errors import PortfolioError
from roadmap.evaluation import Evaluation, evaluate
from roadmap.facts import Capability, Initiative, Mode, Need
from roadmap.losses import CostOfDelay
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Status
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline


def core(*, level: int = 2, floor: Any = None, more: Any = (), **rebuild: Any) -> Portfolio:
    """A year, a capability that is rebuilt, and a need for the level that it has today."""
    facts: dict[str, Any] = {"duration": 3, "lowers": {"payments": 1}, "raises": {"payments": 3}}
    return Portfolio(
        timeline=Timeline("2027-01", 12),
        capabilities=[Capability("payments", level, floor=floor)],
        needs=[Need("payments", 2, CostOfDelay(10))],
        initiatives=[Initiative("rebuild", **(facts | rebuild)), *more],
    )


def plan(portfolio: Portfolio, **starts: int) -> Plan:
    """A plan by starts."""
    return Plan(portfolio, Schedule.of(portfolio, starts))


def judged(portfolio: Portfolio, **starts: int) -> Evaluation:
    """The judge on a plan by starts."""
    return evaluate(portfolio, Schedule.of(portfolio, starts))


def test_a_level_of_today_counts_when_the_last_dip_is_over() -> None:
    """What is there today and lowered is attained for good at the finish of what lowers it."""
    times = [plan(core(), rebuild=4).attained("payments", level) for level in (1, 2, 3)]
    assert [0, 7, 7] == times
    assert 0 == plan(core(), rebuild=4).reached("payments", 2)


def test_a_dip_before_the_level_is_raised_changes_nothing() -> None:
    """Attainment is the later of what raises the level and of what lowers it."""
    raising = Initiative("raise", duration=2, raises={"payments": 2})
    facts = core(level=1, lowers={"payments": 0}, raises={}, more=[raising])
    assert 9 == plan(facts, **{"raise": 7, "rebuild": 1}).attained("payments", 2)
    assert 9 == plan(facts, **{"raise": 1, "rebuild": 6}).attained("payments", 2)


def test_work_that_is_left_out_lowers_nothing() -> None:
    """Only work in the plan counts, and a dip beyond the timeline is never over."""
    assert 0 == plan(core(optional=True)).attained("payments", 2)
    assert None is plan(core(), rebuild=11).attained("payments", 2)


def test_a_level_raised_as_the_dip_ends_holds_from_then_on() -> None:
    """What rebuilds a capability brings its new level at the very boundary at which it finishes."""
    assert ((0, 2), (4, 1), (7, 3)) == plan(core(), rebuild=4).levels("payments")
    assert ((0, 2), (4, 1), (7, 2), (8, 3)) == plan(core(ramp=1), rebuild=4).levels("payments")


def test_levels_step_down_and_up_as_drawn() -> None:
    """Dips over one another give the lowest; one above what is reached changes nothing."""
    other = Initiative("migrate", duration=4, lowers={"payments": 0})
    idle = Initiative("paint", duration=2, lowers={"payments": 9})
    facts = core(more=[other, idle])
    drawn = plan(facts, rebuild=0, migrate=2, paint=8).levels("payments")
    assert ((0, 1), (2, 0), (6, 3)) == drawn
    assert ((0, 2), (3, 0), (7, 1), (8, 3)) == plan(facts, rebuild=5, migrate=3).levels("payments")


def test_what_requires_a_level_waits_for_the_end_of_dips() -> None:
    """A level of today that work lowers becomes a prerequisite like one that is raised."""
    user = Initiative("offers", duration=1, requires={"payments": 2})
    facts = core(more=[user])
    names = [rule.name for rule in Problem(facts).constraints]
    assert "payments at level 2 → offers" in names
    found = judged(facts, rebuild=4, offers=5).violations
    assert [("payments at level 2 → offers", 2)] == [(v.rule, v.amount) for v in found]
    assert judged(facts, rebuild=4, offers=7).feasible
    result = solve(facts, time_limit=5)
    assert (30, 3) == (result.objective, result.require()["offers"].start)


@pytest.mark.parametrize("solver", ["wsjf", "closure", "cpsat"])
def test_work_that_finds_no_place_holds_up_nobody(solver: str) -> None:
    """A rebuild that is left out, or that waits in vain, is no reason to wait for its end."""
    user = Initiative("offers", duration=1, requires={"payments": 2})
    never = core(optional=True, earliest_start=11, more=[user])
    assert ["offers"] == list(solve(never, solver=solver, time_limit=5).require())
    beyond = Initiative("beyond", duration=12, raises={"records": 1}, optional=True)
    in_vain = Portfolio(
        timeline=Timeline("2027-01", 12),
        capabilities=[Capability("payments", 2), Capability("records")],
        initiatives=[
            Initiative(
                "rebuild",
                duration=1,
                requires={"records": 1},
                lowers={"payments": 1},
                optional=True,
            ),
            beyond,
            user,
        ],
    )
    assert "offers" in solve(in_vain, solver=solver, time_limit=5).require()


def test_the_chain_ends_with_the_work_that_lowers() -> None:
    """Where the end of a dip decides a need, the critical chain names the work that lowers."""
    facts = core(raises={}, more=[Initiative("before", duration=1)])
    assert ("rebuild",) == critical_chain(plan(facts, rebuild=4, before=0))


def test_a_floor_forbids_dips_while_it_holds() -> None:
    """Work may lower a capability only where its floor is no higher; periods are told once."""
    facts = core(floor={0: 1, 6: 2})
    assert judged(facts, rebuild=3).feasible
    found = judged(facts, rebuild=4)
    (violation,) = found.violations
    assert ("floor of payments", ("rebuild",), 1) == (
        violation.rule,
        violation.who,
        violation.amount,
    )
    assert "payments is at level 1 for 1 month from 2027-07; its floor is 2" == violation.message
    by_two = judged(core(floor=2), rebuild=4).violations
    assert [3] == [violation.amount for violation in by_two]


def test_a_floor_that_rises_demands_its_level_by_then() -> None:
    """A higher floor is a due date for the level, for whoever raises it."""
    facts = core(floor={0: 1, 5: 3})
    assert judged(facts, rebuild=2).feasible
    late = judged(facts, rebuild=4).violations
    assert [
        "payments is at level 1 for 2 months from 2027-06; its floor is 3",
    ] == [violation.message for violation in late]
    never = judged(core(floor={0: 1, 5: 3}, optional=True)).violations
    assert [((), 7)] == [(violation.who, violation.amount) for violation in never]


def test_a_floor_moves_the_optimum() -> None:
    """A rebuild that would start at once waits until the floor lets it, or finds no time at all."""
    free, bound = core(floor=1), core(floor=(2, 2, 2, 2, *[1] * 8))
    assert (30, 70) == (solve(free, time_limit=5).objective, solve(bound, time_limit=5).objective)
    never = solve(core(floor=2), time_limit=5)
    assert Status.INFEASIBLE == never.status
    lifted = solve(Problem(core(floor=2)).without("floor of payments"), time_limit=5)
    assert 30 == lifted.objective


def test_a_mode_of_another_length_keeps_the_floor_too() -> None:
    """Each mode is judged by its own duration."""
    modes = [Mode("quick", 2, cost=50), Mode("slow", 4)]
    facts = core(duration=None, modes=modes, floor=(1, 1, 1, *[2] * 9))
    result = solve(facts, time_limit=5)
    assert (70, "quick") == (result.objective, result.require()["rebuild"].mode)


def test_a_parallel_build_needs_no_dip() -> None:
    """Of two ways, one with a dip and one without, the floor leaves the dearer one."""
    beside = Initiative("beside", duration=6, cost=90, raises={"payments": 4}, optional=True)
    need = Need("payments", 3, CostOfDelay(50), name="more")
    facts = core(floor=2, optional=True, more=[beside]).replace(needs=[need], name="two ways")
    assert {"beside"} == set(solve(facts, time_limit=5).require())


def test_a_floor_says_its_dates() -> None:
    """The sentence names each level and since when."""
    assert "payments may not be below level 2" == Floor("payments").sentence(core(floor=2))
    dated = core(floor={"2027-01": 1, "2027-07": 2})
    assert "payments may not be below level 1, 2 from 2027-07-01" == Floor("payments").sentence(
        dated
    )


def faults(**changes: Any) -> list[tuple[str, str]]:
    """Path and problem of each fault."""
    with pytest.raises(PortfolioError) as refused:
        core(**changes)
    return [(fault.path, fault.problem) for fault in refused.value.faults]


def test_contradictions_are_named() -> None:
    """Work that lowers what it stands on, or for no time, and floors out of reach are refused."""
    assert [
        (
            "initiatives[0].lowers.payments",
            "'rebuild' requires 'payments' at level 2 and lowers it to 1",
        )
    ] == faults(requires={"payments": 2})
    idle = "takes no time, so it can lower no level"
    assert [("initiatives[0].duration", f"'rebuild' {idle}")] == faults(duration=0)
    assert [("initiatives[0].modes[1].duration", f"'now' {idle}")] == faults(
        duration=None, modes=[Mode("slow", 2), Mode("now", 0)]
    )
    assert [
        ("capabilities[0].floor", "no initiative raises 'payments' to level 5"),
        ("capabilities[0].floor", "'payments' is at level 2, below its floor of 5"),
    ] == faults(floor=5)
    assert [("initiatives[0].lowers", "unknown capability 'payment'")] == faults(
        lowers={"payment": 1}
    )


def test_circles_through_a_dip_are_named() -> None:
    """What a mandatory rebuild waits for cannot itself wait for the end of the rebuild."""
    user = Initiative("data", duration=1, requires={"payments": 2}, raises={"records": 1})
    with pytest.raises(PortfolioError, match="data → rebuild → data"):
        Portfolio(
            timeline=Timeline("2027-01", 12),
            capabilities=[Capability("payments", 2), Capability("records")],
            initiatives=[
                Initiative("rebuild", duration=2, lowers={"payments": 0}, requires={"records": 1}),
                user,
            ],
        )
