"""Bounds proven beside a search, in a process of their own.

A linear program can not be interrupted, and a thread in the midst of one holds up the end of the
interpreter; a process can be ended at any moment.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import attrs

from roadmap.network import Assignment, Network
from roadmap.solvers.bounds.proof import Proof
from roadmap.solvers.bounds.proofs import proofs
from roadmap.solvers.bounds.refuting import REFUTING, refutations
from roadmap.solvers.child import PLAN, Child, Tell, companion, listen, read, unpacked, voice
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.rounding import ROUNDING

_LATE = 0.5
"""With less than this share of the time left no cost is refuted any more: what looks for plans
needs the processors more, and linear programs that take so long leave too much to look through."""


@attrs.define
class Prover:
    """What comes of proving.

    Attributes
    ----------
    best
        The best plan and the best bound, to which it adds.
    child
        Who proves; ``None`` where no process can be started, and nothing is proven.
    last
        The last proof that knows where starts must lie; ``None`` before the first.
    """

    best: Incumbent
    child: Child | None
    last: Proof | None = None
    _known: int | None = None

    def exchange(self) -> None:
        """Take what has been proven, and the plans that came of it; tell what a plan costs now."""
        if self.child is None:
            return
        for told in self.child.heard():
            if "plan" in told:
                self.best.offer(unpacked(PLAN, told["plan"]), told["source"])
                continue
            proof = unpacked(Proof, told["proof"])
            self.best.proven(proof.bound, told["source"])
            if proof.options:
                self.last = proof
        if self.best.cost != self._known:
            self._known = self.best.cost
            self.child.tell(self._known)


@contextmanager
def prover(best: Incumbent, until: int, seconds: float, refuting: bool) -> Iterator[Prover]:
    """Let bounds be proven while the context lasts.

    Parameters
    ----------
    best
        What is known.
    until, seconds
        See ``proofs``.
    refuting
        Whether costs are refuted after that.
    """
    with companion(__name__, best, "the process that proves bounds") as child:
        if child is not None:
            task = {"until": until, "seconds": seconds, "refuting": refuting, "cost": best.cost}
            child.tell({"network": best.network} | task)
        yield Prover(best, child, known=best.cost)


def main() -> None:
    """Be the child: read a task, and do it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tell = voice()
    task = read(sys.stdin.buffer.readline())
    costs = [task["cost"]]
    listen(costs.append)
    prove(task, costs, tell)
    os._exit(0)  # at once: the thread that listens holds the lock of a stream


def prove(task: Mapping[str, Any], costs: Sequence[int], tell: Tell) -> None:
    """Tell of every proof, and of the plans on the way.

    Parameters
    ----------
    task
        What is proven, and how long.
    costs
        Of the best plan; the last holds.
    tell
        Told of each.
    """
    network, last = unpacked(Network, task["network"]), None
    seconds: float = task["seconds"]
    deadline = time.monotonic() + seconds

    def left() -> float:
        """Seconds left."""
        return deadline - time.monotonic()

    for source, proof in proofs(network, task["until"], seconds, _plans(tell, ROUNDING)):
        tell({"source": source, "proof": proof})
        last = proof if proof.options else last
    if task["refuting"] and last is not None and left() > _LATE * seconds:
        on_plan = _plans(tell, REFUTING)
        for proof in refutations(network, last, lambda: costs[-1], left, on_plan):
            tell({"source": REFUTING, "proof": proof})


def _plans(tell: Tell, source: str) -> Callable[[Assignment], None]:
    """A way to tell of the plans of a source."""
    return lambda plan: tell({"plan": plan, "source": source})


if __name__ == "__main__":
    main()
