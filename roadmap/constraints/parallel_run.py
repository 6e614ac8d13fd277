"""Old and new run side by side for a while."""

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
class ParallelRun(Constraint):
    """A system is retired no sooner than its parallel run after its replacement's go-live.

    The retiring initiative is not in the plan unless the replacement is.

    Attributes
    ----------
    system
        The system; it says what replaces it, what retires it, and how long both run.
    """

    system: str = attrs.field(metadata=of(Text(names="systems")))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every system that one initiative replaces and another retires."""
        for system in portfolio.systems:
            if system.retired_by and system.replaced_by not in (None, system.retired_by):
                yield cls(system.name)

    @property
    def name(self) -> str:
        """``parallel run of S``."""
        return f"parallel run of {self.system}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """If the retiring initiative is placed, the replacement is live for long enough."""
        system = plan.portfolio.system[self.system]
        last, new = system.retired_by, system.replaced_by
        if last is None or new is None or last not in plan.placed:
            return
        if new not in plan.placed:
            message = f"{last} retires {self.system}, and {new} is not in the plan"
            yield Violation(self.name, message, (last, new), 1)
            return
        live = plan.placed[last].finish - plan.placed[new].finish
        if live < system.parallel:
            count = plan.portfolio.timeline.count
            when = f"{count(live)} after" if live >= 0 else f"{count(-live)} before"
            message = (
                f"{last} retires {self.system} {when} the go-live of {new}; "
                f"both must run for {count(system.parallel)}"
            )
            yield Violation(self.name, message, (last, new), system.parallel - live)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A lag from finish to finish."""
        system = portfolio.system[self.system]
        if system.retired_by is not None and system.replaced_by is not None:
            new, last = system.replaced_by, system.retired_by
            yield Lag(new, last, self.name, system.parallel, to_finish=True)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        system = portfolio.system[self.system]
        if not system.parallel:
            return f"{self.system} may be retired only when {system.replaced_by} is live"
        span = portfolio.timeline.count(system.parallel)
        return f"{self.system} runs for at least {span} beside what {system.replaced_by} brings"
