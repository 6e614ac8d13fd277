"""Multi-mode files of PSPLIB and MMLIB: what they say is what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadmap.constraints import Consumption
from roadmap.errors import FormatError
from roadmap.io import read_multimode
from roadmap.objectives import Makespan
from tests.io.mutants import refusals

SMALL = """\
jobs (incl. supersource/sink ):  4
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  2   N
  - doubly constrained        :  0   D
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        2          1           3
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  N 1  N 2
------------------------------------------------------------------------
  1      1     0       0    0    0
  2      1     3       1    4    0
         2     5       0    0    1
  3      1     2       2    6    0
  4      1     0       0    0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  N 1  N 2
    2   10    7
************************************************************************
"""
OF_MMLIB = (
    SMALL.replace("RESOURCEAVAILABILITIES:\n", "\n RESOURCE AVAILABILITIES \n")
    .replace("REQUESTS/DURATIONS:", "REQUESTS/DURATIONS")
    .replace("  ", "\t")
)


def faults(tmp_path: Path, text: str) -> list[tuple[int | None, str]]:
    """Line and problem of each fault of a file of that text."""
    path = tmp_path / "small.mm"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError) as refused:
        read_multimode(path)
    return [(fault.line, fault.problem) for fault in refused.value.faults]


@pytest.mark.parametrize("text", [SMALL, OF_MMLIB])
def test_a_small_file(tmp_path: Path, text: str) -> None:
    """Modes keep their numbers; what is used up is a rule for each nonrenewable resource."""
    path = tmp_path / "small.mm"
    path.write_text(text, encoding="utf-8")
    problem = read_multimode(path)
    facts = problem.portfolio
    two, three = facts.initiatives
    assert (Makespan(),) == problem.objective
    assert (7, "day") == (facts.timeline.periods, facts.timeline.unit)
    assert [("R1", 2)] == [(team.name, team.capacity) for team in facts.teams]
    assert [("1", 3, {"R1": 1}), ("2", 5, {})] == [
        (mode.name, mode.duration, dict(mode.demand)) for mode in two.modes
    ]
    assert ("3", 2, {"R1": 2}, ()) == (three.name, three.duration, dict(three.demand), three.modes)
    assert [("2", "3")] == [(tie.predecessor, tie.successor) for tie in facts.dependencies]
    assert (
        Consumption("N1", {"2": {"1": 4}, "3": {"": 6}}, 10),
        Consumption("N2", {"2": {"2": 1}, "3": {}}, 7),
    ) == problem.added


def test_every_line_that_is_wrong_is_told(tmp_path: Path) -> None:
    """Each with its number, and what is wrong there."""
    text = SMALL.replace("2   3\n", "2   9\n").replace(
        "2     5       0    0", "3     5       0    0"
    )
    text = text.replace("   3        1          1  ", "   3        2          1  ")
    text = text.replace("    2   10    7", "    2   10")
    assert [
        (9, "job 1: 9 can be no successor of it"),
        (10, "job 2 is said to have 2 modes, and 1 stand there"),
        (11, "job 3 is said to have 2 modes, and 1 stand there"),
        (19, "mode, duration and demands do not add up"),
        (25, "3 capacities should stand on one line"),
    ] == faults(tmp_path, text)
    assert [(1, "it does not say how many nonrenewable resources it has")] == (
        faults(tmp_path, SMALL.replace("nonrenewable", "other"))
    )
    assert [(1, "it has doubly constrained resources")] == (
        faults(tmp_path, SMALL.replace("constrained        :  0", "constrained        :  1"))
    )
    assert [(1, "the part REQUESTS/DURATIONS is missing")] == (
        faults(tmp_path, SMALL.replace("REQUESTS", "WISHES"))
    )


def test_all_public_files_are_read(data: Path) -> None:
    """Every job, mode, duration, demand and capacity, as a reader of words finds them."""
    paths = sorted((data / "multimode").glob("*/*.mm"))
    assert 200 == len(paths)
    for path in paths:
        problem = read_multimode(path)
        facts = problem.portfolio
        lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
        numbers = [[int(word) for word in line] for line in lines if "".join(line).isdigit()]
        begin = max(at for at, row in enumerate(numbers) if row[0] == 1 and len(row) == 7)
        *works, capacities = numbers[begin:]
        taken = [row[-5:] for row in works[1:-1]]
        assert capacities == [
            *(team.capacity for team in facts.teams),
            *(rule.most for rule in problem.added if isinstance(rule, Consumption)),
        ]
        assert taken == [
            [
                mode.duration,
                *(mode.demand.get(team.name, 0) for team in facts.teams),
                *(
                    rule.amounts[item.name].get(mode.name, 0)
                    for rule in problem.added
                    if isinstance(rule, Consumption)
                ),
            ]
            for item in facts.initiatives
            for mode in item.ways
        ]


def test_garbled_files_never_break_the_reader(tmp_path: Path) -> None:
    """Nothing but this library's errors comes out."""
    assert refusals(read_multimode, SMALL, tmp_path / "small.mm") > 300
