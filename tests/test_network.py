"""The network: positions for names, provenance, events and costs by value."""

from __future__ import annotations

import random
from typing import Any

import pytest

from roadmap import network as net
from roadmap.constraints import EarliestStart, LatestFinish
from roadmap.errors import ProblemError
from roadmap.facts import Capability, Dependency, Initiative, Mode, Need, Team
from roadmap.losses import CostOfDelay, Table
from roadmap.network import Activity, Lag, Loss, Member, Network, Resource, Slot, Wait
from roadmap.objectives import Makespan
from roadmap.parts import Event, EventKey
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.timeline import Timeline
from tests.campaigns.agreement import drawn, oracle_of
from tests.oracle import Plan


def facts(**changes: Any) -> Portfolio:
    """Three initiatives, two teams, a level with a choice and a milestone."""
    said: dict[str, Any] = {
        "timeline": Timeline("2027-01", 10),
        "teams": [Team("t", 2), Team("u", {0: 1, 4: 0})],
        "capabilities": [Capability("c", combine={2: "any"}), Capability("d", 1)],
        "needs": [Need("c", 1, CostOfDelay(7), "urgent"), Need("d", 1, Table([5, 9]), "met")],
        "initiatives": [
            Initiative("A", duration=2, demand={"u": 1}, raises={"c": 2}, ramp=1, cost=3),
            Initiative(
                "B",
                modes=[Mode("slow", 3, {"t": 1}), Mode("fast", 1, {"t": 2, "u": 1}, 8)],
                raises={"c": 2},
                optional=True,
                latest_finish="2027-08",
            ),
            Initiative("M", duration=0, requires={"c": 2}, earliest_start=1),
        ],
        "dependencies": [Dependency("A", "M", "FF", -1)],
    }
    return Portfolio(**(said | changes))


def test_activities() -> None:
    """Initiatives in their order, with windows, modes and the rules they came from."""
    network = Problem(facts()).network
    assert network.activities == (
        Activity("A", (net.Mode("", 2, ((1, 1),), 3),), True, 0, 10, ("inclusion of A",)),
        Activity(
            "B",
            (net.Mode("slow", 3, ((0, 1),), 0), net.Mode("fast", 1, ((0, 2), (1, 1)), 8)),
            False,
            0,
            8,
            ("latest finish of B",),
        ),
        Activity(
            "M",
            (net.Mode("", 0, (), 0),),
            True,
            1,
            10,
            ("earliest start of M", "inclusion of M"),
        ),
    )
    assert {"A": 0, "B": 1, "M": 2} == network.position


def test_relations() -> None:
    """Lags, waits, resources and losses point at positions and say their rule."""
    network = Problem(facts()).network
    assert 10 == network.horizon
    assert (Lag(0, 2, -1, True, True, "A → M (FF)"),) == network.lags
    assert (
        Resource("t", (2,) * 10, "capacity of t"),
        Resource("u", (1,) * 4 + (0,) * 6, "capacity of u"),
    ) == network.resources
    keys = [event.key for event in network.events]
    assert (Wait(2, keys.index(EventKey("c", 2, "at or above")), "c at level 2 → M"),) == (
        network.waits
    )
    assert network.losses == (
        Loss(keys.index(EventKey("c", 1, "at or above")), tuple(range(0, 71, 7)), "urgent"),
        Loss(keys.index(EventKey("d", 1, "at or above")), (5,) + (9,) * 10, "met"),
    )


def test_events() -> None:
    """Each event once, after those it rests on; a level of today needs nothing."""
    network = Problem(facts()).network
    found = {event.key: (event.members, event.count) for event in network.events}
    assert 4 == len(network.events)
    raised = [event.key for event in network.events].index(EventKey("c", 2, "raised"))
    assert found == {
        EventKey("c", 2, "raised"): ((Member(0, None, 1), Member(1, None, 0)), 1),
        EventKey("c", 2, "at or above"): ((Member(None, raised, 0),), 1),
        EventKey("c", 1, "at or above"): ((Member(None, raised, 0),), 1),
        EventKey("d", 1, "at or above"): ((), 0),
    }
    for index, event in enumerate(network.events):
        assert all(member.event is None or member.event < index for member in event.members)


