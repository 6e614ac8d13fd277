"""Ties and limits of which nobody says what they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from roadmap.checking.contract import Facts, records
from roadmap.facts import BASES, Dependency, Workaround
from roadmap.fields import Choice
from roadmap.findings.contract import Finding

_STATED = Choice(BASES)


def unstated(facts: Facts) -> Iterator[Finding]:
    """Every record whose basis could be stated (law, contract, policy ...) and is not.

    Whatever kinds of facts a portfolio holds are looked through, so new ones are not forgotten.
    """
    portfolio: Any = type(facts)
    for family in attrs.fields(portfolio):
        for index, record in enumerate(records(getattr(facts, family.name))):
            if attrs.has(type(record)) and _is_unstated(record):
                yield Finding(
                    "basis unstated",
                    f"{family.name}[{index}].basis",
                    f"nothing says what {_called(record)} rests on",
                    f"state it: {', '.join(BASES[:-1])}",
                )


def _is_unstated(record: Any) -> bool:
    return any(
        field.metadata.get("kind") == _STATED and getattr(record, field.name) == "unstated"
        for field in attrs.fields(type(record))
        if field.name == "basis"
    )


def _called(record: Any) -> str:
    """What people call a record: what ties two things by its ends, all else by its name."""
    if isinstance(record, Dependency):
        return f"{record.predecessor} → {record.successor}"
    if isinstance(record, Workaround):
        return f"the requirement of {record.capability} by {record.initiative}"
    name = getattr(record, "name", None)
    kind = type(record).__name__.lower()
    return f"the {kind} {name}" if isinstance(name, str) and name else f"this {kind}"
