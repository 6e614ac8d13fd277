"""The shapes, colours and lines by which a dependency chart tells its parts apart.

Shape says what a thing is, so that colour only has to help: work is angular, levels are round,
a foundation has cut corners, what is there today or left out has a broken outline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

import attrs
from matplotlib.path import Path

from roadmap.render._pen import GREY, INK, PAPER, hue, tint

Point: TypeAlias = tuple[float, float]

_ROUND = 0.5522847498  # control points of a quarter circle
_CUT = 7.0  # points cut off a foundation's corners
_HEAD = (6.0, 2.6)  # length and half width of an arrow head


@attrs.frozen
class Look:
    """How a box is drawn.

    Attributes
    ----------
    told
        What the legend calls it.
    shape
        ``square``, ``cut`` or ``round``.
    fill, edge
        Colours.
    width
        Line width in points.
    dashes
        On and off lengths of the outline; empty for an unbroken one.
    double
        Whether there is a second outline inside the first.
    """

    told: str
    shape: str
    fill: str
    edge: str
    width: float = 0.8
    dashes: tuple[float, ...] = ()
    double: bool = False


LOOKS: Mapping[str, Look] = {
    "foundation": Look(
        "foundation: others stand on it", "cut", tint(hue("blue"), 0.82), hue("blue"), 1.3
    ),
    "work": Look("other work", "square", PAPER, GREY),
    "need": Look(
        "level that a need asks for", "round", tint(hue("orange"), 0.7), hue("orange"), double=True
    ),
    "level": Look("other level", "round", PAPER, GREY),
    "attained": Look("level there today", "round", PAPER, GREY, 0.8, (3.0, 2.0)),
}


@attrs.frozen
class Stroke:
    """How a link is drawn: what the legend calls it, colour, line width and dashes."""

    told: str
    colour: str
    width: float
    dashes: tuple[float, ...] = ()


_LEADS = Stroke("raises, or is required by", tint(INK, 0.45), 0.8)
STROKES: Mapping[str, Stroke] = {
    "raises": _LEADS,
    "requires": _LEADS,
    "depends": Stroke("dependency", INK, 1.1),
    "implies": Stroke("holds the lower level", tint(INK, 0.45), 0.9, (1.0, 2.0)),
}


def outline(shape: str, x: float, y: float, width: float, height: float) -> Path:
    """Draw a box's outline around its centre."""
    left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
    if shape == "square":
        return _closed([(left, top), (right, top), (right, bottom), (left, bottom)])
    if shape == "cut":
        cut = min(_CUT, height / 3)
        return _closed(
            [
                (left + cut, top),
                (right - cut, top),
                (right, top + cut),
                (right, bottom - cut),
                (right - cut, bottom),
                (left + cut, bottom),
                (left, bottom - cut),
                (left, top + cut),
            ]
        )
    return _rounded(left, right, top, bottom, min(height / 2, 14.0))


def _closed(corners: Sequence[Point]) -> Path:
    return Path([*corners, corners[0]], closed=True)


def _rounded(left: float, right: float, top: float, bottom: float, radius: float) -> Path:
    inset = radius * (1 - _ROUND)
    points = [
        (left + radius, top),
        (right - radius, top),
        *((right - inset, top), (right, top + inset), (right, top + radius)),
        (right, bottom - radius),
        *((right, bottom - inset), (right - inset, bottom), (right - radius, bottom)),
        (left + radius, bottom),
        *((left + inset, bottom), (left, bottom - inset), (left, bottom - radius)),
        (left, top + radius),
        *((left, top + inset), (left + inset, top), (left + radius, top)),
        (left + radius, top),
    ]
    side = [Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    return Path(points, [Path.MOVETO, *side, *side, *side, *side, Path.CLOSEPOLY])


def curve(run: Sequence[Point], *, headed: bool) -> Path:
    """Turn a polyline's slopes into waves that leave and arrive level.

    The waves stay between the points that they join, so they touch no box that the polyline
    does not touch. An arrow head's length is left free at the end if there is to be one.
    """
    points = list(run)
    if headed:
        forth = 1 if points[-1][0] >= points[-2][0] else -1
        end = (points[-1][0] - forth * _HEAD[0] * 0.8, points[-1][1])
        points = [*points[:-1], end]
    path: list[Point] = [points[0]]
    codes = [int(Path.MOVETO)]
    for (x, y), (to_x, to_y) in pairwise(points):
        if y == to_y:
            path.append((to_x, to_y))
            codes.append(int(Path.LINETO))
        else:
            middle = (x + to_x) / 2
            path += [(middle, y), (middle, to_y), (to_x, to_y)]
            codes += [int(Path.CURVE4)] * 3
    return Path(path, codes)


def head(run: Sequence[Point], width: float) -> list[Point]:
    """The triangle at the end of an arrow, so broad that the line does not hide it."""
    x, y = run[-1]
    forth = 1 if x >= run[-2][0] else -1
    back, half = x - forth * _HEAD[0], _HEAD[1] + max(width - 1.2, 0.0)
    return [(x, y), (back, y - half), (back, y + half)]
