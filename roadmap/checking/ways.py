"""How long work takes is said once, and a milestone occupies nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from roadmap.checking.contract import Facts, records
from roadmap.checking.names import repeated
from roadmap.errors import Fault


def ways(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """Each initiative says how long it takes, once; a milestone occupies no team."""
    for index, initiative in enumerate(records(facts.initiatives)):
        path = f"initiatives[{index}]"
        if path in faulty:
            continue
        if not initiative.modes:
            if initiative.duration is None:
                yield Fault(f"{path}.duration", "it is missing", "give a duration, or modes")
            elif initiative.duration == 0 and initiative.demand:
                yield _busy_milestone(path, initiative.name)
            continue
        for field in ("duration", "demand", "cost", "spend", "capital"):
            if getattr(initiative, field) not in (None, 0, {}, "even"):
                yield Fault(f"{path}.{field}", "it has modes as well", "move it into the modes")
        yield from repeated(f"{path}.modes", initiative.modes, lambda mode: mode.name)
        for at, mode in enumerate(initiative.modes):
            if mode.duration == 0 and mode.demand:
                yield _busy_milestone(f"{path}.modes[{at}]", mode.name)


def _busy_milestone(path: str, name: str) -> Fault:
    return Fault(
        f"{path}.demand",
        f"{name!r} takes no time, so it can occupy no team",
        "take out the demand, or give it a duration of at least 1",
    )
