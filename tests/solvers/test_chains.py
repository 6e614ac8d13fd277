"""What steps on a grid say of a start: never more than is so, and on a fine grid all of it."""

from __future__ import annotations

import random
from bisect import bisect_left

import pytest

from roadmap.solvers.bounds.chains import Chain, Work
from roadmap.solvers.bounds.terms import Terms, plus

LATEST = 25


def drawn(rng: random.Random, fine: bool) -> Work:
    """Work on a grid by chance, which may end before the last start."""
    grid = list(range(30)) if fine else sorted(rng.sample(range(30), rng.randint(1, 12)))
    head = rng.randint(0, 20)
    first, last = bisect_left(grid, head), bisect_left(grid, LATEST)
    steps = tuple(range(len(grid[first : last + 1])))
    return Work(rng.randint(1, 9), Chain(grid, head, first, steps, last < len(grid)))


def value(terms: Terms, chain: Chain, start: int) -> int:
    """What a sum of steps comes to for a start."""
    return sum(amount for step, amount in terms.items() if start <= chain.grid[chain.first + step])


@pytest.mark.parametrize("fine", [False, True])
def test_a_start_lies_between_what_is_known_of_it(fine: bool) -> None:
    """On a fine grid what is known from both sides is the truth."""
    rng = random.Random(1)
    looked_at = 0
    for _ in range(300):
        chain = drawn(rng, fine).chain
        start, time = rng.randint(chain.head, LATEST), rng.randint(-5, 40)
        most, least = chain.at_most(time), value(chain.at_least(time), chain, start)
        if fine and time in chain.grid:
            assert most is not None
            assert (start <= time) == least == value(most, chain, start)
        assert least <= (start <= time)
        if most is not None:
            assert (start <= time) <= value(most, chain, start)
            looked_at += 1
    assert looked_at > 200


@pytest.mark.parametrize("fine", [False, True])
def test_work_lies_between_what_is_known_of_it(fine: bool) -> None:
    """Whether it goes on at a moment, and for how long it has."""
    rng = random.Random(2)
    for _ in range(300):
        work = drawn(rng, fine)
        chain, start = work.chain, rng.randint(work.chain.head, LATEST)
        moment = rng.choice(chain.grid)
        periods = range(start, start + work.duration)
        past = sum(period <= moment for period in periods)
        now = value(work.running(moment), chain, start)
        least, most = (value(t, chain, start) for t in (work.worked(moment), work.begun(moment)))
        if fine:
            assert (moment in periods, past, past) == (now, least, most)
        assert now <= (moment in periods)
        assert least <= past
        if chain.closed:
            assert past <= most


def test_periods_counted_cell_by_cell_are_those_counted_one_by_one() -> None:
    """Up to any time: what is known of each of the last moments, summed."""
    rng = random.Random(3)
    for _ in range(500):
        work, moment = drawn(rng, False), rng.randint(-3, 40)
        tail = range(moment - work.duration + 1, moment + 1)
        assert plus(*(work.chain.at_least(t) for t in tail)) == work.worked(moment)
        assert plus(*(work.chain.at_most(t) or {} for t in tail)) == work.begun(moment)
