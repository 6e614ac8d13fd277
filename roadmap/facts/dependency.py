"""What waits for what, and what that rests on."""

from __future__ import annotations

import attrs

from roadmap.fields import Choice, Text, Whole, of

LINKS = ("FS", "SS", "FF", "SF")
BASES = ("physics", "law", "contract", "policy", "preference", "unstated")


@attrs.frozen
class Dependency:
    """A generalised precedence between two initiatives.

    The successor can be in the plan only if the predecessor is. A programme in the place of an
    initiative stands for each of its initiatives: what waits for it waits for all of them, and
    where it waits itself, each of them does.

    Attributes
    ----------
    predecessor
        The initiative that comes first; or a programme, by its finish.
    successor
        The initiative that waits; or a programme, with its start.
    link
        Which ends are linked: ``"FS"`` (default) finish to start, ``"SS"``, ``"FF"``, ``"SF"``.
    lag
        Periods that must pass between the linked ends; negative for an overlap; default 0.
    basis
        What it rests on: ``physics``, ``law``, ``contract``, ``policy``, ``preference`` or
        ``unstated`` (default).
    rationale
        Why, in a sentence; default empty.
    """

    predecessor: str = attrs.field(metadata=of(Text(names="work")))
    successor: str = attrs.field(metadata=of(Text(names="work")))
    link: str = attrs.field(default="FS", metadata=of(Choice(LINKS)))
    lag: int = attrs.field(default=0, metadata=of(Whole(-100_000, 100_000)))
    basis: str = attrs.field(default="unstated", metadata=of(Choice(BASES)))
    rationale: str = attrs.field(default="", metadata=of(Text(empty=True)))
