"""Reports: what they say, and how they go to files and come back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from roadmap.errors import FormatError, InfeasibleError
from roadmap.facts import Capability, Initiative, Need, Team
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Result, Status
from roadmap.solvers import solve
from roadmap.timeline import Timeline


def facts(name: str = "idp") -> Portfolio:
    """One need, met by one of two initiatives."""
    return Portfolio(
        timeline=Timeline("2027-01", periods=6),
        teams=[Team("team", 1)],
        capabilities=[Capability("identity")],
        needs=[Need("identity", 1, CostOfDelay(10))],
        initiatives=[
            Initiative(name, 2, {"team": 1}, raises={"identity": 1}),
            Initiative("extra", 1, {"team": 1}, cost=5, optional=True),
        ],
    )


@pytest.fixture
def result() -> Result:
    """A proven plan."""
    return solve(facts(), time_limit=5)


def test_a_report_comes_back_equal(result: Result) -> None:
    """``from_json`` gives back what ``to_json`` wrote."""
    assert result == Result.from_json(result.to_json(), result.problem)


def test_what_a_report_says(result: Result) -> None:
    """The status, the cost, and what was left out stand in the printed report."""
    assert Status.OPTIMAL == result.status
    assert (20, 20, 0.0) == (result.objective, result.bound, result.gap)
    assert ("extra",) == result.left_out
    assert "optimal, costs 20" in str(result)
    assert "left out: extra" in str(result)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": "other"}, "it is no report of this library"),
        ({"problem": "0"}, "it answers another problem"),
        ({"status": "certain"}, "it is damaged"),
        ({"schedule": [{"initiative": "idp"}]}, "it is damaged"),
        ({"bound": 3}, "it says optimal, with 20 and a bound of 3"),
        ({"trace": 3}, "it is damaged"),
    ],
)
def test_a_report_that_was_tampered_with_is_refused(
    result: Result, change: dict[str, object], told: str
) -> None:
    """What is damaged, answers something else or claims too much is not taken."""
    data = json.loads(result.to_json()) | change
    with pytest.raises(FormatError, match=told):
        Result.from_json(json.dumps(data), result.problem)


def test_no_json_is_no_report(result: Result) -> None:
    """Other text is refused as well."""
    with pytest.raises(FormatError, match="it is no JSON"):
        Result.from_json("{", result.problem)


def test_names_are_inert(tmp_path: Path) -> None:
    """No name opens an element of a page or a formula in a spreadsheet."""
    name = "=1+<script>alert('x')</script>"
    result = solve(facts(name), time_limit=5)
    assert "<script>" not in result._repr_html_()
    assert "'" + name in result.to_csv()
    written = result.write(tmp_path / "plan.csv")
    assert result.to_csv() == written.read_text(encoding="utf-8")


def test_files_are_not_replaced_unasked(result: Result, tmp_path: Path) -> None:
    """A file that is there stays, unless one says so; other endings are refused."""
    path = tmp_path / "plan.json"
    result.write(path)
    with pytest.raises(FileExistsError, match="is there already"):
        result.write(path)
    result.write(path, overwrite=True)
    assert result.to_json() == path.read_text(encoding="utf-8")
    with pytest.raises(FormatError, match="is no format"):
        result.write(tmp_path / "plan.txt")
    assert [path] == list(tmp_path.iterdir())


def test_writing_where_a_file_can_have_one_name_only(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without hard links, new files are written and old ones kept just the same."""

    def refuse(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    path = result.write(tmp_path / "plan.json")
    assert result.to_json() == path.read_text(encoding="utf-8")
    with pytest.raises(FileExistsError, match="is there already"):
        result.write(path)


def test_a_schedule_can_be_required(result: Result) -> None:
    """``require`` gives the schedule, or says why there is none."""
    assert result.schedule == result.require()
    with pytest.raises(InfeasibleError, match="no plan: unknown"):
        Result(Problem(facts()), Status.UNKNOWN).require()
