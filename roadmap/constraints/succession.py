"""Work that comes after other work, if both are done."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from roadmap.fields import Text, of
from roadmap.parts import Event, EventKey, Member, Part, Wait
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class Succession(Constraint):
    """If both are in the plan, one starts only when the other is finished.

    A dependency says more: that the successor can be in the plan only if the predecessor is.

    Attributes
    ----------
    predecessor
        The initiative that comes first, if it is done.
    successor
        The initiative that waits for it.
    """

    predecessor: str = attrs.field(metadata=of(Text(names="initiatives")))
    successor: str = attrs.field(metadata=of(Text(names="initiatives")))

    @property
    def name(self) -> str:
        """``X, if done → Y``."""
        return f"{self.predecessor}, if done → {self.successor}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """If both are placed, the successor starts no sooner than the predecessor finishes."""
        before = plan.placed.get(self.predecessor)
        after = plan.placed.get(self.successor)
        missing = before.finish - after.start if before and after else 0
        if missing > 0:
            span = plan.portfolio.timeline.count(missing)
            message = f"{self.successor} starts {span} before {self.predecessor} is finished"
            yield Violation(self.name, message, (self.successor, self.predecessor), missing)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """Wait for an event that has come about where the predecessor is left out."""
        over = EventKey(self.predecessor, 0, "finished or left out")
        yield Event(over, (Member(self.predecessor),), 1, absent_counts=True)
        yield Wait(self.successor, over, self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"if {self.predecessor} is in the plan, {self.successor} starts after it finishes"
