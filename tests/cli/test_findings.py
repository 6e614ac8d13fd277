"""Findings on the command line."""

from __future__ import annotations

import roadmap as rm
from roadmap.cli import main
from tests.cli.cases import Said, five, in_turn, schedule_file


def test_findings_are_told(said: Said) -> None:
    """The table is what the portfolio says of itself; findings are no fault."""
    assert 0 == main(["findings", "bank.yaml"])
    assert f"{five().findings()}\n" == said.out()


def test_strict_makes_them_count(said: Said) -> None:
    """With ``--strict`` any finding is an exit code of 1, and none is 0."""
    assert 1 == main(["findings", "bank.yaml", "--strict"])
    rm.write(rm.Portfolio(timeline=rm.Timeline("2027-01", 3)), "empty.yaml")
    said.out()
    assert 0 == main(["findings", "empty.yaml", "--strict"])
    assert "There is nothing to be found.\n" == said.out()


def test_check_says_what_no_total_counts(said: Said) -> None:
    """Below the total stand the needs without value."""
    facts = five()
    free = rm.Need("F", 1, rm.CostOfDelay(0), name="free")
    rm.write(facts.replace(needs=[*facts.needs, free]), "free.yaml")
    plan = schedule_file("board.csv", in_turn("FABCD"))
    assert 0 == main(["check", "free.yaml", plan])
    assert "1 of 5 needs is without value and counted by no total: free" in said.out()
