"""Rows that sharpen a linear program over steps: limits on what is worked on at one time.

Where a solution in fractions has more going on at a moment than can be, a limit that says so is
looked for (``together``), and held at all moments at which the solution breaks it. Then the program
is solved again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from roadmap.solvers.bounds.steps import Steps, Unit
from roadmap.solvers.bounds.together import BROKEN, Capacity, Together

_NEAR = 15
"""So many moments before and after, what is worked on there is weighed as well."""

_LIFTED = 60
"""At most so many units of these."""

_Running = Mapping[Unit, float]


@attrs.define(eq=False)
class Cutting:
    """Limits that a program holds.

    Attributes
    ----------
    steps
        The program.
    """

    steps: Steps
    _together: Together = attrs.field(init=False)
    _limits: list[Mapping[Unit, int]] = attrs.field(init=False, factory=list)
    _most: dict[tuple[int, Capacity], int | None] = attrs.field(init=False, factory=dict)
    _held: set[tuple[int, int]] = attrs.field(init=False, factory=set)

    def __attrs_post_init__(self) -> None:
        """Know what can be worked on together."""
        self._together = Together(self.steps.network)

    def cut(self, values: Sequence[float]) -> int:
        """Hold limits that a solution breaks; to how many rows that comes."""
        moments = [moment for moment in self.steps.grid if moment < self.steps.network.horizon]
        running = [self._running(moment, values) for moment in moments]
        for at, moment in enumerate(moments):
            capacity = self._capacity(moment)
            if not any(self._broken(running[at], capacity)):
                limit = self._together.broken(running[at], capacity, _around(running, at))
                if limit is not None:
                    weights, self._most[len(self._limits), capacity] = limit
                    self._limits.append(weights)
        added = 0
        for moment, parts in zip(moments, running, strict=True):
            for number, most in self._broken(parts, self._capacity(moment)):
                if (number, moment) not in self._held:
                    self._held.add((number, moment))
                    self.steps.hold(self._limits[number], most, moment)
                    added += 1
        return added

    def _running(self, moment: int, values: Sequence[float]) -> dict[Unit, float]:
        """How much of each unit a solution has going on at a moment."""
        parts = (
            (unit, sum(a * values[step] for step, a in self.steps.running(unit, moment).items()))
            for unit in self._together.needs
        )
        return {unit: part for unit, part in parts if part > 0}

    def _capacity(self, moment: int) -> Capacity:
        return tuple(resource.capacity[moment] for resource in self.steps.network.resources)

    def _broken(self, running: _Running, capacity: Capacity) -> Iterator[tuple[int, int]]:
        """(Number, most) pairs of the limits that are broken."""
        for number, weights in enumerate(self._limits):
            weight = sum(amount * running.get(unit, 0.0) for unit, amount in weights.items())
            most = self._heaviest(number, capacity) if weight else None
            if most is not None and weight > most * (1 + BROKEN):
                yield number, most

    def _heaviest(self, number: int, capacity: Capacity) -> int | None:
        """What a limit comes to where teams have so much."""
        key = (number, capacity)
        if key not in self._most:
            heaviest = self._together.heaviest(self._limits[number], capacity)
            self._most[key] = None if heaviest is None else heaviest[0]
        return self._most[key]


def _around(running: Sequence[_Running], at: int) -> list[Unit]:
    """What is worked on near a moment, the most first."""
    most: dict[Unit, float] = {}
    for parts in running[max(0, at - _NEAR) : at + _NEAR + 1]:
        for unit, part in parts.items():
            most[unit] = max(part, most.get(unit, 0.0))
    return sorted(most, key=lambda unit: (-most[unit], unit))[:_LIFTED]
