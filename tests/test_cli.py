"""The command line, as its user meets it: what it writes, what it says, how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path
from random import Random

import pytest

import roadmap as rm
from roadmap.cli import main

LENGTHS = {"F": 4, "A": 3, "B": 2, "C": 6, "D": 3}
RATES = {"A": 30, "B": 20, "C": 24, "D": 9}
WRITTEN = {
    "plan.json",
    "plan.csv",
    "summary.txt",
    "gantt.svg",
    "dependencies.svg",
    "load.svg",
    "value.svg",
}


def five() -> rm.Portfolio:
    """The five-item case: one team, F is the foundation of A and B."""
    return rm.Portfolio(
        timeline=rm.Timeline("2027-01", 18),
        currency="EUR",
        teams=[rm.Team("team", 1)],
        capabilities=[rm.Capability(name) for name in LENGTHS],
        needs=[
            rm.Need(name, 1, rm.CostOfDelay(rate), name=f"need {name}")
            for name, rate in RATES.items()
        ],
        initiatives=[
            rm.Initiative(
                name,
                duration=length,
                demand={"team": 1},
                raises={name: 1},
                requires={"F": 1} if name in "AB" else {},
            )
            for name, length in LENGTHS.items()
        ],
    )


def hard() -> rm.Portfolio:
    """State ninety initiatives that no search is done with in the time of a test."""
    random = Random(1)
    teams = [rm.Team(f"team {at}", 3) for at in range(4)]
    names = [f"item {at}" for at in range(90)]
    return rm.Portfolio(
        timeline=rm.Timeline("2027-01", 200),
        teams=teams,
        capabilities=[rm.Capability(name) for name in names],
        needs=[
            rm.Need(name, 1, rm.CostOfDelay(random.randint(1, 100)) + rm.Deadline(30, 500, 30))
            for name in names
        ],
        initiatives=[
            rm.Initiative(
                name,
                duration=random.randint(1, 6),
                demand={team.name: random.randint(1, 2) for team in random.sample(teams, 2)},
                raises={name: 1},
                requires={random.choice(names[:at]): 1} if at else {},
            )
            for at, name in enumerate(names)
        ],
    )


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test in a folder of its own, with the five-item case in ``bank.yaml``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    rm.write(five(), "bank.yaml")
    return tmp_path


@pytest.fixture(name="said")
def said_fixture(capsys: pytest.CaptureFixture[str]) -> Said:
    """What the command line said since the last question."""
    return Said(capsys)


class Said:
    """Reads what was said, on both streams, and empties them."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def out(self) -> str:
        """Standard output."""
        return self._capsys.readouterr().out

    def err(self) -> str:
        """Standard error, after a look that standard output is empty."""
        captured = self._capsys.readouterr()
        assert "" == captured.out
        return captured.err


def schedule_file(name: str, starts: dict[str, int]) -> str:
    """Write a plan as a CSV file of names and starts."""
    lines = ["initiative,start", *(f"{item},{start}" for item, start in starts.items())]
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def in_turn(order: str) -> dict[str, int]:
    """Starts of work that is done one after the other."""
    return {item: sum(LENGTHS[other] for other in order[:at]) for at, item in enumerate(order)}


def stopped_with(arguments: list[str]) -> object:
    """The exit code of arguments that are refused as they stand."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    return stopped.value.code


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "roadmap", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
        encoding="utf-8",
    )


# --- solve


def test_solve_writes_a_plan_and_its_charts(said: Said) -> None:
    """One command: the proven plan is shown, and written with its charts."""
    assert 0 == main(["solve", "bank.yaml", "--out", "plans/first"])
    told = said.out()
    assert told.startswith("cpsat: optimal, costs EUR 912\n")
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
    assert "summary.txt and 4 more are there already" in said.err()


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
    assert said.out().startswith("cpsat: infeasible")
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
    assert "try a longer --time-limit, or --solver cpsat" in captured.err


def test_zero_time_still_gives_a_plan(said: Said) -> None:
    """With no time at all, a rule's plan is returned."""
    rm.write(hard(), "hard.yaml")
    assert 0 == main(["solve", "hard.yaml", "--time-limit", "0"])
    assert said.out().startswith("cpsat: feasible")


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


# --- check


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


