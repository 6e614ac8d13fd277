"""What users type, held by the type checker: this file is checked with the tests, and not run.

Each ``assert_type`` says what an editor must show; each call is one that must be taken as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import assert_type

import attrs
from matplotlib.axes import Axes

import roadmap as rm
from roadmap.network import Network
from roadmap.solvers.contract import Answer, Run


def state_the_facts() -> rm.Portfolio:
    """Lists, tuples, ints and mappings are all taken."""
    return rm.Portfolio(
        timeline=rm.Timeline("2027-01", periods=24, unit="month"),
        teams=[rm.Team("platform", capacity=3), rm.Team("data", capacity=(1, 2, 2))],
        capabilities=[rm.Capability("identity", level=1, combine={3: "any", 4: 2})],
        needs=(
            rm.Need("identity", level=3, loss=rm.CostOfDelay(80_000)),
            rm.Need("identity", level=4, loss=rm.Fading(500, percent=3) + rm.CostOfDelay(20)),
        ),
        initiatives=[
            rm.Initiative("hub", 5, {"platform": 2}, raises={"identity": 3}),
            rm.Initiative("build or buy", modes=[rm.Mode("buy", 2), rm.Mode("build", 6)]),
        ],
        dependencies=[rm.Dependency("hub", "build or buy", "SS", lag=-1, basis="law")],
    )


def ask(portfolio: rm.Portfolio) -> rm.Problem:
    """Problems are changed by copy."""
    problem = rm.Problem(portfolio)
    assert_type(problem.constraints, tuple[rm.Constraint, ...])
    rule = rm.LatestFinish("hub", 9)
    return problem.with_(rule).without(rule).without("capacity").replace(objective=(rm.Makespan(),))


def answer(problem: rm.Problem, own: Callable[[Network, Run], Answer]) -> rm.Result:
    """Solvers by name or as functions; a result's parts have their types."""
    seen: list[rm.Progress] = []
    result = rm.solve(problem, solver="wsjf", time_limit=None)
    rm.solve(problem.portfolio, solver=own, hint=result, on_progress=seen.append)
    assert_type(result.status, rm.Status)
    assert_type(result.objective, int | None)
    assert_type(result.gap, float | None)
    assert_type(result.schedule, rm.Schedule | None)
    assert_type(result.require()["hub"].start, int)
    assert_type(result.trace, tuple[rm.Progress, ...])
    assert_type(rm.Result.from_json(result.to_json(), problem), rm.Result)
    return result


def judge(portfolio: rm.Portfolio, result: rm.Result) -> None:
    """Any schedule is judged; any number are compared."""
    schedule = rm.Schedule.of(portfolio, {"hub": 3})
    judged = rm.evaluate(portfolio, schedule)
    assert_type(judged.violations, tuple[rm.Violation, ...])
    assert_type(judged.objective, int)
    assert_type(judged.terms, Mapping[str, int])
    assert_type(rm.compare({"ours": result, "mine": schedule}), rm.Comparison)
    assert_type(rm.critical_chain(rm.Plan(portfolio, schedule)), tuple[str, ...])


def read_and_draw(folder: Path) -> None:
    """Paths are text or ``Path``; charts give axes."""
    portfolio = rm.read(folder / "bank.yaml")
    assert_type(portfolio, rm.Portfolio)
    assert_type(rm.read(str(folder / "bank.yaml")), rm.Portfolio)
    assert_type(rm.read_schedule(folder / "plan.csv", portfolio), rm.Schedule)
    assert_type(rm.write(portfolio, folder / "copy.yaml", overwrite=True), Path)
    result = rm.solve(portfolio)
    for axes in (rm.gantt(result), rm.dependencies(result), rm.load(result), rm.value(result)):
        assert_type(axes, Axes)


def extend() -> rm.Constraint:
    """A rule of one's own is an attrs class."""

    @attrs.frozen
    class Quiet(rm.EarliestStart):
        """A rule made from a rule."""

    return Quiet("hub", 3)
