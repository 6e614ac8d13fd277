"""Charts of answers: delays taken apart, prices of rules, fronts and triage."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from roadmap.explaining import (
    Audit,
    Case,
    Delay,
    Delays,
    Finding,
    Frontier,
    Interval,
    Point,
    Triage,
)
from roadmap.problem import Problem
from roadmap.render import front, prices, quadrant, waits
from roadmap.render.delay_chart import OPEN, Piece, pieces
from roadmap.render.price_chart import dearest
from roadmap.schedule import Schedule
from tests.render.pictures import axes_of, flaws, name_of, portfolio_of, svg

SURE = Interval.exactly


def problem(*, hostile: bool = False) -> Problem:
    """A problem to speak of."""
    return Problem(attrs.evolve(portfolio_of(3, hostile=hostile), name="Bank"))


def delay(name: str, planned: int | None, *stages: Interval | None) -> Delay:
    """A delay of four stages."""
    return Delay(problem(), name, planned, stages)


def finding(name: str, price: Interval, basis: str = "policy") -> Finding:
    """A rule with a price."""
    return Finding(name, f"{name} holds", basis, "binding", price)


def case(name: str, blocks: Interval, saves: Interval, course: Any = "leave") -> Case:
    """A system."""
    return Case(name, course, None, blocks, saves, SURE(1))


def delays(count: int, *, hostile: bool) -> Delays:
    """So many needs."""
    made = [
        delay(name_of(at, hostile), 8, SURE(at % 4), SURE(4), Interval(4, 6), SURE(6))
        for at in range(count)
    ]
    return Delays(tuple(made))


def findings(count: int, *, hostile: bool) -> Audit:
    """So many rules."""
    made = [finding(name_of(at, hostile), Interval(100 + at, 200 + at)) for at in range(count)]
    return Audit(problem(), SURE(900), True, tuple(made))


def points(count: int, *, hostile: bool) -> Frontier:
    """So many plans on a front, close to one another."""
    name = name_of(0, hostile)
    made = [Point(at * at, (count - at) ** 2, 0, Schedule(), at % 3 > 0) for at in range(count)]
    return Frontier(problem(), (name,), ("debt",), tuple(made), complete=True)


def cases(count: int, *, hostile: bool) -> Triage:
    """So many systems, some of them open."""
    made = [
        case(name_of(at, hostile), Interval(at * 7, at * 7 + at % 3), SURE(50 - at * 9))
        for at in range(count)
    ]
    return Triage(problem(), tuple(made))


CHARTS: list[tuple[Callable[..., Axes], Callable[..., Any]]] = [
    (waits, delays),
    (prices, findings),
    (front, points),
    (quadrant, cases),
]


@pytest.mark.filterwarnings("ignore:no installed font")
@pytest.mark.parametrize("hostile", [False, True])
@pytest.mark.parametrize("count", [1, 8, 60])
@pytest.mark.parametrize(("draw", "made"), CHARTS)
def test_texts_are_apart_and_inside(
    draw: Callable[..., Axes], made: Callable[..., Any], count: int, hostile: bool
) -> None:
    """No two texts overlap and none hangs out, at any size, with any name."""
    assert [] == flaws(draw(made(count, hostile=hostile)))


@pytest.mark.parametrize("size", [(3, 2), (16, 9)])
@pytest.mark.parametrize(("draw", "made"), CHARTS)
def test_axes_of_the_user(
    draw: Callable[..., Axes], made: Callable[..., Any], size: tuple[float, float]
) -> None:
    """Given axes are drawn into and handed back; the chart shrinks to fit them."""
    axes = axes_of(*size)
    assert axes is draw(made(6, hostile=False), axes)
    assert [] == flaws(axes)


@pytest.mark.parametrize(("draw", "made"), CHARTS)
def test_same_bytes(draw: Callable[..., Axes], made: Callable[..., Any]) -> None:
    """The picture is the same each time."""
    found = made(6, hostile=False)
    assert svg(draw(found)) == svg(draw(found))


def marks(axes: Axes) -> list[tuple[float, float]]:
    """Where the marks stand."""
    return [(xs[0], ys[0]) for xs, ys, marker in strokes(axes) if marker == "o"]


def strokes(axes: Axes) -> list[tuple[list[float], list[float], Any]]:
    """The x, the y and the marker of each line."""
    return [
        (
            np.asarray(line.get_xdata()).tolist(),
            np.asarray(line.get_ydata()).tolist(),
            line.get_marker(),
        )
        for line in axes.lines
    ]


def bars(axes: Axes, row: int) -> list[tuple[float, float]]:
    """Start and end of the bars of a row."""
    every = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    own = [one for one in every if abs(one.get_y() + one.get_height() / 2 + row + 0.5) < 0.01]
    return [(one.get_x(), one.get_x() + one.get_width()) for one in own]


def test_pieces_sum_to_the_planned_date() -> None:
    """Each part has its piece, in order; a part of nothing has none."""
    told = delay("a", 9, SURE(3), SURE(3), SURE(5), SURE(6))
    assert (
        Piece("dependencies", 0, 3),
        Piece("teams", 3, 5),
        Piece("limits", 5, 6),
        Piece("priority", 6, 9),
    ) == pieces(told)
    assert [(0, 3), (3, 5), (5, 6), (6, 9)] == bars(waits(Delays((told,))), 0)


def test_what_is_not_proven_is_no_ones_piece() -> None:
    """Between two proven boundaries with several parts nothing is taken for sure."""
    told = delay("a", 9, SURE(3), Interval(3, 5), Interval(3, 6), SURE(6))
    expected = (Piece("dependencies", 0, 3), Piece(OPEN, 3, 6), Piece("priority", 6, 9))
    assert expected == pieces(told)


def test_a_need_that_is_never_met_has_no_last_piece() -> None:
    """Its bar ends with what is proven, and the note says never."""
    told = delay("a", None, SURE(3), SURE(3), SURE(5), None)
    assert (Piece("dependencies", 0, 3), Piece("teams", 3, 5)) == pieces(told)
    assert "never" in [text.get_text() for text in waits(Delays((told,))).texts]


def test_without_a_need_there_is_no_chart_of_delays() -> None:
    """It is said."""
    with pytest.raises(ValueError, match="no open need"):
        waits(Delays(()))


def test_prices_are_the_dearest_first() -> None:
    """Rules of no proven price are not there; the rest in order, cut at the most."""
    found = Audit(
        problem(),
        SURE(900),
        True,
        (
            finding("cheap", SURE(5)),
            finding("dear", SURE(70), "law"),
            finding("free", SURE(0)),
            finding("open", Interval(None, 80)),
            finding("half", Interval(20, 40)),
        ),
    )
    assert ["dear", "half", "cheap"] == [one.rule for one in dearest(found, 9)]
    axes = prices(found)
    assert [(0, 70)] == bars(axes, 0)
    assert [(0, 20), (20, 40)] == bars(axes, 1)
    told = [text.get_text() for text in prices(found, most=2).texts]
    assert any("1 more not shown" in text for text in told)


def test_no_price_is_said() -> None:
    """An audit in which nothing costs anything has a sentence in place of bars."""
    told = [text.get_text() for text in prices(Audit(problem(), SURE(9), True, ())).texts]
    assert "no rule is proven to cost anything" in told


def test_a_front_joins_its_corners() -> None:
    """The points stand where they cost; the line goes through those that are best at some rate."""
    made = [(0, 10), (6, 6), (10, 0)]
    spots = tuple(Point(first, second, 0, Schedule(), True) for first, second in made)
    found = Frontier(problem(), ("urgency",), ("debt",), spots, complete=True)
    axes = front(found)
    assert [(10, 0), (6, 6), (0, 10)] == marks(axes)
    assert [Fraction(1)] == [turn.rate for turn in found.turns]
    assert ([10, 0], [0, 10]) in [(xs, ys) for xs, ys, _ in strokes(axes)]


def test_systems_stand_at_what_they_save_and_hold_up() -> None:
    """x is what is saved, y what is held up; an open amount has a line over what it may be."""
    found = Triage(
        problem(), (case("a", SURE(80), SURE(-40)), case("b", Interval(5, 60), SURE(9), "unproven"))
    )
    axes = quadrant(found)
    assert [(-40, 80), (9, 5)] == marks(axes)
    assert ([9, 9], [5, 60]) in [(xs, ys) for xs, ys, _ in strokes(axes)]
