"""A limit on terms of the objective: what they may come to at the most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from roadmap._frozen import frozen_fields
from roadmap._text import money
from roadmap.errors import Fault
from roadmap.fields import Kind, Known, Whole, of, shown
from roadmap.parts import Account, Ceiling, Charge, Event, EventLoss, Overrun, Part, SoftWait
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Objective, Violation

_LARGEST = 10**15  # sums are larger than the amounts that facts may state


@attrs.frozen
class _Terms(Kind):
    """A list of terms, at least one."""

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other shapes, an empty list and what is no term."""
        if not isinstance(value, tuple) or not value:
            yield Fault(path, f"{shown(value)} is not a list of terms", "write [rm.Urgency()], say")
            return
        for index, term in enumerate(value):
            if not isinstance(term, Objective):
                told = f"{shown(term)} is no term of an objective"
                yield Fault(f"{path}[{index}]", told, "write rm.Urgency(), say")


@attrs.frozen(field_transformer=frozen_fields)
class TermLimit(Constraint):
    """Terms of the objective cost at most so much, all together.

    The way to ask for a point of a front: one side is minimised, the other limited.

    Attributes
    ----------
    terms
        The terms; they need not be terms of the problem's own objective.
    most
        Money, inclusive; it may be negative where a term counts gains.

    References
    ----------
    Y. Y. Haimes, L. S. Lasdon, D. A. Wismer, "On a bicriterion formulation of the problems of
    integrated system identification and system optimization", IEEE Transactions on Systems, Man
    and Cybernetics 1, 1971: the epsilon-constraint method.
    """

    terms: Sequence[Objective] = attrs.field(metadata=of(_Terms()))
    most: int = attrs.field(metadata=of(Whole(-_LARGEST, _LARGEST)))

    @property
    def name(self) -> str:
        """``urgency at most 900``."""
        most = money(self.most) if isinstance(self.most, int) else shown(self.most)
        return f"{self._subject} at most {most}"

    @property
    def _subject(self) -> str:
        """The terms' names; what is no term is shown, for the problem's check to name."""
        called = (t.name if isinstance(t, Objective) else shown(t) for t in self.terms)
        return " and ".join(called)

    def check(self, plan: Plan) -> Iterator[Violation]:
        """The terms' amounts sum to no more."""
        over = sum(sum(term.amounts(plan).values()) for term in self.terms) - self.most
        if over > 0:
            told = f"{self._subject} goes {money(over)} beyond its limit"
            yield Violation(self.name, told, (), over)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A ceiling on what the terms say of money, and the events that they speak of."""
        said = [part for term in self.terms for part in term.post(portfolio)]
        yield from (part for part in said if isinstance(part, Event))
        costs = (
            part
            for part in said
            if isinstance(part, EventLoss | Charge | SoftWait | Overrun)
            or (isinstance(part, Account) and part.price is not None)
        )
        yield Ceiling(tuple(costs), self.most, self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self._subject} comes to at most {money(self.most, portfolio.currency)}"
