"""Why not sooner, later, or at all: the forced plan, solved afresh: its price or its conflict."""

from __future__ import annotations

from datetime import date

import attrs

from roadmap._text import money
from roadmap.errors import Fault, ScheduleError
from roadmap.explaining.asking import Placed
from roadmap.explaining.conflict import forbidding, sentences
from roadmap.explaining.differences import Change, changes
from roadmap.explaining.inquiry import Inquiry
from roadmap.explaining.intervals import NOT_KNOWN, Interval
from roadmap.explaining.reasons import checked
from roadmap.problem import Problem
from roadmap.result import Result
from roadmap.schedule import Schedule
from roadmap.timeline import Timeline


@attrs.frozen
class WhyNot:
    """What another start of an initiative would mean.

    Attributes
    ----------
    problem
        What the plan answers.
    initiative
        Its name.
    earliest, latest
        Bounds of the start that was asked for; ``None`` for none.
    possible
        Whether a plan keeps every rule then; ``None`` if that was not found out.
    price
        What the best such plan costs more than the best plan of all, as far as it is proven.
    forbidden_by
        Names of rules that together forbid it; none where it is possible.
    smallest
        Whether it is proven that it becomes possible if any one of these is lifted and no other
        named rule holds.
    schedule
        The best such plan that is known; ``None`` if none is.
    changes
        Who loses and who gains by it, against the plan in question.
    """

    problem: Problem
    initiative: str
    earliest: int | None
    latest: int | None
    possible: bool | None
    price: Interval = NOT_KNOWN
    forbidden_by: tuple[str, ...] = ()
    smallest: bool = False
    schedule: Schedule | None = None
    changes: tuple[Change, ...] = ()

    def __str__(self) -> str:
        facts = self.problem.portfolio
        asked = f"{self.initiative} {_when(self.earliest, self.latest, facts.timeline)}"
        if self.possible is None:
            return f"{asked}: whether that is possible is not known."
        if not self.possible:
            sure = "" if self.smallest else " (perhaps not all of them are needed for it)"
            title = f"{asked}: impossible. These forbid it together{sure}:"
            return "\n".join([title, *sentences(self.problem, self.forbidden_by)])
        price = self.price.told(lambda amount: money(amount, facts.currency))
        lines = [f"  {one.told(facts.timeline, facts.currency)}" for one in self.changes]
        return "\n".join([f"{asked}: possible; it costs {price} more than the best plan.", *lines])


def why_not(
    result: Result,
    name: str,
    *,
    start: str | int | date | None = None,
    before: str | int | date | None = None,
    inquiry: Inquiry | None = None,
) -> WhyNot:
    """Say what another start of an initiative would mean, by a fresh solve.

    Parameters
    ----------
    result
        A plan.
    name
        The initiative, in the plan or not.
    start
        Date or boundary at which it is to start.
    before
        Date or boundary before which it is to start. If neither is given: before the start that
        the plan gives it, or at any time where it is not in the plan.
    inquiry
        Asks the questions; default one of its own.

    Raises
    ------
    ScheduleError
        There is no plan, no such initiative, or both ``start`` and ``before`` are given.
    """
    schedule, inquiry = checked(result, name), inquiry or Inquiry()
    if start is not None and before is not None:
        told = "start and before cannot both be asked for"
        raise ScheduleError([Fault("before", told, "leave one of them out")])
    timeline = result.problem.portfolio.timeline
    earliest = latest = None
    if start is not None:
        earliest = latest = timeline.starting(start)
    elif before is not None:
        latest = timeline.starting(before) - 1
    elif name in schedule:
        latest = schedule[name].start - 1
    return forced(result, schedule, Placed(name, earliest, latest), inquiry)


def forced(result: Result, schedule: Schedule, rule: Placed, inquiry: Inquiry) -> WhyNot:
    """What it would mean to force an initiative to a place.

    Parameters
    ----------
    result, schedule
        A plan.
    rule
        What is forced.
    inquiry
        Asks.
    """
    problem = result.problem
    base = inquiry.learn(result)
    asked = problem.with_(rule)
    answer = inquiry.ask(asked)
    told = WhyNot(problem, rule.initiative, rule.earliest, rule.latest, answer.feasible)
    if answer.infeasible:
        core = forbidding(asked, [each.name for each in problem.constraints], inquiry)
        return attrs.evolve(told, forbidden_by=core.members, smallest=core.proven)
    price = (answer.optimum - base.optimum).at_least(0)
    if answer.schedule is None:
        return attrs.evolve(told, price=price)
    moved = changes(problem, schedule, answer.schedule)
    return attrs.evolve(told, price=price, schedule=answer.schedule, changes=moved)


def _when(earliest: int | None, latest: int | None, timeline: Timeline) -> str:
    if latest is None:
        return "in the plan"
    if earliest == latest:
        return f"starting in {timeline.label(latest)}"
    return f"starting before {timeline.label(latest + 1)}"
