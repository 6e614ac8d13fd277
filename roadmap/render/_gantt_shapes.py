"""What a Gantt chart is made of, as plain data.

An x is a boundary of the timeline; a y is inches down from the top of the chart; a size of
letters is points. Nothing here knows how anything is drawn.
"""

from __future__ import annotations

import attrs


@attrs.frozen
class Words:
    """A text with a place of its own.

    Attributes
    ----------
    x, y
        Where its edge (see ``side``) and its middle line stand.
    text
        What is written; what it was shortened from is known to its lane.
    size
        Size of the letters in points.
    side
        Which edge of it stands at x: ``"left"``, ``"center"`` or ``"right"``.
    tone
        ``"ink"``, ``"muted"``, ``"beside"`` (a bar), ``"group"`` (on a bar of ``ground``),
        ``"level"`` (on a step at the level ``ground``) or ``"system"`` (on a system's bar).
    bold
        Whether it is set in bold.
    ground
        The group or level whose colour it stands on; of a system ``"parallel"`` where it runs
        beside its replacement and ``"alone"`` where it does not; empty on white.
    """

    x: float
    y: float
    text: str
    size: float
    side: str = "left"
    tone: str = "ink"
    bold: bool = False
    ground: str = ""


@attrs.frozen
class Lane:
    """A row of the chart.

    Attributes
    ----------
    name
        The capability, system, initiative or group, in full.
    kind
        ``"section"``, ``"capability"``, ``"area"`` (a capability that only holds others),
        ``"system"``, ``"group"`` or ``"work"``.
    y
        Its middle.
    height
        How tall it is.
    group
        The group that it heads or belongs to; empty for capabilities and systems, and where
        nothing is grouped.
    shaded
        Whether it is a little darker than its neighbours, for the eye to follow.
    """

    name: str
    kind: str
    y: float
    height: float
    group: str = ""
    shaded: bool = False


@attrs.frozen
class Bar:
    """An initiative that takes time.

    Attributes
    ----------
    initiative
        Its name.
    start, finish
        Its boundaries, cut to the timeline.
    y, height
        Its middle and how tall it is.
    group
        The group that it belongs to; empty where nothing is grouped.
    critical
        Whether it is in the critical chain.
    effect
        The boundary from which what it raises holds: its finish and its ramp.
    cut
        Whether a part of it lies outside the timeline.
    share
        What a period's slip of it costs, over the dearest; ``None`` where that is not shown.
    doubt
        Whether that slip may cost more than is proven.
    """

    initiative: str
    start: int
    finish: int
    y: float
    height: float
    group: str
    critical: bool
    effect: int
    cut: bool = False
    share: float | None = None
    doubt: bool = False


@attrs.frozen
class Milestone:
    """An initiative that takes no time; it stands at a boundary."""

    initiative: str
    at: int
    y: float
    height: float
    group: str
    critical: bool


@attrs.frozen
class Step:
    """A stretch of time in which a capability is at a level."""

    capability: str
    level: int
    start: int
    finish: int
    y: float
    height: float


@attrs.frozen
class Mark:
    """What becomes of needs at a boundary.

    Attributes
    ----------
    kind
        ``"due"``, ``"met"`` (in time, or with nothing due), ``"late"`` or ``"never"``.
    capability
        The lane that it stands in.
    needs
        Labels of the needs that it speaks of.
    at
        The boundary.
    shift
        Inches to the right of the boundary, where others stand there already.
    y, height
        The middle of the lane and how tall the lane's steps are.
    """

    kind: str
    capability: str
    needs: tuple[str, ...]
    at: int
    shift: float
    y: float
    height: float


