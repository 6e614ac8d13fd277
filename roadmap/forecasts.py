"""Where outcomes will stand: each metric over time, as the plan attains the levels that carry it.

A metric covers the way from its baseline to its target by as much of the weight as has been
attained: with weights 1 and 2, a third of the way when the first level is there. It is a step
function, exact, and recomputed from the attained levels alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import overload

import attrs

from roadmap._text import html_table, text_table
from roadmap.errors import Fault, FaultyInputError
from roadmap.facts import Outcome
from roadmap.plan import Plan
from roadmap.result import Result
from roadmap.timeline import Timeline


@attrs.frozen
class Forecast:
    """The course of one outcome under a plan.

    Attributes
    ----------
    outcome
        What is measured.
    steps
        Its value from each boundary on: (boundary, value), the first at 0, ascending.
    due
        Boundary by which the target shall be there.
    met_from
        First boundary from which the target is there; ``None`` for never.
    """

    outcome: Outcome
    steps: tuple[tuple[int, Fraction], ...]
    due: int
    met_from: int | None

    def at(self, boundary: int) -> Fraction:
        """The value from a boundary on."""
        return next(value for at, value in reversed(self.steps) if at <= max(boundary, 0))

    @property
    def met(self) -> bool:
        """Whether the target is there by its date."""
        return self.met_from is not None and self.met_from <= self.due


@attrs.frozen
class Forecasts(Sequence[Forecast]):
    """The forecasts of a plan, in the order of the outcomes; they print as a table.

    Attributes
    ----------
    timeline
        The planning horizon.
    forecasts
        One for each outcome.
    """

    timeline: Timeline
    forecasts: tuple[Forecast, ...]

    @overload
    def __getitem__(self, at: int | str) -> Forecast: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Forecast]: ...
    def __getitem__(self, at: int | str | slice) -> Forecast | Sequence[Forecast]:
        """One by its place or by the name of its outcome, or some by their places."""
        if isinstance(at, str):
            return {each.outcome.name: each for each in self.forecasts}[at]
        return self.forecasts[at]

    def __iter__(self) -> Iterator[Forecast]:
        return iter(self.forecasts)

    def __len__(self) -> int:
        return len(self.forecasts)

    def __str__(self) -> str:
        return text_table(_HEAD, self._rows()) if self.forecasts else _NONE

    def _repr_html_(self) -> str:
        return html_table(_HEAD, self._rows()) if self.forecasts else f"<p>{_NONE}</p>"

    def _rows(self) -> list[tuple[str, ...]]:
        return [self._row(each) for each in self.forecasts]

    def _row(self, each: Forecast) -> tuple[str, ...]:
        outcome = each.outcome
        return (
            outcome.name,
            outcome.unit or "–",
            f"{outcome.baseline:,}",
            f"{outcome.target:,}",
            self.timeline.until(each.due),
            figure(each.at(each.due)),
            "never" if each.met_from is None else self.timeline.label(each.met_from),
            "in time" if each.met else "missed" if each.met_from is None else "late",
        )


def forecast(given: Result | Plan) -> Forecasts:
    """Forecast every outcome of a portfolio under a plan.

    Parameters
    ----------
    given
        A result that has a plan, or any portfolio and schedule as a ``Plan``.

    Returns
    -------
    Forecasts
        One for each outcome, exact.

    Raises
    ------
    InfeasibleError
        The result has no plan.
    """
    plan = as_plan(given)
    timeline = plan.portfolio.timeline
    return Forecasts(timeline, tuple(_forecast(plan, each) for each in plan.portfolio.outcomes))


def as_plan(given: Result | Plan) -> Plan:
    """Take a result as the plan that it holds.

    Raises
    ------
    InfeasibleError
        The result has no plan.
    FaultyInputError
        It is neither a result nor a plan.
    """
    if isinstance(given, Result):
        return Plan(given.problem.portfolio, given.require())
    if isinstance(given, Plan):
        return given
    told = f"a {type(given).__name__} is given, where a plan is awaited"
    remedy = "give rm.solve(portfolio), or rm.Plan(portfolio, schedule)"
    raise FaultyInputError([Fault("given", told, remedy)])


def carried(plan: Plan, outcome: Outcome) -> Mapping[str, int]:
    """The levels that carry an outcome any further: those that are not there today."""
    today = plan.portfolio.capability
    return {c: level for c, level in outcome.capabilities.items() if level > today[c].level}


def _forecast(plan: Plan, outcome: Outcome) -> Forecast:
    weights = {name: outcome.weights.get(name, 1) for name in carried(plan, outcome)}
    times = {name: plan.attained(name, outcome.capabilities[name]) for name in weights}
    whole, way = sum(weights.values()), outcome.target - outcome.baseline
    steps = [(0, Fraction(outcome.baseline))]
    for time in sorted({time for time in times.values() if time is not None}):
        there = sum(weights[name] for name, at in times.items() if at is not None and at <= time)
        steps = [step for step in steps if step[0] < time]
        steps.append((time, outcome.baseline + Fraction(way * there, whole)))
    met = [time for time, value in steps if value == outcome.target]
    due = plan.portfolio.timeline.ending(outcome.due_by)
    return Forecast(outcome, tuple(steps), due, met[0] if met else None)


def figure(value: Fraction) -> str:
    """A value for people: whole if it is, else to one decimal place."""
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.1f}"


_HEAD = ("outcome", "unit", "baseline", "target", "due by", "by then", "met from", "verdict")
_NONE = "No outcomes are stated."
