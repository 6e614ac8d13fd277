"""What a period costs: of delay of each initiative, and of each unit of a team.

The derived cost of delay is the optimum with a start pushed one period past the planned one, minus
the optimum. It reaches foundations that have no value of their own. It does not add up over
initiatives: two slips together may cost more or less than both prices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from roadmap._text import money, text_table
from roadmap.explaining.asking import NotBefore
from roadmap.explaining.inquiry import Answer, Inquiry, Question
from roadmap.explaining.intervals import NOT_KNOWN, Interval
from roadmap.explaining.reasons import plan_of
from roadmap.facts import Absence, Team
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Result


@attrs.frozen
class Slip:
    """The price of one period.

    Attributes
    ----------
    subject
        Name of the initiative, of the team, or of a member and the team.
    period
        Where the initiative starts, or the period in which the team has a unit less.
    price
        What that costs, as far as it is proven; 0 for float: another plan is as good.
    possible
        Whether there is a plan at all then; ``None`` if that was not found out.
    """

    subject: str
    period: int
    price: Interval
    possible: bool | None

    def told(self, currency: str = "") -> str:
        """Say the price in a few words."""
        if self.possible is False:
            return "not possible"
        return self.price.told(lambda amount: money(amount, currency))


@attrs.frozen
class Slips:
    """Prices of one period each; it prints itself as a table.

    Attributes
    ----------
    problem
        What the plan answers.
    items
        The prices, in the order of the plan or of the teams and periods.
    """

    problem: Problem
    items: tuple[Slip, ...]

    def __getitem__(self, subject: str) -> Slip:
        """The price of an initiative; of a team the price of its dearest period."""
        own = [item for item in self.items if item.subject == subject]
        if not own:
            raise KeyError(subject)
        return max(own, key=lambda one: (one.possible is False, one.price.lower or 0))

    def __len__(self) -> int:
        return len(self.items)

    def __str__(self) -> str:
        facts = self.problem.portfolio
        rows = [
            [one.subject, facts.timeline.label(one.period), one.told(facts.currency)]
            for one in self.items
        ]
        return text_table(("of", "in", f"one {facts.timeline.unit} costs"), rows)


def slips(result: Result, *, inquiry: Inquiry | None = None) -> Slips:
    """Find the derived cost of delay of every initiative in the plan.

    Parameters
    ----------
    result
        A plan.
    inquiry
        Asks the questions; default one of its own.

    Raises
    ------
    ScheduleError
        There is no plan.
    """
    problem, schedule, inquiry = result.problem, plan_of(result), inquiry or Inquiry()
    base = inquiry.learn(result)
    pushed = [problem.with_(NotBefore(name, place.start + 1)) for name, place in schedule.items()]
    answers = inquiry.prove_all(pushed)
    subjects = [(name, place.start) for name, place in schedule.items()]
    return Slips(problem, _priced(subjects, answers, base))


def capacity_slips(result: Result, *, inquiry: Inquiry | None = None) -> Slips:
    """Find what one unit of each team is worth in each period.

    In a team whose members are named, the unit is one of a member's. In periods in which the plan
    does without a unit, that proves that it costs nothing; the others are solved.

    Parameters
    ----------
    result
        A plan.
    inquiry
        Asks the questions; default one of its own.

    Raises
    ------
    ScheduleError
        There is no plan.
    """
    problem, inquiry = result.problem, inquiry or Inquiry()
    plan_of(result)
    base = inquiry.learn(result)
    units = list(_units(problem.portfolio))
    questions = [_less(problem, team, away) for team, _, away in units]
    subjects = [
        (subject, away.periods(problem.portfolio.timeline)[0]) for _, subject, away in units
    ]
    return Slips(problem, _priced(subjects, inquiry.prove_all(questions), base))


def _units(facts: Portfolio) -> Iterator[tuple[str, str, Absence]]:
    """Each team, or each of its members by name, in each period in which it is there."""
    for team in facts.teams:
        open_ = facts.capacity[team.name]
        for who in team.members or (None,):
            subject = team.name if who is None else f"{who.name} of {team.name}"
            there = open_ if who is None else team.supply([who], facts.timeline)
            for period, units in enumerate(there):
                if units and open_[period]:
                    away = None if who is None else who.name
                    yield team.name, subject, Absence(period, period + 1, 1, away)


def _less(problem: Problem, name: str, away: Absence) -> Question:
    """The question with one unit less of a team in a period."""
    facts = problem.portfolio
    changed = with_team(
        facts, attrs.evolve(facts.team[name], absences=(*facts.team[name].absences, away))
    )
    question = problem.replace(portfolio=changed)
    # where work takes longer with fewer people, plans of one are no plans of the other
    same_work = changed.variants == facts.variants
    return Question(question, (problem,) if same_work else ())


def with_team(facts: Portfolio, changed: Team) -> Portfolio:
    """The same facts with another team of a name."""
    teams = [changed if team.name == changed.name else team for team in facts.teams]
    return facts.replace(teams=teams)


def _priced(
    subjects: Sequence[tuple[str, int]], answers: Sequence[Answer], base: Answer
) -> tuple[Slip, ...]:
    return tuple(
        Slip(name, period, _price(answer, base), answer.feasible)
        for (name, period), answer in zip(subjects, answers, strict=True)
    )


def _price(answer: Answer, base: Answer) -> Interval:
    return NOT_KNOWN if answer.infeasible else (answer.optimum - base.optimum).at_least(0)
