"""The value chart: the money that a plan loses in each period, beside what rivals lose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from roadmap._text import brief, money
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.render import _pen as pen
from roadmap.render import theme
from roadmap.render._given import result_for, rivals_for
from roadmap.render._lost import Lost, lost, summed
from roadmap.render._stage import CALENDAR, Margins, Stage, draw_calendar, draw_title, stage
from roadmap.result import Result
from roadmap.schedule import Schedule

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TOLD = 6  # needs with a colour of their own
_REST = "#c4c4c4"
_HUES = tuple(
    pen.tint(pen.hue(name), 0.25)
    for name in ("blue", "orange", "green", "sky", "vermillion", "purple")
)
_DASHES = ((4.0, 2.0), (1.0, 1.5), (7.0, 2.0, 1.0, 2.0), (2.5, 1.0))
_INKS = (pen.INK, pen.MUTED, pen.GREY)
_WIDTH, _HEIGHT = 11.0, 4.8  # figure in inches
_PANEL = 276.0  # points for the legend at the right
_ROW = 13.5
_NOTHING = (0.0, 1.0)  # limits of y where there is nothing to show


@attrs.frozen
class Band:
    """One layer of the stack.

    Attributes
    ----------
    told
        The need's label, or how many needs share the band.
    periods
        Money lost in each period; negative for a gain.
    """

    told: str
    periods: tuple[int, ...]

    @property
    def total(self) -> int:
        """Money lost over the timeline."""
        return sum(self.periods)


@attrs.frozen
class ValueLayout:
    """A value chart before it is drawn.

    Attributes
    ----------
    bands
        The stack from the bottom: the needs that cost most, then the rest in one band.
    rivals
        What each rival loses in each period, all needs together, by its name.
    fixed
        Money that every plan loses, in no period.
    """

    bands: tuple[Band, ...]
    rivals: Mapping[str, tuple[int, ...]]
    fixed: int

    @property
    def total(self) -> int:
        """What the plan loses: the judge's urgency."""
        return self.fixed + sum(band.total for band in self.bands)


def layout(
    portfolio: Portfolio, schedule: Schedule, rivals: Mapping[str, Schedule] | None = None
) -> ValueLayout:
    """Say what a plan and its rivals lose in each period.

    See ``roadmap.render._lost.spread`` for when a loss falls; all sums are exactly the judge's.
    """
    losses = lost(Plan(portfolio, schedule))
    periods = portfolio.timeline.periods
    told = {
        name: summed([each.periods for each in lost(Plan(portfolio, other))], periods)
        for name, other in (rivals or {}).items()
    }
    return ValueLayout(_bands(losses), told, sum(each.fixed for each in losses))


def _bands(losses: tuple[Lost, ...]) -> tuple[Band, ...]:
    moved = [each for each in losses if any(each.periods)]
    ranked = sorted(moved, key=lambda each: -sum(map(abs, each.periods)))
    bands = [Band(each.need, each.periods) for each in ranked[:_TOLD]]
    rest = ranked[_TOLD:]
    if rest:
        told = rest[0].need if len(rest) == 1 else f"{len(rest)} other needs"
        bands.append(Band(told, summed([each.periods for each in rest], len(rest[0].periods))))
    return tuple(bands)


