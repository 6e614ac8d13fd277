"""Solving: what is written, what is said, what is never lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import roadmap as rm
from roadmap.cli import main
from tests.cli.cases import WRITTEN, Said, five, hard, in_turn, run, schedule_file


def test_solve_writes_a_plan_and_its_charts(said: Said) -> None:
    """One command: the proven plan is shown, and written with its charts."""
    assert 0 == main(["solve", "bank.yaml", "--out", "plans/first"])
    told = said.out()
    assert told.startswith("auto: optimal, costs EUR 912\n")
    written = Path("plans/first")
    assert WRITTEN == {path.name for path in written.iterdir()}
    assert 912 == json.loads((written / "plan.json").read_text(encoding="utf-8"))["objective"]
    assert told == (written / "summary.txt").read_text(encoding="utf-8")
    for chart in written.glob("*.svg"):
        assert b"<svg" in chart.read_bytes()


def test_solve_without_out_writes_nothing(said: Said, folder: Path) -> None:
    """Without a folder the plan is only shown."""
    assert 0 == main(["solve", "bank.yaml", "--quiet"])
    assert "optimal" in said.out()
    assert ["bank.yaml"] == [path.name for path in folder.iterdir()]


def test_solve_refuses_to_overwrite_before_it_solves(
    said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there stays, and no search is made for nothing; ``--force`` replaces it."""
    Path("plan").mkdir()
    mine = Path("plan/plan.json")
    mine.write_text("mine", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(rm, "solve", None)
        assert 2 == main(["solve", "bank.yaml", "--out", "plan"])
    there = f"roadmap: {mine} is there already; --force replaces what is there\n"
    assert there == said.err()
    assert "mine" == mine.read_text(encoding="utf-8")
    assert 0 == main(["solve", "bank.yaml", "--out", "plan", "--force"])
    assert "mine" != mine.read_text(encoding="utf-8")


def test_many_files_in_the_way_are_counted(said: Said) -> None:
    """A message names three files and counts the others."""
    assert 0 == main(["solve", "bank.yaml", "--out", "plan", "--solver", "wsjf"])
    said.out()
    assert 2 == main(["solve", "bank.yaml", "--out", "plan"])
    assert "summary.txt and 5 more are there already" in said.err()


def test_solve_is_quiet_away_from_a_terminal() -> None:
    """No progress in a pipe: standard error says only what was written, or nothing."""
    done = run("solve", "bank.yaml", "--out", "plan")
    assert f"Wrote {', '.join(sorted(WRITTEN))} to plan.\n" == _sorted_list(done.stderr)
    assert "" == run("solve", "bank.yaml", "--out", "plan", "--force", "--quiet").stderr


def _sorted_list(told: str) -> str:
    names, _, rest = told.removeprefix("Wrote ").partition(" to ")
    return f"Wrote {', '.join(sorted(names.split(', ')))} to {rest}"


def test_solve_with_a_rule(said: Said) -> None:
    """A rival's rule is a solver; its words may be joined by hyphens."""
    assert 0 == main(["solve", "bank.yaml", "--solver", "Cost-of-Delay"])
    assert said.out().startswith("cost of delay: feasible, costs EUR 1,065")


def test_solve_reproducibly_twice(said: Said) -> None:
    """The same input and seed give the same bytes in every file."""
    options = ["--reproducible", "--seed", "7", "--time-limit", "5"]
    for out in ("one", "two"):
        assert 0 == main(["solve", "bank.yaml", "--out", out, *options])
    for name in WRITTEN:
        assert (Path("one") / name).read_bytes() == (Path("two") / name).read_bytes()
    assert "optimal" in said.out()


def test_solve_from_a_hint(said: Said) -> None:
    """A plan in hand is never answered worse than; JSON and CSV plans both serve."""
    hint = schedule_file("board.csv", in_turn("FABCD"))
    assert 0 == main(["solve", "bank.yaml", "--hint", hint, "--time-limit", "0", "--out", "p"])
    assert "costs EUR 912" in said.out()
    assert 0 == main(["solve", "bank.yaml", "--hint", "p/plan.json", "--workers", "1"])


def test_hint_that_breaks_rules_is_refused(said: Said) -> None:
    """A broken plan starts no search; the message says what is wrong, and how to see it all."""
    hint = schedule_file("board.csv", in_turn("AFBCD"))
    assert 2 == main(["solve", "bank.yaml", "--hint", hint, "--out", "plan"])
    told = said.err()
    assert "board.csv breaks rules, so no search can start from it" in told
    assert "roadmap check bank.yaml board.csv" in told
    assert not Path("plan").exists()


def test_infeasible_portfolio(said: Said) -> None:
    """Proven infeasible is exit code 1, and nothing is written."""
    late = five().replace(initiatives=[*five().initiatives, rm.Initiative("late", duration=99)])
    rm.write(late, "late.yaml")
    assert 1 == main(["solve", "late.yaml", "--out", "plan"])
    assert said.out().startswith("auto: infeasible")
    assert [] == list(Path("plan").iterdir())


def test_infeasible_says_that_nothing_was_written(capsys: pytest.CaptureFixture[str]) -> None:
    """Files of an earlier run must not be taken for this one's."""
    rm.write(five().replace(timeline=rm.Timeline("2027-01", 9)), "late.yaml")
    assert 1 == main(["solve", "late.yaml", "--out", "plan"])
    assert "There is no plan, so nothing was written to plan.\n" == capsys.readouterr().err


def test_no_plan_in_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither plan nor proof is exit code 3, with a word on what may help."""
    rm.write(five().replace(timeline=rm.Timeline("2027-01", 9)), "late.yaml")
    assert 3 == main(["solve", "late.yaml", "--solver", "wsjf"])
    captured = capsys.readouterr()
    assert captured.out.startswith("wsjf: unknown: this rule finds no place for ")
    assert "try a longer --time-limit, or --solver auto" in captured.err


def test_zero_time_still_gives_a_plan(said: Said) -> None:
    """With no time at all, a rule's plan is returned."""
    rm.write(hard(), "hard.yaml")
    assert 0 == main(["solve", "hard.yaml", "--time-limit", "0"])
    assert said.out().startswith("auto: feasible")


def test_no_time_limit(said: Said) -> None:
    """``none`` searches until it is proven."""
    assert 0 == main(["solve", "bank.yaml", "--time-limit", "none"])
    assert "optimal" in said.out()


def test_crashed_solver_is_no_traceback(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that fails without a plan is told, with exit code 3."""

    def crash(*_: object, **__: object) -> None:
        raise rm.SolverCrashError("CP-SAT broke down: out of memory")

    monkeypatch.setattr(rm, "solve", crash)
    assert 3 == main(["solve", "bank.yaml"])
    assert "roadmap: CP-SAT broke down: out of memory\n" == said.err()


def test_interrupt_without_a_plan(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C where nothing can be kept ends in a word, not in a traceback."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rm, "solve", interrupt)
    assert 3 == main(["solve", "bank.yaml"])
    assert "roadmap: stopped\n" == said.err()


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_terminal_shows_progress_and_ctrl_c_keeps_the_plan() -> None:
    """On a terminal the run is seen, and Ctrl-C writes the best plan so far and exits well."""
    rm.write(hard(), "hard.yaml")
    told, out, code = _interrupted(["solve", "hard.yaml", "--out", "plan", "--time-limit", "100"])
    assert 0 == code
    assert "costs " in told
    assert "Ctrl-C takes the best plan so far" in told
    assert "Wrote plan.json" in told
    assert "Traceback" not in told
    assert "stopped by the user" in out.partition("\n")[0]
    assert {path.name for path in Path("plan").iterdir()} == WRITTEN
    assert 0 == main(["check", "hard.yaml", "plan/plan.json"])


def _interrupted(arguments: list[str]) -> tuple[str, str, int]:
    """Run on a terminal until the search has begun, then press Ctrl-C."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "roadmap", *arguments]
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "150"}
    told = b""
    with subprocess.Popen(
        command, stderr=theirs, stdout=subprocess.PIPE, env=env, start_new_session=True
    ) as process:
        os.close(theirs)
        until = time.monotonic() + 60
        while chunk := _read(ours):
            told += chunk
            if b"(cpsat)" in told or b"none can cost less" in told or time.monotonic() > until:
                os.killpg(process.pid, signal.SIGINT)  # a terminal tells the whole group
                break
        while chunk := _read(ours):
            told += chunk
        out = process.communicate(timeout=60)[0]
    os.close(ours)
    return told.decode(), out.decode(), process.returncode


def _read(terminal: int) -> bytes:
    """What the terminal shows next; nothing when it is closed."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
