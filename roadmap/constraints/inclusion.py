"""Mandatory work is in the plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap import parts
from roadmap.fields import Text, of
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class Inclusion(Constraint):
    """An initiative must be carried out.

    Attributes
    ----------
    initiative
        Its name.
    """

    initiative: str = attrs.field(metadata=of(Text(names="initiatives")))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every initiative that is not optional."""
        return (cls(item.name) for item in portfolio.initiatives if not item.optional)

    @property
    def name(self) -> str:
        """``inclusion of X``."""
        return f"inclusion of {self.initiative}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """It is placed."""
        if self.initiative not in plan.placed:
            message = f"{self.initiative} is mandatory, but not in the plan"
            yield Violation(self.name, message, (self.initiative,), 1)

    def post(self, portfolio: Portfolio) -> Iterator[parts.Part]:
        """The activity is included."""
        yield parts.Inclusion(self.initiative, self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self.initiative} must be carried out"
