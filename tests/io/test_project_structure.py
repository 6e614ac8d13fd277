"""Projects with a flexible structure: what the files say is what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadmap.constraints import Alternatives, Consumption, Succession
from roadmap.errors import FormatError
from roadmap.io import read_project_structure
from roadmap.objectives import Makespan
from tests.io.mutants import refusals

SMALL = """\
5 1 1
2 9

0 0 0
2 2 1 2 1 3
3 1 2 3

4 1 3
1 1 4
1 4

2 2 0
1 1 4
1 4

1 1 5
0
1 4

0 0 0
0
0
"""


def test_a_small_file(tmp_path: Path) -> None:
    """The first activity is done; the others where a selection group asks for them."""
    path = tmp_path / "small.txt"
    path.write_text(SMALL, encoding="utf-8")
    problem = read_project_structure(path)
    facts = problem.portfolio
    assert (Makespan(),) == problem.objective
    assert 7 == facts.timeline.periods
    assert ["1", "2", "3", "4"] == [item.name for item in facts.initiatives if item.optional]
    assert [("1", {"R1": 1}), ("2", {"R1": 2})] == [
        (item.name, dict(item.demand)) for item in facts.initiatives[1:3]
    ]
    assert [("0", "1"), ("0", "2"), ("0", "3")] == [
        (tie.predecessor, tie.successor) for tie in facts.dependencies
    ]
    assert (
        Alternatives(["1", "2"], given="0"),
        Alternatives(["3"], given="0"),
        Alternatives(["4"], given="1"),
        Succession("1", "4"),
        Alternatives(["4"], given="2"),
        Succession("2", "4"),
        Succession("3", "4"),
        Consumption("N1", {"1": {"": 3}, "3": {"": 5}}, 9),
    ) == problem.added


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2 9\n", "-2 9\n", [(2, "a capacity is -2")]),
        ("3 1 2 3", "3 0 2 9", [(6, "has itself"), (6, "successors of activity 0 is 9")]),
        ("2 2 1 2 1 3", "2 0 1 3", [(5, "the size of a selection group of activity 0 is 0")]),
        ("0\n0\n", "0\n", [(21, "ends where the size of the time successors of activity 4")]),
    ],
)
def test_what_is_wrong_is_told(
    tmp_path: Path, old: str, new: str, told: list[tuple[int, str]]
) -> None:
    """With its line; several faults at once as long as the rest can be understood."""
    path = tmp_path / "small.txt"
    path.write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(FormatError) as refused:
        read_project_structure(path)
    found = [(fault.line, fault.problem) for fault in refused.value.faults]
    assert [line for line, _ in told] == [line for line, _ in found]
    assert [True] * len(told) == [
        part in problem for (_, part), (_, problem) in zip(told, found, strict=True)
    ]


def test_the_public_file_is_read(data: Path) -> None:
    """136 activities and four renewable resources."""
    path = data / "flexible" / "rcpsp_ps.txt"
    problem = read_project_structure(path)
    facts = problem.portfolio
    lines = [row.split() for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]
    groups = [lines[at] for at in range(3, len(lines), 3)]
    assert (136, 4) == (len(facts.initiatives), len(facts.teams))
    assert [item.duration for item in facts.initiatives] == [
        int(lines[at][0]) for at in range(2, len(lines), 3)
    ]
    assert sum(int(row[0]) for row in groups) == sum(
        isinstance(rule, Alternatives) for rule in problem.added
    )


def test_garbled_files_never_break_the_reader(tmp_path: Path) -> None:
    """Nothing but this library's errors comes out."""
    assert refusals(read_project_structure, SMALL, tmp_path / "small.txt") > 300
