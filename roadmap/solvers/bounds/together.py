"""What can be worked on at one time, and limits that all of it keeps.

A set of work is feasible when no two parts of it wait for one another and all teams together are
enough for it. Where work is weighed, at no moment does more go on than the heaviest feasible set
weighs. Such limits see what a row of capacity for each team does not: of three pieces of work each
two may meet in another team, or wait for one another, so that one at a time is all there can be.

The limit that fractions of work break most is found by a linear program over weights, with a row
for each feasible set, which is added when it is found to weigh too much; then it is lifted: other
work is weighed as well, as far as no set becomes heavier by it.

References
----------
A. Mingozzi, V. Maniezzo, S. Ricciardelli, L. Bianco, Management Science 44, 1998, for feasible
sets; P. Brucker, S. Knust, EJOR 127, 2000, for bounds by linear programs over them; M. W. Padberg,
Operations Research 23, 1975, for lifting.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial

import attrs

from roadmap.network import Network
from roadmap.solvers.bounds.precedence import finished
from roadmap.solvers.bounds.steps import Unit
from roadmap.solvers.linear import LinearProgram
from roadmap.solvers.profile import Packing

Capacity = tuple[int, ...]
"""What each team has at a moment."""

Limit = tuple[dict[Unit, int], int]
"""Weights of units, and what no feasible set exceeds."""

BROKEN = 0.01
"""By what share of it a limit must be broken to be of use."""

_WHOLE = 2_520
"""What a set may weigh before it is lifted; all of its parts up to a tenth are whole."""

_SLIGHT = 1e-3
"""Fractions below this are none, and what is above a limit by this is not."""

_PARTS = 1_000_000
"""Fractions are costs of a program, which are whole."""

_KEPT = 100
"""So many feasible sets that were found last begin the next program over weights."""

_ROUNDS = 100
_NODES = 5_000
"""Beyond so many rounds, or steps of one search, no limit is found."""


@attrs.frozen(eq=False)
class Together:
    """What can be worked on at one time.

    Attributes
    ----------
    network
        What is planned.
    """

    network: Network

    @cached_property
    def needs(self) -> dict[Unit, tuple[tuple[int, int], ...]]:
        """(Team, amount) pairs of each unit that takes something of a team for some time."""
        needs = {
            (activity, number): tuple((team, amount) for team, amount in mode.demand if amount)
            for activity, item in enumerate(self.network.activities)
            for number, mode in enumerate(item.modes)
            if mode.duration
        }
        return {unit: need for unit, need in needs.items() if need}

    @cached_property
    def _packing(self) -> Packing:
        return Packing(self.network)

    @cached_property
    def _packed(self) -> dict[Unit, int]:
        return {unit: self._packing.pack(need) for unit, need in self.needs.items()}

    @cached_property
    def _known(self) -> dict[Capacity, deque[tuple[Unit, ...]]]:
        """The feasible sets found last, by capacity: from one moment to the next most go on."""
        return defaultdict(partial(deque, maxlen=_KEPT))

    @cached_property
    def _apart(self) -> tuple[int, ...]:
        """For each activity those that never are worked on with it, itself included, as bits."""
        apart = [own | 1 << a for a, own in enumerate(finished(self.network).by_start)]
        for later, bits in enumerate(tuple(apart)):
            while bits:
                sooner = (bits & -bits).bit_length() - 1
                apart[sooner] |= 1 << later
                bits &= bits - 1
        return tuple(apart)

    def heaviest(
        self,
        weights: Mapping[Unit, int],
        capacity: Sequence[int],
        least: int = 0,
        enough: float = math.inf,
    ) -> tuple[int, tuple[Unit, ...]] | None:
        """The feasible set that weighs most.

        Parameters
        ----------
        weights
            Of units, above 0; others are in no set.
        capacity
            What each team has.
        least
            Only what weighs more is looked for.
        enough
            What weighs so much need not be the heaviest.

        Returns
        -------
        weight, units
            ``least`` and nothing if no set weighs more; ``None`` if the search takes too long.
        """
        guards = self._packing.guards
        room = guards + self._packing.pack(enumerate(capacity))
        units = [unit for unit in weights if (room - self._packed[unit]) & guards == guards]
        sizes = {unit: sum(a / capacity[team] for team, a in self.needs[unit]) for unit in units}
        units.sort(key=lambda unit: -weights[unit] / sizes[unit])
        search = _Search(
            weights=[weights[unit] for unit in units],
            sizes=[sizes[unit] for unit in units],
            needs=[self._packed[unit] for unit in units],
            beside=self._beside(units, room),
            guards=guards,
            best=least,
            enough=enough,
        )
        if not search.run(room, float(sum(1 for amount in capacity if amount))):
            return None
        return search.best, tuple(units[place] for place in search.chosen)

    def _beside(self, units: Sequence[Unit], room: int) -> list[int]:
        """For each of some units, which of them can be worked on with it, a bit for each place."""
        guards, found = self._packing.guards, []
        for unit in units:
            left, apart, bits = room - self._packed[unit], self._apart[unit[0]], 0
            for place, other in enumerate(units):
                if (left - self._packed[other]) & guards == guards and not apart >> other[0] & 1:
                    bits |= 1 << place
            found.append(bits)
        return found

    def broken(
        self, running: Mapping[Unit, float], capacity: Capacity, others: Iterable[Unit]
    ) -> Limit | None:
        """The limit that fractions of work break most; ``None`` if none by enough.

        Parameters
        ----------
        running
            How much of each unit is worked on.
        capacity
            What each team has.
        others
            Units to which the limit is lifted, in this order.
        """
        units = [unit for unit, part in running.items() if part > _SLIGHT]
        program = LinearProgram()
        number = {u: program.variable(0, 1, -math.ceil(running[u] * _PARTS)) for u in units}
        known = self._known[capacity]
        parts = {tuple(unit for unit in found if unit in number) for found in known}
        for part in sorted(part for part in parts if len(part) > 1):
            program.row({number[unit]: -1 for unit in part}, -1)
        for _ in range(_ROUNDS if units else 0):
            if not program.solve(math.inf):
                return None
            values = {unit: program.values[number[unit]] for unit in units}
            if sum(running[unit] * value for unit, value in values.items()) < 1 + BROKEN:
                return None
            scaled = {unit: round(value * _WHOLE) for unit, value in values.items()}
            weights = {unit: weight for unit, weight in scaled.items() if weight > 0}
            heaviest = self.heaviest(weights, capacity, _WHOLE)
            if heaviest is None:
                return None
            most, chosen = heaviest
            if most <= _WHOLE * (1 + _SLIGHT):
                return self._lifted(weights, most, capacity, others), most
            program.row({number[unit]: -1 for unit in chosen}, -1)
            known.append(tuple(sorted(chosen)))
        return None

    def _lifted(
        self, weights: dict[Unit, int], most: int, capacity: Capacity, others: Iterable[Unit]
    ) -> dict[Unit, int]:
        """Weigh each further unit by what is left for it in the heaviest set beside it."""
        for unit in others:
            left = list(capacity)
            for team, amount in self.needs[unit]:
                left[team] -= amount
            if unit in weights or min(left) < 0:
                continue
            apart = self._apart[unit[0]]
            beside = {u: weight for u, weight in weights.items() if not apart >> u[0] & 1}
            heaviest = self.heaviest(beside, left, 0, most * (1 - BROKEN))
            if heaviest is not None and heaviest[0] < most * (1 - BROKEN):
                weights = weights | {unit: most - heaviest[0]}
        return weights


@attrs.define(eq=False)
class _Search:
    """Depth first, the densest first: weight by size, the share of all teams that is taken.

    Units are places in lists. What is left of the teams, filled up at the density of the next,
    bounds what may be added.
    """

    weights: Sequence[int]
    sizes: Sequence[float]
    needs: Sequence[int]
    beside: Sequence[int]
    guards: int
    best: int
    enough: float
    chosen: tuple[int, ...] = ()
    _nodes: int = 0

    def run(self, room: int, size: float) -> bool:
        """Find the heaviest set; false if that takes too long."""
        self._grow((), 0, (1 << len(self.weights)) - 1, room, size)
        return self._nodes <= _NODES

    def _grow(
        self, chosen: tuple[int, ...], weight: int, left: int, room: int, size: float
    ) -> None:
        self._nodes += 1
        if weight > self.best:
            self.best, self.chosen = weight, chosen
        while left and self._nodes <= _NODES and self.best < self.enough:
            place = (left & -left).bit_length() - 1
            density = self.weights[place] / self.sizes[place]
            if weight + size * density * (1 + 1e-9) < self.best + 1:
                return
            left &= left - 1
            rest = room - self.needs[place]
            if rest & self.guards == self.guards:
                self._grow(
                    (*chosen, place),
                    weight + self.weights[place],
                    left & self.beside[place],
                    rest,
                    size - self.sizes[place],
                )
