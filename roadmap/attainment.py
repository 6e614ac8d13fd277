"""The events at which capability levels are attained, for the network."""

from __future__ import annotations

from collections.abc import Iterator

from roadmap.facts import Need
from roadmap.parts import Event, EventKey, Member
from roadmap.portfolio import Portfolio


def level_key(capability: str, level: int) -> EventKey:
    """Name the event from which on a capability is at a level or above for good."""
    return EventKey(capability, level, "at or above")


def need_key(need: Need) -> EventKey:
    """Name the event that a need is met; without gates, that its level is attained."""
    if need.gated_by:
        return EventKey(need.label, 0, "met")
    return level_key(need.capability, need.level)


def need_events(portfolio: Portfolio, need: Need) -> Iterator[Event]:
    """Yield the event that a need is met, after the events it rests on."""
    yield from level_events(portfolio, need.capability, need.level)
    if need.gated_by:
        level = Member(level_key(need.capability, need.level))
        members = (level, *(Member(gate) for gate in need.gated_by))
        yield Event(need_key(need), members, len(members))


def reached_key(portfolio: Portfolio, capability: str, level: int) -> EventKey:
    """Name the event that a capability is at a level or above but for work that lowers it."""
    dipped = portfolio.lowered_below(capability, level)
    return EventKey(capability, level, "reached") if dipped else level_key(capability, level)


def level_events(portfolio: Portfolio, capability: str, level: int) -> Iterator[Event]:
    """Yield the event that a capability is at a level for good, after the events it rests on.

    It is when the level is reached and all work that lowers the capability below it is over.
    """
    yield from reached_events(portfolio, capability, level)
    lowerers = portfolio.lowered_below(capability, level)
    if lowerers:
        restored = EventKey(capability, level, "restored")
        members = tuple(Member(name) for name in lowerers)
        yield Event(restored, members, len(members), absent_counts=True)
        both = (Member(reached_key(portfolio, capability, level)), Member(restored))
        yield Event(level_key(capability, level), both, 2)


def reached_events(portfolio: Portfolio, capability: str, level: int) -> Iterator[Event]:
    """Yield the event that a level is reached, whatever lowers it, after those it rests on.

    A level is reached when enough of the initiatives that raise exactly it have taken effect,
    or when the next higher raised level is.
    """
    key = reached_key(portfolio, capability, level)
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
