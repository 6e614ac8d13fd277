"""What work adds to accounts, by its start: money and capacity that fall into some periods."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import sub

from roadmap.discounting import present_value
from roadmap.facts import Mode
from roadmap.parts import Amount, Entry
from roadmap.portfolio import Portfolio
from roadmap.variants import Variant


def money_of(variant: Variant, kind: str) -> list[int]:
    """Money in each period of the work: ``all`` or ``money``, ``capital`` or ``operating``."""
    outlays = variant.mode.outlays(variant.duration)
    if kind in ("capital", "operating"):
        return [outlay[kind == "operating"] for outlay in outlays]
    return [sum(outlay) for outlay in outlays]


def capacity_entries(
    portfolio: Portfolio,
    names: Iterable[str],
    periods: range,
    teams: Collection[str],
    weight: int = 1,
) -> Iterator[Entry]:
    """Yield what each initiative takes of teams in some periods, if it ever takes anything.

    Parameters
    ----------
    portfolio
        The facts.
    names
        Initiatives.
    periods
        The periods that count.
    teams
        Names of the teams.
    weight
        What it is multiplied with; default 1.
    """
    horizon = portfolio.timeline.periods
    for name in names:
        amounts: list[Amount] = []
        for variant in portfolio.variants[name]:
            wanted = sum(variant.mode.demand.get(team, 0) for team in teams)
            if variant.mode.effort is not None:
                taken = _taken(portfolio, variant.mode, periods, teams)
                amounts.append(
                    tuple(
                        weight * sum(taken[at : at + variant.duration]) for at in range(horizon + 1)
                    )
                )
            else:
                shares = [weight * wanted] * variant.duration
                amounts.append(_by_start(shares, variant, periods, horizon))
        if any(amount if isinstance(amount, int) else any(amount) for amount in amounts):
            yield Entry(name, tuple(amounts))


def _taken(portfolio: Portfolio, mode: Mode, periods: range, teams: Collection[str]) -> list[int]:
    """What work that takes effort would take in each period; nothing in those that do not count."""
    most = [
        (portfolio.capacity[team], units) for team, units in mode.demand.items() if team in teams
    ]
    return [
        sum(min(capacity[period], units) for capacity, units in most) if period in periods else 0
        for period in range(portfolio.timeline.periods)
    ]


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
