"""The closed times behind the work of a Gantt chart: freezes, blackouts and release dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from roadmap.facts import Blackout, Freeze, Scope, covers
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.render._gantt_frame import Frame
from roadmap.render._gantt_shapes import Band, Lane, Release

_CLOSE = 0.06  # inches under which the lines of releases would be a surface: none are drawn then


def bands(plan: Plan, lanes: Sequence[Lane], frame: Frame) -> Iterator[Band]:
    """Each freeze and blackout, behind the rows of the work that it holds for."""
    for kind, item, (since, until) in _stretches(plan.portfolio):
        start, finish = max(since, 0), min(until, frame.periods)
        for first, last in _runs(plan, lanes, item):
            top, bottom = first.y - first.height / 2, last.y + last.height / 2
            yield Band(kind, item.name, start, finish, (top + bottom) / 2, bottom - top)


def _stretches(facts: Portfolio) -> Iterator[tuple[str, Freeze | Blackout, tuple[int, int]]]:
    for freeze in facts.freezes:
        yield "freeze", freeze, freeze.stretch(facts.timeline)
    for blackout in facts.blackouts:
        closed = blackout.periods(facts.timeline)
        yield "blackout", blackout, (closed.start, closed.stop)


def releases(plan: Plan, lanes: Sequence[Lane], frame: Frame) -> Iterator[Release]:
    """Each release date, behind the rows of the work that may go live on it."""
    for calendar in plan.portfolio.release_calendars:
        dates = calendar.releases(plan.portfolio.timeline)
        if any((later - sooner) * frame.across < _CLOSE for sooner, later in pairwise(dates)):
            continue
        for first, last in _runs(plan, lanes, calendar):
            top, bottom = first.y - first.height / 2, last.y + last.height / 2
            for at in dates:
                yield Release(calendar.name, at, (top + bottom) / 2, bottom - top)


def _runs(plan: Plan, lanes: Sequence[Lane], scope: Scope) -> Iterator[tuple[Lane, Lane]]:
    """First and last of the rows that follow each other and whose work a scope covers."""
    run: list[Lane] = []
    for lane in lanes:
        if _concerned(plan, lane, scope):
            run.append(lane)
        elif run:
            yield run[0], run[-1]
            run = []
    if run:
        yield run[0], run[-1]


def _concerned(plan: Plan, lane: Lane, scope: Scope) -> bool:
    if lane.kind != "work" or lane.name not in plan.placed:
        return False
    mode = plan.mode(lane.name)
    return mode is not None and covers(scope, plan.portfolio.initiative[lane.name], mode)
