"""The gaps that matter most, against every set of needs and every plan."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

import roadmap as rm
from tests.oracle import Oracle
from tests.strategies import Size, random_portfolio

SMALL = Size(
    initiatives=(2, 3), capabilities=(2, 3), periods=(4, 6), needs=(3, 4), dependencies=(0, 1)
)


def savings(facts: rm.Portfolio, k: int) -> dict[frozenset[str], int]:
    """What serving each set of at most so many open needs saves, by looking at every plan."""
    open_ = [label for gap in facts.gaps for label in gap.needs]
    found = {}
    for size in range(k + 1):
        for labels in combinations(open_, size):
            served = facts.replace(needs=[need for need in facts.needs if need.label in labels])
            lifted = frozenset(f"inclusion of {item.name}" for item in facts.initiatives)
            best = Oracle(served, removed=lifted).optimum()
            assert best is not None
            never = sum(lost[-1] for _, lost in Oracle(served).tables)
            found[frozenset(labels)] = never - best.cost
    return found


@pytest.mark.parametrize("seed", range(25))
def test_no_other_set_saves_more(seed: int) -> None:
    """The set that is named saves what is said, and no set of as many needs saves more."""
    rng = random.Random(seed)
    facts, k = random_portfolio(rng, size=SMALL), rng.randint(1, 2)
    told = rm.top_gaps(facts, k, inquiry=rm.Inquiry(each=10))
    every = savings(facts, k)
    assert max(every.values()) == told.saving.value
    assert every[frozenset(told.needs)] == told.saving.value
