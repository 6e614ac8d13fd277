"""Weighted shortest job first: the item's own cost of delay, divided by its duration.

Source: D. G. Reinertsen, *The Principles of Product Development Flow*, 2009, after W. E. Smith,
Naval Research Logistics Quarterly 3, 1956. Optimal for independent items and one team; blind to
what an item enables.
"""

from __future__ import annotations

from roadmap.network import Network
from roadmap.solvers.priorities.own_value import own_values, shortest


def ranks(network: Network) -> list[float]:
    """Highest ratio first; among equals the shortest."""
    ratios = [
        (-value / duration if duration else float("-inf") if value else 0.0, duration)
        for value, duration in zip(own_values(network), shortest(network), strict=True)
    ]
    turn = {ratio: float(place) for place, ratio in enumerate(sorted(set(ratios)))}
    return [turn[ratio] for ratio in ratios]
