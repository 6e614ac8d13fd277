"""Dual feasible functions: other true limits on what a team can do at once.

A function of demands under which whatever fits into the capacity still fits gives a further
row of capacity, which a fraction of an activity cannot evade as easily: of three activities that
each take more than half of a team, no two fit, though two halves would.

References
----------
S. P. Fekete, J. Schepers, "New classes of fast lower bounds for bin packing problems",
Mathematical Programming 91, 2001.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

_KEPT = 2


@attrs.frozen
class Sharpening:
    """A row of capacity: what each demand counts for, and how much there is."""

    function: Mapping[int, int]
    most: int


def sharpened(
    work: Sequence[tuple[int, int]], capacities: Iterable[int]
) -> dict[int, list[Sharpening]]:
    """The functions that say most, by capacity.

    Parameters
    ----------
    work
        Demand and duration of each activity on the team.
    capacities
        The amounts that there are.
    """
    return {capacity: _best(work, capacity) if capacity else [] for capacity in capacities}


def _best(work: Sequence[tuple[int, int]], capacity: int) -> list[Sharpening]:
    """The few under which the work takes the largest share of the capacity, if more than plain."""
    demands = sorted({amount for amount, _ in work if amount <= capacity})
    plain = sum(amount * duration for amount, duration in work)
    found: dict[tuple[int, ...], tuple[float, Sharpening]] = {}
    for function, most in _functions(demands, capacity):
        share = sum(function[amount] * d for amount, d in work if amount <= capacity) / most
        if share * capacity > plain * (1 + 1e-9):
            key = tuple(function[amount] * capacity // most for amount in demands)
            # what does not fit at all never runs; the chain's window knows
            whole = {amount: function.get(amount, most) for amount, _ in work}
            found.setdefault(key, (share, Sharpening(whole, most)))
    best = sorted(found.values(), key=lambda item: -item[0])
    return [sharpening for _, sharpening in best[:_KEPT]]


def _functions(demands: Sequence[int], capacity: int) -> Iterator[tuple[dict[int, int], int]]:
    """Both families: those that disregard the small, and those that round."""
    for least in demands:
        if 2 * least <= capacity:
            yield {d: _threshold(d, least, capacity) for d in demands}, capacity
    for parts in range(1, 6):
        yield {d: _rounded(d, parts, capacity) for d in demands}, parts * capacity


def _threshold(demand: int, least: int, capacity: int) -> int:
    """What takes nearly all counts for all, what is small for nothing."""
    if demand > capacity - least:
        return capacity
    return demand if demand >= least else 0


def _rounded(demand: int, parts: int, capacity: int) -> int:
    """A demand in whole shares of one part in ``parts + 1``, as so many of ``parts``."""
    whole, rest = divmod((parts + 1) * demand, capacity)
    return parts * demand if rest == 0 else whole * capacity
