"""In which periods a plan loses its money, need by need: what the value chart shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs

from roadmap.facts import Need
from roadmap.plan import Plan
from roadmap.timeline import Timeline


@attrs.frozen
class Lost:
    """A need's loss under a plan, told period by period.

    ``fixed`` and the sum of ``periods`` are exactly what the judge says the need costs.

    Attributes
    ----------
    need
        Label of the need.
    fixed
        Money that is lost even if the need is met at boundary 0; no plan can save it.
    periods
        Money lost in each period of the timeline.
    """

    need: str
    fixed: int
    periods: tuple[int, ...]

    @property
    def total(self) -> int:
        """The need's whole loss."""
        return self.fixed + sum(self.periods)


def lost(plan: Plan) -> tuple[Lost, ...]:
    """Say when a plan loses what it loses, for each need in the portfolio's order."""
    facts = plan.portfolio
    return tuple(
        spread(need, plan.met(need), facts.timeline, facts.loss_table(need)) for need in facts.needs
    )


def spread(
    need: Need, attained: int | None, timeline: Timeline, stated: Sequence[int] | None = None
) -> Lost:
    """Spread a need's loss over the periods that it is waited for.

    Where the profile ``f`` never falls, period ``p`` costs what one more period of waiting
    adds, ``f(p + 1) - f(p)``, until the need is met; a deadline's penalty so stands in
    the first late period, and ``f(0)`` is fixed. Where the profile falls anywhere (a window
    that opens later, a table with gains), no period has a cost of its own that would mean
    anything; then the whole ``f(T)`` stands in the last period of waiting.

    Parameters
    ----------
    need
        The need.
    attained
        First boundary from which it is met; ``None`` for never.
    timeline
        The horizon; a need that is never met is waited for to its end.
    stated
        Its loss at each boundary; default as its profile and its ramp say, without discounting.
    """
    time = timeline.periods if attained is None else attained
    if time < 0:  # a broken plan, which the judge scores all the same
        return Lost(need.label, need.loss.at(time, timeline), (0,) * timeline.periods)
    table = need.ramped(need.loss.table(timeline)) if stated is None else stated
    rises = [after - before for before, after in pairwise(table)]
    if min(rises) >= 0:
        periods = rises[:time] + [0] * (timeline.periods - time)
        return Lost(need.label, table[0], tuple(periods))
    lump = [0] * timeline.periods
    lump[max(time, 1) - 1] = table[time]
    return Lost(need.label, 0, tuple(lump))


def summed(rows: Sequence[Sequence[int]], periods: int) -> tuple[int, ...]:
    """Add up what is lost in each period."""
    return tuple(sum(row[at] for row in rows) for at in range(periods))
