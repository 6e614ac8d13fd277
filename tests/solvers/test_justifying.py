"""Justification: all is put off, then drawn forward, and nothing ends later than before."""

from __future__ import annotations

import random

import pytest

from roadmap.network import Loss, Network
from roadmap.solvers.annealing import Annealing
from roadmap.solvers.decoding import Decoder
from roadmap.solvers.generation import Scheme
from roadmap.solvers.justifying import Justification, can_be_justified
from roadmap.solvers.lists import PRIORITIES, list_plan
from tests.solvers.networks import event, item, keeps, lag, mode, network
from tests.strategies import random_problem


def placed(net: Network, order: list[int]) -> Decoder:
    """A decoder that has placed an order of single-mode work."""
    plan, _ = list_plan(Scheme(net), [float(order.index(a)) for a in range(len(order))])
    assert plan is not None
    decoder = Decoder(Scheme(net), plan)
    assert decoder.decode(decoder.order()) is not None
    return decoder


def test_a_gap_is_closed() -> None:
    """By hand: a long chain waits behind work that nothing waits for, and that can be put off."""
    net = network(
        item("filler", mode(3, (0, 1))),
        item("first", mode(2, (0, 1))),
        item("second", mode(4)),
        capacities=[1],
        lags=[lag(1, 2, 0)],
        events=[event(0, 1, 2)],
        losses=[(0, range(11))],
    )
    decoder = placed(net, [0, 1, 2])
    assert [3, 5, 9] == decoder.finish
    order = Justification(decoder).order()
    assert [1, 2, 0] == order
    assert 6 == decoder.decode(order)
    assert [5, 2, 6] == decoder.finish


@pytest.mark.parametrize("seed", range(8))
def test_nothing_ends_later_and_every_rule_is_kept(seed: int) -> None:
    """On random networks, from the plan of every list rule: the last finish is no later."""
    rng, compared = random.Random(seed), 0
    for _ in range(60):
        net = random_problem(rng).network
        scheme = Scheme(net)
        for priority in PRIORITIES.values():
            plan, _ = list_plan(scheme, priority(net))
            if plan is None or not any(plan):
                continue
            decoder = Decoder(scheme, plan)
            if not can_be_justified(decoder) or decoder.decode(decoder.order()) is None:
                continue
            before = max(decoder.finish[activity] for activity in decoder.items)
            assert decoder.decode(Justification(decoder).order()) is not None
            assert keeps(net, decoder.assignment())
            assert max(decoder.finish[activity] for activity in decoder.items) <= before
            compared += 1
    assert compared > 20


def test_what_must_follow_soon_is_not_put_off() -> None:
    """A most time between two is not seen from the end."""
    net = network(item("a", mode(1)), item("b", mode(1)), lags=[lag(0, 1, 1), lag(1, 0, -3, "SF")])
    plan, _ = list_plan(Scheme(net), [0.0, 1.0])
    assert plan is not None
    assert not can_be_justified(Decoder(Scheme(net), plan))


def test_what_ends_before_what_it_waits_for_is_not_put_off() -> None:
    """Put off first, it would stand where the longer work lies that it only starts after."""
    net = network(item("a", mode(5)), item("b", mode(1)), lags=[lag(0, 1, 1, "SS")])
    plan, _ = list_plan(Scheme(net), [0.0, 1.0])
    assert plan is not None
    assert not can_be_justified(Decoder(Scheme(net), plan))


def test_a_loss_that_bears_it_is_put_off() -> None:
    """By hand: what may wait until 7 makes way for what is lost by each period."""
    net = network(
        item("patient", mode(2, (0, 1))),
        item("urgent", mode(2, (0, 1))),
        item("long", mode(9)),
        capacities=[1],
        events=[event(0), event(1)],
        losses=[(0, [0] * 8 + [50] * 3), (1, range(0, 110, 10))],
    )
    decoder = placed(net, [0, 1, 2])
    assert ([2, 4, 9], [7, 4, 10]) == (decoder.finish, decoder.losses.latest(decoder.finish))
    order = Justification(decoder).order()
    assert [2, 1, 0] == order
    assert 20 == decoder.decode(order)
    assert [4, 2, 9] == decoder.finish


@pytest.mark.parametrize("seed", range(8))
def test_no_loss_that_rises_becomes_larger(seed: int) -> None:
    """On random networks, each loss by itself; choices among members included."""
    rng, compared = random.Random(100 + seed), 0
    while compared < 40:
        net = random_problem(rng).network
        plan, _ = list_plan(Scheme(net), [rng.random() for _ in net.activities])
        if plan is None or not any(plan) or not net.losses_rise:
            continue
        decoder = Decoder(Scheme(net), plan)
        if not can_be_justified(decoder) or decoder.decode(decoder.order()) is None:
            continue
        before = net.event_times(decoder.assignment())
        assert decoder.decode(Justification(decoder).order()) is not None
        after = net.event_times(decoder.assignment())
        for loss in net.losses:
            old, new = (
                loss.table[-1 if t[loss.event] is None else t[loss.event] or 0]
                for t in (before, after)
            )
            assert new <= old
        compared += 1


def _lost(loss: Loss, time: int | None) -> int:
    """What is lost when its event comes at a time, or never."""
    return loss.table[-1] if time is None else loss.table[time]


@pytest.mark.parametrize("losses", [1, 2])
def test_annealing_justifies(losses: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Now and then, whether one finish counts or several."""
    told: list[int] = []
    true = Justification.order

    def counting(justification: Justification) -> list[int]:
        told.append(1)
        return true(justification)

    monkeypatch.setattr(Justification, "order", counting)
    net = network(
        item("a", mode(2, (0, 1))),
        item("b", mode(1, (0, 1))),
        capacities=[1],
        events=[event(0), event(1)],
        losses=[(number, range(11)) for number in range(losses)],
    )
    plan, _ = list_plan(Scheme(net), [0.0, 1.0])
    assert plan is not None
    search = Annealing(Scheme(net), random.Random(1))
    assert search.restart(plan)
    search.run(400, 0.1)
    assert 0 < len(told) < 100
