"""Members that come too late: dropped, and no plan changes by that."""

from __future__ import annotations

import random
from itertools import permutations

from roadmap.facts import Capability, Initiative, Need
from roadmap.losses import CostOfDelay
from roadmap.network import Activity, Event, Member, Network
from roadmap.network.latecomers import without_latecomers
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.timeline import Timeline
from tests.solvers.networks import event, item, lag, mode, network, plans


def optional(*durations: int) -> list[Activity]:
    """Activities that need no team and may be left out."""
    return [item(f"a{at}", mode(each), optional=True) for at, each in enumerate(durations)]


def other(number: int, delay: int = 0) -> Member:
    """An earlier event as a member."""
    return Member(None, number, delay)


def members(found: Network) -> list[tuple[Member, ...]]:
    """Of each event."""
    return [each.members for each in found.events]


def test_levels_one_upon_another() -> None:
    """Each level may come by those above it, all of which wait for it: one way is left."""
    facts = Portfolio(
        timeline=Timeline("2027-01", 9),
        capabilities=[Capability("c")],
        needs=[Need("c", level, CostOfDelay(1)) for level in (1, 2, 3)],
        initiatives=[
            Initiative("to 1", duration=1, raises={"c": 1}),
            Initiative("to 2", duration=1, raises={"c": 2}, requires={"c": 1}),
            Initiative("to 3", duration=1, raises={"c": 3}, requires={"c": 2}),
        ],
    )
    found = Problem(facts).network
    assert all(each.count == len(each.members) for each in found.events)


def test_dropped() -> None:
    """What waits for an event, by itself or through other work and events, is none of its ways."""
    drawn = network(
        *optional(1, 1, 1, 1),
        events=[event(0, 1, 2, count=1), event(2, 3), event(0, other(1), count=1)],
        waits=[(1, 0), (3, 2)],
        lags=[lag(1, 2)],
    )
    zero, one, two = without_latecomers(drawn).events
    assert event(0).members == zero.members
    assert event(2, 3).members == one.members
    assert event(0).members == two.members


def test_some_of_several() -> None:
    """Of three ways of which two are needed, one that waits for the event itself is dropped."""
    drawn = network(*optional(1, 1, 1), events=[event(0, 1, 2, count=2)], waits=[(2, 0)])
    assert [event(0, 1).members] == members(without_latecomers(drawn))


def test_kept() -> None:
    """What takes no time, comes with lead, counts when absent, is the only way, or may be first."""
    drawn = network(
        *optional(1, 0, 1, 1, 1, 1, 1, 2, 1, 3),
        events=[
            event(0, 1, count=1),
            event(0, Member(2, None, -1), count=1),
            event(0, 3, count=1, absent=True),
            event(4, 5, count=1),
            event(0, 6, count=1),
            event(0, 8, count=1),
            event(0, 8, count=1),
            event(0, Member(9, None, -2), count=1),
        ],
        waits=[(1, 0), (2, 1), (3, 2), (4, 3), (5, 3), (6, 5), (7, 6), (1, 7)],
        lags=[lag(0, 6), lag(6, 8, -2), lag(7, 8, -1, "SS"), lag(1, 9, 1, "FF")],
    )
    assert drawn == without_latecomers(drawn)


def test_no_plan_changes() -> None:
    """Every event comes about when it did, in each plan of some hundred small networks."""
    dropped = looked_at = 0
    for seed in range(400):
        drawn = by_chance(random.Random(seed))
        found = without_latecomers(drawn)
        dropped += sum(map(len, members(drawn))) - sum(map(len, members(found)))
        for plan in plans(drawn):
            looked_at += 1
            assert drawn.event_times(plan) == found.event_times(plan)
    assert dropped > 300
    assert looked_at > 10_000


def by_chance(rng: random.Random) -> Network:
    """A small network with choices, waits and lags."""
    activities = optional(*(rng.choice((0, 1, 1, 2)) for _ in range(3)))
    events: list[Event] = []
    for number in range(rng.randint(1, 4)):
        ways = [Member(a, None, _delay(rng)) for a in range(3) if rng.random() < 0.7]
        ways += [other(e, _delay(rng)) for e in range(number) if rng.random() < 0.5]
        count = rng.randint(0, len(ways) + 1) if rng.random() < 0.3 else min(1, len(ways))
        events.append(event(*ways, count=count, absent=rng.random() < 0.1))
    numbers = [(activity, number) for activity in range(3) for number in range(len(events))]
    return network(
        *activities,
        horizon=4,
        events=events,
        waits=[pair for pair in numbers if rng.random() < 0.4],
        lags=[
            lag(a, b, rng.choice((-1, 0, 1)), rng.choice(("FS", "FS", "SS", "FF", "SF")))
            for a, b in permutations(range(3), 2)
            if rng.random() < 0.15
        ],
    )


def _delay(rng: random.Random) -> int:
    return rng.choice((0, 0, 0, 1, -1))
