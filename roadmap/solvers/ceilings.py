"""Limits on money of several kinds, in CP-SAT's words.

All that an amount is made of is held from below by what it truly is, and comes down to it where
the limit asks for it; so it suffices to hold the sum from above.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ortools.sat.python import cp_model

from roadmap.errors import SolverError
from roadmap.network import Ceiling
from roadmap.solvers.engine import LARGEST_COEFFICIENT
from roadmap.solvers.rarities import Time, Work, amount_of, keep, passed_by
from roadmap.solvers.tables import at_least


def hold(
    model: cp_model.CpModel,
    ceiling: Ceiling,
    works: Sequence[Work],
    times: Sequence[Time],
    overruns: Sequence[cp_model.LinearExprT],
    horizon: int,
) -> None:
    """Hold the money that a ceiling speaks of to its limit.

    Parameters
    ----------
    model
        Where the limit is added.
    ceiling
        The limit.
    works, times, overruns
        Variables of the activities and the events, and what each resource is used beyond the
        usual.
    horizon
        The end of the timeline.

    Raises
    ------
    SolverError
        Amounts are too far apart in size to be reckoned with exactly.
    """
    unit = _unit(ceiling)
    money: list[cp_model.LinearExprT] = [
        at_least(model, times[loss.event].time, [amount // unit for amount in loss.table])
        for loss in ceiling.losses
    ]
    money += [amount_of(model, term, works[term.activity], unit) for term in ceiling.charges]
    money += [
        passed_by(model, wait, works[wait.activity], times[wait.event], horizon, unit)
        for wait in ceiling.soft_waits
    ]
    money += [
        (account.price or 0) // unit * keep(model, account, works) for account in ceiling.accounts
    ]
    money += [price // unit * overruns[resource] for resource, price in ceiling.overruns]
    model.add(sum(money) <= ceiling.most // unit)


def _unit(ceiling: Ceiling) -> int:
    """Largest whole number that divides every amount."""
    amounts = list(_amounts(ceiling))
    unit = math.gcd(*amounts) or 1
    most = max((abs(amount) for amount in amounts), default=0) // unit
    if most > LARGEST_COEFFICIENT:
        raise SolverError(
            f"an amount of {most * unit:,} cannot be reckoned with exactly beside others that "
            f"differ by {unit:,}; state money in thousands or millions"
        )
    return unit


def _amounts(ceiling: Ceiling) -> Iterator[int]:
    for loss in ceiling.losses:
        yield from set(loss.table)
    for term in ceiling.charges:
        yield from set(term.amounts)
    for wait in ceiling.soft_waits:
        yield from (wait.rate, wait.once)
    yield from (account.price for account in ceiling.accounts if account.price)
    yield from (price for _, price in ceiling.overruns)
