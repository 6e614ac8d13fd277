"""An instance as its peers are asked it."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from roadmap.evaluation import evaluate
from roadmap.problem import Problem
from roadmap.schedule import Schedule


@attrs.frozen
class Case:
    """An instance as its peers are asked it.

    Attributes
    ----------
    problem
        The question.
    value
        What a schedule is worth, the same for all peers.
    told
        The value of a cost that the problem minimises.
    known
        The best value that is published; ``None`` if none is.
    proven
        Whether it is published that nothing is better.
    infeasible
        Whether it is published that there is no schedule.
    """

    problem: Problem
    value: Callable[[Schedule], float]
    told: Callable[[int], float] = float
    known: float | None = None
    proven: bool = False
    infeasible: bool = False

    @property
    def published(self) -> str:
        """What is published, in a word; empty for nothing."""
        if self.infeasible:
            return "no plan"
        if self.known is None:
            return ""
        return "optimum" if self.proven else "best known"


def judged(
    problem: Problem, known: float | None = None, *, proven: bool = False, infeasible: bool = False
) -> Case:
    """A case whose schedules are worth what the judge says they cost."""

    def value(schedule: Schedule) -> float:
        return float(evaluate(problem, schedule).objective)

    return Case(problem, value, known=known, proven=proven, infeasible=infeasible)
