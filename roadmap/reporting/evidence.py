"""What a report rests on: a plan and the answers about it, gathered once for all readers."""

from __future__ import annotations

from datetime import date

import attrs

from roadmap.comparison import Comparison, compare
from roadmap.errors import Fault, ProblemError, ScheduleError
from roadmap.evaluation import Evaluation
from roadmap.explaining import (
    Audit,
    Delays,
    Inquiry,
    Interval,
    Slips,
    Standings,
    Triage,
    audit,
    delays,
    slips,
    standings,
    triage,
)
from roadmap.result import Result
from roadmap.schedule import Schedule
from roadmap.solvers import RULES, solve


@attrs.frozen
class Evidence:
    """A plan and the answers about it.

    Attributes
    ----------
    result
        The plan.
    optimum
        What the best plan costs, as far as it is proven.
    slips
        What a period's delay of each initiative costs.
    standings
        What the plan means for each owner of needs.
    delays
        Where the time until each need is met comes from.
    audit
        What each rule costs.
    alternatives
        The plan beside what each usual rule of planning makes of the same facts.
    triage
        What is to be done about each legacy system.
    review
        Boundary of the next review; ``None`` if none is stated.
    """

    result: Result
    optimum: Interval
    slips: Slips
    standings: Standings
    delays: Delays
    audit: Audit
    alternatives: Comparison
    triage: Triage
    review: int | None

    @property
    def schedule(self) -> Schedule:
        """The plan's placements."""
        return self.result.require()

    @property
    def evaluation(self) -> Evaluation:
        """The judge's word on the plan."""
        assert self.result.evaluation is not None, "a result with a plan has been judged"
        return self.result.evaluation


RECOMMENDED = "recommended"
"""What the plan is called among the alternatives."""


def gathered(
    result: Result, *, review: str | date | None = None, inquiry: Inquiry | None = None
) -> Evidence:
    """Ask all that a report tells.

    Parameters
    ----------
    result
        A plan.
    review
        Date of the next review; default none.
    inquiry
        Asks the questions; default one of its own, which takes two minutes at the most.

    Raises
    ------
    InfeasibleError
        There is no plan.
    ScheduleError
        The plan breaks rules.
    ProblemError
        The review is no date.
    """
    result.require()
    if result.evaluation is not None and not result.evaluation.feasible:
        broken = [Fault("plan", f"it breaks rules: {one}") for one in result.evaluation.violations]
        raise ScheduleError(broken)
    problem, inquiry = result.problem, inquiry or Inquiry(total=120)
    boundary = _boundary(result, review)
    rivals = {name: solve(problem, solver=name) for name in RULES}
    return Evidence(
        result=result,
        optimum=inquiry.learn(result).optimum,
        slips=slips(result, inquiry=inquiry),
        standings=standings(result, inquiry=inquiry),
        delays=delays(result, inquiry=inquiry),
        audit=audit(result, inquiry=inquiry),
        alternatives=compare({RECOMMENDED: result, **rivals}, problem),
        triage=triage(result, inquiry=inquiry),
        review=boundary,
    )


def _boundary(result: Result, review: str | date | None) -> int | None:
    """The boundary at or after a review."""
    if review is None:
        return None
    try:
        return result.problem.portfolio.timeline.starting(review)
    except ValueError as error:
        raise ProblemError([Fault("review", str(error), "give a date, such as 2027-04")]) from None
