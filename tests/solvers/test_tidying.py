"""Of equally good plans always the same one, and the one that does its work earliest."""

from __future__ import annotations

import random

import pytest

from roadmap.network import Assignment, Network, Slot
from roadmap.result import Status
from roadmap.solvers import solve
from roadmap.solvers.generation import Scheme
from roadmap.solvers.tidying import Tidying, compacted, tidy
from tests.solvers.cases import five, hard
from tests.solvers.networks import cheapest, event, item, keeps, lag, mode, network, plans, run_of


def idle() -> Network:
    """A needed item, and three that no need waits for, on a team of one."""
    return network(
        item("needed", mode(2, (0, 1))),
        item("long", mode(3, (0, 1))),
        item("brief", mode(1, (0, 1))),
        item("extra", mode(1), optional=True),
        capacities=[1],
        events=[event(0)],
        losses=[(0, range(11))],
    )


def test_idle_work_comes_early_and_worthless_work_not_at_all() -> None:
    """Whatever lies late without need is drawn forward; names break the tie."""
    late = (Slot(0, 0), Slot(6, 0), Slot(3, 0), Slot(9, 0))
    expected = (Slot(0, 0), Slot(3, 0), Slot(2, 0), None)
    assert expected == tidy(idle(), late, Status.OPTIMAL, run_of())


def test_a_plan_that_is_not_proven_is_compacted() -> None:
    """At once, and without loss: what lies late moves up, what is worth nothing goes."""
    late = (Slot(0, 0), Slot(6, 0), Slot(3, 0), Slot(9, 0))
    assert (Slot(0, 0), Slot(3, 0), Slot(2, 0), None) == compacted(Scheme(idle()), late)
    assert compacted(Scheme(idle()), late) == tidy(idle(), late, Status.FEASIBLE, run_of())


def test_tidying_can_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the proof counts, no exact tidying is begun."""
    monkeypatch.delattr(Tidying, "plan")
    late = (Slot(0, 0), Slot(6, 0), Slot(3, 0), Slot(9, 0))
    run = run_of(tidy=False)
    assert compacted(Scheme(idle()), late) == tidy(idle(), late, Status.OPTIMAL, run)


def test_a_stop_leaves_the_compact_plan() -> None:
    """Ctrl-C ends the tidying too."""
    run = run_of()
    run.stop.set()
    late = (Slot(0, 0), Slot(6, 0), Slot(3, 0), Slot(9, 0))
    assert compacted(Scheme(idle()), late) == tidy(idle(), late, Status.OPTIMAL, run)


def test_compaction_never_costs() -> None:
    """Where a loss falls with time, moving up would cost, and is not done."""
    net = network(item("a", mode(2)), events=[event(0)], losses=[(0, [9, 9, 9, 9, 9, 1, 9])])
    assert (Slot(3, 0),) == compacted(Scheme(net), (Slot(3, 0),))
    assert (Slot(3, 0),) == cheapest(net).assignment


def test_equal_plans_are_told_apart_by_name() -> None:
    """Of two that may go first the one whose name comes first does."""
    twins = network(
        item("b", mode(2, (0, 1))),
        item("a", mode(2, (0, 1))),
        capacities=[1],
        events=[event(0), event(1)],
        losses=[(0, range(11)), (1, range(11))],
    )
    assert (Slot(2, 0), Slot(0, 0)) == cheapest(twins).assignment


def test_more_names_than_one_number_holds_come_in_their_order() -> None:
    """Fourteen names with 22 choices each: a number of 31 bits holds six of them."""
    names = sorted("cgmaebdnfhijkl", key=lambda name: (ord(name) * 7) % 15)
    items = [item(name, mode(1, (0, 1)), latest=21) for name in names]
    expected = tuple(Slot("abcdefghijklmn".index(name), 0) for name in names)
    assert expected == cheapest(network(*items, capacities=[1], horizon=21)).assignment


def test_among_modes_that_are_all_one_the_first_is_taken() -> None:
    """At the same start and the same cost."""
    net = network(item("a", mode(2, name="x"), mode(2, name="y")))
    assert (Slot(0, 0),) == cheapest(net).assignment


def test_as_little_optional_work_as_pays() -> None:
    """Of two that are as good as each other, alone or together, one is done."""
    net = network(
        item("b", mode(1), optional=True),
        item("a", mode(1), optional=True),
        events=[event(0, 1, count=1)],
        losses=[(0, range(0, 110, 10))],
    )
    assert (None, Slot(0, 0)) == cheapest(net).assignment


def test_what_is_left_out_is_not_late() -> None:
    """Of two that are as good, the one that can be done earlier: the other counts for nothing."""
    net = network(
        item("a", mode(1), optional=True, earliest=4),
        item("b", mode(1), optional=True, earliest=1),
        events=[event(0, 1, count=1)],
        losses=[(0, [0] * 10 + [9])],
    )
    assert (None, Slot(1, 0)) == cheapest(net).assignment


@pytest.mark.parametrize("largest", [2**31 - 1, 90])
@pytest.mark.parametrize("seed", range(3))
def test_of_all_plans_the_tidiest(seed: int, largest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever of the cheapest it begins with, by looking at each; in large numbers or small."""
    monkeypatch.setattr("roadmap.solvers.tidying.LARGEST_COEFFICIENT", largest)
    rng = random.Random(900 + seed)
    looked_at = 0
    for _ in range(30):
        net = by_chance(rng)
        sound = list(plans(net))
        least = min(map(net.cost, sound))
        best = [plan for plan in sound if net.cost(plan) == least]
        expected = min(best, key=lambda plan: order(net, plan))
        assert expected == tidy(net, rng.choice(best), Status.OPTIMAL, run_of())
        looked_at += len(best)
    assert looked_at > 500


