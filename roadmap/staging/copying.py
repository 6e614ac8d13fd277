"""Scheduling words of one branch, told to the network of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any

import attrs

from roadmap.parts import (
    Account,
    Amount,
    Charge,
    EventKey,
    EventLoss,
    Overrun,
    Part,
    Resource,
    SoftWait,
    Use,
)
from roadmap.portfolio import Portfolio
from roadmap.staging.branches import Branch


def copied(posted: Iterable[Part], branch: Branch) -> Iterator[Part]:
    """Yield parts about the copies of a branch, with money times the weight of the branch."""
    for part in posted:
        stated = _with_uses(part, branch.portfolio) if isinstance(part, Resource) else part
        yield _weighted(_tagged(stated, branch), branch.weight)


def _with_uses(part: Resource, portfolio: Portfolio) -> Resource:
    """A resource that says who takes what of it: copies state no demands of their own."""
    if part.uses is not None:
        return part
    uses = (
        Use(name, tuple(variant.mode.demand.get(part.name, 0) for variant in variants))
        for name, variants in portfolio.variants.items()
    )
    return attrs.evolve(part, uses=tuple(use for use in uses if any(use.amounts)))


def _tagged(value: Any, branch: Branch) -> Any:
    """The same with the branch's names: every text in a part is the name of something."""
    if isinstance(value, EventKey):
        return value._replace(subject=branch.tagged(value.subject))
    if isinstance(value, tuple):
        return tuple(_tagged(part, branch) for part in value)
    if attrs.has(type(value)):
        fields = attrs.fields(type(value))
        return attrs.evolve(
            value, **{field.name: _tagged(getattr(value, field.name), branch) for field in fields}
        )
    return branch.tagged(value) if isinstance(value, str) else value


@singledispatch
def _weighted(part: Part, _weight: int) -> Part:
    """A part with all its money times a weight; one without money stays as it is."""
    return part


@_weighted.register
def _(part: EventLoss, weight: int) -> Part:
    return attrs.evolve(part, table=tuple(money * weight for money in part.table))


@_weighted.register
def _(part: Charge, weight: int) -> Part:
    return attrs.evolve(part, amounts=tuple(_times(amount, weight) for amount in part.amounts))


@_weighted.register
def _(part: Account, weight: int) -> Part:
    return part if part.price is None else attrs.evolve(part, price=part.price * weight)


@_weighted.register
def _(part: Overrun, weight: int) -> Part:
    return attrs.evolve(part, price=part.price * weight)


@_weighted.register
def _(part: SoftWait, weight: int) -> Part:
    return attrs.evolve(part, rate=part.rate * weight, once=part.once * weight)


def _times(amount: Amount, weight: int) -> Amount:
    if isinstance(amount, int):
        return amount * weight
    return tuple(money * weight for money in amount)
