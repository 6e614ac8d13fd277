"""The check of a portfolio as a whole: every fault at once, each with its path and remedy.

First each record's own fields, by the kinds that stand beside them; then, only where the
records themselves are sound, what they say together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Protocol

import attrs

from roadmap.cycles import Edge, positive_cycles, self_justifying_cycles
from roadmap.errors import Fault
from roadmap.facts import Capability, Dependency, Initiative, Need, Team
from roadmap.fields import Known, faults_of
from roadmap.timeline import Timeline


class Facts(Protocol):
    """What the check reads of a portfolio."""

    @property
    def timeline(self) -> Timeline:
        """The planning horizon."""

    @property
    def capabilities(self) -> Sequence[Capability]:
        """The capabilities."""

    @property
    def needs(self) -> Sequence[Need]:
        """The needs."""

    @property
    def initiatives(self) -> Sequence[Initiative]:
        """The initiatives."""

    @property
    def teams(self) -> Sequence[Team]:
        """The teams."""

    @property
    def dependencies(self) -> Sequence[Dependency]:
        """The dependencies."""


def faults_of_portfolio(facts: Facts) -> list[Fault]:
    """Name everything that is wrong with the facts; an empty list when they are sound."""
    known, faults = _known(facts)
    faults += faults_of(facts, "", known)
    faulty = frozenset(match[0] for fault in faults if (match := _RECORD.match(fault.path)))
    faults += _duplicates(facts)
    faults += _parents(facts)
    faults += _ways(facts, faulty)
    faults += _repeated_dependencies(facts, faulty)
    if not any(path.startswith(("capabilities", "initiatives", "needs")) for path in faulty):
        faults += _levels(facts)
    return faults or list(_cycles(facts))


_RECORD = re.compile(r"\w+(\[\d+\])?")
"""The record that a path leads into; or the whole list, when that is no list at all."""


def _known(facts: Facts) -> tuple[Known, list[Fault]]:
    """The names that exist, and the timeline if it is sound."""
    timeline: Timeline | None = None
    if isinstance(facts.timeline, Timeline):
        faults = list(facts.timeline.faults())
        timeline = None if faults else facts.timeline
    else:
        faults = [Fault("timeline", f"{facts.timeline!r} is no Timeline", "give a Timeline")]
    families = ("capabilities", "initiatives", "teams")
    names = {family: frozenset(_names(getattr(facts, family))) for family in families}
    return Known(names, timeline), faults


def _names(records: Any) -> Iterator[str]:
    """The names of whatever records have one."""
    for record in _records(records):
        name = getattr(record, "name", None)
        if isinstance(name, str):
            yield name


def _records(records: Any) -> Sequence[Any]:
    """The records of a list; none of what is no list."""
    return records if isinstance(records, tuple) else ()


def _duplicates(facts: Facts) -> Iterator[Fault]:
    families = ("capabilities", "initiatives", "teams")
    for family in families:
        yield from _repeated(family, getattr(facts, family), lambda record: record.name)
    needs = [item if isinstance(item, Need) else None for item in _records(facts.needs)]
    yield from _repeated("needs", tuple(needs), lambda need: need.label)


def _repeated(family: str, records: Any, name_of: Callable[[Any], Any]) -> Iterator[Fault]:
    """Name each record whose name an earlier one has; look-alikes count as the same."""
    first: dict[str, int] = {}
    for index, record in enumerate(_records(records)):
        name = name_of(record) if hasattr(record, "name") else None
        if not isinstance(name, str):
            continue
        seen = first.setdefault(unicodedata.normalize("NFC", name), index)
        if seen != index:
            yield Fault(
                f"{family}[{index}].name",
                f"{name!r} is already the name of {family}[{seen}]",
                "give one of them another name",
            )


def _parents(facts: Facts) -> Iterator[Fault]:
    """The capability map is a tree: no capability is part of itself."""
    records = [
        (index, item)
        for index, item in enumerate(_records(facts.capabilities))
        if isinstance(item, Capability)
        and isinstance(item.name, str)
        and isinstance(item.parent, str | None)
    ]
    parent = {item.name: item.parent for _, item in records}
    told: set[str] = set()
    for index, capability in records:
        chain = [capability.name]
        above = capability.parent
        while above is not None and above not in chain:
            chain.append(above)
            above = parent.get(above)
        if above == capability.name and not told.intersection(chain):
            told.update(chain)
            yield Fault(
                f"capabilities[{index}].parent",
                f"it is part of itself: {' → '.join([*chain, capability.name])}",
                "take out one of these parents",
            )


def _ways(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """Each initiative says how long it takes, once; a milestone occupies no team."""
    for index, initiative in enumerate(_records(facts.initiatives)):
        path = f"initiatives[{index}]"
        if path in faulty:
            continue
        if not initiative.modes:
            if initiative.duration is None:
                yield Fault(f"{path}.duration", "it is missing", "give a duration, or modes")
            elif initiative.duration == 0 and initiative.demand:
                yield _busy_milestone(path, initiative.name)
            continue
        for field in ("duration", "demand", "cost"):
            if getattr(initiative, field):
                yield Fault(f"{path}.{field}", "it has modes as well", "move it into the modes")
        yield from _repeated(f"{path}.modes", initiative.modes, lambda mode: mode.name)
        for at, mode in enumerate(initiative.modes):
            if mode.duration == 0 and mode.demand:
                yield _busy_milestone(f"{path}.modes[{at}]", mode.name)


def _busy_milestone(path: str, name: str) -> Fault:
    return Fault(
        f"{path}.demand",
        f"{name!r} takes no time, so it can occupy no team",
        "take out the demand, or give it a duration of at least 1",
    )


def _repeated_dependencies(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    first: dict[tuple[str, str, str], int] = {}
    for index, item in enumerate(_records(facts.dependencies)):
        path = f"dependencies[{index}]"
        if path in faulty:
            continue
        if item.predecessor == item.successor:
            yield Fault(path, f"{item.successor!r} depends on itself", "take it out")
            continue
        seen = first.setdefault((item.predecessor, item.successor, item.link), index)
        if seen != index:
            yield Fault(
                path,
                f"{item.predecessor!r} → {item.successor!r} ({item.link}) is already "
                f"dependencies[{seen}]",
                "keep the one with the larger lag",
            )


@attrs.frozen
class _Raisers:
    """Who raises what: initiatives by capability and exact level, above today's."""

    by_level: dict[str, dict[int, list[Initiative]]]

    @classmethod
    def of(cls, facts: Facts) -> _Raisers:
        today = {item.name: item.level for item in facts.capabilities}
        found: dict[str, dict[int, list[Initiative]]] = {name: {} for name in today}
        for initiative in facts.initiatives:
            for capability, level in initiative.raises.items():
                if level > today[capability]:
                    found[capability].setdefault(level, []).append(initiative)
        return cls(found)

    def at_or_above(self, capability: str, level: int) -> list[tuple[int, list[Initiative]]]:
        levels = self.by_level[capability]
        return [(at, who) for at, who in sorted(levels.items()) if at >= level]


