"""Who has to live with what changes."""

from __future__ import annotations

import attrs

from roadmap.fields import Text, Whole, of


@attrs.frozen
class Unit:
    """A business unit that takes in changes: so many at once, each for some time.

    Attributes
    ----------
    name
        Its name, unique among units.
    adoption
        Periods after a go-live in which it is busy taking it in; at least 1.
    absorbs
        Most go-lives that it takes in at once; at least 1, default 1.
    owner
        Who answers for it; default nobody stated.

    References
    ----------
    D. R. Conner, *Managing at the Speed of Change*, 1992: how much change people can absorb.
    """

    name: str = attrs.field(metadata=of(Text()))
    adoption: int = attrs.field(metadata=of(Whole(1, 100_000)))
    absorbs: int = attrs.field(default=1, metadata=of(Whole(1)))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))
