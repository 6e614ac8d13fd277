"""Bounds proven beside a search, in a process of their own.

A linear program can not be interrupted, and a thread in the midst of one holds up the end of the
interpreter; a process can be ended at any moment.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import attrs

from roadmap.network import Assignment, Network
from roadmap.solvers.bounds.proof import Proof
from roadmap.solvers.bounds.proofs import proofs
from roadmap.solvers.bounds.refuting import REFUTING, refutations
from roadmap.solvers.child import PLAN, Child, companion, listen, read, unpacked, voice
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.rounding import ROUNDING


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
    """Be the child: read a task, prove, and tell of every proof."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tell = voice()
    task = read(sys.stdin.buffer.readline())
    costs = [task["cost"]]
    listen(costs.append)
    network, deadline = unpacked(Network, task["network"]), time.monotonic() + task["seconds"]
    last = None
    for source, proof in proofs(network, task["until"], task["seconds"], _plans(tell, ROUNDING)):
        tell({"source": source, "proof": proof})
        last = proof if proof.options else last
    if task["refuting"] and last is not None:
        for proof in refutations(
            network,
            last,
            cost=lambda: costs[-1],
            left=lambda: deadline - time.monotonic(),
            on_plan=_plans(tell, REFUTING),
        ):
            tell({"source": REFUTING, "proof": proof})
    os._exit(0)  # at once: the thread that listens holds the lock of a stream


def _plans(tell: Callable[[dict[str, Any]], None], source: str) -> Callable[[Assignment], None]:
    """A way to tell of the plans of a source."""
    return lambda plan: tell({"plan": plan, "source": source})


if __name__ == "__main__":
    main()
