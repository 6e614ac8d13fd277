"""Shares of money or capacity that a category of work gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Self

import attrs

from roadmap.buckets import Bucket, buckets
from roadmap.facts import Quota
from roadmap.fields import Record, of
from roadmap.outlays import Ledger, capacity_ledger, money_ledger
from roadmap.parts import Account, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class CategoryQuota(Constraint):
    """A category takes at least, or at most, so much of the money or of the capacity used.

    Attributes
    ----------
    quota
        The fact.
    """

    quota: Quota = attrs.field(metadata=of(Record((Quota,))))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every quota."""
        return (cls(quota) for quota in portfolio.quotas)

    @property
    def name(self) -> str:
        """``quota of X``."""
        return f"quota of {self.quota.name}"

    @property
    def basis(self) -> str:
        """The quota's basis."""
        return self.quota.basis

    def check(self, plan: Plan) -> Iterator[Violation]:
        """In each stretch of time the category has enough, and not too much."""
        fact = self.quota
        for bucket in buckets(plan.portfolio.timeline, fact.per):
            used = {name: self._used(plan, name, bucket) for name in plan.placed}
            mine = {name: used[name] for name in self._of_category(plan.portfolio) if name in used}
            parts, whole = (100, sum(used.values())) if fact.percent else (1, 1)
            has, who = sum(mine.values()), tuple(name for name, part in mine.items() if part)
            told = f"{fact.name}: {fact.category} has {has:,} {bucket.label}"
            if fact.percent:
                told += f" of {whole:,}"
            if fact.least is not None and parts * has < fact.least * whole:
                missing = -(-(fact.least * whole - parts * has) // parts)
                message = f"{told}, and needs {self._said(fact.least)}"
                yield Violation(self.name, message, who, missing)
            if fact.most is not None and parts * has > fact.most * whole:
                over = -(-(parts * has - fact.most * whole) // parts)
                message = f"{told}, and may have {self._said(fact.most)}"
                yield Violation(self.name, message, who, over)

    def _used(self, plan: Plan, name: str, bucket: Bucket) -> int:
        if self.quota.measure == "capacity":
            return plan.occupied(name, self._teams(plan.portfolio), bucket.periods)
        return plan.spent(name, bucket.periods, self.quota.measure)

    def _teams(self, portfolio: Portfolio) -> Sequence[str]:
        return self.quota.teams or tuple(portfolio.team)

    def _of_category(self, portfolio: Portfolio) -> list[str]:
        return [i.name for i in portfolio.initiatives if i.category == self.quota.category]

    def _said(self, bound: int) -> str:
        return f"{bound} %" if self.quota.percent else f"{bound:,}"

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """Accounts; with percentages, what is used less the share of all that is."""
        fact = self.quota
        mine = self._ledger(portfolio, self._of_category(portfolio))
        others = [i.name for i in portfolio.initiatives if i.category != fact.category]
        theirs = self._ledger(portfolio, others)
        for bucket in buckets(portfolio.timeline, fact.per):
            periods = bucket.periods
            if not fact.percent:
                yield Account(tuple(mine.entries(periods)), self.name, fact.least, fact.most)
                continue
            for bound, least, most in ((fact.least, 0, None), (fact.most, None, 0)):
                if bound is not None:
                    both = (*mine.entries(periods, 100 - bound), *theirs.entries(periods, -bound))
                    yield Account(both, self.name, least, most)

    def _ledger(self, portfolio: Portfolio, names: Iterable[str]) -> Ledger:
        """The money that some initiatives spend, or the capacity that they use."""
        if self.quota.measure == "capacity":
            return capacity_ledger(portfolio, names, self._teams(portfolio))
        return money_ledger(portfolio, names, self.quota.measure)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        fact = self.quota
        bounds = [
            f"{word} {self._said(bound)}"
            for word, bound in (("at least", fact.least), ("at most", fact.most))
            if bound is not None
        ]
        thing = {"money": "the money", "capacity": "the capacity used"}.get(
            fact.measure, f"the {fact.measure} expenditure"
        )
        when = "in all" if fact.per == "total" else f"in each {fact.per}"
        return f"{fact.category} has {' and '.join(bounds)} of {thing} {when}"
