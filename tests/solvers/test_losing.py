"""What lists lose is what the network says, wherever the work comes to lie."""

from __future__ import annotations

import random

import pytest

from roadmap.network import Member, Network, Slot
from roadmap.solvers.generation import Scheme
from roadmap.solvers.lists import list_plan
from roadmap.solvers.losing import Losses
from roadmap.solvers.priorities import closure
from tests.solvers.networks import event, item, mode, network
from tests.strategies import random_problem


def told(made: Network, losses: Losses, starts: dict[int, int]) -> tuple[int, int]:
    """What the losses come to by both, where activities start as said."""
    plan = tuple(
        None if slot is None else Slot(starts[activity], slot.mode)
        for activity, slot in enumerate(losses.plan)
    )
    finish = [0] * len(plan)
    for activity, slot in enumerate(plan):
        if slot is not None:
            finish[activity] = slot.start + made.activities[activity].modes[slot.mode].duration
    own = sum(table[when] for table, when in zip(losses.own, finish, strict=True) if table)
    return made.cost(plan), losses.fixed + own + losses.beside(finish)


@pytest.mark.parametrize("seed", range(10))
def test_losses_are_what_the_network_says(seed: int) -> None:
    """At any starts within the windows, whether other rules are kept or not."""
    rng = random.Random(seed)
    looked_at = 0
    while looked_at < 30:
        made = random_problem(rng).network
        plan, _ = list_plan(Scheme(made), closure.ranks(made))
        if plan is None or not made.is_plain:
            continue
        looked_at += 1
        losses = Losses(Scheme(made), plan)
        for _ in range(5):
            starts = {
                activity: rng.randint(0, made.horizon - made.activities[activity].modes[0].duration)
                for activity, slot in enumerate(plan)
                if slot is not None and slot.mode == 0
            }
            if len(starts) == sum(slot is not None for slot in plan):
                expected, actual = told(made, losses, starts)
                assert expected == actual


def test_choices_within_choices() -> None:
    """Two of three, of which one is itself any of two; what is absent counts where it may."""
    made = network(
        *(item(name, mode(1), optional=name == "d") for name in "abcd"),
        events=[
            event(0, 1, count=1),
            event(Member(None, 0, 2), Member(2, None, 1), Member(3, None, 0), count=2, absent=True),
            event(Member(None, 0, 0), Member(3, None, 0), count=2),
        ],
        losses=[(1, [7 * t for t in range(11)]), (2, [0] * 10 + [5])],
    )
    plan = (Slot(0, 0), Slot(0, 0), Slot(0, 0), None)
    losses = Losses(Scheme(made), plan)
    # the first comes at 4, so the second with it at 6, or with c at 3, and d, which is not, at 0
    assert (7 * 3 + 5, 7 * 3 + 5) == told(made, losses, {0: 5, 1: 3, 2: 1})
