"""What can be wrong with arguments, files and names, and how it is told."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

import roadmap as rm
from roadmap.cli import main
from tests.cli.cases import RATES, WRITTEN, Said, stopped_with


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
    line = "\x1b[31mred\u202etxt,0,4"
    Path("board.csv").write_text(f"initiative,start,finish\n{line}\n", encoding="utf-8")
    assert 1 == main(["check", "bank.yaml", "board.csv"])
    assert "  �[31mred�txt is no initiative" in said.out()


@pytest.mark.filterwarnings("default")
def test_warnings_are_told_as_notes(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning is a note for the user, without a place in the code."""

    def warn(*_: object, **__: object) -> str:
        warnings.warn("names are long", rm.RoadmapWarning, stacklevel=2)
        return "{}\n"

    monkeypatch.setattr(rm, "schema_text", warn)
    assert 0 == main(["schema", "-o", "s.json"])
    assert "note: names are long\nWrote s.json.\n" == said.err()
