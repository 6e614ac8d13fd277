"""Portfolios, plans and ways to run, for the tests of the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

import roadmap as rm
from roadmap.cli import main

LENGTHS = {"F": 4, "A": 3, "B": 2, "C": 6, "D": 3}
RATES = {"A": 30, "B": 20, "C": 24, "D": 9}
WRITTEN = {
    "plan.json",
    "plan.csv",
    "summary.txt",
    "gantt.svg",
    "dependencies.svg",
    "load.svg",
    "value.svg",
    "progress.svg",
}


def five() -> rm.Portfolio:
    """The five-item case: one team, F is the foundation of A and B."""
    return rm.Portfolio(
        timeline=rm.Timeline("2027-01", 18),
        currency="EUR",
        teams=[rm.Team("team", 1)],
        capabilities=[rm.Capability(name) for name in LENGTHS],
        needs=[
            rm.Need(name, 1, rm.CostOfDelay(rate), name=f"need {name}")
            for name, rate in RATES.items()
        ],
        initiatives=[
            rm.Initiative(
                name,
                duration=length,
                demand={"team": 1},
                raises={name: 1},
                requires={"F": 1} if name in "AB" else {},
            )
            for name, length in LENGTHS.items()
        ],
    )


def hard() -> rm.Portfolio:
    """State ninety initiatives that no search is done with in the time of a test."""
    random = Random(1)
    teams = [rm.Team(f"team {at}", 3) for at in range(4)]
    names = [f"item {at}" for at in range(90)]
    return rm.Portfolio(
        timeline=rm.Timeline("2027-01", 200),
        teams=teams,
        capabilities=[rm.Capability(name) for name in names],
        needs=[
            rm.Need(name, 1, rm.CostOfDelay(random.randint(1, 100)) + rm.Deadline(30, 500, 30))
            for name in names
        ],
        initiatives=[
            rm.Initiative(
                name,
                duration=random.randint(1, 6),
                demand={team.name: random.randint(1, 2) for team in random.sample(teams, 2)},
                raises={name: 1},
                requires={random.choice(names[:at]): 1} if at else {},
            )
            for at, name in enumerate(names)
        ],
    )


class Said:
    """Reads what was said, on both streams, and empties them."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def out(self) -> str:
        """Standard output."""
        return self._capsys.readouterr().out

    def err(self) -> str:
        """Standard error, after a look that standard output is empty."""
        captured = self._capsys.readouterr()
        assert "" == captured.out
        return captured.err


def schedule_file(name: str, starts: dict[str, int]) -> str:
    """Write a plan as a CSV file of names and starts."""
    lines = ["initiative,start", *(f"{item},{start}" for item, start in starts.items())]
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def in_turn(order: str) -> dict[str, int]:
    """Starts of work that is done one after the other."""
    return {item: sum(LENGTHS[other] for other in order[:at]) for at, item in enumerate(order)}


def stopped_with(arguments: list[str]) -> object:
    """The exit code of arguments that are refused as they stand."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    return stopped.value.code


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "roadmap", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
        encoding="utf-8",
    )
