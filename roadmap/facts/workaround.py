"""What going without a foundation costs."""

from __future__ import annotations

import attrs

from roadmap.facts.dependency import BASES
from roadmap.fields import Choice, Text, Whole, of


@attrs.frozen
class Workaround:
    """An initiative can do without a level that it requires, at a price.

    The requirement stays stated on the initiative; the workaround makes it soft.

    Attributes
    ----------
    initiative
        Who can go without.
    capability
        The capability that it requires and can go without.
    interest
        Money a period from its start until the required level is attained, or else to the end of
        the timeline; at least 0, default 0.
    rework
        Money lost once if it starts before the level is attained; at least 0, default 0.
    basis
        What the requirement rests on: ``physics``, ``law``, ``contract``, ``policy``,
        ``preference`` or ``unstated`` (default).
    rationale
        How one goes without, in a sentence; default empty.

    References
    ----------
    W. Cunningham, "The WyCash portfolio management system", OOPSLA 1992 addendum.
    """

    initiative: str = attrs.field(metadata=of(Text(names="initiatives")))
    capability: str = attrs.field(metadata=of(Text(names="capabilities")))
    interest: int = attrs.field(default=0, metadata=of(Whole(0)))
    rework: int = attrs.field(default=0, metadata=of(Whole(0)))
    basis: str = attrs.field(default="unstated", metadata=of(Choice(BASES)))
    rationale: str = attrs.field(default="", metadata=of(Text(empty=True)))
