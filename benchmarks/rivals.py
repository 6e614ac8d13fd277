"""What each rule loses against the best plan known: ``python -m benchmarks.rivals``.

``python -m benchmarks.rivals [--limit 20] [--workers 2] [--seeds 6]`` solves the two examples and
portfolios made by chance with scarce teams, and prints a table in Markdown. A rule is compared in
whole money, with delivery cost; where the best plan is not proven, the proven bound says how much
better it may be.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import attrs

from benchmarks.portfolios import Kind, portfolio
from roadmap.io import read
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.solvers import RULES, solve

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
SIZES = (30, 60)
CONTENTION = 2.0


@attrs.frozen
class Row:
    """One portfolio: what each rule costs over the best plan, and the best plan's proven gap."""

    name: str
    shares: dict[str, float]
    gap: float


def measured(name: str, facts: Portfolio, limit: float, workers: int) -> Row:
    """Solve one portfolio by search and by every rule."""
    problem = Problem(facts)
    best = solve(problem, solver="auto", time_limit=limit, workers=workers)
    costs = {rule: solve(problem, solver=rule).objective for rule in RULES}
    assert best.objective
    assert best.gap is not None
    shares = {rule: cost / best.objective for rule, cost in costs.items() if cost is not None}
    return Row(name, shares, best.gap)


def together(name: str, rows: list[Row]) -> Row:
    """Geometric means over several portfolios; the mean gap."""
    shares = {
        rule: math.exp(sum(math.log(row.shares[rule]) for row in rows) / len(rows))
        for rule in RULES
    }
    return Row(name, shares, sum(row.gap for row in rows) / len(rows))


def table(rows: list[Row]) -> str:
    """The rows as columns of a table in Markdown, the best rule of the last first."""
    lines = [
        "| above the best plan known | " + " | ".join(row.name for row in rows) + " |",
        "|---|" + "---:|" * len(rows),
    ]
    for rule in sorted(RULES, key=lambda rule: rows[-1].shares[rule]):
        cells = (f"{row.shares[rule] - 1:.0%}" for row in rows)
        lines.append(f"| {rule} | " + " | ".join(cells) + " |")
    lines.append("| *proven gap of the best* | " + " | ".join(f"{r.gap:.1%}" for r in rows) + " |")
    return "\n".join(lines)


def main() -> None:
    """Solve all, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=float, default=20.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seeds", type=int, default=6)
    asked = parser.parse_args()
    rows = [
        measured(name, read(EXAMPLES / f"{name}.yaml"), asked.limit, asked.workers)
        for name in ("five", "bank")
    ]
    for size in SIZES:
        drawn = [
            measured(str(seed), portfolio(Kind(size, seed, CONTENTION)), asked.limit, asked.workers)
            for seed in range(asked.seeds)
        ]
        rows.append(together(f"{asked.seeds} of {size} initiatives", drawn))
    print(table(rows))


if __name__ == "__main__":
    main()
