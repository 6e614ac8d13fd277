"""Pilots of which nobody could say afterwards whether they have succeeded."""

from __future__ import annotations

from collections.abc import Iterator

from roadmap.checking.contract import Facts
from roadmap.findings.contract import Finding


def without_test(facts: Facts) -> Iterator[Finding]:
    """Pilots without a hypothesis, a measure or a threshold, one finding each."""
    for index, pilot in enumerate(facts.pilots):
        for field in ("hypothesis", "measure", "threshold"):
            if not getattr(pilot, field):
                yield Finding(
                    f"pilot without {field}",
                    f"pilots[{index}].{field}",
                    f"{pilot.initiative} is a pilot, and its {field} is not stated",
                    "state it before the pilot begins",
                )
