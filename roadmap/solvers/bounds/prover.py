"""All bounds beside the search, in a thread of their own: first the quick, then the sharp.

The thread is not waited for: a linear program can not be interrupted, so it ends by its own limit.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator

import attrs

from roadmap.network import Activity, Assignment, Network, Slot
from roadmap.solvers.bounds.energy import energy_bound
from roadmap.solvers.bounds.heads import heads
from roadmap.solvers.bounds.steps import Steps, Windows
from roadmap.solvers.generation import Scheme

_QUICK = 1.0
_SMALL, _LARGE = 12_000, 120_000
_GROWTH = 6.0  # how much longer a grid twice as fine takes
_PATIENCE = 60.0  # seconds
_WIDTHS = (32, 16, 8, 4, 2, 1)


@attrs.define(eq=False)
class Prover:
    """Bounds of a network's cost, ever better.

    Attributes
    ----------
    scheme
        The network, made ready.
    until
        The moment up to which the sharp bounds look closely: the last finish of a good plan.
    seconds
        How long it may take; ``None`` for as long as it takes, with the same outcome each time.
    stop
        Set when it shall end.
    proven
        The best bound so far, and who found it.
    failure
        What ended it before its time; ``None`` if nothing has.
    """

    scheme: Scheme
    until: int
    seconds: float | None
    stop: threading.Event
    proven: tuple[int, str] | None = attrs.field(init=False, default=None)
    failure: Exception | None = attrs.field(init=False, default=None)
    _steps: Steps | None = attrs.field(init=False, default=None)
    _began: float = attrs.field(init=False, factory=time.monotonic)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        threading.Thread(target=self._run, name="roadmap-bounds", daemon=True).start()

    def _run(self) -> None:
        try:
            self.run()
        except Exception as error:  # noqa: BLE001 - raised where the bounds are collected
            self.failure = error

    def run(self) -> None:
        """Prove until nothing is left to try."""
        quick = None if self.seconds is None else min(_QUICK, self._left)
        energy_bound(self.scheme, quick, self._keep_energy, self.stop.is_set)
        took = 0.0
        for grid in self._grids():
            if self.stop.is_set() or _GROWTH * took > self._left:
                return
            began = time.monotonic()
            self._prove(grid)
            took = time.monotonic() - began

    def narrowed(self, plan: Assignment, cost: int) -> Network | None:
        """The network with only the starts of a plan and of those that cost less than ``cost``.

        ``None`` while nothing is known of them.
        """
        if self._steps is None:
            return None
        windows = self._steps.windows(cost)
        network = self.scheme.network
        return attrs.evolve(
            network,
            activities=tuple(
                _within(item, windows, number, plan[number])
                for number, item in enumerate(network.activities)
            ),
        )

    @property
    def _left(self) -> float:
        if self.seconds is None:
            return math.inf
        return self.seconds - (time.monotonic() - self._began)

    def _keep_energy(self, bound: int) -> None:
        self._keep(bound, "energy")

    def _keep(self, bound: int, source: str) -> None:
        if self.proven is None or bound > self.proven[0]:
            self.proven = (bound, source)

    def _grids(self) -> Iterator[range]:
        """Grids from coarse to fine, as far as the program does not become too large."""
        sizes = {width: _size(self.scheme.network, self.until, width) for width in _WIDTHS}
        coarsest = min((w for w in _WIDTHS if sizes[w] <= _SMALL), default=_WIDTHS[0])
        most = _SMALL if self.seconds is None else _LARGE
        for width in _WIDTHS:
            if width == coarsest or (width < coarsest and sizes[width] <= most):
                yield range(width - 1, self.until + width, width)

    def _prove(self, grid: range) -> None:
        steps = Steps(self.scheme.network, heads(self.scheme.network), grid)
        prices = steps.program.prices(min(self._left, _PATIENCE))
        if prices is not None:
            self._keep(steps.weigh(prices), "steps")
            self._steps = steps


def _within(item: Activity, windows: Windows, number: int, slot: Slot | None) -> Activity:
    """An activity in its window, which is widened to where it is now."""
    since, until = windows.earliest[number], windows.latest[number]
    if slot is not None:
        since, until = min(since, slot.start), max(until, slot.start)
    longest = max(mode.duration for mode in item.modes)
    return attrs.evolve(
        item,
        earliest=since,
        latest=min(item.latest, until + longest),
        mandatory=windows.mandatory[number] and slot is not None,
    )


def _size(network: Network, until: int, width: int) -> int:
    """How many steps there are to decide on a grid."""
    chains = sum(len(item.modes) for item in network.activities) + len(network.events)
    return chains * (until // width + 1)