def _levels(facts: Facts) -> Iterator[Fault]:
    raisers = _Raisers.of(facts)
    yield from _unreachable(facts, raisers)
    for index, capability in enumerate(facts.capabilities):
        path = f"capabilities[{index}].combine"
        levels = raisers.by_level[capability.name]
        for level, who in sorted(levels.items()):
            if len(who) > 1 and level not in capability.combine:
                named = ", ".join(repr(item.name) for item in who)
                yield Fault(
                    path,
                    f"{named} all raise {capability.name!r} to level {level}, "
                    "and it does not say how they combine",
                    f"say combine: {{{level}: all}}, any, or how many of the {len(who)}",
                )
        for level, how in sorted(capability.combine.items()):
            count = len(levels.get(level, ()))
            if count < 2:
                yield Fault(
                    f"{path}.{level}",
                    f"{count or 'no'} initiative{'s'[: count != 1]} raise{'s'[: count == 1]} "
                    f"{capability.name!r} to level {level}, so there is nothing to combine",
                    "take it out",
                )
            elif isinstance(how, int) and how > count:
                yield Fault(f"{path}.{level}", f"{how} of {count} initiatives", f"at most {count}")


def _unreachable(facts: Facts, raisers: _Raisers) -> Iterator[Fault]:
    """Levels that are asked for and that nobody raises."""
    today = {item.name: item.level for item in facts.capabilities}
    asked: list[tuple[str, str, int]] = [
        (f"needs[{index}].level", need.capability, need.level)
        for index, need in enumerate(facts.needs)
    ]
    asked += [
        (f"initiatives[{index}].requires.{capability}", capability, level)
        for index, initiative in enumerate(facts.initiatives)
        for capability, level in initiative.requires.items()
    ]
    for path, capability, level in asked:
        if level > today[capability] and not raisers.at_or_above(capability, level):
            best = max((today[capability], *raisers.by_level[capability]))
            yield Fault(
                path,
                f"no initiative raises {capability!r} to level {level}",
                f"add one, or ask for level {best} at most" if best else "add one",
            )


def _cycles(facts: Facts) -> Iterator[Fault]:
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
    shortest = {i.name: min(way.duration for way in i.ways) for i in facts.initiatives}
    longest = {i.name: max(way.duration for way in i.ways) for i in facts.initiatives}
    for item in facts.dependencies:
        wait = item.lag
        wait += shortest[item.predecessor] if item.link in ("FS", "FF") else 0
        wait -= longest[item.successor] if item.link in ("FF", "SF") else 0
        yield Edge(item.predecessor, item.successor, wait)
    raisers = _Raisers.of(facts)
    today = {item.name: item.level for item in facts.capabilities}
    combine = {item.name: item.combine for item in facts.capabilities}
    for initiative in facts.initiatives:
        for capability, level in initiative.requires.items():
            if level <= today[capability]:
                continue
            found = raisers.at_or_above(capability, level)
            certain = len(found) == 1 and _all_needed(found[0], combine[capability])
            for _, who in found:
                for raiser in who:
                    wait = shortest[raiser.name] + raiser.ramp
                    yield Edge(raiser.name, initiative.name, wait, certain)


def _all_needed(found: tuple[int, Collection[Initiative]], combine: Any) -> bool:
    level, who = found
    return combine.get(level, "all") in ("all", len(who))
