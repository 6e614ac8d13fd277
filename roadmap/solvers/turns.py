"""Taking turns: of several ways to search, each has time in the measure of what it has gained.

Which way gains most depends on the problem, and changes as the plan gets better. So each is tried,
in order, and then has the share of time that its gain a second is of all; and some more whatever it
gains, as what gains nothing today may gain tomorrow.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

_MEMORY = 0.5
"""How much of what was known of a way's gain is left after another turn."""


@attrs.define(eq=False)
class Turns:
    """Whose turn it is.

    Attributes
    ----------
    least
        For each way, in the order of their first turns, the share of time that it has if it gains
        nothing, where 1 is shared out by gains.
    """

    least: Mapping[str, float]
    _rates: dict[str, float] = attrs.field(init=False, factory=dict)
    _used: dict[str, float] = attrs.field(init=False)  # seconds, each divided by its share then

    def __attrs_post_init__(self) -> None:
        """Nobody has had a turn."""
        self._used = dict.fromkeys(self.least, 0.0)

    def next(self) -> str:
        """Who has had least time, as measured by its share; one after another at first."""
        return min(self.least, key=lambda name: (name in self._rates, self._used[name]))

    def took(self, name: str, seconds: float, gained: float) -> None:
        """Note a turn: how long it took, and what it gained of anything that counts."""
        rate = gained / seconds
        self._rates[name] = _MEMORY * self._rates.get(name, rate) + (1 - _MEMORY) * rate
        self._used[name] += seconds / self._share(name)

    def _share(self, name: str) -> float:
        total = sum(self._rates.values())
        return self.least[name] + (self._rates[name] / total if total else 1.0)
