"""Where everything on a Gantt chart stands: a pure function from a plan to shapes and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from roadmap.critical import critical_chain
from roadmap.errors import Fault, ScheduleError
from roadmap.facts import System
from roadmap.plan import Plan
from roadmap.render import _gantt_calendars as calendars
from roadmap.render import _gantt_capabilities as upper
from roadmap.render import _gantt_margins as margins
from roadmap.render import _gantt_systems as legacy
from roadmap.render import _gantt_work as lower
from roadmap.render._gantt_frame import EDGE, GAP, INDENT, Frame, frame
from roadmap.render._gantt_gates import gates
from roadmap.render._gantt_rows import Area, Group, areas, groups
from roadmap.render._gantt_shapes import (
    Arrow,
    Band,
    Bar,
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
from roadmap.render._slips import SlipsLike, Worth, worths
from roadmap.result import Result

_Thing = TypeVar("_Thing", Lane, Band, Release, Bar, Milestone, Gate, Step, Mark, SystemBar, Words)
_NOTHING = "nothing is scheduled"
_HEAD = 1.35  # rows that the head of a part takes
_BETWEEN = 0.5  # rows of white above it
_TALL = 9.0  # inches of lanes beyond which the calendar stands below them as well


@attrs.define
class _Sheet:
    """What the rows fill, from top to bottom."""

    plan: Plan
    frame: Frame
    chain: frozenset[str]
    y: float
    worths: Mapping[str, Worth] = attrs.field(factory=dict)
    lanes: list[Lane] = attrs.field(factory=list)
    bands: list[Band] = attrs.field(factory=list)
    releases: list[Release] = attrs.field(factory=list)
    bars: list[Bar] = attrs.field(factory=list)
    milestones: list[Milestone] = attrs.field(factory=list)
    gates: list[Gate] = attrs.field(factory=list)
    steps: list[Step] = attrs.field(factory=list)
    marks: list[Mark] = attrs.field(factory=list)
    systems: list[SystemBar] = attrs.field(factory=list)
    words: list[Words] = attrs.field(factory=list)

    def lane(self, name: str, kind: str, rows: float = 1.0, group: str = "") -> float:
        """Open the next row, and give its middle."""
        height = rows * self.frame.pitch
        plain = kind in ("capability", "system", "work")
        shaded = plain and bool(self.lanes) and not self.lanes[-1].shaded
        middle = self.y + height / 2
        self.lanes.append(Lane(name, kind, middle, height, group, shaded))
        self.y += height
        return middle


def layout(
    plan: Result | Plan,
    *,
    group: str | None = "category",
    capabilities: bool = True,
    systems: bool = True,
    arrows: bool = False,
    critical: bool = True,
    slips: SlipsLike | None = None,
    width: float | None = None,
) -> GanttLayout:
    """Lay a Gantt chart out; nothing is drawn.

    Parameters
    ----------
    plan, group, capabilities, systems, arrows, critical, slips
        As for ``gantt``.
    width
        Width in inches; default 11, or 13.3 for many rows.

    Raises
    ------
    ScheduleError
        There is no schedule to lay out.
    FaultyInputError
        ``group`` is not known.
    """
    base = _plan(plan)
    shown, parts = areas(base.portfolio) if capabilities else (), groups(base, group)
    old = base.portfolio.systems if systems else ()
    sizes = _frame(base, shown, old, parts, width)
    chain = critical_chain(base) if critical else ()
    head = margins.head(plan, sizes)
    sheet = _Sheet(base, sizes, frozenset(chain), 0.0, worths(slips, base.portfolio.timeline.unit))
    _fill_areas(sheet, shown)
    _fill_systems(sheet, old)
    _fill_work(sheet, parts, group)
    drawn = tuple(_arrows(sheet)) if arrows else ()
    _fill_closed(sheet)
    shapes = (sheet.bars, sheet.milestones, sheet.marks, drawn)
    legend = margins.legend(*shapes, _others(sheet), sizes, head.bottom)
    return _assemble(sheet, parts, chain, drawn, head, legend)


def _plan(plan: Result | Plan) -> Plan:
    if isinstance(plan, Plan):
        return plan
    if plan.schedule is None:
        fault = Fault("schedule", "it is not there, so there is nothing to draw", plan.headline)
        raise ScheduleError([fault], "the result")
    return Plan(plan.problem.portfolio, plan.schedule)


def _frame(
    plan: Plan,
    shown: Sequence[Area],
    old: Sequence[System],
    parts: Sequence[Group],
    width: float | None,
) -> Frame:
    names = [(area.name, area.depth * INDENT) for area in shown]
    names += [(system.name, 0.0) for system in old]
    names += [(name, _indent(part)) for part in parts for name in part.members]
    names += [] if parts else [(_NOTHING, 0.0)]
    heads = sum(bool(part.name) for part in parts)
    return frame(names, len(names) + heads, plan.portfolio.timeline.periods, width)


def _indent(part: Group) -> float:
    return INDENT if part.name else 0.0


def _fill_areas(sheet: _Sheet, shown: Sequence[Area]) -> None:
    """Add a row for each capability: its name, its steps, their numbers, its marks."""
    if shown:
        _section(sheet, "Capabilities")
    for area in shown:
        y = sheet.lane(area.name, "capability" if area.moving else "area")
        sheet.words += sheet.frame.name(area.name, y, area.depth * INDENT)
        if area.moving:
            found = list(upper.steps(sheet.plan, area.name, y, sheet.frame))
            marks = upper.marks(sheet.plan, area.name, y, sheet.frame)
            sheet.words += upper.numbers(found, marks, sheet.frame)
            sheet.steps += found
            sheet.marks += marks


def _fill_systems(sheet: _Sheet, old: Sequence[System]) -> None:
    """Add a row for each system: its name, its bar, and what is written on that."""
    if old:
        _section(sheet, "Systems")
    for system in old:
        y = sheet.lane(system.name, "system")
        sheet.words += sheet.frame.name(system.name, y)
        shape = legacy.bar(sheet.plan, system, y, sheet.frame)
        told = legacy.said(system, shape, sheet.plan.portfolio.timeline.unit)
        sheet.words += legacy.words(shape, told, sheet.frame)
        sheet.systems.append(shape)


def _fill_work(sheet: _Sheet, parts: Sequence[Group], by: str | None) -> None:
    """Add the groups of work, each with its head."""
    named = any(part.name for part in parts)
    _section(sheet, f"Work by {by}" if named else "Work")
    for part in parts:
        if part.name:
            y = sheet.lane(part.name, "group", 1.15, part.name)
            count = f"{part.name}  ({len(part.members)})"
            sheet.words += sheet.frame.name(count, y, INDENT, bold=True)
        for name in part.members:
            _add_work(sheet, name, part)
    if not parts:
        y = sheet.lane("", "work")
        sheet.words += sheet.frame.name(_NOTHING, y)


def _add_work(sheet: _Sheet, name: str, part: Group) -> None:
    """Add a row: its name, its bar or diamond, its gates, and what is written beside that."""
    plan, sizes, critical = sheet.plan, sheet.frame, name in sheet.chain
    y = sheet.lane(name, "work", group=part.name)
    sheet.words += sizes.name(name, y, _indent(part), bold=critical)
    shape: Bar | Milestone
    if plan.placed[name].finish > plan.placed[name].start:
        worth = sheet.worths.get(name)
        shape = lower.bar(plan, name, y, sizes, part.name, critical, worth)
        sheet.bars.append(shape)
    else:
        shape = lower.milestone(plan, name, y, sizes, part.name, critical)
        sheet.milestones.append(shape)
    told = lower.said(plan, name, sheet.worths.get(name))
    here = tuple(gates(plan, name, y, sizes))
    sheet.words += lower.beside(shape, told, here, sizes)
    sheet.gates += here


def _fill_closed(sheet: _Sheet) -> None:
    """Add what stands behind the rows of the work: closed times and release dates."""
    sheet.bands += calendars.bands(sheet.plan, sheet.lanes, sheet.frame)
    sheet.releases += calendars.releases(sheet.plan, sheet.lanes, sheet.frame)


def _others(sheet: _Sheet) -> set[str]:
    """Kinds of what is drawn beside bars, milestones, marks of needs and arrows."""
    found = {
        "release": sheet.releases,
        "gate": sheet.gates,
        "system": [shape for shape in sheet.systems if shape.live > 0],
        "parallel": [shape for shape in sheet.systems if shape.finish > shape.live],
    }
    return {band.kind for band in sheet.bands} | {kind for kind, those in found.items() if those}


def _section(sheet: _Sheet, told: str) -> None:
    """Add the head of a part."""
    if sheet.lanes:
        sheet.y += _BETWEEN * sheet.frame.pitch
    y, sizes = sheet.lane(told, "section", _HEAD), sheet.frame
    sheet.words.append(Words(sizes.x(EDGE), y, told, sizes.size + 1, bold=True))


def _arrows(sheet: _Sheet) -> Iterator[Arrow]:
    rows = {lane.name: lane.y for lane in sheet.lanes if lane.kind == "work" and lane.name}
    return lower.arrows(sheet.plan, rows, sheet.frame)


def _assemble(
    sheet: _Sheet,
    parts: Sequence[Group],
    chain: tuple[str, ...],
    drawn: tuple[Arrow, ...],
    head: margins.Part,
    legend: margins.Legend,
) -> GanttLayout:
    """Put the rows below the head, and the calendars above and below them."""
    sizes, facts = sheet.frame, sheet.plan.portfolio
    calendar = margins.calendar(facts.timeline, sizes, legend.bottom)
    top = calendar.bottom + GAP
    bottom = top + sheet.y
    foot = bottom + GAP if sheet.y > _TALL else None
    below = calendar if foot is None else margins.calendar(facts.timeline, sizes, foot)
    absent = margins.absent(sheet.plan, sizes, bottom if foot is None else below.bottom)
    return GanttLayout(
        width=sizes.width,
        height=absent.bottom + EDGE,
        left=sizes.left,
        across=sizes.across,
        top=top,
        bottom=bottom,
        calendars=(calendar.top,) if foot is None else (calendar.top, below.top),
        ticks=calendar.ticks,
        groups=tuple(part.name for part in parts),
        levels=max((step.level for step in sheet.steps), default=0),
        chain=chain,
        left_out=absent.left_out,
        missing=absent.missing,
        lanes=_down(sheet.lanes, top),
        bands=_down(sheet.bands, top),
        releases=_down(sheet.releases, top),
        bars=_down(sheet.bars, top),
        milestones=_down(sheet.milestones, top),
        gates=_down(sheet.gates, top),
        steps=_down(sheet.steps, top),
        marks=_down(sheet.marks, top),
        systems=_down(sheet.systems, top),
        arrows=tuple(_arrow_down(arrow, top) for arrow in drawn),
        years=calendar.years,
        legend=legend.entries,
        words=(
            *head.words,
            *legend.words,
            *calendar.words,
            *(() if foot is None else below.words),
            *_down(sheet.words, top),
            *absent.words,
        ),
    )


def _down(things: Sequence[_Thing], by: float) -> tuple[_Thing, ...]:
    """Move things down."""
    return tuple(attrs.evolve(thing, y=thing.y + by) for thing in things)


def _arrow_down(arrow: Arrow, by: float) -> Arrow:
    return attrs.evolve(arrow, points=tuple((x, y + by) for x, y in arrow.points))
