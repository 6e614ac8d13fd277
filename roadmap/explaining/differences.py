"""Who loses and who gains between two plans: the difference of two judgements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from roadmap._text import money
from roadmap.evaluation import evaluate
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.timeline import Timeline


@attrs.frozen
class Change:
    """What another plan changes for a need, or for whatever else costs money.

    Attributes
    ----------
    who
        Label of the need, name of the initiative, or what else the term counts.
    term
        Name of the term of the objective.
    owner
        Who answers for it; ``None`` if nobody is stated.
    before, after
        For a need the boundary of attainment, for an initiative its start; ``None`` for never,
        and for all else.
    money
        How much more it costs; negative for a gain.
    """

    who: str
    term: str
    owner: str | None
    before: int | None
    after: int | None
    money: int

    def told(self, timeline: Timeline, currency: str = "") -> str:
        """Say it in a sentence."""
        owner = f" ({self.owner})" if self.owner else ""
        verb = "loses" if self.money > 0 else "gains" if self.money < 0 else "changes"
        amount = f" {money(abs(self.money), currency)}" if self.money else ""
        when = ""
        if self.before != self.after:
            when = f": {_moment(self.before, timeline)} becomes {_moment(self.after, timeline)}"
        return f"{self.who}{owner} {verb}{amount}{when}"


def changes(problem: Problem, before: Schedule, after: Schedule) -> tuple[Change, ...]:
    """Compare two plans by what each of them costs whom, the dearest difference first.

    Parameters
    ----------
    problem
        By what both are judged.
    before, after
        The plans.
    """
    found = sorted(_changes(problem, before, after), key=lambda one: (-one.money, one.who))
    return tuple(found)


def _changes(problem: Problem, before: Schedule, after: Schedule) -> Iterator[Change]:
    facts = problem.portfolio
    old, new = evaluate(problem, before), evaluate(problem, after)
    for term in problem.objective:
        were, are = old.amounts[term.name], new.amounts[term.name]
        for who in dict.fromkeys((*were, *are)):
            times: Sequence[int | None] = (None, None)
            if who in facts.need:
                times = (old.attainment[who], new.attainment[who])
            elif who in facts.initiative:
                times = (_start(before, who), _start(after, who))
            more = are.get(who, 0) - were.get(who, 0)
            if more:
                yield Change(who, term.name, _owner(facts, who), times[0], times[1], more)


def _start(schedule: Schedule, name: str) -> int | None:
    return schedule[name].start if name in schedule else None


def _owner(facts: Portfolio, who: str) -> str | None:
    if who in facts.need:
        return facts.need[who].owner
    return facts.initiative[who].owner if who in facts.initiative else None


def _moment(boundary: int | None, timeline: Timeline) -> str:
    return "never" if boundary is None else timeline.label(boundary)
