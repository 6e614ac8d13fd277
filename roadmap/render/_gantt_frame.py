"""The measures of a Gantt chart: how wide, how dense, how large its letters; names of rows."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from roadmap.render import theme
from roadmap.render._gantt_shapes import Words

EDGE = 0.32  # inches of white around everything
GAP = 0.07  # inches between a bar and the words beside it
INDENT = 0.14  # inches that a row stands further in than what it is part of
SMALL = 7.0  # points of the calendar and of what is written beside bars
_WIDTHS = (11.0, 13.3)  # inches of the chart with few rows and with many
_MANY = 40
_PITCHES = (0.155, 0.30)  # inches that a row takes at least and at most
_SIZES = (6.5, 9.0)  # points of its letters, likewise
_TALL = 13.0  # inches that the rows take together before they are at their smallest
_LEADING = 1.25
_NAMES = (1.2, 0.27)  # inches that names take at least; share of the width at most


@attrs.frozen
class Frame:
    """What all rows have in common.

    Attributes
    ----------
    width
        Of the chart, in inches.
    left
        Inches from the left edge to the start of the timeline.
    across
        Inches that a period takes.
    periods
        How many there are.
    pitch
        Inches from one row to the next.
    size
        Points of the rows' names.
    """

    width: float
    left: float
    across: float
    periods: int
    pitch: float
    size: float

    def x(self, inches: float) -> float:
        """An x so many inches from the left edge of the chart."""
        return (inches - self.left) / self.across

    def inches(self, boundary: float) -> float:
        """How far a boundary is from the left edge of the chart."""
        return self.left + boundary * self.across

    @property
    def end(self) -> float:
        """Inches from the left edge to where words must end."""
        return self.width - EDGE

    def name(self, text: str, y: float, indent: float = 0.0, *, bold: bool = False) -> list[Words]:
        """A row's name left of the timeline, on one line or two, cut if it must be."""
        weight = "bold" if bold else "normal"
        room = self.left - EDGE - indent - 2 * GAP
        x, size = self.x(EDGE + indent), self.size
        fits = theme.measure(text, size, weight) <= room
        small = min(size, self.pitch * 72 / 2 / _LEADING)
        if fits or small < _SIZES[0]:
            return [Words(x, y, theme.shorten(text, room, size, weight), size, bold=bold)]
        rows = theme.wrap(text, room, small, 2, weight)
        step = small * _LEADING / 72
        top = y - step * (len(rows) - 1) / 2
        return [Words(x, top + at * step, row, small, bold=bold) for at, row in enumerate(rows)]


def frame(
    names: Iterable[tuple[str, float]], rows: int, periods: int, width: float | None
) -> Frame:
    """Choose the measures.

    Parameters
    ----------
    names
        The names of the rows with how far in each stands, in inches.
    rows
        How many rows there are.
    periods
        Length of the timeline.
    width
        Of the chart, in inches; ``None`` to choose it too.
    """
    wide = _WIDTHS[rows > _MANY] if width is None else width
    low, high = _PITCHES
    pitch = min(high, max(low, _TALL / max(rows, 1)))
    size = _SIZES[0] + (pitch - low) / (high - low) * (_SIZES[1] - _SIZES[0])
    longest = max((theme.measure(name, size, "bold") + far for name, far in names), default=0.0)
    taken = min(max(longest, _NAMES[0]), _NAMES[1] * wide)
    left = EDGE + taken + 2 * GAP
    across = (wide - left - EDGE - 2 * GAP) / periods
    return Frame(wide, left, across, periods, pitch, size)
