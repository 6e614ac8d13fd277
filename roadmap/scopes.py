"""Closed dates for some of the work, in scheduling words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from roadmap.facts import Initiative, Scope, covers
from roadmap.parts import Account, Entry, Part, Shut
from roadmap.portfolio import Portfolio


def covered(portfolio: Portfolio, scope: Scope) -> Mapping[str, tuple[bool, ...]]:
    """For each initiative that a scope covers in some variant: whether it covers each of them."""
    found = {item.name: _covered(portfolio, scope, item) for item in portfolio.initiatives}
    return {name: flags for name, flags in found.items() if any(flags)}


def _covered(portfolio: Portfolio, scope: Scope, item: Initiative) -> tuple[bool, ...]:
    return tuple(covers(scope, item, variant.mode) for variant in portfolio.variants[item.name])


def closed_to_finishes(
    portfolio: Portfolio, scope: Scope, finishes: Collection[int], origin: str
) -> Iterator[Part]:
    """Let the work that a scope covers not finish at some boundaries.

    What is covered in every variant is shut out; what is covered in some only is counted, and may
    come to none.
    """
    closed = frozenset(finishes)
    for name, flags in covered(portfolio, scope).items():
        if all(flags):
            yield Shut(name, origin, finishes=closed)
        else:
            starts = range(portfolio.timeline.periods + 1)
            amounts = tuple(
                tuple(int(start + variant.duration in closed) for start in starts) if flag else 0
                for flag, variant in zip(flags, portfolio.variants[name], strict=True)
            )
            yield Account((Entry(name, amounts),), origin, most=0)
