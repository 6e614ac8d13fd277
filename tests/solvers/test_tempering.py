"""Parallel tempering: what changes places, how often, and what comes out."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

import pytest

from roadmap.network import Assignment, Network
from roadmap.problem import Problem
from roadmap.solvers.annealing import Annealing
from roadmap.solvers.cooling import Cycles
from roadmap.solvers.generation import Scheme
from roadmap.solvers.improving import Improver
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.lists import list_plan
from roadmap.solvers.priorities import closure
from roadmap.solvers.tempering import PLENTY, Tempering
from tests.solvers.cases import hard
from tests.solvers.networks import event, item, keeps, least_cost, mode, network, run_of

CYCLE = [step / 40 for step in range(40)]


def begun(net: Network, seed: int = 1) -> tuple[Tempering, Assignment]:
    """A cycle that is about to begin, and the plan that it begins from."""
    scheme = Scheme(net)
    plan, _ = list_plan(scheme, closure.ranks(net))
    assert plan is not None
    tempering = Tempering(scheme, Random(seed))
    assert tempering.restart(plan)
    return tempering, plan


def crowded(seed: int) -> Network:
    """One team, four activities of several lengths, and losses that differ."""
    rng = Random(seed)
    horizon = 12
    items = [
        item(name, mode(rng.randint(1, 3), (0, rng.randint(1, 2))), latest=horizon)
        for name in "abcd"
    ]
    rates = [rng.randint(1, 9) for _ in items]
    return network(
        *items,
        capacities=[2],
        events=[event(activity) for activity in range(4)],
        losses=[(at, [rate * t for t in range(horizon + 1)]) for at, rate in enumerate(rates)],
        horizon=horizon,
    )


@pytest.mark.parametrize("seed", range(6))
def test_a_cycle_finds_the_optimum_of_small_networks(seed: int) -> None:
    """As exhaustive search knows it, by a plan that keeps all rules."""
    net = crowded(seed)
    tempering, _ = begun(net, seed)
    for share in CYCLE:
        tempering.run(200, share)
    assert keeps(net, tempering.plan)
    assert least_cost(net) == net.cost(tempering.plan)


def test_a_plan_never_gets_dearer() -> None:
    """Whoever finds it, and though its finder changes places; a new cycle begins from its own."""
    net = Problem(hard(30)).network
    tempering, plan = begun(net)
    costs = [net.cost(plan)]
    for share in CYCLE:
        tempering.run(200, share)
        costs.append(net.cost(tempering.plan))
    assert all(later <= before for before, later in pairwise(costs))
    assert costs[-1] < costs[0]
    tempering.restart(plan)
    assert costs[0] == net.cost(tempering.plan)


@pytest.mark.parametrize(("colder", "expected"), [(5, 1.0), (0, 1.0), (-5, None)])
def test_neighbours_change_places_in_balance(colder: int, expected: float | None) -> None:
    """Always when the warm one is no dearer; else by how much dearer it is, as Metropolis says."""
    tempering, _ = begun(Problem(hard(30)).network)
    trials, changed = 4_000, 0
    part = min(replica.best for replica in tempering.replicas) / 30
    for _ in range(trials):
        before = list(tempering.replicas)
        for replica in before:
            replica.cost = 100_000
        before[0].cost += round(colder * part / 10)
        tempering._odd = 0
        tempering._change_places()
        changed += tempering.replicas[0] is before[1]
    if expected is None:
        expected = math.exp(colder / 10 * (1 / 0.08 - 1 / 0.13))
    assert expected == pytest.approx(changed / trials, abs=0.03)


def test_all_neighbours_change_places_in_turn() -> None:
    """The first with the second and the third with the fourth, then the second with the third."""
    tempering, _ = begun(Problem(hard(30)).network)
    coldest = tempering.replicas[0]
    places = []
    for _ in range(4):
        for replica in tempering.replicas:
            replica.cost = 100_000  # all are alike: whoever may change does
        tempering._change_places()
        places.append(tempering.replicas.index(coldest))
    assert [1, 2, 3, 3] == places


def test_the_best_is_cooled_alone_in_the_end() -> None:
    """From its best plan on; the others rest."""
    tempering, _ = begun(Problem(hard(30)).network)
    for share in CYCLE[:20]:
        tempering.run(200, share)
    best = min(tempering.replicas, key=lambda replica: replica.best)
    resting = {id(replica): list(replica.order) for replica in tempering.replicas}
    known = best.best
    for share in (0.93, 0.95, 0.97, 0.99):
        tempering.run(200, share)
    moved = [replica for replica in tempering.replicas if resting[id(replica)] != replica.order]
    assert [best] == moved
    assert best.best <= known


def test_a_list_of_one_is_not_tempered() -> None:
    """There is nothing to change in it."""
    net = network(item("a", mode(3)), losses=[])
    plan, _ = list_plan(Scheme(net), [0.0])
    assert plan is not None
    assert not Tempering(Scheme(net), Random(1)).restart(plan)


@pytest.mark.parametrize(("share", "expected"), [(0.9, ["cools"]), (1.1, ["tempers"])])
def test_an_improver_tempers_where_steps_are_plenty(
    share: float, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first cycle tells how many are tried a second; so many decide about the second."""
    net = Problem(hard(30)).network
    best = Incumbent(net, run_of(reproducible=False))
    best.offer(begun(net)[1], "list")
    done: list[str] = []
    monkeypatch.setattr(Cycles, "next", lambda *_: 0.05)
    improver = Improver(Scheme(net), best, Random(1), True, None)
    improver._anneal(lambda: False)
    assert improver._pace > 0
    improver._pace = share * PLENTY * 30 / 0.05
    monkeypatch.setattr(Annealing, "restart", lambda *_: done.append("cools"))
    monkeypatch.setattr(Tempering, "restart", lambda *_: done.append("tempers"))
    improver._anneal(lambda: False)
    assert expected == done


@pytest.mark.parametrize(("steps", "expected"), [(100, 25), (7, 1), (1, 1)])
def test_moves_are_shared_out_evenly(
    steps: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each temperature has as many as the others, and at least one; the coldest is first."""
    tempering, _ = begun(Problem(hard(30)).network)
    done: list[tuple[int, float]] = []
    monkeypatch.setattr(Annealing, "run", lambda _, some, heat: done.append((some, heat)))
    tempering.run(steps, 0.5)
    assert [expected] * 4 == [some for some, _ in done]
    heats = [heat for _, heat in done]
    assert sorted(set(heats)) == heats
