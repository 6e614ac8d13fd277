"""How much money there is, for what and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import attrs

from roadmap._frozen import frozen_fields
from roadmap.buckets import PER, Bucket, buckets
from roadmap.facts.dependency import BASES
from roadmap.facts.initiative import Initiative
from roadmap.fields import Choice, Flag, Names, Profile, Text, Whole, of, spread
from roadmap.timeline import Timeline

MONEY = ("all", "capital", "operating")


@attrs.frozen
class Limit:
    """How much may be spent in a stretch of time.

    Attributes
    ----------
    bucket
        The stretch: one bucket of the budget, or all of them up to one.
    amount
        Money.
    """

    bucket: Bucket
    amount: int


@attrs.frozen(field_transformer=frozen_fields)
class Budget:
    """Money that the delivery of some work may cost: a non-renewable resource.

    It speaks of the initiatives that meet all that is said of categories, owners and names; of
    all initiatives, if nothing is.

    Attributes
    ----------
    name
        Its name, unique among budgets.
    amount
        Whole money for each period, for each fiscal year or for the whole timeline: one number,
        a list with a number for each period, or a mapping from dates (or boundaries) to the
        number that holds from then on. A fiscal year has the amount that holds in its first
        period, also where the timeline holds only a part of it.
    per
        ``"period"``, ``"fiscal year"`` or ``"total"`` (default).
    categories, owners, initiatives
        Work that it speaks of; default all of it.
    money
        ``"all"`` (default), or only ``"capital"`` or ``"operating"`` expenditure.
    carry_over
        Whether money that is left over may be spent later; default ``False``.
    price
        Money that each unit of money beyond the budget costs; at least 1. Default none: nothing
        may be spent beyond it. Where money is carried over, what is owed at the end of each
        bucket has that price.
    basis
        What it rests on: ``physics``, ``law``, ``contract``, ``policy``, ``preference`` or
        ``unstated`` (default).
    rationale
        Why, in a sentence; default empty.
    """

    name: str = attrs.field(metadata=of(Text()))
    amount: int | Sequence[int] | Mapping[str | int, int] = attrs.field(metadata=of(Profile()))
    per: str = attrs.field(default="total", metadata=of(Choice(PER)))
    categories: Sequence[str] = attrs.field(default=(), metadata=of(Names("categories")))
    owners: Sequence[str] = attrs.field(default=(), metadata=of(Names()))
    initiatives: Sequence[str] = attrs.field(default=(), metadata=of(Names("initiatives")))
    money: str = attrs.field(default="all", metadata=of(Choice(MONEY)))
    carry_over: bool = attrs.field(default=False, metadata=of(Flag()))
    price: int | None = attrs.field(default=None, metadata=of(Whole(1)))
    basis: str = attrs.field(default="unstated", metadata=of(Choice(BASES)))
    rationale: str = attrs.field(default="", metadata=of(Text(empty=True)))

    def covers(self, initiative: Initiative) -> bool:
        """Whether it speaks of an initiative."""
        return (
            (not self.categories or initiative.category in self.categories)
            and (not self.owners or initiative.owner in self.owners)
            and (not self.initiatives or initiative.name in self.initiatives)
        )

    def limits(self, timeline: Timeline) -> tuple[Limit, ...]:
        """What may be spent in each bucket; up to each, where money is carried over."""
        amounts = spread(self.amount, timeline)
        cut = buckets(timeline, self.per)
        each = [amounts[bucket.periods.start] for bucket in cut]
        if not self.carry_over:
            return tuple(Limit(bucket, amount) for bucket, amount in zip(cut, each, strict=True))
        return tuple(
            Limit(Bucket(range(bucket.periods.stop), _until(bucket)), amount)
            for bucket, amount in zip(cut, accumulate(each), strict=True)
        )


def _until(bucket: Bucket) -> str:
    return bucket.label.replace("in ", "up to and with ", 1)
