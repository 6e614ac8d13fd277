"""Horizontal bars: a row a name, with room for it at the left and for a note at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from roadmap.render import _pen as pen
from roadmap.render._stage import Frame, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEFT = 216.0
MARGIN = 8.0
ROW = 26.0
_THICK = 0.56  # of a row


def draw_name(on: Frame, name: str, row: int, note: str, width: float) -> None:
    """Write a row's name at the left and a note at the right, of at most so many points."""
    lines = pen.wrap(name, LEFT - 2 * MARGIN - 6, 8, lines=2)
    for at, line in enumerate(lines):
        y = -row - 0.5 + (len(lines) / 2 - 0.5 - at) * 10 * on.up
        on.write(on.left(LEFT - MARGIN), y, line, 8, ha="left")
    on.write(on.right(MARGIN), -row - 0.5, pen.shorten(note, width - 2 * MARGIN, 8), 8, ha="left")


def draw_bar(on: Frame, row: int, start: float, end: float, look: Mapping[str, str]) -> None:
    """Draw a piece of a row's bar."""
    place = (start, -row - 0.5 - _THICK / 2)
    bar = Rectangle(place, end - start, _THICK, linewidth=0.6 * on.scale)
    bar.set(**{"edgecolor": pen.PAPER, **look})
    on.axes.add_patch(bar)


def draw_legend(on: Frame, samples: Sequence[tuple[str, Mapping[str, str]]], below: float) -> None:
    """Explain the fills that are there."""
    widths = [20 + pen.measure(told, 7)[0] for told, _ in samples]
    room = LEFT - MARGIN + (on.last - on.first) / on.across + on.margins.right
    for (told, look), (x, line) in zip(samples, rows(widths, room, 14), strict=True):
        left, y = on.left(LEFT - MARGIN) + x * on.across, on.below(below + 13 * line)
        sample = Rectangle((left, y - 4 * on.up), 14 * on.across, 8 * on.up, linewidth=0)
        sample.set(**look)
        on.axes.add_patch(sample)
        on.write(left + 19 * on.across, y, told, 7, colour=pen.MUTED, ha="left")
