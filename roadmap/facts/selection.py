"""Which initiatives go together, and which exclude one another."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from roadmap._frozen import frozen_fields
from roadmap.facts.dependency import BASES
from roadmap.fields import Choice, Names, Text, of

HOWS = (
    "exactly one",
    "at most one",
    "at least one",
    "all or none",
    "first implies others",
)


@attrs.frozen(field_transformer=frozen_fields)
class Selection:
    """A choice among initiatives, most of which will be optional.

    Attributes
    ----------
    name
        Its name, unique among selections.
    initiatives
        The initiatives that it is about; at least two.
    how
        What the plan may hold of them: ``"exactly one"`` (default), ``"at most one"``,
        ``"at least one"``, ``"all or none"``, or ``"first implies others"``: the first of them
        only together with all the others.
    basis
        What it rests on: ``physics``, ``law``, ``contract``, ``policy``, ``preference`` or
        ``unstated`` (default).
    rationale
        Why, in a sentence; default empty.
    """

    name: str = attrs.field(metadata=of(Text()))
    initiatives: Sequence[str] = attrs.field(metadata=of(Names("initiatives", 2)))
    how: str = attrs.field(default="exactly one", metadata=of(Choice(HOWS)))
    basis: str = attrs.field(default="unstated", metadata=of(Choice(BASES)))
    rationale: str = attrs.field(default="", metadata=of(Text(empty=True)))
