"""What teams have in each period: as stated, less absences, and nothing on closed days."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from roadmap.errors import RoadmapWarning
from roadmap.facts import Holiday, Member, Team
from roadmap.timeline import Timeline


def capacity_of(team: Team, timeline: Timeline, holidays: Iterable[Holiday]) -> tuple[int, ...]:
    """Capacity units of a team in each period."""
    return _open(team.profile(timeline), team.name, timeline, holidays)


def supply_of(
    team: Team, members: Collection[Member], timeline: Timeline, holidays: Iterable[Holiday]
) -> tuple[int, ...]:
    """Capacity units that some members of a team bring in each period."""
    return _open(team.supply(members, timeline), team.name, timeline, holidays)


def _open(
    profile: Sequence[int], team: str, timeline: Timeline, holidays: Iterable[Holiday]
) -> tuple[int, ...]:
    closed = closed_periods(timeline, [day for day in holidays if day.concerns(team)])
    return tuple(0 if period in closed else units for period, units in enumerate(profile))


def closed_periods(timeline: Timeline, holidays: Iterable[Holiday]) -> frozenset[int]:
    """The periods whose days are holidays, all of them."""
    days = {day for holiday in holidays for day in holiday.days(timeline)}
    counts = Counter(timeline.period(day) for day in days)
    return frozenset(
        period
        for period, count in counts.items()
        if count == (timeline.day(period + 1) - timeline.day(period)).days
    )


def idle_holidays(
    timeline: Timeline, holidays: Sequence[Holiday], teams: Iterable[str]
) -> Iterator[Holiday]:
    """Holidays in the timeline that close no period of any team whose they are."""
    if not holidays:
        return
    closed = {
        team: closed_periods(timeline, [day for day in holidays if day.concerns(team)])
        for team in teams
    }
    for holiday in holidays:
        periods = {timeline.period(day) for day in holiday.days(timeline)}
        concerned = [team for team in closed if holiday.concerns(team)]
        if periods and concerned and all(closed[team].isdisjoint(periods) for team in concerned):
            yield holiday


def warn_of_idle(timeline: Timeline, holidays: Sequence[Holiday], teams: Iterable[Team]) -> None:
    """Warn once of all holidays that close nothing, as a plan will take them for working days."""
    idle = list(idle_holidays(timeline, holidays, [team.name for team in teams]))
    if idle:
        told = ", ".join(f"{day.name} ({day.ends(timeline)[0]})" for day in idle[:_TOLD])
        more = f" and {len(idle) - _TOLD} more" if len(idle) > _TOLD else ""
        warnings.warn(
            f"these holidays fill no {timeline.unit}, so they close nothing: {told}{more}; lower "
            "the capacity there by an absence, or plan in days",
            RoadmapWarning,
            stacklevel=5,
        )


_TOLD = 5
"""Holidays that a warning names."""
