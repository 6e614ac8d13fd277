"""What is proven of a whole number: that it lies between two others."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from roadmap._text import money


@attrs.frozen
class Interval:
    """A number that is known as far as it has been proven.

    Attributes
    ----------
    lower
        It is at least this; ``None`` if nothing was proven from below.
    upper
        It is at most this; ``None`` if nothing was proven from above.
    """

    lower: int | None = None
    upper: int | None = None

    @classmethod
    def exactly(cls, value: int) -> Interval:
        """A number that is known."""
        return cls(value, value)

    @property
    def value(self) -> int | None:
        """The number, if it is proven; else ``None``."""
        return self.lower if self.lower == self.upper else None

    @property
    def proven(self) -> bool:
        """Whether the number is known."""
        return self.value is not None

    def __sub__(self, other: Interval) -> Interval:
        return Interval(_less(self.lower, other.upper), _less(self.upper, other.lower))

    def at_least(self, least: int) -> Interval:
        """The same number, of which it is also known that it is not below ``least``."""
        lower = least if self.lower is None else max(self.lower, least)
        return Interval(lower, self.upper)

    def told(self, say: Callable[[int], str] = money) -> str:
        """Say it: ``83``, ``0 to 83 (not proven)``, ``not known``.

        Parameters
        ----------
        say
            How a number is written; default as money.
        """
        if self.value is not None:
            return say(self.value)
        if self.lower is None and self.upper is None:
            return "not known"
        if self.upper is None:
            return f"at least {say(self.lower or 0)} (not proven how much)"
        if self.lower is None:
            return f"at most {say(self.upper)} (not proven how much)"
        return f"{say(self.lower)} to {say(self.upper)} (not proven)"

    def __str__(self) -> str:
        return self.told()


NOT_KNOWN = Interval()
"""A number of which nothing was proven."""


def _less(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other
