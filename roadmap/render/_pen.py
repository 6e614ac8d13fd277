"""The look of ``theme`` by points, for charts whose layouts reckon in points.

Colours by name, text as data: everything is the theme's own, in another unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap.render import theme
from roadmap.render.theme import GREY, INK, MUTED, PAPER, legible, new_axes, tint

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "GREY",
    "INK",
    "MUTED",
    "PAPER",
    "hue",
    "label",
    "legible",
    "measure",
    "new_axes",
    "shorten",
    "tint",
    "wrap",
]

_POINTS = 72  # in an inch
_NAMES = ("blue", "orange", "green", "sky", "purple", "yellow", "vermillion")


def hue(name: str) -> str:
    """A colour of the theme's palette, by its name."""
    return theme.PALETTE[_NAMES.index(name)]


def label(axes: Axes, x: float, y: float, text: str, **look: Any) -> None:
    """Write a text at a point of the data; by default its middle stands there."""
    look = {"ha": "center", "va": "center", "color": look.pop("colour", INK), **look}
    theme.label(axes, x, y, text, fontsize=look.pop("size"), **look)


def measure(text: str, size: float) -> tuple[float, float]:
    """Width and height of a line of text, in points."""
    width = theme.measure(text, size) * _POINTS
    return (width, size * 1.2) if width else (0.0, size)


def shorten(text: str, room: float, size: float) -> str:
    """Cut a text to some points, with an ellipsis for what is missing."""
    return theme.shorten(text, room / _POINTS, size)


def wrap(text: str, room: float, size: float, lines: int) -> list[str]:
    """Break a text into lines of some points; the last one is cut if there are too many."""
    return list(theme.wrap(text, room / _POINTS, size, lines))
