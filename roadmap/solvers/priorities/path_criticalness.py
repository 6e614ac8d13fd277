"""Priority, then path criticalness, as TaskJuggler does.

A task's priority is its own cost of delay on TaskJuggler's scale from 1 to 1000. Criticalness
of a task is its effort times how sought-after its team is; path criticalness adds that of the
dearest chain of followers (TaskJuggler manual, "How the scheduler works").
"""

from __future__ import annotations

from roadmap.network import Network
from roadmap.solvers.paths import longest_after
from roadmap.solvers.priorities.own_value import own_values


def ranks(network: Network) -> list[float]:
    """Highest priority first; among equals the most critical path."""
    values = own_values(network)
    most = max(values, default=0.0) or 1.0
    paths = longest_after(network, _criticalness(network))
    longest = max(paths, default=0.0) or 1.0
    return [
        -(1 + round(999 * max(value, 0.0) / most)) - path / (2 * longest)
        for value, path in zip(values, paths, strict=True)
    ]


def _criticalness(network: Network) -> list[float]:
    """Effort of each activity, weighted by how much of its teams' time is asked for."""
    asked = [0.0] * len(network.resources)
    for activity in network.activities:
        for resource, amount in activity.modes[0].demand:
            asked[resource] += amount * activity.modes[0].duration
    share = [
        asked[index] / (sum(resource.capacity) or 1)
        for index, resource in enumerate(network.resources)
    ]
    return [
        sum(amount * share[resource] for resource, amount in activity.modes[0].demand)
        * activity.modes[0].duration
        for activity in network.activities
    ]
