"""All bounds of a network, first the quick, then the sharp."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from typing import NamedTuple

from roadmap.network import Network
from roadmap.solvers.bounds.energy import energy_bounds
from roadmap.solvers.bounds.heads import heads
from roadmap.solvers.bounds.proof import SCALE, Proof
from roadmap.solvers.bounds.steps import Steps
from roadmap.solvers.generation import Scheme

_QUICK = 1.0
_SMALL, _LARGE = 12_000, 120_000
_GROWTH = 6.0  # how much longer a grid twice as fine takes
_WIDTHS = (32, 16, 8, 4, 2, 1)


class Proven(NamedTuple):
    """A proof, and who found it."""

    source: str
    proof: Proof


def proofs(network: Network, until: int, seconds: float | None) -> Iterator[Proven]:
    """Prove until nothing is left to try.

    Parameters
    ----------
    network
        What is planned.
    until
        The moment up to which the sharp bounds look closely: the last finish of a good plan.
    seconds
        Wall time; ``None`` for a choice that knows no clock.
    """
    began, took = time.monotonic(), 0.0
    for bound in energy_bounds(Scheme(network), math.inf if seconds is None else _QUICK):
        yield Proven("energy", Proof(bound * SCALE))
    for grid in _grids(network, until, _SMALL if seconds is None else _LARGE):
        begun = time.monotonic()
        left = math.inf if seconds is None else seconds - (begun - began)
        if _GROWTH * took > left:
            return
        steps = Steps(network, heads(network), grid)
        prices = steps.program.prices(max(left, 0.0))
        if prices is not None:
            yield Proven("steps", steps.weigh(prices))
        took = time.monotonic() - begun


def _grids(network: Network, until: int, most: int) -> Iterator[range]:
    """Grids from coarse to fine, as far as there are not too many steps to decide on."""
    chains = sum(len(item.modes) for item in network.activities) + len(network.events)
    sizes = {width: chains * (until // width + 1) for width in _WIDTHS}
    coarsest = next((w for w in reversed(_WIDTHS) if sizes[w] <= _SMALL), _WIDTHS[0])
    for width in _WIDTHS:
        if width == coarsest or (width < coarsest and sizes[width] <= most):
            yield range(width - 1, until + width, width)
