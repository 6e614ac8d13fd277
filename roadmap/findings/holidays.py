"""Holidays that a plan takes for working days."""

from __future__ import annotations

from collections.abc import Iterator

from roadmap.availability import idle_holidays
from roadmap.checking.contract import Facts
from roadmap.findings.contract import Finding


def without_effect(facts: Facts) -> Iterator[Finding]:
    """Holidays that lie beside working days in each of their periods, so that they close none."""
    unit = facts.timeline.unit
    idle = [*idle_holidays(facts.timeline, facts.holidays, [team.name for team in facts.teams])]
    for index, holiday in enumerate(facts.holidays):
        if holiday in idle:
            told = f"{holiday.name} fills no {unit}, so it closes nothing"
            remedy = "lower the capacity there, or plan in days"
            yield Finding("holiday without effect", f"holidays[{index}]", told, remedy)
