"""How long it takes to build a network: ``python -m benchmarks.building``.

The goal: 2,000 initiatives in under a second, and time in proportion to size.
"""

from __future__ import annotations

import time

from benchmarks.portfolios import Kind, portfolio
from roadmap.problem import Problem

SIZES = (100, 250, 500, 1000, 2000, 4000)


def seconds_to_build(initiatives: int, times: int = 3) -> float:
    """The least of some times that it takes to build the network of a fresh problem."""
    facts = portfolio(Kind(initiatives))
    found = []
    for _ in range(times):
        problem = Problem(facts)
        began = time.perf_counter()
        _ = problem.network
        found.append(time.perf_counter() - began)
    return min(found)


def main() -> None:
    """Print a line for each size."""
    print(f"{'initiatives':>11} {'seconds':>8} {'ms each':>8}")
    for size in SIZES:
        took = seconds_to_build(size)
        print(f"{size:>11,} {took:>8.3f} {1000 * took / size:>8.3f}", flush=True)


if __name__ == "__main__":
    main()
