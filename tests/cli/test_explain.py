"""``roadmap explain`` and ``roadmap audit``: answers, and what stands in the way of one."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import roadmap as rm
from roadmap.cli import main
from tests.cli.cases import Said, five, in_turn, schedule_file


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the five items and their best plan; the last fits in nowhere later."""
    monkeypatch.chdir(tmp_path)
    rm.write(five(), "five.yaml")
    schedule_file("best.csv", in_turn("FABCD"))


def test_all_is_explained(said: Said) -> None:
    """The delay of each need, and the price of a month of each initiative."""
    assert 0 == main(["explain", "five.yaml", "best.csv"])
    told = said.out()
    assert "need D                  3" not in told
    assert "need D             3          0      0       0        15   2028-07" in told
    assert "F   2027-01  EUR 84" in told
    assert "D   2028-04  not possible" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--about", "C"], "C starts in 2027-10: 1 month sooner would break"),
        (["--about", "A", "--before", "2027-05"], "A may not start before F is at level 1"),
        (["--about", "need D"], "others come first, which adds: 15 months"),
    ],
)
def test_one_thing_is_explained(said: Said, words: list[str], told: str) -> None:
    """An initiative, a start that is not so, a need."""
    assert 0 == main(["explain", "five.yaml", "best.csv", *words])
    assert told in said.out()


def test_what_is_left_out_is_explained(said: Said) -> None:
    """Work that does not pay is told with what it lacks."""
    extra = rm.Initiative("E", duration=1, cost=7, optional=True)
    rm.write(five().replace(initiatives=[*five().initiatives, extra]), "six.yaml")
    assert 0 == main(["explain", "six.yaml", "best.csv", "--about", "E"])
    assert "once it is worth EUR 7 in itself" in said.out()


def test_an_unknown_name_is_refused(said: Said) -> None:
    """A name that is not there is bad input, and the nearest is told."""
    assert 2 == main(["explain", "five.yaml", "best.csv", "--about", "Z"])
    assert "no initiative is called 'Z'" in said.err()


def test_the_audit(said: Said) -> None:
    """Each rule has its verdict and its price."""
    assert 0 == main(["audit", "five.yaml", "best.csv"])
    assert "capacity of team  unstated  binding      EUR 411" in said.out()


@pytest.mark.parametrize("command", ["explain", "audit"])
def test_without_a_plan_the_conflict_is_told(said: Said, command: str) -> None:
    """Where no plan keeps every rule, a smallest conflict is shown, and the exit code is 1."""
    facts = five()
    work = [attrs.evolve(i, latest_finish=5) if i.name == "C" else i for i in facts.initiatives]
    rm.write(facts.replace(initiatives=work), "tight.yaml")
    assert 1 == main([command, "tight.yaml"])
    assert "These cannot all be kept:" in said.out()
