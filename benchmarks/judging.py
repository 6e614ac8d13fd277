"""How long the judge takes: ``python -m benchmarks.judging``.

The goal: 1,000 evaluations of a plan of 60 initiatives in under two seconds.
"""

from __future__ import annotations

import time

from benchmarks.portfolios import Kind, portfolio
from roadmap.evaluation import evaluate
from roadmap.problem import Problem
from roadmap.solvers import solve

TIMES = 1000


def seconds_to_judge(initiatives: int, times: int = TIMES) -> float:
    """How long so many evaluations of one plan take."""
    problem = Problem(portfolio(Kind(initiatives)))
    schedule = solve(problem, solver="closure").require()
    began = time.perf_counter()
    for _ in range(times):
        evaluate(problem, schedule)
    return time.perf_counter() - began


def main() -> None:
    """Print a line for each size."""
    print(f"{'initiatives':>11} {f'{TIMES:,} evaluations':>18}")
    for size in (20, 60, 200):
        print(f"{size:>11,} {seconds_to_judge(size):>16.2f} s", flush=True)


if __name__ == "__main__":
    main()
