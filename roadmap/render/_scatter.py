"""Points of two amounts of money: scales on both sides, numbers at the points, a list beside them.

Numbers of points that lie close together stand together, so that no two texts meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs
from matplotlib.ticker import MaxNLocator

from roadmap._text import brief
from roadmap.render import _pen as pen
from roadmap.render._stage import Frame, Margins, draw_title, frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PANEL = 250.0
WIDTH, HEIGHT = 10.0, 5.4  # inches
_MARGINS = Margins(left=74, right=PANEL, top=44, bottom=46)
_ROW = 15.0
_NUMBER = 7.5  # points of the numbers
_AIR = 0.08  # share of the range that is left free on either side
_WIDEST = 90.0  # points that the numbers at one place may take


@attrs.frozen
class Spot:
    """A point, and how it is told.

    Attributes
    ----------
    x, y
        Amounts of money.
    told
        What the list says of it.
    fill, marker
        Its look; without a fill it is hollow.
    """

    x: int
    y: int
    told: str
    fill: str | None
    marker: str = "o"


def scatter(
    axes: Axes, spots: Sequence[Spot], head: tuple[str, str], sides: tuple[str, str]
) -> Frame:
    """Draw points with their numbers, their list and scales.

    Parameters
    ----------
    axes
        Where to.
    spots
        The points, in the order of their numbers.
    head
        The portfolio's name and what the chart shows.
    sides
        What x and y are.
    """
    on = frame(
        axes, _range([0, *(s.x for s in spots)]), _range([0, *(s.y for s in spots)]), _MARGINS
    )
    draw_title(on, 66, *head)
    _draw_scales(on, sides)
    for spot in spots:
        look = {"markersize": 7 * on.scale, "markeredgecolor": pen.INK, "label": spot.told}
        fill = spot.fill or pen.PAPER
        on.line([spot.x], [spot.y], 0, marker=spot.marker, color=fill, zorder=3, **look)
    for numbers, (x, y, side) in _numbers(on, spots):
        on.write(x, y, numbers, _NUMBER, ha=side, weight="bold")
    _draw_list(on, spots)
    return on


def _range(amounts: Sequence[int]) -> tuple[float, float]:
    low, high = min(amounts), max(amounts)
    air = (high - low) * _AIR or 1.0
    return low - air, high + air


def _draw_scales(on: Frame, sides: tuple[str, str]) -> None:
    """Draw faint lines at round amounts; the zero lines are stronger."""
    for tick in MaxNLocator(5, integer=True).tick_values(on.first, on.last):
        if on.first <= tick <= on.last:
            look = ("#e3e3e3", 0.6) if tick else (pen.GREY, 0.9)
            on.line([tick, tick], [on.low, on.high], look[1], color=look[0], zorder=0.5)
            on.write(tick, on.below(10), brief(round(tick)), 7, colour=pen.MUTED)
    for tick in MaxNLocator(5, integer=True).tick_values(on.low, on.high):
        if on.low <= tick <= on.high:
            look = ("#e3e3e3", 0.6) if tick else (pen.GREY, 0.9)
            on.line([on.first, on.last], [tick, tick], look[1], color=look[0], zorder=0.5)
            on.write(on.left(6), tick, brief(round(tick)), 7, colour=pen.MUTED, ha="right")
    wide, tall = (on.last - on.first) / on.across, (on.high - on.low) / on.up
    middle = (on.first + on.last) / 2, (on.low + on.high) / 2
    on.write(middle[0], on.below(30), pen.shorten(sides[0], wide, 8), 8)
    on.write(on.left(62), middle[1], pen.shorten(sides[1], tall, 8), 8, rotation=90)


def _numbers(on: Frame, spots: Sequence[Spot]) -> list[tuple[str, tuple[float, float, str]]]:
    """Numbers at their points; where texts would meet they become one."""
    groups = [[at] for at in range(len(spots))]
    while True:
        boxes = [_box(on, spots, group) for group in groups]
        meeting = next(
            (
                (one, other)
                for one in range(len(groups))
                for other in range(one)
                if _meet(boxes[one], boxes[other])
            ),
            None,
        )
        if meeting is None:
            return [(_told(group), _place(on, spots, group)) for group in groups]
        one, other = meeting
        groups[other] = sorted(groups[other] + groups.pop(one))


def _told(group: Sequence[int]) -> str:
    """The numbers of points; many are cut."""
    return pen.shorten(", ".join(str(at + 1) for at in group), _WIDEST, _NUMBER)


def _place(on: Frame, spots: Sequence[Spot], group: Sequence[int]) -> tuple[float, float, str]:
    """Where the numbers of some points stand: above the highest, towards the middle."""
    top = max((spots[at] for at in group), key=lambda spot: spot.y)
    right = top.x > (on.first + on.last) / 2
    return top.x, top.y + 10 * on.up, "right" if right else "left"


def _box(
    on: Frame, spots: Sequence[Spot], group: Sequence[int]
) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of the numbers, in points, with some air."""
    x, y, side = _place(on, spots, group)
    width = pen.measure(_told(group), _NUMBER)[0] * 1.2 + 4
    left = x / on.across - (width if side == "right" else 0)
    middle = y / on.up
    return left, left + width, middle - _NUMBER, middle + _NUMBER


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    across = min(one[1], other[1]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[2], other[2])
    return across > 0 and up > 0


def _draw_list(on: Frame, spots: Sequence[Spot]) -> None:
    """List the points by number beside the chart; those beyond the room are counted."""
    fitting = max(int((on.high - on.low) / on.up / _ROW), 1)
    shown = spots if len(spots) <= fitting else spots[: fitting - 1]
    for at, spot in enumerate(shown):
        y = on.above(-(at + 0.5) * _ROW)
        on.write(on.right(34), y, str(at + 1), 8, ha="right", weight="bold")
        on.write(on.right(40), y, pen.shorten(spot.told, PANEL - 52, 8), 8, ha="left")
    if len(shown) < len(spots):
        y = on.above(-(len(shown) + 0.5) * _ROW)
        on.write(on.right(40), y, f"and {len(spots) - len(shown)} more", 8, ha="left")
