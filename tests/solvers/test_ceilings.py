"""Limits on money of several kinds: solvers against looking at every plan."""

from __future__ import annotations

import random
from itertools import product

import attrs
import pytest

from roadmap.network import Assignment, Ceiling, Loss, Network, Slot, Term
from roadmap.result import Status
from roadmap.solvers import auto
from roadmap.solvers.child import read, unpacked, written
from roadmap.solvers.windows import open_window
from tests.solvers.networks import cheapest, run_of
from tests.solvers.test_rarities import HORIZON, costs, drawn, least, sound


def limited_network(rng: random.Random) -> Network:
    """A small network, some of whose money, and some that it does not count, is limited."""
    net = drawn(rng)
    charges = tuple(
        Term(at, number, (rng.randint(-3, 9),))
        for at, activity in enumerate(net.activities)
        for number in range(len(activity.modes))
        if rng.random() < 0.5
    )
    falling = Loss(rng.randrange(len(net.events)), tuple(range(HORIZON, -1, -1)), "falling")
    limit = Ceiling(
        losses=(*net.losses[:2], *((falling,) * (rng.random() < 0.4))),
        charges=charges,
        soft_waits=net.soft_waits[:1],
        accounts=tuple(account for account in net.accounts if account.price is not None),
        overruns=tuple((at, 2) for at, one in enumerate(net.resources) if one.usual),
        most=0,
        origin="limit",
    )
    return attrs.evolve(net, ceilings=(attrs.evolve(limit, most=rng.randint(0, 60)),))


def money(net: Network, plan: Assignment) -> int:
    """What a plan costs of that which is limited, in the plainest words there are."""
    limit = net.ceilings[0]
    charged = 0
    for term in limit.charges:
        slot = plan[term.activity]
        if slot is not None and slot.mode == term.mode:
            charged += term.amounts[0]
    free = [[attrs.evolve(way, cost=0, costs=()) for way in a.modes] for a in net.activities]
    alone = attrs.evolve(
        net,
        activities=tuple(
            attrs.evolve(activity, modes=tuple(ways))
            for activity, ways in zip(net.activities, free, strict=True)
        ),
        losses=limit.losses,
        soft_waits=limit.soft_waits,
        accounts=limit.accounts,
        resources=tuple(attrs.evolve(one, price=2) for one in net.resources),
    )
    return charged + costs(alone, plan)


def best(net: Network) -> int | None:
    """The cheapest plan under the ceiling, by looking at every one."""
    spots: list[list[Slot | None]] = [
        [None, *(Slot(s, m) for m in range(len(a.modes)) for s in range(net.horizon + 1))]
        for a in net.activities
    ]
    found = [
        costs(net, plan)
        for plan in product(*spots)
        if money(net, plan) <= net.ceilings[0].most and sound(net, plan)
    ]
    return min(found, default=None)


@pytest.mark.parametrize("seed", range(40))
def test_the_exact_solver_keeps_ceilings(seed: int) -> None:
    """It finds what looking at every plan finds."""
    net = limited_network(random.Random(seed))
    answer = cheapest(net)
    expected = best(net)
    assert expected == (None if answer.assignment is None else costs(net, answer.assignment))
    assert (answer.status is Status.INFEASIBLE) == (expected is None)


@pytest.mark.parametrize("seed", range(15))
def test_the_search_of_several_parts_keeps_ceilings(seed: int) -> None:
    """Neighbourhoods and lists never leave a limit behind."""
    net = limited_network(random.Random(seed))
    answer = auto.solve(net, run_of(time_limit=3))
    assert best(net) == (None if answer.assignment is None else costs(net, answer.assignment))


@pytest.mark.parametrize("seed", range(25))
def test_a_window_keeps_what_is_left_of_a_ceiling(seed: int) -> None:
    """What a window finds fits into the whole without going beyond the limit."""
    net = limited_network(random.Random(seed))
    plan = cheapest(net).assignment
    if plan is None:
        return
    window = open_window(net, plan, {seed % len(net.activities)})
    assert [] == list(window.network.breaches(window.seen))
    found = cheapest(window.network).assignment
    assert found is not None
    whole = window.fitted(found)
    assert [] == list(net.breaches(whole))
    assert costs(net, plan) == costs(net, whole)


def test_a_ceiling_changes_something() -> None:
    """The cases above are no cases without a limit."""
    changed = 0
    for seed in range(40):
        net = limited_network(random.Random(seed))
        changed += least(net) != best(net)
    assert changed >= 10


def test_a_ceiling_goes_to_another_process_and_comes_back() -> None:
    """It survives the lines of JSON."""
    net = limited_network(random.Random(3))
    assert net == unpacked(Network, read(written(net)))
