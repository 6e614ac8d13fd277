"""A solver that breaks down gives the best plan so far, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import attrs
import pytest

from roadmap.errors import SolverError
from roadmap.facts import Initiative
from roadmap.losses import CostOfDelay
from roadmap.network import Network
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Progress, Status
from roadmap.solvers import Answer, Run, child, isolation, solve
from roadmap.solvers.child import GRACE, child_of, read, unpacked, written
from tests.solvers.cases import five, hard
from tests.solvers.crashes import LIMIT, births, killed_after, moments, timed

ROOT = Path(__file__).parents[2]
HANG = LIMIT + GRACE + 5


@pytest.mark.parametrize("moment", moments(seed=1, count=12))
def test_a_killed_solver_leaves_its_best_plan(moment: float) -> None:
    """Killed at a random moment, it leaves a plan that the judge accepts, and a note."""
    result, took = timed(lambda: killed_after(moment))
    assert Status.FEASIBLE is result.status
    assert result.schedule is not None
    assert "SIGKILL" in result.note
    assert took < HANG


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("by", [signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM])
def test_other_deaths_are_named(by: signal.Signals) -> None:
    """A fault of memory, an abort and a request to end are told apart."""
    assert by.name in killed_after(1.5, by).note


def test_the_plan_kept_is_the_best_that_was_told() -> None:
    """The answer costs what the last step of the trace says."""
    result = killed_after(2.0)
    assert result.trace[-1].objective == result.objective


def test_a_solver_that_dies_at_birth_is_replaced_by_the_rules() -> None:
    """Without a word from the child, the rules give a plan here."""
    with births(lambda process: process.kill()):
        result = solve(five(), isolate=True)
    assert (Status.FEASIBLE, 912) == (result.status, result.objective)
    assert "SIGKILL" in result.note


def test_a_failing_child_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception in the child, such as a lack of memory, is named in the note."""
    double = tmp_path / "roadmap" / "solvers" / "isolation.py"
    double.parent.mkdir(parents=True)
    for package in double.parents[:2]:
        (package / "__init__.py").touch()
    double.write_text("raise MemoryError('no room for the model')\n")
    monkeypatch.setattr(child, "_search_path", lambda: str(tmp_path))
    result = solve(five(), isolate=True)
    assert (Status.FEASIBLE, 912) == (result.status, result.objective)
    assert "MemoryError: no room for the model" in result.note


def test_where_no_process_can_start_it_solves_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a way to start a process the answer is the same."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    result = solve(five(), isolate=True)
    assert (Status.OPTIMAL, 912) == (result.status, result.objective)


def test_a_frozen_solver_is_ended_soon_after_the_limit() -> None:
    """A child that no longer moves does not hold up the answer."""
    if sys.platform == "win32":
        pytest.skip("signals of POSIX")
    result, took = timed(lambda: killed_after(1.5, signal.SIGSTOP))
    assert Status.FEASIBLE is result.status
    assert "did not end in time" in result.note
    assert took < HANG


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_solver_that_freezes_before_it_has_its_task_is_ended_too() -> None:
    """A network larger than a pipe holds does not hold up the answer."""

    def freeze(process: subprocess.Popen[bytes]) -> None:
        os.kill(process.pid, signal.SIGSTOP)

    with births(freeze):
        result = solve(hard(120), time_limit=1, isolate=True)
    assert Status.FEASIBLE is result.status
    assert "did not end in time" in result.note


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_child_that_does_not_read_holds_nobody_up() -> None:
    """Whatever is told to it, telling returns at once."""
    with child_of(isolation.__name__) as child:
        assert child is not None
        os.kill(child.process.pid, signal.SIGSTOP)
        child.tell("x" * 10**6)
        child.tell("stop")
    assert child.process.returncode is not None


@pytest.mark.parametrize("portfolio", [five(), hard(9)], ids=["five", "nine"])
@pytest.mark.parametrize("solver", ["auto", "cpsat"])
def test_apart_or_not_the_answer_is_the_same(portfolio: Portfolio, solver: str) -> None:
    """In a reproducible run, byte for byte."""
    apart, here = (
        solve(portfolio, solver=solver, reproducible=True, time_limit=5, isolate=isolate).to_json()
        for isolate in (True, False)
    )
    assert here == apart


