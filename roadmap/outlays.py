"""What work adds to accounts, by its start: money and capacity that fall into some periods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

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


def capacity_of(variant: Variant, teams: Iterable[str]) -> list[int]:
    """Capacity units that are occupied in each period of the work."""
    wanted = sum(variant.mode.demand.get(team, 0) for team in teams)
    return [wanted] * variant.duration


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
        return tuple(
            sum(shares) if min(start, horizon - 1) in periods else 0 for start in range(horizon + 1)
        )
    until = [*accumulate(shares, initial=0)]
    return tuple(
        until[_within(periods.stop - start, shares)] - until[_within(periods.start - start, shares)]
        for start in range(horizon + 1)
    )


def _within(count: int, shares: Sequence[int]) -> int:
    return min(max(count, 0), len(shares))


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
