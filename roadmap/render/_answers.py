"""What charts read of answers; so they know no room that gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from roadmap.problem import Problem


class Bounds(Protocol):
    """What is read of an amount that is known as far as it is proven."""

    @property
    def lower(self) -> int | None:
        """It is at least this."""

    @property
    def upper(self) -> int | None:
        """It is at most this."""


class FindingLike(Protocol):
    """What is read of a finding of an audit."""

    @property
    def rule(self) -> str:
        """Name of the rule."""

    @property
    def basis(self) -> str:
        """What it rests on."""

    @property
    def price(self) -> Bounds:
        """What it costs."""


class AuditLike(Protocol):
    """What is read of an audit."""

    @property
    def problem(self) -> Problem:
        """What was asked."""

    @property
    def findings(self) -> Sequence[FindingLike]:
        """One for each rule."""
