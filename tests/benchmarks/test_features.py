"""What is measured of each part of the model: the example, with that part taken out."""

from __future__ import annotations

import sys

import pytest

from benchmarks import features
from benchmarks.features import EXAMPLE, PARTS, Measured, line, measure
from roadmap.io import read
from roadmap.portfolio import Portfolio


@pytest.fixture(scope="module")
def authority() -> Portfolio:
    """The example that is measured."""
    return read(EXAMPLE)


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_there_to_be_taken_out(part: str, authority: Portfolio) -> None:
    """Without it the example is another one, in which nothing is left to take out."""
    without = PARTS[part](authority)
    assert without != authority
    assert without == PARTS[part](without)


def test_a_line_tells_milliseconds_or_that_there_is_no_plan() -> None:
    """Both times are rounded; no time is given for a plan that is not there."""
    assert "| a | 12 | 35 |" == line("a", Measured(0.0123, 0.0346, planned=True))
    assert "| b | 12 | no plan |" == line("b", Measured(0.0123, 0.0345, planned=False))


def test_the_example_is_measured(authority: Portfolio) -> None:
    """It has a first plan, and both times are those of real work."""
    measured = measure(authority, 1)
    assert measured.planned
    assert measured.network > 0
    assert measured.first > 0


def test_the_table_has_a_line_for_each_part(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A title, the example as it is, and then without each part."""
    monkeypatch.setattr(features, "measure", lambda *_: Measured(0.001, 0.002, planned=True))
    monkeypatch.setattr(sys, "argv", ["features"])
    features.main()
    lines = capsys.readouterr().out.splitlines()
    assert [line("as it is", Measured(0.001, 0.002, planned=True))] == lines[2:3]
    assert len(PARTS) == len(lines[3:])
    assert all(part in told for part, told in zip(PARTS, lines[3:], strict=True))
