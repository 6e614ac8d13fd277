"""Ctrl-C at any moment: the best plan comes back, and Python's own handling stays as it was."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from roadmap.solvers.interrupts import Stop, stop_on_interrupt
from tests.solvers.interrupted import SCENES

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0

in_main_thread = pytest.mark.skipif(
    threading.current_thread() is not threading.main_thread(),
    reason="signals are handled in the main thread only",
)


TIMES = 3


@cache
def played(scene: str) -> list[dict[str, Any]]:
    """What came of a scene in a process of its own, which must live to tell it all."""
    command = [sys.executable, "-m", "tests.solvers.interrupted", scene, "1", str(TIMES)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (0, "") == (done.returncode, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_an_interrupt_leaves_everything_in_order(scene: str) -> None:
    """Real signals at random moments: the interpreter lives, its handler and mask are the same."""
    left = [(o["handler"], o["caught"], o["searches"]) for o in played(scene)]
    assert [(True, True, 0)] * TIMES == left


@pytest.mark.parametrize("scene", ["searching", "searching side by side"])
def test_an_interrupted_search_gives_its_best_plan(scene: str) -> None:
    """Each of the interrupted searches returns a plan and says why it stopped."""
    outcomes = [(o["status"], o["note"].split()[0]) for o in played(scene)]
    assert [("feasible", "stopped")] * TIMES == outcomes


def test_an_interrupt_before_the_search_still_gives_a_plan() -> None:
    """Either Python raises before the solve has begun, or there is a plan."""
    outcomes = played("beginning")
    assert [] == [o for o in outcomes if o.get("status") != "feasible" and not o.get("raised")]


def test_an_interrupt_reaches_a_search_in_another_process() -> None:
    """From the process's start on there is a plan; before it, Python raises."""
    assert [] == [o for o in played("apart") if o.get("status") != "feasible" and not o["raised"]]


def test_an_interrupt_while_tidying_keeps_the_proof() -> None:
    """A plan that is proven stays proven."""
    assert ["optimal"] * TIMES == [o["status"] for o in played("tidying")]


def test_an_interrupt_off_the_main_thread_is_pythons_own() -> None:
    """The main thread gets ``KeyboardInterrupt``; the solve beside it ends by its limit."""
    outcomes = played("off the main thread")
    assert [(True, "feasible")] * TIMES == [(o["raised"], o["status"]) for o in outcomes]


def test_pressing_twice_raises() -> None:
    """The second Ctrl-C raises ``KeyboardInterrupt``, however soon it comes."""
    assert [True] * TIMES == [o["raised"] for o in played("pressing twice")]


def test_a_listeners_failure_is_its_users() -> None:
    """What ``on_progress`` raises ends the search and comes through."""
    assert [True] * TIMES == [o["failed"] for o in played("failing listener")]


def press_at(moment: int, presses: int) -> Callable[[FrameType, str, Any], Any]:
    """A trace function that sends SIGINT at the so manieth instruction of the library."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if frame.f_code.co_filename.endswith(("interrupts.py", "contextlib.py")):
            frame.f_trace_opcodes = True
            if event == "opcode":
                count += 1
                if moment <= count < moment + presses:
                    signal.raise_signal(signal.SIGINT)
        return trace

    return trace


@contextlib.contextmanager
def traced(trace: Callable[[FrameType, str, Any], Any]) -> Iterator[None]:
    """Trace what is called in the block."""
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


def switched(moment: int, presses: int) -> str:
    """Enter and leave the block with SIGINT at an instruction; what became of it."""
    stop = Stop()
    try:
        with traced(press_at(moment, presses)), stop_on_interrupt(stop):
            pass
    except KeyboardInterrupt:
        return "raised"
    return "stopped" if stop.is_set() else "nothing"


@in_main_thread
@pytest.mark.parametrize("presses", [1, 2, 3])
def test_an_interrupt_at_each_instruction_of_the_switch(presses: int) -> None:
    """Before, in and after the switch of handlers: raised or heeded, and the handler is back."""
    before = signal.getsignal(signal.SIGINT)
    outcomes = []
    for moment in range(1, 1000):
        outcomes.append(switched(moment, presses))
        assert before is signal.getsignal(signal.SIGINT)
        if outcomes[-1] == "nothing":
            break
    assert {"raised", "stopped"} >= set(outcomes[:-1])
    assert outcomes[-1] == "nothing"


@in_main_thread
def test_an_interrupt_of_a_wait_for_the_stop_itself() -> None:
    """A solver may wait for the stop in the thread that the signal breaks into."""
    stop = Stop()
    with stop_on_interrupt(stop):
        threading.Timer(0.1, signal.raise_signal, (signal.SIGINT,)).start()
        assert stop.wait(PATIENCE)
    assert stop.is_set()
    stop.clear()
    assert not stop.wait(0.01)


@in_main_thread
def test_a_handler_that_is_not_pythons_is_left_alone() -> None:
    """Where the user ignores SIGINT, it stays ignored."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with stop_on_interrupt(Stop()):
            assert signal.SIG_IGN is signal.getsignal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_daemon_thread_that_solves_lets_the_interpreter_go() -> None:
    """A script that ends while a daemon thread of it solves ends well, and soon."""
    script = (
        "import threading, time\n"
        "from roadmap.solvers import solve\n"
        "from tests.solvers.cases import hard\n"
        "work = lambda: solve(hard(), time_limit=300, workers=2)\n"
        "threading.Thread(target=work, daemon=True).start()\n"
        "time.sleep(1.5)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (0, "") == (done.returncode, done.stderr)


CELL = """
import threading
from roadmap.solvers import solve
from tests.solvers.cases import five, hard
result = solve(hard(), time_limit=300, workers=2, on_progress=lambda step: print("step"))
print(result.status, flush=True)
"""
LATER_IN_THE_CELL = """
import time
print(solve(five()).status, flush=True)
time.sleep(60)
"""


def test_an_interrupt_in_a_notebook() -> None:
    """In a real kernel: during the solve, later in the same cell, and the kernel lives on."""
    manager = pytest.importorskip("jupyter_client.manager")
    pytest.importorskip("ipykernel")
    kernel, client = manager.start_new_kernel(cwd=str(ROOT))
    try:
        assert "feasible" in interrupted_cell(kernel, client, CELL, "step")
        assert "KeyboardInterrupt" in interrupted_cell(kernel, client, LATER_IN_THE_CELL, "optimal")
        assert "feasible" in interrupted_cell(kernel, client, "print(result.status)", None)
        assert kernel.is_alive()
    finally:
        client.stop_channels()
        kernel.shutdown_kernel(now=True)


def interrupted_cell(kernel: Any, client: Any, code: str, sign: str | None) -> str:
    """Run a cell, interrupt the kernel once it prints a sign, and return all it said."""
    asked = client.execute(code)
    said = ""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        message = client.get_iopub_msg(timeout=PATIENCE)
        if message["parent_header"].get("msg_id") != asked:
            continue
        content = message["content"]
        said += str(content.get("text", "")) + str(content.get("ename", ""))
        if sign is not None and sign in said:
            sign = None
            kernel.interrupt_kernel()
        if content.get("execution_state") == "idle":
            return said
    raise AssertionError(f"the kernel does not answer; it said {said!r}")
