"""From a portfolio with pilots to its plan in stages, and what its information is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import attrs

from roadmap._text import money, text_table
from roadmap.constraints import SharedDecision
from roadmap.evaluation import Evaluation, evaluate
from roadmap.objectives import DeliveryCost
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem, as_problem
from roadmap.result import Result, Status
from roadmap.rules import Constraint, Objective
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.staging.branches import Branch, branches_of, parting
from roadmap.staging.wrapping import Expected, InBranch, InVain, VariantStarts


@attrs.frozen
class StagedBranch:
    """What is done where certain outcomes come about.

    Attributes
    ----------
    label
        The outcomes in words.
    probability
        How likely they are; all add up to 1.
    problem
        The question as it stands then: follow-on work of pilots that fail is left out.
    schedule
        The plan: up to the first gate that is decided otherwise it is that of other branches.
    evaluation
        The judge's word on it; its objective is what this branch costs.
    """

    label: str
    probability: Fraction
    problem: Problem
    schedule: Schedule
    evaluation: Evaluation

    @property
    def plan(self) -> Result:
        """The plan as a report, which can be shown, drawn and written; alone it proves nothing."""
        return Result(
            self.problem, Status.FEASIBLE, self.schedule, self.evaluation, solver="staged"
        )


@attrs.frozen
class Staged:
    """A plan in stages: what to do before anything is known, and what then, for each outcome.

    Attributes
    ----------
    result
        The report on the deterministic equivalent: all branches at once, with money times the
        weights of the branches (``scale`` is their sum).
    committed_result
        The same for the best single plan, decided before any outcome is known.
    branches
        The plan of each branch, those alike longest beside each other; none without a plan.
    shared
        What is started before the first gate, and so in every branch.
    scale
        The sum of the branches' weights.
    """

    result: Result
    committed_result: Result
    branches: tuple[StagedBranch, ...]
    shared: Schedule
    scale: int

    @property
    def status(self) -> Status:
        """What is known of the plan in stages."""
        return self.result.status

    @property
    def expected(self) -> Fraction | None:
        """Expected cost of the plan in stages; ``None`` without one."""
        return self._scaled(self.result.objective)

    @property
    def committed(self) -> Fraction | None:
        """Expected cost of the best plan that takes no notice of outcomes; ``None`` without one.

        It is the same in every branch, and keeps the same gates. Follow-on work that is in it is
        paid for in all branches, and brings something only where it can.
        """
        return self._scaled(self.committed_result.objective)

    @property
    def value_of_information(self) -> Fraction | None:
        """By how much heeding the outcomes lowers the expected cost; never negative.

        ``None`` unless both plans are known; exact if both are optimal.
        """
        if self.expected is None or self.committed is None:
            return None
        return self.committed - self.expected

    def _scaled(self, objective: int | None) -> Fraction | None:
        return None if objective is None else Fraction(objective, self.scale)

    def __str__(self) -> str:
        if self.expected is None:
            return f"in stages: {self.result.headline}"
        head = [f"in stages: {self.status}, expected cost {_said(self.expected)}"]
        if self.value_of_information is not None:
            head.append(f"value of information {_said(self.value_of_information)}")
        rows = [
            (b.label, f"{float(b.probability):.0%}", money(b.evaluation.objective))
            for b in self.branches
        ]
        return ", ".join(head) + "\n\n" + text_table(("outcome", "probability", "cost"), rows)


def solve_staged(question: Portfolio | Problem, **options: Any) -> Staged:
    """Plan for every outcome of the pilots at once.

    Before each gate, branches that its outcome tells apart decide alike; from then on each may go
    its own way. Follow-on work of a pilot that fails, or that is left out, cannot be carried out;
    there even mandatory work is left out. What then cannot be done without it must be optional, or
    follow-on work too, or there is no plan.

    Parameters
    ----------
    question
        The problem; a portfolio is taken as its standard problem. At most three of its pilots
        have an outcome that is not certain: each doubles the whole.
    **options
        As for ``solve``, which is called twice with them, ``hint`` excepted.

    Returns
    -------
    Staged
        An infeasible problem is a result, never an error.

    Raises
    ------
    ProblemError
        There are too many pilots of uncertain outcome.
    """
    problem = as_problem(question)
    branches = branches_of(problem)
    joint, committed = equivalent(problem, branches), equivalent(problem, branches, committed=True)
    blind = solve(committed, **options)
    # what is decided without notice of outcomes keeps the rules of what heeds them
    result = solve(joint, **options, hint=blind.schedule)
    scale = sum(branch.weight for branch in branches)
    parts: tuple[StagedBranch, ...] = ()
    if result.schedule is not None:
        parts = tuple(_part(branch, result.schedule, scale) for branch in branches)
    return Staged(result, blind, parts, _shared(problem.portfolio, branches, parts), scale)


def equivalent(problem: Problem, branches: Sequence[Branch], *, committed: bool = False) -> Problem:
    """The deterministic equivalent: one question about all branches.

    Parameters
    ----------
    problem
        The question with pilots.
    branches
        Its branches.
    committed
        Whether all is decided before any outcome is known, and follow-on work is paid for in
        every branch; default ``False``.
    """
    facts = problem.portfolio
    copies = [copy for branch in branches for copy in branch.copies()]
    terms: list[Objective] = [Expected(term, tuple(branches)) for term in problem.objective]
    if committed and DeliveryCost() in problem.objective:
        terms.append(InVain(tuple(branches)))
    rules = [
        *(rule for branch in branches for rule in _rules(branch)),
        *_alike(facts, branches, committed=committed),
    ]
    bare = Portfolio(
        timeline=facts.timeline, initiatives=copies, name=facts.name, currency=facts.currency
    )
    return Problem(bare, terms, rules)


def _rules(branch: Branch) -> Iterator[Constraint]:
    yield from (InBranch(branch, rule) for rule in branch.problem.constraints)
    for name, variants in branch.portfolio.variants.items():
        if any(variant.starts is not None for variant in variants):
            yield VariantStarts(branch, name)


def _alike(
    facts: Portfolio, branches: Sequence[Branch], *, committed: bool
) -> Iterator[SharedDecision]:
    """What is one decision in branches that stand beside each other.

    Branches are in the order of their outcomes, so that those between two of them are no sooner
    told apart than these; and equality is passed on.
    """
    for name in facts.initiative:
        for one, other in pairwise(branches):
            yield SharedDecision(one.tagged(name), other.tagged(name), parting(facts, one, other))
        fit = [branch for branch in branches if name not in branch.impossible]
        for one, other in pairwise(fit) if committed else ():
            for_good = facts.timeline.periods + 1
            yield SharedDecision(one.tagged(name), other.tagged(name), for_good)


def _part(branch: Branch, joint: Schedule, scale: int) -> StagedBranch:
    schedule = branch.schedule(joint)
    return StagedBranch(
        branch.label,
        Fraction(branch.weight, scale),
        branch.problem,
        schedule,
        evaluate(branch.problem, schedule),
    )


def _shared(
    facts: Portfolio, branches: Sequence[Branch], parts: Sequence[StagedBranch]
) -> Schedule:
    """What starts before the first gate; all of it where nothing is open."""
    if not parts:
        return Schedule()
    gates = [parting(facts, one, other) for one, other in pairwise(branches)]
    first = min(gates, default=facts.timeline.periods + 1)
    return Schedule(place for place in parts[0].schedule.values() if place.start < first)


def _said(amount: Fraction) -> str:
    """Money that may have a fraction."""
    return money(int(amount)) if amount.denominator == 1 else f"{float(amount):,.2f}"
