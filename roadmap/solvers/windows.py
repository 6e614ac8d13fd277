"""A window on a plan: some activities free to move, the rest as they stand.

The window is a network of its own, and so small that an exact solver may look through it. What
stands fixed is kept only where it touches what is free: as a capacity that is gone, as an
activity pinned to its slot, as a bound. What fixed work contributes to an event comes about at a
known time: it is counted from the window's first event, which stands for the beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import attrs

from roadmap.network import (
    Account,
    Activity,
    Assignment,
    Ceiling,
    Event,
    Loss,
    Member,
    Network,
    Resource,
    Slot,
    SoftWait,
    limited,
    total,
)


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
    free = _with_twins(network, moving)
    rising = _rising(network, free)
    events = sorted(rising | _awaited(network, free))
    kept = sorted(
        free
        | {lag.before for a in free for lag in network.lags_into[a]}
        | {lag.after for a in free for lag in network.lags_from[a]}
        | {activity for event in rising for activity in network.waiting_for[event]}
        | {wait.activity for wait in _soft_waits(network) if wait.event in rising}
    )
    number = {activity: index for index, activity in enumerate(kept)}
    renumbered = {event: index for index, event in enumerate(events, start=1)}
    times = network.event_times(plan)

    def came(member: Member, event: Event) -> int | None:
        """When what is fixed contributes to an event."""
        return network.comes(member, event, plan, times)

    last = _latest(network, plan, free)
    sub = Network(
        horizon=network.horizon,
        activities=tuple(
            _limited(network.activities[a], last) if a in free else _pinned(network, plan, a)
            for a in kept
        ),
        resources=tuple(
            _remaining(resource, taken)
            for resource, taken in zip(network.resources, _taken(network, plan, free), strict=True)
        ),
        events=(
            *(attrs.evolve(event, members=(), count=0) for event in network.events[:1]),
            *(
                _moved(network.events[event], free, number, renumbered, came)
                if event in rising
                else _known(network.events[event], times[event])
                for event in events
            ),
        ),
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
        losses=_losses(network.losses, renumbered),
        accounts=_accounts(network.accounts, plan, free, number),
        dues=tuple(
            attrs.evolve(due, event=renumbered[due.event])
            for due in network.dues
            if due.event in renumbered
        ),
        soft_waits=_waiting(network.soft_waits, number, renumbered),
        twins=tuple(
            attrs.evolve(twin, first=number[twin.first], second=number[twin.second])
            for twin in network.twins
            if twin.first in free
        ),
    )
    window = Window(sub, plan, tuple(kept), free)
    if network.ceilings:
        lowered = tuple(
            _ceiling(ceiling, network, window, number, renumbered) for ceiling in network.ceilings
        )
        return attrs.evolve(window, network=attrs.evolve(sub, ceilings=lowered))
    return window


def _soft_waits(network: Network) -> list[SoftWait]:
    """Those that cost, and those of which the cost is limited."""
    return [*network.soft_waits, *(w for one in network.ceilings for w in one.soft_waits)]


def _losses(losses: Sequence[Loss], renumbered: Mapping[int, int]) -> tuple[Loss, ...]:
    """Losses by the events that are seen."""
    return tuple(
        attrs.evolve(loss, event=renumbered[loss.event])
        for loss in losses
        if loss.event in renumbered
    )


def _waiting(
    waits: Sequence[SoftWait], number: Mapping[int, int], renumbered: Mapping[int, int]
) -> tuple[SoftWait, ...]:
    """Soft waits that are seen whole."""
    return tuple(
        attrs.evolve(wait, activity=number[wait.activity], event=renumbered[wait.event])
        for wait in waits
        if wait.event in renumbered and wait.activity in number
    )


def _ceiling(
    ceiling: Ceiling,
    network: Network,
    window: Window,
    number: Mapping[int, int],
    renumbered: Mapping[int, int],
) -> Ceiling:
    """A ceiling on what is seen, lowered by all else: that is the same whatever is free does."""
    plan, free, seen = window.plan, window.free, window.seen
    shown = attrs.evolve(
        ceiling,
        losses=_losses(ceiling.losses, renumbered),
        charges=tuple(
            attrs.evolve(term, activity=number[term.activity])
            for term in ceiling.charges
            if term.activity in free
        ),
        soft_waits=_waiting(ceiling.soft_waits, number, renumbered),
        accounts=_accounts(ceiling.accounts, plan, free, number),
    )
    whole = limited(network, ceiling, plan, network.event_times(plan))
    part = limited(window.network, shown, seen, window.network.event_times(seen))
    return attrs.evolve(shown, most=ceiling.most - (whole - part))


def _with_twins(network: Network, moving: Collection[int]) -> frozenset[int]:
    """Activities and their twins: one decision is free as a whole."""
    found = set(moving)
    frontier = list(found)
    while frontier:
        for twin, _ in network.twins_of[frontier.pop()]:
            if twin not in found:
                found.add(twin)
                frontier.append(twin)
    return frozenset(found)


def _rising(network: Network, free: Collection[int]) -> frozenset[int]:
    """Events whose times free work may change."""
    found = {event for a in free for event, _ in network.events_of[a]}
    frontier = list(found)
    while frontier:
        for above, _ in network.events_above[frontier.pop()]:
            if above not in found:
                found.add(above)
                frontier.append(above)
    return frozenset(found)


def _awaited(network: Network, free: Collection[int]) -> frozenset[int]:
    """Events that free work waits for."""
    found = {wait.event for a in free for wait in network.waits_of[a]}
    return frozenset(found | {w.event for w in _soft_waits(network) if w.activity in free})


def _limited(activity: Activity, last: int) -> Activity:
    """A free activity; nothing is gained by finishing later than ``last``."""
    return attrs.evolve(activity, latest=min(activity.latest, last))


def _pinned(network: Network, plan: Assignment, number: int) -> Activity:
    """An activity as it stands in the plan; its demand is taken from the capacity."""
    activity, slot = network.activities[number], plan[number]
    if slot is None:
        gone = tuple(
            attrs.evolve(mode, demand=(), duration=0, after=(), starts=None, costs=())
            for mode in activity.modes
        )
        return attrs.evolve(activity, modes=gone, mandatory=False, earliest=1, latest=0)
    mode = attrs.evolve(activity.modes[slot.mode], demand=(), after=(), starts=None, costs=())
    finish = slot.start + mode.duration
    return attrs.evolve(activity, modes=(mode,), mandatory=True, earliest=slot.start, latest=finish)


def _taken(network: Network, plan: Assignment, free: Collection[int]) -> list[list[int]]:
    """What fixed work takes of each resource in each period."""
    taken = [[0] * network.horizon for _ in network.resources]
    for activity, slot in enumerate(plan):
        if slot is None or activity in free:
            continue
        mode = network.activities[activity].modes[slot.mode]
        finish = slot.start + mode.duration
        spans = [(r, amount, slot.start, finish) for r, amount in mode.demand]
        spans += [(r, amount, finish, finish + periods) for r, amount, periods in mode.after]
        for resource, amount, since, until in spans:
            row = taken[resource]
            for period in range(since, min(until, network.horizon)):
                row[period] += amount
    return taken


def _remaining(resource: Resource, taken: Sequence[int]) -> Resource:
    """What is left of a resource; what is beyond the usual already is paid for already."""
    capacity = [most - gone for most, gone in zip(resource.capacity, taken, strict=True)]
    usual = [max(0, most - gone) for most, gone in zip(resource.usual, taken, strict=False)]
    return attrs.evolve(resource, capacity=tuple(capacity), usual=tuple(usual))


def _accounts(
    accounts: Sequence[Account],
    plan: Assignment,
    free: Collection[int],
    number: Mapping[int, int],
) -> tuple[Account, ...]:
    """What is left of accounts to which something free adds."""
    made = (_account(account, plan, free, number) for account in accounts)
    return tuple(account for account in made if account is not None)


def _account(
    account: Account, plan: Assignment, free: Collection[int], number: Mapping[int, int]
) -> Account | None:
    """An account less what is fixed; ``None`` where nothing free adds to it."""
    terms = tuple(term for term in account.terms if term.activity in free)
    if not terms:
        return None
    others = tuple(term for term in account.terms if term.activity not in free)
    fixed = total(attrs.evolve(account, terms=others), plan)
    return attrs.evolve(
        account,
        terms=tuple(attrs.evolve(term, activity=number[term.activity]) for term in terms),
        least=None if account.least is None else account.least - fixed,
        most=None if account.most is None else account.most - fixed,
    )


def _latest(network: Network, plan: Assignment, free: Collection[int]) -> int:
    """By when free work may be finished without loss: soon after all else is, if losses only rise.

    A narrower horizon is a smaller search.
    """
    if not network.losses_rise or not network.is_plain or _is_closed(network):
        return network.horizon
    ends = [
        slot.start + activity.modes[slot.mode].duration
        for slot, activity in zip(plan, network.activities, strict=True)
        if slot is not None
    ]
    durations = [mode.duration for a in free for mode in network.activities[a].modes]
    released = [network.activities[a].earliest for a in free]
    return min(network.horizon, max(ends + released, default=0) + max(durations, default=0))


def _known(event: Event, time: int | None) -> Event:
    """An event that comes about at a known time, or never."""
    members = () if time is None else (Member(None, 0, time),)
    return attrs.evolve(event, members=members, count=1, absent_counts=False)


def _moved(
    event: Event,
    free: Collection[int],
    activities: Mapping[int, int],
    events: Mapping[int, int],
    came: Callable[[Member, Event], int | None],
) -> Event:
    """An event with the window's positions, and with the times of what is fixed."""
    moving: list[Member] = []
    fixed: list[int | None] = []
    for member in event.members:
        if member.activity is not None and member.activity in free:
            moving.append(attrs.evolve(member, activity=activities[member.activity]))
        elif member.event is not None and member.event in events:
            moving.append(attrs.evolve(member, event=events[member.event]))
        else:
            fixed.append(came(member, event))
    times = sorted(time for time in fixed if time is not None)
    count = event.count
    if count == len(event.members) and len(times) == len(fixed):  # the last of them decides
        times = times[-1:]
        count = len(moving) + len(times)
    known = (Member(None, 0, time) for time in times)
    return attrs.evolve(event, members=(*moving, *known), count=count)


def _is_closed(network: Network) -> bool:
    """Whether some start is not open, or work is felt after its finish."""
    modes = (mode for activity in network.activities for mode in activity.modes)
    return any(mode.starts is not None or mode.after for mode in modes)
