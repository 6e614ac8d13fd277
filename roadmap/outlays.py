"""What work adds to accounts, by its start: money and capacity that fall into some periods."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import sub

import attrs

from roadmap.discounting import present_value
from roadmap.parts import Amount, Entry
from roadmap.portfolio import Portfolio
from roadmap.variants import Variant

Within = Callable[[range], Amount]
"""What a variant takes in some periods, for each start from 0 to the end."""


@attrs.frozen
class Ledger:
    """What initiatives take of something; made once, and read for many stretches of time.

    Attributes
    ----------
    rows
        Names of initiatives, and for each of its variants what it takes.
    """

    rows: tuple[tuple[str, tuple[Within, ...]], ...]

    def entries(self, periods: range, weight: int = 1) -> Iterator[Entry]:
        """Yield what each initiative adds to an account of some periods, if it ever adds anything.

        Parameters
        ----------
        periods
            The periods that count.
        weight
            What it is multiplied with; default 1.
        """
        for name, variants in self.rows:
            amounts = tuple(_times(within(periods), weight) for within in variants)
            if any(amount if isinstance(amount, int) else any(amount) for amount in amounts):
                yield Entry(name, amounts)


def money_ledger(portfolio: Portfolio, names: Iterable[str], kind: str) -> Ledger:
    """The money that initiatives spend.

    Parameters
    ----------
    portfolio
        The facts.
    names
        Initiatives.
    kind
        ``capital`` or ``operating``; anything else for all of it.
    """

    def within(variant: Variant) -> Within:
        return _in_turn(_money(variant, kind), variant.duration, portfolio.timeline.periods)

    return _ledger(portfolio, names, within)


def capacity_ledger(portfolio: Portfolio, names: Iterable[str], teams: Collection[str]) -> Ledger:
    """The capacity units times periods that initiatives take of teams."""

    def within(variant: Variant) -> Within:
        if variant.mode.effort is not None:
            return _by_effort(portfolio, variant, teams)
        wanted = sum(variant.mode.demand.get(team, 0) for team in teams)
        shares = [wanted] * variant.duration
        return _in_turn(shares, variant.duration, portfolio.timeline.periods)

    return _ledger(portfolio, names, within)


def _ledger(
    portfolio: Portfolio, names: Iterable[str], within: Callable[[Variant], Within]
) -> Ledger:
    return Ledger(tuple((name, tuple(map(within, portfolio.variants[name]))) for name in names))


def _money(variant: Variant, kind: str) -> list[int]:
    """Money in each period of the work."""
    outlays = variant.mode.outlays(variant.duration)
    if kind in ("capital", "operating"):
        return [outlay[kind == "operating"] for outlay in outlays]
    return [sum(outlay) for outlay in outlays]


def _in_turn(shares: Sequence[int], duration: int, horizon: int) -> Within:
    """Shares that are taken one period after the other, from the start on."""
    until = [*accumulate(shares, initial=0)]

    def within(periods: range) -> Amount:
        if periods == range(horizon):
            return until[-1]
        if not duration:  # all at once; at the end of the timeline, in its last period
            inside = [until[-1] if period in periods else 0 for period in range(horizon)]
            return (*inside, inside[-1])
        by_stop = _taken_by(until, periods.stop, horizon)
        return tuple(map(sub, by_stop, _taken_by(until, periods.start, horizon)))

    return within


def _taken_by(until: Sequence[int], boundary: int, horizon: int) -> tuple[int, ...]:
    """What is taken by a boundary, for each start: all, then less and less of it, then nothing.

    Written as three stretches, as a budget a week has one such table for each week and work.
    """
    early = max(0, boundary - len(until) + 2)
    under_way = until[boundary - early :: -1] if boundary >= early else ()
    return (until[-1],) * early + tuple(under_way) + (0,) * (horizon - boundary)


def _by_effort(portfolio: Portfolio, variant: Variant, teams: Collection[str]) -> Within:
    """What work takes that makes do with what its team has, from the start on."""
    horizon = portfolio.timeline.periods
    most = [(team, units) for team, units in variant.mode.demand.items() if team in teams]
    usual = [
        sum(min(portfolio.capacity[team][period], units) for team, units in most)
        for period in range(horizon)
    ]

    def within(periods: range) -> Amount:
        inside = [usual[period] if period in periods else 0 for period in range(horizon)]
        until = [*accumulate(inside, initial=0)]
        later = until[variant.duration :] + until[-1:] * variant.duration
        return tuple(map(sub, later[: horizon + 1], until))

    return within


def _times(amount: Amount, weight: int) -> Amount:
    if weight == 1:
        return amount
    return weight * amount if isinstance(amount, int) else tuple(map(weight.__mul__, amount))


def present_costs(portfolio: Portfolio, variant: Variant) -> Amount:
    """What a variant costs, worth today, for each start from 0 to the end."""
    if portfolio.discount_rate is None:
        return variant.mode.cost
    last = portfolio.timeline.periods - 1
    shares = _money(variant, "all")
    worth = (*portfolio.factors[:-1], *portfolio.factors[last : last + 1] * len(shares))
    return tuple(
        present_value(enumerate(shares), worth[start : start + len(shares)])
        for start in range(last + 2)
    )
