"""Loss profiles by value, and against the oracle's own curves."""

from __future__ import annotations

import random

import pytest

from roadmap.errors import PortfolioError
from roadmap.facts import Capability, Initiative, Need
from roadmap.losses import CostOfDelay, Deadline, Fading, Loss, LossSum, Table, Window
from roadmap.portfolio import Portfolio
from roadmap.timeline import Timeline
from tests.oracle import Clock, lost
from tests.strategies import random_portfolio

HALF_YEAR = Timeline("2027-01", 6)


@pytest.mark.parametrize(
    ("loss", "table"),
    [
        (CostOfDelay(5), (0, 5, 10, 15, 20, 25, 30)),
        (CostOfDelay(0), (0,) * 7),
        (Deadline("2027-03", 10, 2), (0, 0, 0, 0, 12, 14, 16)),
        (Deadline(3, 10, 2), (0, 0, 0, 0, 12, 14, 16)),
        (Deadline("2027-03-30", 10), (0, 0, 0, 10, 10, 10, 10)),
        (Deadline(0, rate=1), (0, 1, 2, 3, 4, 5, 6)),
        (Deadline(6, 99, 9), (0,) * 7),
        (Window(8, "2027-04", "2027-03"), (8, 8, 0, 0, 0, 8, 8)),
        (Window(8, 4, 2), (8, 8, 0, 0, 0, 8, 8)),
        (Window(8, "2027-02"), (0, 0, 0, 8, 8, 8, 8)),
        (Window(8, "2027-02-27", "2027-01-02"), (8, 0, 8, 8, 8, 8, 8)),
        (Window(8, 2, 3), (8,) * 7),
        (Fading(100, 50), (0, 100, 150, 175, 187, 193, 196)),
        (Fading(7, 0), (0, 7, 14, 21, 28, 35, 42)),
        (Fading(7, 100), (0, 7, 7, 7, 7, 7, 7)),
        (Table([4, -1, 9]), (4, -1, 9, 9, 9, 9, 9)),
        (Table([3]), (3,) * 7),
        (CostOfDelay(1) + Table([0, 5]), (0, 6, 7, 8, 9, 10, 11)),
    ],
)
def test_tables(loss: Loss, table: tuple[int, ...]) -> None:
    """Each profile's loss at every boundary of half a year, one by one and at once."""
    assert table == loss.table(HALF_YEAR)
    assert table == tuple(loss.at(time, HALF_YEAR) for time in range(7))


def test_sums_are_flat() -> None:
    """Sums of sums hold their parts side by side, in order."""
    parts = (CostOfDelay(1), Deadline(2, 3), Table([4]))
    assert LossSum(parts) == (parts[0] + parts[1]) + parts[2] == parts[0] + (parts[1] + parts[2])


@pytest.mark.parametrize(
    ("loss", "due"),
    [
        (CostOfDelay(5), None),
        (Fading(5, 5), None),
        (Table([1]), None),
        (Deadline("2027-03", 10, 2), 3),
        (Window(8, "2027-04", "2027-03"), 4),
        (CostOfDelay(1) + CostOfDelay(2), None),
        (Deadline(5, 1) + Window(8, 4) + CostOfDelay(1), 4),
    ],
)
def test_due(loss: Loss, due: int | None) -> None:
    """A profile with a date says it; a sum says its earliest."""
    assert due == loss.due(HALF_YEAR)


@pytest.mark.parametrize("seed", range(10))
def test_curves_against_the_oracle(seed: int) -> None:
    """Every profile that is drawn has the curve that the oracle works out."""
    rng = random.Random(seed)
    for _ in range(100):
        facts = random_portfolio(rng)
        line = facts.timeline
        clock = Clock(line.start, line.unit, line.periods)
        for need in facts.needs:
            curve = tuple(lost(need.loss, time, clock) for time in range(line.periods + 1))
            assert curve == need.loss.table(line)


@pytest.mark.parametrize(
    ("loss", "paths"),
    [
        (CostOfDelay(-1), ["rate"]),
        (CostOfDelay(2**31), ["rate"]),
        (Deadline("2028-03", -1, -1), ["due_by", "penalty", "rate"]),
        (Deadline("never"), ["due_by"]),
        (Window(-1, "2030-01", "2020-01"), ["value", "closes", "opens"]),
        (Fading(1, 101), ["percent"]),
        (Fading(1, -1), ["percent"]),
        (Table([]), ["values"]),
        (Table([0] * 8), ["values"]),
        (CostOfDelay(1) + CostOfDelay(-1), ["parts[1].rate"]),
    ],
)
def test_faulty_profiles(loss: Loss, paths: list[str]) -> None:
    """A profile out of range is refused where it stands in the portfolio."""
    with pytest.raises(PortfolioError) as refused:
        Portfolio(
            timeline=HALF_YEAR,
            capabilities=[Capability("c")],
            needs=[Need("c", 1, loss)],
            initiatives=[Initiative("A", duration=1, raises={"c": 1})],
        )
    assert [f"needs[0].loss.{path}" for path in paths] == [f.path for f in refused.value.faults]


def test_a_profile_of_ones_own_must_say_its_loss() -> None:
    """The contract itself has no curve."""
    with pytest.raises(NotImplementedError):
        Loss().at(0, HALF_YEAR)
