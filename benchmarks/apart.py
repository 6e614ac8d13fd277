"""One task in a process of its own, which prints how it went as a line of JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shutil import which
from typing import Any

import attrs

from benchmarks.case import Case
from benchmarks.peers import Conditions, Found, Peer, find_peer
from benchmarks.record import NO_SCHEDULE, Run, Task
from benchmarks.suites import SUITES, Suite
from roadmap.evaluation import evaluate

ROOT = Path(__file__).parent.parent
PACKAGES = ("roadmap", "ortools", "pyjobshop")
PATIENCE = 1_800.0
"""Seconds that a run may take beyond twice its limit before it is ended and called a failure."""
_TIMES = 3
_SHORT = 300


def run_apart(task: Task, data: Path) -> Run:
    """Run a task; if its process fails, the run says so."""
    told = json.dumps(attrs.asdict(task))
    command = [sys.executable, "-m", "benchmarks.apart", told, str(data.resolve())]
    timeout = 2 * task.limit + PATIENCE
    try:
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return _failed(task, f"it did not end within {timeout:g} s")
    if ended.returncode:
        said = ended.stderr.strip().splitlines() or [f"it ended with code {ended.returncode}"]
        return _failed(task, said[-1][:_SHORT])
    return Run.from_json(ended.stdout.splitlines()[-1])


def _failed(task: Task, why: str) -> Run:
    return Run(task=task, error=why, **_circumstances())


def _circumstances() -> dict[str, Any]:
    """Day, machine and versions."""
    versions = {"Python": platform.python_version()}
    for package in PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "not installed"
    revision = _revision()
    if revision:
        versions["roadmap"] += f" at {revision}"
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": {
            "processors": f"{_cores()} of {os.cpu_count()}",
            "system": f"{platform.system()} {platform.machine()}",
        },
        "versions": versions,
    }


def _pin(cores: int) -> None:
    """Keep this process and its children to so many cores, where the system can do so.

    Threads beyond the cores, our own among them, then take turns and gain nothing unfairly.
    """
    if sys.platform == "linux":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _revision() -> str:
    """The commit that is measured, marked where files were changed since; empty if unknown."""
    git = which("git")
    if git is None:
        return ""
    command = [git, "describe", "--always", "--dirty"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return told.stdout.strip()


def run_here(task: Task, data: Path) -> Run:
    """Run a task in this process."""
    suite = SUITES[task.suite]
    peer = find_peer(task.peer)
    if suite.builds:
        took = min(_seconds_to_build(suite, task, data, peer) for _ in range(_TIMES))
        memory = _mebibytes(resource.RUSAGE_SELF)
        return Run(task=task, building=took, memory=memory, **_circumstances())
    case = suite.case(data, task.instance)
    found = peer.solve(case.problem, Conditions(task.limit, task.workers, task.seed))
    memory, children = map(_mebibytes, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    run = _told(task, case, found)
    return attrs.evolve(run, memory=memory, memory_of_children=children)


def _seconds_to_build(suite: Suite, task: Task, data: Path, peer: Peer) -> float:
    """Of a fresh problem each time."""
    problem = suite.case(data, task.instance).problem
    began = time.perf_counter()
    peer.build(problem)
    return time.perf_counter() - began


def _told(task: Task, case: Case, found: Found) -> Run:
    """The run, its schedule judged, its costs turned into values."""
    ended = found.steps[-1]
    costs = [(step.seconds, step.cost) for step in found.steps if step.cost is not None]
    run = Run(
        task=task,
        bound=None if ended.bound is None else case.told(ended.bound),
        known=case.known,
        published=case.published,
        building=found.building,
        first=costs[0][0] if costs else None,
        last=_last_change(costs) if costs else None,
        seconds=ended.seconds,
        trace=[
            (
                round(step.seconds, 3),
                None if step.cost is None else case.told(step.cost),
                None if step.bound is None else case.told(step.bound),
            )
            for step in found.steps
        ],
        **_circumstances(),
    )
    if found.infeasible:
        return attrs.evolve(run, infeasible=True)
    if found.schedule is None:
        return attrs.evolve(run, error=NO_SCHEDULE)
    broken = evaluate(case.problem, found.schedule).violations
    if broken:
        return attrs.evolve(run, error=f"the judge refuses its schedule: {broken[0]}"[:_SHORT])
    return attrs.evolve(run, value=case.value(found.schedule))


def _last_change(costs: list[tuple[float, int]]) -> float:
    """When the last cost was first had."""
    return next(at for at, cost in costs if cost == costs[-1][1])


def _mebibytes(who: int) -> float:
    """The most memory held so far, by this process or by any that it has waited for."""
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes there, else in KiB
    return resource.getrusage(who).ru_maxrss * unit / 2**20


def main() -> None:
    """Run the task of the command line, and print how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task")
    parser.add_argument("data", type=Path)
    asked = parser.parse_args()
    task = Task(**json.loads(asked.task))
    _pin(task.workers)
    print(run_here(task, asked.data).to_json())


if __name__ == "__main__":
    main()
