"""The events at which capability levels are attained, for the network."""

from __future__ import annotations

from collections.abc import Iterator

from roadmap.parts import Event, EventKey, Member
from roadmap.portfolio import Portfolio


def level_key(capability: str, level: int) -> EventKey:
    """Name the event that a capability is at a level or above."""
    return EventKey(capability, level, "at or above")


def level_events(portfolio: Portfolio, capability: str, level: int) -> Iterator[Event]:
    """Yield the event that a capability is at a level or above, after the events it rests on.

    A level is attained when enough of the initiatives that raise exactly it have taken effect,
    or when the next higher raised level is.
    """
    key = level_key(capability, level)
    if level <= portfolio.capability[capability].level:
        yield Event(key, (), 0)
        return
    raisers = portfolio.raisers[capability]
    above = [at for at in raisers if at >= level]
    for at in above:
        members = tuple(Member(name, portfolio.initiative[name].ramp) for name in raisers[at])
        yield Event(EventKey(capability, at, "raised"), members, portfolio.needed(capability, at))
    raised = tuple(Member(EventKey(capability, at, "raised")) for at in above)
    yield Event(key, raised, 1)
