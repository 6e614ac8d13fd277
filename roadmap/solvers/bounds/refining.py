"""Finer grids where a solution says that they tell most.

Between two moments of a grid a linear program takes for granted what suits the plan. How much that
may be is seen from its solution: what comes about in a cell may have come at the beginning of it
or at the end, and the losses between the two are what is not known. So the cell with most of that
is halved, then again the one with most, and so on: mostly early cells, where urgent levels come.
Of as many moments, equal cells prove several percent less.

References
----------
J. M. van den Akker, C. A. J. Hurkens, M. W. P. Savelsbergh, INFORMS Journal on Computing 12, 2000,
for the size of time-indexed programs; N. Boland, M. Hewitt, L. Marshall, M. Savelsbergh, Operations
Research 65, 2017, for finding out where time must be discrete.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush


def refined(grid: Sequence[int], unknown: Sequence[float], count: int) -> list[int]:
    """A grid with all moments of another, and more.

    Parameters
    ----------
    grid
        Moments, ascending; the first cell begins at time 0.
    unknown
        How much is not known in the cell that ends at each: a half of it has a quarter of that.
    count
        How many moments it has at the most.
    """
    since = [-1, *grid[:-1]]
    cells = [
        (-much, before, moment) for much, before, moment in zip(unknown, since, grid, strict=True)
    ]
    heapify(cells)
    fine: list[int] = []
    while cells and len(cells) + len(fine) < count:
        less, before, moment = heappop(cells)
        if moment - before == 1:
            fine.append(moment)
            continue
        between = (before + moment) // 2
        heappush(cells, (less / 4, before, between))
        heappush(cells, (less / 4, between, moment))
    return sorted([*fine, *(moment for _, _, moment in cells)])
