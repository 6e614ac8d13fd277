"""Checking and comparing plans from anywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import roadmap as rm
from roadmap.cli import main
from tests.cli.cases import Said, five, hard, in_turn, schedule_file


def test_check_of_a_sound_plan(said: Said) -> None:
    """A plan that keeps every rule: its cost, and from when each need is met."""
    plan = schedule_file("board.csv", in_turn("CDFBA"))
    assert 0 == main(["check", "bank.yaml", plan])
    told = said.out()
    assert told.startswith("board.csv keeps every rule.\n")
    assert "total                1,065" in told
    assert "amount, EUR" in told
    assert "need A   2028-07" in told


def test_check_of_a_broken_plan(said: Said) -> None:
    """A plan that breaks rules: each violation in business words, and exit code 1."""
    plan = schedule_file("board.csv", {**in_turn("AFBCD"), "D": 0})
    assert 1 == main(["check", "bank.yaml", plan])
    told = said.out()
    assert told.startswith("board.csv breaks rules:\n  ")
    violations = rm.evaluate(five(), rm.read_schedule(plan, five())).violations
    assert all(str(violation) in told for violation in violations)


def test_check_of_another_portfolios_plan(said: Said) -> None:
    """A plan of other work is broken, and says that the work is not known."""
    rm.write(hard(), "hard.yaml")
    assert 0 == main(["solve", "bank.yaml", "--out", "plan"])
    said.out()
    assert 1 == main(["check", "hard.yaml", "plan/plan.json"])
    assert "  F is no initiative" in said.out()
    assert 1 == main(["compare", "hard.yaml", "plan/plan.json"])
    assert "\nplan      given" in said.out()


def test_faulty_plan_tells_every_fault(said: Said) -> None:
    """Names that are not known and dates that are none come at once, each with its line."""
    Path("board.csv").write_text("initiative,start\nG,0\nF,soon\n", encoding="utf-8")
    assert 2 == main(["check", "bank.yaml", "board.csv"])
    told = said.err()
    assert told.startswith("roadmap: board.csv has 2 faults:\n  line 2: ")
    assert "'soon' is no date" in told


def test_report_that_was_altered_counts_as_a_plan_alone(said: Said) -> None:
    """What a report claims is believed only as far as it can be read; its plan is judged."""
    assert 0 == main(["solve", "bank.yaml", "--out", "plan"])
    report = json.loads(Path("plan/plan.json").read_text(encoding="utf-8"))
    for odd in ({"status": 5}, {"trace": 5}, {"problem": None}):
        Path("odd.json").write_text(json.dumps(report | odd), encoding="utf-8")
        said.out()
        assert 0 == main(["compare", "bank.yaml", "odd.json"])
        assert "\nodd       given" in said.out()


def test_check_loads_no_solver_and_no_drawing() -> None:
    """The judge alone starts quickly."""
    schedule_file("board.csv", in_turn("FABCD"))
    code = (
        "import sys; from roadmap.cli import main; main(['check', 'bank.yaml', 'board.csv']); "
        "print({'ortools', 'matplotlib', 'numpy', 'rich'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "set()" == done.stdout.splitlines()[-1]


def test_compare_plans(said: Said) -> None:
    """Plans stand side by side by their files' names; a solver's report keeps its status."""
    schedule_file("board.csv", in_turn("CDFBA"))
    main(["solve", "bank.yaml", "--out", "plan"])
    said.out()
    assert 0 == main(["compare", "bank.yaml", "plan/plan.json", "board.csv"])
    rows = [line.split() for line in said.out().splitlines()]
    assert ["plan", "optimal", "912"] == rows[2][:3]
    assert ["board", "given", "1,065"] == rows[3][:3]
    assert "+153" in rows[3]


def test_compare_with_rivals(said: Said) -> None:
    """Every shipped rule stands beside the plan."""
    board = schedule_file("board.csv", in_turn("FABCD"))
    assert 0 == main(["compare", "bank.yaml", board, "--rivals"])
    told = said.out()
    assert all(f"\n{rule}  " in told for rule in rm.RULES)


def test_compare_names_stay_distinct(said: Said) -> None:
    """Two files of one name, or of a rule's name, are told apart by their paths."""
    for place in ("a", "b"):
        Path(place).mkdir()
        schedule_file(f"{place}/board.csv", in_turn("FABCD"))
    assert 0 == main(["compare", "bank.yaml", "a/board.csv", "b/board.csv"])
    told = said.out()
    assert "\na/board.csv  " in told
    assert "\nb/board.csv  " in told
    rule = schedule_file("wsjf.csv", in_turn("FABCD"))
    assert 0 == main(["compare", "bank.yaml", rule, "--rivals"])
    assert "\nwsjf.csv  " in said.out()


def test_compare_of_a_broken_plan(said: Said) -> None:
    """A given plan that breaks rules makes the exit code 1."""
    board = schedule_file("board.csv", in_turn("AFBCD"))
    assert 1 == main(["compare", "bank.yaml", board])
    assert "board breaks rules:" in said.out()


def test_nothing_to_compare(said: Said) -> None:
    """Without a plan and without rivals there is nothing to do, and it says so."""
    assert 2 == main(["compare", "bank.yaml"])
    assert "roadmap: there is nothing to compare: name a plan, or say --rivals\n" == said.err()
