"""Which work a calendar speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from roadmap.facts.initiative import Initiative, Mode


class Scope(Protocol):
    """What says which work it speaks of; all of it where it names nothing."""

    @property
    def initiatives(self) -> Sequence[str]:
        """Names of initiatives."""

    @property
    def categories(self) -> Sequence[str]:
        """Categories of initiatives."""

    @property
    def teams(self) -> Sequence[str]:
        """Names of teams."""


def covers(scope: Scope, initiative: Initiative, mode: Mode) -> bool:
    """Whether an initiative that is carried out in a mode is spoken of.

    It is if it is named, if it is of a category that is named, or if it takes people of a team
    that is named; and if nothing is named at all.
    """
    if not (scope.initiatives or scope.categories or scope.teams):
        return True
    return (
        initiative.name in scope.initiatives
        or initiative.category in scope.categories
        or any(team in mode.demand for team in scope.teams)
    )


def told(scope: Scope, otherwise: str) -> str:
    """Say in words which work is spoken of.

    Parameters
    ----------
    scope
        What names it.
    otherwise
        What is said where it names nothing.
    """
    named = [
        ", ".join(scope.initiatives),
        f"{' or '.join(scope.categories)} work" if scope.categories else "",
        f"work of {' or '.join(scope.teams)}" if scope.teams else "",
    ]
    return " and ".join(part for part in named if part) or otherwise
