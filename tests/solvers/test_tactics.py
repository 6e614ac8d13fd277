"""How the default search goes about networks of different sizes and kinds."""

from __future__ import annotations

from collections.abc import Callable
from math import isqrt

import attrs
import pytest

from roadmap.network import Network
from roadmap.problem import Problem
from roadmap.solvers.bounds.proof import Proof
from roadmap.solvers.contract import Effort
from roadmap.solvers.engine import Threads
from roadmap.solvers.tactics import tactics
from tests.solvers.cases import hard
from tests.solvers.networks import run_of


def plain(count: int) -> Network:
    """Work on two teams whose losses rise."""
    return Problem(hard(count)).network


def tangled(count: int) -> Network:
    """The same, but one loss falls."""
    network = plain(count)
    first, *others = network.losses
    falling = attrs.evolve(first, table=first.table[::-1])
    return attrs.evolve(network, losses=(falling, *others))


def single(count: int) -> Network:
    """The same, but with one loss alone."""
    network = plain(count)
    return attrs.evolve(network, losses=network.losses[:1])


@pytest.mark.parametrize(
    ("count", "expected"),
    [(40, (True, 0.15)), (41, (False, 0.15)), (70, (False, 0.15)), (71, (False, 0.0))],
)
def test_how_much_can_move_decides(count: int, expected: tuple[bool, float]) -> None:
    """The few have the whole looked through at once; some more for a seventh of the time first."""
    how = tactics(plain(count), run_of(workers=2))
    assert expected == (how.at_once, how.glance)
    assert not how.alone


@pytest.mark.parametrize(
    ("count", "effort", "expected"),
    [
        (40, "plan", (True, 0.15, True)),
        (41, "plan", (True, 0.65, True)),
        (41, "prove", (True, 0.15, True)),
        (200, "plan", (True, 0.65, True)),
        (201, "plan", (False, 0.0, False)),
        (201, "prove", (True, 0.0, True)),
    ],
)
def test_tangled_work_is_looked_at_for_long(
    count: int, effort: Effort, expected: tuple[bool, float, bool]
) -> None:
    """CP-SAT alone looks through it, unless it is too much."""
    how = tactics(tangled(count), run_of(workers=2, effort=effort))
    assert expected == (how.at_once, how.glance, how.alone)


@pytest.mark.parametrize(
    ("count", "workers", "expected"),
    [
        (70, 2, Threads(2)),
        (71, 1, Threads(1)),
        (71, 2, Threads(2)),
        (201, 2, Threads(3, lifting=True)),
        (500, 7, Threads(8, lifting=True)),
        (501, 2, Threads(2)),
    ],
)
def test_one_thread_more_lifts_the_bound(count: int, workers: int, expected: Threads) -> None:
    """Unless costs are refuted, one is all that is allowed, or memory counts."""
    assert expected == tactics(plain(count), run_of(workers=workers)).threads


@pytest.mark.parametrize(
    ("made", "count", "workers", "expected"),
    [
        (plain, 70, 2, False),
        (plain, 71, 2, True),
        (plain, 71, 1, False),
        (plain, 200, 2, True),
        (plain, 201, 2, False),
        (tangled, 71, 2, False),
        (single, 71, 2, False),
    ],
)
def test_costs_are_refuted_where_that_comes_further_than_a_look_at_the_whole(
    made: Callable[[int], Network], count: int, workers: int, expected: bool
) -> None:
    """Neither where few nor where many can move, nor where prices tell little."""
    assert expected == tactics(made(count), run_of(workers=workers)).refuting


@pytest.mark.parametrize("made", [tangled, single])
@pytest.mark.parametrize(
    ("count", "workers", "expected"),
    [(40, 1, 1), (40, 2, 8), (500, 7, 8), (500, 12, 12), (501, 2, 2)],
)
def test_where_prices_tell_little_there_are_more_threads_than_are_asked_for(
    made: Callable[[int], Network], count: int, workers: int, expected: int
) -> None:
    """Unless one is all that is allowed, or memory counts."""
    assert Threads(expected) == tactics(made(count), run_of(workers=workers)).threads


@pytest.mark.parametrize(
    ("network", "proof", "expected"),
    [
        (plain(41), None, False),
        (plain(41), Proof(0), True),
        (tangled(40), Proof(0), False),
        (tangled(41), Proof(0), False),
        (single(41), Proof(0), False),
    ],
)
def test_the_first_look_ends_with_the_first_proof(
    network: Network, proof: Proof | None, expected: bool
) -> None:
    """Unless prices tell little."""
    run = run_of(workers=2, time_limit=300)
    assert expected == tactics(network, run).has_glanced(run, proof)


@pytest.mark.parametrize(("entries", "size"), [(4_000, 71), (4_001, 201)])
def test_many_entries_to_look_up_count_as_much_work(entries: int, size: int) -> None:
    """The gaps at which CP-SAT looks through the whole are those of networks of this size."""
    network = plain(71)
    first = network.losses[0]
    concave = attrs.evolve(first, table=tuple(isqrt(at) for at in range(entries)))
    how = tactics(attrs.evolve(network, losses=(concave,)), run_of(workers=2))
    assert tactics(single(size), run_of(workers=2)).gaps == how.gaps


def test_nothing_to_move_is_not_looked_at() -> None:
    """A first look at what has no choice of when would only cost time."""
    network = plain(8)
    fixed = [
        attrs.evolve(item, latest=item.earliest + item.modes[0].duration)
        for item in network.activities
    ]
    assert 0.0 == tactics(attrs.evolve(network, activities=tuple(fixed)), run_of()).glance


@pytest.mark.parametrize(("size", "expected"), [(500, 0.03), (501, 0.01)])
def test_the_largest_are_looked_through_only_where_little_is_left(
    size: int, expected: float
) -> None:
    """As that takes memory; asked to prove above all, they are from the beginning."""
    network = plain(size)
    assert expected == tactics(network, run_of(workers=2)).gaps[1]
    assert tactics(network, run_of(workers=2, effort="prove")).at_once
