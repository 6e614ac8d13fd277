"""Money that may not be overspent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap.facts import Budget
from roadmap.fields import Record, of
from roadmap.outlays import money_ledger
from roadmap.parts import Account, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class BudgetLimit(Constraint):
    """In each of its stretches of time, a budget is not overspent.

    Attributes
    ----------
    budget
        The fact; a price that it states is not looked at.
    """

    budget: Budget = attrs.field(metadata=of(Record((Budget,))))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every budget that states no price."""
        return (cls(budget) for budget in portfolio.budgets if budget.price is None)

    @property
    def name(self) -> str:
        """``budget of X``."""
        return f"budget of {self.budget.name}"

    @property
    def basis(self) -> str:
        """The budget's basis."""
        return self.budget.basis

    def check(self, plan: Plan) -> Iterator[Violation]:
        """In no stretch more is spent than there is."""
        names = [item.name for item in plan.portfolio.initiatives if self.budget.covers(item)]
        for limit in self.budget.limits(plan.portfolio.timeline):
            periods = limit.bucket.periods
            spent = {name: plan.spent(name, periods, self.budget.money) for name in names}
            total = sum(spent.values())
            if total > limit.amount:
                message = (
                    f"{self.budget.name}: {total:,} is spent {limit.bucket.label}, "
                    f"and there is {limit.amount:,}"
                )
                who = tuple(name for name, money in spent.items() if money)
                yield Violation(self.name, message, who, total - limit.amount)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """An account for each stretch, with the money that falls into it."""
        names = [item.name for item in portfolio.initiatives if self.budget.covers(item)]
        ledger = money_ledger(portfolio, names, self.budget.money)
        for limit in self.budget.limits(portfolio.timeline):
            spent = tuple(ledger.entries(limit.bucket.periods))
            yield Account(spent, self.name, most=limit.amount)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        limits = self.budget.limits(portfolio.timeline)
        first = f"{limits[0].amount:,} {limits[0].bucket.label}"
        last = f" (and {limits[-1].amount:,} {limits[-1].bucket.label})" if limits[1:] else ""
        kind = "" if self.budget.money == "all" else f" in {self.budget.money} expenditure"
        return f"{self.budget.name} may cost{kind} at most {first}{last}"
