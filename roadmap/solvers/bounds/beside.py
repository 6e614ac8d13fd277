"""Bounds proven beside a search, in a process of their own.

A linear program can not be interrupted, and a thread in the midst of one holds up the end of the
interpreter; a process can be ended at any moment.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import attrs

from roadmap.network import Network
from roadmap.solvers.bounds.proof import Proof
from roadmap.solvers.bounds.proofs import proofs
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

    def exchange(self) -> None:
        """Take what has been proven, and the plans that came of it."""
        for told in () if self.child is None else self.child.heard():
            if "plan" in told:
                self.best.offer(unpacked(PLAN, told["plan"]), ROUNDING)
                continue
            proof = unpacked(Proof, told["proof"])
            self.best.proven(proof.bound, told["source"])
            if proof.options:
                self.last = proof


@contextmanager
def prover(best: Incumbent, until: int, seconds: float) -> Iterator[Prover]:
    """Let bounds be proven while the context lasts; see ``proofs``."""
    with companion(__name__, best, "the process that proves bounds") as child:
        if child is not None:
            child.tell({"network": best.network, "until": until, "seconds": seconds})
        yield Prover(best, child)


def main() -> None:
    """Be the child: read a task, prove, and tell of every proof."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tell = voice()
    task = read(sys.stdin.buffer.readline())
    threading.Thread(target=listen, args=(threading.Event(),), daemon=True).start()
    network = unpacked(Network, task.pop("network"))
    for source, proof in proofs(network, **task, on_plan=lambda plan: tell({"plan": plan})):
        tell({"source": source, "proof": proof})
    os._exit(0)  # at once: the thread that listens holds the lock of a stream


if __name__ == "__main__":
    main()
