"""The CP-SAT model says what the network says: small networks solved by looking at every plan."""

from __future__ import annotations

import random

import pytest

from roadmap.errors import SolverError
from roadmap.network import Member, Network, Slot
from roadmap.result import Status
from roadmap.solvers import lists
from roadmap.solvers.encoding import Encoding, exact_events, money_unit
from roadmap.solvers.generation import Scheme
from roadmap.solvers.tables import convex, segments
from tests.solvers.networks import (
    cheapest,
    event,
    item,
    keeps,
    lag,
    least_cost,
    mode,
    network,
)

LATE = range(0, 110, 10)
"""Ten for each period."""

CASES: dict[str, Network] = {
    "two items on one team": network(
        item("a", mode(2, (0, 1))),
        item("b", mode(1, (0, 1))),
        capacities=[1],
        events=[event(0), event(1)],
        losses=[(0, LATE), (1, LATE)],
    ),
    "a loss that falls with time": network(
        item("a", mode(2)), events=[event(0)], losses=[(0, [9, 8, 7, 6, 2, 5, 9])]
    ),
    "a gain, a negative loss": network(
        item("a", mode(1), optional=True),
        events=[event(0)],
        losses=[(0, [-5, -9, -20, -3, 0])],
    ),
    "a falling loss on one of two": network(
        item("a", mode(1)),
        item("b", mode(3)),
        events=[event(0, 1, count=1)],
        losses=[(0, [50, 40, 30, 20, 10, 0, 60])],
    ),
    "a falling loss on two of three": network(
        item("a", mode(1)),
        item("b", mode(2), optional=True),
        item("c", mode(3), optional=True, latest=5),
        events=[event(0, 1, 2, count=2)],
        losses=[(0, [50, 40, 30, 20, 10, 0, 60, 70])],
        horizon=7,
    ),
    "a falling loss that never would avoid": network(
        item("a", mode(1), optional=True), events=[event(0)], losses=[(0, [30, 20, 10, 5])]
    ),
    "a falling loss, absence counts": network(
        item("a", mode(2), optional=True),
        item("b", mode(1)),
        events=[event(0, 1, absent=True)],
        losses=[(0, [50, 40, 35, 12, 11, 20])],
        horizon=6,
    ),
    "absence counts towards a makespan": network(
        item("a", mode(2), optional=True),
        item("b", mode(3)),
        events=[event(0, 1, absent=True)],
        losses=[(0, LATE)],
    ),
    "a falling loss upon an event of events": network(
        item("a", mode(1)),
        item("b", mode(2)),
        events=[event(0, 1, count=1), event(Member(None, 0, 2), Member(1, None, 0))],
        losses=[(1, [90, 80, 70, 60, 10, 20, 30])],
        horizon=7,
    ),
    "a loss that rises at once": network(
        item("a", mode(2, (0, 1))),
        item("b", mode(3, (0, 1))),
        capacities=[1],
        events=[event(0), event(1)],
        losses=[(0, [0, 0, 0, 7]), (1, [0, 0, 0, 0, 9])],
    ),
    "modes: quick and dear, slow and cheap": network(
        item("a", mode(1, (0, 2), cost=25, name="q"), mode(3, (0, 1), cost=10, name="s")),
        item("b", mode(2, (0, 1), cost=5, name="q"), mode(4, cost=1, name="s")),
        capacities=[2],
        events=[event(0), event(1)],
        losses=[(0, LATE), (1, LATE)],
        horizon=8,
    ),
    "a mode that no team can carry": network(
        item("a", mode(1, (0, 3), name="crowd"), mode(4, (0, 1), name="few")),
        capacities=[2],
        events=[event(0)],
        losses=[(0, LATE)],
    ),
    "periods without anyone": network(
        item("a", mode(2, (0, 1))),
        item("b", mode(1, (0, 1))),
        capacities=[[0, 1, 0, 1, 1, 0, 0, 1, 1, 1]],
        events=[event(0), event(1)],
        losses=[(0, LATE), (1, LATE)],
    ),
    "a team that grows and shrinks": network(
        item("a", mode(2, (0, 2))),
        item("b", mode(2, (0, 1))),
        capacities=[[1, 2, 3, 2, 1, 0, 2, 2, 2, 2]],
        events=[event(0), event(1)],
        losses=[(0, LATE), (1, LATE)],
    ),
    "a milestone inside other work": network(
        item("work", mode(4, (0, 1))),
        item("milestone", mode(0)),
        capacities=[1],
        lags=[lag(0, 1, 2, "SS")],
        events=[event(1)],
        losses=[(0, LATE)],
        horizon=6,
    ),
    "a milestone at the very end": network(
        item("work", mode(6, (0, 1)), latest=6),
        item("milestone", mode(0), latest=6),
        capacities=[1],
        lags=[lag(0, 1)],
        events=[event(1)],
        losses=[(0, LATE)],
        horizon=6,
    ),
    "a least and a most time between": network(
        item("a", mode(1, (0, 1))),
        item("b", mode(2, (0, 1))),
        item("c", mode(1, (0, 1))),
        capacities=[1],
        lags=[lag(0, 1, 2), lag(1, 0, -3, "SF")],
        events=[event(1), event(2)],
        losses=[(0, LATE), (1, LATE)],
        horizon=7,
    ),
    "every link with a lag": network(
        item("a", mode(3)),
        item("b", mode(1)),
        item("c", mode(2)),
        lags=[lag(0, 1, 1, "FF"), lag(1, 2, -1, "FS"), lag(0, 2, 4, "SF")],
        events=[event(2)],
        losses=[(0, LATE)],
        horizon=7,
    ),
    "a chain of optional work that pays": network(
        item("base", mode(2, (0, 1), cost=20), optional=True),
        item("top", mode(1, (0, 1), cost=20), optional=True),
        capacities=[1],
        lags=[lag(0, 1)],
        events=[event(1)],
        losses=[(0, LATE)],
        horizon=8,
    ),
    "a chain of optional work that does not": network(
        item("base", mode(2, (0, 1), cost=60), optional=True),
        item("top", mode(1, (0, 1), cost=60), optional=True),
        capacities=[1],
        lags=[lag(0, 1)],
        events=[event(1)],
        losses=[(0, LATE)],
        horizon=8,
    ),
    "waiting for any of two": network(
        item("slow", mode(4), optional=True),
        item("quick", mode(2, cost=30), optional=True),
        item("user", mode(1)),
        events=[event(0, 1, count=1), event(2)],
        waits=[(2, 0)],
        losses=[(1, LATE)],
        horizon=7,
    ),
    "waiting for what never is": network(
        item("raiser", mode(2), latest=3, optional=True),
        item("user", mode(1), latest=2),
        events=[event(0)],
        waits=[(1, 0)],
        horizon=4,
    ),
    "a delay beyond the horizon": network(
        item("raiser", mode(2)),
        item("user", mode(1), optional=True),
        events=[event(Member(0, None, 4)), event(1)],
        waits=[(1, 0)],
        losses=[(1, LATE)],
        horizon=5,
    ),
    "nothing to wait for": network(
        item("user", mode(1)),
        events=[event(0, count=0), event(0)],
        waits=[(0, 0)],
        losses=[(0, [7, 3, 1]), (1, LATE)],
        horizon=4,
    ),
    "no work at all": network(),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_the_optimum_is_that_of_looking_at_every_plan(case: str) -> None:
    """Same cost, or both say that there is no plan; and the plan keeps every rule."""
    net = CASES[case]
    answer = cheapest(net)
    expected = least_cost(net)
    if expected is None:
        assert (Status.INFEASIBLE, None) == (answer.status, answer.assignment)
        return
    assert Status.OPTIMAL is answer.status
    assert answer.assignment is not None
    assert (expected, expected) == (answer.bound, net.cost(answer.assignment))
    assert keeps(net, answer.assignment)


@pytest.mark.parametrize("case", sorted(CASES))
@pytest.mark.parametrize("rule", sorted(lists.PRIORITIES))
def test_rules_keep_every_rule_of_a_network(case: str, rule: str) -> None:
    """What a list rule places is a plan; where none exists it finds none."""
    net = CASES[case]
    plan, _ = lists.list_plan(Scheme(net), lists.PRIORITIES[rule](net))
    assert plan is None or keeps(net, plan)
    assert plan is not None or least_cost(net) is None or net.lags


def test_random_networks_agree_with_looking_at_every_plan() -> None:
    """With lags of any sign and link, choices, delays and tables that go up and down."""
    rng = random.Random(5)
    for _ in range(60):
        net = drawn(rng)
        answer = cheapest(net)
        found = None if answer.assignment is None else net.cost(answer.assignment)
        assert least_cost(net) == found, net


def drawn(rng: random.Random) -> Network:
    """A network of three activities over five periods, two of them in a choice."""
    horizon = 5
    items = [
        item(
            name,
            mode(rng.randint(1, 3), (0, rng.randint(1, 2)), cost=rng.randint(0, 9)),
            *([mode(rng.randint(0, 3), cost=rng.randint(0, 9))] if rng.random() < 0.3 else []),
            optional=rng.random() < 0.5,
            latest=rng.randint(3, horizon),
        )
        for name in "abc"
    ]
    lags = [
        lag(before, after, rng.randint(-3, 2), rng.choice(("FS", "SS", "FF", "SF")))
        for before, after in (rng.sample(range(3), 2) for _ in range(rng.randint(0, 2)))
    ]
    choice = event(
        Member(0, None, rng.randint(0, 2)),
        1,
        count=rng.randint(0, 2),
        absent=rng.random() < 0.3,
    )
    above = event(Member(None, 0, rng.randint(0, 1)), 2, count=rng.randint(1, 2))
    tables = [[rng.randint(-9, 30) for _ in range(horizon + 1)] for _ in range(2)]
    return network(
        *items,
        capacities=[[rng.randint(0, 3) for _ in range(horizon)]],
        lags=lags,
        events=[choice, above],
        waits=[(2, 0)] if rng.random() < 0.6 else [],
        losses=list(enumerate(tables)),
        horizon=horizon,
    )


def test_the_largest_coefficient_is_kept() -> None:
    """Amounts beyond it, once the common unit is divided out, are refused in clear words."""
    huge = network(
        item("a", mode(1, cost=1)), events=[event(0)], losses=[(0, [0, 2**31])], horizon=2
    )
    with pytest.raises(SolverError, match="state money in thousands or millions"):
        money_unit(huge)


def test_a_common_unit_is_divided_out() -> None:
    """Large amounts are no trouble when all are so many millions."""
    million = 10**6
    net = network(
        item("a", mode(2, cost=5000 * million)),
        events=[event(0)],
        losses=[(0, [0, 10_000 * million])],
        horizon=3,
    )
    assert 5000 * million == money_unit(net)
    assert 15_000 * million == cheapest(net).bound


def test_the_unit_is_that_of_differences() -> None:
    """An amount that every plan pays does not spoil the unit."""
    net = network(item("a", mode(1)), events=[event(0)], losses=[(0, [7, 107, 207])], horizon=2)
    assert 100 == money_unit(net)
    assert 107 == cheapest(net).bound


def test_money_of_nothing_has_a_unit() -> None:
    """Where nothing costs anything the unit is 1."""
    assert 1 == money_unit(network(item("a", mode(1))))


def test_times_are_tied_from_above_only_where_a_loss_falls() -> None:
    """And in all events below such a one."""
    net = network(
        item("a", mode(1)),
        item("b", mode(1)),
        events=[event(0), event(1), event(Member(None, 0, 0))],
        losses=[(1, LATE), (2, [5, 4, 9])],
    )
    assert [True, False, True] == exact_events(net)


def test_convex_tables_are_envelopes_of_lines() -> None:
    """The largest of the lines at each time is the table's entry."""
    table = (0, 0, 3, 6, 20, 34)
    assert convex(table)
    assert not convex((0, 5, 6))
    lines = segments(table)
    assert list(table) == [max(slope * t + at for slope, at in lines) for t in range(6)]
    assert [0, 3, 14] == [slope for slope, _ in lines]


def test_a_plan_survives_the_watched_values() -> None:
    """What is read from the model's values is the plan that they say."""
    net = CASES["modes: quick and dear, slow and cheap"]
    encoding = Encoding(net)
    assert (Slot(3, 1), Slot(0, 0)) == encoding.assignment([3, 0, 1, 0, 1, 0])
    assert (None, Slot(2, 1)) == encoding.assignment([0, 0, 0, 2, 0, 1])
    assert 6 == len(encoding.watched)
