"""The next release problem's files: what they say is what is read."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

import pytest

from roadmap.constraints import Consumption
from roadmap.errors import FormatError
from roadmap.evaluation import evaluate
from roadmap.io import read_next_release
from roadmap.losses import Deadline
from roadmap.objectives import Urgency
from roadmap.schedule import Schedule
from tests.io.mutants import refusals

SMALL = """\
2
2
5 3
1
4
2
1 3
1 3
2
20 2 1 3
7 1 2
"""


def written(tmp_path: Path, text: str = SMALL) -> Path:
    """A file of that text."""
    path = tmp_path / "small.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_small_file(tmp_path: Path) -> None:
    """Customers are needs, requirements raise them together, the budget is a share of all costs."""
    problem = read_next_release(written(tmp_path), ratio="0.8")
    facts = problem.portfolio
    assert (Urgency(),) == problem.objective
    assert (2, "quarter") == (facts.timeline.periods, facts.timeline.unit)
    assert [("customer 1", {1: "all"}), ("customer 2", {})] == [
        (item.name, dict(item.combine)) for item in facts.capabilities
    ]
    assert [Deadline(1, penalty=20), Deadline(1, penalty=7)] == [need.loss for need in facts.needs]
    assert [{"customer 1": 1}, {"customer 2": 1}, {"customer 1": 1}] == [
        dict(item.raises) for item in facts.initiatives
    ]
    assert [("1", "3", "SS", 0)] == [
        (tie.predecessor, tie.successor, tie.link, tie.lag) for tie in facts.dependencies
    ]
    assert (Consumption("money", {"1": {"": 5}, "2": {"": 3}, "3": {"": 4}}, 9),) == problem.added


@pytest.mark.parametrize(
    ("chosen", "sound", "lost"),
    [("", True, 27), ("2", True, 20), ("13", True, 7), ("3", False, 27), ("123", False, 0)],
)
def test_plans_by_hand(tmp_path: Path, chosen: str, sound: bool, lost: int) -> None:
    """A customer without all requests is lost; prerequisites and the budget are kept."""
    problem = read_next_release(written(tmp_path), ratio="0.8")
    plan = Schedule.of(problem.portfolio, dict.fromkeys(chosen, 0))
    evaluation = evaluate(problem, plan)
    assert (sound, lost) == (evaluation.feasible, evaluation.objective)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("5 3\n", "5 -3\n", [(3, "a cost is -3")]),
        ("1 3\n1 3", "1 9\n3 3", [(7, "a requirement is 9"), (8, "requirement 3 needs itself")]),
        ("20 2 1 3", "20 2 1 1", [(10, "requirement 1 is asked for 2 times")]),
        ("7 1 2", "7 0", [(11, "the number of a customer's requests is 0")]),
        ("7 1 2", "7 1", [(11, "ends where a requirement should stand")]),
    ],
)
def test_what_is_wrong_is_told(
    tmp_path: Path, old: str, new: str, told: list[tuple[int, str]]
) -> None:
    """With its line; several faults at once as long as the rest can be understood."""
    with pytest.raises(FormatError) as refused:
        read_next_release(written(tmp_path, SMALL.replace(old, new)), ratio="0.5")
    found = [(fault.line, fault.problem) for fault in refused.value.faults]
    assert [line for line, _ in told] == [line for line, _ in found]
    assert [True] * len(told) == [
        part in problem for (_, part), (_, problem) in zip(told, found, strict=True)
    ]


@pytest.mark.parametrize("ratio", ["", "a", "1.5", "-0.3", "1e-1", "0,3", "."])
def test_what_is_no_share_is_refused(tmp_path: Path, ratio: str) -> None:
    """It is told as it was said, with an example."""
    with pytest.raises(FormatError, match="is no share of a whole; write"):
        read_next_release(written(tmp_path), ratio=ratio)


def test_all_public_files_are_read(data: Path) -> None:
    """As many requirements and customers as published, and the budgets that were computed."""
    folder = data / "nrp"
    with (folder / "best_known.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        (path,) = folder.glob(f"*/{row['file']}.txt")
        problem = read_next_release(path, ratio=row["ratio"])
        facts = problem.portfolio
        (budget,) = problem.added
        assert isinstance(budget, Consumption)
        assert [int(row[key]) for key in ("requirements", "customers", "budget")] == [
            len(facts.initiatives),
            len(facts.needs),
            budget.most,
        ]


def test_garbled_files_never_break_the_reader(tmp_path: Path) -> None:
    """Nothing but this library's errors comes out."""
    read = partial(read_next_release, ratio="0.5")
    assert refusals(read, SMALL, tmp_path / "small.txt") > 300
