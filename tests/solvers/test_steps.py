"""The time-indexed bound against exhaustive search: never too high, and no better plan cut off."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from itertools import combinations_with_replacement

import pytest

from roadmap.network import Assignment, Network
from roadmap.solvers.bounds.dual_feasible import sharpened
from roadmap.solvers.bounds.heads import heads
from roadmap.solvers.bounds.proof import Option, Proof
from roadmap.solvers.bounds.steps import Steps
from roadmap.solvers.generation import Scheme
from roadmap.solvers.lists import list_plan
from roadmap.solvers.priorities import closure
from tests.campaigns.agreement import best_by_hand
from tests.solvers.networks import cheapest, event, item, mode
from tests.solvers.networks import network as by_hand
from tests.strategies import random_problem

CASES = 25
WIDTHS = (1, 2, 3)


def program(network: Network, width: int, until: int) -> Steps:
    """The linear program on a grid."""
    return Steps(network, heads(network), range(width - 1, until + width, width))


def proven(steps: Steps) -> Proof:
    """What its prices prove."""
    solution = steps.program.solve(math.inf)
    assert solution is not None
    return steps.weigh(solution.prices)


@pytest.mark.parametrize("seed", range(8))
def test_no_grid_bounds_above_the_optimum(seed: int) -> None:
    """On fine and coarse grids, whole and cut short, the bound is at most what is best by hand."""
    rng = random.Random(300 + seed)
    for _ in range(CASES):
        problem = random_problem(rng)
        best, network = best_by_hand(problem), problem.network
        if best is None:
            continue
        for width in WIDTHS:
            for until in (network.horizon, rng.randint(0, network.horizon)):
                steps = program(network, width, until)
                assert proven(steps).bound <= best.cost
                # whatever the prices are, what they prove is so
                anything = [rng.random() * best.cost for _ in steps.program.rows]
                assert steps.weigh(anything).bound <= best.cost


@pytest.mark.parametrize("seed", range(8))
def test_no_better_plan_is_cut_off(seed: int) -> None:
    """Every plan that is cheaper than the cost asked about lies within the windows."""
    rng = random.Random(400 + seed)
    for _ in range(CASES):
        problem = random_problem(rng)
        best, network = best_by_hand(problem), problem.network
        if best is None:
            continue
        proof = proven(program(network, rng.choice(WIDTHS), rng.choice((network.horizon, 3))))
        for plan in best.plans:
            for number, activity in enumerate(network.activities):
                left = proof.left(number, best.cost + 1)
                start = plan[activity.name].start if activity.name in plan else None
                assert [] != [option for option in left if _holds(option, start)]
                assert [] == proof.left(number, proof.bound)


def _holds(option: Option, start: int | None) -> bool:
    """Whether a start, or none, is what an option says."""
    if start is None or option.since is None or option.until is None:
        return start is option.since
    return option.since <= start <= option.until


def planned(rng: random.Random) -> Iterator[tuple[Network, Assignment, int]]:
    """Networks by chance, each with a list rule's plan and the optimum by hand."""
    for _ in range(CASES):
        problem = random_problem(rng)
        best, network = best_by_hand(problem), problem.network
        plan, _ = list_plan(Scheme(network), closure.ranks(network))
        if best is not None and plan is not None:
            yield network, plan, best.cost


@pytest.mark.parametrize("seed", range(3))
def test_the_narrowed_network_keeps_the_optimum(seed: int) -> None:
    """With only the starts of a plan in hand and of better ones, the optimum is the same."""
    rng = random.Random(500 + seed)
    for network, plan, least in planned(rng):
        proof = proven(program(network, rng.choice(WIDTHS), network.horizon))
        narrowed = proof.narrowed(network, plan, network.cost(plan))
        answer = cheapest(narrowed)
        assert answer.assignment is not None
        assert least == network.cost(answer.assignment)


def test_a_fine_grid_may_prove_the_optimum() -> None:
    """Two activities of a whole team, one twice as dear: first the dear one, and none is better."""
    made = by_hand(
        item("a", mode(2, (0, 1))),
        item("b", mode(2, (0, 1))),
        capacities=[1],
        events=[event(0), event(1)],
        losses=[(0, [10 * t for t in range(11)]), (1, [20 * t for t in range(11)])],
    )
    proof = proven(program(made, 1, 10))
    assert 80 == proof.bound
    assert [[(2, 2)], [(0, 0)]] == [
        [(option.since, option.until) for option in proof.left(activity, 81)] for activity in (0, 1)
    ]


def test_parts_of_a_choice_hold_it_too() -> None:
    """Two of three are needed: that one is there at once is no half of it."""
    made = by_hand(
        item("at once", mode(1)),
        *(item(name, mode(5, (0, 1)), latest=15) for name in ("one", "or the other", "dear")),
        capacities=[1],
        events=[event(0, 1, 2, count=2), event(3)],
        losses=[(0, [10 * t for t in range(16)]), (1, [20 * t for t in range(16)])],
        horizon=15,
    )
    assert 200 == proven(program(made, 1, 15)).bound


@pytest.mark.parametrize("capacity", range(1, 13))
def test_what_fits_still_fits(capacity: int) -> None:
    """Whatever demands fit together into a capacity do so under every function."""
    demands = range(1, capacity + 1)
    rng = random.Random(capacity)
    for _ in range(20):
        work = [(rng.choice(demands), rng.randint(1, 5)) for _ in range(6)]
        amounts = sorted({amount for amount, _ in work})
        for sharpening in sharpened(work, [capacity])[capacity]:
            for count in range(1, 5):
                for together in combinations_with_replacement(amounts, count):
                    if sum(together) <= capacity:
                        taken = sum(sharpening.function[amount] for amount in together)
                        assert taken <= sharpening.most
