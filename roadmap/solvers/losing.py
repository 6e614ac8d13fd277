"""What lists lose, reckoned many thousand times a second.

Under a commitment it is known what is in the plan, so a loss depends on finishes alone: on that of
one activity, on the last of several, or on events of which some members are enough. Losses of the
first kind add up to a table of each activity; the others are looked up anew for each list.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from operator import add
from typing import NamedTuple

import attrs

from roadmap.network import Assignment
from roadmap.solvers.generation import Scheme

Pairs = tuple[tuple[int, int], ...]
"""(Activity or event, delay) pairs."""


class _Happening(NamedTuple):
    """An event: so many of its members are enough.

    Attributes
    ----------
    event, enough
        Its position, and how many; at least 1, and no more than there are.
    activities, events
        Members that are there.
    absent
        A time of 0 for each member that counts because it is not.
    """

    event: int
    enough: int
    activities: Pairs
    events: Pairs
    absent: list[int]


@attrs.define(eq=False, slots=False)
class Losses:
    """The losses of a network under a commitment.

    Attributes
    ----------
    scheme
        The network's serial scheme.
    plan
        The plan that commits.
    own
        For each activity what is lost by when it finishes, as far as that depends on it alone;
        ``None`` for nothing.
    fixed
        What is lost, and what the chosen modes cost, wherever the activities come to lie.
    """

    scheme: Scheme
    plan: Assignment
    own: list[list[int] | None] = attrs.field(init=False)
    fixed: int = attrs.field(init=False, default=0)
    _shared: list[tuple[Pairs, tuple[int, ...]]] = attrs.field(init=False, factory=list)
    _chosen: list[tuple[int, tuple[int, ...]]] = attrs.field(init=False, factory=list)
    _happenings: list[_Happening] = attrs.field(init=False)
    _came: list[int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Tell losses on one activity, on all of several, and on a choice apart."""
        network = self.scheme.network
        self.own = [None] * len(self.plan)
        for loss in network.losses:
            pairs = self.scheme.certain[loss.event]
            if pairs is None:
                self._chosen.append((loss.event, loss.table))
            elif any(self.plan[activity] is None for activity, _ in pairs):
                self.fixed += loss.table[-1]
            elif len(pairs) == 1:
                ((activity, delay),) = pairs
                table = self._late(loss.table)[delay:]
                known = self.own[activity]
                self.own[activity] = list(map(add, known, table) if known else table)
            elif pairs:
                self._shared.append((pairs, self._late(loss.table)))
            else:
                self.fixed += loss.table[0]
        for slot, item in zip(self.plan, network.activities, strict=True):
            if slot is not None:
                self.fixed += item.modes[slot.mode].cost
        self._follow()

    def _late(self, table: tuple[int, ...]) -> tuple[int, ...]:
        """A table that holds for times beyond the horizon as well: as never."""
        events_of = self.scheme.network.events_of
        return table + table[-1:] * max((d for event in events_of for _, d in event), default=0)

    def _follow(self) -> None:
        """Know what the events with a choice depend on; what never comes is beyond the horizon."""
        network = self.scheme.network
        wanted = {event for event, _ in self._chosen}
        self._happenings, self._came = [], [network.horizon + 1] * len(network.events)
        for number in reversed(range(len(network.events))):
            event = network.events[number]
            if not event.count:
                self._came[number] = 0
            elif number in wanted:
                there = [
                    m
                    for m in event.members
                    if m.activity is None or self.plan[m.activity] is not None
                ]
                activities = tuple((m.activity, m.delay) for m in there if m.activity is not None)
                events = tuple((m.event, m.delay) for m in there if m.event is not None)
                absent = [0] * (len(event.members) - len(there)) if event.absent_counts else []
                wanted.update(of for of, _ in events)
                if event.count <= len(there) + len(absent):
                    found = _Happening(number, event.count, activities, events, absent)
                    self._happenings.append(found)
        self._happenings.reverse()

    def beside(self, finish: Sequence[int]) -> int:
        """What is lost by several activities together, and by choices.

        Parameters
        ----------
        finish
            Of each activity that is in the plan.
        """
        total = 0
        for pairs, table in self._shared:
            total += table[max([finish[activity] + delay for activity, delay in pairs])]
        if self._chosen:
            came = self._times(finish)
            for event, table in self._chosen:
                time = came[event]
                total += table[time] if time < len(table) else table[-1]
        return total

    def _times(self, finish: Sequence[int]) -> Sequence[int]:
        """When the events come on which choices depend; good until it is asked again."""
        came = self._came
        for event, enough, activities, events, absent in self._happenings:
            times = [finish[activity] + delay for activity, delay in activities]
            if events:
                times += [came[other] + delay for other, delay in events]
            times += absent
            if enough == 1:
                came[event] = min(times)
            elif enough == len(times):
                came[event] = max(times)
            else:
                came[event] = sorted(times)[enough - 1]
        return came

    def latest(self, finish: Sequence[int]) -> list[int]:
        """By when each activity may be finished with nothing more lost.

        Parameters
        ----------
        finish
            Of each activity that is in the plan, as it is now.
        """
        horizon, came = self.scheme.network.horizon, self._times(finish)
        latest, until = [horizon] * len(finish), [horizon] * len(came)
        own_lasting, shared_lasting, chosen_lasting = self._patience
        for activity, lasting in own_lasting:
            latest[activity] = lasting[finish[activity]]
        for (pairs, _), lasting in zip(self._shared, shared_lasting, strict=True):
            last = lasting[max([finish[activity] + delay for activity, delay in pairs])]
            for activity, delay in pairs:
                latest[activity] = min(latest[activity], last - delay)
        for (event, _), lasting in zip(self._chosen, chosen_lasting, strict=True):
            if came[event] <= horizon:
                until[event] = min(until[event], lasting[came[event]])
        for event, _, activities, events, _ in reversed(self._happenings):
            if came[event] > horizon:
                continue
            for activity, delay in activities:
                if finish[activity] + delay <= came[event]:
                    latest[activity] = min(latest[activity], until[event] - delay)
            for other, delay in events:
                if came[other] + delay <= came[event]:
                    until[other] = min(until[other], until[event] - delay)
        return latest

    @cached_property
    def _patience(self) -> tuple[list[tuple[int, list[int]]], list[list[int]], list[list[int]]]:
        """Of each table, own, shared and chosen: from each time until when no more is lost."""
        own = [(a, _lasting(table)) for a, table in enumerate(self.own) if table is not None]
        shared = [_lasting(table) for _, table in self._shared]
        return own, shared, [_lasting(table) for _, table in self._chosen]


def _lasting(table: Sequence[int]) -> list[int]:
    """For each time the last up to which a table is nowhere above what it is then."""
    found = list(range(len(table)))
    for time in reversed(found):
        last = time
        while last + 1 < len(table) and table[last + 1] <= table[time]:
            last = found[last + 1]
        found[time] = last
    return found
