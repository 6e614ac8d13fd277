"""What the strategy requires, and the gaps that follow from it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import Names, Record, Text, Whole, of
from roadmap.losses import PROFILES, Loss, LossSum


@attrs.frozen(field_transformer=frozen_fields)
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
    gated_by
        Names of initiatives (training, process, data) that must be finished as well before the
        need counts as met; default none. Work that requires the level does not wait for them.
    ramp
        Periods over which the benefit arrives once the need is met, in equal shares at the
        boundaries 1, 2, ... after it; at least 0, default 0: all at once.
    """

    capability: str = attrs.field(metadata=of(Text(names="capabilities")))
    level: int = attrs.field(metadata=of(Whole(1, 1000)))
    loss: Loss = attrs.field(metadata=of(Record((*PROFILES, LossSum))))
    name: str | None = attrs.field(default=None, metadata=of(Text()))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))
    basis: str = attrs.field(default="", metadata=of(Text(empty=True)))
    measure: str = attrs.field(default="", metadata=of(Text(empty=True)))
    technology_owner: str | None = attrs.field(default=None, metadata=of(Text()))
    gated_by: Sequence[str] = attrs.field(default=(), metadata=of(Names("initiatives")))
    ramp: int = attrs.field(default=0, metadata=of(Whole(0, 100_000)))

    @property
    def label(self) -> str:
        """Its name, or else the capability and the level."""
        return self.name if self.name is not None else f"{self.capability} at level {self.level}"

    def ramped(self, table: Sequence[int]) -> tuple[int, ...]:
        """What a table of losses by boundary becomes as the benefit arrives bit by bit.

        With a ramp of ``r``, met at ``T``, the need loses the mean of the losses at ``T + 1`` to
        ``T + r``, rounded down; what would arrive after the end of the table counts as its end.
        """
        if not self.ramp:
            return tuple(table)
        last = table[-1]
        return tuple(_mean(table[at + 1 :], self.ramp, last) for at in range(len(table)))


def _mean(ahead: Sequence[int], count: int, last: int) -> int:
    """The mean, rounded down, of so many losses to come; behind the end stands the last."""
    arriving = ahead[:count]
    return (sum(arriving) + (count - len(arriving)) * last) // count


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
