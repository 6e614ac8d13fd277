"""The delay of a need, taken apart: physics and dependencies, calendars, teams, limits, priority.

Each part is a difference of two earliest dates, each the optimum of a question in which the time of
this one need is all that counts.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from roadmap._text import money, text_table
from roadmap.errors import Fault, ScheduleError, nearest
from roadmap.explaining.asking import Met, TimeOf
from roadmap.explaining.differences import Change, changes
from roadmap.explaining.inquiry import Answer, Inquiry
from roadmap.explaining.intervals import NOT_KNOWN, Interval
from roadmap.explaining.kinds import Kind, names_of
from roadmap.explaining.reasons import plan_of
from roadmap.facts import Need
from roadmap.plan import Plan
from roadmap.problem import Problem
from roadmap.result import Result
from roadmap.schedule import Schedule

STAGES: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("dependencies", ("calendars", "teams", "others")),
    ("calendars", ("teams", "others")),
    ("teams", ("others",)),
    ("limits", ()),
)
"""What each stage adds, and which kinds of rules do not hold yet."""


@attrs.frozen
class Delay:
    """Where the time until a need is met comes from.

    Attributes
    ----------
    problem
        What the plan answers.
    need
        Its label.
    planned
        Boundary at which the plan meets it; ``None`` for never.
    stages
        The earliest boundary at which it can be met, if nothing else counts, under dependencies
        alone; then with calendars (windows, freezes); then with teams; then with every limit. A
        stage is ``None`` where it can never be met: that is proven.
    price
        What the best plan that meets it at the last of these costs more than the best plan, as
        far as it is proven; nothing is asked where the plan meets it then.
    preferred
        Who would lose by that: what the plan prefers to this need.
    """

    problem: Problem
    need: str
    planned: int | None
    stages: tuple[Interval | None, ...]
    price: Interval = NOT_KNOWN
    preferred: tuple[Change, ...] = ()

    @property
    def earliest(self) -> Interval | None:
        """The earliest boundary at which it can be met at all; ``None`` for never."""
        return self.stages[-1]

    @property
    def parts(self) -> dict[str, Interval | None]:
        """Periods that each stage adds, ``priority`` last; they sum to the planned boundary.

        A part is ``None`` where one of the two dates is never.
        """
        planned = None if self.planned is None else Interval.exactly(self.planned)
        dates = [Interval.exactly(0), *self.stages, planned]
        names = [*(name for name, _ in STAGES), "priority"]
        return {
            name: None if sooner is None or later is None else (later - sooner).at_least(0)
            for name, sooner, later in zip(names, dates[:-1], dates[1:], strict=True)
        }

    def __str__(self) -> str:
        facts = self.problem.portfolio
        met = "never" if self.planned is None else f"from {facts.timeline.label(self.planned)}"
        said = [f"{self.need} is met {met}."]
        if self.earliest is None:
            return f"{said[0]} No plan can meet it."
        for name, part in self.parts.items():
            if part is not None and part != Interval.exactly(0):
                said.append(f"  {_SAID[name]}: {part.told(facts.timeline.count)}")
        if self.preferred:
            price = self.price.told(lambda amount: money(amount, facts.currency))
            when = self.earliest.told(facts.timeline.label)
            said.append(f"  To meet it from {when} would cost {price} more:")
            lines = (one.told(facts.timeline, facts.currency) for one in self.preferred)
            said += [f"    {line}" for line in lines]
        return "\n".join(said)


_SAID = {
    "dependencies": "the work and what it waits for take",
    "calendars": "calendars add",
    "teams": "teams add",
    "limits": "budgets and other limits add",
    "priority": "others come first, which adds",
}


@attrs.frozen
class Delays:
    """The delays of all open needs; it prints itself as a table.

    Attributes
    ----------
    items
        A delay for each need that today does not meet, in the portfolio's order.
    """

    items: tuple[Delay, ...]

    def __getitem__(self, need: str) -> Delay:
        """The delay of a need, by its label."""
        return {item.need: item for item in self.items}[need]

    def __len__(self) -> int:
        return len(self.items)

    def __str__(self) -> str:
        rows = []
        for item in self.items:
            cells = [_cell(part) for part in item.parts.values()]
            timeline = item.problem.portfolio.timeline
            met = "never" if item.planned is None else timeline.label(item.planned)
            rows.append([item.need, *cells, met])
        names = [name for name, _ in STAGES]
        return text_table(["need", *names, "priority", "met from"], rows)


def _cell(part: Interval | None) -> str:
    if part is None:
        return "never"
    return str(part.value) if part.proven else f"{part.lower}–{_open(part.upper)}?"


def _open(bound: int | None) -> str:
    return "" if bound is None else str(bound)


def delays(result: Result, *, inquiry: Inquiry | None = None) -> Delays:
    """Take the delay of every open need apart.

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
    plan_of(result)
    inquiry = inquiry or Inquiry()
    facts = result.problem.portfolio
    labels = [
        need.label for need in facts.needs if need.level > facts.capability[need.capability].level
    ]
    asking = _Asking(result, inquiry)
    return Delays(tuple(asking.delay(label) for label in labels))


