"""Capabilities that nobody needs."""

from __future__ import annotations

from collections.abc import Iterator

from roadmap.checking.contract import Facts
from roadmap.findings.contract import Finding


def without_use(facts: Facts) -> Iterator[Finding]:
    """Capabilities that nothing asks for; headings of the map are none.

    What asks are needs, outcomes, work, a floor and an option value.
    """
    asked = {need.capability for need in facts.needs}
    asked |= {name for item in facts.initiatives for name in item.requires}
    asked |= {name for outcome in facts.outcomes for name in outcome.capabilities}
    asked |= {item.name for item in facts.capabilities if item.option_value}
    asked |= {item.name for item in facts.capabilities if item.floor is not None}
    headings = {item.parent for item in facts.capabilities}
    raised = {name for item in facts.initiatives for name in item.raises}
    for index, item in enumerate(facts.capabilities):
        if item.name in asked or item.name in headings:
            continue
        told = "work raises it, and nobody needs it" if item.name in raised else _UNUSED
        yield Finding(
            "capability that nobody needs",
            f"capabilities[{index}]",
            f"{item.name}: {told}",
            "state the need, or take it out",
        )


_UNUSED = "nobody needs it, and no work raises it"
