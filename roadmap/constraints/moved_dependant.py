"""What depends on a system is moved before the system is retired."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap.fields import Text, of
from roadmap.parts import Lag, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class MovedDependant(Constraint):
    """A system is retired only when a dependant is finished: moved off it.

    The retiring initiative may start before that, but not finish; and it is not in the plan
    unless the dependant is.

    Attributes
    ----------
    system
        The system that is retired.
    dependant
        The initiative that moves what depends on it.
    """

    system: str = attrs.field(metadata=of(Text(names="systems")))
    dependant: str = attrs.field(metadata=of(Text(names="initiatives")))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every dependant of a system that an initiative retires."""
        for system in portfolio.systems:
            if system.retired_by is not None:
                yield from (cls(system.name, dependant) for dependant in system.dependants)

    @property
    def name(self) -> str:
        """``D moved off S``."""
        return f"{self.dependant} moved off {self.system}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """If the retiring initiative is placed, the dependant is finished when it finishes."""
        last = plan.portfolio.system[self.system].retired_by
        if last is None or last not in plan.placed:
            return
        who = (last, self.dependant)
        moved = plan.placed.get(self.dependant)
        if moved is None:
            message = f"{last} retires {self.system}, and {self.dependant} is not in the plan"
            yield Violation(self.name, message, who, 1)
        elif (early := moved.finish - plan.placed[last].finish) > 0:
            span = plan.portfolio.timeline.count(early)
            message = f"{last} retires {self.system} {span} before {self.dependant} is finished"
            yield Violation(self.name, message, who, early)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A lag from finish to finish."""
        last = portfolio.system[self.system].retired_by
        if last is not None:
            yield Lag(self.dependant, last, self.name, to_finish=True)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self.system} may be retired only when {self.dependant} is finished"