def by_when(result: Result, need: str, *, inquiry: Inquiry | None = None) -> Delay:
    """Say when a need is met, when it could be met at the earliest, and what lies between.

    Parameters
    ----------
    result
        A plan.
    need
        The need's label.
    inquiry
        Asks the questions; default one of its own.

    Raises
    ------
    ScheduleError
        There is no plan, or no such need.
    """
    plan_of(result)
    return _Asking(result, inquiry or Inquiry()).delay(need)


def need_of(problem: Problem, label: str) -> Need:
    """The need of a label.

    Raises
    ------
    ScheduleError
        There is none.
    """
    known = problem.portfolio.need
    if label not in known:
        told = f"no need is called {label!r}"
        raise ScheduleError([Fault("need", told, nearest(label, known))])
    return known[label]


def _losers(problem: Problem, schedule: Schedule, answer: Answer) -> tuple[Change, ...]:
    if answer.schedule is None:
        return ()
    return tuple(one for one in changes(problem, schedule, answer.schedule) if one.money > 0)


@attrs.define(eq=False)
class _Asking:
    """Takes the delays of one plan apart."""

    result: Result
    inquiry: Inquiry
    _stages: dict[str, Problem] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        problem = self.result.problem
        self._stages = {
            name: problem.without(*names_of(problem, *lifted)) if lifted else problem
            for name, lifted in STAGES
        }

    def delay(self, label: str) -> Delay:
        """The delay of a need."""
        problem, schedule = self.result.problem, plan_of(self.result)
        need = need_of(problem, label)
        base = self.inquiry.learn(self.result)
        planned = Plan(problem.portfolio, schedule).met(need)
        delay = Delay(problem, label, planned, self._dates(need))
        sooner = None if delay.earliest is None else delay.earliest.value
        if sooner is None or planned == sooner:
            return delay
        answer = self.inquiry.ask(problem.with_(Met(need, sooner)))
        return attrs.evolve(
            delay,
            price=(answer.optimum - base.optimum).at_least(0),
            preferred=_losers(problem, schedule, answer),
        )

    def _dates(self, need: Need) -> tuple[Interval | None, ...]:
        """The earliest dates; the outer two are asked first, as what lies between may follow."""
        dates: dict[str, Interval | None] = {}
        for name, _ in (STAGES[0], STAGES[-1], *STAGES[1:-1]):
            dates[name] = earliest(self._stages[name], need, self.inquiry)
        return tuple(dates[name] for name, _ in STAGES)


def earliest(problem: Problem, need: Need, inquiry: Inquiry) -> Interval | None:
    """The earliest boundary at which a need can be met; ``None`` if it is proven that it cannot.

    Parameters
    ----------
    problem
        The rules; its own objective does not count.
    need
        The need.
    inquiry
        Asks.
    """
    end = problem.portfolio.timeline.periods
    asked = problem.replace(objective=(TimeOf(need),))
    answer = inquiry.prove(asked)
    if answer.infeasible:
        return None
    time = answer.optimum
    if answer.schedule is not None:
        plan = Plan(problem.portfolio, answer.schedule)
        if plan.met(need) is None:
            time = Interval(time.lower, None)
    if time.lower == end and time.upper is None:  # at the very end, or never
        again = inquiry.prove(asked.with_(Met(need, end)))
        return None if again.infeasible else again.optimum.at_least(end)
    return time.at_least(0)


def met_by(problem: Problem, needs: Sequence[Need], schedule: Schedule, by: int) -> tuple[str, ...]:
    """Labels of the needs that a schedule meets by a boundary."""
    plan = Plan(problem.portfolio, schedule)
    times = {need.label: plan.met(need) for need in needs}
    return tuple(label for label, time in times.items() if time is not None and time <= by)
