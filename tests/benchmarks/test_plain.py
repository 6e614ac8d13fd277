"""The plain model, which others are measured with, says what the portfolios say."""

from __future__ import annotations

import attrs
import pytest

from benchmarks.discounted import Discounted
from benchmarks.peers import PLAIN, Conditions, find_peer
from benchmarks.portfolios import Kind, portfolio
from roadmap.evaluation import evaluate
from roadmap.facts import Capability, Dependency, Initiative, Need, Team
from roadmap.losses import CostOfDelay, Deadline, Table
from roadmap.objectives import Makespan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline

CONDITIONS = Conditions(limit=60.0, workers=2, seed=1)


def agree(problem: Problem) -> None:
    """The plain model's optimum passes the judge, costs what it says, and is ours too."""
    found = find_peer(PLAIN).solve(problem, CONDITIONS)
    ended = found.steps[-1]
    assert found.schedule is not None
    judged = evaluate(problem, found.schedule)
    assert () == judged.violations
    assert judged.objective == ended.cost == ended.bound
    assert solve(problem, solver="cpsat").bound == ended.cost


@pytest.mark.parametrize("seed", range(20))
def test_the_plain_model_finds_the_optimum(seed: int) -> None:
    """On generated portfolios its optimum is the judge's and the library's own."""
    agree(Problem(portfolio(Kind(initiatives=10 + seed % 4, seed=seed, contention=2.0))))


def small() -> Portfolio:
    """Every way that levels, links and losses may go, in four initiatives."""
    return Portfolio(
        timeline=Timeline("2027-01", 12),
        teams=[Team("a", [1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1])],
        capabilities=[Capability("x", combine={2: "any"}), Capability("y", level=1)],
        needs=[
            Need("x", 1, Deadline(4, penalty=9, rate=2) + CostOfDelay(1)),
            Need("x", 2, Table([0, 1, 4, 9, 16, 25, 36])),
            Need("y", 1, CostOfDelay(5)),
            Need("y", 2, CostOfDelay(1)),
        ],
        initiatives=[
            Initiative("p", duration=3, demand={"a": 1}, raises={"x": 1}, cost=2),
            Initiative("q", duration=2, demand={"a": 1}, raises={"x": 2}, optional=True, cost=3),
            Initiative("r", duration=4, demand={"a": 1}, raises={"x": 2}, optional=True),
            Initiative("s", duration=1, raises={"y": 2}, requires={"x": 1}, ramp=1, optional=True),
        ],
        dependencies=[
            Dependency("p", "q", "SS", 1),
            Dependency("p", "r", "SF", 4),
            Dependency("q", "s", "FF", 2),
        ],
    )


def test_all_that_it_says_is_so() -> None:
    """Higher levels count for lower ones, ramps, sums of losses, tables and all four links."""
    agree(Problem(small()))


def test_the_makespan_is_said() -> None:
    """The last finish of what is done."""
    agree(Problem(small(), objective=[Makespan()]))


def test_a_loss_that_falls_is_refused() -> None:
    """A time that is only pushed up can say no loss that falls; that is told, not ignored."""
    facts = small()
    falling = attrs.evolve(facts.needs[0], loss=Table([3, 2]))
    with pytest.raises(ValueError, match="falls with time"):
        find_peer(PLAIN).build(Problem(facts.replace(needs=[falling])))


def test_what_is_left_of_value_is_what_is_not_gone() -> None:
    """A discounted value counted from finishes is that of its cost, but for rounding."""
    instance = Discounted(small(), {"p": 70, "s": 30})
    schedule = Schedule.of(instance.facts, {"p": 0, "s": 7})
    assert pytest.approx(70 * 0.9704455 + 30 * 0.9231163) == instance.value(schedule)
    assert 98.5 == instance.left(15_000)
