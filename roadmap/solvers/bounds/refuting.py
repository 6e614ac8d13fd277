"""Destructive bounds: that a plan costs less than so much is refuted, and then than more.

Each time CP-SAT looks through what linear programs leave of such plans: the cheaper they must be,
the less is left, and that is looked through in seconds where the whole would take hours. Where a
plan is found instead, it is a better one.

References
----------
R. Klein, A. Scholl, "Computing lower bounds by destructive improvement", European Journal of
Operational Research 112, 1999.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

from ortools.sat.python import cp_model

from roadmap.network import Assignment, Network
from roadmap.solvers.bounds.proof import SCALE, Proof
from roadmap.solvers.engine import Search
from roadmap.solvers.pricing import priced

REFUTING = "refuting"
"""The source of a bound or a plan that comes of it."""

_STEP, _LEAST = 1_000, 4_000
"""At first one part in so many of the bound is to be gained, and if that takes too long, nothing.
Later one part in these is too little."""

_EASY = 3.0
"""A refutation that takes less than these seconds is followed by one of twice as much."""

_PATIENCE, _LONGER = 5.0, 4.0
"""Given up after so many seconds, and so many times as many as the last refutation took."""


def refutations(
    network: Network,
    proof: Proof,
    cost: Callable[[], int],
    left: Callable[[], float],
    on_plan: Callable[[Assignment], None],
) -> Iterator[Proof]:
    """Refute more and more, until it takes too long.

    Parameters
    ----------
    network
        What is planned.
    proof
        What linear programs have proven.
    cost
        Of the best plan known by now.
    left
        Seconds left.
    on_plan
        Called with each plan that is found instead.
    """
    bound, took = proof.bound, 0.0
    least = step = max(1, bound // _STEP)
    while step >= least and left() > 0 and bound < cost():
        most, begun = min(bound + step, cost()), time.monotonic()
        limit = min(left(), max(_PATIENCE, _LONGER * took))
        known = _below(network, proof, most, limit, on_plan)
        took = time.monotonic() - begun
        if known > bound:
            bound = known
            yield Proof(bound * SCALE)
        if known < most:
            step //= 2
            continue
        least = max(1, bound // _LEAST)
        if took < _EASY:
            step *= 2


def _below(
    network: Network,
    proof: Proof,
    most: int,
    seconds: float,
    on_plan: Callable[[Assignment], None],
) -> int:
    """Look through what costs less than ``most``; what is known, then, to be the least cost."""
    encoding = priced(network, proof, None, most)
    encoding.model.add(encoding.objective <= (most - 1 - encoding.offset) // encoding.unit)
    search = Search(
        encoding.model,
        encoding.watched,
        threading.Event(),
        on_values=lambda values: on_plan(encoding.assignment(values)),
        on_bound=lambda bound: None,
    )

    def alone(solver: cp_model.CpSolver) -> None:
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = seconds

    finding = search.run(alone)
    if finding.status == cp_model.INFEASIBLE:
        return most
    return 0 if finding.bound is None else min(most, encoding.cost(finding.bound))
