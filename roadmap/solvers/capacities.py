"""Teams in CP-SAT's words: cumulatives under capacities that change, and may be exceeded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import attrs
from ortools.sat.python import cp_model

from roadmap.network import Resource


@attrs.frozen
class Used:
    """An interval in which units are taken; one that outlasts the timeline is not held to it."""

    interval: cp_model.IntervalVar
    amount: int
    outlasts: bool = False


def limit(
    model: cp_model.CpModel, resource: Resource, used: Sequence[Used]
) -> cp_model.LinearExprT:
    """Hold what is used to a capacity; what is returned is used beyond the usual.

    What the capacity lacks of its peak is blocked; of what lies between the usual and the
    capacity, the search chooses which blocks stay away: blocks of 1, 2, 4 and so on, so that any
    number can be had. (One block of a variable demand says the same more simply, but the presolve
    of OR-Tools 9.15 then calls some sound models infeasible.)
    """
    usual = resource.usual or resource.capacity
    total = sum(use.amount for use in used)
    if total <= min(usual):
        return 0
    most = max(resource.capacity)
    if any(use.outlasts for use in used):
        most = max(most, total)
    intervals = [use.interval for use in used]
    amounts = [use.amount for use in used]
    beyond: list[cp_model.LinearExprT] = []
    at = 0
    for (free, whole), run in groupby(zip(usual, resource.capacity, strict=True)):
        length = len(list(run))
        if whole < most:
            intervals.append(model.new_fixed_size_interval_var(at, length, ""))
            amounts.append(most - whole)
        for period in range(at, at + length):
            for size in blocks(whole - free):
                taken = model.new_bool_var("")
                beyond.append(size * taken)
                away = model.new_optional_fixed_size_interval_var(period, 1, ~taken, "")
                intervals.append(away)
                amounts.append(size)
        at += length
    if most == 1 and not beyond:
        model.add_no_overlap(intervals)
    else:
        model.add_cumulative(intervals, amounts, most)
    return sum(beyond)


def blocks(units: int) -> list[int]:
    """Sizes of which some add up to each number from 0 to so many: 1, 2, 4, ... and a rest."""
    sizes: list[int] = []
    while units > 0:
        sizes.append(min(2 ** len(sizes), units))
        units -= sizes[-1]
    return sizes
