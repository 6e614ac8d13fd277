"""A solver in a process of its own: if that breaks down, the best plan so far is kept.

A crash in native code takes its whole process along. So the parent hands the network, as lines
of JSON, to a fresh interpreter that runs ``python -m roadmap.solvers.isolation``, and reads back
each better plan and bound as plain data. Nothing is pickled, nothing of the caller's ``__main__``
is run, and the child ends when its parent does.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from itertools import repeat
from tempfile import TemporaryFile
from typing import IO, Any, get_args, get_origin, get_type_hints

import attrs

from roadmap.errors import SolverCrashError, SolverError
from roadmap.network import Assignment, Network, Slot
from roadmap.result import Progress, Status
from roadmap.solvers import auto, cpsat
from roadmap.solvers.contract import Answer, Run, Solver

GRACE = 1.0
"""Seconds that the child has to answer after the time limit or a stop, before it is ended."""

SEARCHES: dict[str, Solver] = {"auto": auto.solve, "cpsat": cpsat.solve}
"""The solvers that can be set apart."""

_SLICE = 0.05


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
    with _child() as child:
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
            self.plan = _plan(told["plan"])
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


def _followed(child: _Child, solver: str, best: _Best) -> Answer | None:
    """Follow the child to its answer; ``None`` if it dies or has to be ended."""
    run, over, ready = best.run, None, False
    for told in child.news():
        if told is None:
            if run.stop.is_set() and ready:
                child.tell("stop")
            if run.stop.is_set() or _is_over(run):
                over = over or time.monotonic() + GRACE
            if over is not None and time.monotonic() > over:
                return None
        elif "ready" in told:
            ready = True
            child.tell(json.dumps({"solver": solver} | _task(best.network, run)))
        elif "error" in told:
            raise SolverError(told["error"])
        elif "answer" in told:
            status, plan, bound, note = told["answer"]
            return Answer(Status(status), _plan(plan), bound, note)
        else:
            best.hear(told)
    return None


def _is_over(run: Run) -> bool:
    """Whether time is up by the clock; a reproducible run knows no clock."""
    return run.remaining == 0 and not run.reproducible


def _task(network: Network, run: Run) -> dict[str, Any]:
    """What the child is to do, as plain data."""
    return {
        "network": packed(network),
        "time_limit": run.time_limit,
        "spent": 0.0 if run.reproducible else time.monotonic() - run.began,
        "seed": run.seed,
        "workers": run.workers,
        "reproducible": run.reproducible,
        "hint": packed(run.hint),
    }


@attrs.define(eq=False)
class _Child:
    """The other process, and what comes from it and goes to it.

    Either way has a thread of its own, as a child that no longer moves would hold up its caller.
    """

    process: subprocess.Popen[bytes]
    complaints: IO[bytes]
    _came: queue.SimpleQueue[bytes] = attrs.field(factory=queue.SimpleQueue)
    _going: queue.SimpleQueue[bytes] = attrs.field(factory=queue.SimpleQueue)
    _told: set[str] = attrs.field(factory=set)
    _threads: list[threading.Thread] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._threads = [
            threading.Thread(target=work, name="roadmap-child", daemon=True)
            for work in (self._read, self._write)
        ]
        for thread in self._threads:
            thread.start()

    def _read(self) -> None:
        """Pass on its lines; an empty one says that there are no more."""
        for line in self.process.stdout or ():
            self._came.put(line)
        self._came.put(b"")

    def _write(self) -> None:
        """Pass lines to it until an empty one; a child that is gone does not listen."""
        while (line := self._going.get()) and self.process.stdin is not None:
            with suppress(OSError):
                self.process.stdin.write(line)
                self.process.stdin.flush()

    def news(self) -> Iterator[dict[str, Any] | None]:
        """What it says, and between it and whenever it says nothing ``None``; until it ends."""
        while True:
            with suppress(queue.Empty):
                line = self._came.get(timeout=_SLICE)
                if not line.endswith(b"\n"):  # the end, or a line that death cut short
                    return
                yield json.loads(line)
            yield None

    def tell(self, line: str) -> None:
        """Tell it something, once."""
        if line not in self._told:
            self._told.add(line)
            self._going.put(line.encode() + b"\n")

    def obituary(self) -> str:
        """What became of it, in a sentence."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=GRACE / 2)
        code = self.process.returncode
        if code is None:
            return "the solver did not end in time; this is the best plan it had told of"
        self.complaints.seek(0)
        said = self.complaints.read().decode(errors="replace").strip().splitlines()
        how = f"was ended by {_signal_name(-code)}" if code < 0 else f"ended with code {code}"
        last = f" ({said[-1][:200]})" if said else ""
        return f"the solver's process {how}{last}; this is the best plan it had told of"

    def bury(self) -> None:
        """End it, if need be, and leave nothing of it behind."""
        self.process.kill()
        self.process.wait()
        self._going.put(b"")
        for thread in self._threads:
            thread.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


