"""What work adds to accounts, by its start: money and capacity that fall into some periods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import sub

from roadmap.discounting import present_value
from roadmap.parts import Amount, Entry
from roadmap.portfolio import Portfolio
from roadmap.variants import Variant


def money_of(variant: Variant, kind: str) -> list[int]:
    """Money in each period of the work: ``all`` or ``money``, ``capital`` or ``operating``."""
    outlays = variant.mode.outlays(variant.duration)
    if kind in ("capital", "operating"):
        return [outlay[kind == "operating"] for outlay in outlays]
    return [sum(outlay) for outlay in outlays]


def entries(
    portfolio: Portfolio,
    names: Iterable[str],
    periods: range,
    shares: Callable[[Variant], Sequence[int]],
    weight: int = 1,
) -> Iterator[Entry]:
    """Yield what each initiative adds to an account of some periods, if it ever adds anything.

    Parameters
    ----------
    portfolio
        The facts.
    names
        Initiatives.
    periods
        The periods that count.
    shares
        What a variant takes in each period of its work.
    weight
        What it is multiplied with; default 1.
    """
    horizon = portfolio.timeline.periods
    for name in names:
        amounts = tuple(
            _by_start([weight * share for share in shares(variant)], variant, periods, horizon)
            for variant in portfolio.variants[name]
        )
        if any(amount if isinstance(amount, int) else any(amount) for amount in amounts):
            yield Entry(name, amounts)


def _by_start(shares: Sequence[int], variant: Variant, periods: range, horizon: int) -> Amount:
    """What falls into the periods, for each start from 0 to the end."""
    if periods == range(horizon):
        return sum(shares)
    if not variant.duration:
        inside = [sum(shares) if period in periods else 0 for period in range(horizon)]
        return (*inside, inside[-1])
    until = [*accumulate(shares, initial=0)]
    by_stop = _spent_by(until, periods.stop, horizon)
    return tuple(map(sub, by_stop, _spent_by(until, periods.start, horizon)))


def _spent_by(until: Sequence[int], boundary: int, horizon: int) -> tuple[int, ...]:
    """What is spent by a boundary, for each start: all, then less and less of it, then nothing.

    Written as three stretches, as a budget a week has one such table for each week and work.
    """
    early = max(0, boundary - len(until) + 2)
    under_way = until[boundary - early :: -1] if boundary >= early else ()
    return (until[-1],) * early + tuple(under_way) + (0,) * (horizon - boundary)


def capacity_entries(
    portfolio: Portfolio,
    names: Iterable[str],
    teams: Sequence[str],
    periods: range,
    weight: int = 1,
) -> Iterator[Entry]:
    """Yield what each initiative occupies of teams in some periods, by its start.

    Parameters
    ----------
    portfolio
        The facts.
    names
        Initiatives.
    teams
        Teams; work that takes effort makes do with what they have.
    periods
        The periods that count.
    weight
        What it is multiplied with; default 1.
    """
    for name in names:
        amounts = tuple(
            tuple(weight * units for units in _occupied(variant, portfolio, teams, periods))
            for variant in portfolio.variants[name]
        )
        if any(any(amount) for amount in amounts):
            yield Entry(name, amounts)


def _occupied(
    variant: Variant, portfolio: Portfolio, teams: Sequence[str], periods: range
) -> Iterator[int]:
    """Capacity units times periods, for each start from 0 to the end."""
    horizon = portfolio.timeline.periods
    used = [0] * horizon
    for period in periods:
        for team in teams:
            wanted = variant.mode.demand.get(team, 0)
            there = portfolio.capacity[team][period]
            used[period] += wanted if variant.mode.effort is None else min(wanted, there)
    until = [*accumulate(used, initial=0)]
    for start in range(horizon + 1):
        yield until[min(start + variant.duration, horizon)] - until[start]


def present_costs(portfolio: Portfolio, variant: Variant) -> Amount:
    """What a variant costs, worth today, for each start from 0 to the end."""
    if portfolio.discount_rate is None:
        return variant.mode.cost
    horizon = portfolio.timeline.periods
    shares = money_of(variant, "all")
    return tuple(
        present_value(
            ((min(start + at, horizon - 1), share) for at, share in enumerate(shares)),
            portfolio.factors,
        )
        for start in range(horizon + 1)
    )
