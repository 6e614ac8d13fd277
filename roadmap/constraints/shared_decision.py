"""Decisions that are one as long as nobody knows more."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from roadmap.fields import Text, Whole, of
from roadmap.parts import Part, Twin
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class SharedDecision(Constraint):
    """Two initiatives, the same work in two futures, are decided alike until those part.

    If one of them starts before that boundary, so does the other: at the same time, in the same
    mode.

    Attributes
    ----------
    first, second
        Their names.
    until
        The boundary at which the futures can be told apart.

    References
    ----------
    R. T. Rockafellar, R. J.-B. Wets, "Nonanticipativity and L1-martingales in stochastic
    optimization problems", Mathematical Programming Study 6, 1976.
    """

    first: str = attrs.field(metadata=of(Text(names="initiatives")))
    second: str = attrs.field(metadata=of(Text(names="initiatives")))
    until: int = attrs.field(metadata=of(Whole(0)))

    @property
    def name(self) -> str:
        """``X and Y alike before boundary T``."""
        return f"{self.first} and {self.second} alike before boundary {self.until}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """What starts before the boundary starts alike."""
        places = [plan.placed.get(name) for name in (self.first, self.second)]
        spots = [(p.start, p.mode) if p and p.start < self.until else None for p in places]
        if spots[0] != spots[1]:
            message = f"{self.first} and {self.second} differ before anybody knows more"
            yield Violation(self.name, message, (self.first, self.second), 1)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """Twins."""
        yield Twin(self.first, self.second, self.until, self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        timeline = portfolio.timeline
        if self.until > timeline.periods:
            return f"{self.first} and {self.second} are decided alike"
        return f"{self.first} and {self.second} are decided alike before {timeline.day(self.until)}"
