"""What has been proven: a bound, and where the starts of a better plan must lie.

A bound by prices is a sum of what each activity and each event does at its cheapest. One that does
something else lifts the bound by the difference, and all that do so lift it together; if that lifts
it to the cost of a plan in hand, no better plan does so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
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


class Surcharge(NamedTuple):
    """What is added to a bound where something does not happen when it is cheapest.

    Attributes
    ----------
    moment
        From when on, or up to when; ``None`` for whenever it happens, or where it does not at all.
    later
        Whether from then on; without a moment, whether it is for happening.
    cost
        Above 0, in whole units; what is later or earlier still pays the further ones as well.
    """

    moment: int | None
    later: bool
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
    events
        For each event when it can come about; empty for one that says again when something else
        does, and where nothing is known.
    """

    weighed: int
    options: tuple[tuple[Option, ...], ...] = ()
    events: tuple[tuple[Option, ...], ...] = ()

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

    def narrowed(self, network: Network, plan: Assignment | None, cost: int) -> Network:
        """The network with only the starts of a plan, and of all that cost less than ``cost``.

        Without a plan, only of those.
        """
        if not self.options:
            return network
        return attrs.evolve(
            network,
            activities=tuple(
                _within(item, self.left(number, cost), () if plan is None else (plan[number],))
                for number, item in enumerate(network.activities)
            ),
        )


def surcharges(
    options: Sequence[Option], unit: int, most: int, least: int = 1
) -> Iterator[Surcharge]:
    """What the options of one thing add to a bound; those that apply are together no dearer.

    Parameters
    ----------
    options
        All that it can do.
    unit
        How much money, scaled, surcharges are whole multiples of.
    most
        So many units rule out anything: none is charged more.
    least
        How many units a surcharge has at the least; smaller ones wait for the next.
    """
    cheapest = min((option.cost for option in options), default=0)
    spans: list[tuple[int, int, int]] = []
    for since, until, cost in options:
        extra = min((cost - cheapest) // unit, most)
        if since is not None and until is not None:
            spans.append((since, until, extra))
        elif extra >= least:
            yield Surcharge(None, False, extra)
    ever = min((extra for _, _, extra in spans), default=0)
    if ever >= least:
        yield Surcharge(None, True, ever)
    onward = sorted((until, extra - ever) for _, until, extra in spans)
    for moment, cost in _climbs(onward, least):
        yield Surcharge(moment + 1, True, cost)
    back = sorted((-since, extra - ever) for since, _, extra in spans)
    for moment, cost in _climbs(back, least):
        yield Surcharge(-moment - 1, False, cost)


def _climbs(outward: Sequence[tuple[int, int]], least: int) -> Iterator[tuple[int, int]]:
    """Ends of spans beyond which all spans cost more than what was paid before, and how much."""
    beyond = list(accumulate((extra for _, extra in reversed(outward)), min))[-2::-1]
    paid = 0
    for (end, _), extra in zip(outward, beyond, strict=False):
        if extra - paid >= least:
            yield end, extra - paid
            paid = extra


def _within(item: Activity, left: list[Option], slots: Sequence[Slot | None]) -> Activity:
    """An activity with what is left to it, and what it does in a plan, if there is one."""
    spans = [(o.since, o.until) for o in left if o.since is not None and o.until is not None]
    mandatory = len(spans) == len(left) and None not in slots
    spans += [(slot.start, slot.start) for slot in slots if slot is not None]
    if not spans:
        return item
    earliest, latest = min(since for since, _ in spans), max(until for _, until in spans)
    longest = max(mode.duration for mode in item.modes)
    return attrs.evolve(
        item,
        earliest=max(item.earliest, earliest),
        latest=min(item.latest, latest + longest),
        mandatory=mandatory,
    )
