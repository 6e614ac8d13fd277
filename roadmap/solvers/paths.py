"""Longest paths through what waits for what: lags and events, taken as plain arrows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from roadmap.network import Network
from roadmap.solvers.generation import loose


def arrows(network: Network) -> list[list[int]]:
    """For each activity, those that directly wait for it, by a lag or through an event.

    Members of which some are enough count all; circles through such choices are cut where
    they close.
    """
    after: list[set[int]] = [set() for _ in network.activities]
    for lag in network.lags:
        if not loose(network, lag):
            after[lag.before].add(lag.after)
    members = _contributors(network)
    for wait in network.waits:
        for activity in members[wait.event]:
            after[activity].add(wait.activity)
    return [sorted(followers) for followers in after]


def longest_after(network: Network, weight: Sequence[float]) -> list[float]:
    """Largest sum of weights over a chain that begins with each activity, itself included."""
    after = arrows(network)
    found = [0.0] * len(weight)
    for activity in reversed(_order(after)):
        tail = max((found[follower] for follower in after[activity]), default=0.0)
        found[activity] = weight[activity] + tail
    return found


def longest_before(network: Network, weight: Sequence[float]) -> list[float]:
    """Largest sum of weights over a chain that leads to each activity, itself excluded."""
    after = arrows(network)
    found = [0.0] * len(weight)
    for activity in _order(after):
        for follower in after[activity]:
            found[follower] = max(found[follower], found[activity] + weight[activity])
    return found


def dependants(network: Network) -> list[int]:
    """How many activities stand on each, directly or through others."""
    after = arrows(network)
    reach: list[int] = [0] * len(after)
    for activity in reversed(_order(after)):
        for follower in after[activity]:
            reach[activity] |= reach[follower] | 1 << follower
    return [bits.bit_count() for bits in reach]


def _contributors(network: Network) -> list[set[int]]:
    """For each event the activities whose finish counts towards it."""
    found: list[set[int]] = []
    for event in network.events:
        own: set[int] = set()
        for member in event.members:
            if member.activity is not None:
                own.add(member.activity)
            elif member.event is not None:
                own |= found[member.event]
        found.append(own)
    return found


def _order(after: Sequence[Iterable[int]]) -> list[int]:
    """Depth-first topological order; an arrow that closes a circle is passed over."""
    order: list[int] = []
    seen: set[int] = set()
    for root in range(len(after)):
        stack = [(root, False)]
        while stack:
            activity, left = stack.pop()
            if left:
                order.append(activity)
            elif activity not in seen:
                seen.add(activity)
                stack.append((activity, True))
                stack += [(follower, False) for follower in after[activity]]
    order.reverse()
    return order
