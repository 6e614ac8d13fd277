"""The contracts of the rules that make a portfolio a problem.

A rule tells its whole story in one file: which facts imply it, how a plan is judged by it, how
it is posted to the network that solvers read, and how it reads in business words.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Self

import attrs

from roadmap.errors import Fault
from roadmap.fields import Kind, Known, of, shown
from roadmap.parts import Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio


@attrs.frozen
class Violation:
    """One way in which a plan breaks one rule.

    Attributes
    ----------
    rule
        Name of the rule.
    message
        What is wrong, in business words.
    who
        Names of the initiatives that are concerned.
    amount
        By how much: periods, capacity units or a count, as the message says; at least 1.
    """

    rule: str
    message: str
    who: tuple[str, ...]
    amount: int

    def __str__(self) -> str:
        return self.message


class Constraint(ABC):
    """A rule that a plan must keep.

    Subclasses are frozen attrs classes whose fields say their kinds; so a rule that names what
    the portfolio does not hold is refused like a fact that does.
    """

    __slots__ = ()

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Yield the rules of this kind that the facts demand; none unless a class says so."""
        return iter(())

    @property
    @abstractmethod
    def name(self) -> str:
        """What the rule is called: what ``Problem.without`` takes and violations carry."""

    @property
    def basis(self) -> str:
        """What the rule rests on: physics, law, contract, policy, preference or unstated."""
        return "unstated"

    @abstractmethod
    def check(self, plan: Plan) -> Iterator[Violation]:
        """Judge a plan; yield nothing when it keeps the rule."""

    @abstractmethod
    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """Say the rule in scheduling words, for the network."""

    @abstractmethod
    def sentence(self, portfolio: Portfolio) -> str:
        """Say the rule in business words, with dates."""


class Objective(ABC):
    """A term of what a plan costs, in whole money, to be minimised."""

    __slots__ = ()

    @classmethod
    def applies(cls, portfolio: Portfolio) -> bool:
        """Whether the facts give the term anything to count; yes unless a class says otherwise."""
        return True

    @property
    @abstractmethod
    def name(self) -> str:
        """What the term is called."""

    @abstractmethod
    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """What a plan costs under this term, by what costs it."""

    @abstractmethod
    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """Say the term in scheduling words, for the network."""

    @abstractmethod
    def sentence(self, portfolio: Portfolio) -> str:
        """Say the term in business words."""


@attrs.frozen
class Factor(Kind):
    """An exact factor: a whole number or a fraction, from 0 to a maximum."""

    maximum: int = 1_000_000

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other types, floating point included, and factors out of range."""
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            told = "give a whole number or a Fraction, such as Fraction(1, 2)"
            yield Fault(path, f"{shown(value)} is no exact factor", told)
        elif not 0 <= value <= self.maximum:
            yield Fault(path, f"{value} is out of range", f"from 0 to {self.maximum:,}")


@attrs.frozen
class Traded(Objective):
    """A term that urgency is traded against, at an exchange rate.

    Attributes
    ----------
    kappa
        What one money unit of this term counts beside one of the others: a whole number or a
        ``Fraction`` from 0 to 1,000,000; default 1, the declared prices. Towards 0 is business
        first, large is foundations first.
    """

    kappa: int | Fraction = attrs.field(default=1, metadata=of(Factor()))

    def priced(self, amount: int) -> int:
        """A declared amount, times kappa, to the nearest whole money unit; halves go up."""
        return int((amount * self.kappa * 2 + 1) // 2)
