"""The second improver, in a process of its own."""

from __future__ import annotations

import queue
import time
from contextlib import nullcontext
from random import Random
from typing import Any, cast

import attrs
import pytest

from roadmap.network import Assignment
from roadmap.problem import Problem
from roadmap.solvers import child as processes
from roadmap.solvers.annealing import Annealing
from roadmap.solvers.child import Child, read, written
from roadmap.solvers.generation import Scheme
from roadmap.solvers.helper import Helper, helper, incumbent, take
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.lists import PRIORITIES, list_plan
from tests.solvers.cases import hard
from tests.solvers.networks import keeps, run_of

_PATIENCE = 60.0


def begun(count: int) -> tuple[Incumbent, list[Assignment]]:
    """The plan of a list rule, and all that are better as they come."""
    network = Problem(hard(count)).network
    found: list[Assignment] = []
    best = Incumbent(network, run_of(reproducible=False, on_plan=found.append))
    plan, _ = list_plan(Scheme(network), next(iter(PRIORITIES.values()))(network))
    assert plan is not None
    best.offer(plan, "list")
    return best, found


def test_it_improves_the_plan() -> None:
    """What it tells of keeps every rule and costs less than what it was told of."""
    best, found = begun(90)
    until = time.monotonic() + _PATIENCE
    with helper(best) as beside:
        while len(found) < 3 and time.monotonic() < until:
            beside.exchange()
            time.sleep(0.05)
    costs = [best.network.cost(plan) for plan in found]
    assert sorted(set(costs), reverse=True) == costs
    assert len(costs) >= 3
    assert all(keeps(best.network, plan) for plan in found)
    assert {"annealing", "window"} >= {step.source for step in best.run.trace[1:]}


@attrs.define
class Scripted:
    """A child that has said something, and keeps what it is told."""

    says: list[dict[str, Any]]
    told: list[Any] = attrs.field(factory=list)
    fault: str = ""

    def heard(self) -> list[dict[str, Any]]:
        """All that it has said, once."""
        said, self.says = self.says, []
        return said

    def tell(self, what: Any) -> None:
        """Keep it."""
        self.told.append(what)


def said_of(best: Incumbent, plan: Assignment) -> dict[str, Any]:
    """What a child says of a plan."""
    return {"plan": read(written(plan)), "cost": best.network.cost(plan), "source": "window"}


def test_the_child_is_told_once_of_what_is_better() -> None:
    """Not of what it has found itself, and not again because it found something worse."""
    best, found = begun(60)
    first, better = found[0], shortened(best)
    child = Scripted([said_of(best, first)])
    helper_ = Helper(best, cast("Child", child))
    helper_.exchange()
    assert [] == child.told
    best.offer(better, "here")
    helper_.exchange()
    child.says = [said_of(best, first)]
    helper_.exchange()
    assert [better] == child.told
    assert better == best.plan


def test_the_child_knows_how_long_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left of the limit; nothing where there is none."""
    best, _ = begun(60)
    left = []
    for limit in (None, 20.0):
        best.run.time_limit = limit
        child = Scripted([])
        monkeypatch.setattr(processes, "child_of", lambda _, child=child: nullcontext(child))
        with helper(best):
            left.append(child.told[0]["seconds"])
    assert left[0] is None
    assert 0.0 < left[1] < 20.0


def test_what_the_child_finds_is_taken() -> None:
    """It is the best plan then, with the child's word on how it was found."""
    best, _ = begun(60)
    better = shortened(best)
    child = Scripted([said_of(best, better)])
    Helper(best, cast("Child", child)).exchange()
    assert better == best.plan
    assert "window" == best.run.trace[-1].source
    assert [] == child.told


def test_what_breaks_down_there_is_told_here() -> None:
    """A window of the child's that was left stands in the note, and no plan is lost by it."""
    best, _ = begun(60)
    better = shortened(best)
    child = Scripted([{"mishap": "a window was left"}, said_of(best, better)])
    Helper(best, cast("Child", child)).exchange()
    assert (["a window was left"], better) == (best.mishaps, best.plan)
    told: list[dict[str, Any]] = []
    own = incumbent(best.network, 0, told.append)
    for what in ("a window was left", "a window was left", "another"):
        own.mishap(what)
    assert [{"mishap": "a window was left"}, {"mishap": "another"}] == told


def test_the_child_takes_a_plan_without_telling_of_it() -> None:
    """It tells of what it has found by itself alone."""
    best, found = begun(60)
    better = shortened(best)
    told: list[dict[str, Any]] = []
    own = incumbent(best.network, 0, told.append)
    theirs: queue.SimpleQueue[Assignment] = queue.SimpleQueue()
    theirs.put(found[0])
    assert not take(own, theirs)
    assert found[0] == own.plan
    assert [] == told
    own.offer(better, "annealing")
    assert [said_of(best, better) | {"source": "annealing"}] == read(written(told))


def shortened(best: Incumbent) -> Assignment:
    """A better plan than the best, after a little annealing."""
    assert best.plan is not None
    search = Annealing(Scheme(best.network), Random(1))
    assert search.restart(best.plan)
    search.run(2_000, 0.1)
    assert best.cost is not None
    assert search.best < best.cost
    return search.plan


def test_without_a_process_there_is_no_help() -> None:
    """Nothing is found, and nothing goes wrong."""
    best, found = begun(60)
    Helper(best, None).exchange()
    assert 1 == len(found)
