"""``roadmap stage``: a plan for every outcome of the pilots."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import roadmap as rm
from roadmap.cli import main
from tests.cli.cases import Said
from tests.test_staging import venture


@pytest.fixture(autouse=True)
def trial(folder: Path) -> Path:
    """A pilot that may fail, what follows it, and other work, in ``trial.yaml``."""
    rm.write(venture(), "trial.yaml")
    return folder


def test_each_outcome_has_a_plan(said: Said) -> None:
    """The expected cost, what is begun now, and a plan in the words of the outcome."""
    assert 0 == main(["stage", "trial.yaml", "--out", "stages"])
    told = said.out()
    assert "in stages: optimal, expected cost 325, value of information 45" in told
    assert "Begun before the first gate, whatever the outcome: pilot." in told
    assert "1. pilot succeeds" in told
    assert "2. pilot fails" in told
    assert "not known" not in told
    starts = [
        {name: place.start for name, place in rm.read_schedule(file, rm.read("trial.yaml")).items()}
        for file in ("stages/branch-1.csv", "stages/branch-2.csv")
    ]
    assert [{"pilot": 0, "roll-out": 2, "tidy": 4}, {"pilot": 0, "tidy": 2}] == starts


def test_nothing_is_written_unless_asked() -> None:
    """Without a folder, the plans are only shown."""
    before = set(Path().iterdir())
    assert 0 == main(["stage", "trial.yaml"])
    assert before == set(Path().iterdir())


def test_plans_are_not_replaced_unasked(said: Said) -> None:
    """What is there is refused before anything is searched, unless it is forced."""
    Path("stages").mkdir()
    Path("stages/branch-1.csv").touch()
    assert 2 == main(["stage", "trial.yaml", "--out", "stages"])
    assert "branch-1.csv" in said.err()
    assert 0 == main(["stage", "trial.yaml", "--out", "stages", "--force"])


def test_without_pilots_there_are_no_stages(said: Said) -> None:
    """The remedy is the command that plans it as it is."""
    assert 2 == main(["stage", "bank.yaml"])
    remedy = "to plan it as it is: roadmap solve bank.yaml --out plan"
    assert f"roadmap: bank.yaml has no pilots; {remedy}\n" == said.err()


def test_no_plan_is_told(said: Said) -> None:
    """What cannot be done in any branch is infeasible."""
    facts = rm.read("trial.yaml")
    late = attrs.evolve(facts.initiative["tidy"], latest_finish=1)
    others = [item for item in facts.initiatives if item.name != late.name]
    rm.write(facts.replace(initiatives=[*others, late]), "late.yaml")
    assert 1 == main(["stage", "late.yaml"])
    assert "infeasible" in said.out()
