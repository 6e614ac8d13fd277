"""What is surely finished when something else begins, ends or comes about; as bits."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from roadmap.network import Event, Lag, Network

SWEEPS = 20
"""Chains that run against the order of statement take more than one."""


@attrs.frozen
class Finished:
    """Activities that are surely finished, a bit each, in every plan.

    Attributes
    ----------
    by_start, by_finish
        When an activity starts, and when it finishes; then it is finished itself.
    by_event
        When an event comes about.
    """

    by_start: tuple[int, ...]
    by_finish: tuple[int, ...]
    by_event: tuple[int, ...]


def finished(network: Network) -> Finished:
    """Follow lags and waits until nothing is added (or long enough: each step is sound)."""
    start = [0] * len(network.activities)
    finish = [1 << activity for activity in range(len(network.activities))]
    events = [0] * len(network.events)
    for _ in range(SWEEPS):
        before = (start.copy(), finish.copy(), events.copy())
        for number, event in enumerate(network.events):
            events[number] = _surely(network, event, finish, events)
        for lag in network.lags:
            if _finishes_first(network, lag):
                finish[lag.after] |= finish[lag.before]
            if lag.lag >= 0 and not lag.to_finish:
                start[lag.after] |= (finish if lag.from_finish else start)[lag.before]
        for wait in network.waits:
            start[wait.activity] |= events[wait.event]
        finish = [own | known for own, known in zip(finish, start, strict=True)]
        if before == (start, finish, events):
            break
    return Finished(tuple(start), tuple(finish), tuple(events))


def _surely(network: Network, event: Event, finish: Sequence[int], events: Sequence[int]) -> int:
    """What all members have in common, or, where all are taken, what any has."""
    found = []
    for member in event.members:
        if member.activity is None:
            assert member.event is not None
            found.append(events[member.event])
        elif event.absent_counts and not network.activities[member.activity].mandatory:
            found.append(0)
        else:
            found.append(finish[member.activity])
    if not event.count or not found:
        return 0
    surely = found[0]
    for bits in found[1:]:
        surely = surely | bits if event.count == len(found) else surely & bits
    return surely


def _finishes_first(network: Network, lag: Lag) -> bool:
    """Whether a lag makes its predecessor finish no later than its successor."""
    if not lag.from_finish:
        return False
    if lag.to_finish:
        return lag.lag >= 0
    return lag.lag + min(mode.duration for mode in network.activities[lag.after].modes) >= 0
