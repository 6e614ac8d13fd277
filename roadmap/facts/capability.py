"""What the business must be able to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import Levels, LevelTexts, Profile, Text, Whole, of, spread
from roadmap.listed import LevelAmounts
from roadmap.timeline import Timeline


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
    floor
        Level that it must have in every period: one number, a list with a number for each period,
        or a mapping from dates (or boundaries) to the level that holds from then on; default none.
    measures
        Level to how it is told that the level is there: ``{3: "opened within the hour"}``;
        default none stated.
    option_value
        For a level: what it is worth a period beyond all stated needs, as it keeps choices open;
        lost in each period until the level is attained. At least 0; default none.
    """

    name: str = attrs.field(metadata=of(Text()))
    level: int = attrs.field(default=0, metadata=of(Whole(0, 1000)))
    parent: str | None = attrs.field(default=None, metadata=of(Text(names="capabilities")))
    combine: Mapping[int, str | int] = attrs.field(factory=dict, metadata=of(Levels()))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))
    floor: int | Sequence[int] | Mapping[str | int, int] | None = attrs.field(
        default=None, metadata=of(Profile())
    )
    measures: Mapping[int, str] = attrs.field(factory=dict, metadata=of(LevelTexts()))
    option_value: Mapping[int, int] = attrs.field(factory=dict, metadata=of(LevelAmounts()))

    def floors(self, timeline: Timeline) -> tuple[int, ...]:
        """Level that it must have in each period of the timeline; 0 where nothing is demanded."""
        return spread(0 if self.floor is None else self.floor, timeline)
