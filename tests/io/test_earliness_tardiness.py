"""MiniZinc's projects with earliness and tardiness: what the files say is what is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from roadmap.errors import FormatError
from roadmap.io import read_earliness_tardiness
from roadmap.losses import Table
from roadmap.result import Status
from roadmap.solvers import solve
from tests.io.mutants import refusals

SMALL = """\
% three tasks
n_tasks = 3;
n_res = 1;
d = [2, 3, 1];
rr = array2d(1..1, 1..3, [1, 2, 0]);
rc = [2];
suc = [{3}, {3}, {}];
t_max = 7;
deadline = array2d(
  1..3, 1..3,
  [1, 4, 1,
   0, 0, 2,
   5, 0, 0]
);
"""


def written(tmp_path: Path, text: str = SMALL) -> Path:
    """A file of that text."""
    path = tmp_path / "small.dzn"
    path.write_text(text, encoding="utf-8")
    return path


def faults(tmp_path: Path, text: str) -> list[tuple[int | None, str, str]]:
    """Line, path and problem of each fault of a file of that text."""
    with pytest.raises(FormatError) as refused:
        read_earliness_tardiness(written(tmp_path, text))
    return [(fault.line, fault.path, fault.problem) for fault in refused.value.faults]


def test_a_small_file(tmp_path: Path) -> None:
    """Each start costs what the weights say; the loss stands at the finish that it has."""
    problem = read_earliness_tardiness(written(tmp_path))
    facts = problem.portfolio
    assert (7, "day") == (facts.timeline.periods, facts.timeline.unit)
    assert [("1", 2, {"R1": 1}), ("2", 3, {"R1": 2}), ("3", 1, {})] == [
        (item.name, item.duration, dict(item.demand)) for item in facts.initiatives
    ]
    assert [("1", "3"), ("2", "3")] == [(d.predecessor, d.successor) for d in facts.dependencies]
    assert [Table([12, 8, 4, 0, 1, 2, 3, 4]), Table([0, 0, 0, 0, 2, 4, 6, 8])] == [
        need.loss for need in facts.needs
    ]


def test_its_best_plan_by_hand(tmp_path: Path) -> None:
    """Task 2 first, at no cost, and task 1 two days late; the other way round costs 4 more."""
    result = solve(read_earliness_tardiness(written(tmp_path)), solver="cpsat")
    assert (Status.OPTIMAL, 2) == (result.status, result.objective)
    assert (3, 0) == (result.require()["1"].start, result.require()["2"].start)


def test_every_value_that_is_wrong_is_told(tmp_path: Path) -> None:
    """Each with its line and its name."""
    text = SMALL.replace("d = [2, 3, 1]", "d = [2, -3]").replace("{3}, {3}", "{3}, {2, 9}")
    text = text.replace("t_max = 7", "t_max = 10001").replace("0, 0, 2,", "0, -1, 2,")
    assert [
        (4, "d", "-3 is not allowed"),
        (4, "d", "it has 2 entries"),
        (7, "suc", "task 2: 2 can be no successor of it"),
        (7, "suc", "task 2: 9 can be no successor of it"),
        (8, "t_max", "it is 10,001"),
        (9, "deadline, row 2", "-1 is not allowed"),
    ] == faults(tmp_path, text)
    text = SMALL.replace("rc = [2]", "rc = 2").replace("n_tasks = 3;\n", "")
    assert [(1, "n_tasks", "it is missing"), (5, "rc", "it is not a list")] == [
        fault for fault in faults(tmp_path, text) if fault[1] in ("n_tasks", "rc")
    ]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """What is no assignment, a grid of another size, a name that is given twice."""
    text = SMALL.replace("rc = [2];", "rc := [2];\nd = [];").replace("[1, 2, 0]", "[1, 2]")
    assert [
        (5, "document", "1 by 3 numbers should stand here, and 2 do"),
        (6, "document", "':' cannot be read"),
        (7, "d", "line 4 says it already"),
    ] == faults(tmp_path, text)[:3]
    assert [(7, "document", "',' stands where a whole number should")] == (
        faults(tmp_path, SMALL.replace("{3}, {3}", "{3}, {,}"))
    )


def test_all_public_files_are_read(data: Path) -> None:
    """As many tasks, successors and numbers as a search for digits finds."""
    paths = sorted((data / "rcpsp_wet").glob("*.dzn"))
    assert 12 == len(paths)
    for path in paths:
        facts = read_earliness_tardiness(path).portfolio
        text = path.read_text(encoding="utf-8")
        (tasks,) = re.findall(r"n_tasks = (\d+)", text)
        sets = re.findall(r"\d+", " ".join(re.findall(r"\{([\d, ]*)\}", text)))
        assert (int(tasks), len(sets)) == (len(facts.initiatives), len(facts.dependencies))


def test_an_optimum_is_found_and_proven(data: Path) -> None:
    """The first instance costs 93, as the plain model of the benchmarks proves too."""
    result = solve(read_earliness_tardiness(data / "rcpsp_wet" / "j30_1_3-wet.dzn"), time_limit=120)
    assert (Status.OPTIMAL, 93) == (result.status, result.objective)


def test_garbled_files_never_break_the_reader(tmp_path: Path) -> None:
    """Nothing but this library's errors comes out."""
    assert refusals(read_earliness_tardiness, SMALL, tmp_path / "small.dzn") > 300
