"""The lower part of a Gantt chart: a row for each piece of work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roadmap.critical import deciders
from roadmap.facts import Dependency
from roadmap.plan import Plan
from roadmap.render import theme
from roadmap.render._gantt_frame import GAP, SMALL, Frame
from roadmap.render._gantt_gates import clear_of
from roadmap.render._gantt_shapes import Arrow, Bar, Gate, Milestone, Words
from roadmap.render._slips import Worth

_THICK = 0.64  # share of a row that its bar takes
_ELBOW = 0.06  # inches that an arrow runs before it turns
_LEAST = 0.8  # inches under which words beside a bar are not worth cutting to


def bar(
    plan: Plan,
    name: str,
    y: float,
    frame: Frame,
    group: str,
    critical: bool,
    worth: Worth | None = None,
) -> Bar:
    """An initiative's bar, cut to the timeline."""
    place, ramp = plan.placed[name], plan.portfolio.initiative[name].ramp
    start, finish = (min(max(at, 0), frame.periods) for at in (place.start, place.finish))
    effect = min(max(place.finish + ramp, finish), frame.periods)
    cut = (start, finish) != (place.start, place.finish)
    height = frame.pitch * _THICK
    share = None if worth is None else worth.share
    doubt = worth is not None and not worth.proven
    return Bar(name, start, finish, y, height, group, critical, effect, cut, share, doubt)


def milestone(
    plan: Plan, name: str, y: float, frame: Frame, group: str, critical: bool
) -> Milestone:
    """An initiative that takes no time."""
    at = min(max(plan.placed[name].start, 0), frame.periods)
    return Milestone(name, at, y, frame.pitch * _THICK, group, critical)


def said(plan: Plan, name: str, worth: Worth | None = None) -> str:
    """What stands on a bar: mode, levels raised, what a slip costs, dates not to be seen."""
    place, timeline = plan.placed[name], plan.portfolio.timeline
    raises = plan.portfolio.initiative[name].raises.items()
    parts = [place.mode or "", ", ".join(f"{area} → {level}" for area, level in raises)]
    parts += [] if worth is None else [worth.told]
    if place.start < 0:
        parts.append(f"starts {timeline.label(place.start)}")
    if place.finish > timeline.periods:
        parts.append(f"ends {timeline.until(place.finish)}")
    return " · ".join(part for part in parts if part)


def beside(
    shape: Bar | Milestone, text: str, gates: Sequence[Gate], frame: Frame
) -> Iterator[Words]:
    """Write on a bar if it fits, else right of it, else left of it, else not at all.

    Words keep clear of the gates on the row.
    """
    size = min(SMALL, frame.size)
    wide, y = theme.measure(text, size), shape.y
    first, last = clear_of(gates, _ends(shape, frame), wide, frame)
    right, left = frame.end - last - GAP, first - 2 * GAP - frame.left
    if not text:
        return
    if isinstance(shape, Bar) and _fits(shape, wide + 2 * GAP, gates, frame):
        x = shape.start + GAP / frame.across
        yield Words(x, y, text, size, tone="group", ground=shape.group)
    elif wide <= right or right >= max(_LEAST, left):
        told = theme.shorten(text, right, size)
        yield Words(frame.x(last + GAP), y, told, size, tone="beside")
    elif wide <= left or left >= _LEAST:
        told = theme.shorten(text, left, size)
        yield Words(frame.x(first - GAP), y, told, size, side="right", tone="beside")


def _fits(shape: Bar, wide: float, gates: Sequence[Gate], frame: Frame) -> bool:
    """Whether there is room for so many inches on a bar, and no gate that it breaks is there."""
    broken = any(shape.start < gate.at < shape.finish for gate in gates)
    return wide <= (shape.finish - shape.start) * frame.across and not broken


def _ends(shape: Bar | Milestone, frame: Frame) -> tuple[float, float]:
    """Where a shape begins and ends, in inches from the left edge of the chart."""
    if isinstance(shape, Bar):
        return frame.inches(shape.start), frame.inches(shape.effect)
    at, half = frame.inches(shape.at), shape.height / 2
    return at - half, at + half


def arrows(plan: Plan, rows: dict[str, float], frame: Frame) -> Iterator[Arrow]:
    """An arrow for each dependency, and for each level that one attains and another requires.

    What is soft and passed by has none: nothing waited.
    """
    for each in plan.portfolio.ties:
        if each.predecessor in rows and each.successor in rows and not _passed(plan, each):
            points = _way(plan, each.predecessor, each.successor, each.link, rows, frame)
            yield Arrow(each.predecessor, each.successor, "dependency", points)
    for after in rows:
        for before in _attainers(plan, after):
            if before in rows:
                points = _way(plan, before, after, "FS", rows, frame)
                yield Arrow(before, after, "level", points)


def _attainers(plan: Plan, name: str) -> dict[str, None]:
    """Who takes effect as a level that an initiative requires is attained, each once."""
    requires = plan.portfolio.initiative[name].requires.items()
    start, around = plan.placed[name].start, plan.portfolio.workaround
    waited = [
        (area, level)
        for area, level in requires
        if (name, area) not in around or start >= (plan.attained(area, level) or 0)
    ]
    return dict.fromkeys(one for area, level in waited for one in deciders(plan, area, level))


def _passed(plan: Plan, dependency: Dependency) -> bool:
    """Whether a dependency is soft and its successor has not waited."""
    before, after = plan.placed[dependency.predecessor], plan.placed[dependency.successor]
    return dependency.soft and after.start < before.finish + dependency.lag


def _way(
    plan: Plan, before: str, after: str, link: str, rows: dict[str, float], frame: Frame
) -> tuple[tuple[float, float], ...]:
    """The corners of an arrow: down and in where there is room, else round between the rows."""
    one, other, turn = plan.placed[before], plan.placed[after], _ELBOW / frame.across
    x0, x1 = (
        float(min(max(at, 0), frame.periods))
        for at in (
            one.finish if link[0] == "F" else one.start,
            other.start if link[1] == "S" else other.finish,
        )
    )
    y0, y1 = rows[before], rows[after]
    if link == "FS" and x1 >= x0 and one.finish > one.start:
        return ((x0 - turn, y0), (x0 - turn, y1), (x1, y1))
    out = x0 + turn if link[0] == "F" else x0 - turn
    into = x1 - turn if link[1] == "S" else x1 + turn
    between = y1 - frame.pitch / 2 if y1 > y0 else y1 + frame.pitch / 2
    return ((x0, y0), (out, y0), (out, between), (into, between), (into, y1), (x1, y1))
