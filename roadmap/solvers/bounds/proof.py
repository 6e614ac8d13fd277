"""What has been proven: a bound, and where the starts of a better plan must lie.

A bound by prices is a sum of what each activity does at its cheapest. An activity that does
something else lifts the bound by the difference; if that lifts it to the cost of a plan in hand, no
better plan does so.
"""

from __future__ import annotations

from typing import NamedTuple

import attrs

from roadmap.network import Activity, Assignment, Network, Slot

SCALE = 1 << 24
"""Costs at prices are whole multiples of one part in so many."""


class Option(NamedTuple):
    """A start from ``since`` to ``until``, or none at all, and its cost at prices, scaled."""

    since: int | None
    until: int | None
    cost: int


@attrs.frozen
class Proof:
    """A bound of a network's cost.

    Attributes
    ----------
    weighed
        The bound, scaled.
    options
        For each activity what it can do; empty where nothing is known of that.
    """

    weighed: int
    options: tuple[tuple[Option, ...], ...] = ()

    @property
    def bound(self) -> int:
        """What no plan can cost less than."""
        return -(-self.weighed // SCALE)

    def left(self, activity: int, cost: int) -> list[Option]:
        """What an activity can do in a plan that costs less than ``cost``."""
        options = self.options[activity]
        least = min((option.cost for option in options), default=0)
        spare = (cost - 1) * SCALE - self.weighed + least
        return [option for option in options if option.cost <= spare]

    def narrowed(self, network: Network, plan: Assignment, cost: int) -> Network:
        """The network with only the starts of a plan, and of all that cost less than ``cost``."""
        if not self.options:
            return network
        return attrs.evolve(
            network,
            activities=tuple(
                _within(item, self.left(number, cost), slot)
                for number, (item, slot) in enumerate(zip(network.activities, plan, strict=True))
            ),
        )


def _within(item: Activity, left: list[Option], slot: Slot | None) -> Activity:
    """An activity with what is left to it, and what it does now."""
    spans = [(o.since, o.until) for o in left if o.since is not None and o.until is not None]
    if slot is not None:
        spans.append((slot.start, slot.start))
    if not spans:
        return item
    earliest, latest = min(since for since, _ in spans), max(until for _, until in spans)
    longest = max(mode.duration for mode in item.modes)
    return attrs.evolve(
        item,
        earliest=max(item.earliest, earliest),
        latest=min(item.latest, latest + longest),
        mandatory=slot is not None and all(option.since is not None for option in left),
    )
