"""What waits for what, and what that rests on."""

from __future__ import annotations

import attrs

from roadmap.fields import Choice, Text, Whole, of

LINKS = ("FS", "SS", "FF", "SF")
BASES = ("physics", "law", "contract", "policy", "preference", "unstated")


@attrs.frozen
class Dependency:
    """A generalised precedence between two initiatives.

    It is hard unless it states a price: then the successor may start without waiting, and pays.

    A hard dependency lets the successor be in the plan only if the predecessor is; a soft one does
    not. A programme in the place of an
    initiative stands for each of its initiatives: what waits for it waits for all of them, and
    where it waits itself, each of them does. A soft dependency ties initiatives only.

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
    interest
        Money a period while the successor has started and the predecessor, with the lag, is not
        over: until it is, or else to the end of the timeline. At least 0; default not stated.
        Stating it makes the dependency soft; its link must then be finish to start.
    rework
        Money lost once if the successor starts too soon at all; at least 0, default not stated.
        Stating it makes the dependency soft as well.

    References
    ----------
    W. Cunningham, "The WyCash portfolio management system", OOPSLA 1992 addendum: technical debt,
    which bears interest until it is paid back.
    """

    predecessor: str = attrs.field(metadata=of(Text(names="work")))
    successor: str = attrs.field(metadata=of(Text(names="work")))
    link: str = attrs.field(default="FS", metadata=of(Choice(LINKS)))
    lag: int = attrs.field(default=0, metadata=of(Whole(-100_000, 100_000)))
    basis: str = attrs.field(default="unstated", metadata=of(Choice(BASES)))
    rationale: str = attrs.field(default="", metadata=of(Text(empty=True)))
    interest: int | None = attrs.field(default=None, metadata=of(Whole(0)))
    rework: int | None = attrs.field(default=None, metadata=of(Whole(0)))

    @property
    def soft(self) -> bool:
        """Whether a plan may pass it by at a price."""
        return self.interest is not None or self.rework is not None
