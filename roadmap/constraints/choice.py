"""Choices among initiatives: alternatives, companions, consequences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Self

import attrs

from roadmap.facts import Selection
from roadmap.fields import Record, of
from roadmap.parts import Account, Entry, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation

_BOUNDS = {"exactly one": (1, 1), "at most one": (None, 1), "at least one": (1, None)}


@attrs.frozen
class Choice(Constraint):
    """Of some initiatives the plan holds just one, all or none, or whatever was said.

    Attributes
    ----------
    selection
        The fact.

    References
    ----------
    C. Kellenbrink, S. Helber, "Scheduling resource-constrained projects with a flexible project
    structure", EJOR 246, 2015.
    """

    selection: Selection = attrs.field(metadata=of(Record((Selection,))))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every selection, and every programme that is carried out as a whole or not at all."""
        yield from (cls(selection) for selection in portfolio.selections)
        for programme in portfolio.programmes:
            if programme.whole:
                yield cls(Selection(programme.name, programme.initiatives, "all or none"))

    @property
    def name(self) -> str:
        """``choice of X``."""
        return f"choice of {self.selection.name}"

    @property
    def basis(self) -> str:
        """The selection's basis."""
        return self.selection.basis

    def check(self, plan: Plan) -> Iterator[Violation]:
        """Count those that are in the plan."""
        fact = self.selection
        inside = [name for name in fact.initiatives if name in plan.placed]
        outside = [name for name in fact.initiatives if name not in plan.placed]
        holds = f"{fact.name}: the plan holds {_listed(inside)}"
        if fact.how in ("exactly one", "at most one") and len(inside) > 1:
            message = f"{holds}, of which it may hold one"
            yield Violation(self.name, message, tuple(inside), len(inside) - 1)
        elif fact.how in ("exactly one", "at least one") and not inside:
            message = f"{fact.name}: the plan holds none of {_listed(outside)}"
            yield Violation(self.name, message, tuple(outside), 1)
        elif fact.how == "all or none" and inside and outside:
            message = f"{holds} without {_listed(outside)}"
            yield Violation(self.name, message, (*inside, *outside), len(outside))
        elif fact.how == "first implies others" and fact.initiatives[0] in inside and outside:
            message = f"{fact.initiatives[0]} is in the plan without {_listed(outside)}"
            yield Violation(self.name, message, (fact.initiatives[0], *outside), len(outside))

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """Accounts of ones: how many there are, or by how many one exceeds another."""
        fact = self.selection
        if fact.how in _BOUNDS:
            least, most = _BOUNDS[fact.how]
            entries = tuple(_entry(portfolio, name, 1) for name in fact.initiatives)
            yield Account(entries, self.name, least, most)
            return
        first, *others = fact.initiatives
        for other in others:
            pair = (_entry(portfolio, first, 1), _entry(portfolio, other, -1))
            yield Account(pair, self.name, 0 if fact.how == "all or none" else None, 0)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        fact = self.selection
        if fact.how == "first implies others":
            first, *others = fact.initiatives
            return f"{first} can be in the plan only with {_listed(others)}"
        are = "are" if fact.how == "all or none" else "is"
        return f"{fact.how} of {_listed(fact.initiatives)} {are} in the plan"


def _entry(portfolio: Portfolio, name: str, amount: int) -> Entry:
    return Entry(name, (amount,) * len(portfolio.variants[name]))


def _listed(names: Sequence[str]) -> str:
    """``A, B and C``."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
