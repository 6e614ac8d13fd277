"""The field's own benchmark: every optimum of the j30 instances is found and proven."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from roadmap.io import read_psplib
from roadmap.objectives import Makespan
from roadmap.problem import as_problem
from roadmap.result import Status
from roadmap.solvers import solve

NAMES = [f"j30{group}_1" for group in range(1, 49)]
"""The first instance of each of the 48 groups."""

PATIENCE = 120
"""Seconds; nearly all take less than one, none more than ten on two idle processors."""


def best_known(data: Path) -> dict[str, int]:
    """The smallest makespan that anyone has found, by instance."""
    with (data / "psplib" / "best_known.csv").open(encoding="utf-8", newline="") as file:
        return {row["instance"]: int(row["best_known"]) for row in csv.DictReader(file)}


@pytest.mark.parametrize("name", NAMES)
def test_an_optimum_is_found_and_proven(name: str, data: Path) -> None:
    """The makespan is the best known, and the bound equals it."""
    asked = as_problem(read_psplib(data / "psplib" / "j30" / f"{name}.sm"))
    result = solve(asked.replace(objective=(Makespan(),)), time_limit=PATIENCE, workers=2)
    expected = best_known(data)[name]
    assert (Status.OPTIMAL, expected, expected) == (result.status, result.objective, result.bound)
