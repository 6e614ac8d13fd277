"""Bad files, each with the exact message that its author gets.

Beside each file stands a text of the same name: the message. Whoever changes a message reads it
aloud, and changes the text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from roadmap.errors import FormatError
from roadmap.io import read, read_psplib, read_schedule
from roadmap.io.documents import parse
from roadmap.io.portfolios import portfolio_of

CORPUS = Path(__file__).parent / "corpus"
CASES = sorted(path.relative_to(CORPUS) for path in CORPUS.glob("*/*.*") if path.suffix != ".txt")

WORK = """\
timeline: {start: 2027-01, periods: 12}
initiatives:
  - {name: hub, duration: 3}
  - name: log in
    modes:
      - {name: build, duration: 3}
      - {name: buy, duration: 1}
  - {name: go, duration: 0}
"""
"""What the schedules are read against."""


def _read_schedule(name: str) -> object:
    return read_schedule(name, portfolio_of(parse(WORK, ".yaml")))


READERS: dict[str, Callable[[str], object]] = {
    "portfolios": read,
    "schedules": _read_schedule,
    "psplib": read_psplib,
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_message(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is refused with this message, word by word."""
    monkeypatch.chdir(CORPUS / case.parent)
    with pytest.raises(FormatError) as refused:
        READERS[str(case.parent)](case.name)
    expected = (CORPUS / case).with_suffix(".txt").read_text(encoding="utf-8")
    assert expected == f"{refused.value}\n"


def test_there_are_many() -> None:
    """At least a hundred, each with its message and no message without its file."""
    assert 100 <= len(CASES)
    files = sorted(case.with_suffix("") for case in CASES)
    messages = sorted(p.relative_to(CORPUS).with_suffix("") for p in CORPUS.glob("*/*.txt"))
    assert messages == files
