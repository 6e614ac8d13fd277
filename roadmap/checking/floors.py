"""The floor under a capability is there today, and can be reached where it rises."""

from __future__ import annotations

from collections.abc import Iterator

from roadmap.checking.contract import Facts
from roadmap.checking.levels import Raisers
from roadmap.errors import Fault


def floors(facts: Facts) -> Iterator[Fault]:
    """No floor begins above today's level or rises above what anybody raises."""
    raisers = Raisers.of(facts)
    for index, capability in enumerate(facts.capabilities):
        path = f"capabilities[{index}].floor"
        floor = capability.floors(facts.timeline)
        best = max((capability.level, *raisers.by_level[capability.name]))
        if max(floor) > best:
            told = f"no initiative raises {capability.name!r} to level {max(floor)}"
            remedy = f"add one, or ask for level {best} at most" if best else "add one"
            yield Fault(path, told, remedy)
        if floor[0] > capability.level:
            yield Fault(
                path,
                f"{capability.name!r} is at level {capability.level}, below its floor of "
                f"{floor[0]}",
                "say from when on it must be there, as {date: level}, with a lower one before",
            )
