"""Drawing charts of plans, and of dependencies alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadmap.cli import main
from tests.cli.cases import Said, in_turn, schedule_file


@pytest.mark.parametrize("chart", ["gantt", "dependencies", "load", "value", "progress"])
def test_draw(chart: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each chart is drawn from a solver's report and from a plan alone."""
    main(["solve", "bank.yaml", "--out", "plan"])
    board = schedule_file("board.csv", in_turn("FABCD"))
    assert 0 == main(["draw", chart, "bank.yaml", "plan/plan.json"])
    assert b"<svg" in Path(f"{chart}.svg").read_bytes()
    assert 0 == main(["draw", chart, "bank.yaml", board, "-o", "chart.png"])
    assert b"\x89PNG" == Path("chart.png").read_bytes()[:4]
    assert capsys.readouterr().err.endswith("Wrote chart.png.\n")


def test_gantt_groups_by_choice(said: Said) -> None:
    """A gantt chart groups work as it is told; other charts have no groups."""
    command = ["bank.yaml", schedule_file("board.csv", in_turn("FABCD"))]
    for group in ("category", "team", "owner", "none"):
        target = ["--group", group, "-o", f"{group}.svg"]
        assert 0 == main(["draw", "gantt", *command, *target])
    assert Path("team.svg").read_bytes() != Path("none.svg").read_bytes()
    said.err()
    assert 2 == main(["draw", "load", *command, "--group", "team"])
    assert "roadmap: --group is for gantt charts, and a load chart is asked for\n" == said.err()


def test_drawn_chart_is_the_solved_one(said: Said) -> None:
    """A chart drawn from a report later is the chart that was written with it."""
    main(["solve", "bank.yaml", "--out", "plan"])
    main(["draw", "gantt", "bank.yaml", "plan/plan.json"])
    assert Path("plan/gantt.svg").read_bytes() == Path("gantt.svg").read_bytes()
    assert "optimal" in said.out()


def test_dependencies_need_no_plan(said: Said) -> None:
    """The dependencies are drawn from the facts alone; other charts ask for a plan."""
    assert 0 == main(["draw", "dependencies", "bank.yaml"])
    assert "Wrote dependencies.svg.\n" == said.err()
    assert 2 == main(["draw", "load", "bank.yaml"])
    told = said.err()
    assert "a load chart shows a plan, and none is given" in told
    assert "roadmap solve bank.yaml --out plan" in told


def test_draw_of_a_broken_plan_says_so(said: Said) -> None:
    """A plan that breaks rules can be looked at, with a word on it."""
    board = schedule_file("board.csv", in_turn("AFBCD"))
    assert 0 == main(["draw", "gantt", "bank.yaml", board])
    assert "note: this plan breaks rules" in said.err()


def test_draw_overwrites_only_by_force(said: Said) -> None:
    """A chart that is there stays, unless ``--force`` is said."""
    Path("mine.svg").write_text("mine", encoding="utf-8")
    command = ["draw", "dependencies", "bank.yaml", "-o", "mine.svg"]
    assert 2 == main(command)
    assert "mine.svg is there already" in said.err()
    assert "mine" == Path("mine.svg").read_text(encoding="utf-8")
    assert 0 == main([*command, "--force"])


def test_draw_in_an_unknown_format(said: Said) -> None:
    """A format that no chart has is told, with those that are."""
    assert 2 == main(["draw", "dependencies", "bank.yaml", "-o", "chart.docx"])
    assert ".docx" in said.err()
    assert not Path("chart.docx").exists()
