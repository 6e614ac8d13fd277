"""What is there already, costs money until it is retired, and stands in the way."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import Names, Text, Whole, of


@attrs.frozen(field_transformer=frozen_fields)
class System:
    """A legacy system: it costs money in every period until it is retired.

    Attributes
    ----------
    name
        Its name, unique among systems.
    run_cost
        Money to operate it, a period; at least 0, default 0.
    debt_interest
        Money that its technical debt costs elsewhere, a period: workarounds, slower changes; at
        least 0, default 0.
    risk_percent
        Probability that it fails in a period, in percent; 0 to 100, default 0. An expected loss
        is stated with 100.
    risk_impact
        Money lost each time it fails; at least 0, default 0.
    retired_by
        The initiative whose finish retires it; default none: it costs until the timeline ends.
    replaced_by
        The initiative whose finish is the go-live of what replaces it; default none.
    parallel
        Periods for which it runs beside its replacement: it is retired no sooner than so long
        after the replacement's go-live; at least 0, default 0.
    dependants
        Initiatives that move what depends on it: it is retired no sooner than all of them are
        finished, and not at all while one of them is not in the plan.
    blocks
        Initiatives that may not start before it is retired, and that cannot be in the plan if it
        never is.
    category
        ``maintain``, ``improve`` or ``transform``; default not stated. It binds nobody.
    owner
        Who answers for it; default nobody stated.
    basis
        Where the figures come from; default unstated (empty).
    """

    name: str = attrs.field(metadata=of(Text()))
    run_cost: int = attrs.field(default=0, metadata=of(Whole(0)))
    debt_interest: int = attrs.field(default=0, metadata=of(Whole(0)))
    risk_percent: int = attrs.field(default=0, metadata=of(Whole(0, 100)))
    risk_impact: int = attrs.field(default=0, metadata=of(Whole(0)))
    retired_by: str | None = attrs.field(default=None, metadata=of(Text(names="initiatives")))
    replaced_by: str | None = attrs.field(default=None, metadata=of(Text(names="initiatives")))
    parallel: int = attrs.field(default=0, metadata=of(Whole(0, 100_000)))
    dependants: Sequence[str] = attrs.field(default=(), metadata=of(Names("initiatives")))
    blocks: Sequence[str] = attrs.field(default=(), metadata=of(Names("initiatives")))
    category: str | None = attrs.field(default=None, metadata=of(Text(names="categories")))
    owner: str | None = attrs.field(default=None, metadata=of(Text()))
    basis: str = attrs.field(default="", metadata=of(Text(empty=True)))

    @property
    def exposure(self) -> int:
        """Expected loss of each period; a fraction of a money unit is dropped in each."""
        return self.risk_percent * self.risk_impact // 100

    @property
    def burden(self) -> int:
        """Money that each period costs in which it is there: run cost, interest and exposure."""
        return self.run_cost + self.debt_interest + self.exposure
