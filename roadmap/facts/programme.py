"""Initiatives that are led as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import Flag, Moment, Names, Text, of


@attrs.frozen(field_transformer=frozen_fields)
class Programme:
    """A parent of initiatives: it starts with the first of them and finishes with the last.

    A dependency may name it in place of an initiative.

    Attributes
    ----------
    name
        Its name, unique among programmes, initiatives and selections.
    initiatives
        Its initiatives; at least one. An initiative belongs to one programme at most.
    earliest_start
        Date from which the first of them may start, or a boundary; default the start of the
        timeline.
    latest_finish
        Date by whose end the last of them must be finished, or a boundary; default the end of the
        timeline.
    whole
        Whether the plan holds either all of its initiatives or none; default ``False``. Whether
        none is allowed is said by the initiatives: they are then optional.
    owner
        Who answers for it; default nobody stated.
    description
        Free text; default empty.
    """

    name: str = attrs.field(metadata=of(Text()))
    initiatives: Sequence[str] = attrs.field(metadata=of(Names("initiatives", 1)))
    earliest_start: str | int | date | None = attrs.field(default=None, metadata=of(Moment()))
    latest_finish: str | int | date | None = attrs.field(
        default=None, metadata=of(Moment(end=True))
    )
    whole: bool = attrs.field(default=False, metadata=of(Flag()))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))
    description: str = attrs.field(default="", metadata=of(Text(empty=True)))
