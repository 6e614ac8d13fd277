"""The dependency chart: what stands on what, from left to right, up to what needs ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import attrs
from matplotlib.patches import PathPatch, Polygon

from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.render import _pen as pen
from roadmap.render import theme
from roadmap.render._answers import AuditLike
from roadmap.render._dependency_layout import (
    NAME,
    NOTE,
    Arrow,
    Box,
    DependencyLayout,
    Point,
    layout,
)
from roadmap.render._dependency_shapes import LOOKS, STROKES, Look, Stroke, curve, head, outline
from roadmap.render._given import facts_for
from roadmap.render._slips import SlipsLike
from roadmap.render._stage import room
from roadmap.result import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

    from roadmap.schedule import Schedule

__all__ = ["DependencyLayout", "dependencies", "layout"]

_MARGIN = 16.0
_TITLE = 11.0
_BOLD = 1.15  # bold letters over plain ones
_INSET = 2.8  # between the two outlines of a need
_SWATCH = (22.0, 11.0)
_ENTRY_GAP = 18.0
_LEGEND_ROW = 17.0
_PAGE = 1100.0  # a chart wider than this has its title and legend grow with it
_LEAST_WIDTH = 420.0  # so that a legend under a small graph has room
_MARK = pen.hue("vermillion")  # the colour of the chain that was asked for
_FADED = 0.6  # how far what is not of the chain is turned towards the paper


@attrs.frozen
class _Entry:
    """An entry of the legend, in its place."""

    sample: Look | Stroke
    told: str
    x: float
    y: float


def dependencies(
    plan: Portfolio | Problem | Result,
    ax: Axes | None = None,
    *,
    chain: str | None = None,
    fold: bool | None = None,
    alone: bool = False,
    slips: SlipsLike | None = None,
    prices: AuditLike | None = None,
) -> Axes:
    """Draw initiatives and capability levels, and what leads to what.

    Parameters
    ----------
    plan
        The facts; of a result, the dates of its plan are written in the boxes too.
    ax
        Where to draw; the chart shrinks to fit. Default a new figure, as large as it must be.
    chain
        Label of a need: it and all that leads to it stand out, the rest steps back.
    fold
        Whether levels that no need asks for are told in the box of the initiative that raises
        them, and levels that are there today are left out; default for more than 24
        initiatives.
    alone
        Whether nothing is drawn but the chain; default ``False``, and so without a chain.
    slips
        The derived costs of delay (``rm.slips(result)``), written in the boxes; default none.
    prices
        An audit (``rm.audit(result)``): what each dependency and prerequisite costs is written on
        its arrow; default none.

    Returns
    -------
    Axes
        With one unit for each point at full size.

    Raises
    ------
    FaultyInputError
        No need is called ``chain``, or what is given holds no facts, such as a file's name.

    Warns
    -----
    RoadmapWarning
        No installed font has some of the characters in the names.
    """
    portfolio, schedule = _facts(facts_for("dependencies", plan))
    found = layout(
        portfolio, schedule, chain=chain, fold=fold, alone=alone, slips=slips, prices=prices
    )
    width = max(found.width, _LEAST_WIDTH)
    big = min(max(width / _PAGE, 1.0), 3.0)
    legend = tuple(_legend(found, width, big))
    bottom = max((entry.y for entry in legend), default=found.height) + _LEGEND_ROW * big
    top = -2.2 * _TITLE * big - _MARGIN
    axes, scale = _canvas(ax, (-_MARGIN, width + _MARGIN), (bottom, top))
    title = ": ".join(part for part in (portfolio.name or "Dependencies", chain) if part)
    _draw_title(axes, title, width, big, scale)
    for arrow in found.arrows:
        _draw_arrow(axes, arrow, _share(found, arrow.link.tail, arrow.link.head), scale)
    for box in found.boxes:
        _draw_box(axes, box, _share(found, box.node.key), scale)
    for entry in legend:
        _draw_entry(axes, entry, big, scale)
    lines = (line.text for box in found.boxes for line in box.lines)
    theme.warn_of_missing([title, *lines])
    return axes


def _facts(plan: Portfolio | Problem | Result) -> tuple[Portfolio, Schedule | None]:
    if isinstance(plan, Result):
        return plan.problem.portfolio, plan.schedule
    return (plan.portfolio if isinstance(plan, Problem) else plan), None


def _share(found: DependencyLayout, *keys: tuple[object, ...]) -> bool | None:
    """Whether something is of the chosen chain; ``None`` if none was chosen."""
    return all(key in found.chain for key in keys) if found.chain else None


def _canvas(
    ax: Axes | None, across: tuple[float, float], down: tuple[float, float]
) -> tuple[Axes, float]:
    """Make the axes show a part of the layout, whole and undistorted; tell its scale."""
    width, height = across[1] - across[0], down[0] - down[1]
    axes = pen.new_axes(width / 72, height / 72) if ax is None else ax
    wide, high = room(axes)
    scale = min(wide / width, high / height, 1.0)
    spare = wide / scale - width
    axes.set_xlim(across[0] - spare / 2, across[1] + spare / 2)
    axes.set_ylim(down[1] + high / scale, down[1])
    axes.set_axis_off()
    return axes, scale


def _draw_title(axes: Axes, told: str, width: float, big: float, scale: float) -> None:
    size = _TITLE * big
    title = pen.shorten(told, width / _BOLD, size)
    pen.label(axes, 0, -1.3 * size, title, size=size * scale, ha="left", weight="bold")


def _draw_arrow(axes: Axes, arrow: Arrow, chosen: bool | None, scale: float) -> None:
    stroke, order = _stroke(STROKES[arrow.link.kind], chosen), 3 if chosen else 1
    for run in arrow.runs:
        last = run is arrow.runs[-1]
        axes.add_patch(_line(curve(run, headed=last), stroke, order, scale))
    axes.add_patch(_head(arrow.runs[-1], stroke, order))
    if arrow.label_at is not None:
        ink = pen.tint(pen.INK, _FADED) if chosen is False else pen.INK
        _write(axes, arrow.label_at, arrow.link.label, NOTE * scale, ink)


def _line(path: Path, stroke: Stroke, order: float, scale: float) -> PathPatch:
    patch = PathPatch(path, fill=False, edgecolor=stroke.colour, zorder=order)
    patch.set_linewidth(stroke.width * scale)
    patch.set_linestyle((0, stroke.dashes) if stroke.dashes else "solid")
    return patch


def _head(run: Sequence[Point], stroke: Stroke, order: float) -> Polygon:
    corners = head(run, stroke.width)
    return Polygon(corners, closed=True, facecolor=stroke.colour, linewidth=0, zorder=order)


def _stroke(stroke: Stroke, chosen: bool | None) -> Stroke:
    if chosen is None:
        return stroke
    if chosen:
        return attrs.evolve(stroke, colour=_MARK, width=2.0)
    return attrs.evolve(stroke, colour=pen.tint(stroke.colour, _FADED))


def _look(look: Look, chosen: bool | None, placed: bool) -> Look:
    """A box's look in its part of the chart; work that was left out has a broken outline."""
    if not placed:
        look = attrs.evolve(look, fill=pen.PAPER, dashes=(1.0, 2.0))
    if chosen is None:
        return look
    if chosen:
        return attrs.evolve(look, edge=_MARK, width=2.2)
    faded = pen.tint(look.edge, _FADED)
    return attrs.evolve(look, edge=faded, fill=pen.tint(look.fill, _FADED))


