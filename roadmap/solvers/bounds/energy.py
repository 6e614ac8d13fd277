"""The bound of mean busy times: precedence, heads and the energy of each team.

However work is placed, a team's work of total energy ``E`` cannot on average lie sooner than when
it is poured into the team's capacity from the first instant on; this holds for every set of its
activities. A linear program over start times holds precedence and such sets, those that are
violated being added as they are found.

References
----------
M. Queyranne, "Structure of a simple scheduling polyhedron", Mathematical Programming 58, 1993;
M. X. Goemans, M. Queyranne, A. S. Schulz, M. Skutella, Y. Wang, "Single machine scheduling with
release dates", SIAM J. Discrete Math. 15, 2002, for mean busy times and heads.
"""

from __future__ import annotations

import math
import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import attrs

from roadmap.network import Loss
from roadmap.solvers.bounds.heads import Heads, heads
from roadmap.solvers.generation import Scheme
from roadmap.solvers.linear import LinearProgram

_ROUNDS = 200
_BLIND = 50_000  # without a clock: so many rounds times variables, some seconds in all
_VIOLATED = 1e-4


def energy_bounds(scheme: Scheme, seconds: float) -> Iterator[int]:
    """Prove ever better bounds of the cost until no set is violated or the time is over.

    Parameters
    ----------
    scheme
        The network, made ready.
    seconds
        Wall time; infinite for a choice that knows no clock.
    """
    until = time.monotonic() + seconds
    model = _Model(scheme)
    best: int | None = None
    rounds = _ROUNDS
    if math.isinf(seconds):
        rounds = min(rounds, 1 + _BLIND // (1 + len(model.program.costs)))
    for _ in range(rounds):
        left = until - time.monotonic()
        if left <= 0 or not model.program.solve(left):
            return
        bound = model.program.bound() + model.offset
        if best is None or bound > best:
            best = bound
            yield bound
        if not model.separate():
            return


@attrs.frozen
class _Energy:
    """A team's capacity, poured out: how soon on average an energy can lie."""

    capacity: tuple[int, ...]
    poured: tuple[int, ...]
    moments: tuple[int, ...]

    @classmethod
    def of(cls, capacity: Sequence[int]) -> _Energy:
        """Sum up capacity, and twice its first moment, over the periods."""
        poured = tuple(accumulate(capacity, initial=0))
        twice = tuple(accumulate((c * (2 * t + 1) for t, c in enumerate(capacity)), initial=0))
        return cls(tuple(capacity), poured, twice)

    def least(self, energy: int, head: int) -> int:
        """Twice the least first moment of an energy that is poured from ``head`` on."""
        level = self.poured[head] + energy
        full = bisect_right(self.poured, level) - 1
        rest = level - self.poured[full]
        twice = self.moments[full] - self.moments[head]
        if rest and full < len(self.capacity):
            twice += 2 * full * rest + rest * rest // self.capacity[full]
        return twice


@attrs.define
class _Model:
    """The linear program over finishes and attainment times."""

    scheme: Scheme
    program: LinearProgram = attrs.field(factory=LinearProgram)
    offset: int = 0
    finish: dict[int, int] = attrs.field(factory=dict)
    heads: dict[int, int] = attrs.field(init=False)
    _soonest: Heads = attrs.field(init=False)
    _energies: list[_Energy] = attrs.field(init=False)
    _teams: list[list[tuple[int, int]]] = attrs.field(init=False)
    _known: set[tuple[int, frozenset[int]]] = attrs.field(factory=set)

    def __attrs_post_init__(self) -> None:
        network = self.scheme.network
        self._energies = [_Energy.of(resource.capacity) for resource in network.resources]
        self._teams = [[] for _ in network.resources]
        self._soonest = heads(network)
        self.heads = {
            activity: self._soonest.start[activity]
            for activity, item in enumerate(network.activities)
            if item.mandatory
        }
        for activity, head in self.heads.items():
            self._add_activity(activity, head)
        for activity in self.heads:
            self._add_precedences(activity)
        for loss in network.losses:
            self._add_loss(loss)

    def _duration(self, activity: int) -> int:
        return min(way.duration for way in self.scheme.ways[activity])

    def _add_activity(self, activity: int, head: int) -> None:
        """A variable for its finish; what its cheapest mode costs is certain."""
        duration = self._duration(activity)
        self.offset += min(way.cost for way in self.scheme.ways[activity])
        latest = self.scheme.network.activities[activity].latest
        self.finish[activity] = self.program.variable(head + duration, max(latest, head + duration))
        modes = self.scheme.network.activities[activity].modes
        if len(modes) == 1:
            for resource, amount in modes[0].demand:
                self._teams[resource].append((activity, amount * duration))

    def _add_precedences(self, activity: int) -> None:
        modes = self.scheme.network.activities[activity].modes
        for tie in self.scheme.before[activity]:
            others = self.scheme.network.activities[tie.other].modes
            if tie.other not in self.heads or (len(modes) > 1 and not tie.own_finish):
                continue
            if len(others) > 1 and not tie.finish:
                continue
            least = tie.lag
            least -= 0 if tie.finish else self._duration(tie.other)
            least += 0 if tie.own_finish else self._duration(activity)
            self.program.row({self.finish[activity]: 1, self.finish[tie.other]: -1}, least)

    def _add_loss(self, loss: Loss) -> None:
        """The lower convex hull of a loss, over the times that its event can have."""
        horizon = self.scheme.network.horizon
        hull = _hull(loss.table, min(self._soonest.event[loss.event], horizon))
        self.offset += hull[0][1]
        if len(hull) == 1:
            return
        when = self.program.variable(hull[0][0], horizon)
        for activity, delay in self._members(loss.event):
            if self.scheme.network.activities[activity].latest + delay <= horizon:
                self.program.row({when: 1, self.finish[activity]: -1}, delay)
        self._add_lines(when, hull)

    def _members(self, event: int, delay: int = 0) -> Iterator[tuple[int, int]]:
        """Mandatory activities, with delays, that must have finished when an event comes about."""
        network = self.scheme.network
        if network.events[event].count < len(network.events[event].members):
            return
        for member in network.events[event].members:
            if member.event is not None:
                yield from self._members(member.event, delay + member.delay)
            elif member.activity in self.heads:
                yield member.activity, delay + member.delay

    def _add_lines(self, when: int, hull: Sequence[tuple[int, int]]) -> None:
        """The cost above the hull's first point, at least each of its lines."""
        base = hull[0][1]
        most = max(value for _, value in hull) - base
        least = min(value for _, value in hull) - base
        cost = self.program.variable(least, max(most, least), 1)
        for (left, low), (right, high) in pairwise(hull):
            run, rise = right - left, high - low
            self.program.row({cost: run, when: -rise}, run * (low - base) - rise * left)

    def separate(self) -> bool:
        """Add the sets that the last solution violates most; false when there is none."""
        found = False
        for resource, work in enumerate(self._teams):
            middles = sorted(
                (2 * self.program.values[self.finish[a]] - self._duration(a), a, energy)
                for a, energy in work
                if energy
            )
            for head in sorted({self.heads[a] for _, a, _ in middles})[:8]:
                late = [(m, a, e) for m, a, e in middles if self.heads[a] >= head]
                found |= self._separate(resource, head, late)
        return found

    def _separate(
        self, resource: int, head: int, middles: Sequence[tuple[float, int, int]]
    ) -> bool:
        """Add the most violated of the sets that begin a team's work in order of time."""
        curve = self._energies[resource]
        energy, moment, worst, count = 0, 0.0, _VIOLATED, 0
        for place, (middle, _, amount) in enumerate(middles, start=1):
            energy += amount
            moment += amount * middle
            short = (curve.least(energy, head) - moment) / energy
            if short > worst:
                worst, count = short, place
        members = [(a, amount) for _, a, amount in middles[:count]]
        key = (resource, frozenset(a for a, _ in members))
        if not count or key in self._known:
            return False
        self._known.add(key)
        total = sum(amount for _, amount in members)
        least = curve.least(total, head)
        least += sum(amount * self._duration(a) for a, amount in members)
        self.program.row({self.finish[a]: 2 * amount for a, amount in members}, least)
        return True


def _hull(table: Sequence[int], head: int) -> list[tuple[int, int]]:
    """Corners (time, loss) of the lower convex hull of a loss from ``head`` on."""
    hull: list[tuple[int, int]] = []
    for time_, value in enumerate(table[head:], start=head):
        while len(hull) > 1 and _above(hull[-2], hull[-1], (time_, value)):
            hull.pop()
        hull.append((time_, value))
    return hull


def _above(first: tuple[int, int], middle: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether the middle point lies on or above the line between the others."""
    run, rise = last[0] - first[0], last[1] - first[1]
    return (middle[1] - first[1]) * run >= rise * (middle[0] - first[0])
