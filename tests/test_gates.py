"""What a need waits for beyond its level: gates, and the ramp of its benefit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from roadmap.critical import critical_chain
from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import KINDS, Capability, Initiative, Need
from roadmap.losses import CostOfDelay, Deadline, Loss, Table
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline

YEAR = Timeline("2027-01", 12)


def facts(level: int = 0, **changes: Any) -> Portfolio:
    """A system, the training and the data without which nobody can use it, and a follow-up."""
    said: dict[str, Any] = {
        "gated_by": ["training", "data"],
        "loss": CostOfDelay(10),
    }
    return Portfolio(
        timeline=YEAR,
        capabilities=[Capability("advice", level)],
        needs=[Need("advice", 1, **(said | changes))],
        initiatives=[
            Initiative("system", duration=3, raises={"advice": 1}, ramp=1, optional=True),
            Initiative("training", duration=2, kind="people", optional=True),
            Initiative("data", duration=1, kind="data", ramp=5, optional=True),
            Initiative("follow-up", duration=1, requires={"advice": 1}, optional=True),
        ],
    )


@pytest.mark.parametrize(
    ("starts", "met"),
    [
        ({"system": 0, "training": 0, "data": 0}, 4),
        ({"system": 0, "training": 6, "data": 0}, 8),
        ({"system": 0, "training": 6, "data": 9}, 10),
        ({"system": 0, "training": 6}, None),
        ({"training": 0, "data": 0}, None),
        ({}, None),
    ],
)
def test_a_need_is_met_when_the_last_of_all_is_there(
    starts: Mapping[str, int], met: int | None
) -> None:
    """Its level with that work's ramp, and the finish of each gate; else never."""
    portfolio = facts()
    judged = evaluate(portfolio, Schedule.of(portfolio, starts))
    assert {"advice at level 1": met} == judged.attainment
    assert 10 * (12 if met is None else met) == judged.terms["urgency"]


def test_a_level_that_is_there_today_still_waits_for_its_gates() -> None:
    """The need is not met before people are trained."""
    portfolio = facts(level=1)
    judged = evaluate(portfolio, Schedule.of(portfolio, {"training": 1, "data": 0}))
    assert {"advice at level 1": 3} == judged.attainment


def test_gates_do_not_hold_up_work() -> None:
    """What requires the level may start when the system is there, training or not."""
    portfolio = facts()
    plan = Schedule.of(portfolio, {"system": 0, "follow-up": 4})
    assert evaluate(portfolio, plan).feasible
    assert 4 == Plan(portfolio, plan).attained("advice", 1)


def test_a_solver_brings_the_gates_in_time() -> None:
    """Optional work that gates a need is in the plan because the need is worth it."""
    result = solve(facts(), solver="cpsat")
    assert {"system", "training", "data"} == set(result.require())
    assert 40 == result.objective


@pytest.mark.parametrize(
    ("loss", "ramp", "table"),
    [
        (CostOfDelay(10), 0, (0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120)),
        (CostOfDelay(10), 1, (10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 120)),
        (CostOfDelay(10), 2, (15, 25, 35, 45, 55, 65, 75, 85, 95, 105, 115, 120, 120)),
        (CostOfDelay(1), 4, (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11, 12, 12)),
        (Deadline(6, 100), 3, (0, 0, 0, 0, 33, 66, 100, 100, 100, 100, 100, 100, 100)),
        (Table([0, -10, -1]), 2, (-6, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1)),
        (CostOfDelay(12), 99, None),
    ],
)
def test_the_benefit_ramps_up(loss: Loss, ramp: int, table: tuple[int, ...] | None) -> None:
    """The mean over the boundaries after, rounded down; past the end counts as the end."""
    found = Need("advice", 1, loss, ramp=ramp).ramped(loss.table(YEAR))
    expected = table or tuple(
        sum(12 * min(time + k, 12) for k in range(1, 100)) // 99 for time in range(13)
    )
    assert expected == found


def test_a_ramp_changes_no_attainment() -> None:
    """A need is met when it is met; its loss tells of the ramp."""
    portfolio = facts(ramp=3)
    judged = evaluate(portfolio, Schedule.of(portfolio, {"system": 0, "training": 0, "data": 0}))
    assert ({"advice at level 1": 4}, 60) == (judged.attainment, judged.terms["urgency"])
    never = evaluate(portfolio, Schedule.of(portfolio, {}))
    assert 120 == never.terms["urgency"]


def test_the_critical_chain_ends_with_the_last_gate() -> None:
    """It is the training that the need waits for; or both, when they end together."""
    portfolio = facts()
    late = Schedule.of(portfolio, {"system": 0, "training": 6, "data": 0})
    both = Schedule.of(portfolio, {"system": 0, "training": 0, "data": 3})
    assert ("training",) == critical_chain(Plan(portfolio, late))
    assert ("data",) == critical_chain(Plan(portfolio, both))
    there = facts(level=1)
    done = Schedule.of(there, {"system": 0, "training": 2, "data": 0})
    assert ("training",) == critical_chain(Plan(there, done))


def test_without_gates_and_ramps_nothing_is_new() -> None:
    """The network is the one that it was: no event beside that of the level."""
    plain = Problem(facts(gated_by=[])).network
    assert {"raised", "at or above"} == {event.key.kind for event in plain.events}


def test_faults() -> None:
    """Gates are known work, each once; a kind is one of four."""
    with pytest.raises(PortfolioError) as refused:
        Portfolio(
            timeline=YEAR,
            capabilities=[Capability("advice", 1)],
            needs=[Need("advice", 1, CostOfDelay(1), gated_by=["a", "a", "x"], ramp=-1)],
            initiatives=[Initiative("a", duration=1, kind="tools")],
        )
    assert [
        "needs[0].gated_by[1]: 'a' stands twice; take it out",
        "needs[0].gated_by[2]: unknown initiative 'x'; known: 'a'",
        "needs[0].ramp: -1 is too small; at least 0",
        f"initiatives[0].kind: 'tools' is not allowed; allowed: {', '.join(KINDS)}",
    ] == [str(fault) for fault in refused.value.faults]
