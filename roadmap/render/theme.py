"""The look of the charts: colours, letters and files, the same on every machine and each time.

Names are data here: no text is read as markup, a character that could hide or turn others is
shown as a mark, and one that no font can draw costs a warning, never the chart.

Source of the colours: M. Okabe and K. Ito, *Color Universal Design*, 2008.
"""

from __future__ import annotations

import io
import os
import unicodedata
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import attrs
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure, SubFigure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.textpath import text_to_path

from roadmap._files import write_whole
from roadmap._text import visible
from roadmap.errors import Fault, FormatError, RoadmapWarning
from roadmap.facts import CATEGORIES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, MUTED, GREY, FAINT, PAPER = "#1f2328", "#57606a", "#8c959f", "#e4e7eb", "#ffffff"
LATE, IN_TIME = "#D55E00", "#009E73"
PALETTE = (
    "#0072B2",  # blue
    "#E69F00",  # orange
    "#009E73",  # green
    "#56B4E9",  # sky
    "#CC79A7",  # purple
    "#F0E442",  # yellow
    "#D55E00",  # vermillion
    "#8c959f",  # grey: black, the eighth of the source, is left to words and outlines
)
HATCHES = ("", "///", "\\\\\\", "...", "xxx", "---", "|||", "ooo")
FAMILIES = (
    "DejaVu Sans",  # comes with matplotlib
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "Noto Sans Arabic",
    "Noto Naskh Arabic",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Arial Unicode MS",
)
_ABSENT = "□"  # stands for a character that no font at hand can draw
_TURNING = frozenset("\u200e\u200f\u061c\u2028\u2029\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_ROUNDING = 1.085  # letters drawn on whole pixels are a little wider than their outlines
_SALT = "roadmap"
_METADATA: Mapping[str, Mapping[str, str | None]] = {
    "png": {"Software": "roadmap"},
    "svg": {"Date": None, "Creator": "roadmap"},
    "pdf": {"CreationDate": None, "Creator": "roadmap", "Producer": "roadmap"},
}
_DPI = 160
_MOST_PIXELS = 60_000  # the renderer takes no picture of 65,536 pixels or more


@attrs.frozen
class Style:
    """How the members of a group are filled.

    Attributes
    ----------
    colour
        Colour as ``#rrggbb``.
    hatch
        Pattern over it; empty for the first eight groups.
    """

    colour: str
    hatch: str = ""


def styles(groups: Iterable[str]) -> dict[str, Style]:
    """Give each group a fill of its own, in their order; beyond eight, patterns tell them apart.

    The categories of work keep their colours, whichever of them there are.
    """
    named = list(dict.fromkeys(groups))
    if not set(named).isdisjoint(CATEGORIES):
        named = list(dict.fromkeys((*reversed(CATEGORIES), *named)))
    found: dict[str, Style] = {}
    for at, group in enumerate(named):
        hatch = HATCHES[at // len(PALETTE) % len(HATCHES)]
        found[group] = Style(PALETTE[at % len(PALETTE)], hatch)
    return found


def tint(colour: str, share: float) -> str:
    """Turn a colour towards white by a share from 0 to 1."""
    red, green, blue = (part + (1 - part) * share for part in to_rgb(colour))
    return to_hex((red, green, blue))


def ink_on(colour: str) -> str:
    """Ink or paper: whichever can be read better on a colour (contrast as in WCAG 2.2)."""
    light = _luminance(colour) + 0.05
    dark_ink = light / (_luminance(INK) + 0.05)
    return INK if dark_ink >= 1.05 / light else PAPER


def _luminance(colour: str) -> float:
    parts = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in to_rgb(colour))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@cache
def families() -> tuple[str, ...]:
    """The families of ``FAMILIES`` that are installed: what one lacks, the next may have."""
    installed = {entry.name for entry in fontManager.ttflist}
    return tuple(name for name in FAMILIES if name in installed)


@cache
def _letters() -> frozenset[int]:
    """Every character that the families can draw."""
    paths = (findfont(FontProperties(family=name)) for name in families())
    return frozenset(code for path in paths for code in get_font(path).get_charmap())


@lru_cache(100_000)
def legible(text: str) -> str:
    """The text on one line, with a mark for each character that cannot or must not be drawn."""
    plain = "".join("�" if c in _TURNING else c for c in visible(text))
    return "".join(c if ord(c) in _letters() else _ABSENT for c in plain)


def warn_of_missing(texts: Iterable[str]) -> None:
    """Warn once, and name every character of the texts that no font at hand can draw."""
    missing = sorted({c for text in texts for c in visible(text) if ord(c) not in _letters()})
    if missing:
        shown = "".join(missing[:20]) + ("…" if len(missing) > 20 else "")
        warnings.warn(
            f"no installed font can draw {len(missing)} of the characters in this chart, which "
            f"stand there as {_ABSENT}: {shown}; install a font that has them, such as Noto Sans "
            "CJK, and draw again",
            RoadmapWarning,
            stacklevel=3,
        )


def label(axes: Axes, x: float, y: float, text: str, **look: Any) -> None:
    """Write a text at a point of the data.

    Parameters
    ----------
    axes
        Where to.
    x, y
        The point; the text's left middle stands there unless ``ha`` or ``va`` say otherwise.
    text
        Any text: a dollar sign is a dollar sign. It is clipped neither by the axes nor by
        anything else, so measure it first.
    look
        What ``Axes.text`` takes: ``fontsize``, ``color``, ``weight`` and so on.
    """
    look = {"ha": "left", "va": "center_baseline", "color": INK, **look}
    axes.text(
        x,
        y,
        legible(text),
        family=list(families()),
        parse_math=False,
        usetex=False,
        clip_on=False,
        **look,
    )


@lru_cache(100_000)
def measure(text: str, fontsize: float, weight: str = "normal") -> float:
    """Width of a line of text in inches, from the fonts alone; nothing is drawn."""
    told = legible(text)
    if not told.strip():
        return 0.0
    prop = FontProperties(family=list(families()), weight=weight, size=10)
    width, _, _ = text_to_path.get_text_width_height_descent(told, prop, ismath=False)
    return float(width) * fontsize / 720 * _ROUNDING


@lru_cache(100_000)
def shorten(text: str, width: float, fontsize: float, weight: str = "normal") -> str:
    """Cut a text to a width in inches, with an ellipsis for what is missing."""
    if measure(text, fontsize, weight) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = measure(_cut(text, middle), fontsize, weight) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return _cut(text, low)


def _cut(text: str, at: int) -> str:
    """The first characters of a text; no letter loses the marks that belong to it."""
    while 0 < at < len(text) and unicodedata.combining(text[at]):
        at -= 1
    return text[:at].rstrip() + "…"


def wrap(
    text: str, width: float, fontsize: float, lines: int, weight: str = "normal"
) -> tuple[str, ...]:
    """Break a text into lines of a width in inches; what is too long ends in an ellipsis.

    Words stay whole where they fit a line; the languages that write without spaces, and longer
    words, break anywhere.
    """
    rows: list[str] = []
    rest = " ".join(text.split())
    while rest and len(rows) < lines - 1 and measure(rest, fontsize, weight) > width:
        at = _break(rest, width, fontsize, weight)
        rows.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return (*rows, shorten(rest, width, fontsize, weight))


def _break(text: str, width: float, fontsize: float, weight: str) -> int:
    """Where the first line of a text ends; at least one character goes into it."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = measure(text[:middle].rstrip(), fontsize, weight) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    space = text.rfind(" ", 0, low + 1)
    return space if space > low // 2 else low


class _Drawing(Figure):
    """A figure that pyplot does not know, and that is saved as the same bytes each time."""

    def savefig(
        self,
        fname: str | os.PathLike[str] | IO[Any],
        *,
        transparent: bool | None = None,
        **kwargs: Any,
    ) -> None:
        """Save as ``Figure.savefig`` does, without the hour and with the same names inside."""
        suffix = Path(fname).suffix[1:] if isinstance(fname, (str, os.PathLike)) else ""
        kind = str(kwargs.get("format") or suffix or "png").lower()
        if kind in _METADATA:
            kwargs["metadata"] = {**_METADATA[kind], **(kwargs.get("metadata") or {})}
        with rc_context({"svg.hashsalt": _SALT}):
            super().savefig(fname, transparent=transparent, **kwargs)

    def _repr_png_(self) -> bytes:
        """Show itself in a notebook."""
        return drawn(self, "png")


def new_axes(width: float, height: float) -> Axes:
    """Axes that fill a new figure of some inches; no global state hears of it."""
    figure = _Drawing(figsize=(width, height), dpi=_DPI, facecolor=PAPER, edgecolor=PAPER)
    FigureCanvasAgg(figure)
    return figure.add_axes((0, 0, 1, 1))


def drawn(figure: Figure, kind: str) -> bytes:
    """The bytes of a figure as ``png``, ``svg`` or ``pdf``; the same each time.

    Letters in SVG are outlines (``svg.fonttype`` ``path``), not text: the picture is the same
    wherever it is opened, whatever fonts are there, and no name in it is ever markup.
    """
    out = io.BytesIO()
    dpi = min(_DPI, int(_MOST_PIXELS / max(figure.get_size_inches())))
    with rc_context({"svg.hashsalt": _SALT, "svg.fonttype": "path"}):
        figure.savefig(out, format=kind, dpi=dpi, metadata=dict(_METADATA[kind]))
    return out.getvalue()


def whole(figure: Figure | SubFigure) -> Figure:
    """The whole figure that a part belongs to; a whole one is its own."""
    return figure.figure  # also before matplotlib 3.10, which has get_figure(root)


def save(
    figure: Figure | SubFigure, path: str | os.PathLike[str], *, overwrite: bool = False
) -> Path:
    """Write a figure as ``.png``, ``.svg`` or ``.pdf``: whole or not at all, the same bytes.

    Parameters
    ----------
    figure
        Any figure: ``axes.figure`` of a chart, or one of your own with charts in it.
    path
        Where to; its ending says the format.
    overwrite
        Whether a file that is there may be replaced; default ``False``.

    Returns
    -------
    Path
        Where it was written.

    Raises
    ------
    FormatError
        The name ends otherwise.
    FileExistsError
        The file is there and ``overwrite`` is not said.
    """
    kind = Path(path).suffix[1:].lower()
    if kind not in _METADATA:
        known: Sequence[str] = [f".{name}" for name in _METADATA]
        fault = Fault("", f"'.{kind}' is no picture format", f"name it {', '.join(known)}")
        raise FormatError([fault], str(path))
    return write_whole(path, drawn(whole(figure), kind), overwrite=overwrite)
