"""What it would take to meet a need by a date: people, money, time, or rules to lift.

Each answer is the smallest of its kind: it is solved at the change, and once more a step short of
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

import attrs

from roadmap._text import money
from roadmap.explaining.asking import Met
from roadmap.explaining.conflict import sentences, unkeepable
from roadmap.explaining.families import explored
from roadmap.explaining.inquiry import Inquiry
from roadmap.explaining.intervals import NOT_KNOWN, Interval
from roadmap.explaining.kinds import names_of
from roadmap.explaining.lateness import earliest, need_of
from roadmap.explaining.slippage import with_team
from roadmap.facts import Budget, Member
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem, as_problem
from roadmap.result import Result


@attrs.frozen
class More:
    """More of one team, in every period.

    Attributes
    ----------
    team
        Its name.
    units
        How many more it takes; ``None`` if no number of them is enough.
    proven
        Whether it is proven that these are enough and one less is not, or that none is enough.
    cost
        What the best plan that meets the need then costs, as far as it is proven.
    """

    team: str
    units: int | None
    proven: bool
    cost: Interval = NOT_KNOWN


@attrs.frozen
class MoreMoney:
    """More of one budget, in each of its stretches of time.

    Attributes
    ----------
    budget
        Its name.
    amount
        How much more it takes; ``None`` if no amount is enough.
    proven
        Whether it is proven that this is enough and a unit less is not, or that none is enough.
    cost
        What the best plan that meets the need then costs, as far as it is proven.
    """

    budget: str
    amount: int | None
    proven: bool
    cost: Interval = NOT_KNOWN


@attrs.frozen
class Lifted:
    """Rules to lift.

    Attributes
    ----------
    rules
        Their names; it is proven that with any one of them kept the need is not met in time.
    cost
        What the best plan that meets the need then costs, as far as it is proven.
    """

    rules: tuple[str, ...]
    cost: Interval


@attrs.frozen
class Means:
    """What it would take to meet a need by a date.

    Attributes
    ----------
    problem
        What was asked.
    need
        Its label.
    by
        The boundary.
    possible
        Whether a plan meets it by then as things are; ``None`` if that was not found out.
    price
        What the best such plan costs more than the best plan.
    date
        The earliest boundary at which it can be met as things are; ``None`` for never: proven.
    capacity
        For each team, how many more units are enough, if nothing else changes.
    money
        For each budget without a price, how much more is enough, if nothing else changes.
    scope
        What need not be carried out then, if nothing else changes: smallest sets of work to drop.
    limits
        Smallest sets of any rules to lift.
    complete
        Whether ``scope`` and ``limits`` hold all smallest sets.
    """

    problem: Problem
    need: str
    by: int
    possible: bool | None
    price: Interval = NOT_KNOWN
    date: Interval | None = NOT_KNOWN
    capacity: tuple[More, ...] = ()
    money: tuple[MoreMoney, ...] = ()
    scope: tuple[Lifted, ...] = ()
    limits: tuple[Lifted, ...] = ()
    complete: bool = False

    def __str__(self) -> str:
        facts = self.problem.portfolio
        when = facts.timeline.label(self.by)
        if self.possible:
            price = self.price.told(self._money)
            return f"{self.need} can be met from {when}; it costs {price} more than the best plan."
        if self.possible is None:
            return f"{self.need}: whether it can be met from {when} is not known."
        said = [f"{self.need} cannot be met from {when}.", f"  {self._date()}"]
        said += [f"  {line}" for line in (*self._capacity(), *self._more_money())]
        for title, found in (("dropping", self.scope), ("lifting", self.limits)):
            for one in found:
                said.append(f"  Or {title} these; the best plan then costs {self._cost(one.cost)}:")
                said += [f"  {line}" for line in sentences(self.problem, one.rules)]
        return "\n".join(said)

    def _money(self, amount: int) -> str:
        return money(amount, self.problem.portfolio.currency)

    def _more_money(self) -> Iterator[str]:
        for one in self.money:
            if one.amount is None:
                sure = "" if one.proven else ", as far as was found out"
                yield f"More of {one.budget} alone is no help{sure}."
            else:
                sure = "" if one.proven else " (perhaps less)"
                enough = f"{self._money(one.amount)} more of {one.budget} is enough{sure}"
                yield f"{enough}; the best plan then costs {self._cost(one.cost)}."

    def _cost(self, cost: Interval) -> str:
        return cost.told(self._money)

    def _date(self) -> str:
        if self.date is None:
            return "As things are, no plan meets it."
        when = self.date.told(self.problem.portfolio.timeline.label)
        return f"The earliest as things are is {when}."

    def _capacity(self) -> Iterator[str]:
        for one in self.capacity:
            if one.units is None:
                sure = "" if one.proven else ", as far as was found out"
                yield f"More of {one.team} alone is no help{sure}."
            else:
                sure = "" if one.proven else " (perhaps fewer)"
                cost = self._cost(one.cost)
                enough = f"{one.units} more of {one.team} is enough{sure}"
                yield f"{enough}; the best plan then costs {cost}."


def what_would_it_take(
    question: Result | Problem | Portfolio,
    need: str,
    by: str | int | date,
    *,
    inquiry: Inquiry | None = None,
) -> Means:
    """Find the smallest changes that let a need be met by a date.

    Parameters
    ----------
    question
        A result, a problem or a portfolio.
    need
        The need's label.
    by
        Date by whose end, or boundary by which, it must be met.
    inquiry
        Asks the questions; default one of its own.

    Raises
    ------
    ScheduleError
        There is no such need.
    """
    inquiry = inquiry or Inquiry()
    problem = learnt(question, inquiry)
    wanted = need_of(problem, need)
    rule = Met(wanted, problem.portfolio.timeline.ending(by))
    base, answer = inquiry.prove_all([problem, problem.with_(rule)])
    means = Means(problem, need, rule.latest, answer.feasible)
    if answer.feasible is not False:
        return attrs.evolve(means, price=(answer.optimum - base.optimum).at_least(0))
    scope, all_scope = _lifted(problem, rule, names_of(problem, "scope"), inquiry)
    names = names_of(problem, "calendars", "teams", "scope", "others", "dependencies")
    limits, all_limits = _lifted(problem, rule, names, inquiry)
    return attrs.evolve(
        means,
        date=earliest(problem, wanted, inquiry),
        capacity=tuple(
            _more(problem, rule, team.name, inquiry) for team in problem.portfolio.teams
        ),
        money=tuple(
            _more_money(problem, rule, budget, inquiry)
            for budget in problem.portfolio.budgets
            if budget.price is None
        ),
        scope=scope,
        limits=tuple(one for one in limits if one not in scope),
        complete=all_scope and all_limits,
    )


def learnt(question: Result | Problem | Portfolio, inquiry: Inquiry) -> Problem:
    """The problem in question, after taking in what a result has proven of it."""
    if isinstance(question, Result):
        inquiry.learn(question)
        return question.problem
    return as_problem(question)


def _lifted(
    problem: Problem, rule: Met, names: Sequence[str], inquiry: Inquiry
) -> tuple[tuple[Lifted, ...], bool]:
    """Smallest sets of rules to lift, the fewest first, with the cost of the best plan then."""
    bare = problem.with_(rule).replace(objective=())
    family = explored(
        names,
        lambda kept: unkeepable(bare, names, kept, inquiry),
        _SETS,
        lambda: inquiry.over,
    )
    sets = [tuple(name for name in names if name not in kept) for kept in family.largest]
    answers = inquiry.prove_all([problem.with_(rule).without(*rules) for rules in sets])
    found = [Lifted(rules, one.optimum) for rules, one in zip(sets, answers, strict=True)]
    return tuple(sorted(found, key=lambda one: (len(one.rules), one.rules))), family.complete


_SETS = 10


def _more(problem: Problem, rule: Met, name: str, inquiry: Inquiry) -> More:
    """The fewest units of one team, solved at them and at one below."""
    facts = problem.portfolio
    ceiling = sum(_most(facts, item.name, name) for item in facts.initiatives)
    change = partial(with_more, problem, name)
    units, proven = _fewest(problem, f"capacity of {name}", rule, ceiling, change, inquiry)
    if units is None:
        return More(name, None, proven)
    return More(name, units, proven, inquiry.prove(change(units).with_(rule)).optimum)


def _more_money(problem: Problem, rule: Met, budget: Budget, inquiry: Inquiry) -> MoreMoney:
    """The least money that one budget must have more, solved at it and at a unit below."""
    facts = problem.portfolio
    covered = [item for item in facts.initiatives if budget.covers(item)]
    ceiling = sum(max(way.cost for way in item.ways) for item in covered)
    change = partial(with_more_money, problem, budget)
    amount, proven = _fewest(problem, f"budget of {budget.name}", rule, ceiling, change, inquiry)
    if amount is None:
        return MoreMoney(budget.name, None, proven)
    cost = inquiry.prove(change(amount).with_(rule)).optimum
    return MoreMoney(budget.name, amount, proven, cost)


def _fewest(
    problem: Problem,
    limit: str,
    rule: Met,
    ceiling: int,
    change: Callable[[int], Problem],
    inquiry: Inquiry,
) -> tuple[int | None, bool]:
    """The least change that is enough, by halving, and whether it is proven.

    Parameters
    ----------
    problem, limit
        What is changed, and the name of the rule that limits it; one that is lifted is no limit.
    rule
        What is to be made possible.
    ceiling
        So much more is as good as no limit at all.
    change
        From how much more to the changed question.
    inquiry
        Asks the questions.
    """

    def suffices(more: int) -> bool | None:
        return inquiry.prove(change(more).with_(rule).replace(objective=())).feasible

    enough = suffices(ceiling) if ceiling else False
    if limit not in {each.name for each in problem.constraints} or not enough:
        return None, enough is False
    short, units, proven = 0, ceiling, True
    while units - short > 1:
        middle = (short + units) // 2
        possible = suffices(middle)
        if possible:
            units = middle
        else:
            short, proven = middle, proven and possible is False
    return units, proven


def _most(facts: Portfolio, initiative: str, team: str) -> int:
    return max(way.mode.demand.get(team, 0) for way in facts.variants[initiative])


def with_more(problem: Problem, name: str, units: int) -> Problem:
    """The same question with more of a team in every period: people who can do all that it can."""
    facts = problem.portfolio
    team = facts.team[name]
    if team.members:
        more = Member("asked", team.skills, units)
        return problem.replace(
            portfolio=with_team(facts, attrs.evolve(team, members=(*team.members, more)))
        )
    stated = attrs.evolve(team, absences=()).profile(facts.timeline)
    changed = attrs.evolve(team, capacity=[amount + units for amount in stated])
    return problem.replace(portfolio=with_team(facts, changed))


def with_more_money(problem: Problem, budget: Budget, more: int) -> Problem:
    """The same question with more of a budget in each of its stretches of time."""
    facts = problem.portfolio
    stated = budget.amount
    amount: int | Sequence[int] | Mapping[str | int, int]
    if isinstance(stated, int):
        amount = stated + more
    elif isinstance(stated, Mapping):
        amount = {when: each + more for when, each in stated.items()}
    else:
        amount = [each + more for each in stated]
    changed = attrs.evolve(budget, amount=amount)
    budgets = [changed if each.name == budget.name else each for each in facts.budgets]
    return problem.replace(portfolio=facts.replace(budgets=budgets))
