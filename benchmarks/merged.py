"""Large portfolios of a public kind: many PSPLIB projects that share their teams.

Copies of the first instance of each j30 group, one after another, side by side; each resource has
35 % of the copies' summed capacities, so that it is contended. Urgency is that of ``weighted``.
"""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path

import attrs

from benchmarks.weighted import weighted
from roadmap.facts import Dependency, Team
from roadmap.portfolio import Portfolio
from roadmap.timeline import Timeline

SHARE = 35


def merged(data: Path, count: int, first: int = 1) -> Portfolio:
    """So many copies merged, from group ``first`` on.

    Parameters
    ----------
    data
        The folder that holds ``psplib``.
    count
        How many projects; each has 30 activities and two milestones.
    first
        The group of the first project, 1 to 48.
    """
    groups = islice(cycle(range(1, 49)), first - 1, first - 1 + count)
    parts = [
        _renamed(weighted(data, f"j30{group}_1"), f"{copy}:") for copy, group in enumerate(groups)
    ]
    names = [team.name for team in weighted(data, "j301_1").teams]
    summed = {
        name: sum(max(t.profile(p.timeline)) for p in parts for t in p.teams if t.name == name)
        for name in names
    }
    longest = max(part.timeline.periods for part in parts)
    return Portfolio(
        name=f"{count} projects",
        timeline=Timeline("2027-01-01", 3 * longest, unit="day"),
        teams=[Team(name, max(10, amount * SHARE // 100)) for name, amount in summed.items()],
        capabilities=[item for part in parts for item in part.capabilities],
        needs=[item for part in parts for item in part.needs],
        initiatives=[item for part in parts for item in part.initiatives],
        dependencies=[item for part in parts for item in part.dependencies],
    )


def _renamed(part: Portfolio, before: str) -> Portfolio:
    """The same facts under names of their own."""
    return part.replace(
        capabilities=[attrs.evolve(c, name=before + c.name) for c in part.capabilities],
        needs=[attrs.evolve(n, capability=before + n.capability) for n in part.needs],
        initiatives=[
            attrs.evolve(
                item,
                name=before + item.name,
                raises={before + name: level for name, level in item.raises.items()},
            )
            for item in part.initiatives
        ],
        dependencies=[
            Dependency(before + tie.predecessor, before + tie.successor)
            for tie in part.dependencies
        ],
    )
