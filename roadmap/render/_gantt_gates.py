"""The gates of pilots on a Gantt chart: on the pilot's row, and where work hangs on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roadmap.plan import Plan
from roadmap.render._gantt_frame import GAP, Frame
from roadmap.render._gantt_shapes import Gate

_SIGN = 0.66  # share of a row that the sign on a pilot's gate takes
_LINE = 0.04  # inches that words leave to the line of a gate


def gates(plan: Plan, name: str, y: float, frame: Frame) -> Iterator[Gate]:
    """The gate of an initiative that is a pilot, and those before which it may not start."""
    for pilot in plan.portfolio.pilots:
        if name in (pilot.initiative, *pilot.follow_on):
            at = plan.portfolio.timeline.starting(pilot.gate)
            sign = frame.pitch * _SIGN if name == pilot.initiative else 0.0
            yield Gate(pilot.initiative, name, at, y, frame.pitch, sign)


def clear_of(
    gates_: Sequence[Gate], ends: tuple[float, float], wide: float, frame: Frame
) -> tuple[float, float]:
    """Move the ends of a shape past the gates that would go through the words beside it.

    Parameters
    ----------
    gates_
        The gates on its row.
    ends
        Where it begins and ends, in inches from the left edge of the chart.
    wide
        Inches that the words take, left or right of it.
    frame
        The measures of the chart.
    """
    first, last = ends
    middles = ((frame.inches(gate.at), max(gate.sign, _LINE) / 2) for gate in gates_)
    taken = sorted((at - half, at + half) for at, half in middles)
    for left, right in taken:
        if right > last and left < last + GAP + wide:
            last = right
    for left, right in reversed(taken):
        if left < first and right > first - GAP - wide:
            first = left
    return first, last
