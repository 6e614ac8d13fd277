"""What can go wrong until work is done."""

from __future__ import annotations

import attrs

from roadmap.fields import Whole, of


@attrs.frozen
class Risk:
    """A loss that may strike in any period until an initiative is finished.

    Its exposure, probability times impact, is the expected loss of a period (ISO 31000, PMI
    PMBOK: expected monetary value).

    Attributes
    ----------
    percent
        Probability that it strikes in a period, in percent; 0 to 100.
    impact
        Money lost each time; at least 0.
    """

    percent: int = attrs.field(metadata=of(Whole(0, 100)))
    impact: int = attrs.field(metadata=of(Whole(0)))

    @property
    def exposure(self) -> int:
        """Expected loss of each period; a fraction of a money unit is dropped in each."""
        return self.percent * self.impact // 100
