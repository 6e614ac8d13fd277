"""What money of later periods is worth today.

A discount rate is a percentage a year. Money of period ``p`` is worth ``(1 + rate) ** -y`` of
itself, where ``y`` is the time from the start of the timeline to that of the period, in years of
12 months, 4 quarters or 365 days. Each such factor is rounded half up to twelve decimals, and a sum
of products of money and factors half up to whole money: so every figure can be found by hand.

Source: net present value after I. Fisher, *The Theory of Interest*, 1930.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from itertools import pairwise

from roadmap.timeline import Timeline

SCALE = 10**12
"""Factors are stated in units of one by this."""

_YEAR = {"day": (1, 365), "week": (7, 365), "month": (1, 12), "quarter": (1, 4)}


def factors(rate: int | float, timeline: Timeline) -> tuple[int, ...]:
    """The factor of each boundary from 0 to the end, in units of ``1 / SCALE``.

    Parameters
    ----------
    rate
        Percent a year, 0 to 100, with at most two decimals.
    timeline
        Whose unit says how long a period is.
    """
    return _factors(round(rate * 100), *_YEAR[timeline.unit], timeline.periods)


@lru_cache(maxsize=64)
def _factors(hundredths: int, part: int, whole: int, periods: int) -> tuple[int, ...]:
    with localcontext() as context:
        context.prec = 50
        growth = 1 + Decimal(hundredths) / 10_000
        return tuple(
            int(
                (SCALE * growth ** (-Decimal(at * part) / whole)).quantize(
                    Decimal(1), rounding=ROUND_HALF_UP
                )
            )
            for at in range(periods + 1)
        )


def present_value(flows: Iterable[tuple[int, int]], factors: Sequence[int]) -> int:
    """What flows of money are worth today, in whole money.

    Parameters
    ----------
    flows
        Periods and the money that is lost or spent in each.
    factors
        The factor of each period.
    """
    return _whole(sum(amount * factors[period] for period, amount in flows))


def annuity(rate: int, periods: range, worth: Sequence[int]) -> int:
    """What the same money in each of some periods is worth today, in whole money.

    Parameters
    ----------
    rate
        Money a period.
    periods
        The periods.
    worth
        For each boundary the sum of the factors of the periods before it.
    """
    return _whole(rate * (worth[periods.stop] - worth[periods.start])) if periods else 0


def present_losses(tables: Iterable[Sequence[int]], factors: Sequence[int]) -> tuple[int, ...]:
    """What the losses of one need are worth today, for each boundary.

    Where a table never falls, ``f(0)`` is lost in period 0, and each period ``p`` that passes
    loses what it adds, ``f(p + 1) - f(p)``. Where it falls anywhere, the whole ``f(T)`` is lost
    in the last period that passes.

    Parameters
    ----------
    tables
        Losses at each boundary, from 0 to the end: those of each profile that is in the sum.
    factors
        The factor of each period.
    """
    scaled = [_table(table, factors) for table in tables]
    return tuple(_whole(sum(parts)) for parts in zip(*scaled, strict=True))


def _table(table: Sequence[int], factors: Sequence[int]) -> list[int]:
    """One profile's losses at each boundary, in units of ``1 / SCALE``."""
    rises = [later - sooner for sooner, later in pairwise(table)]
    if min(rises) < 0:
        return [lost * factors[max(at, 1) - 1] for at, lost in enumerate(table)]
    worth = [table[0] * SCALE]
    for rise, factor in zip(rises, factors, strict=False):  # there is one more for the end
        worth.append(worth[-1] + rise * factor)
    return worth


def _whole(scaled: int) -> int:
    return (scaled + SCALE // 2) // SCALE
