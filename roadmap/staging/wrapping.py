"""Rules and terms of the branches as rules and terms of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from roadmap.objectives import DeliveryCost
from roadmap.parts import Account, Charge, Entry, Overrun, Part, Resource
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Objective, Violation
from roadmap.staging.branches import Branch
from roadmap.staging.copying import copied


@attrs.frozen
class InBranch(Constraint):
    """A rule that holds in a branch."""

    branch: Branch
    rule: Constraint

    @property
    def name(self) -> str:
        """The rule's name, with the branch."""
        return self.branch.tagged(self.rule.name)

    @property
    def basis(self) -> str:
        """The rule's basis."""
        return self.rule.basis

    def check(self, plan: Plan) -> Iterator[Violation]:
        """The branch's part of the plan keeps it."""
        for found in self.rule.check(self.branch.plan(plan)):
            who = tuple(self.branch.tagged(name) for name in found.who)
            yield attrs.evolve(found, rule=self.name, who=who)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """What the rule posts, about the branch's copies."""
        return copied(self.rule.post(self.branch.portfolio), self.branch)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self.rule.sentence(self.branch.portfolio)} ({self.branch.label})"


@attrs.frozen
class VariantStarts(Constraint):
    """Work starts where the variant that is chosen allows it."""

    branch: Branch
    initiative: str

    @property
    def name(self) -> str:
        """``starts of X``, with the branch."""
        return self.branch.tagged(f"starts of {self.initiative}")

    def check(self, plan: Plan) -> Iterator[Violation]:
        """If placed, its variant may start there."""
        copy = self.branch.tagged(self.initiative)
        place = plan.placed.get(copy)
        variants = self.branch.portfolio.variants[self.initiative]
        for at, variant in enumerate(variants):
            if place is None or place.mode != str(at) or variant.starts is None:
                continue
            if place.start not in variant.starts:
                message = f"{copy} does not take so long from there"
                yield Violation(self.name, message, (copy,), 1)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """An account that other starts would overdraw."""
        periods = range(self.branch.portfolio.timeline.periods + 1)
        amounts = tuple(
            0
            if variant.starts is None
            else tuple(int(start not in variant.starts) for start in periods)
            for variant in self.branch.portfolio.variants[self.initiative]
        )
        entry = Entry(self.branch.tagged(self.initiative), amounts)
        yield Account((entry,), self.name, most=0)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self.initiative} takes as long as its effort wants ({self.branch.label})"


@attrs.frozen
class Expected(Objective):
    """A term over all branches, each as often as it comes about."""

    term: Objective
    branches: tuple[Branch, ...]

    @property
    def name(self) -> str:
        """The term's name."""
        return self.term.name

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """What each branch costs, times its weight."""
        return {
            branch.tagged(what): money * branch.weight
            for branch in self.branches
            for what, money in self.term.amounts(branch.plan(plan)).items()
        }

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """What the term posts, about each branch's copies, times its weight."""
        for branch in self.branches:
            posted = tuple(self.term.post(branch.portfolio))
            yield from copied((*_unlimited(posted, branch), *posted), branch)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self.term.sentence(portfolio)}, over all outcomes"


def _unlimited(posted: Iterable[Part], branch: Branch) -> Iterator[Part]:
    """Teams whose limit is lifted, where going beyond it costs: the copies have no teams."""
    for part in posted:
        if not isinstance(part, Overrun):
            continue
        rules = (rule.post(branch.portfolio) for rule in branch.problem.constraints)
        limited = {p.name for parts in rules for p in parts if isinstance(p, Resource)}
        if part.resource not in limited:
            most = sum(
                max(variant.mode.demand.get(part.resource, 0) for variant in variants)
                for variants in branch.portfolio.variants.values()
            )
            profile = branch.portfolio.capacity[part.resource]
            extra = (most,) * len(profile)
            yield Resource(part.resource, profile, part.origin, extra=extra)


@attrs.frozen
class InVain(Objective):
    """What follow-on work costs in the branches where it brings nothing, if it is done anyway.

    Its decision is that of the branch in which it brings something.

    Attributes
    ----------
    branches
        All of them.
    """

    branches: tuple[Branch, ...]

    @property
    def name(self) -> str:
        """``spent in vain``."""
        return "spent in vain"

    def _wasted(self) -> Iterator[tuple[str, Branch, int]]:
        """Work, a branch in which it can be done, and the weight of those in which it cannot."""
        for name in self.branches[0].portfolio.initiative:
            fit = [branch for branch in self.branches if name not in branch.impossible]
            lost = sum(b.weight for b in self.branches if name in b.impossible)
            if fit and lost:
                yield name, fit[0], lost

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """Delivery cost times the weight of the branches in which it is in vain."""
        return {
            name: spent * lost
            for name, branch, lost in self._wasted()
            if (spent := DeliveryCost().amounts(branch.plan(plan)).get(name, 0))
        }

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """Further charges for the copies that bring something."""
        for name, branch, lost in self._wasted():
            bare = attrs.evolve(branch, weight=lost)
            for part in DeliveryCost().post(branch.portfolio):
                if isinstance(part, Charge) and part.activity == name:
                    yield from copied([part], bare)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return "money spent on follow-on work although its pilot failed"
