"""Selections leave a choice, and programmes are trees that dependencies can speak of."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from roadmap.checking.contract import Facts, records
from roadmap.errors import Fault


def selections(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """Of initiatives of which one is allowed, no two must be carried out."""
    mandatory = {
        name
        for _, name, item in _named(facts.initiatives)
        if getattr(item, "optional", None) is False
    }
    for index, item in enumerate(records(facts.selections)):
        path = f"selections[{index}]"
        if path in faulty or item.how not in ("exactly one", "at most one"):
            continue
        bound = [name for name in item.initiatives if name in mandatory]
        if len(bound) > 1:
            named = " and ".join(repr(name) for name in bound[:2])
            told = f"{item.how} of them may be in the plan, but {named} must be"
            yield Fault(f"{path}.initiatives", told, "say optional: true of all but one of them")


def programmes(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """An initiative has one parent at most, and names do not mean two things."""
    parent: dict[str, str] = {}
    taken = {name: f"initiatives[{at}]" for at, name, _ in _named(facts.initiatives)}
    taken |= {name: f"selections[{at}]" for at, name, _ in _named(facts.selections)}
    for index, item in enumerate(records(facts.programmes)):
        path = f"programmes[{index}]"
        if path in faulty:
            continue
        if item.name in taken:
            told = f"{item.name!r} is already the name of {taken[item.name]}"
            yield Fault(f"{path}.name", told, "give one of them another name")
        for at, name in enumerate(item.initiatives):
            if parent.setdefault(name, item.name) != item.name:
                told = f"{name!r} is part of {parent[name]!r} already"
                yield Fault(f"{path}.initiatives[{at}]", told, "take it out of one of them")


def _named(stated: object) -> Iterator[tuple[int, str, object]]:
    """Position, name and record of whatever has a name."""
    for at, item in enumerate(records(stated)):
        name = getattr(item, "name", None)
        if isinstance(name, str):
            yield at, name, item


def ties_of_programmes(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """A programme is waited for by its finish, and waits with its start."""
    parts = {
        item.name: item.initiatives
        for at, item in enumerate(records(facts.programmes))
        if f"programmes[{at}]" not in faulty
    }
    for index, tie in enumerate(records(facts.dependencies)):
        path = f"dependencies[{index}]"
        if path in faulty:
            continue
        before, after = tie.predecessor, tie.successor
        if before in parts and tie.link in ("SS", "SF"):
            told = f"{before!r} starts with whichever of its initiatives comes first"
            yield Fault(f"{path}.link", told, "name that initiative as the predecessor, or say FS")
        if after in parts and tie.link in ("FF", "SF"):
            told = f"{after!r} finishes with whichever of its initiatives comes last"
            yield Fault(f"{path}.link", told, "name that initiative as the successor, or say FS")
        shared = set(parts.get(before, (before,))) & set(parts.get(after, (after,)))
        if shared and before != after:
            told = f"{min(shared)!r} is part of the programme that it is tied to"
            yield Fault(path, told, "name initiatives on both sides")
