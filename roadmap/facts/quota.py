"""How much of the money or of the people's time a category of work gets."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from roadmap._frozen import frozen_fields
from roadmap.buckets import PER
from roadmap.facts.dependency import BASES
from roadmap.fields import Choice, Flag, Names, Text, Whole, of

MEASURES = ("money", "capital", "operating", "capacity")


@attrs.frozen(field_transformer=frozen_fields)
class Quota:
    """Bounds on what a category of work takes of the money or of the capacity that is used.

    Attributes
    ----------
    name
        Its name, unique among quotas.
    category
        The category.
    measure
        What is counted: ``"money"`` (default) for all delivery cost, ``"capital"`` or
        ``"operating"`` for a part of it, ``"capacity"`` for what the work occupies of teams, in
        capacity units times periods.
    least, most
        Bounds, both inclusive: whole money or capacity, or a percentage of what all the work in
        the plan takes in the same stretch of time. Default none; one of them must be said.
    percent
        Whether the bounds are percentages; default ``False``.
    per
        In which stretches of time it holds: in each ``"period"``, in each ``"fiscal year"``, or
        in ``"total"`` (default).
    teams
        Teams whose capacity counts; default all. Only for ``"capacity"``.
    basis
        What it rests on: ``physics``, ``law``, ``contract``, ``policy``, ``preference`` or
        ``unstated`` (default).
    rationale
        Why, in a sentence; default empty.

    References
    ----------
    R. G. Cooper, S. J. Edgett, E. J. Kleinschmidt, *Portfolio Management for New Products*, 1998:
    strategic buckets.
    """

    name: str = attrs.field(metadata=of(Text()))
    category: str = attrs.field(metadata=of(Text(names="categories")))
    measure: str = attrs.field(default="money", metadata=of(Choice(MEASURES)))
    least: int | None = attrs.field(default=None, metadata=of(Whole(0)))
    most: int | None = attrs.field(default=None, metadata=of(Whole(0)))
    percent: bool = attrs.field(default=False, metadata=of(Flag()))
    per: str = attrs.field(default="total", metadata=of(Choice(PER)))
    teams: Sequence[str] = attrs.field(default=(), metadata=of(Names("teams")))
    basis: str = attrs.field(default="unstated", metadata=of(Choice(BASES)))
    rationale: str = attrs.field(default="", metadata=of(Text(empty=True)))