@pytest.mark.parametrize(
    ("slots", "attained", "cost"),
    [
        ((Slot(0, 0), None, Slot(3, 0)), 3, 21 + 5 + 3),
        ((Slot(0, 0), Slot(0, 1), Slot(1, 0)), 1, 7 + 5 + 3 + 8),
        ((Slot(7, 0), None, Slot(10, 0)), 10, 70 + 5 + 3),
        ((Slot(8, 0), None, Slot(10, 0)), None, 70 + 5 + 3),
        ((None, None, None), None, 70 + 5),
    ],
)
def test_times_and_costs(slots: net.Assignment, attained: int | None, cost: int) -> None:
    """Events happen with their members, by the end of the timeline or never."""
    network = Problem(facts()).network
    times = dict(zip((e.key for e in network.events), network.event_times(slots), strict=True))
    assert attained == times[EventKey("c", 1, "at or above")]
    assert 0 == times[EventKey("d", 1, "at or above")]
    assert cost == network.cost(slots)


def test_neighbours() -> None:
    """What leads into, from and above each item is listed at its position."""
    network = Problem(facts()).network
    keys = [event.key.kind[:2] + str(event.key.level) for event in network.events]
    raised = keys.index("ra2")
    assert ((), (), network.lags) == network.lags_into
    assert (network.lags, (), ()) == network.lags_from
    assert ((), (), network.waits) == network.waits_of
    assert (((raised, 1),), ((raised, 0),), ()) == network.events_of
    above = network.events_above[raised]
    assert {"at2", "at1"} == {keys[index] for index, _ in above if keys[index] != "ra2"}
    assert (2,) == network.waiting_for[network.waits[0].event]
    assert (0, 1, 2) == network.knot


def test_knots() -> None:
    """Activities in one circle of lags share a number."""
    ties = [Dependency("A", "M", "FF", -1), Dependency("M", "A", "SS", -4)]
    assert (0, 1, 0) == Problem(facts(dependencies=ties)).network.knot


def test_windows_meet() -> None:
    """Of several windows the narrowest counts, and each is told."""
    problem = Problem(facts()).with_(
        EarliestStart("M", 4), EarliestStart("M", "2027-03"), LatestFinish("M", 7)
    )
    milestone = problem.network.activities[2]
    assert (4, 7) == (milestone.earliest, milestone.latest)
    assert [
        "earliest start of M",
        "earliest start of M",
        "earliest start of M",
        "latest finish of M",
        "inclusion of M",
    ] == sorted(milestone.origins, key=lambda origin: (origin[0] == "i", origin))


def test_lifted_rules_are_not_posted() -> None:
    """Without its team's capacity, a demand is no demand; without inclusion, work is optional."""
    problem = Problem(facts()).without("capacity of u", "inclusion of A", "A → M (FF)")
    network = problem.network
    assert ["t"] == [resource.name for resource in network.resources]
    assert () == network.activities[0].modes[0].demand
    assert ((0, 2),) == network.activities[1].modes[1].demand
    assert not network.activities[0].mandatory
    assert () == network.lags


def test_makespan_waits_for_all_that_is_in_the_plan() -> None:
    """What is left out counts as done at once."""
    network = Problem(facts()).replace(objective=[Makespan()]).network
    assert 10 == network.cost((Slot(8, 0), None, Slot(10, 0)))
    assert 3 == network.cost((Slot(0, 0), Slot(2, 1), Slot(3, 0)))
    assert 0 == network.cost((None, None, None))
    assert [0] == [mode.cost for mode in network.activities[0].modes]


def test_two_events_under_one_name_are_refused() -> None:
    """Rules may post the same event twice, but not two that differ."""
    key = EventKey("x", 0, "y")
    same = net.build_network(facts(), [Event(key, (), 0), Event(key, (), 0)])
    assert 1 == len(same.events)
    with pytest.raises(ProblemError, match="different events"):
        net.build_network(facts(), [Event(key, (), 0), Event(key, (), 1)])


def test_an_empty_network() -> None:
    """Nothing to do costs nothing."""
    network = Problem(Portfolio(timeline=Timeline("2027-01", 3))).network
    assert Network(3, (), (), (), (), (), ()) == network
    assert 0 == network.cost(())


def assignment_of(network: Network, plan: Plan) -> net.Assignment:
    """An oracle's plan in the network's positions."""
    spots = [plan.get(activity.name) for activity in network.activities]
    return [None if spot is None else Slot(spot.start, spot.mode) for spot in spots]


@pytest.mark.parametrize("chunk", range(10))
def test_costs_against_the_oracle(chunk: int) -> None:
    """The network counts every sound plan as the oracle does, loss by loss."""
    rng = random.Random(chunk)
    for case in range(chunk * 20, chunk * 20 + 20):
        problem = drawn(77, case)
        question, network = oracle_of(problem), problem.network
        plans = list(question.sound_plans())
        for plan in rng.sample(plans, min(10, len(plans))):
            assert question.cost(plan) == network.cost(assignment_of(network, plan))
