"""The rules and terms in which questions are asked: what is forced, and what alone counts.

They are rules and terms like any others, so no solver knows what they are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from roadmap.attainment import need_events, need_key
from roadmap.facts import Need
from roadmap.parts import Charge, Due, EventLoss, Inclusion, Part, Shut, Window
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Objective, Violation


@attrs.frozen
class Placed(Constraint):
    """An initiative is in the plan, and starts within bounds.

    Attributes
    ----------
    initiative
        Its name.
    earliest, latest
        Bounds of its start, both inclusive; ``None`` for none.
    """

    initiative: str
    earliest: int | None = None
    latest: int | None = None

    @property
    def name(self) -> str:
        """``asked: X from 3 to 4``; unlike any name that facts give."""
        bounds = [f" from {self.earliest}"] * (self.earliest is not None)
        bounds += [f" to {self.latest}"] * (self.latest is not None)
        return f"asked: {self.initiative}{''.join(bounds)}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """It is placed, and starts then."""
        place, who = plan.placed.get(self.initiative), (self.initiative,)
        if place is None:
            yield Violation(self.name, f"{self.initiative} is not in the plan", who, 1)
            return
        early = 0 if self.earliest is None else self.earliest - place.start
        late = 0 if self.latest is None else place.start - self.latest
        if max(early, late) > 0:
            told = f"{self.initiative} does not start when it is asked to"
            yield Violation(self.name, told, who, max(early, late))

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """It is included, and its starts are bounded."""
        yield Inclusion(self.initiative, self.name)
        if self.earliest is not None:
            yield Window(self.initiative, self.name, earliest=self.earliest)
        if self.latest is not None:
            yield starts_by(portfolio, self.initiative, self.latest, self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self.initiative} is in the plan, and starts when it is asked to"


def starts_by(portfolio: Portfolio, initiative: str, latest: int, origin: str) -> Part:
    """That an initiative starts at a boundary or before, if at all."""
    durations = {variant.duration for variant in portfolio.variants[initiative]}
    if len(durations) == 1:
        return Window(initiative, origin, latest=latest + durations.pop())
    later = range(max(latest + 1, 0), portfolio.timeline.periods + 1)
    return Shut(initiative, origin, starts=frozenset(later))


@attrs.frozen
class NotBefore(Constraint):
    """An initiative, if it is in the plan, starts at a boundary or later.

    Attributes
    ----------
    initiative
        Its name.
    start
        The boundary; it may lie beyond the end of the timeline.
    """

    initiative: str
    start: int

    @property
    def name(self) -> str:
        """``asked: X not before 3``."""
        return f"asked: {self.initiative} not before {self.start}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """If placed, it starts then or later."""
        place = plan.placed.get(self.initiative)
        if place is not None and place.start < self.start:
            told = f"{self.initiative} starts before it is asked to"
            yield Violation(self.name, told, (self.initiative,), self.start - place.start)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A window that opens."""
        yield Window(self.initiative, self.name, earliest=self.start)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self.initiative} does not start before it is asked to"


@attrs.frozen
class Met(Constraint):
    """A need is met by a boundary.

    Attributes
    ----------
    need
        The need.
    latest
        The boundary from which its level must hold at the latest.
    """

    need: Need
    latest: int

    @property
    def name(self) -> str:
        """``asked: N by 4``."""
        return f"asked: {self.need.label} by {self.latest}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """It is attained by then."""
        time = plan.met(self.need)
        if time is None or time > self.latest:
            late = 1 if time is None else time - self.latest
            yield Violation(self.name, f"{self.need.label} is not met when asked", (), late)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """The event of attainment is due."""
        yield from need_events(portfolio, self.need)
        yield Due(need_key(self.need), self.latest, self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self.need.label} is met when it is asked to be"


@attrs.frozen
class TimeOf(Objective):
    """When a need is met, one unit a period; never counts as the end of the timeline.

    Attributes
    ----------
    need
        The need.
    """

    need: Need

    @property
    def name(self) -> str:
        """``time of N``."""
        return f"time of {self.need.label}"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """The boundary of attainment."""
        time = plan.met(self.need)
        return {self.need.label: plan.portfolio.timeline.periods if time is None else time}

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """The event of attainment, and the clock as its loss."""
        yield from need_events(portfolio, self.need)
        key = need_key(self.need)
        yield EventLoss(key, tuple(range(portfolio.timeline.periods + 1)), self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"time until {self.need.label} is met"


@attrs.frozen
class Worth(Objective):
    """What an initiative is taken to be worth in itself: it lowers the cost of plans that hold it.

    Attributes
    ----------
    initiative
        Its name.
    amount
        Money.
    """

    initiative: str
    amount: int

    @property
    def name(self) -> str:
        """``asked: worth of X``."""
        return f"asked: worth of {self.initiative}"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """The amount as a gain, if it is placed."""
        return {self.initiative: -self.amount} if self.initiative in plan.placed else {}

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A charge below zero."""
        amounts = (-self.amount,) * len(portfolio.variants[self.initiative])
        yield Charge(self.initiative, amounts, self.name)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"{self.initiative} is taken to be worth something in itself"
