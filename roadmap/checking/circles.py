"""No work has to come before itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from roadmap.checking.contract import Facts
from roadmap.checking.levels import Raisers
from roadmap.cycles import Edge, positive_cycles, self_justifying_cycles
from roadmap.errors import Fault
from roadmap.facts import Initiative, Mode


def circles(facts: Facts) -> Iterator[Fault]:
    """Work that, by its dependencies and prerequisites, would have to come before itself."""
    edges = list(_edges(facts))
    for cycle in positive_cycles(edges):
        yield Fault(
            "dependencies",
            f"each of these waits for the one before it, in a circle: {' → '.join(cycle)}",
            "take out one of these dependencies or prerequisites",
        )
    for cycle in self_justifying_cycles(edges):
        yield Fault(
            "initiatives",
            f"these could justify each other at the same instant: {' → '.join(cycle)}",
            "give one of them a duration or a ramp of at least 1",
        )


def _edges(facts: Facts) -> Iterator[Edge]:
    """Time relations between the starts of initiatives, with the least time between them."""
    periods = facts.timeline.periods
    shortest = {i.name: min(map(_shortest, i.ways)) for i in facts.initiatives}
    longest = {
        i.name: max(periods if way.duration is None else way.duration for way in i.ways)
        for i in facts.initiatives
    }
    for item in facts.ties:
        if item.soft:
            continue
        wait = item.lag
        wait += shortest[item.predecessor] if item.link in ("FS", "FF") else 0
        wait -= longest[item.successor] if item.link in ("FF", "SF") else 0
        yield Edge(item.predecessor, item.successor, wait)
    for pilot in facts.pilots:
        for name in pilot.follow_on:
            yield Edge(pilot.initiative, name, shortest[pilot.initiative])
    yield from _edges_of_systems(facts, shortest, longest)
    yield from _edges_of_dips(facts, shortest)
    raisers = Raisers.of(facts)
    today = {item.name: item.level for item in facts.capabilities}
    combine = {item.name: item.combine for item in facts.capabilities}
    soft = {(item.initiative, item.capability) for item in facts.workarounds}
    for initiative in facts.initiatives:
        for capability, level in initiative.requires.items():
            if level <= today[capability] or (initiative.name, capability) in soft:
                continue
            found = raisers.at_or_above(capability, level)
            certain = len(found) == 1 and _all_needed(found[0], combine[capability])
            for _, who in found:
                for raiser in who:
                    wait = shortest[raiser.name] + raiser.ramp
                    yield Edge(raiser.name, initiative.name, wait, certain)


def _shortest(way: Mode) -> int:
    """How long a way takes; an effort, at least as long as with all that it may use."""
    if way.effort is None:
        return way.duration or 0
    return -(-way.effort // max(way.demand.values()))


def _edges_of_systems(
    facts: Facts, shortest: Mapping[str, int], longest: Mapping[str, int]
) -> Iterator[Edge]:
    """What comes before a retirement, and what comes after it."""
    for system in facts.systems:
        last = system.retired_by
        if last is None:
            continue
        before = [(name, 0) for name in system.dependants]
        before += [(system.replaced_by, system.parallel)] if system.replaced_by else []
        for name, lag in before:
            yield Edge(name, last, shortest[name] + lag - longest[last])
        for name in system.blocks:
            yield Edge(last, name, shortest[last])


def _edges_of_dips(facts: Facts, shortest: Mapping[str, int]) -> Iterator[Edge]:
    """Mandatory work that lowers a level is over before what requires the level starts."""
    soft = {(item.initiative, item.capability) for item in facts.workarounds}
    for lowering in facts.initiatives:
        for capability, to in () if lowering.optional else lowering.lowers.items():
            for item in facts.initiatives:
                hard = (item.name, capability) not in soft
                if hard and item.requires.get(capability, 0) > to:
                    yield Edge(lowering.name, item.name, shortest[lowering.name])


def _all_needed(found: tuple[int, Collection[Initiative]], combine: Any) -> bool:
    level, who = found
    return combine.get(level, "all") in ("all", len(who))
