"""Plans by rounding: lists in the order of points of a linear program's steps."""

from __future__ import annotations

import math
from typing import cast

import pytest

from benchmarks.portfolios import Kind, portfolio
from roadmap.network import Assignment, Network, Slot
from roadmap.problem import Problem
from roadmap.solvers.bounds.beside import Prover
from roadmap.solvers.bounds.heads import heads
from roadmap.solvers.bounds.proof import SCALE, Proof
from roadmap.solvers.bounds.proofs import proofs
from roadmap.solvers.bounds.steps import Steps
from roadmap.solvers.child import Child, read, written
from roadmap.solvers.generation import Scheme
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.lists import PRIORITIES, list_plan
from roadmap.solvers.rounding import rounded
from tests.solvers.networks import event, item, keeps, mode, network, run_of
from tests.solvers.test_helper import Scripted


def pair() -> Network:
    """Two pieces of work for one team, each with a loss."""
    return network(
        item("a", mode(1, (0, 1))),
        item("b", mode(1, (0, 1))),
        capacities=[1],
        events=[event(0), event(1)],
        losses=[(0, range(11)), (1, range(11))],
    )


def starts(plan: Assignment) -> list[int | None]:
    """When each activity starts."""
    return [None if slot is None else slot.start for slot in plan]


def test_each_point_makes_a_list() -> None:
    """The average, a half, a quarter and three quarters of what starts; each by hand.

    Of ``a`` a third starts at once and the rest late, so that it is late on average and by its half
    and three quarters; ``b`` starts in the middle.
    """
    courses = [[1 / 3, 1 / 3, 1 / 3, 1 / 3, 1.0], [0.0, 0.0, 1.0, 1.0, 1.0]]
    plans = [starts(plan) for plan in rounded(Scheme(pair()), courses)]
    assert [[1, 0], [1, 0], [0, 1], [1, 0]] == plans


@pytest.mark.parametrize("late", [0.0, 5e-4])
def test_what_never_starts_comes_last(late: float) -> None:
    """Nor does what starts by next to nothing, however soon."""
    courses = [[late, late, late], [0.0, 0.0, 1.0]]
    assert {(1, 0)} == {tuple(starts(plan)) for plan in rounded(Scheme(pair()), courses)}


def test_steps_that_fall_by_a_little_are_read_as_level() -> None:
    """As a solver gives them that is only nearly there."""
    courses = [[0.4, 0.3999, 1.0, 0.9999], [0.0, 0.5, 0.4999, 1.0]]
    plans = [starts(plan) for plan in rounded(Scheme(pair()), courses)]
    assert [[0, 1], [1, 0], [0, 1], [0, 1]] == plans


def test_points_within_a_cell_are_told_apart() -> None:
    """What starts more of itself in the same cell is half started sooner."""
    courses = [[0.0, 0.6, 1.0], [0.0, 0.9, 1.0]]
    assert {(1, 0)} == {tuple(starts(plan)) for plan in rounded(Scheme(pair()), courses)}


def test_optional_work_may_be_left_out() -> None:
    """Work that costs more than it saves is in no plan, whatever its point."""
    dear = network(
        item("a", mode(1, (0, 1))),
        item("b", mode(1, (0, 1), cost=1_000), optional=True),
        capacities=[1],
        events=[event(0), event(1)],
        losses=[(0, range(11)), (1, range(11))],
    )
    plans = list(rounded(Scheme(dear), [[0.0, 1.0], [1.0, 1.0]]))
    assert {(Slot(0, 0), None)} == set(plans)


def test_it_beats_the_rules_where_there_is_much_to_weigh() -> None:
    """At 120 contended initiatives no rule is as good as its best plan, and all are sound."""
    made = Problem(portfolio(Kind(120, seed=102, contention=2))).network
    scheme, steps = Scheme(made), Steps(made, heads(made), range(0, made.horizon, 2))
    solution = steps.program.solve(math.inf)
    assert solution is not None
    plans = list(rounded(scheme, steps.courses(solution.values)))
    ruled = [list_plan(scheme, rule(made))[0] for rule in PRIORITIES.values()]
    assert all(keeps(made, plan) for plan in plans)
    assert min(map(made.cost, plans)) < min(made.cost(plan) for plan in ruled if plan)


def test_what_the_prover_rounds_is_taken() -> None:
    """A better plan becomes the best, a worse one does not; bounds are taken as before.

    The prover is told what the best costs now, and once.
    """
    made = pair()
    best = Incumbent(made, run_of(reproducible=False))
    late, soon = (Slot(5, 0), Slot(6, 0)), (Slot(0, 0), Slot(1, 0))
    best.offer(late, "a rule")
    proof = Proof(2 * SCALE)
    said = [
        {"plan": soon, "source": "rounding"},
        {"plan": late, "source": "rounding"},
        {"source": "steps", "proof": proof},
    ]
    child = Scripted(read(written(said)))
    prover = Prover(best, cast("Child", child), known=best.cost)
    for _ in range(2):
        prover.exchange()
    assert (soon, 3) == (best.plan, best.cost)
    assert [3] == child.told
    assert (2, "steps") == (best.bound, best.proven_by)
    assert ["a rule", "rounding", "steps"] == [step.source for step in best.run.trace]


def test_plans_come_with_the_proofs() -> None:
    """After the proof by the solution that they are rounded from; none where nobody asks."""
    made = Problem(portfolio(Kind(20, seed=101))).network
    told: list[str] = []
    found: list[Assignment] = []

    def take(plan: Assignment) -> None:
        told.append("plan")
        found.append(plan)

    for source, _ in proofs(made, made.horizon, None, take):
        told.append(source)
    first = told.index("plan")
    assert ["steps", *["plan"] * 4] == told[first - 1 : first + 4]
    assert "plan" not in told[:first]
    assert all(keeps(made, plan) for plan in found)
    costs = [made.cost(plan) for plan in found]
    assert max(proof.bound for _, proof in proofs(made, made.horizon, None)) <= min(costs)
