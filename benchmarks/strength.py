"""Cost of delay and proven gap, ours beside the peers', in one interleaved run.

``python -m benchmarks.strength --data FOLDER [--limit 30] [--workers 2] [--seed 1] [NAME ...]``

Every run is a process of its own; all peers take an instance before the next one comes; every
schedule is judged by ``roadmap.evaluate``. FOLDER holds ``psplib/j60/*.sm`` and so on (the
environment variable ROADMAP_DATA does as well); the originals are public, see ``weighted.py``.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.plain import plain_starts
from benchmarks.weighted import HARD, weighted
from roadmap import evaluate, solve
from roadmap.portfolio import Portfolio
from roadmap.schedule import Schedule

OURS = "auto"
PEERS = (OURS, "cpsat", "plain CP-SAT", "PyJobShop", "closure", "wsjf")


def main() -> None:
    """Run what was asked for, and print the table."""
    asked = _arguments()
    if asked.peer:
        print(json.dumps(_run(asked)))
        return
    peers = [peer for peer in PEERS if peer != "PyJobShop" or find_spec("pyjobshop")]
    if "PyJobShop" not in peers:
        print("PyJobShop is not installed: pip install 'roadmap[benchmark]'")
    print(f"{asked.limit:g} s, {asked.workers} workers, seed {asked.seed}")
    print(f"{'instance':10}" + "".join(f"{peer:>22}" for peer in peers))
    shares: dict[str, list[float]] = {peer: [] for peer in peers}
    for name in asked.names or HARD:
        rows = {peer: _apart(asked, peer, name) for peer in peers}
        print(f"{name:10}" + "".join(f"{_told(rows[peer]):>22}" for peer in peers), flush=True)
        rival = min(row["cost"] for peer, row in rows.items() if peer in PEERS[2:4])
        for peer, row in rows.items():
            shares[peer].append(row["cost"] / rival)
    print(f"{'mean':10}" + "".join(f"{_mean(shares[peer]):>22.3f}" for peer in peers))
    print("mean: geometric, of the cost over that of the better of plain CP-SAT and PyJobShop")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--data", type=Path, default=os.environ.get("ROADMAP_DATA"))
    parser.add_argument("--limit", type=float, default=30.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.data is None:
        parser.error("say --data FOLDER, where psplib/ is, or set ROADMAP_DATA")
    asked.data = Path(asked.data)
    return asked


def _apart(asked: argparse.Namespace, peer: str, name: str) -> dict[str, Any]:
    """One run in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.strength", name, "--peer", peer]
    for option in ("data", "limit", "workers", "seed"):
        command += [f"--{option}", str(getattr(asked, option))]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def _run(asked: argparse.Namespace) -> dict[str, Any]:
    """Solve one instance by one peer; the judge says what it costs."""
    portfolio = weighted(asked.data, asked.names[0])
    began = time.perf_counter()
    bound: int | None
    if asked.peer == "plain CP-SAT":
        starts, bound = plain_starts(portfolio, asked.limit, asked.workers, asked.seed)
        schedule = Schedule.of(portfolio, starts)
    elif asked.peer == "PyJobShop":
        schedule, bound = _pyjobshop(portfolio, asked)
    else:
        result = solve(
            portfolio,
            solver=asked.peer,
            time_limit=asked.limit,
            workers=asked.workers,
            seed=asked.seed,
        )
        schedule, bound = result.require(), result.bound
    seconds = time.perf_counter() - began
    judged = evaluate(portfolio, schedule)
    assert judged.feasible
    return {"cost": judged.objective, "bound": bound, "seconds": seconds}


def _pyjobshop(portfolio: Portfolio, asked: argparse.Namespace) -> tuple[Schedule, None]:
    """PyJobShop with one job a task, weighted flow time as its objective."""
    model = import_module("pyjobshop").Model()
    resources = {
        team.name: model.add_renewable(max(team.profile(portfolio.timeline)))
        for team in portfolio.teams
    }
    rates = {
        portfolio.raisers[need.capability][need.level][0]: need.loss.at(1, portfolio.timeline)
        for need in portfolio.needs
    }
    tasks = {}
    for item in portfolio.initiatives:
        task = model.add_task(model.add_job(weight=rates.get(item.name, 0)))
        demanded = [resources[team] for team in item.demand]
        model.add_mode(task, demanded, item.duration or 0, list(item.demand.values()))
        tasks[item.name] = task
    for tie in portfolio.dependencies:
        model.add_end_before_start(tasks[tie.predecessor], tasks[tie.successor])
    model.set_objective(weight_total_flow_time=1)
    result = model.solve(
        solver="ortools", time_limit=asked.limit, display=False, num_workers=asked.workers
    )
    starts = {name: task.start for name, task in zip(tasks, result.best.tasks, strict=True)}
    return Schedule.of(portfolio, starts), None


def _told(row: dict[str, Any]) -> str:
    cost, bound = row["cost"], row["bound"]
    return f"{cost:,}" if bound is None else f"{cost:,} ({(cost - bound) / cost:.1%})"


def _mean(shares: list[float]) -> float:
    return math.exp(sum(math.log(share) for share in shares) / len(shares))


if __name__ == "__main__":
    main()
