"""The most urgent item first: its own cost of delay, whatever it takes."""

from __future__ import annotations

from roadmap.network import Network
from roadmap.solvers.priorities.own_value import own_values


def ranks(network: Network) -> list[float]:
    """Highest cost of delay first."""
    return [-value for value in own_values(network)]
