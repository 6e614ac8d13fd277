"""What the business measures, and which capabilities are to move it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import Amounts, Moment, Text, Whole, of


@attrs.frozen(field_transformer=frozen_fields)
class Outcome:
    """A metric that shall come from a baseline to a target by a date.

    Attributes
    ----------
    name
        What is measured, unique among outcomes: ``Time to open an account``.
    baseline
        Its value today, with today's levels; a whole number.
    target
        The value it shall have; a whole number, above or below the baseline.
    due_by
        Date by whose end the target must be there, or a boundary.
    capabilities
        Capability to level: what carries the metric to its target. A level that is there today
        is in the baseline already, and carries nothing.
    weights
        Capability to its weight: how much of the way it carries, against the others; at least
        1 each, default 1 for each.
    unit
        What it is measured in; default empty.
    measure
        How it is measured, and where the figure comes from; default unstated (empty).
    owner
        The business owner, who answers for the value; default nobody stated.
    technology_owner
        Who answers for the work behind it; default nobody stated.
    """

    name: str = attrs.field(metadata=of(Text()))
    baseline: int = attrs.field(metadata=of(Whole()))
    target: int = attrs.field(metadata=of(Whole()))
    due_by: str | int | date = attrs.field(metadata=of(Moment(end=True)))
    capabilities: Mapping[str, int] = attrs.field(metadata=of(Amounts("capabilities", 1)))
    weights: Mapping[str, int] = attrs.field(factory=dict, metadata=of(Amounts("capabilities", 1)))
    unit: str = attrs.field(default="", metadata=of(Text(empty=True)))
    measure: str = attrs.field(default="", metadata=of(Text(empty=True)))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))
    technology_owner: str | None = attrs.field(default=None, metadata=of(Text()))
