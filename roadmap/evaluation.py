"""The judge: it scores any schedule from anywhere, exactly, from the facts alone.

It shares no code with the network or with any solver; a difference from a solver's figure is a
bug, and is raised as one where results are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from roadmap._frozen import frozen_fields
from roadmap.errors import nearest
from roadmap.plan import Plan
from roadmap.problem import as_problem
from roadmap.rules import Violation

if TYPE_CHECKING:
    from roadmap.portfolio import Portfolio
    from roadmap.problem import Problem
    from roadmap.schedule import Placement, Schedule


@attrs.frozen(field_transformer=frozen_fields)
class Evaluation:
    """What the judge says of a schedule.

    Attributes
    ----------
    violations
        Every way in which it breaks a rule; none for a sound plan.
    terms
        Money by name of the objective's term.
    amounts
        For each term, money by what costs it (for urgency: by need).
    attainment
        For each need, the first boundary from which it is met; ``None`` for never.
    loads
        For each team, the capacity units occupied in each period.
    """

    violations: tuple[Violation, ...]
    terms: Mapping[str, int]
    amounts: Mapping[str, Mapping[str, int]]
    attainment: Mapping[str, int | None]
    loads: Mapping[str, tuple[int, ...]]

    @property
    def feasible(self) -> bool:
        """Whether it breaks no rule."""
        return not self.violations

    @property
    def objective(self) -> int:
        """The sum of the terms: what is minimised."""
        return sum(self.terms.values())


def evaluate(question: Portfolio | Problem, schedule: Schedule) -> Evaluation:
    """Judge a schedule.

    Parameters
    ----------
    question
        The problem; a portfolio is taken as its standard problem.
    schedule
        Any schedule, sound or not; what does not fit is a violation, never an error.

    Returns
    -------
    Evaluation
        Exact, in integers.
    """
    problem = as_problem(question)
    facts = problem.portfolio
    plan = Plan(facts, schedule)
    violations = list(_misfits(plan))
    for rule in problem.constraints:
        violations += rule.check(plan)
    amounts = {term.name: term.amounts(plan) for term in problem.objective}
    return Evaluation(
        violations=tuple(violations),
        terms={name: sum(parts.values()) for name, parts in amounts.items()},
        amounts={name: dict(parts) for name, parts in amounts.items()},
        attainment={need.label: plan.met(need) for need in facts.needs},
        loads={team.name: plan.load(team.name) for team in facts.teams},
    )


def _misfits(plan: Plan) -> Iterator[Violation]:
    """What makes a schedule no schedule of this portfolio."""
    for name, place in plan.schedule.items():
        if name not in plan.portfolio.initiative:
            message = f"{name} is no initiative; {nearest(name, plan.portfolio.initiative)}"
            yield Violation("known work", message, (name,), 1)
        else:
            yield from _misplacements(plan, place)


def _misplacements(plan: Plan, place: Placement) -> Iterator[Violation]:
    """A mode it does not have, another duration than its mode's, or outside the timeline."""
    name, timeline = place.initiative, plan.portfolio.timeline
    mode = plan.mode(name)
    if mode is None:
        modes = [way.name for way in plan.portfolio.initiative[name].ways]
        told = "does not say its mode" if place.mode is None else f"has no mode {place.mode!r}"
        message = f"{name} {told}; {nearest(place.mode or '', modes)}"
        yield Violation("known modes", message, (name,), 1)
    else:
        yield from _mistimed(plan, place)
    outside = max(-place.start, place.finish - timeline.periods)
    if outside > 0:
        message = f"{name} lies {timeline.count(outside)} outside the timeline"
        yield Violation("timeline", message, (name,), outside)


def _mistimed(plan: Plan, place: Placement) -> Iterator[Violation]:
    """Another duration than its mode's; another than its effort takes from that start."""
    name, timeline = place.initiative, plan.portfolio.timeline
    given, takes = place.finish - place.start, plan.takes(name)
    if takes is None:
        message = f"{name} is not done by the end of the timeline"
        yield Violation("durations", message, (name,), 1)
    elif given != takes:
        told = f"{name} is given {timeline.count(given)} and takes {timeline.count(takes)}"
        yield Violation("durations", told, (name,), abs(given - takes))
