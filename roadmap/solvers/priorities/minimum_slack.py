"""The item with the least slack first, as project planners level resources.

Source: E. W. Davis, J. H. Patterson, "A comparison of heuristic and optimum solutions in
resource-constrained project scheduling", Management Science 21, 1975. Knows only time.
"""

from __future__ import annotations

from roadmap.network import Network
from roadmap.solvers.paths import longest_after, longest_before
from roadmap.solvers.priorities.own_value import shortest


def ranks(network: Network) -> list[float]:
    """Least difference between latest and earliest start first."""
    durations = [float(duration) for duration in shortest(network)]
    before = longest_before(network, durations)
    after = longest_after(network, durations)
    return [
        min(float(activity.latest), network.horizon) - after[index] - before[index]
        for index, activity in enumerate(network.activities)
    ]
