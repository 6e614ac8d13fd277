"""The second improver, in a process of its own."""

from __future__ import annotations

import time

from roadmap.network import Assignment
from roadmap.problem import Problem
from roadmap.solvers.generation import Scheme
from roadmap.solvers.helper import Helper, helper
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.lists import PRIORITIES, list_plan
from tests.solvers.cases import hard
from tests.solvers.networks import run_of

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
    assert [] == [breach for plan in found for breach in best.network.breaches(plan)]
    assert {"annealing", "window"} >= {step.source for step in best.run.trace[1:]}


def test_it_goes_on_from_a_better_plan() -> None:
    """Told of a plan that it has not found, it tells of none that is worse."""
    best, found = begun(60)
    other, better = begun(60)
    with helper(other) as ahead:
        until = time.monotonic() + _PATIENCE
        while len(better) < 5 and time.monotonic() < until:
            ahead.exchange()
            time.sleep(0.05)
    with helper(best) as beside:
        best.offer(better[-1], "told")
        told = len(found)
        until = time.monotonic() + _PATIENCE
        while len(found) == told and time.monotonic() < until:
            beside.exchange()
            time.sleep(0.05)
    assert best.network.cost(found[told]) < best.network.cost(better[-1])


def test_without_a_process_there_is_no_help() -> None:
    """Nothing is found, and nothing goes wrong."""
    best, found = begun(60)
    Helper(best, None).exchange()
    assert 1 == len(found)
