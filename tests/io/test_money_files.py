"""Choices, programmes and money in files: written and read back the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from roadmap.facts import (
    Budget,
    Dependency,
    Fence,
    Initiative,
    Mode,
    Programme,
    Quota,
    Selection,
    Team,
)
from roadmap.io import read, write
from roadmap.io.schema import schema
from roadmap.portfolio import Portfolio
from roadmap.timeline import Timeline

EVERYTHING = Portfolio(
    timeline=Timeline("2027-01", 12, fiscal_year_start=7),
    teams=[Team("platform", 4)],
    initiatives=[
        Initiative("A", 2, cost=9, optional=True, spend="start", capital=40, category="comply"),
        Initiative("B", modes=[Mode("buy", 1, cost=7, spend="finish", capital=100)], owner="Risk"),
        Initiative("C", 1, optional=True),
    ],
    categories=["maintain", "comply"],
    dependencies=[Dependency("P", "C")],
    selections=[Selection("one", ["A", "C"], "at most one", "law", "the licence")],
    programmes=[Programme("P", ["A", "B"], "2027-02", "2027-11", whole=True, owner="Risk")],
    budgets=[
        Budget("year", {"2027-01": 90, "2027-07": 50}, "fiscal year", carry_over=True),
        Budget("month", [5] * 12, "period", ["comply"], ["Risk"], ["A"], "capital", price=3),
    ],
    quotas=[Quota("share", "comply", "capacity", 5, 80, True, "period", ["platform"], "policy")],
    fences=[Fence("platform", "comply", {"2027-01": 1, "2027-06": 2})],
    discount_rate=3.5,
)


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_what_is_written_is_read_back(suffix: str, tmp_path: Path) -> None:
    """Every field comes back as it was, and the schema takes what is written."""
    path = tmp_path / f"all.{suffix}"
    write(EVERYTHING, path)
    assert EVERYTHING == read(path)
    if suffix == "json":
        assert Draft202012Validator(schema()).is_valid(json.loads(path.read_text()))
