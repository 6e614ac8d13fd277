"""The upper part of a Gantt chart: the level of each capability over time, and what needs it."""

from __future__ import annotations

from collections.abc import Iterator

from roadmap.plan import Plan
from roadmap.render import theme
from roadmap.render._gantt_frame import Frame
from roadmap.render._gantt_shapes import Mark, Step, Words

_STRIP = 0.62  # share of a row that its steps take
_MARK = 0.62  # width of a mark, as a share of a row's strip


def steps(plan: Plan, capability: str, y: float, frame: Frame) -> Iterator[Step]:
    """The levels of a capability from today to the end of the timeline."""
    rising = plan.levels(capability)
    ends = (*(time for time, _ in rising[1:]), frame.periods)
    for (time, level), end in zip(rising, ends, strict=True):
        if end > time:
            yield Step(capability, level, time, end, y, frame.pitch * _STRIP)


def marks(plan: Plan, capability: str, y: float, frame: Frame) -> list[Mark]:
    """When the needs for a capability are due, and when they are met; equals share one mark."""
    told: dict[tuple[int, str], list[str]] = {}
    for need in plan.portfolio.needs:
        if need.capability == capability:
            for key in _fates(plan, need.label):
                told.setdefault(key, []).append(need.label)
    height, taken = frame.pitch * _STRIP, dict[int, float]()
    found: list[Mark] = []
    for (at, kind), needs in sorted(told.items()):
        shift = 0.0 if kind == "due" else taken.get(at, frame.pitch / 2 if kind == "never" else 0)
        taken[at] = taken.get(at, 0.0) if kind == "due" else shift + 1.2 * _MARK * height
        found.append(Mark(kind, capability, tuple(needs), at, shift, y, height))
    return found


def _fates(plan: Plan, label: str) -> Iterator[tuple[int, str]]:
    """Where a need is marked, and as what; nowhere if today's level alone meets it."""
    need, timeline = plan.portfolio.need[label], plan.portfolio.timeline
    there = need.level <= plan.portfolio.capability[need.capability].level
    if there and not need.gated_by:
        return
    due, time = need.loss.due(timeline), plan.met(need)
    if due is not None and 0 <= due <= timeline.periods:
        yield due, "due"
    if time is None:
        yield timeline.periods, "never"
    else:
        yield time, "late" if due is not None and time > due else "met"


def numbers(steps_: list[Step], marks_: list[Mark], frame: Frame) -> Iterator[Words]:
    """The number of each level, at the beginning of its step, clear of marks."""
    width = frame.pitch * _STRIP * _MARK
    due = sorted(mark.at for mark in marks_ if mark.kind == "due")
    for step in steps_:
        told, size = str(step.level), max(frame.size * 0.9, 6.5)
        here = [m.shift + width / 2 for m in marks_ if m.at == step.start and m.kind != "due"]
        begin, wide = max(here, default=0.0) + 0.05, theme.measure(told, size, "bold")
        for at in due:  # the line of a due date that would go through the number comes before it
            if begin - 0.05 < (line := (at - step.start) * frame.across) < begin + wide + 0.02:
                begin = line + 0.05
        room = (step.finish - step.start) * frame.across - begin - width / 2
        if wide <= room:
            x = step.start + begin / frame.across
            yield Words(x, step.y, told, size, tone="level", bold=True, ground=told)
