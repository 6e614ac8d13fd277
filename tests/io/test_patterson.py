"""Patterson's format: what it says is what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadmap.errors import FormatError
from roadmap.io import read_patterson
from roadmap.objectives import Makespan
from tests.io.mutants import refusals

SMALL = """\
  4   2
  3   1

  0   0   0   2   2
      3
  2   1   0   1   4
  5   2   1   1   4
  0   0   0   0
"""


def test_a_small_file(tmp_path: Path) -> None:
    """Activities are numbered from 1 on; a line may go on in the next."""
    path = tmp_path / "small.rcp"
    path.write_text(SMALL, encoding="utf-8")
    problem = read_patterson(path)
    facts = problem.portfolio
    assert (Makespan(),) == problem.objective
    assert (7, "day") == (facts.timeline.periods, facts.timeline.unit)
    assert [("R1", 3), ("R2", 1)] == [(team.name, team.capacity) for team in facts.teams]
    assert [("2", 2, {"R1": 1}), ("3", 5, {"R1": 2, "R2": 1})] == [
        (item.name, item.duration, dict(item.demand)) for item in facts.initiatives
    ]
    assert () == facts.dependencies


def test_ends_that_take_time_are_kept(tmp_path: Path) -> None:
    """Source and sink are activities like others where they take time."""
    path = tmp_path / "small.rcp"
    path.write_text(SMALL.replace("  0   0   0   0", "  1   0   0   0"), encoding="utf-8")
    facts = read_patterson(path).portfolio
    assert ["2", "3", "4"] == [item.name for item in facts.initiatives]
    assert [("2", "4"), ("3", "4")] == [(d.predecessor, d.successor) for d in facts.dependencies]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("3   1", "-3   1.5", [(2, "'1.5' is no number")]),
        ("3   1", "-3   1", [(2, "a capacity is -3")]),
        ("5   2   1   1   4", "-5   2   1   1   9", [(7, "-5"), (7, "activity 3 is 9")]),
        ("2   1   0   1   4", "2   1   0   2   2   2", [(6, "has itself among")]),
        ("2   1   0   1   4", "2   1   0   9   4", [(6, "successors of activity 2 is 9")]),
        ("  0   0   0   0\n", "", [(7, "ends where the duration of activity 4")]),
        ("  0   0   0   0\n", "  0   0   0   0\n 1", [(9, "goes on where it should end")]),
    ],
)
def test_what_is_wrong_is_told(
    tmp_path: Path, old: str, new: str, told: list[tuple[int, str]]
) -> None:
    """With its line; several faults at once as long as the rest can be understood."""
    path = tmp_path / "small.rcp"
    path.write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(FormatError) as refused:
        read_patterson(path)
    found = [(fault.line, fault.problem) for fault in refused.value.faults]
    assert [line for line, _ in told] == [line for line, _ in found]
    assert [True] * len(told) == [
        part in problem for (_, part), (_, problem) in zip(told, found, strict=True)
    ]


@pytest.mark.parametrize(("folder", "count"), [("dc2", 60), ("rg300", 12)])
def test_all_public_files_are_read(folder: str, count: int, data: Path) -> None:
    """As many activities and resources as each file says, and no number is left over."""
    paths = sorted((data / folder).rglob("*.rcp"))
    assert count == len(paths)
    for path in paths:
        facts = read_patterson(path).portfolio
        words = path.read_text(encoding="utf-8").split()
        assert (int(words[0]) - 2, int(words[1])) == (len(facts.initiatives), len(facts.teams))
        first = int(words[2 + len(facts.teams) + 1 + len(facts.teams)])
        last = [item.name for item in facts.initiatives]
        ends = set(last) - {tie.predecessor for tie in facts.dependencies}
        numbers = 2 + len(facts.teams) + (2 + len(facts.teams)) * int(words[0])
        assert len(words) == numbers + len(facts.dependencies) + first + len(ends)


def test_garbled_files_never_break_the_reader(tmp_path: Path) -> None:
    """Nothing but this library's errors comes out."""
    assert refusals(read_patterson, SMALL, tmp_path / "small.rcp") > 300
