"""Work that is not in the plan."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from roadmap.fields import Text, of
from roadmap.parts import Account, Entry, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class LeftOut(Constraint):
    """An initiative may not be carried out.

    Attributes
    ----------
    initiative
        Its name.
    """

    initiative: str = attrs.field(metadata=of(Text(names="initiatives")))

    @property
    def name(self) -> str:
        """``X left out``."""
        return f"{self.initiative} left out"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """It is not placed."""
        if self.initiative in plan.placed:
            message = f"{self.initiative} may not be in the plan"
            yield Violation(self.name, message, (self.initiative,), 1)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """An account that it would overdraw."""
        ways = len(portfolio.variants[self.initiative])
        yield Account((Entry(self.initiative, (1,) * ways),), self.name, most=0)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self.initiative} is not carried out"
