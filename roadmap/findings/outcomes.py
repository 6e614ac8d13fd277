"""Outcomes that nobody can be asked about."""

from __future__ import annotations

from collections.abc import Iterator

from roadmap.checking.contract import Facts
from roadmap.findings.contract import Finding


def without_owner(facts: Facts) -> Iterator[Finding]:
    """Outcomes for which one of the two sides is missing."""
    for index, outcome in enumerate(facts.outcomes):
        sides = (("owner", "the business"), ("technology_owner", "technology"))
        for field, side in sides:
            if getattr(outcome, field) is None:
                told = f"nobody in {side} answers for {outcome.name}"
                path = f"outcomes[{index}].{field}"
                yield Finding("outcome without owner", path, told, "name who does")


def without_measure(facts: Facts) -> Iterator[Finding]:
    """Outcomes of which nobody says how they are measured."""
    for index, outcome in enumerate(facts.outcomes):
        if not outcome.measure:
            told = f"nothing says how {outcome.name} is measured"
            path = f"outcomes[{index}].measure"
            yield Finding("outcome without measure", path, told, "state how, and by whom")


def carried_by_nothing(facts: Facts) -> Iterator[Finding]:
    """Outcomes all of whose levels are there today: nothing moves them any further."""
    today = {item.name: item.level for item in facts.capabilities}
    for index, outcome in enumerate(facts.outcomes):
        if all(level <= today[name] for name, level in outcome.capabilities.items()):
            yield Finding(
                "outcome that nothing carries",
                f"outcomes[{index}].capabilities",
                f"the levels that carry {outcome.name} are all there today, at its baseline",
                "name the levels that bring it to its target",
            )
