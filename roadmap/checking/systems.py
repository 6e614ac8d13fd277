"""A legacy system says what it takes to retire it, without contradiction."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from roadmap.checking.contract import Facts, records
from roadmap.errors import Fault
from roadmap.facts import System


def systems(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """Nothing waits for itself, and what runs in parallel says beside what."""
    for index, system in enumerate(records(facts.systems)):
        path = f"systems[{index}]"
        if path not in faulty:
            yield from _of_one(path, system)


def _of_one(path: str, system: System) -> Iterator[Fault]:
    last = system.retired_by
    if last is not None and last in system.dependants:
        told = f"{last!r} retires it, so it cannot depend on it"
        yield Fault(f"{path}.dependants", told, "take it out")
    if last is not None and last in system.blocks:
        told = f"{last!r} retires it, so it cannot wait for that"
        yield Fault(f"{path}.blocks", told, "take it out")
    if not system.parallel:
        return
    if last is None:
        told = "it is never retired, so nothing ends its parallel run"
        yield Fault(f"{path}.parallel", told, "say retired_by, or take it out")
    if system.replaced_by is None:
        told = "it does not say beside what it runs"
        yield Fault(f"{path}.parallel", told, "say replaced_by, or take it out")
    elif system.replaced_by == last:
        told = f"{last!r} replaces and retires it at once"
        remedy = "let another initiative retire it: a milestone (duration 0), say"
        yield Fault(f"{path}.parallel", told, remedy)
