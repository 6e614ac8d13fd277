"""What is measured is what is promised."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.peers import Conditions, find_peer, installed
from benchmarks.psplib import TUNED, NoDataError, hard
from benchmarks.suites import (
    FIRST_GROUPS,
    MERGED,
    REALISTIC,
    SUITES,
    TUNED_GROUPS,
    TUNED_SEEDS,
)
from roadmap.evaluation import evaluate

MEASURED = {
    "j120": 20,
    "j90": 20,
    "j60": 16,  # all of them that are hard and were not used for tuning
    "merged": 20,
    "realistic": 243,
    "makespan": 32,
    "discounted": 20,
}


@pytest.mark.parametrize("name", MEASURED)
def test_enough_is_measured(name: str, data: Path) -> None:
    """Each suite measures as many different instances as is said, by its own choice."""
    suite = SUITES[name]
    assert MEASURED[name] == len(set(suite.names(data)[: suite.usual]))


@pytest.mark.parametrize("family", ["j60", "j90", "j120"])
def test_the_choice_is_spread_over_the_groups(family: str, data: Path) -> None:
    """No group is taken twice before each is taken once."""
    groups = [name.split("_")[0] for name in hard(data, family)]
    once = len(set(groups))
    assert set(groups) == set(groups[:once])


@pytest.mark.parametrize("family", ["j60", "j90", "j120"])
def test_no_hard_instance_was_tuned_on(family: str, data: Path) -> None:
    """None has the number of those that were used for tuning."""
    assert [] == [name for name in hard(data, family) if name.endswith(f"_{TUNED}")]


def test_nothing_else_was_tuned_on() -> None:
    """Nor does a merged instance begin where tuning did, nor a portfolio have its seeds."""
    assert set() == {first for _, first in MERGED.values()} & set(TUNED_GROUPS)
    assert {first for _, first in MERGED.values()} == set(FIRST_GROUPS)
    assert TUNED_SEEDS > max(kind.seed for kind in REALISTIC.values())


@pytest.mark.parametrize("name", ["j120", "merged", "makespan", "building-merged"])
def test_a_folder_without_data_is_told(name: str, tmp_path: Path) -> None:
    """The error names the folder, the option and the variable."""
    with pytest.raises(NoDataError, match=r"has no psplib.*--data FOLDER.*ROADMAP_DATA"):
        SUITES[name].names(tmp_path)


@pytest.mark.parametrize("name", ["j60", "merged", "makespan", "discounted"])
def test_every_peer_can_say_the_first_instance(name: str, data: Path) -> None:
    """All build it, and a rule's value is that of the cost that it tells, but for rounding."""
    suite = SUITES[name]
    case = suite.case(data, suite.names(data)[0])
    for peer in filter(installed, suite.peers):
        find_peer(peer).build(case.problem)
    found = find_peer("closure").solve(case.problem, Conditions(1.0, 1, 1))
    assert found.schedule is not None
    cost = evaluate(case.problem, found.schedule).objective
    assert pytest.approx(case.told(cost), abs=0.01) == case.value(found.schedule)
