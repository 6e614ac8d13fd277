"""Capacity that is kept for one category of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from roadmap._frozen import frozen_fields
from roadmap.facts.dependency import BASES
from roadmap.fields import Choice, Profile, Text, of


@attrs.frozen(field_transformer=frozen_fields)
class Fence:
    """Ring-fenced capacity of a team: work of other categories may not use it.

    Work of the category may use the rest of the team as well.

    Attributes
    ----------
    team
        The team.
    category
        The category that the capacity is kept for.
    capacity
        Capacity units: one number, a list with a number for each period, or a mapping from dates
        (or boundaries) to the number that holds from then on. Where the team has less, all of it.
    basis
        What it rests on: ``physics``, ``law``, ``contract``, ``policy``, ``preference`` or
        ``unstated`` (default).
    rationale
        Why, in a sentence; default empty.

    References
    ----------
    C. A. O'Reilly, M. L. Tushman, "The ambidextrous organization", Harvard Business Review 82,
    2004.
    """

    team: str = attrs.field(metadata=of(Text(names="teams")))
    category: str = attrs.field(metadata=of(Text(names="categories")))
    capacity: int | Sequence[int] | Mapping[str | int, int] = attrs.field(metadata=of(Profile()))
    basis: str = attrs.field(default="unstated", metadata=of(Choice(BASES)))
    rationale: str = attrs.field(default="", metadata=of(Text(empty=True)))
