"""Weighted shortest job first done right: a need's value over the work of all it stands on.

Again and again, the need whose cost of delay is largest for the work still missing, prerequisites
included, is taken with its prerequisites. The ratio is that of J. B. Sidney's decomposition
(Operations Research 23, 1975), here over one need at a time; any order consistent with Sidney's is
within a factor of two of the best on one machine (C. Chekuri, R. Motwani, Discrete Applied
Mathematics 98, 1999).
"""

from __future__ import annotations

from roadmap.network import Network
from roadmap.solvers.support import Support


def ranks(network: Network) -> list[float]:
    """The order in which needs draw in their closures; what no need draws in comes last."""
    support = Support(network)
    open_needs = {
        index: (support.of_event(loss.event), (loss.table[-1] - loss.table[0]))
        for index, loss in enumerate(network.losses)
        if loss.table[-1] > loss.table[0]
    }
    rank = [float(len(network.activities))] * len(network.activities)
    taken: set[int] = set()
    while open_needs:
        best = max(
            (_ratio(support, goals, value, taken), -need)
            for need, (goals, value) in open_needs.items()
        )
        goals, _ = open_needs.pop(-best[1])
        for activity in support.closure(goals, taken):
            rank[activity] = float(len(taken))
            taken.add(activity)
    return rank


def _ratio(support: Support, goals: list[int], value: int, taken: set[int]) -> float:
    missing = sum(support.work[activity] for activity in support.closure(goals, taken))
    return value / missing if missing else float("inf")
