"""Choosing other work, or another order, where list scheduling finds no plan.

List scheduling takes work as it comes; that exactly one of several is wanted, or that one wants
another, shows only when all is placed. Then work is dropped or taken in, and all placed again. And
what finds no place before its latest finish is taken first the next time, with all it stands on.

References
----------
D. E. Joslin, D. P. Clements, "Squeaky wheel optimization", JAIR 10, 1999.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roadmap.network import Account, Assignment, Network, shortfall, total
from roadmap.solvers.generation import Generation, Scheme
from roadmap.solvers.support import Support

_SQUEAKS = 5
"""For so many that find no place, the order is changed."""

_PASSES = 100
"""Where two accounts are at odds, there may be as many choices of work as there are sets of it."""


def generate_mended(scheme: Scheme, rank: Sequence[float], chosen: Sequence[bool]) -> Generation:
    """A pass, and as long as it breaks an account or a due, one with other work; up to a number."""
    generation = _generate(scheme, rank, chosen)
    seen = {tuple(chosen)}
    while generation.draft is not None and len(seen) < _PASSES:
        others = _others(scheme.network, generation.draft, rank)
        changed = next((other for other in others if other not in seen), None)
        if changed is None:
            break
        seen.add(changed)
        generation = _generate(scheme, rank, changed)
    return generation


def _generate(scheme: Scheme, rank: Sequence[float], chosen: Sequence[bool]) -> Generation:
    """A pass, and while something finds no place, one that takes it first."""
    generation, first = scheme.generate(rank, chosen), set[int]()
    while (stuck := generation.stuck) is not None and stuck not in first and len(first) < _SQUEAKS:
        first.add(stuck)
        sooner, front = Support(scheme.network).closure([stuck], set()), min(rank) - 1
        rank = [front if at in sooner else place for at, place in enumerate(rank)]
        generation = scheme.generate(rank, chosen)
    return generation


def _others(
    network: Network, draft: Assignment, rank: Sequence[float]
) -> Iterator[tuple[bool, ...]]:
    """Choices of work that a draft's first fault suggests, the best first."""
    placed = [slot is not None for slot in draft]
    for account in network.accounts:
        short = 0 if account.price is not None else shortfall(account, total(account, draft))
        if short:
            for activity in _helpful(network, account, draft, short, rank):
                yield tuple(there != (at == activity) for at, there in enumerate(placed))
            return
    times = network.event_times(draft)
    for due in network.dues:
        time = times[due.event]
        if time is None or time > due.latest:
            support = Support(network)
            wanted = support.closure(support.of_event(due.event), set())
            yield tuple(there or at in wanted for at, there in enumerate(placed))


def _helpful(
    network: Network, account: Account, draft: Assignment, short: int, rank: Sequence[float]
) -> list[int]:
    """Work that, dropped or taken in, brings an account nearer to its bounds.

    First what can be dropped, the last in rank before others; then what can be taken in.
    """
    sign = 1 if short > 0 else -1
    dropped: set[int] = set()
    taken: set[int] = set()
    for term in account.terms:
        slot = draft[term.activity]
        if slot is None:
            if any(sign * amount < 0 for amount in term.amounts):
                taken.add(term.activity)
        elif slot.mode == term.mode and sign * term.at(slot.start) > 0:
            dropped.add(term.activity)
    dropped = {activity for activity in dropped if not network.activities[activity].mandatory}
    return [
        *sorted(dropped, key=lambda activity: -rank[activity]),
        *sorted(taken, key=lambda activity: rank[activity]),
    ]
