"""Modes made ready for list scheduling, and the first start that suits one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from roadmap.network import Mode, Term
from roadmap.solvers.profile import Packing, first_fit


class Way(NamedTuple):
    """A mode, made ready.

    Attributes
    ----------
    duration, need, cost, number
        Its duration, packed demand, cost whenever it starts, and position.
    tail
        Packed demand of each period from the finish on.
    opens
        The open starts, a bit each; ``None`` for all.
    amounts
        (Account, term) pairs: what it adds to accounts.
    """

    duration: int
    need: int
    cost: int
    number: int
    tail: tuple[int, ...] = ()
    opens: int | None = None
    amounts: tuple[tuple[int, Term], ...] = ()


def way_of(mode: Mode, number: int, packing: Packing, amounts: tuple[tuple[int, Term], ...]) -> Way:
    """Make a mode ready."""
    opens = None if mode.starts is None else sum(1 << start for start in mode.starts)
    need = packing.pack(mode.demand)
    tail = _tail(mode, packing) if mode.after else ()
    return Way(mode.duration, need, mode.cost, number, tail, opens, amounts)


def _tail(mode: Mode, packing: Packing) -> tuple[int, ...]:
    longest = max(periods for _, _, periods in mode.after)
    return tuple(
        packing.pack((r, amount) for r, amount, periods in mode.after if at < periods)
        for at in range(longest)
    )


def fit(free: Sequence[int], guards: int, way: Way, earliest: int, latest: int) -> int | None:
    """First start in the bounds that is open and at which work and tail fit."""
    if way.opens is None and not way.tail:
        return first_fit(free, guards, way.need, way.duration, earliest, latest)
    start: int | None = earliest
    while start is not None and start <= latest:
        start = first_fit(free, guards, way.need, way.duration, start, latest)
        if start is None:
            return None
        opened = start if way.opens is None else next_open(way.opens, start)
        if opened == start and _tail_fits(free, guards, way, start + way.duration):
            return start
        start = start + 1 if opened == start else opened
    return None


def next_open(opens: int, start: int) -> int | None:
    """The first open start from one on; ``None`` if there is none."""
    later = opens >> start
    return start + (later & -later).bit_length() - 1 if later else None


def _tail_fits(free: Sequence[int], guards: int, way: Way, finish: int) -> bool:
    taken = zip(free[finish:], way.tail, strict=False)
    return all((left - need) & guards == guards for left, need in taken)


def take(free: list[int], way: Way, start: int) -> None:
    """Take what a mode needs from what is left."""
    finish = start + way.duration
    if way.need:
        for period in range(start, finish):
            free[period] -= way.need
    for period, need in zip(range(finish, len(free)), way.tail, strict=False):
        free[period] -= need