def test_check_of_another_portfolios_plan(capsys: pytest.CaptureFixture[str]) -> None:
    """A plan of other work is refused or broken, never taken for sound."""
    plan = schedule_file("board.csv", {"payments hub": 0})
    assert main(["check", "bank.yaml", plan]) in (1, 2)
    assert "payments hub" in "".join(capsys.readouterr())


def test_check_loads_no_solver_and_no_drawing() -> None:
    """The judge alone starts quickly."""
    schedule_file("board.csv", in_turn("FABCD"))
    code = (
        "import sys; from roadmap.cli import main; main(['check', 'bank.yaml', 'board.csv']); "
        "print({'ortools', 'matplotlib', 'networkx', 'numpy', 'rich'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "set()" == done.stdout.splitlines()[-1]


# --- compare


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


# --- draw


@pytest.mark.parametrize("chart", ["gantt", "dependencies", "load", "value"])
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


# --- init and schema


def test_init_makes_a_portfolio_that_solves(said: Said) -> None:
    """The starter portfolio is sound, solves, and names the schema that lies beside it."""
    assert 0 == main(["init"])
    told = said.out()
    assert "Wrote roadmap.yaml and roadmap.schema.json.\n" in told
    assert "roadmap solve roadmap.yaml --out plan" in told
    text = Path("roadmap.yaml").read_text(encoding="utf-8")
    assert "# yaml-language-server: $schema=roadmap.schema.json" in text
    assert rm.schema_text() == Path("roadmap.schema.json").read_text(encoding="utf-8")
    assert 0 == main(["solve", "roadmap.yaml", "--out", "plan", "--time-limit", "20"])


def test_init_in_a_folder_or_a_file(said: Said) -> None:
    """It takes a folder, which it makes, or a name for the file."""
    assert 0 == main(["init", "new/place"])
    assert Path("new/place/roadmap.yaml").is_file()
    assert 0 == main(["init", "mine/city.yml"])
    assert {"city.yml", "roadmap.schema.json"} == {p.name for p in Path("mine").iterdir()}
    assert "roadmap solve mine/city.yml --out mine/plan" in said.out()


def test_init_never_overwrites(said: Said) -> None:
    """A portfolio, or another schema, that is there stays; the same schema is no hindrance."""
    assert 0 == main(["init"])
    said.out()
    Path("roadmap.yaml").write_text("mine", encoding="utf-8")
    assert 2 == main(["init"])
    assert "roadmap: roadmap.yaml is there already; --force replaces what is there\n" == said.err()
    assert 0 == main(["init", "second.yaml"])
    Path("roadmap.schema.json").write_text("mine too", encoding="utf-8")
    said.out()
    assert 2 == main(["init", "third.yaml"])
    assert "roadmap.schema.json is there already" in said.err()
    assert not Path("third.yaml").exists()
    assert "mine" == Path("roadmap.yaml").read_text(encoding="utf-8")
    assert 0 == main(["init", "--force"])
    assert "mine" != Path("roadmap.yaml").read_text(encoding="utf-8")


def test_init_writes_yaml_only(said: Said) -> None:
    """A starter in another format is not promised, and not made."""
    assert 2 == main(["init", "bank.toml"])
    assert "roadmap: the starter is written as YAML: bank.yaml, say\n" == said.err()


def test_schema(said: Said) -> None:
    """The JSON Schema goes to standard output, or to a file that is not there."""
    assert 0 == main(["schema"])
    assert json.loads(rm.schema_text()) == json.loads(said.out())
    assert 0 == main(["schema", "-o", "s.json"])
    assert "Wrote s.json.\n" == said.err()
    assert 2 == main(["schema", "-o", "s.json"])
    assert 0 == main(["schema", "-o", "s.json", "--force"])


# --- what can be wrong with arguments and files


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["slove"], "invalid choice: 'slove'"),
        (["solve"], "the following arguments are required: portfolio"),
        (["solve", "bank.yaml", "--time-limit", "x"], "'x' is no time; give seconds, such as 30"),
        (["solve", "bank.yaml", "--time-limit", "nan"], "'nan' is no time"),
        (["solve", "bank.yaml", "--time-limit=-1"], "'-1' is no time"),
        (["solve", "bank.yaml", "--solver", "wsfj"], "called 'wsfj'; did you mean 'wsjf'?"),
        (
            ["solve", "bank.yaml", "--solver", "magic"],
            "known: auto, cpsat, closure, wsjf, cost-of-d",
        ),
        (["solve", "bank.yaml", "--workers", "0"], "'0' is not a whole number from 1"),
        (["solve", "bank.yaml", "--seed", "1.5"], "'1.5' is not a whole number from 0"),
        (["solve", "bank.yaml", "--seed", "9999999999"], "is not a whole number from 0"),
        (["solve", "bank.yaml", "--out"], "--out: expected one argument"),
        (["draw", "pie", "bank.yaml"], "invalid choice: 'pie'"),
        (["check", "bank.yaml", "a.csv", "b.csv"], "unrecognized arguments: b.csv"),
        (["check", "bank.yaml", "a.csv", "--\x1b[31m"], "unrecognized arguments: --�[31m"),
    ],
)
def test_wrong_arguments(arguments: list[str], told: str, said: Said) -> None:
    """Arguments that are wrong end with code 2, the reason, and where to read more."""
    assert 2 == stopped_with(arguments)
    message = said.err()
    assert told in message
    assert message.endswith("--help tells more\n")
    assert "\x1b" not in message


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["solve", "no.yaml"], "roadmap: no.yaml: there is no such file\n"),
        (["solve", "bnak.yaml"], "no such file; did you mean 'bank.yaml'?"),
        (["solve", "no/bank.yaml"], "roadmap: no/bank.yaml: there is no folder no\n"),
        (["solve", "../../x.yaml"], "roadmap: ../../x.yaml: there is no such file\n"),
        (["solve", "folder.yaml"], "roadmap: folder.yaml: it is a folder, and a file is wanted\n"),
        (["solve", "bank.yaml/x.yaml"], "a part of this path is a file, not a folder"),
        (["solve", "bank.docx"], "'.docx' is no format"),
        (["solve", "bank.yaml", "--out", "bank.yaml"], "it is a file, and a folder is wanted"),
        (["solve", "bank.yaml", "--out", "bank.yaml/x"], "a part of this path is a file"),
        (["solve", "bank.yaml", "--out", "x" * 300], "ile name too long"),
        (["solve", "bank.yaml", "--hint", "no.json"], "no.json: there is no such file"),
        (["check", "bank.yaml", "no.csv"], "no.csv: there is no such file"),
        (["check", "bank.yaml", "folder.yaml"], "folder.yaml"),
        (["compare", "bank.yaml", "no.csv"], "no.csv: there is no such file"),
        (["draw", "gantt", "bank.yaml", "no.csv"], "no.csv: there is no such file"),
        (["draw", "dependencies", "bank.yaml", "-o", "no/x.svg"], "there is no folder no\n"),
        (["draw", "dependencies", "bank.yaml", "-o", "folder.yaml"], "it is a folder, and a file"),
        (["init", "bank.yaml/x"], "a part of this path is a file, not a folder"),
        (["schema", "-o", "no/s.json"], "roadmap: no/s.json: there is no folder no\n"),
    ],
)
def test_wrong_files(arguments: list[str], told: str, said: Said) -> None:
    """Files that cannot be read or written end with code 2 and a sentence."""
    Path("folder.yaml").mkdir()
    Path("bank.docx").write_text("x", encoding="utf-8")
    assert 2 == main(arguments)
    message = said.err()
    assert told in message
    assert message.startswith("roadmap: ")
    assert "Errno" not in message


