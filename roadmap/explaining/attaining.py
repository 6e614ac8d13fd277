"""Which needs can be met by a date: each by itself, and as many as one plan can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import attrs

from roadmap.attainment import need_events, need_key
from roadmap.explaining.asking import Met
from roadmap.explaining.inquiry import Inquiry, Question
from roadmap.explaining.intervals import NOT_KNOWN, Interval
from roadmap.explaining.lateness import met_by
from roadmap.explaining.means import learnt
from roadmap.facts import Need
from roadmap.parts import EventLoss, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Result
from roadmap.rules import Objective
from roadmap.schedule import Schedule


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
