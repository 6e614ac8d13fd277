"""What it would take to meet a need by a date, and which needs can be met by a date at all.

Each answer is the smallest of its kind: it is solved at the change, and once more a step short of
it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import attrs

from roadmap._text import money
from roadmap.attainment import need_events, need_key
from roadmap.explaining.asking import Met
from roadmap.explaining.conflict import sentences, unkeepable
from roadmap.explaining.families import explored
from roadmap.explaining.inquiry import Answer, Inquiry, Question
from roadmap.explaining.intervals import NOT_KNOWN, Interval
from roadmap.explaining.kinds import names_of
from roadmap.explaining.lateness import earliest, met_by, need_of
from roadmap.explaining.slippage import with_team
from roadmap.facts import Member, Need
from roadmap.parts import EventLoss, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem, as_problem
from roadmap.result import Result
from roadmap.rules import Objective
from roadmap.schedule import Schedule


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
        said += [f"  {line}" for line in self._capacity()]
        for title, found in (("dropping", self.scope), ("lifting", self.limits)):
            for one in found:
                said.append(f"  Or {title} these; the best plan then costs {self._cost(one.cost)}:")
                said += [f"  {line}" for line in sentences(self.problem, one.rules)]
        return "\n".join(said)

    def _money(self, amount: int) -> str:
        return money(amount, self.problem.portfolio.currency)

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
    """The fewest units of one team, found by halving, and solved at it and one below."""
    facts = problem.portfolio
    names = {each.name for each in problem.constraints}
    ceiling = sum(_most(facts, item.name, name) for item in facts.initiatives)
    enough = _with_more(problem, rule, name, ceiling, inquiry) if ceiling else None
    if f"capacity of {name}" not in names or enough is None or not enough.feasible:
        proven = enough is None or enough.feasible is False
        return More(name, None, proven)
    short, units, proven = 0, ceiling, True
    while units - short > 1:
        middle = (short + units) // 2
        answer = _with_more(problem, rule, name, middle, inquiry)
        if answer.feasible:
            units, enough = middle, answer
        else:
            short, proven = middle, proven and answer.feasible is False
    changed = with_more(problem, name, units).with_(rule)
    return More(name, units, proven, inquiry.prove(changed).optimum)


def _most(facts: Portfolio, initiative: str, team: str) -> int:
    return max(way.mode.demand.get(team, 0) for way in facts.variants[initiative])


def _with_more(problem: Problem, rule: Met, name: str, units: int, inquiry: Inquiry) -> Answer:
    changed = with_more(problem, name, units).with_(rule)
    return inquiry.prove(changed.replace(objective=()))


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


@attrs.frozen
class Missed(Objective):
    """How many needs are not met by a boundary.

    Attributes
    ----------
    needs
        The needs.
    latest
        The boundary; before the end of the timeline.
    """

    needs: tuple[Need, ...]
    latest: int

    @property
    def name(self) -> str:
        """``asked: needs missed``."""
        return "asked: needs missed"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """One for each need that is not met by then."""
        end = plan.portfolio.timeline.periods
        missed = {}
        for need in self.needs:
            time = plan.met(need)
            missed[need.label] = int((end if time is None else time) > min(self.latest, end - 1))
        return missed

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """The event of each need, and a loss of one after the boundary."""
        periods = portfolio.timeline.periods
        kept = min(self.latest, periods - 1) + 1
        table = (0,) * kept + (1,) * (periods + 1 - kept)
        for need in self.needs:
            yield from need_events(portfolio, need)
            yield EventLoss(need_key(need), table, need.label)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return "needs that are not met in time"


@attrs.frozen
class Attainable:
    """Which needs can be met by a date.

    Attributes
    ----------
    problem
        What was asked.
    by
        The boundary; that all is met by the very end of the timeline is asked as by the last
        boundary before it.
    alone
        Labels of the needs that some plan meets by then, each by itself.
    not_alone
        Labels of those that no plan meets by then.
    count
        How many needs one plan can meet by then at the most, as far as it is proven.
    together
        Labels of the needs that the best such plan known meets.
    schedule
        That plan; ``None`` if none is known.
    """

    problem: Problem
    by: int
    alone: tuple[str, ...]
    not_alone: tuple[str, ...]
    count: Interval
    together: tuple[str, ...]
    schedule: Schedule | None

    def __str__(self) -> str:
        when = self.problem.portfolio.timeline.until(self.by)
        said = [
            f"By the end of {when} one plan can meet {self.count.told(str)} "
            f"of {len(self.problem.portfolio.needs)} needs: {', '.join(self.together) or 'none'}.",
        ]
        rest = [label for label in self.alone if label not in self.together]
        if rest:
            said.append(f"  Each by itself, but not with all of these: {', '.join(rest)}.")
        if self.not_alone:
            said.append(f"  In no plan: {', '.join(self.not_alone)}.")
        return "\n".join(said)


def attainable(
    question: Result | Problem | Portfolio,
    by: str | int | date,
    *,
    inquiry: Inquiry | None = None,
) -> Attainable:
    """Find the largest set of needs that one plan can meet by a date, and each need by itself.

    Parameters
    ----------
    question
        A result, a problem or a portfolio.
    by
        Date by whose end, or boundary by which, the needs are to be met.
    inquiry
        Asks the questions; default one of its own.
    """
    inquiry = inquiry or Inquiry()
    problem = learnt(question, inquiry)
    needs = problem.portfolio.needs
    latest = min(problem.portfolio.timeline.ending(by), problem.portfolio.timeline.periods - 1)
    asked = problem.replace(objective=(Missed(tuple(needs), latest),))
    best = inquiry.ask(asked)
    bare = problem.replace(objective=())
    each = inquiry.prove_all([Question(bare.with_(Met(need, latest))) for need in needs])
    labels = [need.label for need in needs]
    together = () if best.schedule is None else met_by(problem, needs, best.schedule, latest)
    return Attainable(
        problem=problem,
        by=latest,
        alone=tuple(label for label, one in zip(labels, each, strict=True) if one.feasible),
        not_alone=tuple(label for label, one in zip(labels, each, strict=True) if one.infeasible),
        count=NOT_KNOWN if best.infeasible else Interval.exactly(len(needs)) - best.optimum,
        together=together,
        schedule=best.schedule,
    )
