"""PSPLIB instances with value that fades: the sum of w exp(-0.01 C) is to be as large as can be.

``C`` is a job's finish and ``w`` its weight as in ``weighted``. Said as a loss: what of a job's
value is gone at each time, in ten-thousandths, rounded, so that no job is off by more than half of
one ten-thousandth.
"""

from __future__ import annotations

import math
from pathlib import Path

import attrs

from benchmarks.weighted import weighted, weights
from roadmap.losses import Table
from roadmap.portfolio import Portfolio
from roadmap.schedule import Schedule

RATE = 0.01
SCALE = 10_000


@attrs.frozen
class Discounted:
    """An instance: its facts, and what its schedules are worth.

    Attributes
    ----------
    facts
        The portfolio, whose losses are what is gone of each job's value.
    worth
        The value of each job at time 0.
    """

    facts: Portfolio
    worth: dict[str, int]

    def value(self, schedule: Schedule) -> float:
        """The discounted value of a schedule, from its finishes alone."""
        return sum(
            amount * math.exp(-RATE * schedule[job].finish) for job, amount in self.worth.items()
        )

    def left(self, cost: int) -> float:
        """The discounted value that is left where this cost is gone."""
        return sum(self.worth.values()) - cost / SCALE


def discounted(data: Path, name: str) -> Discounted:
    """An instance by its name."""
    facts = weighted(data, name)
    worth = weights(name, facts)
    losses = {f"job {job}": _gone(amount, facts.timeline.periods) for job, amount in worth.items()}
    needs = [attrs.evolve(need, loss=losses[need.capability]) for need in facts.needs]
    return Discounted(facts.replace(needs=needs), worth)


def _gone(amount: int, periods: int) -> Table:
    """What is gone of a value at each boundary, in ten-thousandths."""
    return Table([round(-SCALE * amount * math.expm1(-RATE * at)) for at in range(periods + 1)])
