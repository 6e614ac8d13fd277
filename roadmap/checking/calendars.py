"""Freezes, blackouts and release calendars say something about the timeline."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from roadmap.checking.contract import Facts, records
from roadmap.errors import Fault
from roadmap.facts import Blackout, Freeze, Holiday, ReleaseCalendar
from roadmap.timeline import Timeline


def calendars(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """Each has a part in the timeline, and each release falls on the end of a period."""
    if "timeline" in faulty:
        return
    for family, check in _CHECKS.items():
        for index, item in enumerate(records(getattr(facts, family))):
            path = f"{family}[{index}]"
            if path not in faulty:
                yield from check(item, path, facts.timeline)


def _freeze(freeze: Freeze, path: str, timeline: Timeline) -> Iterator[Fault]:
    since, until = freeze.stretch(timeline)
    if until <= since:
        told = f"no {timeline.unit} ends from {freeze.since} to {freeze.until}"
        yield Fault(path, f"{told}, so it freezes nothing", _REMEDY)
    elif until < 0 or since >= timeline.periods:
        yield Fault(path, *_outside(timeline))


def _blackout(blackout: Blackout, path: str, timeline: Timeline) -> Iterator[Fault]:
    if blackout.periods(timeline):
        return
    first, last = timeline.starting(blackout.since), timeline.ending(blackout.until)
    if first < last:
        yield Fault(path, *_outside(timeline))
    else:
        told = f"no {timeline.unit} lies from {blackout.since} to {blackout.until}"
        yield Fault(path, f"{told}, so it closes nothing", _REMEDY)


def _releases(calendar: ReleaseCalendar, path: str, timeline: Timeline) -> Iterator[Fault]:
    if (calendar.first is None) != (calendar.every is None):
        absent, there = ("first", "every") if calendar.first is None else ("every", "first")
        yield Fault(f"{path}.{absent}", f"it is missing beside {there}", f"add {absent}")
    elif not calendar.dates and calendar.first is None:
        yield Fault(f"{path}.dates", "there are none", "give dates, or first and every")
    stated = [(f"dates[{at}]", when) for at, when in enumerate(calendar.dates)]
    stated += [("first", calendar.first)] if calendar.first is not None else []
    for field, when in stated:
        yield from _end_of_period(when, f"{path}.{field}", timeline)


def _end_of_period(when: Any, path: str, timeline: Timeline) -> Iterator[Fault]:
    """A release is on the last day of a period; no other day has a boundary."""
    boundary = timeline.ending(when)
    if not isinstance(when, int) and timeline.last_day(boundary) < timeline.span(when)[0]:
        days = f"{timeline.last_day(boundary)} or {timeline.last_day(boundary + 1)}"
        yield Fault(path, f"no {timeline.unit} of the timeline ends on {when}", f"say {days}")


def _holiday(holiday: Holiday, path: str, timeline: Timeline) -> Iterator[Fault]:
    first, last = holiday.ends(timeline)
    if last < first:
        yield Fault(path, f"it ends on {last}, before it begins", "exchange the two dates")


def _outside(timeline: Timeline) -> tuple[str, str]:
    ends = f"{timeline.day(0)} to {timeline.last_day(timeline.periods)}"
    return "it lies outside the timeline", f"that runs from {ends}; take it out"


_REMEDY = "exchange the two dates if they are the wrong way round; else let it last longer"
_CHECKS: dict[str, Any] = {
    "freezes": _freeze,
    "blackouts": _blackout,
    "release_calendars": _releases,
    "holidays": _holiday,
}
