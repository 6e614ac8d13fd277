"""A frame inside axes with room for words all round; a stage is one whose x are periods.

Everything stands inside the axes, the words too, so that nothing can hang out of the figure or
over a neighbour however the axes came to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import attrs

from roadmap.render import _pen as pen
from roadmap.timeline import Timeline

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CALENDAR = 30.0  # points that the calendar takes below what is drawn
_SIZE = 7.0
_NAME, _TOLD = 11.0, 8.5  # points of a title and of what stands below it
_OVER = 24.0  # points from what is drawn up to the title
_LEAST = (200.0, 90.0)  # points that time and values get before the chart shrinks
_STEPS = {
    "day": (1, 7, 14, 28, 56, 91, 182, 364),
    "week": (1, 2, 4, 13, 26, 52),
    "month": (1, 3, 6, 12),
    "quarter": (1, 2, 4),
}
_DAYS = {"day": 1, "week": 7, "month": 30.4, "quarter": 91.3}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@attrs.frozen
class Margins:
    """Room in points around what is drawn, for words."""

    left: float
    right: float
    top: float
    bottom: float


@attrs.frozen
class Frame:
    """Axes whose limits leave room for words.

    Attributes
    ----------
    axes
        The axes.
    first, last
        Smallest and largest x of what is drawn.
    low, high
        Smallest and largest y of what is drawn.
    margins
        The room around it.
    across, up
        Units of x and of y in a point of the chart at full size.
    scale
        How far the chart is shrunk to fit its axes; 1 at full size.
    """

    axes: Axes
    first: float
    last: float
    low: float
    high: float
    margins: Margins
    across: float
    up: float
    scale: float

    def write(self, x: float, y: float, text: str, size: float, **look: Any) -> None:
        """Write a text whose font size is meant at full size."""
        pen.label(self.axes, x, y, text, size=size * self.scale, **look)

    def line(self, xs: Sequence[float], ys: Sequence[float], width: float, **look: Any) -> None:
        """Draw a line whose width is meant at full size; no style sheet changes its ends."""
        look |= {"solid_capstyle": "butt", "dash_capstyle": "butt"}
        self.axes.plot(xs, ys, linewidth=width * self.scale, **look)

    def right(self, points: float) -> float:
        """An x so many points right of what is drawn."""
        return self.last + points * self.across

    def left(self, points: float) -> float:
        """An x so many points left of what is drawn."""
        return self.first - points * self.across

    def above(self, points: float) -> float:
        """A y so many points above what is drawn."""
        return self.high + points * self.up

    def below(self, points: float) -> float:
        """A y so many points below what is drawn."""
        return self.low - points * self.up


@attrs.frozen
class Stage(Frame):
    """A frame from the first period of a timeline, at 0, to its last.

    Attributes
    ----------
    timeline
        What x means.
    """

    timeline: Timeline


def stage(axes: Axes, timeline: Timeline, low: float, high: float, margins: Margins) -> Stage:
    """Set the limits of axes so that periods and words have their room."""
    made = frame(axes, (0, timeline.periods), (low, high), margins)
    return Stage(**attrs.asdict(made, recurse=False), timeline=timeline)


def frame(axes: Axes, xs: tuple[float, float], ys: tuple[float, float], margins: Margins) -> Frame:
    """Set the limits of axes so that what is drawn, and words, have their room.

    Parameters
    ----------
    axes
        Where to.
    xs, ys
        Smallest and largest x and y of what is drawn.
    margins
        The room around it.
    """
    (first, last), (low, high) = xs, ys
    beside, over = margins.left + margins.right, margins.top + margins.bottom
    wide, tall = room(axes)
    scale = min(1.0, wide / (beside + _LEAST[0]), tall / (over + _LEAST[1]))
    across = (last - first) / (wide / scale - beside)
    up = (high - low) / (tall / scale - over)
    axes.set_xlim(first - margins.left * across, last + margins.right * across)
    axes.set_ylim(low - margins.bottom * up, high + margins.top * up)
    axes.set_axis_off()
    return Frame(axes, first, last, low, high, margins, across, up, scale)


def room(axes: Axes) -> tuple[float, float]:
    """Width and height of axes in points."""
    inches = cast("Figure", axes.get_figure(root=True)).get_size_inches()
    place = axes.get_position()
    return float(place.width * inches[0] * 72), float(place.height * inches[1] * 72)


@attrs.frozen
class Tick:
    """A mark of the calendar: the boundary where it stands, and what it says."""

    boundary: int
    told: str


def ticks(timeline: Timeline, pitch: float) -> tuple[Tick, ...]:
    """Name as many periods as can be read, evenly.

    Parameters
    ----------
    timeline
        The horizon.
    pitch
        Points that a period takes.
    """
    told = [_short(timeline, period) for period in range(timeline.periods)]
    widest = max(pen.measure(text, _SIZE)[0] for text in told[:400]) + 5
    steps = _STEPS[timeline.unit]
    step = next((each for each in steps if each * pitch >= widest), None)
    if step is None:
        return ()
    first = _aligned(timeline, step)
    return tuple(Tick(at, told[at]) for at in range(first, timeline.periods, step))


def _aligned(timeline: Timeline, step: int) -> int:
    """First period at which a step in months begins where quarters and years do."""
    months = {"month": 1, "quarter": 3}.get(timeline.unit)
    if timeline.fiscal_weeks is not None and step % 13 == 0:
        quarters = step // 13
        return next((p for p in range(step) if _begins_quarters(timeline, p, quarters)), 0)
    if months is None:
        return 0
    size = step * months
    return next(p for p in range(step) if (timeline.day(p).month - 1) % size < months)


def _begins_quarters(timeline: Timeline, period: int, count: int) -> bool:
    """Whether a fiscal quarter begins with a period, and with it a group of so many."""
    quarter = timeline.fiscal_quarter(period)
    return quarter != timeline.fiscal_quarter(period - 1) and (quarter - 1) % count == 0


def _short(timeline: Timeline, period: int) -> str:
    """A period's name beside its year."""
    day = timeline.day(period)
    if timeline.unit == "month":
        return _MONTHS[day.month - 1]
    if timeline.unit == "quarter" and day.month % 3 == 1:
        return f"Q{(day.month + 2) // 3}"
    return f"{day.day} {_MONTHS[day.month - 1]}"


