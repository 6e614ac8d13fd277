"""The capacity that is left, all teams of a period packed into one integer.

Each team has a field of bits, wide enough for its largest capacity or demand, with a guard bit on
top that is always set. Taking a demand from a period is one subtraction, and the demand fits if
every guard bit survives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs

from roadmap.network import Network


@attrs.frozen(eq=False)
class Packing:
    """How a network's capacities are packed.

    Attributes
    ----------
    network
        Whose resources are packed.
    """

    network: Network

    @cached_property
    def shifts(self) -> tuple[int, ...]:
        """Where each resource's field begins; the last entry is where the next would."""
        most = [max(resource.capacity) for resource in self.network.resources]
        for activity in self.network.activities:
            for mode in activity.modes:
                for resource, amount in mode.demand:
                    most[resource] = max(most[resource], amount)
                for resource, amount, _ in mode.after:
                    most[resource] = max(most[resource], amount)
        shifts = [0]
        for amount in most:
            shifts.append(shifts[-1] + amount.bit_length() + 1)
        return tuple(shifts)

    @cached_property
    def guards(self) -> int:
        """The guard bits of all fields."""
        return sum(1 << shift - 1 for shift in self.shifts[1:])

    @cached_property
    def whole(self) -> tuple[int, ...]:
        """The usual capacity of each period, with the guard bits."""
        return tuple(
            self.guards
            + self.pack(
                (index, (r.usual or r.capacity)[period])
                for index, r in enumerate(self.network.resources)
            )
            for period in range(self.network.horizon)
        )

    def pack(self, amounts: Iterable[tuple[int, int]]) -> int:
        """Pack (resource, amount) pairs."""
        return sum(amount << self.shifts[resource] for resource, amount in amounts)


def first_fit(
    free: Sequence[int], guards: int, need: int, duration: int, earliest: int, latest: int
) -> int | None:
    """First start in the bounds at which a packed demand fits throughout.

    Parameters
    ----------
    free
        What is left in each period.
    guards
        The guard bits.
    need
        The packed demand.
    duration
        Periods for which it is wanted.
    earliest, latest
        Bounds of the start, inclusive.
    """
    if not need:
        return earliest if earliest <= latest else None
    start = ready = earliest
    while start <= latest:
        period = start + duration - 1
        while period >= ready and (free[period] - need) & guards == guards:
            period -= 1
        if period < ready:
            return start
        ready = start + duration
        start = period + 1
    return None
