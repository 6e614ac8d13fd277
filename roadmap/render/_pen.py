"""Ink and letters for the charts: colours that colour-blind readers can tell, text as data.

The one place where the dependency, load and value charts touch fonts and figures.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import text_to_path

from roadmap._text import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, MUTED, GREY, PAPER = "#222222", "#555555", "#8a8a8a", "#ffffff"
FAMILY = "DejaVu Sans"  # comes with matplotlib: the same words take the same room everywhere
_ROUNDING = 1.03  # letters drawn on whole pixels are a little wider than their outlines
_ABSENT = "□"  # stands for a letter that the font does not have
_OKABE_ITO = {
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "green": "#009E73",
    "yellow": "#F0E442",
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "purple": "#CC79A7",
}


def hue(name: str) -> str:
    """A colour of M. Okabe and K. Ito, Color Universal Design, 2008."""
    return _OKABE_ITO[name]


def tint(colour: str, share: float) -> str:
    """Turn a colour towards white by a share from 0 to 1."""
    red, green, blue = (part + (1 - part) * share for part in to_rgb(colour))
    return to_hex((red, green, blue))


def label(axes: Axes, x: float, y: float, text: str, **look: Any) -> None:
    """Write a text at a point of the data; by default its middle stands there.

    Nothing in it is markup: a dollar sign is a dollar sign.
    """
    look = {"ha": "center", "va": "center", "color": look.pop("colour", INK), **look}
    size = look.pop("size")
    axes.text(x, y, legible(text), fontsize=size, family=FAMILY, parse_math=False, **look)


@lru_cache(100_000)
def measure(text: str, size: float) -> tuple[float, float]:
    """Width and height of a line of text, in points."""
    told = legible(text)
    if not told.strip():
        return 0.0, size
    prop = FontProperties(family=FAMILY, size=10)
    width, _, _ = text_to_path.get_text_width_height_descent(told, prop, ismath=False)
    return float(width) * size / 10 * _ROUNDING, size * 1.2


@lru_cache(100_000)
def legible(text: str) -> str:
    """The text with a mark for each character that cannot be drawn."""
    known = _letters()
    return "".join(c if ord(c) in known else _ABSENT for c in visible(text))


@cache
def _letters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=FAMILY))).get_charmap())


@lru_cache(100_000)
def shorten(text: str, room: float, size: float) -> str:
    """Cut a text to some points, with an ellipsis for what is missing."""
    if measure(text, size)[0] <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = measure(text[:middle].rstrip() + "…", size)[0] <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…"


def wrap(text: str, room: float, size: float, lines: int) -> list[str]:
    """Break a text into lines of some points; the last one is cut if there are too many."""
    rows: list[str] = []
    for word in text.split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and measure(longer, size)[0] <= room:
            rows[-1] = longer
        else:
            rows.append(word)
    rows = [*rows[: lines - 1], " ".join(rows[lines - 1 :])] if len(rows) > lines else rows
    return [shorten(row, room, size) for row in rows] or [""]


def new_axes(width: float, height: float) -> Axes:
    """Axes that fill a new figure of some inches; pyplot does not hear of it."""
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure.add_axes((0, 0, 1, 1))
