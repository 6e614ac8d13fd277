"""The Gantt chart: capabilities that rise, systems that go, and below them the work."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from roadmap.plan import Plan
from roadmap.render import theme
from roadmap.render._gantt_layout import layout
from roadmap.render._gantt_shapes import (
    Arrow,
    Band,
    Bar,
    Entry,
    GanttLayout,
    Gate,
    Lane,
    Mark,
    Milestone,
    Release,
    Step,
    SystemBar,
    Words,
)
from roadmap.render._given import result_for
from roadmap.render._slips import SlipsLike
from roadmap.result import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["gantt", "layout"]

_SEEN = 0.07  # inches that a mark takes at least: below that its shape is not made out
_LEAST = 7.0  # inches of width below which the chart shrinks rather than closes up
_BAND = "#f6f7f9"
_SHAPES = {"due": "v", "met": "o", "late": "s", "never": "X", "milestone": "D", "gate": "h"}
_SYSTEM, _PARALLEL = theme.tint(theme.GREY, 0.35), theme.tint(theme.GREY, 0.8)
_FILLS: dict[str, dict[str, Any]] = {
    "system": {"facecolor": _SYSTEM},
    "parallel": {"facecolor": _PARALLEL, "hatch": "\\\\\\\\", "edgecolor": _SYSTEM},
    "freeze": {"facecolor": theme.tint(theme.PALETTE[3], 0.78)},
    "blackout": {"facecolor": theme.tint(theme.GREY, 0.62)},
}
_RELEASE: dict[str, Any] = {"color": theme.PALETTE[2], "linewidth": 0.8}
_DATE: dict[str, Any] = {"color": theme.INK, "linewidth": 0.8, "zorder": 3.4}
_LEVEL = theme.PALETTE[0]
_CRITICAL, _PLAIN = 0.22, 0.45  # how far bars are turned towards white
_FLOATS, _DEAREST = 0.8, 0.3  # so too where they tell what a slip costs
_DOUBT = {"hatch": "////", "edgecolor": theme.GREY}


def gantt(
    plan: Result | Plan,
    ax: Axes | None = None,
    *,
    group: str | None = "category",
    capabilities: bool = True,
    systems: bool = True,
    arrows: bool = False,
    critical: bool = True,
    slips: SlipsLike | None = None,
) -> Axes:
    """Draw a plan: the levels of the capabilities over time, the systems, and the work.

    Parameters
    ----------
    plan
        A result, or ``Plan(portfolio, schedule)`` for a schedule from elsewhere, sound or not.
    ax
        Where to draw; default a new figure, as tall as the plan is long. In given axes the
        chart shrinks, letters and all, until it fits.
    group
        What the work is grouped by: ``"category"`` (default), ``"team"`` (the one with most
        people on it), ``"owner"`` or ``None``. Facts that state none of it are not grouped.
    capabilities
        Whether to draw the capabilities above the work; default ``True``.
    systems
        Whether to draw the systems above the work, each until it is retired; default ``True``.
    arrows
        Whether to draw what waits for what; default ``False``.
    critical
        Whether to mark the critical chain (see ``roadmap.critical``) by dark outlines and bold
        names; default ``True``.
    slips
        The derived costs of delay (``rm.slips(result)``): each bar is the darker, the dearer one
        period's slip of it is, and says the figure; default none.

    Returns
    -------
    Axes
        One unit of x is a period; y is inches from the top, at full size. Its ``figure`` can
        be saved by ``savefig`` or by ``rm.save``; the bytes are the same each time.

    Raises
    ------
    ScheduleError
        The result has no schedule.
    FaultyInputError
        ``group`` is not known, or what is given is no plan, such as the name of a file.

    Warns
    -----
    RoadmapWarning
        No installed font has some of the characters in the names.
    """
    plan = plan if isinstance(plan, Plan) else result_for("gantt", plan, "plan")
    how: dict[str, Any] = {
        "group": group,
        "capabilities": capabilities,
        "systems": systems,
        "arrows": arrows,
        "critical": critical,
        "slips": slips,
    }
    if ax is None:
        found, scale = layout(plan, **how), 1.0
        axes = theme.new_axes(found.width, found.height)
        height = found.height
    else:
        axes = ax
        found, scale, height = _fitted(ax, lambda width: layout(plan, **how, width=width))
    axes.set_xlim(found.x(0), found.x(found.width))
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    _Pen(axes, found, scale).draw()
    theme.warn_of_missing(words.text for words in found.words)
    return axes


def _fitted(axes: Axes, lay: Callable[[float], GanttLayout]) -> tuple[GanttLayout, float, float]:
    """Shrink the chart until it fits its axes: the layout, the scale, the height at full size."""
    inches = theme.whole(axes.figure).get_size_inches()
    place = axes.get_position()
    wide, tall = float(place.width * inches[0]), float(place.height * inches[1])
    scale = min(1.0, wide / _LEAST)
    found = lay(wide / scale)
    while found.height * scale > tall * 1.0001:
        scale = tall / found.height
        found = lay(wide / scale)
    return found, scale, tall / scale


class _Pen:
    """Draws a layout into axes."""

    def __init__(self, axes: Axes, found: GanttLayout, scale: float) -> None:
        self.axes, self.found, self.scale = axes, found, scale
        self.style = theme.styles(found.groups)

    def draw(self) -> None:
        """Draw from the ground up."""
        found = self.found
        self._calendar()
        for lane in found.lanes:
            self._lane(lane)
        for band in found.bands:
            self._band(band)
        for release in found.releases:
            self._release(release)
        for step in found.steps:
            self._step(step)
        for system in found.systems:
            self._system(system)
        for arrow in found.arrows:
            self._arrow(arrow)
        for bar in found.bars:
            self._bar(bar)
        for milestone in found.milestones:
            self._milestone(milestone)
        for gate in found.gates:
            self._gate(gate)
        for mark in found.marks:
            self._mark(mark)
        for entry in found.legend:
            self._entry(entry)
        for words in found.words:
            self._words(words)

    def _box(self, x: tuple[float, float], y: float, height: float, **look: Any) -> None:
        """A rectangle from x to x about the middle y."""
        place, wide = (x[0], y - height / 2), x[1] - x[0]
        look = {"linewidth": 0, **look}
        look["linewidth"] *= self.scale
        self.axes.add_patch(Rectangle(place, wide, height, **look))

    def _line(self, x: tuple[float, float], y: tuple[float, float], **look: Any) -> None:
        look = {"color": theme.FAINT, "linewidth": 0.6, "solid_capstyle": "butt", **look}
        look["linewidth"] *= self.scale
        self.axes.plot(x, y, **look)

    def _calendar(self) -> None:
        """The band of fiscal years, and lines down through the lanes."""
        found = self.found
        for year in found.years:
            for y in found.calendars:
                colour = theme.tint(theme.GREY, 0.55 if year.shaded else 0.72)
                self._box((year.start, year.finish), y + 0.1, 0.2, facecolor=colour, zorder=1)
            self._line((year.start,) * 2, (found.calendars[0], found.bottom), color="#c4cad1")
        for at in found.ticks:
            self._line((at, at), (found.top - 0.18, found.bottom), zorder=1.2)
        end = found.years[-1].finish
        self._line((end, end), (found.calendars[0], found.bottom), color="#c4cad1")

    def _lane(self, lane: Lane) -> None:
        """The ground of a row."""
        found = self.found
        across = (found.x(0.32), found.x(found.width - 0.32))
        if lane.kind == "section":
            under = lane.y + lane.height / 2 - 0.02
            self._line(across, (under, under), color=theme.GREY, linewidth=0.8, zorder=1.4)
        elif lane.kind == "group":
            colour = self.style[lane.group].colour
            fill = theme.tint(colour, 0.86)
            self._box(across, lane.y, lane.height * 0.86, facecolor=fill, zorder=0.6)
            chip = (across[0], found.x(0.40))
            self._box(chip, lane.y, lane.height * 0.86, **self._fill(lane.group, 0.0), zorder=1.4)
        elif lane.shaded:
            self._box(across, lane.y, lane.height, facecolor=_BAND, zorder=0.5)

    def _fill(self, group: str, share: float) -> dict[str, Any]:
        """Colour and pattern of a group, turned towards white by a share."""
        style = self.style[group]
        look = {"facecolor": theme.tint(style.colour, share)}
        return look | ({"hatch": style.hatch, "edgecolor": theme.PAPER} if style.hatch else {})

    def _band(self, band: Band) -> None:
        """A time that is closed to the work of some rows: to its end, or to all of it."""
        look = _FILLS[band.kind]
        self._box(
            (band.start, band.finish),
            band.y,
            band.height,
            **look,
            label=f"{band.kind} {band.name}",
            zorder=1,
        )

    def _release(self, release: Release) -> None:
        ends = (release.y - release.height / 2, release.y + release.height / 2)
        self._line(
            (release.at, release.at), ends, **_RELEASE, label=f"release {release.name}", zorder=2.1
        )

    def _step(self, step: Step) -> None:
        look = {"facecolor": self._level(step.level), "edgecolor": theme.PAPER, "linewidth": 0.8}
        name = {"label": f"{step.capability} {step.level}"}
        self._box((step.start, step.finish), step.y, step.height, **look, **name, zorder=2)

    def _level(self, level: int) -> str:
        """Darker for higher levels."""
        return theme.tint(_LEVEL, 0.92 - 0.72 * level / max(self.found.levels, 1))

    def _system(self, system: SystemBar) -> None:
        """The time for which it is alone, and that for which its replacement is live too."""
        ends = (0, system.live, system.finish)
        for kind, stretch in zip(("system", "parallel"), pairwise(ends), strict=True):
            look = {**_FILLS[kind], "label": f"{kind} {system.system}"}
            self._box(stretch, system.y, system.height, **look, zorder=2)

    def _bar(self, bar: Bar) -> None:
        """The bar, the wait until it takes effect, and a dark outline if it is critical."""
        if bar.effect > bar.finish:
            look = {"color": theme.GREY, "linewidth": 1.2, "zorder": 2.6}
            self._line((bar.finish, bar.effect), (bar.y, bar.y), **look, linestyle=(0, (1, 1)))
        turned = _CRITICAL if bar.critical else _PLAIN
        if bar.share is not None:
            turned = _FLOATS + (_DEAREST - _FLOATS) * bar.share
        look = self._fill(bar.group, turned) | (_DOUBT if bar.doubt else {})
        ends = (bar.start, bar.finish)
        self._box(ends, bar.y, bar.height, **look, label=bar.initiative, zorder=3)
        if bar.critical:
            outline = {"fill": False, "edgecolor": theme.INK, "linewidth": 1.4}
            self._box(ends, bar.y, bar.height, **outline, zorder=3.2)

    def _milestone(self, milestone: Milestone) -> None:
        look = {"color": theme.tint(self.style[milestone.group].colour, 0.15)}
        edge = {"markeredgecolor": theme.INK, "label": milestone.initiative}
        wide = 1.4 if milestone.critical else 0.5
        self._point(
            "milestone", milestone.at, milestone.y, milestone.height * 0.62, wide, **look, **edge
        )

    def _gate(self, gate: Gate) -> None:
        """A line, and on the row of the pilot a sign on it."""
        ends = (gate.y - gate.height / 2, gate.y + gate.height / 2)
        self._line((gate.at, gate.at), ends, **_DATE, label=f"gate of {gate.pilot}")
        if gate.sign:
            self._sign("gate", gate.at, gate.y, gate.sign)

    def _mark(self, mark: Mark) -> None:
        """A need's due date hangs above its lane; what becomes of it stands in the lane."""
        x, size = mark.at + mark.shift / self.found.across, max(mark.height * 0.55, _SEEN)
        y = mark.y - mark.height * 0.62 if mark.kind == "due" else mark.y
        if mark.kind == "due":
            ends = (y, mark.y + mark.height / 2)
            self._line((x, x), ends, **_DATE)
        self._sign(mark.kind, x, y, size)

    def _sign(self, kind: str, x: float, y: float, size: float) -> None:
        white = kind in ("due", "gate")
        colour = theme.PAPER if white else theme.IN_TIME if kind == "met" else theme.LATE
        edge = theme.INK if white else theme.PAPER
        self._point(kind, x, y, size, 0.8, color=colour, markeredgecolor=edge)

    def _point(self, kind: str, x: float, y: float, size: float, edge: float, **look: Any) -> None:
        """A shape of a size in inches."""
        self.axes.plot(
            [x],
            [y],
            marker=_SHAPES[kind],
            markersize=size * 72 * self.scale,
            markeredgewidth=edge * self.scale,
            linestyle="none",
            zorder=3.6,
            **look,
        )

    def _arrow(self, arrow: Arrow) -> None:
        """A thin line from corner to corner, broken for a required level, with a head."""
        dash = (0, (3, 1.5)) if arrow.kind == "level" else "solid"
        xs, ys = zip(*arrow.points, strict=True)
        look: dict[str, Any] = {"color": theme.MUTED, "linewidth": 0.7 * self.scale, "zorder": 2.4}
        self.axes.plot(xs, ys, linestyle=dash, solid_capstyle="butt", **look)
        (x0, _), (x1, y1) = arrow.points[-2:]
        turn = ">" if x1 >= x0 else "<"
        size = 4 * self.scale
        look["zorder"] = 3.5
        self.axes.plot([x1], [y1], marker=turn, markersize=size, linestyle="none", **look)

    def _entry(self, entry: Entry) -> None:
        """A sample in the legend."""
        x, wide = entry.x, 0.18 / self.found.across
        if entry.kind == "gate":
            self._line((x + wide / 2,) * 2, (entry.y - 0.08, entry.y + 0.08), **_DATE)
        if entry.kind in _SHAPES:
            size = 0.1 if entry.kind != "milestone" else 0.09
            if entry.kind == "milestone":
                look = {"color": theme.tint(theme.GREY, 0.3), "markeredgecolor": theme.INK}
                self._point(entry.kind, x + wide / 2, entry.y, size, 0.5, **look)
            else:
                self._sign(entry.kind, x + wide / 2, entry.y, size)
        elif entry.kind in _FILLS:
            self._box((x, x + wide), entry.y, 0.1, **_FILLS[entry.kind])
        elif entry.kind == "release":
            ends = (entry.y - 0.06, entry.y + 0.06)
            self._line((x + wide / 2, x + wide / 2), ends, **_RELEASE)
        elif entry.kind == "doubt":
            look = {"facecolor": theme.tint(theme.GREY, _FLOATS), **_DOUBT}
            self._box((x, x + wide), entry.y, 0.1, **look)
        elif entry.kind == "slip":
            for at, turned in enumerate((_FLOATS, (_FLOATS + _DEAREST) / 2, _DEAREST)):
                ends = (x + wide * at / 3, x + wide * (at + 1) / 3)
                self._box(ends, entry.y, 0.1, facecolor=theme.tint(theme.GREY, turned))
        elif entry.kind == "critical":
            look = {"facecolor": theme.tint(theme.GREY, 0.5), "edgecolor": theme.INK}
            self._box((x, x + wide), entry.y, 0.1, **look, linewidth=1.4)
        else:
            dash = {"ramp": (0, (1, 1)), "level": (0, (3, 1.5))}.get(entry.kind, "solid")
            ends = (entry.y, entry.y)
            self._line((x, x + wide), ends, color=theme.MUTED, linewidth=1.0, linestyle=dash)

    def _words(self, words: Words) -> None:
        look: dict[str, Any] = {"ha": words.side, "weight": "bold" if words.bold else "normal"}
        if words.tone == "beside" and self.found.arrows:  # arrows pass behind it, not through it
            look["bbox"] = {"facecolor": theme.PAPER, "alpha": 0.85, "linewidth": 0, "pad": 0.6}
        if words.tone == "group" and self.style[words.ground].hatch:  # the pattern stops for it
            fill = theme.tint(self.style[words.ground].colour, _PLAIN)
            look["bbox"] = {"facecolor": fill, "linewidth": 0, "pad": 0.6}
        if (words.tone, words.ground) == ("system", "parallel"):  # likewise
            look["bbox"] = {"facecolor": _PARALLEL, "linewidth": 0, "pad": 0.6}
        look |= {"fontsize": words.size * self.scale, "color": self._tone(words), "zorder": 5}
        theme.label(self.axes, words.x, words.y, words.text, **look)

    def _tone(self, words: Words) -> str:
        if words.tone == "system":
            return theme.ink_on(_SYSTEM)
        if words.tone == "level":
            return theme.ink_on(self._level(int(words.ground)))
        if words.tone == "group":
            return theme.ink_on(theme.tint(self.style[words.ground].colour, _CRITICAL))
        return theme.INK if words.tone == "ink" else theme.MUTED
