"""The door to CP-SAT: statuses, bounds and solutions come through as they are."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from ortools.sat.python import cp_model

from roadmap.errors import SolverCrashError, SolverError
from roadmap.problem import Problem
from roadmap.solvers import engine
from roadmap.solvers.encoding import Encoding
from roadmap.solvers.engine import Finding, Search, Threads, parameters
from tests.solvers.cases import hard
from tests.solvers.networks import run_of

Watch = Callable[[tuple[int, ...]], None]


def ignore(_: object) -> None:
    """Hear and do nothing."""


def searched(
    model: cp_model.CpModel,
    *watched: cp_model.LinearExprT,
    on_values: Watch = ignore,
    on_bound: Callable[[int], None] = ignore,
    limit: float = 10,
) -> Finding:
    """What a search finds."""
    search = Search(model, watched, threading.Event(), on_values, on_bound)
    return search.run(parameters(run_of(), limit))


def small() -> tuple[cp_model.CpModel, cp_model.IntVar]:
    """The least x of 3 to 9."""
    model = cp_model.CpModel()
    x = model.new_int_var(3, 9, "")
    model.minimize(x)
    return model, x


def test_an_optimum_comes_with_its_values_and_bound() -> None:
    """Values of watched expressions, exactly."""
    model, x = small()
    finding = searched(model, x, 2 * x + 1)
    assert (cp_model.OPTIMAL, (3, 7), 3) == (finding.status, finding.values, finding.bound)


def test_without_an_objective_there_is_no_bound() -> None:
    """A search for any solution proves nothing about money."""
    model = cp_model.CpModel()
    x = model.new_int_var(4, 4, "")
    finding = searched(model, x)
    assert (cp_model.OPTIMAL, (4,), None) == (finding.status, finding.values, finding.bound)


def test_an_infeasible_model_has_neither_values_nor_bound() -> None:
    """CP-SAT's silent zeros are not read."""
    model, x = small()
    model.add(x >= 10)
    finding = searched(model, x)
    assert (cp_model.INFEASIBLE, None, None) == (finding.status, finding.values, finding.bound)


def test_a_model_that_is_refused_is_an_error() -> None:
    """With CP-SAT's own words."""
    model = cp_model.CpModel()
    x = model.new_int_var(0, 2**60, "")
    model.minimize(2**20 * x)
    with pytest.raises(SolverError, match=r"refuses the model: .+"):
        searched(model, x)


def test_no_time_is_unknown() -> None:
    """Without time there is no answer, and no error."""
    encoding = Encoding(Problem(hard()).network)
    finding = searched(encoding.model, *encoding.watched, limit=0)
    assert (cp_model.UNKNOWN, None) == (finding.status, finding.values)


def test_solutions_and_bounds_come_in_order() -> None:
    """Each solution is better than the last; the last is the answer."""
    network = Problem(hard(12)).network
    encoding = Encoding(network)
    costs: list[int] = []
    finding = searched(
        encoding.model,
        *encoding.watched,
        on_values=lambda values: costs.append(network.cost(encoding.assignment(values))),
        limit=3,
    )
    assert finding.values is not None
    assert sorted(costs, reverse=True) == costs
    assert network.cost(encoding.assignment(finding.values)) == costs[-1]


def test_a_listeners_failure_ends_the_search() -> None:
    """What a listener raises comes through, and no thread searches on."""

    def fail(_: object) -> None:
        raise ZeroDivisionError

    model, x = small()
    with pytest.raises(ZeroDivisionError):
        searched(model, x, on_values=fail)
    assert [] == [t for t in threading.enumerate() if t.name == "roadmap-search"]


def test_a_stop_before_the_search_ends_it() -> None:
    """Although CP-SAT itself does not heed what is asked before it begins."""
    encoding = Encoding(Problem(hard()).network)
    stop = threading.Event()
    stop.set()
    search = Search(encoding.model, encoding.watched, stop, ignore, ignore)
    finding = search.run(parameters(run_of(reproducible=False, time_limit=300)))
    assert finding.status in (cp_model.UNKNOWN, cp_model.FEASIBLE)


def test_a_breakdown_is_mended_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """CP-SAT is begun again without looking for symmetries, and it is told what happened."""
    solve, levels = cp_model.CpSolver.solve, []

    def broken_once(solver: cp_model.CpSolver, *told: Any) -> Any:
        levels.append(solver.parameters.symmetry_level)
        if len(levels) == 1:
            raise IndexError("no such key")
        return solve(solver, *told)

    monkeypatch.setattr(cp_model.CpSolver, "solve", broken_once)
    finding = searched(*small())
    assert 0 == levels[1] < levels[0]
    assert cp_model.OPTIMAL == finding.status
    again = "it was begun again without looking for symmetries"
    assert f"CP-SAT broke down: no such key; {again}" == finding.mishap


def test_a_breakdown_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What CP-SAT throws is named."""

    def broken(*_: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr(cp_model.CpSolver, "solve", broken)
    with pytest.raises(SolverCrashError, match="broke down: no room"):
        searched(*small())


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        (41.0, 41),
        (41.0000000004, 41),
        (40.9999999996, 41),
        (41.01, 42),
        (-0.3, 0),
        (2.0**52 + 1, 2**52 - 4502),
        (float("inf"), 0),
        (float("-inf"), 0),
        (float("nan"), 0),
    ],
)
def test_bounds_are_rounded_to_the_safe_side(bound: float, expected: int) -> None:
    """Up to the next integer, but never because of the last digits of a double."""
    assert expected == engine._up(bound)


def test_a_reproducible_search_counts_its_own_time() -> None:
    """One thread, and no clock."""
    solver = cp_model.CpSolver()
    parameters(run_of(time_limit=7, seed=3, workers=4))(solver)
    told = solver.parameters
    assert (3, 1, True) == (told.random_seed, told.num_workers, told.interleave_search)
    assert (7.0, float("inf")) == (told.max_deterministic_time, told.max_time_in_seconds)


def test_another_search_goes_by_the_clock() -> None:
    """So many workers, never interleaved, and what is left of the limit."""
    solver = cp_model.CpSolver()
    run = attrs.evolve(run_of(time_limit=7, workers=4, reproducible=False), began=0.0)
    parameters(run)(solver)
    told = solver.parameters
    assert (4, False, 0.0) == (told.num_workers, told.interleave_search, told.max_time_in_seconds)


@pytest.mark.parametrize(
    ("reproducible", "threads", "expected"),
    [(False, 3, ["objective_lb_search", "default_lp"]), (False, 1, []), (True, 3, [])],
)
def test_one_of_several_threads_lifts_the_bound(
    reproducible: bool, threads: int, expected: list[str]
) -> None:
    """If that is asked for; one thread alone searches as it always does."""
    solver = cp_model.CpSolver()
    parameters(run_of(reproducible=reproducible), threads=Threads(threads, lifting=True))(solver)
    assert expected == list(solver.parameters.subsolvers)
    assert (1 if reproducible else threads) == solver.parameters.num_workers


def test_without_a_limit_none_is_set() -> None:
    """``None`` leaves CP-SAT's own: none."""
    solver = cp_model.CpSolver()
    parameters(run_of(time_limit=None))(solver)
    assert float("inf") == solver.parameters.max_time_in_seconds
