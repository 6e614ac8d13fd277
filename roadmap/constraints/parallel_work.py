"""Only so many things are begun at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap.facts import Mode
from roadmap.fields import Text, Whole, of
from roadmap.parts import Part, Resource, Use
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class ParallelWork(Constraint):
    """In each period, at most so many initiatives are in work: of one team, or of all.

    Attributes
    ----------
    most
        How many; at least 1.
    team
        Name of the team whose work is counted, however little of it each initiative takes; default
        none: all work is counted.

    References
    ----------
    D. J. Anderson, *Kanban*, 2010: limits on work in progress.
    """

    most: int = attrs.field(metadata=of(Whole(1)))
    team: str | None = attrs.field(default=None, metadata=of(Text(names="teams")))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every team that states such a limit, and the portfolio if it does."""
        for team in portfolio.teams:
            if team.parallel is not None:
                yield cls(team.parallel, team.name)
        if portfolio.parallel is not None:
            yield cls(portfolio.parallel)

    @property
    def name(self) -> str:
        """``parallel work of T``, or ``parallel work``."""
        return "parallel work" if self.team is None else f"parallel work of {self.team}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """In no period more is in work."""
        timeline = plan.portfolio.timeline
        counted = [
            place
            for name, place in plan.placed.items()
            if (mode := plan.mode(name)) is not None and self._counts(mode)
        ]
        for period in range(timeline.periods):
            busy = tuple(p.initiative for p in counted if p.start <= period < p.finish)
            if len(busy) > self.most:
                who = "" if self.team is None else f" by {self.team}"
                message = (
                    f"{len(busy)} initiatives are in work{who} in {timeline.label(period)}, "
                    f"{len(busy) - self.most} more than may be"
                )
                yield Violation(self.name, message, busy, len(busy) - self.most)

    def _counts(self, mode: Mode) -> bool:
        return self.team is None or bool(mode.demand.get(self.team, 0))

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A renewable resource of which each takes one unit while it is in work."""
        uses = []
        for name, variants in portfolio.variants.items():
            amounts = tuple(int(self._counts(variant.mode)) for variant in variants)
            if any(amounts):
                uses.append(Use(name, amounts))
        # no team can have this name, as names have no line breaks
        name = f"{self.team or ''}\nparallel work, {self.most}"
        yield Resource(name, (self.most,) * portfolio.timeline.periods, self.name, tuple(uses))

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        things = f"{self.most} initiative{'' if self.most == 1 else 's'}"
        if self.team is None:
            return f"at most {things} may be in work at once"
        return f"{self.team} works on at most {things} at once"
