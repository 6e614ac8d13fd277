"""Who works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import Profile, Text, of
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
    """

    name: str = attrs.field(metadata=of(Text()))
    capacity: int | Sequence[int] | Mapping[str | int, int] = attrs.field(metadata=of(Profile()))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))

    def profile(self, timeline: Timeline) -> tuple[int, ...]:
        """Capacity in each period of the timeline."""
        if isinstance(self.capacity, int):
            return (self.capacity,) * timeline.periods
        if isinstance(self.capacity, Mapping):
            return _steps(self.capacity, timeline)
        return tuple(self.capacity)


def _steps(changes: Mapping[str | int, int], timeline: Timeline) -> tuple[int, ...]:
    """Spread capacities that hold from dates on over the periods."""
    at = {timeline.starting(when): amount for when, amount in changes.items()}
    profile: list[int] = []
    amount = 0
    for period in range(timeline.periods):
        amount = at.get(period, amount)
        profile.append(amount)
    return tuple(profile)