@attrs.frozen
class SystemBar:
    """A system, from the start of the timeline until it is retired.

    Attributes
    ----------
    system
        Its name.
    live
        The boundary at which its replacement goes live, from where both run in parallel; its
        finish where they never do.
    finish
        The boundary at which it is retired, cut to the timeline; the end of the timeline where
        the plan does not retire it.
    retired
        Whether the plan retires it within the timeline.
    y, height
        Its middle and how tall it is.
    """

    system: str
    live: int
    finish: int
    retired: bool
    y: float
    height: float


@attrs.frozen
class Gate:
    """The date from which a pilot's outcome is known, on a row that it concerns.

    Attributes
    ----------
    pilot
        The initiative that is the pilot.
    initiative
        The initiative of the row: the pilot, or what may not start before the gate.
    at
        The boundary.
    y, height
        The middle of the row and how tall it is.
    sign
        Inches that the sign on the pilot's row takes; 0 on other rows, where a line stands alone.
    """

    pilot: str
    initiative: str
    at: int
    y: float
    height: float
    sign: float


@attrs.frozen
class Band:
    """A time in which the work of some rows does not go live, or is not done.

    Attributes
    ----------
    kind
        ``"freeze"`` or ``"blackout"``.
    name
        Its name.
    start, finish
        Its boundaries, cut to the timeline.
    y, height
        The middle of the rows and how tall they are together.
    """

    kind: str
    name: str
    start: int
    finish: int
    y: float
    height: float


@attrs.frozen
class Release:
    """A date on which the work of some rows may go live; it stands at a boundary."""

    name: str
    at: int
    y: float
    height: float


@attrs.frozen
class Arrow:
    """What waits for what.

    Attributes
    ----------
    before, after
        The two initiatives.
    kind
        ``"dependency"``, or ``"level"`` when the one attains a level that the other requires.
    points
        Corners of its line, from the one to the other.
    """

    before: str
    after: str
    kind: str
    points: tuple[tuple[float, float], ...]


@attrs.frozen
class Entry:
    """An entry of the legend: what is shown, and where its sample stands."""

    kind: str
    told: str
    x: float
    y: float


@attrs.frozen
class Year:
    """A fiscal year's share of the timeline, and its name."""

    start: int
    finish: int
    told: str
    shaded: bool


@attrs.frozen
class GanttLayout:
    """A Gantt chart before it is drawn.

    Attributes
    ----------
    width, height
        Size in inches.
    left
        Inches from the left edge to the start of the timeline.
    across
        Inches that a period takes.
    top, bottom
        Where the lanes begin and end.
    calendars
        The y at which each calendar begins: above the lanes, and below them in tall charts.
    ticks
        Boundaries with a line and a name in the calendar.
    groups
        Names of the groups, in order.
    levels
        The highest level that is shown.
    chain
        The critical chain, from first to last; empty if it is not asked for.
    left_out
        Optional initiatives that are not in the plan.
    missing
        Mandatory initiatives that are not in the plan.
    lanes, bands, releases, bars, milestones, gates, steps, marks, systems, arrows, years
        What is drawn, from top to bottom.
    legend, words
        What explains it, likewise.
    """

    width: float
    height: float
    left: float
    across: float
    top: float
    bottom: float
    calendars: tuple[float, ...]
    ticks: tuple[int, ...]
    groups: tuple[str, ...]
    levels: int
    chain: tuple[str, ...]
    left_out: tuple[str, ...]
    missing: tuple[str, ...]
    lanes: tuple[Lane, ...]
    bands: tuple[Band, ...]
    releases: tuple[Release, ...]
    bars: tuple[Bar, ...]
    milestones: tuple[Milestone, ...]
    gates: tuple[Gate, ...]
    steps: tuple[Step, ...]
    marks: tuple[Mark, ...]
    systems: tuple[SystemBar, ...]
    arrows: tuple[Arrow, ...]
    years: tuple[Year, ...]
    legend: tuple[Entry, ...]
    words: tuple[Words, ...]

    def x(self, inches: float) -> float:
        """An x so many inches from the left edge of the chart."""
        return (inches - self.left) / self.across
