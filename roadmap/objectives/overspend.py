"""What it costs to spend more than there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from roadmap.facts import Budget
from roadmap.outlays import money_ledger
from roadmap.parts import Account, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Objective


@attrs.frozen
class Overspend(Objective):
    """The price of each unit of money beyond the budgets that state one."""

    @classmethod
    def applies(cls, portfolio: Portfolio) -> bool:
        """Whether some budget states a price."""
        return any(True for _ in _priced(portfolio))

    @property
    def name(self) -> str:
        """``overspend``."""
        return "overspend"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """What each such budget costs beyond itself, over its stretches of time."""
        facts = plan.portfolio
        found = {}
        for budget, price in _priced(facts):
            names = [item.name for item in facts.initiatives if budget.covers(item)]
            over = 0
            for limit in budget.limits(facts.timeline):
                periods = limit.bucket.periods
                spent = sum(plan.spent(name, periods, budget.money) for name in names)
                over += max(spent - limit.amount, 0)
            found[budget.name] = price * over
        return found

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """An account with a price for each stretch of time."""
        for budget, price in _priced(portfolio):
            names = [item.name for item in portfolio.initiatives if budget.covers(item)]
            ledger = money_ledger(portfolio, names, budget.money)
            for limit in budget.limits(portfolio.timeline):
                spent = tuple(ledger.entries(limit.bucket.periods))
                yield Account(spent, budget.name, most=limit.amount, price=price)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return "money that is paid for spending beyond budgets"


def _priced(portfolio: Portfolio) -> Iterator[tuple[Budget, int]]:
    return ((item, item.price) for item in portfolio.budgets if item.price is not None)
