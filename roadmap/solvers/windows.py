"""A window on a plan: some activities free to move, the rest as they stand.

The window is a network of its own, and so small that an exact solver may look through it. What
stands fixed is kept only where it touches what is free: as a capacity that is gone, as an
activity pinned to its slot, as a bound.
"""

from __future__ import annotations

from collections.abc import Collection

import attrs

from roadmap.network import Activity, Assignment, Event, Network, Slot


@attrs.frozen(eq=False)
class Window:
    """A network of what is free, and how its answer fits into the plan.

    Attributes
    ----------
    network
        The free activities, and the pinned ones that they touch.
    plan
        The plan that is looked at.
    kept
        Position in the whole network of each activity of the window.
    free
        Those of them that may move.
    """

    network: Network
    plan: Assignment
    kept: tuple[int, ...]
    free: frozenset[int]

    @property
    def seen(self) -> Assignment:
        """The plan, as far as the window shows it; what is pinned has one mode."""
        return tuple(
            slot if slot is None or activity in self.free else Slot(slot.start, 0)
            for activity, slot in ((a, self.plan[a]) for a in self.kept)
        )

    def fitted(self, answer: Assignment) -> Assignment:
        """The whole plan, with the window's answer in its place."""
        whole = list(self.plan)
        for activity, slot in zip(self.kept, answer, strict=True):
            if activity in self.free:
                whole[activity] = slot
        return tuple(whole)


def open_window(network: Network, plan: Assignment, moving: Collection[int]) -> Window:
    """Free some activities of a plan and pin the others.

    Parameters
    ----------
    network
        The whole.
    plan
        A plan that keeps every rule.
    moving
        Positions of the activities that may move, change mode, come in or drop out.
    """
    free = frozenset(moving)
    events = _touched(network, free)
    kept = sorted(
        free
        | {lag.before for a in free for lag in network.lags_into[a]}
        | {lag.after for a in free for lag in network.lags_from[a]}
        | {m.activity for e in events for m in network.events[e].members if m.activity is not None}
        | {activity for event in events for activity in network.waiting_for[event]}
    )
    number = {activity: index for index, activity in enumerate(kept)}
    renumbered = {event: index for index, event in enumerate(events)}
    last = _latest(network, plan, free)
    sub = Network(
        horizon=network.horizon,
        activities=tuple(
            _limited(network.activities[a], last) if a in free else _pinned(network, plan, a)
            for a in kept
        ),
        resources=tuple(
            attrs.evolve(resource, capacity=tuple(left))
            for resource, left in zip(network.resources, _left(network, plan, free), strict=True)
        ),
        events=tuple(_moved(network.events[event], number, renumbered) for event in events),
        lags=tuple(
            attrs.evolve(lag, before=number[lag.before], after=number[lag.after])
            for a in kept
            for lag in network.lags_into[a]
            if a in free or lag.before in free
        ),
        waits=tuple(
            attrs.evolve(wait, activity=number[a], event=renumbered[wait.event])
            for a in kept
            for wait in network.waits_of[a]
            if wait.event in renumbered
        ),
        losses=tuple(
            attrs.evolve(loss, event=renumbered[loss.event])
            for loss in network.losses
            if loss.event in renumbered
        ),
    )
    return Window(sub, plan, tuple(kept), free)


def _touched(network: Network, free: Collection[int]) -> list[int]:
    """Events that free work contributes to or waits for, with all that they rest on."""
    rising = {event for a in free for event, _ in network.events_of[a]}
    frontier = list(rising)
    while frontier:
        for above, _ in network.events_above[frontier.pop()]:
            if above not in rising:
                rising.add(above)
                frontier.append(above)
    found = rising | {wait.event for a in free for wait in network.waits_of[a]}
    frontier = list(found)
    while frontier:
        for member in network.events[frontier.pop()].members:
            if member.event is not None and member.event not in found:
                found.add(member.event)
                frontier.append(member.event)
    return sorted(found)


def _limited(activity: Activity, last: int) -> Activity:
    """A free activity; nothing is gained by finishing later than ``last``."""
    return attrs.evolve(activity, latest=min(activity.latest, last))


def _pinned(network: Network, plan: Assignment, number: int) -> Activity:
    """An activity as it stands in the plan; its demand is taken from the capacity."""
    activity, slot = network.activities[number], plan[number]
    if slot is None:
        gone = tuple(attrs.evolve(mode, demand=(), duration=0) for mode in activity.modes)
        return attrs.evolve(activity, modes=gone, mandatory=False, earliest=1, latest=0)
    mode = attrs.evolve(activity.modes[slot.mode], demand=())
    finish = slot.start + mode.duration
    return attrs.evolve(activity, modes=(mode,), mandatory=True, earliest=slot.start, latest=finish)


def _left(network: Network, plan: Assignment, free: Collection[int]) -> list[list[int]]:
    """The capacity that fixed work leaves."""
    left = [list(resource.capacity) for resource in network.resources]
    for activity, slot in enumerate(plan):
        if slot is not None and activity not in free:
            mode = network.activities[activity].modes[slot.mode]
            for resource, amount in mode.demand:
                row = left[resource]
                for period in range(slot.start, slot.start + mode.duration):
                    row[period] -= amount
    return left


def _latest(network: Network, plan: Assignment, free: Collection[int]) -> int:
    """By when free work may be finished without loss: soon after all else is, if losses only rise.

    A narrower horizon is a smaller search.
    """
    if not network.losses_rise:
        return network.horizon
    ends = [
        slot.start + activity.modes[slot.mode].duration
        for slot, activity in zip(plan, network.activities, strict=True)
        if slot is not None
    ]
    durations = [mode.duration for a in free for mode in network.activities[a].modes]
    released = [network.activities[a].earliest for a in free]
    return min(network.horizon, max(ends + released, default=0) + max(durations, default=0))


def _moved(event: Event, number: dict[int, int], renumbered: dict[int, int]) -> Event:
    """An event with the window's positions."""
    members = tuple(
        attrs.evolve(
            member,
            activity=None if member.activity is None else number[member.activity],
            event=None if member.event is None else renumbered[member.event],
        )
        for member in event.members
    )
    return attrs.evolve(event, members=members)
