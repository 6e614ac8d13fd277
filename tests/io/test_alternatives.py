"""ASLIB's files: what they say is what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadmap.constraints import Alternatives, Succession
from roadmap.errors import FormatError
from roadmap.io import read_alternatives
from roadmap.objectives import Makespan
from tests.io.mutants import refusals

SMALL = """\
6 1
2

0 0 2 2 3
4 1 1 4
1 1 1 5
1 1 1 6
2 1 1 6
0 0 0
0.5 0.0 0.0
1
2 2 3
1 1
1 2
1 3
1 2
1 3
1 1
"""
"""Activity 1 leads either to 2 and 4, or to 3 and 5; all of these to 6."""


def test_a_small_file(tmp_path: Path) -> None:
    """One of the first activities of the branches, and with it what it leads to."""
    path = tmp_path / "small.rcp"
    path.write_text(SMALL, encoding="utf-8")
    problem = read_alternatives(path)
    facts = problem.portfolio
    assert (Makespan(),) == problem.objective
    assert 8 == facts.timeline.periods
    assert ["2", "3", "4", "5"] == [item.name for item in facts.initiatives if item.optional]
    assert [("1", "2"), ("1", "3")] == [(d.predecessor, d.successor) for d in facts.dependencies]
    assert {
        Alternatives(["2", "3"], 1, 1, given="1"),
        *(Alternatives(["4"], given="2"), Succession("2", "4"), Succession("4", "6")),
        *(Alternatives(["5"], given="3"), Succession("3", "5"), Succession("5", "6")),
    } == set(problem.added)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("0.5 0.0 0.0", "0.5 0.0", (10, "three shares should stand here")),
        ("2 2 3\n1 1", "2 2 1\n1 1", (12, "a branch is 1")),
        ("1 2\n1 3\n1 2", "1 2\n1 3\n1 4", (16, "activity 4: branch 4 is in no subgraph")),
        ("1 3\n1 2\n1 3", "1 1\n1 2\n1 1", (12, "do not all begin after one and the same")),
        ("4 1 1 4", "4 1 1 1", (1, "in a circle: 1 → 2 → 1")),
        ("1\n2 2 3", "1.5\n2 2 3", (11, "'1.5' is not a whole number")),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, told: tuple[int, str]) -> None:
    """With its line."""
    path = tmp_path / "small.rcp"
    path.write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(FormatError) as refused:
        read_alternatives(path)
    assert told[0] == refused.value.faults[0].line
    assert told[1] in refused.value.faults[0].problem


def test_the_public_file_is_read(data: Path) -> None:
    """Two subgraphs, of five branches and of two; each branch has its activities."""
    problem = read_alternatives(data / "flexible" / "aslib0_0.rcp")
    facts = problem.portfolio
    assert 122 == len(facts.initiatives)
    assert [
        Alternatives(["2", "14", "26", "38", "50"], 1, 1, given="1"),
        Alternatives(["63", "75"], 1, 1, given="62"),
    ] == [rule for rule in problem.added if isinstance(rule, Alternatives) and rule.most]
    branches = [line.split() for line in _last_lines(data, 122)]
    assert [item.optional for item in facts.initiatives] == [row != ["1", "1"] for row in branches]


def _last_lines(data: Path, count: int) -> list[str]:
    text = (data / "flexible" / "aslib0_0.rcp").read_text(encoding="utf-8")
    return text.strip().splitlines()[-count:]


def test_garbled_files_never_break_the_reader(tmp_path: Path) -> None:
    """Nothing but this library's errors comes out."""
    assert refusals(read_alternatives, SMALL, tmp_path / "small.rcp") > 300
