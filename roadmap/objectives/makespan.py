"""How long it takes until everything is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from roadmap.parts import Event, EventKey, EventLoss, Member, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Objective

_DONE = EventKey("all work", 0, "finished")


@attrs.frozen
class Makespan(Objective):
    """The finish of the last initiative in the plan, one money unit a period.

    The objective of the resource-constrained project scheduling problem, ``PS | prec | Cmax``.
    """

    @property
    def name(self) -> str:
        """``makespan``."""
        return "makespan"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """The last finish; an empty plan takes no time."""
        last = max((place.finish for place in plan.placed.values()), default=0)
        return {"all work": last}

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """The event that all that is in the plan is finished, and the clock as its loss."""
        members = tuple(Member(item.name) for item in portfolio.initiatives)
        yield Event(_DONE, members, len(members), absent_counts=True)
        yield EventLoss(_DONE, tuple(range(portfolio.timeline.periods + 1)), "all work")

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return "time until all the work is done"
