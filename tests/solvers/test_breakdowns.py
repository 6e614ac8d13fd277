"""A part that breaks down costs a bound, or some time, never the plan; and it is told of."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from importlib import import_module
from random import Random
from typing import Any

import pytest

from roadmap.errors import SolverCrashError
from roadmap.problem import Problem
from roadmap.result import Status
from roadmap.solvers import child, solve
from roadmap.solvers.bounds.beside import prover
from roadmap.solvers.child import Child
from roadmap.solvers.cpsat import finished, warm_start
from roadmap.solvers.engine import Finding, Search
from roadmap.solvers.generation import Scheme
from roadmap.solvers.helper import helper
from roadmap.solvers.improving import Improver
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.linear import LinearProgram
from roadmap.solvers.tidying import compacted
from tests.solvers.cases import five, hard
from tests.solvers.networks import run_of


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


def broken(*_: object) -> Finding:
    """CP-SAT breaks down, also when it is begun again."""
    raise SolverCrashError("CP-SAT broke down: oh")


def begun() -> Incumbent:
    """The best of the list rules' plans."""
    network = Problem(hard(30)).network
    best = Incumbent(network, run_of(reproducible=False))
    warm_start(Scheme(network), best)
    assert best.plan is not None
    return best


def test_a_window_that_breaks_down_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The improver goes on with the next, and however many do, it is told once."""
    best = begun()
    improver = Improver(Scheme(best.network), best, Random(1), False, None)
    before = best.plan
    monkeypatch.setattr(Improver, "_anneal", lambda *_: 0.0)
    monkeypatch.setattr(Search, "run", broken)
    for _ in improver.turns.least:
        improver.turn(lambda: False)
    assert before == best.plan
    assert ["a window was left: CP-SAT broke down: oh"] == best.mishaps


def test_a_plan_is_answered_though_tidying_breaks_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """As tidy as the serial scheme makes it, with its status and its bound."""
    best = begun()
    assert best.plan is not None
    assert best.cost is not None
    best.proven(best.cost, "a test")
    monkeypatch.setattr(Search, "run", broken)
    answer = finished(best, best.answer(""))
    assert (Status.OPTIMAL, best.cost) == (answer.status, answer.bound)
    assert compacted(Scheme(best.network), best.plan) == answer.assignment
    assert "the plan is not the tidiest: CP-SAT broke down: oh" == answer.note


def killed(dying: Child | None) -> None:
    """End a process, as a system without memory does."""
    assert dying is not None
    dying.process.kill()
    dying.process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_what_dies_beside_the_search_is_told() -> None:
    """The second improver, and the prover, each by its name."""
    best = begun()
    with prover(best, best.network.horizon, 60, False) as bounds, helper(best) as second:
        killed(second.child)
        killed(bounds.child)
    assert [
        "the second improver's process was ended by SIGKILL",
        "the process that proves bounds was ended by SIGKILL",
    ] == best.mishaps


def test_what_ends_well_is_no_mishap() -> None:
    """A prover that has nothing left to prove, and an improver that is no longer needed."""
    best = Incumbent(Problem(five()).network, run_of(reproducible=False))
    warm_start(Scheme(best.network), best)
    with prover(best, best.network.horizon, 60, False) as bounds, helper(best):
        assert bounds.child is not None
        assert 0 == bounds.child.process.wait(60)
    assert [] == best.mishaps


def test_where_no_process_can_be_started_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan is found all the same."""
    monkeypatch.setattr(child, "child_of", lambda _: nullcontext(None))
    result = solve(hard(75), solver="auto", time_limit=1)
    assert Status.FEASIBLE is result.status
    assert result.note.startswith("no process could be started beside this one")