@contextmanager
def _child() -> Iterator[_Child | None]:
    """Start the other process, out of reach of the terminal's Ctrl-C; bury it in the end."""
    with TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own module, by the same interpreter
                [sys.executable, "-P", "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=os.environ | {"PYTHONPATH": _search_path()},
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError:
            yield None
            return
        child = _Child(process, complaints)
        try:
            yield child
        finally:
            child.bury()


def _search_path() -> str:
    """The caller's module path, so that the child finds the same modules."""
    return os.pathsep.join(os.path.abspath(entry) for entry in sys.path)


def packed(value: Any) -> Any:
    """A record as plain lists, field by field."""
    if attrs.has(type(value)):
        return [packed(getattr(value, field.name)) for field in attrs.fields(type(value))]
    if isinstance(value, tuple | list):
        return [packed(item) for item in value]
    return value


def unpacked(kind: Any, data: Any) -> Any:
    """The record of a kind that ``packed`` made plain."""
    if not isinstance(data, list):
        return data
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        kinds: Iterable[Any] = repeat(inner[0]) if inner[-1] is Ellipsis else inner
        return tuple(map(unpacked, kinds, data))
    return kind(*map(unpacked, _field_kinds(kind), data))


@cache
def _field_kinds(kind: Any) -> tuple[Any, ...]:
    return tuple(get_type_hints(kind).values())


def _plan(data: Sequence[Sequence[int] | None] | None) -> Assignment | None:
    if data is None:
        return None
    return tuple(None if slot is None else Slot(*slot) for slot in data)


def main() -> None:
    """Be the child: read a task, solve it, and tell of every step."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tell = _voice()
    tell({"ready": True})
    line = sys.stdin.buffer.readline()
    stop = threading.Event()
    threading.Thread(target=_listen, args=(stop,), daemon=True).start()
    try:
        tell(_work(json.loads(line), stop, tell))
    except SolverCrashError:
        raise
    except SolverError as error:
        tell({"error": str(error)})
    # at once: the thread that listens holds the lock of a stream that an orderly end would want
    os._exit(0)


def _voice() -> Callable[[dict[str, Any]], None]:
    """A way to speak to the parent that nothing else writes to, native code included."""
    pipe = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def tell(told: dict[str, Any]) -> None:
        pipe.write(json.dumps(told) + "\n")
        pipe.flush()

    return tell


def _listen(stop: threading.Event) -> None:
    """Hear the parent: any word asks to stop, silence for ever means that it is gone."""
    while sys.stdin.buffer.readline():
        stop.set()
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
        plan = packed(fresh.pop()) if fresh else None
        tell(
            {
                "objective": progress.objective,
                "bound": progress.bound,
                "source": progress.source,
                "plan": plan,
            }
        )

    run = Run(
        **task | {"hint": _plan(task["hint"])},
        stop=stop,
        on_progress=step,
        on_plan=fresh.append,
        began=time.monotonic() - spent,
    )
    answer = solver(network, run)
    return {"answer": [answer.status, packed(answer.assignment), answer.bound, answer.note]}


if __name__ == "__main__":
    main()
