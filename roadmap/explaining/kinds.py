"""What a rule is about, read off the scheduling words that it posts: new rules need no entry."""

from __future__ import annotations

from typing import Literal

from roadmap.parts import (
    Due,
    Event,
    Inclusion,
    Lag,
    Overrun,
    Resource,
    Shut,
    Wait,
    Window,
)
from roadmap.problem import Problem
from roadmap.rules import Constraint

Kind = Literal["dependencies", "scope", "calendars", "teams", "others"]
"""Dependencies: who waits for what. Scope: what must be done. Calendars: when work may be.
Teams: how much at once. Others: budgets, choices, and what mixes several of these."""

_KINDS: tuple[tuple[Kind, frozenset[type]], ...] = (
    ("scope", frozenset({Inclusion})),
    ("dependencies", frozenset({Lag, Wait})),
    ("calendars", frozenset({Window, Shut, Due})),
    ("teams", frozenset({Resource, Overrun})),
)


def kind_of(rule: Constraint, problem: Problem) -> Kind:
    """What a rule is about."""
    words = {type(part) for part in rule.post(problem.portfolio)} - {Event}
    return next((kind for kind, its in _KINDS if words <= its), "others")


def names_of(problem: Problem, *kinds: Kind) -> tuple[str, ...]:
    """Names of the rules of some kinds, each once, in the problem's order."""
    found = (rule.name for rule in problem.constraints if kind_of(rule, problem) in kinds)
    return tuple(dict.fromkeys(found))
