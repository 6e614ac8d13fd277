"""Systems whose figures come from nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from roadmap.checking.contract import Facts
from roadmap.findings.contract import Finding


def without_basis(facts: Facts) -> Iterator[Finding]:
    """Systems that cost something, of which nobody says where the figures come from."""
    for index, system in enumerate(facts.systems):
        if system.burden and not system.basis:
            told = f"nothing says where the figures of {system.name} come from"
            path = f"systems[{index}].basis"
            yield Finding("system without basis", path, told, "state their source")
