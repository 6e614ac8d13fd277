"""Justification: put all work off as far as it costs nothing, and draw it forward again.

What is put off makes room in front of it. When all is drawn forward in the order of the starts that
were put off, nothing ends later than it was put off to; so where losses rise, none is larger than
before, and what is lost by may end sooner. Where only the last finish counts, this is the known
double justification.

References
----------
K. Y. Li, R. J. Willis, EJOR 56, 1992; V. Valls, F. Ballestín, S. Quintanilla, "Justification and
RCPSP: a technique that pays", EJOR 165, 2005.
"""

from __future__ import annotations

import attrs

from roadmap.solvers.decoding import Decoder
from roadmap.solvers.profile import first_fit
from roadmap.solvers.ways import take


def can_be_justified(decoder: Decoder) -> bool:
    """Whether all that is placed can be put off in one pass, the last finish first.

    Nothing may have open starts, a tail or a most time after another, or end before what it waits
    for.
    """
    return decoder.network.is_plain and not any(
        item.capped
        or item.way.tail
        or item.way.opens is not None
        or any(offset + item.duration < 0 for _, offset in item.after)
        for item in decoder.items.values()
    )


@attrs.define(eq=False)
class Justification:
    """Puts off what a decoder has placed.

    Attributes
    ----------
    decoder
        It, made under a commitment that can be justified.
    """

    decoder: Decoder
    _behind: dict[int, list[tuple[int, int]]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._behind = {activity: [] for activity in self.decoder.items}
        for activity, item in self.decoder.items.items():
            for other, offset in item.after:
                self._behind[other].append((activity, offset))

    def order(self) -> list[int]:
        """The list of all that the decoder has placed, by the latest starts that cost nothing."""
        decoder, finish = self.decoder, self.decoder.finish
        items, guards = decoder.items, decoder.scheme.packing.guards
        end = max(finish[activity] for activity in items)
        latest = decoder.losses.latest(finish)
        free = list(reversed(decoder.scheme.packing.whole[:end]))  # time runs from the end
        starts: dict[int, int] = {}
        for activity in reversed(decoder.listed(finish)):
            item = items[activity]
            since = max(0, end - item.latest - item.duration, end - latest[activity])
            for other, offset in self._behind[activity]:
                since = max(since, end - starts[other] + offset)
            own = end - finish[activity]  # always fits: what was placed before ends no sooner
            found = first_fit(free, guards, item.way.need, item.duration, since, own)
            assert found is not None
            take(free, item.way, found)
            starts[activity] = end - found - item.duration
        return decoder.listed(starts)
