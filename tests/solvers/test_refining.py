"""Finer grids: what is halved, and what is not known in a cell."""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks.portfolios import Kind, portfolio
from roadmap.problem import Problem
from roadmap.solvers.bounds.heads import heads
from roadmap.solvers.bounds.proofs import _chains, _first, proofs
from roadmap.solvers.bounds.refining import refined
from roadmap.solvers.bounds.steps import Steps
from tests.solvers.networks import event, item, mode, network


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (2, [3, 7]),
        (3, [1, 3, 7]),
        (4, [0, 1, 3, 7]),
        (5, [0, 1, 2, 3, 7]),
        (6, [0, 1, 2, 3, 5, 7]),
        (8, [0, 1, 2, 3, 4, 5, 6, 7]),
        (99, [0, 1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_the_cell_with_most_is_halved(count: int, expected: list[int]) -> None:
    """Halves have a quarter of it each, the earlier one goes first, and periods are not halved."""
    assert expected == refined([3, 7], [20.0, 1.0], count)


def test_no_cell_is_empty_where_lengths_are_odd() -> None:
    """Each moment once, and all of those before."""
    grid = [0, 1, 8, 19]
    for count in range(4, 21):
        finer = refined(grid, [1.0, 0.0, 3.0, 5.0], count)
        assert count == len(finer)
        assert all(sooner < later for sooner, later in pairwise(finer))
        assert set(grid) <= set(finer)


def test_what_is_not_known() -> None:
    """Losses between the ends of a cell, and how long it is for what starts there, as shares.

    Of two activities one starts in each cell, and finishes two periods later; a loss that is the
    same for three periods is known.
    """
    made = network(
        item("a", mode(2)),
        item("b", mode(2), latest=10),
        capacities=[],
        events=[event(0), event(1)],
        losses=[(0, [0, 0, 0, 5, 5, 5, 5, 5, 5, 5, 5]), (1, range(11))],
    )
    steps = Steps(made, heads(made), [3, 7])
    started = {0: (1.0, 1.0), 1: (0.0, 1.0)}
    values = [0.0] * len(steps.program.costs)
    for activity, (chain,) in enumerate(steps._chains):
        for step, value in zip(chain.steps, started[activity], strict=True):
            values[step] = value
    assert [list(started[a]) for a in range(2)] == steps.courses(values)
    lost = (5.0 + 0.0, 4.0)
    spread = (4.0, 4.0)
    expected = [a / sum(lost) + b / sum(spread) for a, b in zip(lost, spread, strict=True)]
    assert expected == pytest.approx(steps.unknown(values))


def test_a_refined_grid_proves_more_than_equal_cells() -> None:
    """With as many moments, on a portfolio of which all is urgent early."""
    made = Problem(portfolio(Kind(60, seed=103, contention=2))).network
    equal = range(3, made.horizon + 4, 4)
    coarse = Steps(made, heads(made), range(15, made.horizon + 16, 16))
    solution = coarse.program.solve(60)
    assert solution is not None
    grid: list[int] = list(coarse.grid)
    grid = refined(grid, coarse.unknown(solution.values), len(equal))
    assert len(equal) == len(grid)
    bounds = []
    for moments in (equal, grid):
        steps = Steps(made, heads(made), moments)
        solution = steps.program.solve(60)
        assert solution is not None
        bounds.append(steps.weigh(solution.prices).bound)
    assert bounds[0] < bounds[1]


def test_programs_grow_until_they_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the finest equal cells that are allowed first on; never more moments than allowed."""
    made = Problem(portfolio(Kind(30, seed=100))).network
    until, chains = 60, _chains(made)
    seen: list[list[int]] = []
    make = Steps.__attrs_post_init__

    def noting(steps: Steps) -> None:
        seen.append(list(steps.grid))
        make(steps)

    monkeypatch.setattr(Steps, "__attrs_post_init__", noting)
    monkeypatch.setattr("roadmap.solvers.bounds.proofs._FIRST", 8 * chains)
    monkeypatch.setattr("roadmap.solvers.bounds.proofs._UNTIMED", 30 * chains)
    assert list(range(7, until + 8, 8)) == list(_first(made, until, 30 * chains))
    bounds = [proof.bound for source, proof in proofs(made, until, None) if source == "steps"]
    assert [8, 16, 30] == [len(grid) for grid in seen]
    assert all(set(coarse) <= set(fine) for coarse, fine in pairwise(seen))
    assert sorted(bounds) == bounds
