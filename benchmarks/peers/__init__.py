"""Those who are measured beside one another; each is loaded when it is first asked for."""

from __future__ import annotations

from importlib.util import find_spec

from benchmarks.peers.contract import Conditions, Found, Peer, Step

OURS = "auto"
PLAIN = "plain CP-SAT"
JOBSHOP = "PyJobShop"
NAIVE = "wsjf"
RIVALS = (PLAIN, JOBSHOP)
"""Whom our search is compared with: the better of them, each instance anew."""


def find_peer(name: str) -> Peer:
    """The peer of a name: a solver of this library, unless it is a rival."""
    if name == PLAIN:
        from benchmarks.peers import plain

        return Peer(plain.PlainModel, plain.solve)
    if name == JOBSHOP:
        from benchmarks.peers import jobshop

        return Peer(jobshop.build, jobshop.solve)
    from benchmarks.peers import ours

    return ours.peer(name)


def installed(name: str) -> bool:
    """Whether a peer can be run here."""
    return name != JOBSHOP or find_spec("pyjobshop") is not None


__all__ = [
    "JOBSHOP",
    "NAIVE",
    "OURS",
    "PLAIN",
    "RIVALS",
    "Conditions",
    "Found",
    "Peer",
    "Step",
    "find_peer",
    "installed",
]