def test_an_infeasible_problem_is_infeasible_apart() -> None:
    """Statuses come through."""
    problem = Problem(
        five().replace(
            initiatives=[
                Initiative("big", duration=18, demand={"team": 1}),
                Initiative("more", duration=1, demand={"team": 1}),
            ],
            needs=[],
        )
    )
    here, apart = solve(problem, isolate=False), solve(problem, isolate=True)
    assert (Status.INFEASIBLE, here.note) == (apart.status, apart.note)


def test_a_hint_reaches_the_child() -> None:
    """The result is never worse than the hint."""
    hint = solve(hard(), time_limit=1, workers=2)
    result = solve(hard(), time_limit=1, workers=2, hint=hint, isolate=True)
    assert result.objective is not None
    assert hint.objective is not None
    assert result.objective <= hint.objective


def test_amounts_that_are_refused_here_are_refused_apart() -> None:
    """An error of the solver is raised in the caller's process."""
    first, second, *_ = five().needs
    needs = [attrs.evolve(first, loss=CostOfDelay(2**31 - 1)), second]
    with pytest.raises(SolverError, match="state money in thousands"):
        solve(five().replace(needs=needs), isolate=True)


def test_a_listeners_failure_ends_the_child() -> None:
    """What ``on_progress`` raises comes through, and the process is gone."""
    born: list[subprocess.Popen[bytes]] = []

    def fail(step: Progress) -> None:
        raise ZeroDivisionError(step)

    with births(born.append), pytest.raises(ZeroDivisionError):
        solve(hard(), time_limit=60, isolate=True, on_progress=fail)
    assert born[0].returncode is not None


def test_nothing_is_left_behind() -> None:
    """After the answer, neither a process nor a thread is left."""
    born: list[subprocess.Popen[bytes]] = []
    with births(born.append):
        solve(five(), isolate=True)
    assert [True] == [process.returncode is not None for process in born]
    assert [] == [t.name for t in threading.enumerate() if t.name == "roadmap-child"]


@pytest.mark.skipif(not Path("/proc").exists(), reason="asks the system for its processes")
def test_the_child_ends_with_its_parent() -> None:
    """A parent that is killed leaves no search running."""
    script = (
        "import subprocess\n"
        "from tests.solvers.cases import hard\n"
        "from tests.solvers.crashes import births\n"
        "from roadmap.solvers import solve\n"
        "with births(lambda process: print(process.pid, flush=True)):\n"
        "    solve(hard(), time_limit=None, workers=1, isolate=True,\n"
        "          on_progress=lambda step: print('step', flush=True))\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    with parent.stdout:
        child = int(parent.stdout.readline())
        assert "step\n" == parent.stdout.readline()
        parent.kill()
        parent.wait()
    ends = time.monotonic() + 20
    while Path(f"/proc/{child}/stat").exists() and not _is_zombie(child):
        assert time.monotonic() < ends
        time.sleep(0.05)


def _is_zombie(pid: int) -> bool:
    """Whether a process is over and only its new parent has not asked for it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_script_without_a_main_guard_works(tmp_path: Path) -> None:
    """The caller's script is not run again in the child, and its folder hides no module."""
    (tmp_path / "json.py").write_text("raise SystemExit('the folder hides json')\n")
    script = tmp_path / "mine" / "plan.py"
    script.parent.mkdir()
    script.write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from tests.solvers.cases import five\n"
        "from roadmap.solvers import solve\n"
        "print(solve(five(), isolate=True).headline)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ("optimal, costs 912\n", "") == (done.stdout, done.stderr)


def test_a_network_survives_the_journey() -> None:
    """Written and read, a network is the same."""
    network = Problem(hard()).network
    assert network == unpacked(Network, read(written(network)))


def test_a_stop_reaches_the_child() -> None:
    """Ctrl-C, as the event it sets, ends the other process's search with its plan."""

    def stopped(network: Network, run: Run) -> Answer:
        run.on_progress = lambda step: run.stop.set()
        return isolation.solve("cpsat", network, run)

    result = solve(hard(), solver=stopped, time_limit=None)
    assert Status.FEASIBLE is result.status
    assert result.note in ("stopped by the user", "stopped before the search began")
