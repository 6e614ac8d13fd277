"""How long work takes is said once, and a milestone occupies nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from roadmap.checking.contract import Facts, records
from roadmap.checking.names import repeated
from roadmap.errors import Fault
from roadmap.facts import Initiative, Mode


def ways(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """Each initiative says how long it takes, once; a milestone occupies no team.

    Nor does a milestone lower a level, and what requires a level does not lower it.
    """
    for index, initiative in enumerate(records(facts.initiatives)):
        path = f"initiatives[{index}]"
        if path in faulty:
            continue
        yield from _lowered(path, initiative)
        if not initiative.modes:
            yield from _lasts(initiative, path, "give a duration, or modes")
            continue
        for field in ("duration", "demand", "cost", "effort", "skills", "spend", "capital"):
            if getattr(initiative, field) not in (None, 0, {}, "even"):
                yield Fault(f"{path}.{field}", "it has modes as well", "move it into the modes")
        yield from repeated(f"{path}.modes", initiative.modes, lambda mode: mode.name)
        for at, mode in enumerate(initiative.modes):
            yield from _lasts(mode, f"{path}.modes[{at}]", "give a duration, or an effort")


def _lasts(item: Initiative | Mode, path: str, remedy: str) -> Iterator[Fault]:
    """It takes a time or an effort; an effort is that of one team, of whom anybody will do."""
    if item.effort is None:
        if item.duration is None:
            yield Fault(f"{path}.duration", "it is missing", remedy)
        elif item.duration == 0 and item.demand:
            yield _busy_milestone(path, item.name)
        return
    if item.duration is not None:
        told = "it has a duration as well, which follows from the effort"
        yield Fault(f"{path}.effort", told, "take out one of the two")
    if len(item.demand) != 1:
        told = f"an effort is that of one team, and it takes {len(item.demand) or 'none'}"
        yield Fault(f"{path}.demand", told, "name one team, and how many units at most")
    if item.skills:
        told = "work that takes an effort cannot ask for skills"
        yield Fault(f"{path}.skills", told, "take them out, or give it a duration")


def _lowered(path: str, initiative: Initiative) -> Iterator[Fault]:
    """What work lowers, it does so for some time, and does not stand on itself."""
    name = initiative.name
    if initiative.lowers and initiative.duration == 0:
        yield _idle_milestone(path, name)
    for at, mode in enumerate(initiative.modes if initiative.lowers else ()):
        if mode.duration == 0:
            yield _idle_milestone(f"{path}.modes[{at}]", mode.name)
    for capability, level in initiative.lowers.items():
        required = initiative.requires.get(capability, 0)
        if level < required:
            told = f"{name!r} requires {capability!r} at level {required} and lowers it to {level}"
            yield Fault(f"{path}.lowers.{capability}", told, f"lower it to {required} at least")


def _idle_milestone(path: str, name: str) -> Fault:
    return Fault(
        f"{path}.duration",
        f"{name!r} takes no time, so it can lower no level",
        "take out what it lowers, or give it a duration of at least 1",
    )


def _busy_milestone(path: str, name: str) -> Fault:
    return Fault(
        f"{path}.demand",
        f"{name!r} takes no time, so it can occupy no team",
        "take out the demand, or give it a duration of at least 1",
    )
