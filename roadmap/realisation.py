"""Benefits realisation: what is delivered by a date, kept apart from what is realised by then.

Delivered is output: the work is finished. Realised is outcome: the level holds, the benefit is
there (after G. Bradley, *Benefit Realisation Management*, 2010). Between the two lie ramps, and
work of others that a level waits for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import attrs

from roadmap._text import html_table, safe, text_table
from roadmap.errors import FaultyInputError
from roadmap.fields import Known, Moment
from roadmap.forecasts import Forecasts, as_plan, carried, figure, forecast
from roadmap.lineage import Lineage
from roadmap.plan import Plan
from roadmap.result import Result
from roadmap.timeline import Timeline

GREEN, RED, GREY = "green", "red", "grey"


@attrs.frozen
class Standing:
    """How a need, an outcome or a piece of work stands at a date.

    Attributes
    ----------
    subject
        Label of the need, or name of the outcome or initiative.
    kind
        ``need``, ``outcome`` or ``work``.
    at
        The boundary that is looked at.
    delivered
        Boundary by which the work is finished; ``None`` for never.
    realised
        Boundary from which the benefit is there; ``None`` for never.
    due
        Boundary by which it shall be there; ``None`` if nobody said.
    owner, technology_owner
        Who answers for it on the two sides; ``None`` for nobody stated.
    benefits
        Whether there is a benefit to be had at all; work that raises nothing has none.
    """

    subject: str
    kind: str
    at: int
    delivered: int | None
    realised: int | None
    due: int | None = None
    owner: str | None = None
    technology_owner: str | None = None
    benefits: bool = True

    @property
    def lamps(self) -> tuple[str, str]:
        """Two lamps: for delivered, and for realised.

        ``green``: it is there. ``red``: it is missing, although it is overdue or, for the second
        lamp, the work is delivered. ``grey``: it is not there, and nobody should expect it yet.
        """
        done, there = _by(self.delivered, self.at), _by(self.realised, self.at)
        overdue = self.due is not None and self.due < self.at and not there
        first = GREEN if done else RED if overdue else GREY
        if not self.benefits:
            return first, GREY
        return first, GREEN if there else RED if done or overdue else GREY


@attrs.frozen
class Realisation:
    """Everything that is planned, delivered and realised by a date; it prints as tables.

    Attributes
    ----------
    timeline
        The planning horizon.
    at
        The boundary that is looked at.
    needs, outcomes, work
        How each stands, in the order of the facts.
    values
        The value of each outcome at that boundary, as text for people.
    """

    timeline: Timeline
    at: int
    needs: tuple[Standing, ...]
    outcomes: tuple[Standing, ...]
    work: tuple[Standing, ...]
    values: tuple[str, ...] = ()

    def __getitem__(self, subject: str) -> Standing:
        """How a need, an outcome or a piece of work stands, by its name; needs come first."""
        found = (*self.needs, *self.outcomes, *self.work)
        return {each.subject: each for each in reversed(found)}[subject]

    def __str__(self) -> str:
        tables = (f"{title}\n\n{text_table(head, rows)}" for title, head, rows in self._tables())
        return "\n\n".join([self.headline, *tables])

    def _repr_html_(self) -> str:
        tables = (html_table(head, rows, title) for title, head, rows in self._tables())
        return "".join([f"<p>{safe(self.headline)}</p>", *tables])

    @property
    def headline(self) -> str:
        """In a line: how many needs are delivered, and how many are realised."""
        done = sum(_by(each.delivered, self.at) for each in self.needs)
        there = sum(_by(each.realised, self.at) for each in self.needs)
        of = f"of {len(self.needs)} needs"
        return f"by the end of {self._when}: {done} {of} delivered, {there} realised"

    @property
    def _when(self) -> str:
        return self.timeline.until(self.at)

    def _tables(self) -> Iterator[tuple[str, Sequence[str], list[list[str]]]]:
        owners = ("business owner", "technology owner")
        lamps = ("delivered", "realised from", "delivered?", "realised?")
        if self.needs:
            rows = [[*self._owned(each), *self._lit(each)] for each in self.needs]
            yield "needs", ("need", *owners, *lamps), rows
        if self.outcomes:
            pairs = zip(self.outcomes, self.values, strict=True)
            rows = [[*self._owned(each), value, *self._lit(each)] for each, value in pairs]
            yield "outcomes", ("outcome", *owners, "value", *lamps), rows
        if self.work:
            rows = [[each.subject, *self._lit(each)] for each in self.work]
            yield "work", ("initiative", *lamps), rows

    def _owned(self, each: Standing) -> list[str]:
        return [each.subject, each.owner or "–", each.technology_owner or "–"]

    def _lit(self, each: Standing) -> list[str]:
        """The two dates and the two lamps."""
        done, there = each.delivered, each.realised
        told = "never" if done is None else self.timeline.until(done) if done else "today"
        since = "never" if there is None else self.timeline.label(there) if there else "today"
        first, second = each.lamps
        return [told, since, first, second] if each.benefits else [told, "–", first, "–"]


def standing(given: Result | Plan, at: str | int | date | None = None) -> Realisation:
    """Say what a plan has delivered by a date, and what has been realised by then.

    Parameters
    ----------
    given
        A result that has a plan, or any portfolio and schedule as a ``Plan``.
    at
        Date by whose end it shall be there, or a boundary; default the end of the timeline.

    Raises
    ------
    InfeasibleError
        The result has no plan.
    FaultyInputError
        ``at`` is no date on the timeline.
    """
    plan = as_plan(given)
    boundary = _boundary(plan.portfolio.timeline, at)
    courses = forecast(plan)
    return Realisation(
        timeline=plan.portfolio.timeline,
        at=boundary,
        needs=tuple(_needs(plan, boundary)),
        outcomes=tuple(_outcomes(plan, courses, boundary)),
        work=tuple(_work(plan, boundary)),
        values=tuple(figure(each.at(boundary)) for each in courses),
    )


def _boundary(timeline: Timeline, at: str | int | date | None) -> int:
    if at is None:
        return timeline.periods
    faults = list(Moment(end=True).faults(at, "at", Known(timeline=timeline)))
    if faults:
        raise FaultyInputError(faults, "the date of a standing")
    return timeline.ending(at)


def _needs(plan: Plan, at: int) -> Iterator[Standing]:
    for need in plan.portfolio.needs:
        yield Standing(
            need.label,
            "need",
            at,
            delivered(plan, need.capability, need.level),
            plan.met(need),
            need.loss.due(plan.portfolio.timeline),
            need.owner,
            need.technology_owner,
        )


def _outcomes(plan: Plan, courses: Forecasts, at: int) -> Iterator[Standing]:
    for each in courses:
        outcome = each.outcome
        times = [delivered(plan, *level) for level in carried(plan, outcome).items()]
        known = [time for time in times if time is not None]
        done = max(known) if known and len(known) == len(times) else None
        owners = (outcome.owner, outcome.technology_owner)
        yield Standing(outcome.name, "outcome", at, done, each.met_from, each.due, *owners)


def _work(plan: Plan, at: int) -> Iterator[Standing]:
    """Each initiative in the plan: when it is finished, and when its benefit is there.

    That is when every level that it raises holds and every need that it helps to meet is met.
    """
    facts, lineage = plan.portfolio, Lineage(plan.portfolio)
    for item in facts.initiatives:
        if item.name not in plan.placed:
            continue
        raised = [pair for pair in item.raises.items() if pair[1] > facts.capability[pair[0]].level]
        needs = lineage.needs([item.name])
        times = [*(plan.attained(*pair) for pair in raised), *(plan.met(need) for need in needs)]
        known = [time for time in times if time is not None]
        there = max(known) if known and len(known) == len(times) else None
        finish = plan.placed[item.name].finish
        due = None if item.latest_finish is None else facts.timeline.ending(item.latest_finish)
        benefits = bool(times)
        yield Standing(item.name, "work", at, finish, there, due, item.owner, None, benefits)


def delivered(plan: Plan, capability: str, level: int) -> int | None:
    """Boundary by which the work that raises a capability to a level is finished.

    It is the attainment without any ramp or dip: enough of those who raise it there, or higher,
    are finished. Gates of needs are no part of it. 0 if the level is there today; ``None`` if the
    plan does not get there.
    """
    facts = plan.portfolio
    if level <= facts.capability[capability].level:
        return 0
    times = []
    for at, names in facts.raisers[capability].items():
        ends = sorted(plan.placed[name].finish for name in names if name in plan.placed)
        ends = [max(end, 0) for end in ends if end <= facts.timeline.periods]
        count = facts.needed(capability, at)
        if at >= level and count <= len(ends):
            times.append(ends[count - 1])
    return min(times, default=None)


def _by(time: int | None, at: int) -> bool:
    return time is not None and time <= at
