"""What stands around the rows of a Gantt chart: title, legend, calendar, work left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import attrs

from roadmap.plan import Plan
from roadmap.render import theme
from roadmap.render._gantt_frame import EDGE, SMALL, Frame
from roadmap.render._gantt_shapes import Arrow, Bar, Entry, Mark, Milestone, Words, Year
from roadmap.render._stage import Tick, ticks, years
from roadmap.result import Result
from roadmap.timeline import Timeline

_TITLE, _TEXT, _LIST = 14.0, 8.5, 7.5  # points
_LINE = 0.17  # inches from a line of text to the next
_SAMPLE = 0.26  # inches that a sample in the legend takes
_APART = 0.3  # inches between its entries
_YEAR, _TICK = 0.20, 0.17  # inches that the rows of the calendar take
_NAME = 2.6  # inches that a name in the list of work left out takes at most
_MOST = 8  # lines that such a list takes at most
_TOLD = {
    "step": "level of a capability",
    "due": "need is due",
    "met": "need is met in time",
    "late": "need is met late",
    "never": "need is not met",
    "system": "system in use",
    "parallel": "parallel run with its replacement",
    "critical": "critical chain",
    "milestone": "milestone",
    "gate": "gate of a pilot and of its follow-on work",
    "ramp": "until it takes effect",
    "slip": "the darker, the dearer a period's slip",
    "doubt": "slip not proven: it may cost more",
    "dependency": "dependency",
    "level": "required level",
    "freeze": "nothing goes live",
    "blackout": "nobody works",
    "release": "release date",
}


@attrs.frozen
class Part:
    """Words, and the y at which they end."""

    words: tuple[Words, ...]
    bottom: float


@attrs.frozen
class Legend:
    """Samples with their words, and the y at which they end."""

    entries: tuple[Entry, ...]
    words: tuple[Words, ...]
    bottom: float


@attrs.frozen
class Calendar:
    """The fiscal years, and below them the periods."""

    words: tuple[Words, ...]
    years: tuple[Year, ...]
    ticks: tuple[int, ...]
    top: float
    bottom: float


@attrs.frozen
class Absent:
    """The work that is not in the plan, in words."""

    left_out: tuple[str, ...]
    missing: tuple[str, ...]
    words: tuple[Words, ...]
    bottom: float


def head(plan: Result | Plan, frame: Frame) -> Part:
    """The portfolio's name, and below it how the plan stands."""
    facts = plan.portfolio if isinstance(plan, Plan) else plan.problem.portfolio
    room, x = frame.end - EDGE, frame.x(EDGE)
    title = theme.shorten(facts.name or "Roadmap", room, _TITLE, "bold")
    words = [Words(x, EDGE + 0.08, title, _TITLE, bold=True)]
    y = EDGE + 0.36
    for row in theme.wrap(_headline(plan), room, _TEXT, 2):
        words.append(Words(x, y, row, _TEXT, tone="muted"))
        y += _LINE
    return Part(tuple(words), y)


def _headline(plan: Result | Plan) -> str:
    """How many initiatives over which time, and how good that is known to be."""
    if isinstance(plan, Result):
        base = Plan(plan.problem.portfolio, plan.require())
        return f"{plan.headline[:1].upper()}{plan.headline[1:]}  ·  {_extent(base)}"
    return _extent(plan)


def _extent(plan: Plan) -> str:
    timeline, count = plan.portfolio.timeline, len(plan.placed)
    work = f"{count} initiative{'' if count == 1 else 's'}"
    return f"{work}, {timeline.label(0)} to {timeline.until(timeline.periods)}"


def legend(
    bars: Sequence[Bar],
    milestones: Sequence[Milestone],
    marks: Sequence[Mark],
    arrows: Sequence[Arrow],
    others: Collection[str],
    frame: Frame,
    y: float,
) -> Legend:
    """Explain what occurs, and nothing else, in as many rows as it takes.

    Parameters
    ----------
    bars, milestones, marks, arrows
        What is drawn.
    others
        Kinds of whatever else is drawn.
    frame
        The measures of the chart.
    y
        Where it begins.
    """
    kinds = {mark.kind for mark in marks} | {arrow.kind for arrow in arrows} | set(others)
    if any(bar.critical for bar in bars) or any(each.critical for each in milestones):
        kinds.add("critical")
    if any(bar.effect > bar.finish for bar in bars):
        kinds.add("ramp")
    if milestones:
        kinds.add("milestone")
    if any(bar.share is not None for bar in bars):
        kinds.add("slip")
    if any(bar.doubt for bar in bars):
        kinds.add("doubt")
    entries: list[Entry] = []
    left, y = EDGE, y + 0.06
    for kind, told in _TOLD.items():
        if kind in kinds:
            wide = _SAMPLE + theme.measure(told, SMALL)
            if left > EDGE and left + wide > frame.end:
                left, y = EDGE, y + _LINE
            entries.append(Entry(kind, told, frame.x(left), y))
            left += wide + _APART
    step = _SAMPLE / frame.across
    words = tuple(Words(e.x + step, e.y, e.told, SMALL, tone="muted") for e in entries)
    return Legend(tuple(entries), words, y + _LINE)


