"""Each test of the command line stands in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

import roadmap as rm
from tests.cli.cases import Said, five


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test in a folder of its own, with the five-item case in ``bank.yaml``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    rm.write(five(), "bank.yaml")
    return tmp_path


@pytest.fixture(name="said")
def said_fixture(capsys: pytest.CaptureFixture[str]) -> Said:
    """What the command line said since the last question."""
    return Said(capsys)
