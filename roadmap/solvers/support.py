"""What must come along: the work that an activity or an event stands on.

Where some of several members are enough, those of least work are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs

from roadmap.network import Event, Member, Network
from roadmap.solvers.generation import loose


@attrs.frozen(eq=False)
class Support:
    """The prerequisites within a network.

    Attributes
    ----------
    network
        Where they hold.
    """

    network: Network

    @cached_property
    def work(self) -> tuple[float, ...]:
        """Work of each activity in its quickest mode, in periods of a whole team.

        An activity that takes half of a team for four periods is two; with several teams, the
        busiest counts; one that takes no team is none.
        """
        mean = [sum(r.capacity) / len(r.capacity) or 1.0 for r in self.network.resources]
        return tuple(
            min(
                mode.duration * max((amount / mean[r] for r, amount in mode.demand), default=0.0)
                for mode in activity.modes
            )
            for activity in self.network.activities
        )

    def closure(self, goals: Iterable[int], have: set[int]) -> list[int]:
        """Activities that ``goals`` need besides those that one has, prerequisites first.

        Parameters
        ----------
        goals
            Activities that are wanted.
        have
            Activities that need not be listed.
        """
        listed: list[int] = []
        seen = set(have)
        stack = [(goal, False) for goal in reversed(list(goals))]
        while stack:
            activity, expanded = stack.pop()
            if expanded:
                listed.append(activity)
            elif activity not in seen:
                seen.add(activity)
                stack.append((activity, True))
                stack += [(before, False) for before in reversed(self.direct(activity))]
        return listed

    def direct(self, activity: int) -> list[int]:
        """Activities that one needs directly: by its lags and by the events it waits for."""
        net = self.network
        needed = [lag.before for lag in net.lags_into[activity] if not loose(net, lag)]
        for wait in net.waits_of[activity]:
            needed += self.of_event(wait.event)
        return needed

    def of_event(self, event: int) -> list[int]:
        """Activities whose finish, together, brings an event about."""
        found: list[int] = []
        stack = [event]
        while stack:
            at = self.network.events[stack.pop()]
            for member in self._enough(at):
                if member.activity is not None:
                    found.append(member.activity)
                elif member.event is not None:
                    stack.append(member.event)
        return found

    def _enough(self, event: Event) -> Sequence[Member]:
        if event.count >= len(event.members):
            return event.members
        return sorted(event.members, key=self._member_work)[: event.count]

    def _member_work(self, member: Member) -> float:
        if member.activity is not None:
            return self.work[member.activity]
        assert member.event is not None
        event = self.network.events[member.event]
        return sum(sorted(self._member_work(below) for below in event.members)[: event.count])
