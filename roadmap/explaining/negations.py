"""The ways in which a rule can be broken, as rules: read off the scheduling words that it posts.

A plan breaks a rule when it keeps one of these. So whether the other rules entail a rule is a
question like any other. Where a word has no such ways, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from roadmap.explaining.asking import starts_by
from roadmap.parts import (
    Account,
    Entry,
    Event,
    Inclusion,
    Lag,
    Part,
    Resource,
    Shut,
    Window,
)
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation

Way = tuple[Part, ...]


@attrs.frozen
class Broken(Constraint):
    """A rule is broken, in one way.

    Attributes
    ----------
    rule
        The rule.
    way
        The parts that make it so.
    number
        Which of its ways.
    """

    rule: Constraint
    way: Way
    number: int

    @property
    def name(self) -> str:
        """``asked: R is broken, 1``."""
        return f"asked: {self.rule.name} is broken, {self.number}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """The rule finds fault."""
        if next(self.rule.check(plan), None) is None:
            yield Violation(self.name, f"the plan keeps: {self.rule.name}", (), 1)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """What makes it so."""
        return iter(self.way)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"not: {self.rule.sentence(portfolio)}"


def negation(rule: Constraint, portfolio: Portfolio) -> tuple[Broken, ...] | None:
    """The ways in which a rule can be broken; ``None`` if they cannot be said.

    Parameters
    ----------
    rule
        The rule.
    portfolio
        The facts.
    """
    ways: list[Way] = []
    for part in rule.post(portfolio):
        if not isinstance(part, Event):
            found = _ways(part, portfolio, rule.name)
            if found is None:
                return None
            ways += found
    return tuple(Broken(rule, way, number) for number, way in enumerate(ways, 1))


def _ways(part: Part, facts: Portfolio, origin: str) -> list[Way] | None:
    match part:
        case Inclusion():
            return [(_absent(part.activity, facts, origin),)]
        case Window():
            return list(_outside(part, facts, origin))
        case Shut():
            return list(_opened(part, facts, origin))
        case Lag():
            return _out_of_order(part, facts, origin)
        case Account(price=None):
            return list(_beyond(part, origin))
        case Resource(uses=None, extra=()):
            return list(_overloaded(part, facts, origin))
    return None


def _absent(activity: str, facts: Portfolio, origin: str) -> Part:
    return Window(activity, origin, earliest=facts.timeline.periods + 1)


def _outside(part: Window, facts: Portfolio, origin: str) -> Iterator[Way]:
    placed = Inclusion(part.activity, origin)
    if part.earliest is not None:
        yield placed, starts_by(facts, part.activity, part.earliest - 1, origin)
    if part.latest is not None:
        durations = {variant.duration for variant in facts.variants[part.activity]}
        if len(durations) == 1:
            late = part.latest + 1 - durations.pop()
            yield placed, Window(part.activity, origin, earliest=late)
        else:
            early = frozenset(range(min(part.latest, facts.timeline.periods) + 1))
            yield placed, Shut(part.activity, origin, finishes=early)


def _opened(part: Shut, facts: Portfolio, origin: str) -> Iterator[Way]:
    """Work that starts, or finishes, at a boundary at which it may not."""
    placed, all_ = Inclusion(part.activity, origin), frozenset(range(facts.timeline.periods + 1))
    if part.starts:
        yield placed, Shut(part.activity, origin, starts=all_ - part.starts)
    if part.finishes:
        yield placed, Shut(part.activity, origin, finishes=all_ - part.finishes)


def _out_of_order(part: Lag, facts: Portfolio, origin: str) -> list[Way]:
    """The later one without the sooner, or both with less between them than there must be."""
    turned = Lag(part.after, part.before, origin, 1 - part.lag, part.to_finish, part.from_finish)
    later, sooner = Inclusion(part.after, origin), Inclusion(part.before, origin)
    return [(later, _absent(part.before, facts, origin)), (later, sooner, turned)]


def _beyond(part: Account, origin: str) -> Iterator[Way]:
    if part.least is not None:
        yield (Account(part.entries, origin, most=part.least - 1),)
    if part.most is not None:
        yield (Account(part.entries, origin, least=part.most + 1),)


def _overloaded(part: Resource, facts: Portfolio, origin: str) -> Iterator[Way]:
    """More wanted than there is, in one period or another."""
    for period, capacity in enumerate(part.capacity):
        entries = []
        for name, variants in facts.variants.items():
            amounts = tuple(
                tuple(
                    way.mode.demand.get(part.name, 0)
                    if start <= period < start + way.duration
                    else 0
                    for start in range(facts.timeline.periods + 1)
                )
                for way in variants
            )
            if any(map(any, amounts)):
                entries.append(Entry(name, amounts))
        yield (Account(tuple(entries), origin, least=capacity + 1),)
