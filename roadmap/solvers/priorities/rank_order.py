"""The order in which the items were stated, as Jira's auto-scheduler places them.

Jira Plans schedules issues from the top of the ranked list down, each in the earliest sprint
with room, and what depends on another after it (Atlassian support, "Auto-schedule").
"""

from __future__ import annotations

from roadmap.network import Network


def ranks(network: Network) -> list[float]:
    """The order of statement."""
    return [float(place) for place in range(len(network.activities))]
