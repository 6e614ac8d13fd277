"""What can be worked on at one time: the heaviest set, and limits that prove what teams do not."""

from __future__ import annotations

import math
import random
from itertools import combinations

import pytest

from roadmap.network import Network
from roadmap.solvers.bounds.cutting import Cutting
from roadmap.solvers.bounds.heads import heads
from roadmap.solvers.bounds.precedence import finished
from roadmap.solvers.bounds.steps import Steps
from roadmap.solvers.bounds.together import Together
from tests.solvers.networks import event, item, lag, mode, network


def in_turn(demands: list[tuple[int, ...]], capacities: list[int]) -> Network:
    """Work of two periods that takes so much of each team, each as urgent as the others."""
    items = [
        item(f"{number}", mode(2, *((team, a) for team, a in enumerate(demand) if a)))
        for number, demand in enumerate(demands)
    ]
    losses = [(number, [10 * t for t in range(11)]) for number in range(len(demands))]
    events = [event(number) for number in range(len(demands))]
    return network(*items, capacities=capacities, events=events, losses=losses)


TRIANGLE = in_turn([(1, 0, 1), (1, 1, 0), (0, 1, 1)], [1, 1, 1])
"""Each two of three meet in another team."""


@pytest.mark.parametrize("seed", range(30))
def test_the_heaviest_set_is_the_heaviest(seed: int) -> None:
    """Of all sets of work without order that fit, none weighs more, and it weighs so much."""
    rng = random.Random(seed)
    capacity = [rng.randint(1, 9) for _ in range(3)]
    demands = [tuple(rng.randint(0, 5) for _ in capacity) for _ in range(10)]
    weights = {(n, 0): rng.randint(1, 20) for n, demand in enumerate(demands) if any(demand)}
    together = Together(in_turn(demands, [9, 9, 9]))
    fitting = [
        chosen
        for count in range(len(weights) + 1)
        for chosen in combinations(weights, count)
        if all(sum(demands[a][team] for a, _ in chosen) <= capacity[team] for team in range(3))
    ]
    heaviest = max(sum(weights[unit] for unit in chosen) for chosen in fitting)
    found = together.heaviest(weights, capacity)
    assert found is not None
    assert heaviest == found[0] == sum(weights[unit] for unit in found[1])
    assert tuple(sorted(found[1])) in {tuple(sorted(chosen)) for chosen in fitting}


def test_what_waits_is_never_in_one_set() -> None:
    """A chain takes as much as its heaviest link, though the team has room for all."""
    chain = network(
        *(item(name, mode(2, (0, 1))) for name in "abc"),
        capacities=[3],
        lags=[lag(0, 1), lag(1, 2)],
    )
    weights = {(0, 0): 3, (1, 0): 5, (2, 0): 4}
    assert (5, ((1, 0),)) == Together(chain).heaviest(weights, (3,))
    assert (0b000, 0b001, 0b011) == finished(chain).by_start


def test_a_search_may_take_too_long() -> None:
    """Of fifty pieces of work that all fit by twenties no heaviest set is found in time."""
    rng = random.Random(0)
    demands: list[tuple[int, ...]] = [
        (rng.randint(90, 110), rng.randint(90, 110)) for _ in range(50)
    ]
    together = Together(in_turn(demands, [2_000, 2_000]))
    weights = {(number, 0): rng.randint(90, 110) for number in range(50)}
    assert None is together.heaviest(weights, (2_000, 2_000))


def test_least_and_enough() -> None:
    """Nothing is found that weighs no more than asked for; the search may end sooner."""
    together, weights = Together(TRIANGLE), {(0, 0): 3, (1, 0): 5, (2, 0): 4}
    assert (5, ()) == together.heaviest(weights, (1, 1, 1), least=5)
    found = together.heaviest(weights, (1, 1, 1), enough=1)
    assert found is not None
    assert 1 <= found[0] <= 5


def test_three_that_meet_two_by_two() -> None:
    """Halves of all three break no team's capacity, but the limit of one at a time."""
    together, halves = Together(TRIANGLE), {(a, 0): 0.5 for a in range(3)}
    limit = together.broken(halves, (1, 1, 1), [])
    assert limit is not None
    weights, most = limit
    assert dict.fromkeys(halves, most) == weights
    assert None is together.broken({(a, 0): 1 / 3 for a in range(3)}, (1, 1, 1), [])


def test_a_limit_is_lifted_to_what_it_has_room_for() -> None:
    """A fourth that meets all three is weighed like them; a fifth that meets none is not."""
    five = in_turn([(1, 0, 1, 0), (1, 1, 0, 0), (0, 1, 1, 0), (1, 1, 1, 0), (0, 0, 0, 1)], [1] * 4)
    limit = Together(five).broken({(a, 0): 0.5 for a in range(3)}, (1, 1, 1, 1), [(3, 0), (4, 0)])
    assert limit is not None
    weights, most = limit
    assert {(a, 0): most for a in range(4)} == weights


def test_limits_prove_what_teams_alone_do_not() -> None:
    """One after another they end at 2, 4 and 6; where each team counts alone, sooner."""
    steps = Steps(TRIANGLE, heads(TRIANGLE), range(11))
    solution = steps.program.solve(math.inf)
    assert solution is not None
    assert steps.weigh(solution.prices).bound < 120
    cutting = Cutting(steps)
    for _ in range(10):
        if not cutting.cut(solution.values):
            break
        solution = steps.program.solve(math.inf)
        assert solution is not None
    assert 120 == steps.weigh(solution.prices).bound
