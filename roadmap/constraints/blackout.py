"""Nobody works in a blackout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap.facts import Blackout, covers
from roadmap.facts.scope import told
from roadmap.fields import Record, of
from roadmap.parts import Part, Resource, Shut, Use
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation
from roadmap.scopes import covered


@attrs.frozen
class WorkBlackout(Constraint):
    """No work is in progress in the periods of a blackout.

    Attributes
    ----------
    blackout
        The fact.
    """

    blackout: Blackout = attrs.field(metadata=of(Record((Blackout,))))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every blackout."""
        return (cls(blackout) for blackout in portfolio.blackouts)

    @property
    def name(self) -> str:
        """``blackout X``."""
        return f"blackout {self.blackout.name}"

    @property
    def basis(self) -> str:
        """The blackout's basis."""
        return self.blackout.basis

    def check(self, plan: Plan) -> Iterator[Violation]:
        """No work that it holds for is in progress in any of its periods."""
        facts = plan.portfolio
        closed = self.blackout.periods(facts.timeline)
        for name, place in plan.placed.items():
            mode = plan.mode(name)
            inside = min(place.finish, closed.stop) - max(place.start, closed.start)
            if mode and inside > 0 and covers(self.blackout, facts.initiative[name], mode):
                message = (
                    f"{name} is in work for {facts.timeline.count(inside)} "
                    f"of the blackout {self.blackout.name} ({self._dates(facts)})"
                )
                yield Violation(self.name, message, (name,), inside)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """Starts that are shut; a resource that is not there, where lengths or modes differ."""
        closed = self.blackout.periods(portfolio.timeline)
        uses: list[Use] = []
        for name, flags in covered(portfolio, self.blackout).items():
            lengths = {variant.duration for variant in portfolio.variants[name]}
            if all(flags) and len(lengths) == 1:
                yield self._shut(name, lengths.pop(), closed)
            else:
                uses.append(Use(name, tuple(map(int, flags))))
        if uses:
            periods = range(portfolio.timeline.periods)
            capacity = tuple(0 if period in closed else len(uses) for period in periods)
            # no team can have this name, as names have no line breaks
            yield Resource(f"{self.name}\nwork", capacity, self.name, tuple(uses))

    def _shut(self, name: str, length: int, closed: range) -> Shut:
        """The starts from which work of a length would reach into the blackout."""
        starts = range(max(closed.start - length + 1, 0), closed.stop) if length and closed else ()
        return Shut(name, self.name, starts=frozenset(starts))

    def _dates(self, portfolio: Portfolio) -> str:
        """First and last day of its periods."""
        timeline, closed = portfolio.timeline, self.blackout.periods(portfolio.timeline)
        return f"{timeline.day(closed.start)} to {timeline.last_day(closed.stop)}"

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        who = told(self.blackout, "all work")
        return f"{who} must rest from {self._dates(portfolio)} ({self.blackout.name})"
