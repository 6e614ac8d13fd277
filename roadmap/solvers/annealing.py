"""Local search on activity lists: simulated annealing.

A move pulls an activity forward together with what it waits for, or pushes it back together with
what waits for it; so every neighbour of a list is a list. Temperatures are shares of what an
activity has in the cost on average. Now and then all is justified.

References
----------
S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, "Optimization by simulated annealing", Science 220,
1983; K. Bouleimen, H. Lecocq, EJOR 149, 2003, for activity lists.
"""

from __future__ import annotations

import math
from random import Random

import attrs

from roadmap.network import Assignment
from roadmap.solvers.decoding import Decoder
from roadmap.solvers.generation import Scheme
from roadmap.solvers.justifying import Justification, can_be_justified

SLICE = 100
"""How many moves are tried at one temperature, at the most."""

_JUSTIFIED, _ALONE = 0.02, 0.1
"""How often all is justified rather than one moved; and where only one finish counts."""

_NEAR = 0.4
"""At least so far, as a power of how many there are: nearer moves seldom change when anything is
done."""

_SWING = 0.5
"""By how many parts more than is bearable a list may cost while only its first are placed: what
comes later seldom makes up for more."""


@attrs.define(eq=False)
class Annealing:
    """One search, from one plan on.

    Attributes
    ----------
    scheme
        The network's serial scheme.
    random
        Where its choices come from.
    plan, best
        The best plan since the last restart, and what it costs.
    """

    scheme: Scheme
    random: Random
    plan: Assignment = attrs.field(init=False)
    best: int = attrs.field(init=False)
    decoder: Decoder = attrs.field(init=False)
    order: list[int] = attrs.field(init=False)
    cost: int = attrs.field(init=False)
    _before: dict[int, tuple[int, ...]] = attrs.field(init=False)
    _behind: dict[int, tuple[int, ...]] = attrs.field(init=False)
    _justification: Justification | None = attrs.field(init=False)
    _often: float = attrs.field(init=False)

    def restart(self, plan: Assignment) -> bool:
        """Go on from another plan, under its commitment; false when that is no list to change."""
        decoder = Decoder(self.scheme, plan)
        order = decoder.order()
        cost = decoder.decode(order)
        if cost is None or len(order) < 2:
            return False
        decoder.keep()
        self.decoder, self.order = decoder, order
        self.plan, self.cost = decoder.assignment(), cost
        self.best = cost
        self._before = {a: tuple(o for o, _ in item.after) for a, item in decoder.items.items()}
        behind: dict[int, list[int]] = {activity: [] for activity in self._before}
        for activity, others in self._before.items():
            for other in others:
                behind[other].append(activity)
        self._behind = {activity: tuple(others) for activity, others in behind.items()}
        self._justification = Justification(decoder) if can_be_justified(decoder) else None
        self._often = _ALONE if len(decoder.network.losses) == 1 else _JUSTIFIED
        return True

    def run(self, steps: int, heat: float) -> None:
        """Try so many moves at a temperature, in parts of the cost."""
        for _ in range(steps):
            self._try(*self._neighbour(), heat)

    def _try(self, order: list[int], since: int, until: int, heat: float) -> None:
        part = abs(self.best) / len(self.order)
        bearable = -heat * part * math.log(1.0 - self.random.random())
        cost = self.decoder.decode(order, since, until, bearable + _SWING * part)
        if cost is None or cost - self.cost > bearable:
            self.decoder.undo()
            return
        self.decoder.keep()
        self.order, self.cost = order, cost
        if cost < self.best:
            self.plan, self.best = self.decoder.assignment(), cost

    def _neighbour(self) -> tuple[list[int], int, int]:
        """A list that differs by one move, and the first and last position at which it does."""
        order, random = self.order, self.random
        last = len(order) - 1
        if self._justification is not None and random.random() < self._often:
            return self._justification.order(), 0, last
        reach = int((last + 1) ** (_NEAR + (1 - _NEAR) * random.random()))
        at = random.randrange(last + 1)
        if random.random() < 0.5:
            return _pull(order, at, max(0, at - reach), self._before)
        return _push(order, at, min(last, at + reach), self._behind)


def _pull(
    order: list[int], at: int, to: int, before: dict[int, tuple[int, ...]]
) -> tuple[list[int], int, int]:
    """Move what stands ``at`` forward, and with it what it waits for on the way."""
    needed = {order[at]}
    block: list[int] = []
    rest: list[int] = []
    for activity in reversed(order[to : at + 1]):
        if activity in needed:
            block.append(activity)
            needed.update(before[activity])
        else:
            rest.append(activity)
    block.reverse()
    rest.reverse()
    return [*order[:to], *block, *rest, *order[at + 1 :]], to, at


def _push(
    order: list[int], at: int, to: int, behind: dict[int, tuple[int, ...]]
) -> tuple[list[int], int, int]:
    """Move what stands ``at`` back, and with it what waits for it on the way."""
    waiting = {order[at]}
    block: list[int] = []
    rest: list[int] = []
    for activity in order[at : to + 1]:
        if activity in waiting:
            block.append(activity)
            waiting.update(behind[activity])
        else:
            rest.append(activity)
    return [*order[:at], *rest, *block, *order[to + 1 :]], at, to
