"""ProGen/max's files: what they say is what is read."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from roadmap.errors import FormatError
from roadmap.io import read_progen_max
from roadmap.objectives import Makespan
from roadmap.result import Status
from roadmap.solvers import solve
from tests.io.mutants import refusals

SMALL = """\
2\t1\t0\t0
0\t1\t2\t1\t2\t[0]\t[1]
1\t1\t2\t2\t3\t[-4]\t[3]
2\t1\t2\t3\t1\t[2]\t[4]
3\t1\t0
0\t1\t0\t0
1\t1\t3\t1
2\t1\t2\t2
3\t1\t0\t0
2
"""
QUICK = {"ubo20": ("psp1.sch", "psp7.sch", "psp10.sch"), "j30": ("PSP1.SCH", "PSP13.SCH")}
"""Small instances, some without any plan; each takes a second or two."""


def read_text(tmp_path: Path, text: str) -> list[tuple[int | None, str]]:
    """Line and problem of each fault of a file of that text."""
    path = tmp_path / "small.sch"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError) as refused:
        read_progen_max(path)
    return [(fault.line, fault.problem) for fault in refused.value.faults]


def test_a_small_file(tmp_path: Path) -> None:
    """Lags are from start to start, the beginning stands at the start, the end is a milestone."""
    path = tmp_path / "small.sch"
    path.write_text(SMALL, encoding="utf-8")
    problem = read_progen_max(path)
    facts = problem.portfolio
    assert (Makespan(),) == problem.objective
    assert (8, "day") == (facts.timeline.periods, facts.timeline.unit)
    assert [("R1", 2)] == [(team.name, team.capacity) for team in facts.teams]
    assert [("0", 0, {}, 0), ("1", 3, {"R1": 1}, None), ("2", 2, {"R1": 2}, None)] == [
        (item.name, item.duration, dict(item.demand), item.latest_finish)
        for item in facts.initiatives[:3]
    ]
    assert [
        *(("0", "1", 0), ("0", "2", 1), ("1", "2", -4), ("1", "3", 3), ("2", "3", 2), ("2", "1", 4))
    ] == [(tie.predecessor, tie.successor, tie.lag) for tie in facts.dependencies]
    assert {"SS"} == {tie.link for tie in facts.dependencies}


def test_its_best_plan_by_hand(tmp_path: Path) -> None:
    """Activity 1 starts exactly four days after activity 2, which starts on the second day."""
    path = tmp_path / "small.sch"
    path.write_text(SMALL, encoding="utf-8")
    result = solve(read_progen_max(path), solver="cpsat")
    assert (Status.OPTIMAL, 8) == (result.status, result.objective)
    assert {"0": 0, "1": 5, "2": 1, "3": 8} == {n: p.start for n, p in result.require().items()}


def test_lags_that_contradict_one_another_are_refused(tmp_path: Path) -> None:
    """A file in which work would have to come before itself has no plan by its lags alone."""
    ((_, problem),) = read_text(tmp_path, SMALL.replace("[-4]", "[-3]"))
    assert "in a circle: 1 → 2 → 1" in problem


def test_every_line_that_is_wrong_is_told(tmp_path: Path) -> None:
    """Each with its number, and what is wrong there."""
    text = SMALL.replace("[0]\t[1]", "[0]").replace("1\t[2]\t[4]", "7\t[2]\t[4]")
    text = text.replace("1\t1\t3\t1\n", "1\t1\t3\n").replace("\n2\n", "\n2\t2\n")
    assert [
        (2, "activity 0: mode, successors and lags do not add up"),
        (4, "activity 2: 7 can be no successor of it"),
        (7, "activity 1: mode, duration and demands do not add up"),
        (10, "1 capacities should stand here, from 0 on"),
    ] == read_text(tmp_path, text)
    assert [(3, "'x' is no number"), (10, "'2.5' is no number")] == (
        read_text(tmp_path, SMALL.replace("[3]", "x").replace("\n2\n", "\n2.5\n"))
    )
    assert [(9, "9 lines should follow the first, and 8 do")] == (
        read_text(tmp_path, SMALL.removesuffix("2\n"))
    )
    assert [(1, "the file ends where the number of activities should stand")] == (
        read_text(tmp_path, "")
    )


def instances(data: Path) -> list[tuple[Path, str]]:
    """Each file and the best makespan that is published for it."""
    folder = data / "rcpsp_max"
    with (folder / "best_known.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(folder / row["set"] / row["instance"], row["best_known"]) for row in rows]


def test_all_public_files_are_read(data: Path) -> None:
    """Every activity, every lag and every capacity."""
    for path, _ in instances(data):
        facts = read_progen_max(path).portfolio
        text = path.read_text(encoding="utf-8")
        lags = [int(lag) for lag in re.findall(r"\[(-?\d+)\]", text)]
        assert int(text.split()[0]) + 2 == len(facts.initiatives)
        assert sorted(lags) == sorted(tie.lag for tie in facts.dependencies)
        last = text.strip().splitlines()[-1].split()
        assert [int(units) for units in last] == [team.capacity for team in facts.teams]


@pytest.mark.parametrize(("family", "name"), [(f, name) for f in QUICK for name in QUICK[f]])
def test_what_is_published_is_proven(family: str, name: str, data: Path) -> None:
    """The optimum is found and proven, or that there is no plan; never less than a bound."""
    ((path, known),) = [pair for pair in instances(data) if pair[0].parts[-2:] == (family, name)]
    result = solve(read_progen_max(path), time_limit=60)
    if known == "unsat":
        assert Status.INFEASIBLE == result.status
    else:
        least, _, most = known.partition("..")
        assert Status.OPTIMAL == result.status
        assert int(least) <= (result.objective or 0) <= int(most or least)


def test_garbled_files_never_break_the_reader(tmp_path: Path) -> None:
    """Nothing but this library's errors comes out."""
    assert refusals(read_progen_max, SMALL, tmp_path / "small.sch") > 300
