"""Capacity of a team that other work may not use."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, combinations
from typing import Self

import attrs

from roadmap._frozen import frozen_fields
from roadmap.elastic import limited
from roadmap.facts import Fence
from roadmap.fields import Records, Text, of, spread
from roadmap.parts import Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen(field_transformer=frozen_fields)
class RingFence(Constraint):
    """Work of other categories keeps out of the fenced capacity of a team.

    Attributes
    ----------
    team
        Its name.
    fences
        The facts; all of that team, each for a category of its own.
    """

    team: str = attrs.field(metadata=of(Text(names="teams")))
    fences: Sequence[Fence] = attrs.field(metadata=of(Records((Fence,))))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every team that has a fence."""
        for team in portfolio.teams:
            fences = tuple(fence for fence in portfolio.fences if fence.team == team.name)
            if fences:
                yield cls(team.name, fences)

    @property
    def name(self) -> str:
        """``fence of T``."""
        return f"fence of {self.team}"

    @property
    def basis(self) -> str:
        """The fences' basis, if they agree."""
        stated = {fence.basis for fence in self.fences}
        return stated.pop() if len(stated) == 1 else "unstated"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """In each period, name the fences that are broken by most."""
        timeline = plan.portfolio.timeline
        for period in range(timeline.periods):
            worst = max(self._excess(plan, period), key=lambda told: told[0], default=None)
            if worst is not None and worst[0] > 0:
                over, shut, who = worst
                message = (
                    f"{self.team} is wanted by other work for {over} of what is kept for "
                    f"{' and '.join(shut)} in {timeline.label(period)}"
                )
                yield Violation(self.name, message, who, over)

    def _excess(
        self, plan: Plan, period: int
    ) -> Iterator[tuple[int, Sequence[str], tuple[str, ...]]]:
        """For each set of fences, by how much the work outside of them breaks in."""
        for some in self._sets():
            left = self._left(some, plan.portfolio)[period]
            shut = [fence.category for fence in some]
            at = range(period, period + 1)
            wanted = {
                name: plan.occupied(name, (self.team,), at)
                for name in plan.placed
                if plan.portfolio.initiative[name].category not in shut
            }
            who = tuple(name for name, units in wanted.items() if units)
            yield sum(wanted.values()) - left, shut, who

    def _sets(self) -> Iterator[tuple[Fence, ...]]:
        """Every set of fences: work of a category may use its own and no other."""
        sizes = range(1, len(self.fences) + 1)
        return chain.from_iterable(combinations(self.fences, size) for size in sizes)

    def _left(self, some: Collection[Fence], portfolio: Portfolio) -> tuple[int, ...]:
        """What a set of fences leaves of the team in each period."""
        kept = [spread(fence.capacity, portfolio.timeline) for fence in some]
        usual = portfolio.capacity[self.team]
        more = portfolio.team[self.team].beyond(portfolio.timeline)
        has = [there + beyond for there, beyond in zip(usual, more, strict=True)]
        return tuple(max(units - sum(of_all), 0) for units, *of_all in zip(has, *kept, strict=True))

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A resource for each set of fences, used by the work that has no place in them."""
        for some in self._sets():
            shut = [fence.category for fence in some]
            who = [item.name for item in portfolio.initiatives if item.category not in shut]
            # names of teams hold no line breaks, so this is none of theirs
            name = "\n".join([self.name, *shut])
            left = self._left(some, portfolio)
            yield from limited(portfolio, self.team, left, who, name, self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        told = []
        for fence in self.fences:
            kept = spread(fence.capacity, portfolio.timeline)
            units = f"{min(kept)}" if min(kept) == max(kept) else f"{min(kept)} to {max(kept)}"
            told.append(f"{units} for {fence.category}")
        return f"{self.team} keeps {', '.join(told)}: other work may not use it"
