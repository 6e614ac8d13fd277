"""Nothing goes live in a freeze."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap.facts import Freeze, covers
from roadmap.facts.scope import told
from roadmap.fields import Record, of
from roadmap.parts import Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation
from roadmap.scopes import closed_to_finishes


@attrs.frozen
class GoLiveFreeze(Constraint):
    """No initiative finishes in a freeze; work goes on.

    Attributes
    ----------
    freeze
        The fact.
    """

    freeze: Freeze = attrs.field(metadata=of(Record((Freeze,))))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every freeze."""
        return (cls(freeze) for freeze in portfolio.freezes)

    @property
    def name(self) -> str:
        """``freeze X``."""
        return f"freeze {self.freeze.name}"

    @property
    def basis(self) -> str:
        """The freeze's basis."""
        return self.freeze.basis

    def check(self, plan: Plan) -> Iterator[Violation]:
        """The last day of no work that it holds for lies in it."""
        facts = plan.portfolio
        since, until = self.freeze.stretch(facts.timeline)
        for name, place in plan.placed.items():
            mode = plan.mode(name)
            if mode is None or not since < place.finish <= until:
                continue
            if covers(self.freeze, facts.initiative[name], mode):
                message = (
                    f"{name} goes live at the end of {facts.timeline.until(place.finish)}, "
                    f"in the freeze {self.freeze.name} ({self._dates(facts)})"
                )
                yield Violation(self.name, message, (name,), until + 1 - place.finish)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """Finishes that are shut."""
        since, until = self.freeze.stretch(portfolio.timeline)
        shut = range(max(since + 1, 0), min(until, portfolio.timeline.periods) + 1)
        yield from closed_to_finishes(portfolio, self.freeze, shut, self.name)

    def _dates(self, portfolio: Portfolio) -> str:
        """Its first and its last day."""
        first, last = self.freeze.days(portfolio.timeline)
        return f"{first} to {last}"

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        who = told(self.freeze, "")
        does = f"{who} may not" if who else "nothing may"
        return f"{does} go live from {self._dates(portfolio)} ({self.freeze.name})"
