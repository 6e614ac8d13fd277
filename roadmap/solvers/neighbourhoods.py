"""Which activities to free together: what lies at one time, in one team, under one need.

Each neighbourhood is a function from a plan, a size and a source of chance to activities.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nsmallest
from random import Random

import attrs

from roadmap.network import Assignment, Network
from roadmap.solvers.paths import arrows
from roadmap.solvers.support import Support


@attrs.define(eq=False)
class Neighbourhoods:
    """The neighbourhoods of a network.

    Attributes
    ----------
    network
        Whose activities are freed.
    random
        Where its choices come from.
    """

    network: Network
    random: Random
    _related: list[list[int]] = attrs.field(init=False)
    _support: Support = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        after = arrows(self.network)
        self._related = [list(followers) for followers in after]
        for activity, followers in enumerate(after):
            for follower in followers:
                self._related[follower].append(activity)
        self._support = Support(self.network)

    @property
    def kinds(self) -> dict[str, Callable[[Assignment, int], set[int]]]:
        """All neighbourhoods, by name."""
        return {
            "time": self.at_one_time,
            "team": self.in_one_team,
            "need": self.under_one_need,
            "related": self.related,
            "scattered": self.scattered,
        }

    def scattered(self, plan: Assignment, size: int) -> set[int]:
        """Any, drawn by chance."""
        return set(self.random.sample(range(len(plan)), min(size, len(plan))))

    def at_one_time(self, plan: Assignment, size: int) -> set[int]:
        """What lies closest to some time."""
        return self._closest(plan, size, range(len(plan)))

    def in_one_team(self, plan: Assignment, size: int) -> set[int]:
        """What one team does around some time."""
        network = self.network
        if not network.resources:
            return self.at_one_time(plan, size)
        team = self.random.randrange(len(network.resources))
        members = [
            activity
            for activity, item in enumerate(network.activities)
            if any(resource == team for mode in item.modes for resource, _ in mode.demand)
        ]
        if not members:
            return self.at_one_time(plan, size)
        return self._closest(plan, size, members)

    def under_one_need(self, plan: Assignment, size: int) -> set[int]:
        """What a need stands on, and what lies closest to it."""
        network = self.network
        if not network.losses:
            return self.at_one_time(plan, size)
        goals = self._support.of_event(self.random.choice(network.losses).event)
        closure = self._support.closure(goals, set())
        if not closure:
            return self.at_one_time(plan, size)
        chosen = set(self.random.sample(closure, min(len(closure), size // 2 + 1)))
        return chosen | self._closest(plan, size - len(chosen), range(len(plan)), chosen)

    def related(self, plan: Assignment, size: int) -> set[int]:
        """What waits for one another, walked at random."""
        found = {self.random.randrange(len(plan))}
        frontier = list(found)
        while frontier and len(found) < size:
            at = frontier.pop(self.random.randrange(len(frontier)))
            for other in self._related[at]:
                if other not in found and len(found) < size:
                    found.add(other)
                    frontier.append(other)
        return found | self._closest(plan, size - len(found), range(len(plan)), found)

    def _closest(
        self,
        plan: Assignment,
        size: int,
        among: Sequence[int],
        around: set[int] | None = None,
    ) -> set[int]:
        """The activities whose middles lie closest to that of one drawn by chance."""
        if size <= 0:
            return set()
        middles = [self._middle(plan, activity) for activity in among]
        centre = self.random.choice(middles)
        if around:
            centre = self._middle(plan, self.random.choice(sorted(around)))
        away = [abs(middle - centre) for middle in middles]
        return {activity for _, activity in nsmallest(size, zip(away, among, strict=True))}

    def _middle(self, plan: Assignment, activity: int) -> float:
        slot = plan[activity]
        if slot is None:
            return self.random.uniform(0, self.network.horizon)
        return slot.start + self.network.activities[activity].modes[slot.mode].duration / 2
