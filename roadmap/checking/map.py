"""The capability map is a tree."""

from __future__ import annotations

from collections.abc import Iterator

from roadmap.checking.contract import Facts, records
from roadmap.errors import Fault
from roadmap.facts import Capability


def parents(facts: Facts) -> Iterator[Fault]:
    """The capability map is a tree: no capability is part of itself."""
    stated = [
        (index, item)
        for index, item in enumerate(records(facts.capabilities))
        if isinstance(item, Capability)
        and isinstance(item.name, str)
        and isinstance(item.parent, str | None)
    ]
    parent = {item.name: item.parent for _, item in stated}
    told: set[str] = set()
    for index, capability in stated:
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