def test_faulty_portfolio_tells_every_fault(said: Said) -> None:
    """All faults of a file come at once, each with its line."""
    text = Path("bank.yaml").read_text(encoding="utf-8")
    Path("bad.yaml").write_text(text.replace("level: 1", "level: -1"), encoding="utf-8")
    assert 2 == main(["solve", "bad.yaml"])
    told = said.err()
    assert told.startswith("roadmap: bad.yaml has ")
    assert told.count("line ") >= len(RATES)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do all")
def test_folder_without_permission(said: Said) -> None:
    """A folder that takes no files is refused before the search."""
    Path("locked").mkdir(mode=0o500)
    assert 2 == main(["solve", "bank.yaml", "--out", "locked"])
    assert "roadmap: locked: the permission is missing\n" == said.err()


def test_folder_without_permission_is_seen(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for those who may do all: the system's word is taken."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert 2 == main(["solve", "bank.yaml", "--out", "locked"])
    assert "roadmap: locked: the permission is missing\n" == said.err()


@pytest.mark.parametrize("name", ["../../x", "a/b", "con", "-o", "x" * 200, "..", "$HOME", "`x`"])
def test_names_never_become_files(name: str, folder: Path, said: Said) -> None:
    """Whatever initiatives are called, the same files are written, in the folder asked for."""
    odd = rm.Portfolio(
        timeline=rm.Timeline("2027-01", 6),
        name=name,
        initiatives=[rm.Initiative(name, duration=2)],
    )
    rm.write(odd, "odd.yaml")
    assert 0 == main(["solve", "odd.yaml", "--out", "plan"])
    assert {"bank.yaml", "odd.yaml", "plan"} == {path.name for path in folder.iterdir()}
    assert WRITTEN == {path.name for path in Path("plan").iterdir()}
    assert name in said.out()


def test_control_characters_never_reach_the_terminal(said: Said) -> None:
    """What a file or an argument says cannot command the terminal."""
    assert 2 == main(["solve", "\x1b]0;owned\x07.yaml"])
    assert "\x1b" not in said.err()
    Path("board.csv").write_text("initiative,start\n\x1b[31mF,0\n", encoding="utf-8")
    assert main(["check", "bank.yaml", "board.csv"]) in (1, 2)


@pytest.mark.filterwarnings("default")
def test_warnings_are_told_as_notes(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning is a note for the user, without a place in the code."""

    def warn(*_: object, **__: object) -> str:
        warnings.warn("names are long", rm.RoadmapWarning, stacklevel=2)
        return "{}\n"

    monkeypatch.setattr(rm, "schema_text", warn)
    assert 0 == main(["schema", "-o", "s.json"])
    assert "note: names are long\nWrote s.json.\n" == said.err()


# --- as a process


def test_help_names_commands_and_exit_codes() -> None:
    """``--help`` is quick, and says all that is needed to begin."""
    done = run("--help")
    assert 0 == done.returncode
    assert all(f"\n    {name} " in done.stdout for name in ("init", "solve", "check", "draw"))
    assert "exit codes: 0 good" in done.stdout


def test_no_command_shows_help(said: Said) -> None:
    """Nothing asked: the help, as an error."""
    assert 2 == main([])
    assert said.err().startswith("usage: roadmap ")


def test_version(said: Said) -> None:
    """The version, on standard output."""
    assert 0 == stopped_with(["--version"])
    assert f"roadmap {rm.__version__}\n" == said.out()


def test_help_loads_no_solver_and_no_drawing() -> None:
    """What is not used is not loaded."""
    code = "import sys; from roadmap.cli import main; main([]); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"ortools", "matplotlib", "networkx", "yaml", "rich"} & set(done.stdout.split())


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_encoding_of_the_output(encoding: str) -> None:
    """What an encoding cannot show is shown as it can be; nothing crashes."""
    odd = rm.Portfolio(
        timeline=rm.Timeline("2027-01", 6), initiatives=[rm.Initiative("支付 → мир", duration=2)]
    )
    rm.write(odd, "odd.yaml")
    done = subprocess.run(
        [sys.executable, "-m", "roadmap", "solve", "odd.yaml"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
    )
    assert (0, b"") == (done.returncode, done.stderr)
    told = done.stdout.decode(encoding)
    assert ("─────" if encoding == "utf-8" else "-----") in told
    assert ("支付 → мир" in told) == (encoding == "utf-8")


def test_plain_locale() -> None:
    """The C locale is no trouble, neither for output nor for files."""
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = run("solve", "bank.yaml", "--out", "plan", **plain)
    assert 0 == done.returncode
    assert "costs EUR 912" in done.stdout


def test_broken_pipe_still_writes_the_plan() -> None:
    """A reader that goes away, such as ``head``, neither crashes it nor costs the plan."""
    process = subprocess.Popen(
        [sys.executable, "-m", "roadmap", "solve", "bank.yaml", "--out", "plan"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read()
    process.stderr.close()
    assert 0 == process.wait(timeout=60)
    assert b"Wrote plan.json" in told
    assert b"Broken" not in told
    assert WRITTEN == {path.name for path in Path("plan").iterdir()}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_full_output_still_writes_the_plan() -> None:
    """Output that goes to a full disk is told, and the plan is kept."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "roadmap", "solve", "bank.yaml", "--out", "plan"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert 2 == done.returncode
    assert done.stderr.endswith("roadmap: the output cannot be written: No space left on device\n")
    assert Path("plan/plan.json").is_file()
