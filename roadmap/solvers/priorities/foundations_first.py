"""The item on which most others stand first, as technology leaders are said to want it."""

from __future__ import annotations

from roadmap.network import Network
from roadmap.solvers.paths import dependants


def ranks(network: Network) -> list[float]:
    """Most direct and indirect dependants first."""
    return [-float(count) for count in dependants(network)]
