"""How hot a cycle of annealing is, and how long."""

from __future__ import annotations

import pytest

from roadmap.solvers.cooling import Cycles, heat


def test_a_cycle_falls_by_equal_factors() -> None:
    """Half of it takes the square root of what all of it takes."""
    first, half, last = (heat(500.0, share) for share in (0.0, 0.5, 1.0))
    assert first > half > last > 0
    assert half == pytest.approx((first * last) ** 0.5)


def test_a_short_cycle_begins_colder() -> None:
    """In proportion to its steps; a long one is no hotter than one of enough."""
    assert heat(4.0, 0.3) == pytest.approx(heat(20.0, 0.3) / 5)
    assert heat(200.0, 0.3) == heat(2_000.0, 0.3)
    assert 0.0 == heat(0.0, 0.3)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ([None, None, None], [0.3, 0.9, 2.7]),
        ([100.0, 99.0, 98.0], [0.3, 0.9, 2.7]),
        ([6.0, 5.0, 4.0, 0.4], [0.3, 0.9, 3.6, 0.36]),
        ([0.5, -1.0], [0.45, 0.05]),
    ],
)
def test_a_last_cycle_takes_what_time_is_left(
    left: list[float | None], expected: list[float]
) -> None:
    """Cycles grow, until no longer one could follow."""
    cycles = Cycles()
    assert expected == pytest.approx([cycles.next(seconds) for seconds in left])


@pytest.mark.parametrize(
    ("paces", "expected"),
    [
        ([0.0, 2.0, 2.0, 2.0, 1.0], [0.3, 0.9, 2.5, 2.5, 5.0]),
        ([0.0, 10.0, 10.0, 10.0, 10.0], [0.3, 0.9, 2.7, 8.1, 24.3]),
        ([0.0, 2.4, 10.0, 10.0, 10.0], [0.3, 0.9, 1.0, 1.0, 1.0]),
    ],
)
def test_where_steps_are_scarce_cycles_stay_short(
    paces: list[float], expected: list[float]
) -> None:
    """Five steps for each activity, or a second; what is scarce once is so to the end."""
    cycles = Cycles()
    assert expected == pytest.approx([cycles.next(60.0, pace) for pace in paces])


def test_without_an_end_no_steps_are_scarce() -> None:
    """Whatever the pace, cycles grow."""
    cycles = Cycles()
    assert [0.3, 0.9, 2.7, 8.1] == pytest.approx([cycles.next(None, 0.1) for _ in range(4)])