def value(
    result: Result, rivals: Mapping[str, Result] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the money lost in each period, stacked by need, and the totals of rivals as steps.

    Parameters
    ----------
    result
        Whose plan to draw.
    rivals
        Other results by what they shall be called, scored by the needs of ``result``; one
        without a plan is named, not drawn. Default none.
    ax
        Where to draw; default a new figure.

    Returns
    -------
    Axes
        One unit of x is a period, one of y is one unit of money.

    Raises
    ------
    FaultyInputError
        It is given something else than results, such as the name of a file.

    Warns
    -----
    RoadmapWarning
        No installed font has some of the characters in the names.

    Notes
    -----
    The loss of a need in a period is what one more period of waiting adds, so a penalty is a
    spike; the areas sum to the judge's urgency. Gains stand below the zero line. Money that
    every plan loses has no period; it is written under the totals.
    """
    portfolio = result_for("value", result).problem.portfolio
    given = rivals_for("value", rivals)
    others = {name: each.schedule for name, each in given.items() if each.schedule is not None}
    found = layout(portfolio, result.schedule or Schedule(), others)
    if result.schedule is None:
        found = ValueLayout((), found.rivals, found.fixed)
    axes = pen.new_axes(_WIDTH, _HEIGHT) if ax is None else ax
    low, high = _range(found)
    margins = Margins(left=56, right=_PANEL, top=44, bottom=CALENDAR + 8)
    on = stage(axes, portfolio.timeline, low, high, margins)
    _draw_scale(on, portfolio)
    _draw_stack(on, found.bands)
    for at, (name, totals) in enumerate(found.rivals.items()):
        _draw_rival(on, name, totals, at)
    draw_calendar(on)
    _draw_legend(on, result, found, given)
    theme.warn_of_missing(
        [portfolio.name, portfolio.currency, *(band.told for band in found.bands), *given]
    )
    return axes


def _range(found: ValueLayout) -> tuple[float, float]:
    """Smallest and largest y: stacks and lines with a little air, zero always."""
    columns = list(zip(*(band.periods for band in found.bands), strict=True))
    tops = [sum(amount for amount in column if amount > 0) for column in columns]
    floors = [sum(amount for amount in column if amount < 0) for column in columns]
    lines = [amount for totals in found.rivals.values() for amount in totals]
    high, low = max([0, *tops, *lines]), min([0, *floors, *lines])
    return (low * 1.04, high * 1.04) if low or high else _NOTHING


def _draw_scale(on: Stage, portfolio: Portfolio) -> None:
    """Draw the title, and faint lines at round sums of money."""
    unit, currency = on.timeline.unit, portfolio.currency
    told = f"Money lost per {unit}" + (f", {currency}" if currency else "")
    draw_title(on, 46, portfolio.name, told)
    if (on.low, on.high) == _NOTHING:
        on.write(on.timeline.periods / 2, 0.5, "nothing is lost", 9, colour=pen.MUTED)
        return
    for tick in MaxNLocator(5, integer=True).tick_values(on.low, on.high):
        if on.low <= tick <= on.high:
            on.line([0, on.timeline.periods], [tick, tick], 0.6, color="#e3e3e3", zorder=0.5)
            said = brief(round(tick))
            on.write(on.left(6), tick, said, 7, colour=pen.MUTED, ha="right")


def _draw_stack(on: Stage, bands: tuple[Band, ...]) -> None:
    """Stack losses upwards from zero, and gains downwards."""
    edges = range(on.timeline.periods + 1)
    for sign in (1, -1):
        base = [0] * on.timeline.periods
        for at, band in enumerate(bands):
            shares = [amount if amount * sign > 0 else 0 for amount in band.periods]
            top = [below + share for below, share in zip(base, shares, strict=True)]
            if any(shares):
                patch = on.axes.stairs(top, edges, baseline=base, fill=True, label=band.told)
                patch.set(facecolor=_hue(at), edgecolor=pen.PAPER, linewidth=0.6 * on.scale)
            base = top


def _draw_rival(on: Stage, name: str, totals: tuple[int, ...], at: int) -> None:
    """Draw a rival's totals as steps that end with its last loss, not along the zero line."""
    end = max((period + 1 for period, amount in enumerate(totals) if amount), default=0)
    heights, edges = list(totals[:end]), list(range(end + 1))
    if end < on.timeline.periods:  # down to zero at the last edge
        heights, edges = [*heights, 0], [*edges, end]
    if end:
        halo = on.axes.stairs(heights, edges, baseline=None, color=pen.PAPER)
        halo.set(linewidth=2.6 * on.scale, zorder=2)
        line = on.axes.stairs(heights, edges, baseline=None, label=name)
        line.set(linewidth=1.3 * on.scale, zorder=2.5, **_stroke(at))


def _stroke(at: int) -> dict[str, Any]:
    """Dashes of a rival's line; when all have been used, the ink grows lighter."""
    turn, which = divmod(at, len(_DASHES))
    return {"color": _INKS[turn % len(_INKS)], "linestyle": (0, _DASHES[which])}


def _hue(at: int) -> str:
    return _HUES[at] if at < _TOLD else _REST


def _draw_legend(
    on: Stage, result: Result, found: ValueLayout, rivals: Mapping[str, Result]
) -> None:
    """List what is drawn, from the top of the stack, with what it loses over the timeline."""
    rows = list(_entries(result, found, rivals))
    room = (on.above(0) - on.below(CALENDAR)) / on.up
    pitch = min(_ROW, room / len(rows))
    for at, (sample, told, amount) in enumerate(rows):
        y = on.above(-(at + 0.5) * pitch)
        weight = "normal" if at and amount else "bold"
        _draw_entry(on, sample, (told, amount), y, size=pitch / _ROW * 8, weight=weight)


def _entries(
    result: Result, found: ValueLayout, rivals: Mapping[str, Result]
) -> Iterator[tuple[str | dict[str, Any], str, str]]:
    """Colour or look of a line, words and sum of each entry of the legend; a head has no sum."""
    planned = result.schedule is not None
    yield "", "this plan", money(found.total) if planned else "no plan"
    for at, band in reversed(list(enumerate(found.bands))):
        yield _hue(at), band.told, money(band.total)
    if found.fixed and planned:
        yield "", "whatever the plan", money(found.fixed)
    if rivals:
        yield "", "other plans", ""
    for at, (name, totals) in enumerate(found.rivals.items()):
        yield _stroke(at), name, money(found.fixed + sum(totals))
    for name, rival in rivals.items():
        if rival.schedule is None:
            yield "", name, str(rival.status)


def _draw_entry(
    on: Stage,
    sample: str | dict[str, Any],
    words: tuple[str, str],
    y: float,
    **look: Any,
) -> None:
    """Draw a sample of a fill or of a line, what it is, and its sum."""
    size, (told, amount) = look["size"], words
    left, wide, half = on.right(18), 14 * on.across, size * 0.45 * on.up
    if isinstance(sample, dict):
        on.line([left, left + wide], [y, y], 1.3, **sample)
    elif sample:
        place = (left, y - half)
        on.axes.add_patch(Rectangle(place, wide, 2 * half, facecolor=sample, linewidth=0))
    room = _PANEL - 62 - pen.measure(amount, size)[0] * 1.12
    on.write(on.right(38), y, pen.shorten(told, room / 1.12, size), ha="left", **look)
    on.write(on.right(_PANEL - 12), y, amount, ha="right", **look)
