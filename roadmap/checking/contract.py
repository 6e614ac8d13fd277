"""What the checks read of a portfolio."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from roadmap.facts import Capability, Dependency, Initiative, Need, Team, Unit, Workaround
from roadmap.timeline import Timeline


class Facts(Protocol):
    """What the check reads of a portfolio."""

    @property
    def timeline(self) -> Timeline:
        """The planning horizon."""

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
    def units(self) -> Sequence[Unit]:
        """The units."""

    @property
    def workarounds(self) -> Sequence[Workaround]:
        """The workarounds."""


def records(records: Any) -> Sequence[Any]:
    """The records of a list; none of what is no list."""
    return records if isinstance(records, tuple) else ()
