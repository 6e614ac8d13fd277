"""A solver in a process of its own: if that breaks down, the best plan so far is kept.

A crash in native code takes its whole process along. So the parent hands the network to a fresh
interpreter that runs ``python -m roadmap.solvers.isolation``, and reads back each better plan and
bound as plain data.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import attrs

from roadmap.errors import SolverCrashError, SolverError
from roadmap.network import Assignment, Network
from roadmap.result import Progress, Status
from roadmap.solvers import auto, cpsat
from roadmap.solvers.child import GRACE, PLAN, Child, child_of, listen, read, unpacked, voice
from roadmap.solvers.contract import Answer, Run, Solver

SEARCHES: dict[str, Solver] = {"auto": auto.solve, "cpsat": cpsat.solve}
"""The solvers that can be set apart."""


def apart(solver: str) -> Solver:
    """Make a solver that answers as another does, ``"cpsat"`` or ``"auto"``, and outlives it."""
    return partial(solve, solver)


def solve(solver: str, network: Network, run: Run) -> Answer:
    """Solve in another process, and outlive it.

    Whatever ends the other process, the answer is the best plan that it had told of, or else
    that of the list rules, with a note. Where no process can be started, it solves here.
    """
    if run.remaining == 0:
        return SEARCHES[solver](network, run)
    with child_of(__name__) as child:
        if child is None:
            return SEARCHES[solver](network, run)
        best = _Best(network, run)
        answer = _followed(child, solver, best)
        return answer if answer is not None else best.answer(child.obituary())


@attrs.define
class _Best:
    """What the child has told so far; the network, not the child, says what it costs."""

    network: Network
    run: Run
    plan: Assignment | None = None
    bound: int | None = None

    def hear(self, told: dict[str, Any]) -> None:
        """Take a step of the child's run."""
        if told["plan"] is not None:
            self.plan = unpacked(PLAN, told["plan"])
        self.bound = told["bound"]
        self.run.report(told["objective"], told["bound"], told["source"])

    def answer(self, why: str) -> Answer:
        """The best plan so far, when no more is to come."""
        if self.plan is None:
            at_once = attrs.evolve(self.run, time_limit=0, trace=self.run.trace)
            return attrs.evolve(cpsat.solve(self.network, at_once), note=why)
        proven = self.bound is not None and self.network.cost(self.plan) == self.bound
        status = Status.OPTIMAL if proven else Status.FEASIBLE
        return Answer(status, self.plan, self.bound, why)


def _followed(child: Child, solver: str, best: _Best) -> Answer | None:
    """Follow the child to its answer; ``None`` if it dies or has to be ended."""
    run, over, listens = best.run, None, False  # to one word: to stop
    for told in child.news():
        if told is None:
            if run.stop.is_set() and listens:
                child.tell("stop")
                listens = False
            if run.stop.is_set() or _is_over(run):
                over = over or time.monotonic() + GRACE
            if over is not None and time.monotonic() > over:
                return None
        elif "ready" in told:
            listens = True
            child.tell({"solver": solver} | _task(best.network, run))
        elif "error" in told:
            raise SolverError(told["error"])
        elif "answer" in told:
            status, plan, bound, note = told["answer"]
            return Answer(Status(status), unpacked(PLAN, plan), bound, note)
        else:
            best.hear(told)
    return None


def _is_over(run: Run) -> bool:
    """Whether time is up by the clock; a reproducible run knows no clock."""
    return run.remaining == 0 and not run.reproducible


def _task(network: Network, run: Run) -> dict[str, Any]:
    """What the child is to do."""
    return {
        "network": network,
        "time_limit": run.time_limit,
        "spent": 0.0 if run.reproducible else time.monotonic() - run.began,
        "seed": run.seed,
        "workers": run.workers,
        "reproducible": run.reproducible,
        "effort": run.effort,
        "tidy": run.tidy,
        "hint": run.hint,
    }


def main() -> None:
    """Be the child: read a task, solve it, and tell of every step."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tell = voice()
    tell({"ready": True})
    line = sys.stdin.buffer.readline()
    stop = threading.Event()
    listen(lambda _: stop.set())
    try:
        tell(_work(read(line), stop, tell))
    except SolverCrashError:
        raise
    except SolverError as error:
        tell({"error": str(error)})
    # at once: the thread that listens holds the lock of a stream that an orderly end would want
    os._exit(0)


def _work(
    task: dict[str, Any], stop: threading.Event, tell: Callable[[dict[str, Any]], None]
) -> dict[str, Any]:
    """Solve, telling each step with the plan that is new in it."""
    spent = task.pop("spent")
    network = unpacked(Network, task.pop("network"))
    solver = SEARCHES[task.pop("solver")]
    fresh: list[Assignment] = []

    def step(progress: Progress) -> None:
        plan = fresh.pop() if fresh else None
        tell(
            {
                "objective": progress.objective,
                "bound": progress.bound,
                "source": progress.source,
                "plan": plan,
            }
        )

    run = Run(
        **task | {"hint": unpacked(PLAN, task["hint"])},
        stop=stop,
        on_progress=step,
        on_plan=fresh.append,
        began=time.monotonic() - spent,
    )
    answer = solver(network, run)
    return {"answer": [answer.status, answer.assignment, answer.bound, answer.note]}


if __name__ == "__main__":
    main()
