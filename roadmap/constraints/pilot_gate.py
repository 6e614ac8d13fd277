"""What hangs on a pilot waits for its gate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap.fields import Text, of
from roadmap.parts import Lag, Part, Window
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class PilotGate(Constraint):
    """A pilot is finished by its gate, and its follow-on work starts then or later.

    Follow-on work can be in the plan only if the pilot is.

    Attributes
    ----------
    initiative
        The initiative that is the pilot.
    """

    initiative: str = attrs.field(metadata=of(Text(names="initiatives")))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every pilot."""
        return (cls(pilot.initiative) for pilot in portfolio.pilots)

    @property
    def name(self) -> str:
        """``gate of X``."""
        return f"gate of {self.initiative}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """Each end lies on its side of the gate, and no follow-on work is without its pilot."""
        pilot = plan.portfolio.pilot.get(self.initiative)
        if pilot is None:
            return
        timeline = plan.portfolio.timeline
        gate = timeline.starting(pilot.gate)
        tried = plan.placed.get(self.initiative)
        if tried is not None and tried.finish > gate:
            late = tried.finish - gate
            message = f"{self.initiative} is finished {timeline.count(late)} after its gate"
            yield Violation(self.name, message, (self.initiative,), late)
        for name in pilot.follow_on:
            who = (name, self.initiative)
            if name in plan.placed and tried is None:
                message = f"{name} is in the plan without its pilot, {self.initiative}"
                yield Violation(self.name, message, who, 1)
            if name in plan.placed and (early := gate - plan.placed[name].start) > 0:
                span = timeline.count(early)
                message = f"{name} starts {span} before the gate of {self.initiative}"
                yield Violation(self.name, message, who, early)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """Windows that meet at the gate; a lag, so that none is without its pilot."""
        pilot = portfolio.pilot.get(self.initiative)
        if pilot is None:
            return
        gate = portfolio.timeline.starting(pilot.gate)
        yield Window(self.initiative, self.name, latest=gate)
        for name in pilot.follow_on:
            yield Window(name, self.name, earliest=gate)
            yield Lag(self.initiative, name, self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        pilot = portfolio.pilot.get(self.initiative)
        if pilot is None:
            return f"{self.initiative} is no pilot"
        day = portfolio.timeline.day(portfolio.timeline.starting(pilot.gate))
        return f"what hangs on {self.initiative} may not start before its gate on {day}"
