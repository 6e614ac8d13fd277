"""Parts of an objective as terms of their own: what some of those it counts lose, and weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from roadmap.parts import Account, Amount, Charge, EventLoss, Overrun, Part, SoftWait
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Objective


@attrs.frozen
class Share(Objective):
    """What a term counts of some needs, initiatives or whatever else it counts.

    Attributes
    ----------
    term
        The term. What it posts carries the name of what it is counted for.
    who
        Names of what is counted: labels of needs, say.
    label
        What the share is called.
    """

    term: Objective
    who: tuple[str, ...]
    label: str

    @property
    def name(self) -> str:
        """``urgency of Retail``."""
        return f"{self.term.name} of {self.label}"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """The term's own amounts, of these alone."""
        return {who: money for who, money in self.term.amounts(plan).items() if who in self.who}

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """The term's own parts; money only where it stands for one of these."""
        for part in self.term.post(portfolio):
            if not isinstance(part, _MONEY) or part.origin in self.who:
                yield part

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self.term.sentence(portfolio)}: {self.label} alone"


_MONEY = (EventLoss, Charge, SoftWait, Overrun, Account)


@attrs.frozen
class Times(Objective):
    """A term, counted so many times.

    Attributes
    ----------
    term
        The term.
    factor
        How many times; at least 0.
    """

    term: Objective
    factor: int

    @property
    def name(self) -> str:
        """``3 times debt``."""
        return f"{self.factor:,} times {self.term.name}"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """Each of the term's amounts so many times."""
        return {who: money * self.factor for who, money in self.term.amounts(plan).items()}

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """The term's own parts, with all money so many times."""
        return (_times(part, self.factor) for part in self.term.post(portfolio))

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self.term.sentence(portfolio)}, {self.factor:,} times"


def _times(part: Part, factor: int) -> Part:
    """A part, with its money so many times; what says no money stays as it is."""
    match part:
        case EventLoss(table=table):
            return attrs.evolve(part, table=tuple(money * factor for money in table))
        case Charge(amounts=amounts):
            return attrs.evolve(part, amounts=tuple(_scaled(one, factor) for one in amounts))
        case SoftWait(rate=rate, once=once):
            return attrs.evolve(part, rate=rate * factor, once=once * factor)
        case Overrun(price=price):
            return attrs.evolve(part, price=price * factor)
        case Account(price=int(price)):
            return attrs.evolve(part, price=price * factor)
        case _:
            return part


def _scaled(amount: Amount, factor: int) -> Amount:
    if isinstance(amount, int):
        return amount * factor
    return tuple(money * factor for money in amount)


def total(terms: Sequence[Objective], plan: Plan) -> int:
    """What a plan costs under some terms."""
    return sum(sum(term.amounts(plan).values()) for term in terms)
