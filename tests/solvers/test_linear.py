"""Prices of linear programs: found without end, and found where one method breaks down."""

from __future__ import annotations

import math
import time
from itertools import product

import pytest

from benchmarks.portfolios import Kind, portfolio
from roadmap.problem import Problem
from roadmap.solvers.bounds.heads import heads
from roadmap.solvers.bounds.steps import Steps
from roadmap.solvers.linear import _MANY, Solution, SparseProgram


def program_of(costs: list[int], *rows: tuple[dict[int, int], int]) -> SparseProgram:
    """A program with these rows: their terms, and how much is the least."""
    program = SparseProgram(costs)
    for number, (terms, least) in enumerate(rows):
        assert number == program.row(terms, least)
    return program


def proven(program: SparseProgram, prices: list[float]) -> float:
    """The bound that prices prove, of steps between 0 and 1."""
    reduced = [float(cost) for cost in program.costs]
    for row, price in zip(program.rows, prices, strict=True):
        for step, amount in zip(row.variables, row.coefficients, strict=True):
            reduced[step] -= price * amount
    fixed = sum(price * row.least for row, price in zip(program.rows, prices, strict=True))
    return fixed + sum(min(0.0, cost) for cost in reduced)


def test_steps_that_go_together_do_not_stall() -> None:
    """Two steps each at most the other leave no room inside; the search for prices still ends."""
    together = [({0: 1, 1: -1}, 0), ({1: 1, 0: -1}, 0)]
    program = program_of([0, 0, -2], ({0: 1, 2: -1}, 0), ({1: 1, 2: -1}, 0), *together)
    began = time.monotonic()
    solution = program.solve(20)
    assert time.monotonic() - began < 10
    assert solution is not None
    assert math.isclose(-2, proven(program, solution.prices), abs_tol=1e-6)


def test_breakdown_is_made_good() -> None:
    """Where the interior point method ends with an unknown status, simplex finds the prices."""
    network = Problem(portfolio(Kind(20, seed=0))).network
    steps = Steps(network, heads(network), range(7, network.horizon + 8, 8))
    solution = steps.program.solve(60)
    assert solution is not None
    assert math.isclose(20_129_163, steps.weigh(solution.prices).bound, rel_tol=1e-6)


def test_many_rows_are_priced_nearly() -> None:
    """Beyond so many rows prices prove nearly as much, from the start or not; closely, nearer."""
    network = Problem(portfolio(Kind(60, seed=0, contention=2))).network
    steps = Steps(network, heads(network), range(network.horizon))
    known = steps.program.solve(math.inf)
    assert known is not None
    exact = steps.weigh(known.prices).bound
    while len(steps.program.rows) <= _MANY:
        steps.program.row({0: -1}, -2)
    bounds = []
    for since, closely in product((None, known), (False, True)):
        found = steps.program.solve(math.inf, since, closely)
        assert found is not None
        bounds.append(steps.weigh(found.prices).bound)
        assert 0.99 * exact < bounds[-1] <= exact
    assert bounds[0] < bounds[1]


def test_no_numbers_are_no_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first-order method gives up, the next one finds the prices."""
    program = program_of([2, 3], ({0: 1, 1: 1}, 1), ({0: 1}, 0))
    spoilt = program._quadratic()
    spoilt.constraint_matrix *= math.nan
    monkeypatch.setattr("roadmap.solvers.linear._MANY", 1)
    monkeypatch.setattr(SparseProgram, "_quadratic", lambda _: spoilt)
    assert program._nearly(10, None, 0.1) is None
    solution = program.solve(10)
    assert solution is not None
    assert math.isclose(2, proven(program, solution.prices), abs_tol=1e-6)


def test_no_rows_have_no_prices() -> None:
    """A program without rows is solved by itself: what gains happens."""
    assert Solution([], [0.0, 1.0]) == SparseProgram([3, -4]).solve(0)
