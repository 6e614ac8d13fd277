"""The serial scheme: each activity as early as it fits, in the order of ranks."""

from __future__ import annotations

import pytest

from roadmap.network import Lag, Member, Network, Slot
from roadmap.solvers.generation import Generation, Scheme
from tests.solvers.networks import event, item, keeps, lag, mode, network


def starts(net: Network, *order: int) -> list[int | None] | None:
    """Starts when activities are taken in an order; ``None`` when there is no plan."""
    rank = [float(order.index(activity)) for activity in range(len(net.activities))]
    plan = Scheme(net).generate(rank).plan
    if plan is None:
        return None
    assert keeps(net, plan)
    return [None if slot is None else slot.start for slot in plan]


def pair(*, lags: tuple[Lag, ...] = (), capacity: int = 2) -> Network:
    """Work of 3 and of 2 periods on a team."""
    items = (item("a", mode(3, (0, 1))), item("b", mode(2, (0, 1))))
    return network(*items, capacities=[capacity], lags=lags)


def test_the_lowest_rank_goes_first() -> None:
    """On a team of one, one after the other."""
    assert [0, 3] == starts(pair(capacity=1), 0, 1)
    assert [2, 0] == starts(pair(capacity=1), 1, 0)


def test_equal_ranks_go_in_the_order_of_statement() -> None:
    """So a plan does not hang on chance."""
    assert (Slot(0, 0), Slot(3, 0)) == Scheme(pair(capacity=1)).generate([0.0, 0.0]).plan


@pytest.mark.parametrize(
    ("link", "periods", "expected"),
    [
        ("FS", 0, [0, 3]),
        ("FS", 2, [0, 5]),
        ("FS", -1, [0, 2]),
        ("FS", -9, [0, 0]),
        ("SS", 1, [0, 1]),
        ("FF", 0, [0, 1]),
        ("FF", 4, [0, 5]),
        ("SF", 4, [0, 2]),
    ],
)
def test_each_link_with_its_lag(link: str, periods: int, expected: list[int]) -> None:
    """A time between two ends, of either sign; whichever has the lower rank."""
    net = pair(lags=(lag(0, 1, periods, link),))
    assert expected == starts(net, 0, 1)
    assert expected == starts(net, 1, 0)


@pytest.mark.parametrize(("most", "expected"), [(5, None), (6, [0, 6]), (9, [0, 6])])
def test_a_most_time_between(most: int, expected: list[int] | None) -> None:
    """What is placed early may leave no place for what must not come long after it."""
    items = (item("a", mode(3)), item("b", mode(2), earliest=6))
    tied = network(*items, lags=[lag(0, 1), lag(1, 0, -most, "SS")])
    assert expected == starts(tied, 0, 1)


def test_a_most_time_between_others() -> None:
    """Work that comes in between is placed around the pair, or before it."""
    items = (item("a", mode(3, (0, 1))), item("b", mode(2, (0, 1))), item("c", mode(2, (0, 1))))
    tied = network(*items, capacities=[1], lags=[lag(0, 1), lag(1, 0, -3, "SS")])
    assert [2, 5, 0] == starts(tied, 2, 0, 1)
    assert [0, 3, 5] == starts(tied, 0, 1, 2)


def test_no_one_works_where_there_is_no_capacity() -> None:
    """Work is not interrupted, so it waits for a stretch that is long enough."""
    net = network(item("a", mode(3, (0, 1))), capacities=[[1, 1, 0, 1, 0, 1, 1, 1, 0, 1]])
    assert [5] == starts(net, 0)


def test_capacity_is_counted_for_each_team() -> None:
    """Both teams must have room, in all the periods."""
    net = network(
        item("a", mode(2, (0, 1), (1, 2))),
        item("b", mode(2, (1, 2))),
        item("c", mode(1, (0, 3))),
        capacities=[3, [2, 2, 2, 1, 2, 2, 2, 2, 2, 2]],
    )
    assert [0, 4, 2] == starts(net, 0, 1, 2)


def test_the_mode_that_ends_first_is_taken() -> None:
    """Among equals the cheapest."""
    net = network(
        item("a", mode(4, cost=1), mode(2, (0, 1), cost=9), mode(2, (0, 1), cost=5)),
        capacities=[[0, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
    )
    assert (Slot(1, 2),) == Scheme(net).generate([0.0]).plan


def test_a_milestone_stands_at_a_boundary() -> None:
    """It takes no time and no one, inside other work and at the very end."""
    net = network(
        item("work", mode(6, (0, 1))),
        item("inside", mode(0)),
        item("end", mode(0)),
        capacities=[1],
        lags=[lag(0, 1, 2, "SS"), lag(0, 2)],
        horizon=6,
    )
    assert [0, 2, 6] == starts(net, 0, 1, 2)


def users(count: int, *, absent: bool = False) -> Network:
    """Work of 1, 2 and 3 periods, and a user who waits for so many of them."""
    return network(
        item("one", mode(1)),
        item("two", mode(2)),
        item("three", mode(3)),
        item("user", mode(1)),
        events=[event(0, 1, 2, count=count, absent=absent)],
        waits=[(3, 0)],
    )


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (1, 1), (2, 2), (3, 3)])
def test_so_many_of_them_are_enough(count: int, expected: int) -> None:
    """The user starts with the k-th, if it is known by then."""
    assert [0, 0, 0, expected] == starts(users(count), 0, 1, 2, 3)


def test_a_choice_is_waited_for_as_known() -> None:
    """Placed as soon as enough have a place, it waits for these."""
    assert [0, 0, 0, 3] == starts(users(1), 2, 3, 0, 1)


def test_an_event_of_events_counts_its_delays() -> None:
    """Any of two after two periods, and all of that and another."""
    net = network(
        item("a", mode(1)),
        item("b", mode(4)),
        item("user", mode(1)),
        events=[event(0, 1, count=1), event(Member(None, 0, 2), Member(0, None, 1))],
        waits=[(2, 1)],
    )
    assert [0, 0, 3] == starts(net, 0, 1, 2)


def test_what_finds_no_place_is_named() -> None:
    """Mandatory work without room ends the pass."""
    net = network(item("a", mode(3)), item("b", mode(3, (0, 1)), latest=2), capacities=[1])
    assert Generation(None, 1) == Scheme(net).generate([0.0, 1.0])


def test_optional_work_without_room_is_left_out() -> None:
    """And so is what stands on it."""
    net = network(
        item("a", mode(3), optional=True, latest=2),
        item("b", mode(1), optional=True),
        item("c", mode(1)),
        lags=[lag(0, 1)],
    )
    assert [None, None, 0] == starts(net, 0, 1, 2)


def test_mandatory_work_on_what_is_not_chosen_is_stuck() -> None:
    """Whoever is chosen must have what it stands on."""
    net = network(item("a", mode(1), optional=True), item("b", mode(1)), lags=[lag(0, 1)])
    assert Generation(None, 1) == Scheme(net).generate([0.0, 1.0], [False, True])


def test_an_empty_network_has_an_empty_plan() -> None:
    """Nothing to do is done."""
    assert () == Scheme(network()).generate([]).plan
