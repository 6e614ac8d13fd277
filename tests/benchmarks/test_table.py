"""The table of public problems: each answer beside what is published."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.figures import Row, sections
from benchmarks.peers import OURS, PLAIN
from benchmarks.record import Run, Task
from benchmarks.suites import SUITES
from benchmarks.table import table, verdict


def run(suite: str = "rcpsp-max", peer: str = OURS, **told: Any) -> Run:
    """A run of an instance of a set."""
    task = Task(suite=suite, instance="ubo20/a", peer=peer, limit=5.0, workers=2, seed=1)
    return Run(task=task, date="2027-03-15", machine={}, versions={}, seconds=1.0, **told)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"published": "optimum", "known": 20, "value": 20, "bound": 20}, "proven"),
        ({"published": "optimum", "known": 20, "value": 20, "bound": 19}, "as good"),
        ({"published": "optimum", "known": 20, "value": 25, "bound": 19}, "worse by 25.0%"),
        ({"published": "best known", "known": 20, "value": 19, "bound": 19}, "better by 5.0%"),
        ({"published": "best known", "known": 20, "value": 20, "bound": 20}, "proven"),
        ({"published": "no plan", "infeasible": True}, "proven"),
        ({"published": "no plan", "error": "it found no schedule"}, "no plan found"),
        ({"value": 7, "bound": 7}, "proven"),
        ({"value": 7, "bound": 6}, "open"),
        ({"infeasible": True}, "proven: no plan"),
    ],
)
def test_an_answer_beside_what_is_published(told: dict[str, Any], expected: str) -> None:
    """Proven, as good, better, worse by how much, or open."""
    assert expected == verdict(Row(SUITES["rcpsp-max"], "a", 1, {OURS: run(**told)}))


@pytest.mark.parametrize(
    "told",
    [
        {"published": "optimum", "known": 20, "value": 19},
        {"published": "optimum", "known": 20, "value": 21, "bound": 21},
        {"published": "best known", "known": 20, "value": 21, "bound": 21},
        {"published": "optimum", "known": 20, "infeasible": True},
        {"published": "no plan", "value": 20},
    ],
)
def test_what_cannot_both_be_right_stands_out(told: dict[str, Any]) -> None:
    """Less than a proven optimum, more than one that we have proven, a plan where none is."""
    row = Row(SUITES["rcpsp-max"], "a", 1, {OURS: run(**told)})
    assert "**contradicts what is published**" == verdict(row)


def test_more_is_better_the_other_way_round() -> None:
    """Where values are to be large, less than the published is worse."""
    told = run("next-release", published="optimum", known=100, value=90, bound=110)
    assert "worse by 10.0%" == verdict(Row(SUITES["next-release"], "a", 1, {OURS: told}))


def test_the_table_is_made_of_the_record() -> None:
    """A line for each set and one for each instance; suites that are not public stay out."""
    runs = [
        run(published="optimum", known=20, value=20, bound=20),
        run(peer=PLAIN, published="optimum", known=20, value=21, bound=10),
        run("j60", value=1, bound=1),
    ]
    text = table(runs)
    assert "| Minimal and maximal lags: ubo20 | 1 | 5 s | 1 | 1 | 0 | 0 | 0 | 0 | 1 | 0 |" in text
    assert "| ubo20/a | 20 (optimum) | 20, proven in 1.0 s | 21 (bound 10) | proven |" in text
    assert "Cost of delay" not in text
    assert 2 == len(sections(runs))
