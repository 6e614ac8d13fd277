"""The systems of a Gantt chart: each from today until it is retired, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from roadmap._text import brief
from roadmap.facts import System
from roadmap.plan import Plan
from roadmap.render import theme
from roadmap.render._gantt_frame import GAP, SMALL, Frame
from roadmap.render._gantt_shapes import SystemBar, Words

_STRIP = 0.62  # share of a row that a system's bar takes


def bar(plan: Plan, system: System, y: float, frame: Frame) -> SystemBar:
    """A system's bar, cut to the timeline."""
    finish = plan.retired(system)
    end = frame.periods if finish is None else finish
    go_live = plan.finished(system.replaced_by)
    live = end if go_live is None else min(go_live, end)
    return SystemBar(system.name, live, end, finish is not None, y, frame.pitch * _STRIP)


def said(system: System, shape: SystemBar, unit: str) -> str:
    """What stands on a system's bar: what it costs a period, and whether it stays."""
    cost = system.run_cost + system.debt_interest
    parts = [f"costs {brief(cost)} a {unit}"] if cost else []
    return " · ".join(parts if shape.retired else [*parts, "not retired"])


def words(shape: SystemBar, text: str, frame: Frame) -> Iterator[Words]:
    """Write on either stretch of a system's bar, or right of it, if it fits; else not at all."""
    size, gap = min(SMALL, frame.size), GAP / frame.across
    wide = (theme.measure(text, size) + 2 * GAP) / frame.across
    if not text:
        return
    if wide <= shape.live:
        yield Words(gap, shape.y, text, size, tone="system", ground="alone")
    elif shape.live + wide <= shape.finish:
        yield Words(shape.live + gap, shape.y, text, size, tone="system", ground="parallel")
    elif shape.finish + wide <= frame.x(frame.end):
        yield Words(shape.finish + gap, shape.y, text, size, tone="beside")
