"""What the checks read of a portfolio."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from roadmap.facts import (
    Blackout,
    Budget,
    Capability,
    Dependency,
    Fence,
    Freeze,
    Holiday,
    Initiative,
    Need,
    Outcome,
    Pilot,
    Programme,
    Quota,
    ReleaseCalendar,
    Selection,
    System,
    Team,
    Unit,
    Workaround,
)
from roadmap.timeline import Timeline


class Facts(Protocol):
    """What the check reads of a portfolio."""

    @property
    def timeline(self) -> Timeline:
        """The planning horizon."""

    @property
    def categories(self) -> Sequence[str]:
        """The categories of work."""

    @property
    def capabilities(self) -> Sequence[Capability]:
        """The capabilities."""

    @property
    def needs(self) -> Sequence[Need]:
        """The needs."""

    @property
    def initiatives(self) -> Sequence[Initiative]:
        """The initiatives."""

    @property
    def teams(self) -> Sequence[Team]:
        """The teams."""

    @property
    def dependencies(self) -> Sequence[Dependency]:
        """The dependencies."""

    @property
    def freezes(self) -> Sequence[Freeze]:
        """The freezes."""

    @property
    def blackouts(self) -> Sequence[Blackout]:
        """The blackouts."""

    @property
    def release_calendars(self) -> Sequence[ReleaseCalendar]:
        """The release calendars."""

    @property
    def holidays(self) -> Sequence[Holiday]:
        """The holidays."""

    @property
    def ties(self) -> Sequence[Dependency]:
        """The dependencies between initiatives, once all else is sound."""

    @property
    def selections(self) -> Sequence[Selection]:
        """The selections."""

    @property
    def programmes(self) -> Sequence[Programme]:
        """The programmes."""

    @property
    def budgets(self) -> Sequence[Budget]:
        """The budgets."""

    @property
    def quotas(self) -> Sequence[Quota]:
        """The quotas."""

    @property
    def fences(self) -> Sequence[Fence]:
        """The fences."""

    @property
    def systems(self) -> Sequence[System]:
        """The legacy systems."""

    @property
    def pilots(self) -> Sequence[Pilot]:
        """The pilots."""

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """The outcomes."""

    @property
    def units(self) -> Sequence[Unit]:
        """The units."""

    @property
    def workarounds(self) -> Sequence[Workaround]:
        """The workarounds."""


def records(records: Any) -> Sequence[Any]:
    """The records of a list; none of what is no list."""
    return records if isinstance(records, tuple) else ()
