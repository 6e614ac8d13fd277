"""The command line as a process: help, encodings, pipes, and what is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import roadmap as rm
from roadmap.cli import main
from tests.cli.cases import WRITTEN, Said, run, stopped_with


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
