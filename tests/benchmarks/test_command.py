"""The command line of the benchmarks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.apart import run_apart
from benchmarks.record import Run, Task, runs_in


def call(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> int:
    """Call it with these words."""
    monkeypatch.setattr(sys, "argv", ["benchmarks", *map(str, words)])
    return main()


def test_what_is_in_the_record_is_not_run_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A suite goes on where it stopped, and its page is made of the record alone."""
    record, page = tmp_path / "record.jsonl", tmp_path / "benchmarks.md"
    asked = ("realistic", "--limit", "5", "--record", record)
    assert 0 == call(monkeypatch, *asked, "--first", "1")
    assert 0 == call(monkeypatch, *asked, "--first", "2", "--part", "1/2")
    assert 4 == capsys.readouterr().out.count("\n")
    runs = runs_in([record])
    assert ["auto", "plain CP-SAT", "closure", "wsjf"] == [run.task.peer for run in runs]
    assert [""] * 4 == [run.error for run in runs]
    assert runs[0].value == runs[1].value == runs[0].bound == runs[1].bound
    assert 0 == call(monkeypatch, "page", "--record", record, "--page", page)
    assert "## Realistic portfolios" in page.read_text("utf-8")


def test_a_peer_that_fails_is_told() -> None:
    """A failing process is an error in the record, with its reason."""
    pytest.importorskip("pyjobshop")
    task = Task(
        suite="realistic",
        instance="10 at 1, seed 0",
        peer="PyJobShop",
        limit=1.0,
        workers=1,
        seed=1,
    )
    run = run_apart(task, Path())
    expected = "ValueError: optional work and required levels are not said to PyJobShop here"
    assert expected == run.error
    assert Run.from_json(run.to_json()) == run
    assert task == run.task


def test_a_missing_folder_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2, the message names the option, nothing is recorded."""
    record = tmp_path / "record.jsonl"
    words = ("j120", "--data", tmp_path / "nowhere", "--record", record)
    assert 2 == call(monkeypatch, *words)
    assert "--data FOLDER" in capsys.readouterr().err
    assert not record.exists()


@pytest.mark.parametrize(
    "words",
    [("j121",), ("j120", "page"), ("j120", "--part", "3/2"), ("j120", "--part", "x")],
)
def test_what_makes_no_sense_is_refused(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Unknown suites, a page among suites, parts that do not exist."""
    with pytest.raises(SystemExit):
        call(monkeypatch, *words)
