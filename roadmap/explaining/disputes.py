"""Claims that compete: what each would mean, and where the decision turns from one to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

import attrs

from roadmap._frozen import FrozenMapping, frozen_fields
from roadmap._text import money, text_table
from roadmap.errors import Fault, ProblemError, ScheduleError
from roadmap.evaluation import evaluate
from roadmap.explaining.inquiry import Answer, Inquiry
from roadmap.explaining.intervals import Interval
from roadmap.explaining.reasons import plan_of
from roadmap.parts import Account, Entry, Inclusion, Lag, Part, Window
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem, as_problem
from roadmap.result import Result
from roadmap.rules import Constraint, Violation
from roadmap.schedule import Schedule


@attrs.frozen(field_transformer=frozen_fields)
class Claim:
    """What follows if one of several claims is true.

    Attributes
    ----------
    name
        What the claim is called.
    problem
        The question if it is true.
    optimum
        What the best plan then costs, as far as it is proven.
    feasible
        Whether there is a plan then; ``None`` if that is not known.
    schedule
        The best plan known.
    costs
        For the plan in question and for the best plan under each claim: what it costs if this
        claim is true and all its starts are kept; ``None`` where that breaks a rule.
    broken
        For the same plans the number of rules that they break then.
    """

    name: str
    problem: Problem
    optimum: Interval
    feasible: bool | None
    schedule: Schedule | None
    costs: Mapping[str, int | None]
    broken: Mapping[str, int]


@attrs.frozen
class Claims:
    """Competing claims side by side; it prints itself as a table.

    Attributes
    ----------
    items
        The claims, in the order given.
    """

    items: tuple[Claim, ...]

    def __getitem__(self, name: str) -> Claim:
        """The claim of a name."""
        return {item.name: item for item in self.items}[name]

    def __len__(self) -> int:
        return len(self.items)

    def __str__(self) -> str:
        plans = list(self.items[0].costs) if self.items else []
        rows = [
            [item.name, _best(item), *(_cell(item, plan) for plan in plans)] for item in self.items
        ]
        return text_table(["if true", "best plan", *(f"plan: {plan}" for plan in plans)], rows)


def _best(claim: Claim) -> str:
    if claim.feasible is False:
        return "no plan"
    currency = claim.problem.portfolio.currency
    return claim.optimum.told(lambda amount: money(amount, currency))


def _cell(claim: Claim, plan: str) -> str:
    cost = claim.costs[plan]
    if cost is not None:
        return money(cost, claim.problem.portfolio.currency)
    return f"breaks {claim.broken[plan]} rules"


def claims(
    result: Result, stated: Mapping[str, Portfolio | Problem], *, inquiry: Inquiry | None = None
) -> Claims:
    """Set claims about the facts against each other.

    Parameters
    ----------
    result
        The plan in question; in the table it is called ``given``.
    stated
        The facts, or the problem, as each claim has them, by the claim's name.
    inquiry
        Asks the questions; default one of its own.

    Raises
    ------
    ScheduleError
        There is no plan.
    """
    inquiry = inquiry or Inquiry()
    problems = {name: as_problem(question) for name, question in stated.items()}
    given = plan_of(result)
    answers = dict(
        zip(
            problems,
            inquiry.ask_all(list(problems.values())),
            strict=True,
        )
    )
    plans = {"given": given}
    plans |= {name: one.schedule for name, one in answers.items() if one.schedule is not None}
    found = []
    for name, problem in problems.items():
        judged = {plan: _judged(problem, schedule) for plan, schedule in plans.items()}
        answer = answers[name]
        found.append(
            Claim(
                name=name,
                problem=problem,
                optimum=answer.optimum,
                feasible=answer.feasible,
                schedule=answer.schedule,
                costs=FrozenMapping({plan: cost for plan, (cost, _) in judged.items()}),
                broken=FrozenMapping({plan: broken for plan, (_, broken) in judged.items()}),
            )
        )
    return Claims(tuple(found))


def _shown(question: Portfolio | Problem, inquiry: Inquiry) -> Answer:
    return inquiry.ask(as_problem(question))


def _judged(problem: Problem, schedule: Schedule) -> tuple[int | None, int]:
    """What a plan costs with its starts kept and its work as long as the problem says."""
    starts = {name: place.start for name, place in schedule.items()}
    modes = {name: place.mode for name, place in schedule.items() if place.mode is not None}
    try:
        judged = evaluate(problem, Schedule.of(problem.portfolio, starts, modes))
    except ScheduleError as error:
        return None, len(error.faults)
    broken = len({violation.rule for violation in judged.violations})
    return None if broken else judged.objective, broken


@attrs.frozen
class Decision(Constraint):
    """The same work is done in the same ways, and starts in the same order.

    Attributes
    ----------
    groups
        Names of the initiatives, those that start together in one group, in order of start.
    modes
        The mode of each; the empty text where it has one way only.
    """

    groups: tuple[tuple[str, ...], ...]
    modes: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, schedule: Schedule) -> Decision:
        """The decision that a plan stands for."""
        places = sorted(schedule.values(), key=lambda place: (place.start, place.initiative))
        groups = tuple(
            tuple(place.initiative for place in group)
            for _, group in groupby(places, key=lambda place: place.start)
        )
        return cls(groups, tuple((place.initiative, place.mode or "") for place in places))

    @property
    def name(self) -> str:
        """``asked: the same decision``."""
        return "asked: the same decision"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """All that and nothing else is placed, in these modes, and nothing starts out of turn."""
        modes = {name: place.mode or "" for name, place in plan.placed.items()}
        starts = [[plan.placed[n].start for n in g if n in plan.placed] for g in self.groups]
        kept = modes == dict(self.modes)
        if not kept or any(max(one) > min(other) for one, other in pairwise(starts)):
            yield Violation(self.name, "the decision is another one", (), 1)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """Inclusions, lags from start to start, and no other work and modes."""
        chosen, never = dict(self.modes), portfolio.timeline.periods + 1
        for name, variants in portfolio.variants.items():
            if name not in chosen:
                yield Window(name, self.name, earliest=never)
                continue
            yield Inclusion(name, self.name)
            others = tuple(int(variant.mode.name != chosen[name]) for variant in variants)
            if any(others):
                yield Account((Entry(name, others),), self.name, most=0)
        for sooner, later in pairwise(self.groups):
            for one in sooner:
                for other in later:
                    yield Lag(one, other, self.name, from_finish=False)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return "the same work is done in the same ways, and starts in the same order"


@attrs.frozen
class Switch:
    """Where a decision turns as a number grows.

    Attributes
    ----------
    first
        The value at which the decision was taken.
    holds_until
        The last value, walking on from it, at which the decision is still as good as any: proven.
    turns_at
        The next value, at which another decision is better: proven; ``None`` if it holds for all
        values, or nothing is proven beyond ``holds_until``.
    schedule, other
        The best plan before, and the better one after; ``None`` if there is none.
    regret
        What keeping to the decision costs more where it turns; not known where it is not possible.
    complete
        Whether every value up to the turn, or the last one, was proven.
    """

    first: int
    holds_until: int
    turns_at: int | None
    schedule: Schedule
    other: Schedule | None
    regret: Interval
    complete: bool

    def __str__(self) -> str:
        if self.turns_at is None:
            sure = "" if self.complete else "; what lies beyond is not proven"
            return f"The decision is the same from {self.first} to {self.holds_until}{sure}."
        return (
            f"The decision holds from {self.first} to {self.holds_until} and turns at "
            f"{self.turns_at}: to keep to it would cost {self.regret.told()} more there."
        )


def switch_over(
    claim: Callable[[int], Portfolio | Problem],
    values: Sequence[int],
    *,
    inquiry: Inquiry | None = None,
) -> Switch:
    """Find the value of a disputed number at which another decision becomes better.

    A decision is what work is done, in which modes, and in which order it starts.

    Parameters
    ----------
    claim
        Makes the facts, or the problem, for a value.
    values
        The values to walk along, from the one at which the decision is taken; at least one.
    inquiry
        Asks the questions; default one of its own.

    Raises
    ------
    ProblemError
        No values are given, or there is no proven plan for the first.
    """
    inquiry = inquiry or Inquiry()
    first = _shown(claim(values[0]), inquiry) if values else None
    if first is None or first.schedule is None or not first.proven:
        told = "there is no proven plan to begin with"
        raise ProblemError([Fault("values", told, "begin with a value that has one")])
    decision, last = Decision.of(first.schedule), values[0]
    for value in values[1:]:
        problem = as_problem(claim(value))
        best, kept = _shown(problem, inquiry), inquiry.prove(problem.with_(decision))
        regret = (kept.optimum - best.optimum).at_least(0)
        turned = best.schedule is not None and (kept.infeasible or bool(regret.lower))
        if turned:
            return Switch(values[0], last, value, first.schedule, best.schedule, regret, True)
        if regret.value != 0 and not (best.infeasible and kept.infeasible):
            return Switch(values[0], last, None, first.schedule, None, regret, complete=False)
        last = value
    return Switch(values[0], last, None, first.schedule, None, Interval.exactly(0), complete=True)
