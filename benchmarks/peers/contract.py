"""What a peer is told, and what it answers: costs are those that the problem minimises."""

from __future__ import annotations

import math
from collections.abc import Callable

import attrs

from roadmap.problem import Problem
from roadmap.schedule import Schedule


@attrs.frozen
class Conditions:
    """The same for all peers.

    Attributes
    ----------
    limit
        Seconds of search, the building of the model not counted.
    workers
        Threads.
    seed
        Where chance starts.
    """

    limit: float
    workers: int
    seed: int


@attrs.frozen
class Step:
    """What was known at some time: ``None`` for nothing yet.

    Attributes
    ----------
    seconds
        Since the model began to be built.
    cost
        Of the best schedule so far.
    bound
        What no schedule can cost less than, as proven so far.
    """

    seconds: float
    cost: int | None
    bound: int | None


@attrs.frozen
class Found:
    """An answer, not yet judged.

    Attributes
    ----------
    schedule
        The best; ``None`` if there is none.
    building
        Seconds it took to build the model.
    steps
        The run as it went, the last its end.
    infeasible
        Whether it is proven that there is no schedule.
    """

    schedule: Schedule | None
    building: float
    steps: tuple[Step, ...]
    infeasible: bool = False


@attrs.frozen
class Peer:
    """Somebody who builds a model of a problem and searches it."""

    build: Callable[[Problem], object]
    solve: Callable[[Problem, Conditions], Found]


def whole_bound(bound: float) -> int | None:
    """A floating-point bound on whole costs, as a whole number; ``None`` for no bound."""
    return math.ceil(bound - 1e-6) if math.isfinite(bound) else None