def calendar(timeline: Timeline, frame: Frame, y: float) -> Calendar:
    """The fiscal years as a band, and as many periods as can be read below it."""
    points = frame.across * 72
    shown = _years(timeline)
    words = [*_year_words(timeline, shown, frame, y + _YEAR / 2)]
    names = ticks(timeline, points)
    line = y + _YEAR + _TICK / 2
    for tick in names:
        inch, told = frame.inches(tick.boundary) + 0.03, _told(timeline, tick)
        if inch + theme.measure(told, SMALL) <= frame.end:
            words.append(Words(frame.x(inch), line, told, SMALL, tone="muted"))
    marks = tuple(tick.boundary for tick in names)
    return Calendar(tuple(words), shown, marks, y, y + _YEAR + _TICK)


def _told(timeline: Timeline, tick: Tick) -> str:
    """What a tick says; where the band tells fiscal years, January tells the calendar's."""
    first = timeline.day(tick.boundary)
    plain = timeline.fiscal_year_start == 1 or timeline.unit in ("day", "week")
    return tick.told if plain or first.month > 1 else str(first.year)


def _years(timeline: Timeline) -> tuple[Year, ...]:
    """Every fiscal year of the timeline."""
    called = "FY {}" if timeline.fiscal else "{}"
    first: dict[int, int] = {}
    for period in range(timeline.periods):
        first.setdefault(timeline.fiscal_year(period), period)
    ends = (*list(first.values())[1:], timeline.periods)
    return tuple(
        Year(start, end, called.format(year), bool(at % 2))
        for at, ((year, start), end) in enumerate(zip(first.items(), ends, strict=True))
    )


def _year_words(
    timeline: Timeline, shown: Sequence[Year], frame: Frame, y: float
) -> Iterator[Words]:
    """Name the fiscal years, thinned where they are narrow."""
    ends = {year.start: year.finish for year in shown}
    marks = years(timeline, frame.across * 72)
    step = len(shown) / max(len(marks), 1)
    for mark in marks:
        room = (ends[mark.boundary] - mark.boundary) * frame.across - 0.08
        if step > 1 or theme.measure(mark.told, SMALL, "bold") <= room:
            x = mark.boundary + 0.04 / frame.across
            yield Words(x, y, mark.told, SMALL, bold=True)


def absent(plan: Plan, frame: Frame, y: float) -> Absent:
    """List the work that is not in the plan: what may be left out, and what may not."""
    gone = [each for each in plan.portfolio.initiatives if each.name not in plan.placed]
    left_out = tuple(each.name for each in gone if each.optional)
    missing = tuple(each.name for each in gone if not each.optional)
    words: list[Words] = []
    for told, names in (
        ("Left out of the plan", left_out),
        ("Missing, though not optional", missing),
    ):
        if names:
            words += _listed(f"{told} ({len(names)})", names, frame, y + 0.2)
            y = words[-1].y + 0.1
    return Absent(left_out, missing, tuple(words), y)


def _listed(told: str, names: Sequence[str], frame: Frame, y: float) -> Iterator[Words]:
    """A head, and below it the names, a comma between them, in rows of whole names."""
    x, room = frame.x(EDGE), frame.end - EDGE
    yield Words(x, y, told, _TEXT, bold=True)
    rows = list(_rows(names, room))
    for at, row in enumerate(rows[:_MOST]):
        text = ", ".join(row)
        if at == _MOST - 1 and len(rows) > _MOST:
            rest = sum(map(len, rows[_MOST:]))
            text = theme.shorten(text, room - 1.2, _LIST) + f" and {rest} more"
        yield Words(x, y + (at + 1) * _LINE, text, _LIST, tone="muted")


def _rows(names: Sequence[str], room: float) -> Iterator[list[str]]:
    """Fill rows with names, each cut to a bearable length."""
    row: list[str] = []
    for name in names:
        short = theme.shorten(name, _NAME, _LIST)
        if row and theme.measure(", ".join([*row, short]) + ",", _LIST) > room:
            yield row
            row = []
        row.append(short)
    yield row
