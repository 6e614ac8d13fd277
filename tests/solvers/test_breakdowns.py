"""A linear solver that breaks down costs a bound, never the plan."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from roadmap.result import Status
from roadmap.solvers import solve
from roadmap.solvers.linear import LinearProgram
from tests.solvers.cases import five, hard


def breaking(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let GLOP end abnormally so many times, with the error that its binding then makes."""
    kind = import_module("ortools.math_opt.python.mathopt").IncrementalSolver
    whole = kind.solve
    left = [True] * times

    def solve_once(solver: Any, **options: Any) -> object:
        if left:
            left.pop()
            raise AttributeError("'StatusNotOk' object has no attribute 'canonical_code'")
        return whole(solver, **options)

    monkeypatch.setattr(kind, "solve", solve_once)


def program() -> LinearProgram:
    """The least 3x + y where x + y is at least 4: 4, by x = 0 and y = 4."""
    made = LinearProgram()
    x, y = made.variable(0, 9, 3), made.variable(0, 9, 1)
    made.row({x: 1, y: 1}, 4)
    return made


def test_after_one_breakdown_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """From where it last stood it could not go on; from the start it can."""
    breaking(monkeypatch, 1)
    made = program()
    assert made.solve(10)
    assert 4 == made.bound()


def test_after_two_it_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says that there is no solution."""
    breaking(monkeypatch, 2)
    assert not program().solve(10)


@pytest.mark.parametrize("reproducible", [False, True])
def test_the_search_goes_on_without_its_bound(
    monkeypatch: pytest.MonkeyPatch, reproducible: bool
) -> None:
    """The plan is the same, and proven otherwise."""
    breaking(monkeypatch, 1000)
    result = solve(five(), solver="auto", reproducible=reproducible)
    assert (Status.OPTIMAL, 912) == (result.status, result.objective)
    assert Status.FEASIBLE is solve(hard(75), solver="auto", time_limit=1).status
