"""A second improver beside the first, in a process of its own: threads of Python would take turns.

Each tells the other of every better plan, and goes on from the best of both.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import attrs

from roadmap.network import Assignment, Network
from roadmap.solvers.child import PLAN, Child, child_of, packed, unpacked, voice
from roadmap.solvers.contract import Run
from roadmap.solvers.generation import Scheme
from roadmap.solvers.improving import Improver
from roadmap.solvers.incumbent import Incumbent


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
    _known: int | None = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Begin with the plan that it is told of."""
        self._known = self.best.cost

    def exchange(self) -> None:
        """Take what it has found, and tell it of a plan that is better than what it knows."""
        if self.child is None:
            return
        for told in self.child.heard():
            self.best.offer(unpacked(PLAN, told["plan"]), told["source"])
            self._known = told["cost"]
        if self.best.cost != self._known:
            self._known = self.best.cost
            self.child.tell(json.dumps(packed(self.best.plan)))


@contextmanager
def helper(best: Incumbent) -> Iterator[Helper]:
    """Let another process improve the best plan while the context lasts."""
    with child_of(__name__) as child:
        if child is not None:
            task = {"network": best.network, "seed": best.run.seed, "plan": best.plan}
            child.tell(json.dumps({key: packed(value) for key, value in task.items()}))
        yield Helper(best, child)


def main() -> None:
    """Be the child: read a task, and improve the plan until the parent has heard enough."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tell = voice()
    task = json.loads(sys.stdin.buffer.readline())
    theirs: queue.SimpleQueue[Assignment] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(theirs,), daemon=True).start()
    run = Run(
        time_limit=None,
        seed=task["seed"],
        workers=1,
        reproducible=False,
        hint=None,
        stop=threading.Event(),
    )
    best = Incumbent(unpacked(Network, task["network"]), run)
    best.offer(unpacked(PLAN, task["plan"]), "theirs")
    told = best.cost

    def exchange() -> bool:
        """Tell of a better plan, and take theirs; never an end."""
        nonlocal told
        if best.cost != told:
            told = best.cost
            source = run.trace[-1].source
            tell({"plan": packed(best.plan), "cost": told, "source": source})
        while not theirs.empty():
            best.offer(theirs.get(), "theirs")
            told = best.cost
        return False

    improver = Improver(Scheme(best.network), best, Random(task["seed"]), anneals=True)
    while True:
        improver.turn(exchange)
        exchange()


def _listen(theirs: queue.SimpleQueue[Assignment]) -> None:
    """Hear of better plans; silence for ever means that the parent is gone."""
    for line in sys.stdin.buffer:
        theirs.put(unpacked(PLAN, json.loads(line)))
    os._exit(0)


if __name__ == "__main__":
    main()