def by_chance(rng: random.Random) -> Network:
    """A small network with much that costs the same."""
    items = [
        item(
            name,
            *(mode(rng.randint(1, 2), *[(0, 1)] * rng.randint(0, 1)) for _ in range(modes)),
            optional=rng.random() < 0.6,
            earliest=rng.choice((0, 0, 1, 2)),
        )
        for name, modes in zip(rng.sample("abcd", 3), (1, 1, 2), strict=True)
    ]
    return network(
        *items,
        capacities=[1],
        horizon=6,
        events=[event(0, 1, 2, count=rng.randint(1, 2)), event(rng.randrange(3))],
        losses=[(0, [0, 0, 0, 1, 1, 1, 5]), (1, [rng.choice((0, 3))] * 6 + [4])],
    )


def order(net: Network, plan: Assignment) -> tuple[object, ...]:
    """What comes first: little that is optional, early work, and early starts by name."""
    placed = [(slot, way) for slot, way in zip(plan, net.activities, strict=True) if slot]
    late = sum(slot.start * way.modes[0].duration for slot, way in placed)
    optional = sum(not way.mandatory for _, way in placed)
    named = sorted(zip((way.name for way in net.activities), plan, strict=True))
    starts = [(slot is None, slot and (slot.start, slot.mode)) for _, slot in named]
    return optional, late, starts


def test_an_empty_plan_is_tidy() -> None:
    """Nothing is left as it is."""
    assert () == tidy(network(), (), Status.OPTIMAL, run_of())


def test_tidying_keeps_every_rule() -> None:
    """With a least and a most time between, and a team that both need."""
    net = network(
        item("a", mode(1, (0, 1))),
        item("b", mode(2, (0, 1))),
        item("c", mode(1, (0, 1))),
        capacities=[1],
        lags=[lag(0, 1, 2), lag(1, 0, -3, "SF")],
    )
    plan = cheapest(net).assignment
    assert plan is not None
    assert keeps(net, plan)
    assert (Slot(0, 0), Slot(3, 0), Slot(1, 0)) == plan


@pytest.mark.parametrize("count", [5, 9])
def test_a_proven_plan_depends_on_neither_seed_nor_workers_nor_order(count: int) -> None:
    """Whoever solves it, and however it is stated, the plan is the same."""
    portfolio = five() if count == 5 else hard(count)
    items = list(portfolio.initiatives)
    plans = set()
    for seed in range(4):
        random.Random(seed).shuffle(items)
        stated = portfolio.replace(initiatives=items)
        result = solve(stated, seed=seed, workers=1 + seed % 3, time_limit=60)
        assert Status.OPTIMAL is result.status
        plans.add(tuple(sorted((p.initiative, p.start) for p in result.require().values())))
    assert 1 == len(plans)
