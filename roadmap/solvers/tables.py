"""Tables of money by time, and their values in a CP-SAT model."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ortools.sat.python import cp_model


def looked_up(
    model: cp_model.CpModel, time: cp_model.LinearExprT, table: Sequence[int]
) -> cp_model.LinearExprT:
    """The entry of a table at a time; linear where the table is."""
    steps = {after - before for before, after in pairwise(table)}
    if len(steps) <= 1:
        return (steps.pop() if steps else 0) * time + table[0]
    value = model.new_int_var(min(table), max(table), "")
    model.add_element(time, table, value)
    return value


def at_least(
    model: cp_model.CpModel, time: cp_model.LinearExprT, table: Sequence[int]
) -> cp_model.LinearExprT:
    """What is no less than the entry at a time, and comes down to it when it is to be small."""
    steps = [after - before for before, after in pairwise(table)]
    if not steps or len(set(steps)) == 1 or not convex(table):
        return looked_up(model, time, table)
    value = model.new_int_var(min(table), max(table), "")
    for slope, offset in segments(table):
        model.add(value >= slope * time + offset)
    return value


def convex(table: Sequence[int]) -> bool:
    """Whether each step is at least as large as the one before."""
    steps = [after - before for before, after in pairwise(table)]
    return all(later >= sooner for sooner, later in pairwise(steps))


def segments(table: Sequence[int]) -> list[tuple[int, int]]:
    """The lines (slope, value at 0) of which a convex table is the upper envelope."""
    lines: list[tuple[int, int]] = []
    for time, (before, after) in enumerate(pairwise(table)):
        slope = after - before
        if not lines or lines[-1][0] != slope:
            lines.append((slope, before - slope * time))
    return lines
