"""What work adds to accounts, by its start: money and capacity that fall into some periods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate

from roadmap.discounting import present_value
from roadmap.parts import Amount, Entry
from roadmap.portfolio import Portfolio
from roadmap.variants import Variant


def money_of(variant: Variant, _start: int, kind: str) -> list[int]:
    """Money in each period of the work: ``all`` or ``money``, ``capital`` or ``operating``."""
    outlays = variant.mode.outlays(variant.duration)
    if kind in ("capital", "operating"):
        return [outlay[kind == "operating"] for outlay in outlays]
    return [sum(outlay) for outlay in outlays]


def capacity_of(
    variant: Variant, start: int, capacity: Mapping[str, Sequence[int]], teams: Iterable[str]
) -> list[int]:
    """Capacity units that are occupied in each period of the work; an effort takes what there is.

    Parameters
    ----------
    variant, start
        What is done, and from when on.
    capacity
        Of each team in each period.
    teams
        Whose units are counted.
    """
    wanted = {team: variant.mode.demand.get(team, 0) for team in teams}
    if variant.mode.effort is None:
        return [sum(wanted.values())] * variant.duration
    return [
        sum(
            min(units, there)
            for team, units in wanted.items()
            for there in capacity[team][p : p + 1]
        )
        for p in range(start, start + variant.duration)
    ]


def entries(
    portfolio: Portfolio,
    names: Iterable[str],
    periods: range,
    shares: Callable[[Variant, int], Sequence[int]],
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
        What a variant takes in each period of its work, given its start.
    weight
        What it is multiplied with; default 1.
    """
    horizon = portfolio.timeline.periods
    for name in names:
        amounts = tuple(
            _by_start(partial(_weighed, shares, weight, variant), variant, periods, horizon)
            for variant in portfolio.variants[name]
        )
        if any(amount if isinstance(amount, int) else any(amount) for amount in amounts):
            yield Entry(name, amounts)


def _weighed(
    shares: Callable[[Variant, int], Sequence[int]], weight: int, variant: Variant, start: int
) -> list[int]:
    return [weight * share for share in shares(variant, start)]


def _by_start(
    taken: Callable[[int], Sequence[int]], variant: Variant, periods: range, horizon: int
) -> Amount:
    """What falls into the periods, for each start from 0 to the end."""
    if variant.mode.effort is not None:
        return tuple(
            sum(share for at, share in enumerate(taken(start), start=start) if at in periods)
            for start in range(horizon + 1)
        )
    shares = taken(0)
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
    shares = money_of(variant, 0, "all")
    return tuple(
        present_value(
            ((min(start + at, horizon - 1), share) for at, share in enumerate(shares)),
            portfolio.factors,
        )
        for start in range(horizon + 1)
    )
