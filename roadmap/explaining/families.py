"""Smallest sets with a property that no larger set loses: conflicts, and what binds jointly.

Both are found by questions alone. The property may be proven, refuted or left open for a set; a
set is called smallest only if it is proven of the set and refuted for each set with one member
less. Enumeration after M. H. Liffiton, A. Previti, A. Malik, J. Marques-Silva, "Fast, flexible MUS
enumeration", Constraints 21, 2016; here the map is searched by hitting sets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

Holds = Callable[[frozenset[str]], bool | None]
"""Whether a set has the property; ``None`` if that was not found out."""


@attrs.frozen
class Smallest:
    """A set that has the property.

    Attributes
    ----------
    members
        What is in it, in the order in which it was given.
    proven
        Whether it is proven that no member can be missed.
    """

    members: tuple[str, ...]
    proven: bool


@attrs.frozen
class Family:
    """What was found about the sets that have a property.

    Attributes
    ----------
    smallest
        Smallest sets that have it.
    largest
        Largest sets that have it not.
    complete
        Whether there are no others of either kind.
    """

    smallest: tuple[Smallest, ...]
    largest: tuple[frozenset[str], ...]
    complete: bool


def shrunk(items: Sequence[str], holds: Holds) -> Smallest:
    """Take away what can be missed, many at once while that works.

    Parameters
    ----------
    items
        A set that has the property.
    holds
        The property; a set that contains one with the property has it too.
    """
    kept, proven = list(items), True
    size = max(1, len(kept) // 2)
    while True:
        at = 0
        while at < len(kept):
            rest = kept[:at] + kept[at + size :]
            answer = holds(frozenset(rest))
            if answer:
                kept = rest
            else:
                proven &= size > 1 or answer is False
                at += size
        if size == 1:
            return Smallest(tuple(kept), proven)
        size = max(1, min(size // 2, len(kept) // 2))


def grown(start: frozenset[str], items: Sequence[str], holds: Holds) -> tuple[frozenset[str], bool]:
    """Add to a set without the property what does not give it, many at once while that works.

    Returns
    -------
    tuple
        The set, and whether it is proven that nothing more can be added.
    """
    kept, proven = set(start), True
    waiting = [[item for item in items if item not in kept]]
    while waiting:
        some = waiting.pop()
        answer = holds(frozenset((*kept, *some))) if some else False
        if answer is False:
            kept.update(some)
        elif len(some) > 1:
            half = len(some) // 2
            waiting += [some[half:], some[:half]]
        else:
            proven &= answer is not None
    return frozenset(kept), proven


def explored(
    items: Sequence[str],
    holds: Holds,
    most: int,
    over: Callable[[], bool] = lambda: False,
) -> Family:
    """Find smallest sets with a property and largest ones without it.

    Parameters
    ----------
    items
        What sets are made of.
    holds
        The property; a set that contains one with the property has it too.
    most
        How many smallest sets are enough.
    over
        Whether the time is over.
    """
    smallest: list[Smallest] = []
    largest: list[frozenset[str]] = []
    complete = True
    seen: list[frozenset[str]] = []
    while True:
        seed = _unseen(items, [frozenset(one.members) for one in smallest], seen)
        if seed is None:
            return Family(tuple(smallest), tuple(largest), complete)
        if len(smallest) >= most or over():
            return Family(tuple(smallest), tuple(largest), complete=False)
        answer = holds(seed)
        if answer:
            found = shrunk([item for item in items if item in seed], holds)
            smallest.append(found)
            complete &= found.proven
            continue
        full, proven = grown(seed, items, holds) if answer is False else (seed, False)
        complete &= proven
        seen.append(full)
        if proven:
            largest.append(full)


def _unseen(
    items: Sequence[str], up: Sequence[frozenset[str]], down: Sequence[frozenset[str]]
) -> frozenset[str] | None:
    """A set that holds none of ``up`` and lies in none of ``down``, as large as can be found."""

    def search(gone: frozenset[str]) -> frozenset[str] | None:
        present = frozenset(items) - gone
        if any(present <= one for one in down):
            return None
        whole = next((one for one in up if one <= present), None)
        if whole is None:
            return present
        tried = (search(gone | {item}) for item in items if item in whole)
        return next((found for found in tried if found is not None), None)

    return search(frozenset())
