"""Run solves in a process of their own and interrupt them: ``python -m tests.solvers.interrupted``.

Arguments: what is interrupted (a key of ``SCENES``), a seed, how many times. It prints a line of
JSON for each time; that it lives to print them all is the first thing proven.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from roadmap.network import Assignment, Network
from roadmap.result import Result, Status
from roadmap.solvers import Run, solve
from roadmap.solvers.bounds.proof import Proof
from roadmap.solvers.tidying import tidy
from tests.solvers.cases import five, hard

Outcome = dict[str, object]
Scene = Callable[[random.Random], Outcome]


def interrupt_after(seconds: float) -> threading.Thread:
    """Send this process a real SIGINT in a while, from another thread."""

    def send() -> None:
        time.sleep(seconds)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    return thread


class FirstStep:
    """A listener that lets SIGINT come a while after the first step: surely within the solve."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.sender: threading.Thread | None = None

    def __call__(self, _: object) -> None:
        if self.sender is None:
            self.sender = interrupt_after(self.seconds)

    def join(self) -> None:
        """Wait until it has been sent."""
        if self.sender is not None:
            self.sender.join()


def caught_by_the_system() -> bool:
    """Whether the kernel hands SIGINT to Python; taken as true where it does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return True
    mask = next(line for line in status.read_text().splitlines() if line.startswith("SigCgt"))
    return bool(int(mask.split()[1], 16) >> (signal.SIGINT - 1) & 1)


@contextmanager
def python_raises(outcome: Outcome) -> Iterator[None]:
    """Note an interrupt that Python itself raises."""
    try:
        yield
    except KeyboardInterrupt:
        outcome["raised"] = True


def told(result: Result) -> Outcome:
    """What is asserted of a result."""
    assert result.evaluation is not None or result.schedule is None
    return {"status": str(result.status), "note": result.note}


def searching(rng: random.Random) -> Outcome:
    """In the search of a problem that is never proven."""
    return _interrupted(rng, "cpsat", 50)


def searching_side_by_side(rng: random.Random) -> Outcome:
    """While annealing and CP-SAT search beside each other."""
    return _interrupted(rng, "auto", rng.choice((50, 90)))


def _interrupted(rng: random.Random, solver: str, count: int) -> Outcome:
    sender = FirstStep(rng.uniform(0.0, 2.0))
    result = solve(hard(count), solver=solver, time_limit=120, workers=2, on_progress=sender)
    sender.join()
    return told(result)


def beginning(rng: random.Random) -> Outcome:
    """Around the beginning: while the network is built and the rules place work."""
    portfolio = hard(400)
    outcome: Outcome = {}
    sender = interrupt_after(rng.uniform(0.0, 0.4))
    with python_raises(outcome):
        outcome |= told(solve(portfolio, time_limit=120, workers=2))
    with python_raises(outcome):
        sender.join()
    return outcome


def tidying(rng: random.Random) -> Outcome:
    """While a proven plan is tidied."""

    def slow_tidy(
        network: Network, plan: Assignment, status: Status, run: Run, proof: Proof | None
    ) -> Assignment:
        sender = interrupt_after(rng.uniform(0.0, 0.02))
        tidied = tidy(network, plan, status, run, proof)
        sender.join()
        return tidied

    with patch("roadmap.solvers.cpsat.tidy", slow_tidy):
        return told(solve(five(), time_limit=120))


def afterwards(rng: random.Random) -> Outcome:
    """After a solve: Python raises ``KeyboardInterrupt``, as ever."""
    outcome = told(solve(five()))
    sender = interrupt_after(rng.uniform(0.0, 0.05))
    with python_raises(outcome):
        sender.join()
        time.sleep(5)
    return outcome


def off_the_main_thread(rng: random.Random) -> Outcome:
    """While a worker thread solves: the main thread gets the interrupt, the solve goes on."""
    outcome: Outcome = {}
    worker = threading.Thread(
        target=lambda: outcome.update(told(solve(hard(), time_limit=0.6, workers=2)))
    )
    worker.start()
    interrupt_after(rng.uniform(0.0, 0.5))
    with python_raises(outcome):
        time.sleep(5)
    worker.join()
    return outcome


def overlapping(rng: random.Random) -> Outcome:
    """One solve in the main thread, one beside it that ends first; an interrupt while both run."""
    beside: list[Outcome] = []
    worker = threading.Thread(
        target=lambda: beside.append(told(solve(hard(30), time_limit=0.3, workers=1)))
    )
    worker.start()
    sender = FirstStep(rng.uniform(0.0, 0.8))
    outcome = told(solve(hard(), time_limit=120, workers=2, on_progress=sender))
    sender.join()
    worker.join()
    return outcome | {"beside": beside[0]["status"]}


def pressing_twice(rng: random.Random) -> Outcome:
    """Two signals, the second at once or soon: ``KeyboardInterrupt``, and no search goes on."""
    outcome: Outcome = {}
    gap = rng.choice((0.0, 0.0, rng.uniform(0.0, 0.03)))
    first = FirstStep(rng.uniform(0.0, 0.3))
    with python_raises(outcome):
        solve(
            hard(),
            solver=rng.choice(("auto", "cpsat")),
            time_limit=120,
            workers=2,
            on_progress=lambda step: _press_again(gap, first),
        )
        time.sleep(5)
    with python_raises(outcome):
        first.join()
    return outcome


def _press_again(gap: float, first: FirstStep) -> None:
    """Keep the caller busy until the first signal has come, then send the second."""
    first(None)
    first.join()
    time.sleep(gap)
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)


def apart(rng: random.Random) -> Outcome:
    """While a process of its own searches, from its start on."""
    portfolio, outcome = hard(), Outcome()
    sender = interrupt_after(rng.uniform(0.0, 1.5))
    with python_raises(outcome):
        outcome |= told(solve(portfolio, time_limit=120, workers=2, isolate=True))
    with python_raises(outcome):
        sender.join()
    return outcome


def failing_listener(rng: random.Random) -> Outcome:
    """The user's own function fails: the search ends, and the failure is the user's to see."""
    calls = rng.randint(1, 12)

    def listen(_: object) -> None:
        nonlocal calls
        calls -= 1
        if not calls:
            raise ZeroDivisionError

    solver = rng.choice(("auto", "cpsat"))
    try:
        solve(hard(), solver=solver, time_limit=120, workers=2, on_progress=listen)
    except ZeroDivisionError:
        return {"failed": True}
    return {"failed": False}


SCENES: dict[str, Scene] = {
    "searching": searching,
    "searching side by side": searching_side_by_side,
    "beginning": beginning,
    "tidying": tidying,
    "afterwards": afterwards,
    "off the main thread": off_the_main_thread,
    "overlapping": overlapping,
    "pressing twice": pressing_twice,
    "apart": apart,
    "failing listener": failing_listener,
}


def play(scene: str, seed: int, times: int) -> Iterator[Outcome]:
    """Play a scene so often, and say what came of it and what was left behind."""
    rng = random.Random(seed)
    before = signal.getsignal(signal.SIGINT)
    for _ in range(times):
        outcome = SCENES[scene](rng)
        searches = [t.name for t in threading.enumerate() if t.name.startswith("roadmap-")]
        yield outcome | {
            "handler": signal.getsignal(signal.SIGINT) is before,
            "caught": caught_by_the_system(),
            "searches": len(searches),
        }


if __name__ == "__main__":
    for line in play(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])):
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
