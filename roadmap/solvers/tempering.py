"""Parallel tempering: several annealings, each at a temperature of its own, that change places.

What is warm gets out of valleys, what is cold looks closely at them, and a plan that is better than
that of its colder neighbour takes its place. So nothing has to be cooled at the right pace, and all
the time is spent where valleys are left and entered. It needs many steps for each activity: they
are shared out among the temperatures.

References
----------
C. J. Geyer, "Markov chain Monte Carlo maximum likelihood", Computing Science and Statistics, 1991;
R. H. Swendsen, J.-S. Wang, Physical Review Letters 57, 1986.
"""

from __future__ import annotations

import math
from random import Random

import attrs

from roadmap.network import Assignment
from roadmap.solvers.annealing import Annealing
from roadmap.solvers.cooling import heat
from roadmap.solvers.generation import Scheme

PLENTY = 500.0
"""Steps for each activity from which on it is used: with a thousand it finds about as much as
cooling in the same time, with some thousands more."""

_TEMPERATURES = (0.08, 0.13, 0.21, 0.35)
"""The coldest first, in parts: what an activity has in the cost on average."""

_LAST = 0.08
"""The share of a cycle, at its end, in which the best plan is cooled alone."""

_TEPID = 3.0
"""How warm that begins: as a cycle of cooling that has so many steps for each activity."""


@attrs.define(eq=False)
class Tempering:
    """One cycle, from one plan on.

    Attributes
    ----------
    scheme
        The network's serial scheme.
    random
        Where its choices come from.
    replicas
        The annealings, that at the coldest temperature first.
    """

    scheme: Scheme
    random: Random
    replicas: list[Annealing] = attrs.field(init=False)
    _alone: Annealing | None = attrs.field(init=False, default=None)
    _odd: int = attrs.field(init=False, default=0)

    def __attrs_post_init__(self) -> None:
        """One for each temperature."""
        self.replicas = [Annealing(self.scheme, self.random) for _ in _TEMPERATURES]

    def restart(self, plan: Assignment) -> bool:
        """Begin anew from a plan, under its commitment; false when that is no list to change."""
        self._alone = None
        return all(replica.restart(plan) for replica in self.replicas)

    def run(self, steps: int, share: float) -> None:
        """Share some moves out among the temperatures, and change places.

        Parameters
        ----------
        steps
            How many moves, at the most; at least one is tried at each temperature.
        share
            How much of the cycle is over; from 0 to 1.
        """
        if share >= 1 - _LAST:
            if self._alone is None:
                self._alone = self._best
                self._alone.restart(self._alone.plan)
            self._alone.run(steps, heat(_TEPID, (share - 1 + _LAST) / _LAST))
            return
        for replica, temperature in zip(self.replicas, _TEMPERATURES, strict=True):
            replica.run(max(1, steps // len(_TEMPERATURES)), temperature)
        self._change_places()

    @property
    def plan(self) -> Assignment:
        """The best plan since the last restart."""
        return self._best.plan

    @property
    def _best(self) -> Annealing:
        return min(self.replicas, key=lambda replica: replica.best)

    def _change_places(self) -> None:
        """Let neighbours change places as often as keeps each temperature in balance."""
        replicas, best = self.replicas, self._best
        part = max(1, abs(best.best)) / len(best.order)
        for at in range(self._odd, len(replicas) - 1, 2):
            cold, warm = _TEMPERATURES[at], _TEMPERATURES[at + 1]
            better = (replicas[at].cost - replicas[at + 1].cost) / part
            if math.log(1.0 - self.random.random()) <= better * (1 / cold - 1 / warm):
                replicas[at], replicas[at + 1] = replicas[at + 1], replicas[at]
        self._odd = 1 - self._odd
