"""Genuine or manufactured: what each named rule costs, crossed with what it rests on.

The price of a rule is the optimum less the optimum without the rule. Prices do not add up: rules
that cost nothing one by one may cost a lot together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import attrs

from roadmap._text import money, text_table
from roadmap.errors import Fault, ProblemError
from roadmap.evaluation import evaluate
from roadmap.explaining.conflict import conflicts
from roadmap.explaining.families import explored
from roadmap.explaining.inquiry import Answer, Inquiry
from roadmap.explaining.intervals import NOT_KNOWN, Interval
from roadmap.explaining.kinds import kind_of
from roadmap.explaining.negations import negation
from roadmap.explaining.reasons import holding_up
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem, as_problem
from roadmap.result import Result
from roadmap.rules import Constraint
from roadmap.schedule import Schedule

Verdict = Literal["binding", "jointly binding", "implied", "not binding", "conflicting", "unproven"]
SOFT_BASES = ("policy", "preference", "unstated")
"""Grounds that somebody can change by deciding so, or that nobody has stated."""


@attrs.frozen
class Finding:
    """What was found of a rule.

    Attributes
    ----------
    rule
        Its name.
    sentence
        The rule in business words.
    basis
        What it rests on.
    verdict
        ``binding``: without it the best plan costs less, by its price. ``jointly binding``: not
        alone, but together with others. ``implied``: the other rules entail it. ``not binding``:
        without it the best plan costs the same. ``conflicting``: it is one of a small set of rules
        that cannot all be kept. ``unproven``: not found out.
    price
        What the best plan costs more because of it, as far as it is proven.
    together
        Where it binds jointly or conflicts: a smallest set of rules that does so, itself included.
    note
        What was not found out; may be empty.
    """

    rule: str
    sentence: str
    basis: str
    verdict: Verdict
    price: Interval = NOT_KNOWN
    together: tuple[str, ...] = ()
    note: str = ""

    @property
    def manufactured(self) -> bool:
        """Whether it costs something, and rests on policy, preference or nothing stated."""
        return self.basis in SOFT_BASES and self.verdict in (
            "binding",
            "jointly binding",
            "conflicting",
        )

    @property
    def quoted_in_vain(self) -> bool:
        """Whether grounds are stated for it, and yet it holds nothing up."""
        return self.basis != "unstated" and self.verdict in ("not binding", "implied")


@attrs.frozen
class Audit:
    """The verdict on every named rule; it prints itself.

    Attributes
    ----------
    problem
        What was asked.
    optimum
        What the best plan costs, as far as it is proven.
    feasible
        Whether there is a plan; ``None`` if that is not known.
    findings
        One for each rule, in the problem's order.
    """

    problem: Problem
    optimum: Interval
    feasible: bool | None
    findings: tuple[Finding, ...]

    def __getitem__(self, rule: str) -> Finding:
        """The finding on a rule, by its name."""
        return {finding.rule: finding for finding in self.findings}[rule]

    def __len__(self) -> int:
        return len(self.findings)

    @property
    def challenges(self) -> tuple[Finding, ...]:
        """The rules worth challenging: those that cost something on weak grounds, dearest first."""
        found = [one for one in self.findings if one.manufactured]
        return tuple(sorted(found, key=lambda one: -(one.price.lower or 0)))

    @property
    def policies(self) -> tuple[Finding, ...]:
        """The rules that rest on policy or preference, with what they cost."""
        return tuple(one for one in self.findings if one.basis in ("policy", "preference"))

    def __str__(self) -> str:
        currency = self.problem.portfolio.currency
        rows = [
            (one.rule, one.basis, one.verdict, _told(one, currency))
            for one in sorted(self.findings, key=_rank)
        ]
        return text_table(("rule", "basis", "verdict", "price"), rows)


_ORDER = ("conflicting", "binding", "jointly binding", "unproven", "not binding", "implied")


def _rank(finding: Finding) -> tuple[int, int]:
    return _ORDER.index(finding.verdict), -(finding.price.lower or 0)


def _told(finding: Finding, currency: str) -> str:
    if finding.together:
        others = [name for name in finding.together if name != finding.rule]
        return f"with {', '.join(others)}" if others else "alone"
    if finding.verdict == "conflicting":
        return "–"
    return finding.price.told(lambda amount: money(amount, currency))


def audit(
    question: Result | Problem | Portfolio,
    result: Result | None = None,
    *,
    inquiry: Inquiry | None = None,
) -> Audit:
    """Find out what each named rule costs.

    Parameters
    ----------
    question
        A result, whose problem is audited; or the problem itself.
    result
        A result of that problem, so that what it has proven need not be proven again.
    inquiry
        Asks the questions; default one of its own.

    Raises
    ------
    ProblemError
        The result answers another problem.
    """
    if isinstance(question, Result):
        problem, result = question.problem, question
    else:
        problem = as_problem(question)
    inquiry = inquiry or Inquiry()
    if result is not None and result.problem.fingerprint != problem.fingerprint:
        told = "it answers another problem"
        raise ProblemError([Fault("result", told, "solve the problem that is to be audited")])
    base = inquiry.prove(problem) if result is None else inquiry.learn(result)
    findings = _Findings(problem, base, inquiry)
    found = findings.conflicting() if base.infeasible else findings.priced()
    return Audit(problem, base.optimum, base.feasible, found)


@attrs.define(eq=False)
class _Findings:
    """One audit: its problem, the best plan, and who asks."""

    problem: Problem
    base: Answer
    inquiry: Inquiry
    _first: dict[str, Constraint] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._first = {rule.name: rule for rule in reversed(self.problem.constraints)}
        self._first = dict(reversed(self._first.items()))

    def conflicting(self) -> tuple[Finding, ...]:
        """Verdicts where there is no plan: who is in a conflict, and who has no part in any."""
        told = conflicts(self.problem, most=_CONFLICTS, inquiry=self.inquiry)
        found = []
        for name in self._first:
            own = next((one for one in told.conflicts if name in one.rules), None)
            if own is not None:
                found.append(self._finding(name, "conflicting", NOT_KNOWN, own.rules))
            elif told.complete:
                found.append(
                    self._finding(name, "not binding", note="it has a part in no conflict")
                )
            else:
                note = "not all conflicts were found"
                found.append(self._finding(name, "unproven", note=note))
        return tuple(found)

    def priced(self) -> tuple[Finding, ...]:
        """Verdicts where there is a plan, or may be one."""
        prices = self._prices()
        idle = [name for name, price in prices.items() if price == Interval.exactly(0)]
        together, complete = self._together(idle)
        return tuple(self._judged(name, prices[name], together, complete) for name in self._first)

    def _finding(
        self,
        name: str,
        verdict: Verdict,
        price: Interval = NOT_KNOWN,
        together: tuple[str, ...] = (),
        note: str = "",
    ) -> Finding:
        rule = self._first[name]
        sentence = rule.sentence(self.problem.portfolio)
        return Finding(name, sentence, rule.basis, verdict, price, together, note)

    def _judged(
        self, name: str, price: Interval, together: dict[str, tuple[str, ...]], complete: bool
    ) -> Finding:
        if price.lower is not None and price.lower > 0:
            return self._finding(name, "binding", price)
        if not price.proven:
            note = "the time was too short to prove its price"
            return self._finding(name, "unproven", price, note=note)
        if name in together:
            return self._finding(name, "jointly binding", price, together[name])
        implied = self._implied(name)
        if implied:
            return self._finding(name, "implied", price)
        notes = ["whether it binds together with others was not found out"] * (not complete)
        notes += ["whether the others imply it was not found out"] * (implied is None)
        return self._finding(name, "not binding", price, note="; ".join(notes))

    def _without(self, names: Sequence[str]) -> Interval:
        """What rules cost together."""
        return self._price(self.inquiry.prove(self.problem.without(*names)))

    def _price(self, answer: Answer) -> Interval:
        return (self.base.optimum - answer.optimum).at_least(0)

    def _prices(self) -> dict[str, Interval]:
        """The price of each rule."""
        self._lift_at_once()
        answers = self.inquiry.prove_all([self.problem.without(name) for name in self._first])
        return {
            name: self._price(answer) for name, answer in zip(self._first, answers, strict=True)
        }

    def _lift_at_once(self) -> None:
        """Lift rules that seem to hold nothing up many at once, and fewer where that is not so.

        Where many together cost nothing, none of them does alone; so each of those questions is
        answered before it is asked.
        """
        schedule = self.base.schedule
        placed = schedule or Schedule()
        tight = {rule for name in placed for rule in holding_up(self.problem, placed, name)}
        kinds: dict[str, list[str]] = {}
        for name, rule in self._first.items():
            if name not in tight:
                kinds.setdefault(kind_of(rule, self.problem), []).append(name)
        groups = [group for group in kinds.values() if len(group) > 1]
        while groups:
            answers = self.inquiry.prove_all([self.problem.without(*group) for group in groups])
            costly = [
                group
                for group, answer in zip(groups, answers, strict=True)
                if self._price(answer).value != 0
            ]
            halves = [half for g in costly for half in (g[: len(g) // 2], g[len(g) // 2 :])]
            groups = [half for half in halves if len(half) > 1]

    def _together(self, idle: Sequence[str]) -> tuple[dict[str, tuple[str, ...]], bool]:
        """For each rule that costs nothing alone: the others with which it costs something."""

        def costs(lifted: frozenset[str]) -> bool | None:
            price = self._without(sorted(lifted))
            return True if price.lower else False if price.upper == 0 else None

        found: dict[str, tuple[str, ...]] = {}
        enough = self.inquiry.asked + _QUESTIONS * (len(idle) + 10)
        family = explored(
            idle, costs, _SETS, lambda: self.inquiry.over or self.inquiry.asked > enough
        )
        for one in family.smallest:
            if one.proven:
                for name in one.members:
                    found.setdefault(name, one.members)
        return found, family.complete

    def _implied(self, name: str) -> bool | None:
        """Whether the other rules entail a rule: no plan keeps them and breaks it."""
        rule = self._first[name]
        rest = self.problem.without(name).replace(objective=())
        if sum(one.name == name for one in self.problem.constraints) > 1:
            return None
        if any(self._breaks(rule, rest, at) for at in range(len(self.inquiry.plans))):
            return False
        ways = negation(rule, self.problem.portfolio)
        if ways is None or len(ways) > _WAYS:
            return None
        for way in ways:
            feasible = self.inquiry.prove(rest.with_(way)).feasible
            if feasible is not False:
                return None if feasible is None else False
        return True

    def _breaks(self, rule: Constraint, rest: Problem, at: int) -> bool:
        """Whether a known plan keeps all but a rule, and breaks this one."""
        plan = self.inquiry.plans[at]
        broken = next(rule.check(Plan(rest.portfolio, plan)), None) is not None
        return broken and evaluate(rest, plan).feasible


_CONFLICTS = 30
"""So many conflicts are enough where there is no plan."""

_SETS = 10
"""So many smallest sets of jointly binding rules are enough."""

_QUESTIONS = 5
"""So many questions for each rule that costs nothing alone are enough to find those sets."""

_WAYS = 60
"""A rule that can be broken in more ways than this is not asked whether others imply it."""
