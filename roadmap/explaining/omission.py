"""Why an initiative is left out: what it would bring with all it needs, against what it costs."""

from __future__ import annotations

import attrs

from roadmap._text import money
from roadmap.explaining.asking import Placed, Worth
from roadmap.explaining.forcing import WhyNot, forced
from roadmap.explaining.inquiry import Inquiry
from roadmap.explaining.intervals import NOT_KNOWN, Interval
from roadmap.explaining.reasons import checked
from roadmap.problem import Problem
from roadmap.result import Result
from roadmap.schedule import Schedule


@attrs.frozen
class Omission:
    """What an initiative lacks to be in the plan.

    Attributes
    ----------
    problem
        What the plan answers.
    initiative
        Its name.
    in_plan
        Whether it is in the plan after all; then nothing else is said.
    forced
        What forcing it into the plan would mean.
    brought_along
        Names of other initiatives that the best plan with it also takes in.
    gained, lost
        Money that this plan gains and loses against the plan in question, each at least 0;
        ``None`` if no such plan is known.
    break_even
        The value that it must have in itself to enter a best plan: from there on it may, above it
        must.
    confirmed
        Whether the best plan leaves it out one unit of money below the break-even and takes it in
        one unit above, each solved afresh.
    """

    problem: Problem
    initiative: str
    in_plan: bool
    forced: WhyNot | None = None
    brought_along: tuple[str, ...] = ()
    gained: int | None = None
    lost: int | None = None
    break_even: Interval = NOT_KNOWN
    confirmed: bool = False

    def __str__(self) -> str:
        if self.in_plan or self.forced is None:
            return f"{self.initiative} is in the plan."
        if not self.forced.possible:
            return str(self.forced)
        facts = self.problem.portfolio
        gained, lost = (money(one or 0, facts.currency) for one in (self.gained, self.lost))
        along = f" with {', '.join(self.brought_along)}" if self.brought_along else ""
        even = self.break_even.told(lambda amount: money(amount, facts.currency))
        sure = "; solved just below and just above" if self.confirmed else ""
        said = [
            f"{self.initiative} is left out: taken in{along}, it would gain {gained} "
            f"and cost {lost}.",
            f"  It enters once it is worth {even} in itself{sure}.",
        ]
        lines = [f"  {one.told(facts.timeline, facts.currency)}" for one in self.forced.changes]
        return "\n".join([*said, *lines])


def why_left_out(result: Result, name: str, *, inquiry: Inquiry | None = None) -> Omission:
    """Say why an initiative is not in the plan, and at what value of its own it would be.

    Parameters
    ----------
    result
        A plan.
    name
        The initiative.
    inquiry
        Asks the questions; default one of its own.

    Raises
    ------
    ScheduleError
        There is no plan, or no such initiative.
    """
    problem, schedule = result.problem, checked(result, name)
    if name in schedule:
        return Omission(problem, name, in_plan=True)
    inquiry = inquiry or Inquiry()
    told = forced(result, schedule, Placed(name), inquiry)
    found = Omission(problem, name, in_plan=False, forced=told, break_even=told.price)
    if told.schedule is None:
        return found
    return attrs.evolve(
        found,
        brought_along=_entering(schedule, told.schedule, name),
        gained=-sum(one.money for one in told.changes if one.money < 0),
        lost=sum(one.money for one in told.changes if one.money > 0),
        confirmed=_confirmed(problem, name, told.price, inquiry),
    )


def _entering(before: Schedule, after: Schedule, name: str) -> tuple[str, ...]:
    return tuple(other for other in after if other not in before and other != name)


def _confirmed(problem: Problem, name: str, even: Interval, inquiry: Inquiry) -> bool:
    """Whether the decision is seen to turn at the break-even, solved on both sides."""
    if even.value is None:
        return False
    worths = [Worth(name, even.value + more) for more in (-1, 1)]
    below, above = inquiry.prove_all(
        [problem.replace(objective=(*problem.objective, worth)) for worth in worths]
    )
    proven = below.optimum.proven and above.optimum.proven
    out = below.schedule is not None and name not in below.schedule
    return proven and out and above.schedule is not None and name in above.schedule
