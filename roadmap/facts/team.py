"""Who works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import Profile, Text, Whole, of, spread
from roadmap.timeline import Timeline


@attrs.frozen(field_transformer=frozen_fields)
class Team:
    """People who can work on initiatives: a renewable resource.

    Attributes
    ----------
    name
        Its name, unique among teams.
    capacity
        Capacity units there are: one number, a list with a number for each period, or a
        mapping from dates (or boundaries) to the number that holds from then on.
    owner
        Who leads it; default nobody stated.
    overtime
        Capacity units beyond the capacity that it can be asked for at a price, in the same forms;
        default none.
    overtime_price
        Money for each unit and period of overtime; at least 0. It is stated with the overtime.
    parallel
        Most initiatives that it works on at once, however little they take; at least 1, default
        no limit.
    """

    name: str = attrs.field(metadata=of(Text()))
    capacity: int | Sequence[int] | Mapping[str | int, int] = attrs.field(metadata=of(Profile()))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))
    overtime: int | Sequence[int] | Mapping[str | int, int] | None = attrs.field(
        default=None, metadata=of(Profile())
    )
    overtime_price: int | None = attrs.field(default=None, metadata=of(Whole(0)))
    parallel: int | None = attrs.field(default=None, metadata=of(Whole(1)))

    def profile(self, timeline: Timeline) -> tuple[int, ...]:
        """Capacity in each period of the timeline, without overtime."""
        return spread(self.capacity, timeline)

    def beyond(self, timeline: Timeline) -> tuple[int, ...]:
        """Overtime that it can be asked for in each period of the timeline."""
        return spread(self.overtime or 0, timeline)
