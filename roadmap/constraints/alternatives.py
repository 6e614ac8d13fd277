"""So many of several pieces of work are done, always or where another is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import Names, Text, Whole, of
from roadmap.parts import Account, Entry, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen(field_transformer=frozen_fields)
class Alternatives(Constraint):
    """Where an initiative is in the plan, so many of some others are.

    Choices that hold whatever else is in the plan are facts: a ``Selection`` of the portfolio.

    Attributes
    ----------
    among
        The initiatives that are counted.
    least
        How many of them must be in the plan; at least 0, default 1.
    most
        How many of them may be; default any number.
    given
        The initiative that calls for them; where it is left out, nothing is asked. Default none:
        always.

    References
    ----------
    T. Servranckx, M. Vanhoucke, "A tabu search procedure for the resource-constrained project
    scheduling problem with alternative subgraphs", European Journal of Operational Research 273,
    2019.
    """

    among: Sequence[str] = attrs.field(metadata=of(Names("initiatives", 1)))
    least: int = attrs.field(default=1, metadata=of(Whole(0)))
    most: int | None = attrs.field(default=None, metadata=of(Whole(0)))
    given: str | None = attrs.field(default=None, metadata=of(Text(names="initiatives")))

    @property
    def name(self) -> str:
        """``1 of A, B``, or ``X: 1 of A, B``; the number is a range where it is one."""
        before = "" if self.given is None else f"{self.given}: "
        return f"{before}{self._number} of {', '.join(self.among)}"

    @property
    def _number(self) -> str:
        if self.most is None:
            return f"{self.least} or more"
        return str(self.least) if self.least == self.most else f"{self.least} to {self.most}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """Enough of them are placed, and not too many, where it is called for."""
        if self.given is not None and self.given not in plan.placed:
            return
        chosen = tuple(name for name in self.among if name in plan.placed)
        missing = self.least - len(chosen)
        spare = 0 if self.most is None else len(chosen) - self.most
        if missing > 0 or spare > 0:
            message = f"{self._asked}, and {len(chosen)} are in the plan"
            yield Violation(self.name, message, chosen or tuple(self.among), max(missing, spare))

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """An account for each bound; what calls for them lifts it where it is left out."""
        if self.least:
            given, least = (-self.least, 0) if self.given else (0, self.least)
            yield Account(self._entries(portfolio, given), self.name, least=least)
        if self.most is not None and self.most < len(self.among):
            spare = len(self.among) - self.most
            given, most = (spare, len(self.among)) if self.given else (0, self.most)
            yield Account(self._entries(portfolio, given), self.name, most=most)

    def _entries(self, portfolio: Portfolio, given: int) -> tuple[Entry, ...]:
        """One for each that is counted, and so much for what calls for them."""
        counted = dict.fromkeys(self.among, 1)
        if self.given is not None:
            counted[self.given] = counted.get(self.given, 0) + given
        return tuple(
            Entry(name, (amount,) * len(portfolio.variants[name]))
            for name, amount in counted.items()
        )

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        when = "" if self.given is None else f"if {self.given} is in the plan, "
        return f"{when}{self._asked}"

    @property
    def _asked(self) -> str:
        return f"{self._number} of {', '.join(self.among)} must be in the plan"
