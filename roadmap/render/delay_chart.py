"""The delay chart: where the time until each need is met comes from, a stacked bar a need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

import attrs

from roadmap.problem import Problem
from roadmap.render import _pen as pen
from roadmap.render import theme
from roadmap.render._bars import LEFT, MARGIN, ROW, draw_bar, draw_legend, draw_name
from roadmap.render._stage import CALENDAR, Margins, draw_calendar, draw_title, stage

if TYPE_CHECKING:
    from matplotlib.axes import Axes

OPEN = "not proven which"
_RIGHT, _TOP, _LEGEND = 84.0, 42.0, 34.0
_WIDTH = 10.0
_LOOKS: Mapping[str, Mapping[str, str]] = {
    "dependencies": {"facecolor": pen.hue("blue")},
    "calendars": {"facecolor": pen.tint(pen.hue("purple"), 0.1)},
    "teams": {"facecolor": pen.hue("orange")},
    "limits": {"facecolor": pen.tint(pen.hue("green"), 0.3)},
    "priority": {"facecolor": pen.tint(pen.hue("sky"), 0.55)},
    OPEN: {"facecolor": "#f2f3f5", "hatch": "////", "edgecolor": pen.GREY},
}


class Bounds(Protocol):
    """What is read of a number of periods."""

    @property
    def value(self) -> int | None:
        """The number, if it is proven."""


class DelayLike(Protocol):
    """What is read of a delay."""

    @property
    def problem(self) -> Problem:
        """What the plan answers."""

    @property
    def need(self) -> str:
        """Label of the need."""

    @property
    def planned(self) -> int | None:
        """Boundary at which the plan meets it."""

    @property
    def parts(self) -> Mapping[str, Bounds | None]:
        """Periods that each stage adds."""

    @property
    def stages(self) -> Sequence[Bounds | None]:
        """The earliest boundary at each stage."""


class DelaysLike(Protocol):
    """What is read of delays."""

    @property
    def items(self) -> Sequence[DelayLike]:
        """One for each need."""


@attrs.frozen
class Piece:
    """A piece of a bar: what it is due to, and the boundaries between which it lies."""

    due_to: str
    start: int
    end: int


def pieces(delay: DelayLike) -> tuple[Piece, ...]:
    """Cut the time until a need is met where the boundaries between its parts are proven.

    A stretch between two proven boundaries that holds several parts is not proven which. A need
    that the plan never meets, or that can never be met, has no piece after the last proven one.
    """
    return tuple(piece for piece in _cut(delay) if piece.end > piece.start)


def _cut(delay: DelayLike) -> Iterator[Piece]:
    stages = [None if stage is None else stage.value for stage in delay.stages]
    known = [(0, 0)]
    known += [(at, value) for at, value in enumerate(stages, 1) if value is not None]
    if delay.planned is not None:
        known.append((len(stages) + 1, delay.planned))
    names = list(delay.parts)
    for (first, start), (last, end) in pairwise(known):
        yield Piece(names[first] if last == first + 1 else OPEN, start, end)


def waits(found: DelaysLike, ax: Axes | None = None) -> Axes:
    """Draw where the time until each need is met comes from.

    Parameters
    ----------
    found
        What ``delays`` gives; at least one need.
    ax
        Where to draw; default a new figure.

    Returns
    -------
    Axes
        One unit of x is a period; the row of need ``i`` from the top is centred at
        ``y = -i - 0.5``.

    Raises
    ------
    ValueError
        There is no need.

    Warns
    -----
    RoadmapWarning
        No installed font has some of the characters in the names.
    """
    if not found.items:
        raise ValueError("there is no open need whose delay could be drawn")
    facts = found.items[0].problem.portfolio
    count = len(found.items)
    height = _TOP + ROW * count + CALENDAR + _LEGEND
    axes = pen.new_axes(_WIDTH, height / 72) if ax is None else ax
    on = stage(axes, facts.timeline, -count, 0, Margins(LEFT, _RIGHT, _TOP, CALENDAR + _LEGEND))
    draw_title(on, LEFT - MARGIN, facts.name, "Where the time until each need is met comes from")
    used: dict[str, None] = {}
    for row, delay in enumerate(found.items):
        met = "never" if delay.planned is None else facts.timeline.label(delay.planned)
        draw_name(on, delay.need, row, met, _RIGHT)
        for piece in pieces(delay):
            used[piece.due_to] = None
            draw_bar(on, row, piece.start, piece.end, _LOOKS[piece.due_to])
    draw_calendar(on)
    told = [(name, look) for name, look in _LOOKS.items() if name in used]
    draw_legend(on, told, CALENDAR + 10)
    theme.warn_of_missing([facts.name, *(delay.need for delay in found.items)])
    return axes
