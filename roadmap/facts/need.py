"""What the strategy requires, and the gaps that follow from it."""

from __future__ import annotations

import attrs

from roadmap.fields import Record, Text, Whole, of
from roadmap.losses import PROFILES, Loss, LossSum


@attrs.frozen
class Need:
    """A level that the strategy requires of a capability, and what being without it costs.

    Attributes
    ----------
    capability
        The capability that is required.
    level
        The level that is required; at least 1.
    loss
        Money lost as a function of the time at which the level is attained.
    name
        What to call it; default the capability and the level. Two needs for one level must be
        named.
    owner
        The business owner, who stated the loss; default nobody stated.
    basis
        Where the figure comes from; default unstated (empty).
    measure
        How it is told that the level is there; default what the capability says of the level.
    technology_owner
        Who answers for the work that brings it; default nobody stated.
    """

    capability: str = attrs.field(metadata=of(Text(names="capabilities")))
    level: int = attrs.field(metadata=of(Whole(1, 1000)))
    loss: Loss = attrs.field(metadata=of(Record((*PROFILES, LossSum))))
    name: str | None = attrs.field(default=None, metadata=of(Text()))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))
    basis: str = attrs.field(default="", metadata=of(Text(empty=True)))
    measure: str = attrs.field(default="", metadata=of(Text(empty=True)))
    technology_owner: str | None = attrs.field(default=None, metadata=of(Text()))

    @property
    def label(self) -> str:
        """Its name, or else the capability and the level."""
        return self.name if self.name is not None else f"{self.capability} at level {self.level}"


@attrs.frozen
class Gap:
    """A required level that today's level does not reach; derived, never stated.

    Attributes
    ----------
    capability
        The capability.
    level
        Today's level.
    required
        The level that a need requires.
    needs
        Labels of the needs that require it.
    initiatives
        Names of the initiatives that raise the capability to that level or above.
    loss
        Money lost over the whole timeline if the gap is never closed.
    """

    capability: str
    level: int
    required: int
    needs: tuple[str, ...]
    initiatives: tuple[str, ...]
    loss: int
