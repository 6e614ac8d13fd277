"""Networks by hand, for what the facts state only in a roundabout way."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import attrs

from roadmap.network import (
    Activity,
    Assignment,
    Event,
    Lag,
    Loss,
    Member,
    Mode,
    Network,
    Resource,
    Slot,
    Wait,
)
from roadmap.parts import EventKey
from roadmap.solvers import Run, cpsat
from roadmap.solvers.contract import Answer

Demand = tuple[tuple[int, int], ...]


def mode(duration: int, *demand: tuple[int, int], cost: int = 0, name: str = "") -> Mode:
    """A way to work: periods, (resource, amount) pairs, money."""
    return Mode(name, duration, demand, cost)


def item(
    name: str,
    *modes: Mode,
    optional: bool = False,
    earliest: int = 0,
    latest: int = 10,
) -> Activity:
    """An activity."""
    return Activity(name, modes, not optional, earliest, latest, ())


def lag(before: int, after: int, periods: int = 0, link: str = "FS") -> Lag:
    """A time relation, by its link."""
    return Lag(before, after, periods, link[0] == "F", link[1] == "F", "a lag")


def event(*members: int | Member, count: int | None = None, absent: bool = False) -> Event:
    """An event that takes so many of its members; default all."""
    made = tuple(m if isinstance(m, Member) else Member(m, None, 0) for m in members)
    needed = len(made) if count is None else count
    return Event(EventKey(f"event of {members}", needed, ""), made, needed, absent)


def network(
    *activities: Activity,
    capacities: Sequence[Sequence[int] | int] = (),
    lags: Sequence[Lag] = (),
    events: Sequence[Event] = (),
    waits: Sequence[tuple[int, int]] = (),
    losses: Sequence[tuple[int, Sequence[int]]] = (),
    horizon: int = 10,
) -> Network:
    """A network; windows and loss tables are cut at the horizon, or go on as they end."""
    return Network(
        horizon=horizon,
        activities=tuple(attrs.evolve(a, latest=min(a.latest, horizon)) for a in activities),
        resources=tuple(
            Resource(f"team {n}", (c,) * horizon if isinstance(c, int) else tuple(c), "a team")
            for n, c in enumerate(capacities)
        ),
        events=tuple(events),
        lags=tuple(lags),
        waits=tuple(Wait(activity, at, "a wait") for activity, at in waits),
        losses=tuple(
            Loss(at, tuple(table[min(t, len(table) - 1)] for t in range(horizon + 1)), "a need")
            for at, table in losses
        ),
    )


def keeps(net: Network, plan: Assignment) -> bool:
    """Whether a plan keeps every rule of a network; in the plainest words there are."""
    for activity, slot in zip(net.activities, plan, strict=True):
        if slot is None:
            if activity.mandatory:
                return False
            continue
        finish = slot.start + activity.modes[slot.mode].duration
        if slot.start < activity.earliest or finish > activity.latest:
            return False
    return _in_order(net, plan) and _manned(net, plan)


def _in_order(net: Network, plan: Assignment) -> bool:
    for tie in net.lags:
        before, after = plan[tie.before], plan[tie.after]
        if after is None:
            continue
        if before is None:
            return False
        first = before.start + net.activities[tie.before].modes[before.mode].duration
        last = after.start + net.activities[tie.after].modes[after.mode].duration
        sooner = first if tie.from_finish else before.start
        if (last if tie.to_finish else after.start) < sooner + tie.lag:
            return False
    times = net.event_times(plan)
    for wait in net.waits:
        slot, time = plan[wait.activity], times[wait.event]
        if slot is not None and (time is None or time > slot.start):
            return False
    return True


def _manned(net: Network, plan: Assignment) -> bool:
    for number, resource in enumerate(net.resources):
        for period, capacity in enumerate(resource.capacity):
            load = sum(
                dict(way.demand).get(number, 0)
                for activity, slot in zip(net.activities, plan, strict=True)
                if slot is not None
                and slot.start <= period < slot.start + (way := activity.modes[slot.mode]).duration
            )
            if load > capacity:
                return False
    return True


def plans(net: Network) -> Iterator[Assignment]:
    """All plans that keep every rule, by looking at each that there could be."""
    spots: list[list[Slot | None]] = [
        [None, *(Slot(s, m) for m in range(len(a.modes)) for s in range(net.horizon + 1))]
        for a in net.activities
    ]
    return (plan for plan in product(*spots) if keeps(net, plan))


def least_cost(net: Network) -> int | None:
    """The cost of the cheapest plan, by looking at every one; ``None`` if there is none."""
    return min(map(net.cost, plans(net)), default=None)


def run_of(**conditions: Any) -> Run:
    """Conditions of a run: reproducible, with ten seconds, unless said otherwise."""
    told: dict[str, Any] = {
        "time_limit": 10,
        "seed": 0,
        "workers": 1,
        "reproducible": True,
        "hint": None,
        "stop": threading.Event(),
    }
    return Run(**(told | conditions))


def cheapest(net: Network) -> Answer:
    """What the exact solver answers."""
    return cpsat.solve(net, run_of())
