"""Members that come too late to bring an event about.

A capability has a level when any initiative has raised it so far or farther. But one that raises it
from that level on waits for the level itself: when it is done, the event is long over. Such members
are dropped. No plan changes by that; but a solver that weighs the ways in which an event can come
about, as a linear program does, would let each level be had in part from those above it.

What must come before what is found by elimination: at first everything before everything, then only
what waits and members leave. That is sound because a plan unrolls in time: whatever comes about
rests on what came about before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import and_, or_

import attrs

from roadmap.network.items import Lag, Member
from roadmap.network.network import Network


def without_latecomers(network: Network) -> Network:
    """The network with no members of events that only ever come about after the event itself.

    Parameters
    ----------
    network
        Any; in each of its plans every event comes about when it did before.
    """
    choices = [e for e, event in enumerate(network.events) if 0 < event.count < len(event.members)]
    if not choices:
        return network
    before = _Before(network, {event: 1 << place for place, event in enumerate(choices)})
    events = list(network.events)
    for number in choices:
        event, own = events[number], before.bits[number]
        kept = tuple(member for member in event.members if not before.member(member) & own)
        if len(kept) >= event.count and not event.absent_counts:
            events[number] = attrs.evolve(event, members=kept)
    return attrs.evolve(network, events=tuple(events))


@attrs.define
class _Before:
    """What surely has come about: events with a choice, a bit each.

    Attributes
    ----------
    network
        Whose.
    bits
        The bit of each event with a choice.
    start, come
        What has, when an activity starts, and when an event comes about.
    """

    network: Network
    bits: dict[int, int]
    start: list[int] = attrs.field(init=False)
    come: list[int] = attrs.field(init=False)
    _least: list[int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Eliminate until nothing changes."""
        network, everything = self.network, (1 << len(self.bits)) - 1
        self._least = [min(mode.duration for mode in item.modes) for item in network.activities]
        self.start = [everything] * len(network.activities)
        self.come = [everything] * len(network.events)
        # activities by their position, events by its complement
        open_ = deque([*range(len(self.start)), *(~event for event in range(len(self.come)))])
        waiting = set(open_)
        while open_:
            number = open_.popleft()
            waiting.remove(number)
            if self._is_less(number):
                more = [other for other in self._resting_on(number) if other not in waiting]
                open_.extend(more)
                waiting.update(more)

    def _is_less(self, number: int) -> bool:
        """Reckon one anew; whether it must be preceded by less than was thought."""
        if number >= 0:
            before, self.start[number] = self.start[number], self._start(number)
            return self.start[number] != before
        before, self.come[~number] = self.come[~number], self._come(~number)
        return self.come[~number] != before

    def _resting_on(self, number: int) -> Iterator[int]:
        """What must be reckoned anew after it, each once."""
        network = self.network
        if number >= 0:
            yield from {~event for event, _ in network.events_of[number]}
            yield from {lag.after for lag in network.lags_from[number]}
        else:
            yield from {~event for event, _ in network.events_above[~number]}
            yield from set(network.waiting_for[~number])

    def _start(self, activity: int) -> int:
        """What has come about by the start of an activity."""
        network = self.network
        waits = [self._of(wait.event) for wait in network.waits_of[activity]]
        lags = [self.start[g.before] for g in network.lags_into[activity] if self._starts_first(g)]
        return reduce(or_, [*waits, *lags], 0)

    def _starts_first(self, lag: Lag) -> bool:
        """Whether a lag makes its predecessor start before its successor."""
        return lag.from_finish and not lag.to_finish and self._least[lag.before] + lag.lag > 0

    def _come(self, number: int) -> int:
        """What has come about by the time of an event: one at least of its first members says."""
        event = self.network.events[number]
        if event.absent_counts or not 0 < event.count <= len(event.members):
            return 0
        return _in_more_than(len(event.members) - event.count, map(self.member, event.members))

    def member(self, member: Member) -> int:
        """What has come about before a member does; if it is an event, that one as well."""
        if member.activity is None:
            assert member.event is not None
            return self._of(member.event) if member.delay >= 0 else 0
        takes_time = self._least[member.activity] + member.delay > 0
        return self.start[member.activity] if takes_time else 0

    def _of(self, event: int) -> int:
        return self.come[event] | self.bits.get(event, 0)


def _in_more_than(few: int, sets: Iterable[int]) -> int:
    """The bits that are in more than so many of some sets."""
    found = list(sets)
    if few == len(found) - 1:
        return reduce(and_, found)
    more = [0] * (few + 1)  # than so many of those that were gone through
    for bits in found:
        for fewer in reversed(range(few)):
            more[fewer + 1] |= more[fewer] & bits
        more[0] |= bits
    return more[few]
