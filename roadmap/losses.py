"""Loss profiles: how much money is lost when a needed level comes at a given time.

A profile is a function ``f(T)`` of the attainment time: the first boundary from which the
level holds. A level that is never reached loses what the end of the timeline loses. Amounts
are whole money units; profiles add up with ``+``.

Sources: cost of delay and urgency profiles after D. G. Reinertsen, *The Principles of Product
Development Flow*, 2009.
"""

from __future__ import annotations

from itertools import accumulate, repeat
from typing import TYPE_CHECKING

import attrs

from roadmap._frozen import frozen_fields
from roadmap.fields import Moment, Records, Whole, Wholes, of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from roadmap.timeline import Timeline


class Loss:
    """The contract of a loss profile."""

    def at(self, time: int, timeline: Timeline) -> int:
        """Money lost when the level is attained at boundary ``time``, 0 to ``periods``."""
        raise NotImplementedError

    def table(self, timeline: Timeline) -> tuple[int, ...]:
        """The losses at every boundary, from 0 to ``periods``."""
        return tuple(self.at(time, timeline) for time in range(timeline.periods + 1))

    def due(self, timeline: Timeline) -> int | None:
        """Boundary after which it becomes dearer at a stroke; ``None`` if there is none."""
        return None

    def __add__(self, other: Loss) -> LossSum:
        """Both losses together."""
        return LossSum((*_parts(self), *_parts(other)))


@attrs.frozen
class CostOfDelay(Loss):
    """The same loss in every period without the level.

    Attributes
    ----------
    rate
        Money a period; at least 0.
    """

    rate: int = attrs.field(metadata=of(Whole(0)))

    def at(self, time: int, timeline: Timeline) -> int:
        """The rate, once for each period that passes."""
        return self.rate * time

    def table(self, timeline: Timeline) -> tuple[int, ...]:
        """The same, all at once: large portfolios have thousands of these."""
        return tuple(accumulate(repeat(self.rate, timeline.periods), initial=0))


@attrs.frozen(field_transformer=frozen_fields)
class Deadline(Loss):
    """Nothing until a due date, then a penalty and a rate.

    Attributes
    ----------
    due_by
        Date by whose end the level must hold, or a boundary.
    penalty
        Money lost at once when it does not; at least 0, default 0.
    rate
        Money for each further period; at least 0, default 0.
    """

    due_by: str | int | date = attrs.field(metadata=of(Moment(end=True)))
    penalty: int = attrs.field(default=0, metadata=of(Whole(0)))
    rate: int = attrs.field(default=0, metadata=of(Whole(0)))

    def at(self, time: int, timeline: Timeline) -> int:
        """Zero in time; else the penalty and the rate for each period of tardiness."""
        late = time - timeline.ending(self.due_by)
        return self.penalty + self.rate * late if late > 0 else 0

    def due(self, timeline: Timeline) -> int | None:
        """The due date's boundary."""
        return timeline.ending(self.due_by)


@attrs.frozen(field_transformer=frozen_fields)
class Window(Loss):
    """A value that is had only if the level comes inside a window.

    Attributes
    ----------
    value
        Money lost outside the window; at least 0.
    closes
        Date by whose end the level must hold, or a boundary.
    opens
        Date from which on it counts, or a boundary; default the start of the timeline.
    """

    value: int = attrs.field(metadata=of(Whole(0)))
    closes: str | int | date = attrs.field(metadata=of(Moment(end=True)))
    opens: str | int | date = attrs.field(default=0, metadata=of(Moment()))

    def at(self, time: int, timeline: Timeline) -> int:
        """The whole value outside the window, nothing inside; both ends belong to it."""
        inside = timeline.starting(self.opens) <= time <= timeline.ending(self.closes)
        return 0 if inside else self.value

    def due(self, timeline: Timeline) -> int | None:
        """The boundary at which the window closes."""
        return timeline.ending(self.closes)


@attrs.frozen
class Fading(Loss):
    """A rate that fades: each period without the level costs some percent less than the last.

    Attributes
    ----------
    rate
        Money lost in the first period; at least 0.
    percent
        By how much the rate falls each period; 0 to 100. Fractions of a money unit are
        dropped in each period.
    """

    rate: int = attrs.field(metadata=of(Whole(0)))
    percent: int = attrs.field(metadata=of(Whole(0, 100)))

    def at(self, time: int, timeline: Timeline) -> int:
        """The sum of the fading rates of the periods that pass."""
        return sum(self._rates(time))

    def table(self, timeline: Timeline) -> tuple[int, ...]:
        """The running sums of the fading rates."""
        return tuple(accumulate(self._rates(timeline.periods), initial=0))

    def _rates(self, periods: int) -> Iterator[int]:
        rate = self.rate
        for _ in range(periods):
            yield rate
            rate = rate * (100 - self.percent) // 100


@attrs.frozen(field_transformer=frozen_fields)
class Table(Loss):
    """Any profile: the loss for each boundary from 0 on.

    Attributes
    ----------
    values
        Money lost when attained at boundary 0, 1, 2 and so on; the last value holds from there
        on. They may fall as well as rise, and may be negative (a gain).
    """

    values: Sequence[int] = attrs.field(metadata=of(Wholes()))

    def at(self, time: int, timeline: Timeline) -> int:
        """The value for that boundary."""
        return self.values[min(time, len(self.values) - 1)]


PROFILES: tuple[type[Loss], ...] = (CostOfDelay, Deadline, Window, Fading, Table)
"""The profiles that facts and files may state; sums are made of these."""


@attrs.frozen(field_transformer=frozen_fields)
class LossSum(Loss):
    """Several profiles together; made by ``+``.

    Attributes
    ----------
    parts
        The profiles that are summed.
    """

    parts: Sequence[Loss] = attrs.field(metadata=of(Records(PROFILES)))

    def at(self, time: int, timeline: Timeline) -> int:
        """The sum of the parts' losses."""
        return sum(part.at(time, timeline) for part in self.parts)

    def due(self, timeline: Timeline) -> int | None:
        """The earliest due date among the parts."""
        dues = [due for part in self.parts if (due := part.due(timeline)) is not None]
        return min(dues, default=None)


def _parts(loss: Loss) -> Sequence[Loss]:
    return loss.parts if isinstance(loss, LossSum) else (loss,)
