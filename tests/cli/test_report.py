"""Writing reports from the command line."""

from __future__ import annotations

from pathlib import Path

from roadmap.cli import main
from tests.cli.cases import Said, in_turn, schedule_file


def test_report_is_told_or_written(said: Said) -> None:
    """As Markdown to standard output; to a file by its ending, for either reader."""
    main(["solve", "bank.yaml", "--out", "plan"])
    said.out()
    command = ["report", "bank.yaml", "plan/plan.json", "--review", "2027-04"]
    assert 0 == main(command)
    assert "## What we recommend" in said.out()
    assert 0 == main([*command, "--audience", "technology", "-o", "board.html"])
    assert "Wrote board.html.\n" == said.err()
    assert "<h2>Recommended plan</h2>" in Path("board.html").read_text("utf-8")
    assert 2 == main([*command, "-o", "board.html"])
    assert "board.html is there already" in said.err()


def test_report_of_a_plan_that_breaks_rules_is_refused(said: Said) -> None:
    """What a board is asked to approve keeps every rule."""
    board = schedule_file("board.csv", in_turn("AFBCD"))
    assert 2 == main(["report", "bank.yaml", board])
    assert "breaks rules" in said.err()


def test_report_with_a_wrong_date(said: Said) -> None:
    """It is told what a date looks like."""
    assert 2 == main(["report", "bank.yaml", "--review", "soon"])
    assert "review" in said.err()


def test_report_in_an_unknown_format_is_refused_at_once(said: Said) -> None:
    """Before anything is searched for."""
    assert 2 == main(["report", "bank.yaml", "-o", "board.docx"])
    assert "a report is written as .md or .html" in said.err()
