"""A second improver beside the first, in a process of its own: threads of Python would take turns.

Each tells the other of every better plan, and goes on from the best of both.
"""

from __future__ import annotations

import queue
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import attrs

from roadmap.network import Assignment, Network
from roadmap.result import Progress
from roadmap.solvers.child import PLAN, Child, Tell, companion, listen, read, unpacked, voice
from roadmap.solvers.contract import Run
from roadmap.solvers.generation import Scheme
from roadmap.solvers.improving import Improver
from roadmap.solvers.incumbent import Incumbent

_THEIRS = "theirs"
"""The source of a plan that the other side has found."""


@attrs.define(eq=False)
class Helper:
    """What goes to the other process, and comes from it.

    Attributes
    ----------
    best
        The best plan, from which it begins, and to which it adds.
    child
        Who helps; ``None`` where no process can be started, and nothing is found.
    """

    best: Incumbent
    child: Child | None
    _known: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Begin with the plan that it is told of."""
        assert self.best.cost is not None
        self._known = self.best.cost

    def exchange(self) -> None:
        """Take what it has found, and tell it of a plan that is better than what it knows."""
        if self.child is None:
            return
        for told in self.child.heard():
            if "mishap" in told:
                self.best.mishap(told["mishap"])
                continue
            self._known = min(self._known, told["cost"])
            self.best.offer(unpacked(PLAN, told["plan"]), told["source"])
        assert self.best.cost is not None
        if self.best.cost < self._known:
            self._known = self.best.cost
            self.child.tell(self.best.plan)


@contextmanager
def helper(best: Incumbent) -> Iterator[Helper]:
    """Let another process improve the best plan while the context lasts."""
    with companion(__name__, best, "the second improver's process") as child:
        if child is not None:
            run = best.run
            told = {"seed": run.seed, "seconds": run.remaining}
            child.tell({"network": best.network, "plan": best.plan} | told)
        yield Helper(best, child)


def main() -> None:
    """Be the child: read a task, and improve the plan until the parent has heard enough."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tell = voice()
    task = read(sys.stdin.buffer.readline())
    theirs: queue.SimpleQueue[Assignment] = queue.SimpleQueue()
    listen(lambda plan: theirs.put(unpacked(PLAN, plan)))
    best = incumbent(unpacked(Network, task["network"]), task["seed"], tell)
    best.offer(unpacked(PLAN, task["plan"]), _THEIRS)
    seconds = task["seconds"]
    deadline = None if seconds is None else time.monotonic() + seconds
    improver = Improver(Scheme(best.network), best, Random(task["seed"]), True, deadline)
    while not take(best, theirs):
        improver.turn(lambda: take(best, theirs))


def incumbent(network: Network, seed: int, tell: Tell) -> Incumbent:
    """The child's best plan; it tells of each better one of its own, and of what breaks down."""

    def found(step: Progress) -> None:
        if step.source != _THEIRS:
            tell({"plan": best.plan, "cost": best.cost, "source": step.source})

    run = Run(
        time_limit=None,
        seed=seed,
        workers=1,
        reproducible=False,
        hint=None,
        stop=threading.Event(),
        on_progress=found,
    )
    best = Incumbent(network, run, on_mishap=lambda what: tell({"mishap": what}))
    return best


def take(best: Incumbent, theirs: queue.SimpleQueue[Assignment]) -> bool:
    """Take the plans that the parent has told of; never a reason to end."""
    while not theirs.empty():
        best.offer(theirs.get(), _THEIRS)
    return False


if __name__ == "__main__":
    main()