def _draw_box(axes: Axes, box: Box, chosen: bool | None, scale: float) -> None:
    look = _look(LOOKS[box.node.kind], chosen, box.placed)
    _draw_shape(axes, look, (box.x, box.y), (box.width, box.height), scale)
    faded = chosen is False
    y = box.y - sum(line.height for line in box.lines) / 2
    for line in box.lines:
        y += line.height / 2
        ink = pen.INK if line.size == NAME else pen.MUTED
        _write(axes, (box.x, y), line.text, line.size * scale, pen.tint(ink, 0.4) if faded else ink)
        y += line.height / 2


def _draw_shape(axes: Axes, look: Look, centre: Point, size: Point, scale: float) -> None:
    patch = PathPatch(outline(look.shape, *centre, *size), facecolor=look.fill, zorder=4)
    patch.set_edgecolor(look.edge)
    patch.set_linewidth(look.width * scale)
    patch.set_linestyle((0, look.dashes) if look.dashes else "solid")
    axes.add_patch(patch)
    if look.double:
        inner = (size[0] - 2 * _INSET, size[1] - 2 * _INSET)
        inside = Stroke("", look.edge, 0.8)
        axes.add_patch(_line(outline(look.shape, *centre, *inner), inside, 4, scale))


def _write(axes: Axes, at: Point, text: str, size: float, colour: str) -> None:
    pen.label(axes, *at, text, size=size, colour=colour, ha="center", va="center", zorder=5)


def _samples(found: DependencyLayout) -> Iterator[tuple[str, Look | Stroke]]:
    """What the legend explains: only what is there."""
    boxes = {box.node.kind for box in found.boxes}
    links = {arrow.link.kind for arrow in found.arrows}
    yield from ((look.told, look) for kind, look in LOOKS.items() if kind in boxes)
    if not all(box.placed for box in found.boxes):
        yield "not in the plan", _look(LOOKS["work"], None, placed=False)
    strokes = {stroke.told: stroke for kind, stroke in STROKES.items() if kind in links}
    yield from strokes.items()
    if found.chain:
        yield "leads to the chosen need", _stroke(STROKES["raises"], True)


def _legend(found: DependencyLayout, width: float, big: float) -> Iterator[_Entry]:
    """Place the entries in rows below the graph."""
    x, y = 0.0, found.height + 1.6 * _LEGEND_ROW * big
    for told, sample in _samples(found):
        wide = (_SWATCH[0] + 5) * big + pen.measure(told, NOTE * big)[0]
        if x and x + wide > width:
            x, y = 0.0, y + _LEGEND_ROW * big
        yield _Entry(sample, told, x, y)
        x += wide + _ENTRY_GAP * big


def _draw_entry(axes: Axes, entry: _Entry, big: float, scale: float) -> None:
    wide, high = _SWATCH[0] * big, _SWATCH[1] * big
    if isinstance(entry.sample, Look):
        _draw_shape(axes, entry.sample, (entry.x + wide / 2, entry.y), (wide, high), scale)
    else:
        run = ((entry.x, entry.y), (entry.x + wide, entry.y))
        axes.add_patch(_line(curve(run, headed=True), entry.sample, 1, scale))
        axes.add_patch(_head(run, entry.sample, 1))
    at = (entry.x + wide + 5 * big, entry.y)
    pen.label(axes, *at, entry.told, size=NOTE * big * scale, colour=pen.MUTED, ha="left")
