"""PSPLIB's single-mode files: what they say is what is read."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import networkx as nx
import pytest

from roadmap.errors import FormatError
from roadmap.io import read_psplib
from roadmap.objectives import Makespan, Urgency
from roadmap.portfolio import Portfolio
from tests.io.mutants import garbled

NAMES = [f"j30{group}_1" for group in range(1, 49)]
SMALL = """\
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       1    0
  3      1     5       0    2
  4      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    4    2
************************************************************************
"""


def critical_path(portfolio: Portfolio) -> int:
    """Length of the longest chain of work."""
    graph: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
    for item in portfolio.initiatives:
        graph.add_edge(("begin", item.name), ("end", item.name), weight=item.duration)
    for tie in portfolio.dependencies:
        graph.add_edge(("end", tie.predecessor), ("begin", tie.successor), weight=0)
    return int(nx.dag_longest_path_length(graph))


def test_a_small_file(tmp_path: Path) -> None:
    """Jobs keep their numbers, resources their order; source and sink are left out."""
    path = tmp_path / "small.sm"
    path.write_text(SMALL, encoding="utf-8")
    problem = read_psplib(path)
    facts = problem.portfolio
    assert (Makespan(),) == problem.objective
    assert ("2027-01-01", 8, "day") == (
        facts.timeline.start,
        facts.timeline.periods,
        facts.timeline.unit,
    )
    assert [("R1", 4), ("R2", 2)] == [(team.name, team.capacity) for team in facts.teams]
    assert [("2", 3, {"R1": 1}), ("3", 5, {"R2": 2})] == [
        (item.name, item.duration, dict(item.demand)) for item in facts.initiatives
    ]
    assert () == facts.dependencies


def test_ends_that_take_time_are_kept(tmp_path: Path) -> None:
    """Source and sink are jobs like others where they take time."""
    path = tmp_path / "small.sm"
    path.write_text(SMALL.replace("4      1     0 ", "4      1     2 "), encoding="utf-8")
    facts = read_psplib(path, objective=(Urgency(),)).portfolio
    assert ["2", "3", "4"] == [item.name for item in facts.initiatives]
    assert [("2", "4"), ("3", "4")] == [(d.predecessor, d.successor) for d in facts.dependencies]


@pytest.mark.parametrize("name", NAMES)
def test_j30(name: str, data: Path) -> None:
    """30 jobs, 4 resources, every tie, and the critical path that the literature knows."""
    path = data / "psplib" / "j30" / f"{name}.sm"
    facts = read_psplib(path).portfolio
    with (data / "psplib" / "best_known.csv").open(encoding="utf-8", newline="") as file:
        known = {row["instance"]: row for row in csv.DictReader(file)}
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    at = rows.index(["RESOURCEAVAILABILITIES:"])
    begin = rows.index(["PRECEDENCE", "RELATIONS:"]) + 2
    ties = [row[3:] for row in rows[begin : begin + 32]]
    inner = [after for row in ties[1:] for after in row if after != "32"]
    assert 30 == len(facts.initiatives)
    assert [int(cell) for cell in rows[at + 2]] == [team.capacity for team in facts.teams]
    assert len(inner) == len(facts.dependencies)
    assert int(known[name]["critical_path"]) == critical_path(facts)


def test_garbled_files_never_break_the_reader(tmp_path: Path) -> None:
    """Nothing but this library's errors comes out."""
    rng = random.Random(30)
    path = tmp_path / "small.sm"
    refused = 0
    for _ in range(1_000):
        path.write_bytes(garbled(SMALL, rng))
        try:
            read_psplib(path)
        except FormatError:
            refused += 1
    assert refused > 300