def years(timeline: Timeline, pitch: float) -> tuple[Tick, ...]:
    """Name the first period of as many fiscal years as can be read, evenly."""
    called = "FY {}" if timeline.fiscal else "{}"
    first: dict[int, int] = {}
    for period in range(timeline.periods):
        first.setdefault(timeline.fiscal_year(period), period)
    widest = pen.measure(called.format(max(first)), _SIZE)[0] + 8
    per_year = pitch * 365 / _DAYS[timeline.unit]
    step = next((each for each in (1, 2, 5, 10) if each * per_year >= widest), 50)
    kept = [year for year in first if year % step == 0 or step == 1]
    return tuple(Tick(first[year], called.format(year)) for year in kept)


def draw_calendar(on: Stage) -> None:
    """Draw the calendar below what is drawn: periods, then years with a line at each."""
    end = on.timeline.periods
    on.line([0, end], [on.low, on.low], 0.8, color=pen.GREY, zorder=3)
    for tick in ticks(on.timeline, 1 / on.across):
        x = tick.boundary + 3 * on.across
        if x + pen.measure(tick.told, _SIZE)[0] * on.across <= end or not tick.boundary:
            on.write(x, on.below(9), tick.told, _SIZE, colour=pen.MUTED, ha="left")
    marks = years(on.timeline, 1 / on.across)
    ends = (*(mark.boundary for mark in marks[1:]), end)
    for mark, after in zip(marks, ends, strict=True):
        on.line([mark.boundary] * 2, [on.low, on.below(26)], 0.8, color=pen.GREY)
        if (after - mark.boundary) / on.across > pen.measure(mark.told, _SIZE)[0] * 1.2 + 4:
            at = (mark.boundary + 3 * on.across, on.below(21))
            on.write(*at, mark.told, _SIZE, ha="left", weight="bold")


def draw_title(on: Frame, left: float, name: str, told: str) -> None:
    """Head a chart: what it is of, if that has a name, and below it what it shows.

    Parameters
    ----------
    on
        Where to.
    left
        Points left of what is drawn at which both begin.
    name
        The portfolio's; empty without one.
    told
        What the chart shows.
    """
    wide = left + (on.last - on.first) / on.across
    lines = [(name, _NAME, "bold"), (told, _TOLD, "normal")] if name else [(told, _NAME, "bold")]
    for (text, size, weight), up in zip(lines, (_OVER, _OVER - 15), strict=False):
        short = pen.shorten(text, wide / 1.2, size)  # bold letters are wider than plain ones
        ink = pen.INK if weight == "bold" else pen.MUTED
        on.write(on.left(left), on.above(up), short, size, ha="left", weight=weight, colour=ink)


def rows(widths: Sequence[float], room_: float, gap: float) -> list[tuple[float, int]]:
    """Set things of some widths side by side, in as many rows as it takes."""
    placed: list[tuple[float, int]] = []
    x, row = 0.0, 0
    for width in widths:
        if x and x + width > room_:
            x, row = 0.0, row + 1
        placed.append((x, row))
        x += width + gap
    return placed
