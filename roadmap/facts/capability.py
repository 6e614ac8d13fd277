"""What the business must be able to do."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import LevelAmounts, Levels, Text, Whole, of


@attrs.frozen(field_transformer=frozen_fields)
class Capability:
    """Something the business must be able to do, at a level of maturity.

    Attributes
    ----------
    name
        Its name, unique among capabilities.
    level
        Today's level; at least 0, default 0 (absent).
    parent
        The capability that it is part of; default none: it stands at the top of the map.
    combine
        For a level that several initiatives raise: ``"all"`` of them are needed, ``"any"`` one
        is enough, or at least so many. Required there, as the library refuses to guess.
    owner
        Who answers for it; default nobody stated.
    option_value
        For a level: what it is worth a period beyond all stated needs, as it keeps choices open;
        lost in each period until the level is attained. At least 0; default none.
    """

    name: str = attrs.field(metadata=of(Text()))
    level: int = attrs.field(default=0, metadata=of(Whole(0, 1000)))
    parent: str | None = attrs.field(default=None, metadata=of(Text(names="capabilities")))
    combine: Mapping[int, str | int] = attrs.field(factory=dict, metadata=of(Levels()))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))
    option_value: Mapping[int, int] = attrs.field(factory=dict, metadata=of(LevelAmounts()))
