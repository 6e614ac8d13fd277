"""What the business loses while needed levels are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from roadmap.attainment import need_events, need_key
from roadmap.parts import EventLoss, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Objective


@attrs.frozen
class Urgency(Objective):
    """The sum of all needs' losses at the times when they are met.

    A need is met when its level is attained and its gates are finished; with a ramp its benefit
    arrives in equal shares after that.

    With hard prerequisites, urgency reaches the foundations through the constraints: a
    foundation needs no value of its own.
    """

    @property
    def name(self) -> str:
        """``urgency``."""
        return "urgency"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """Each need's loss; one that is never met loses what the end of the timeline loses."""
        timeline = plan.portfolio.timeline
        losses = {}
        for need in plan.portfolio.needs:
            time = plan.met(need)
            until = timeline.periods if time is None else time
            losses[need.label] = plan.portfolio.lost(need, until)
        return losses

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """An event and its loss table for each need."""
        for need in portfolio.needs:
            yield from need_events(portfolio, need)
            yield EventLoss(need_key(need), portfolio.loss_table(need), need.label)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return "money lost while needed capability levels are not there"
