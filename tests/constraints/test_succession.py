"""Work that comes after other work, if both are done."""

from __future__ import annotations

import pytest

from roadmap.constraints import Succession
from roadmap.errors import ProblemError
from roadmap.evaluation import evaluate
from roadmap.facts import Capability, Initiative, Need
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline

FACTS = Portfolio(
    timeline=Timeline("2027-01", 6),
    capabilities=[Capability("portal")],
    needs=[Need("portal", 1, CostOfDelay(10))],
    initiatives=[
        Initiative("pilot", duration=2, optional=True),
        Initiative("roll-out", duration=3, optional=True, raises={"portal": 1}),
    ],
)
RULE = Succession("pilot", "roll-out")
PROBLEM = Problem(FACTS).with_(RULE)


@pytest.mark.parametrize("starts", [{}, {"pilot": 1}, {"roll-out": 0}, {"pilot": 0, "roll-out": 2}])
def test_a_plan_that_keeps_it(starts: dict[str, int]) -> None:
    """Either may be left out; together, one waits for the other."""
    assert evaluate(PROBLEM, Schedule.of(FACTS, starts)).feasible


def test_a_plan_that_breaks_it() -> None:
    """The violation says by how much it is too soon."""
    found = evaluate(PROBLEM, Schedule.of(FACTS, {"pilot": 1, "roll-out": 1})).violations
    assert [("roll-out starts 2 months before pilot is finished", 2)] == [
        (str(one), one.amount) for one in found
    ]
    assert "if pilot is in the plan, roll-out starts after it finishes" == RULE.sentence(FACTS)


def test_the_smallest_case_that_it_changes() -> None:
    """What need not be done is left out; where it must be, the other waits for it."""
    must = FACTS.replace(initiatives=[Initiative("pilot", duration=2), FACTS.initiatives[1]])
    assert 30 == solve(PROBLEM, solver="cpsat").objective
    assert 50 == solve(Problem(must).with_(RULE), solver="cpsat").objective
    assert 30 == solve(Problem(must), solver="cpsat").objective


def test_unknown_work_is_refused() -> None:
    """With the nearest name."""
    with pytest.raises(ProblemError, match="did you mean 'pilot'"):
        Problem(FACTS).with_(Succession("pilots", "roll-out"))
