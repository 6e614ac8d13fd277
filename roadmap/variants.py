"""The variants of work: each mode, with each duration that it can take.

What takes time has one variant a mode. What takes effort takes longer where its team is thin, so
one mode has several variants, each with the starts at which it takes just so long.
"""

from __future__ import annotations

import attrs

from roadmap.facts import Initiative, Mode


@attrs.frozen
class Variant:
    """A mode, and how long it takes.

    Attributes
    ----------
    mode
        The mode.
    duration
        Whole periods from start to finish.
    starts
        Boundaries at which it may start to take just so long; ``None`` for all.
    """

    mode: Mode
    duration: int
    starts: frozenset[int] | None = None


def variants_of(initiative: Initiative) -> tuple[Variant, ...]:
    """The variants of an initiative, in the order of its modes."""
    return tuple(Variant(mode, mode.duration) for mode in initiative.ways)
