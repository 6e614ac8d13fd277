"""Work that nothing asks for, and work whose figures come from nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from roadmap.checking.contract import Facts
from roadmap.findings.contract import Finding
from roadmap.lineage import Lineage


def serving_no_need(facts: Facts) -> Iterator[Finding]:
    """Work that raises nothing that is needed, however far downstream, for no stated reason."""
    serving = Lineage(facts).serving
    for index, item in enumerate(facts.initiatives):
        if item.name in serving:
            continue
        if item.optional:
            told, remedy = "nothing is gained by it", "state the need it serves, or take it out"
        else:
            told = "it must be done, and nothing says why"
            remedy = "state the need it serves, its mandate or its risk, or make it optional"
        told = f"{item.name} serves no need: {told}"
        yield Finding("work that serves no need", f"initiatives[{index}]", told, remedy)


def without_basis(facts: Facts) -> Iterator[Finding]:
    """Work that takes time or money, of which nobody says how that was estimated."""
    for index, item in enumerate(facts.initiatives):
        if not item.estimate_basis and any(way.duration != 0 or way.cost for way in item.ways):
            yield Finding(
                "estimate without basis",
                f"initiatives[{index}].estimate_basis",
                f"nothing says where the duration and cost of {item.name} come from",
                "state their source",
            )
