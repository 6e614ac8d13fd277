"""Work that is done to learn: what it shall show, by when, and what hangs on that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import Moment, Names, Text, Whole, of


@attrs.frozen(field_transformer=frozen_fields)
class Pilot:
    """An initiative that tests a hypothesis, and the work that is done only if it holds.

    Attributes
    ----------
    initiative
        The initiative that carries it out; if it is in the plan, it is finished by the gate.
    gate
        Date from which the outcome is known, or a boundary: follow-on work starts then or later.
    probability
        Probability that it succeeds, in percent; 0 to 100.
    follow_on
        Initiatives that are started only if it has been carried out and has succeeded; at least
        one.
    hypothesis
        What is to be shown; default unstated (empty).
    measure
        What is measured; default unstated (empty).
    threshold
        The value of the measure at which it has succeeded; default unstated (empty).
    """

    initiative: str = attrs.field(metadata=of(Text(names="initiatives")))
    gate: str | int | date = attrs.field(metadata=of(Moment()))
    probability: int = attrs.field(metadata=of(Whole(0, 100)))
    follow_on: Sequence[str] = attrs.field(metadata=of(Names("initiatives")))
    hypothesis: str = attrs.field(default="", metadata=of(Text(empty=True)))
    measure: str = attrs.field(default="", metadata=of(Text(empty=True)))
    threshold: str = attrs.field(default="", metadata=of(Text(empty=True)))
