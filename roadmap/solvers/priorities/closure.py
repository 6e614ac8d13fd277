"""Weighted shortest job first done right: a need's value over the work of all it stands on.

Again and again, the need whose cost of delay is largest for the work still missing, prerequisites
included, is taken with its prerequisites. The ratio is that of J. B. Sidney's decomposition
(Operations Research 23, 1975), here over one need at a time; any order consistent with Sidney's is
within a factor of two of the best on one machine (C. Chekuri, R. Motwani, Discrete Applied
Mathematics 98, 1999).
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush

from roadmap.network import Network
from roadmap.solvers.support import Support


def ranks(network: Network) -> list[float]:
    """The order in which needs draw in their closures; what no need draws in comes last.

    A need's ratio only rises, and only when work that it stands on is taken; so each is looked at
    again just then.
    """
    support = Support(network)
    closures = [support.closure(support.of_event(loss.event), set()) for loss in network.losses]
    value = [loss.table[-1] - loss.table[0] for loss in network.losses]
    missing = [sum(support.work[activity] for activity in closure) for closure in closures]
    users: dict[int, list[int]] = {}
    for need, closure in enumerate(closures):
        for activity in closure:
            users.setdefault(activity, []).append(need)
    heap = [(-_ratio(value[need], missing[need]), need) for need in range(len(value))]
    heapify(heap)
    rank = [float(len(network.activities))] * len(network.activities)
    done: set[int] = set()
    taken = 0
    while heap:
        ratio, need = heappop(heap)
        if need in done or value[need] <= 0 or ratio != -_ratio(value[need], missing[need]):
            continue
        done.add(need)
        for activity in closures[need]:
            if rank[activity] < len(rank):
                continue
            rank[activity] = float(taken)
            taken += 1
            for other in users[activity]:
                missing[other] -= support.work[activity]
                heappush(heap, (-_ratio(value[other], missing[other]), other))
    return rank


def _ratio(value: int, missing: float) -> float:
    """Value for the work still missing; without bound when hardly any is."""
    return value / missing if missing > 1e-9 else float("inf")
