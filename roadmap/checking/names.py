"""Names: which there are, and that each is there once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from roadmap.checking.contract import Facts, records
from roadmap.errors import Fault
from roadmap.facts import CATEGORIES, Need
from roadmap.fields import Known
from roadmap.timeline import Timeline


def known_names(facts: Facts) -> tuple[Known, list[Fault]]:
    """The names that exist, and the timeline if it is sound."""
    timeline: Timeline | None = None
    if isinstance(facts.timeline, Timeline):
        faults = list(facts.timeline.faults())
        timeline = None if faults else facts.timeline
    else:
        faults = [Fault("timeline", f"{facts.timeline!r} is no Timeline", "give a Timeline")]
    families = ("capabilities", "initiatives", "programmes", "systems", "teams", "units")
    names = {family: frozenset(_names(getattr(facts, family))) for family in families}
    names["work"] = names["initiatives"] | names["programmes"]
    own = records(facts.categories) or CATEGORIES
    names["categories"] = frozenset(name for name in own if isinstance(name, str))
    return Known(names, timeline), faults


def _names(stated: Any) -> Iterator[str]:
    """The names of whatever records have one."""
    for record in records(stated):
        name = getattr(record, "name", None)
        if isinstance(name, str):
            yield name


def duplicates(facts: Facts) -> Iterator[Fault]:
    """Every name is there once in its family."""
    for family in _NAMED:
        yield from repeated(family, getattr(facts, family), lambda record: record.name)
    needs = [item if isinstance(item, Need) else None for item in records(facts.needs)]
    yield from repeated("needs", tuple(needs), lambda need: need.label)


_NAMED = (
    "blackouts",
    "budgets",
    "capabilities",
    "freezes",
    "initiatives",
    "outcomes",
    "programmes",
    "quotas",
    "release_calendars",
    "selections",
    "systems",
    "teams",
    "units",
)
"""Families of records whose names are unique."""


def repeated(family: str, stated: Any, name_of: Callable[[Any], Any]) -> Iterator[Fault]:
    """Name each record whose name an earlier one has; look-alikes count as the same."""
    first: dict[str, int] = {}
    for index, record in enumerate(records(stated)):
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
