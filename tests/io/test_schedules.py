"""Schedules from anywhere: dates, periods, spreadsheets' habits, and our own reports."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.errors import FormatError
from roadmap.evaluation import evaluate
from roadmap.facts import Initiative, Mode
from roadmap.io import read_schedule
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Result, Status
from roadmap.schedule import Placement, Schedule
from roadmap.timeline import Timeline
from tests.io.mutants import garbled, mutated
from tests.strategies import portfolios

FACTS = Portfolio(
    timeline=Timeline("2027-01", 24),
    initiatives=[
        Initiative("hub", duration=3),
        Initiative("log in", modes=[Mode("build", 4), Mode("buy", 1)]),
        Initiative("go, live", duration=0),
        Initiative("=SUM(A1)", duration=2),
        Initiative("'-x", duration=1),
    ],
)
HUB = Placement("hub", 2, 5)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def schedule(text: str | bytes, name: str = "board.csv", facts: Portfolio = FACTS) -> Schedule:
    """The schedule that a file of that text states."""
    Path(name).write_bytes(text.encode() if isinstance(text, str) else text)
    return read_schedule(name, facts)


def faults(text: str, name: str = "board.csv") -> list[tuple[int | None, str]]:
    """Line and path of what is wrong with a file."""
    with pytest.raises(FormatError) as refused:
        schedule(text, name)
    return [(fault.line, fault.path) for fault in refused.value.faults]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "text",
    [
        "initiative,start\nhub,2027-03\n",
        "Name;Start;End;Mode\nhub;2027-03-01;2027-05-31;\n",
        "NAME\tSTART\tFINISH\nhub\t2027-03\t2027-05\n",
        "\ufeffinitiative,start\r\nhub,2027-03\r\n",
        '\n"initiative" , "start"\n\n hub , 2027-03 \n,,\n'.replace(" ,", ",").replace(', "', ',"'),
        "start,owner,initiative\n2,Ann,hub\n",
        "initiative,start,finish\nhub,2,5\n",
        "initiative,start,finish\nhub,+2,2027-05\n",
        "initiative,start,finish\nhub,2,2027-05-31",
    ],
)
def test_csv(text: str) -> None:
    """Titles, separators and dates as spreadsheets write them."""
    assert {"hub": HUB} == dict(schedule(text))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "data",
    [
        {"hub": "2027-03"},
        {"hub": 2},
        [{"initiative": "hub", "start": 2}],
        [{"Name": "hub", "START": "2027-03-01", "end": "2027-05", "mode": None, "owner": "Ann"}],
        [{"initiative": "hub", "start": 2, "finish": 5, "from": "nobody reads this"}],
    ],
)
def test_json(data: Any) -> None:
    """A list of objects, or a table from names to starts."""
    assert {"hub": HUB} == dict(schedule(json.dumps(data), "board.json"))


@pytest.mark.usefixtures("folder")
def test_finishes_follow_from_modes() -> None:
    """Without a finish, the mode's duration says it."""
    found = schedule("initiative,start,mode\nlog in,2027-02,buy\n=SUM(A1),0,\n'-x,0,\n")
    assert Placement("log in", 1, 2, "buy") == found["log in"]
    assert (2, 1) == (found["=SUM(A1)"].finish, found["'-x"].finish)


@pytest.mark.usefixtures("folder")
def test_a_guarded_name_is_the_name() -> None:
    """The apostrophe that keeps a spreadsheet from calculating is no part of the name."""
    assert ["=SUM(A1)"] == list(schedule("initiative,start\n'=SUM(A1),0\n"))
    assert ["'-x"] == list(schedule("initiative,start\n'-x,0\n"))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("finish", ["", "2027-03-01", "2", "2027-02"])
def test_a_milestone_happens_at_once(finish: str) -> None:
    """By no finish, by the same day, by the same boundary, or by the end of the day before."""
    found = schedule(f'name,start,finish\n"go, live",2027-03-01,{finish}\n')
    start = 2
    if finish == "2":  # the same boundary, said of both
        found = schedule('name,start,finish\n"go, live",2,2\n')
    assert Placement("go, live", start, start) == found["go, live"]


@pytest.mark.usefixtures("folder")
def test_what_the_portfolio_does_not_know_is_for_the_judge() -> None:
    """An unknown name or mode is kept where start and finish are said."""
    found = schedule("initiative,start,finish,mode\nghost,0,3,\nlog in,0,9,rent\n")
    assert [Placement("ghost", 0, 3), Placement("log in", 0, 9, "rent")] == list(found.values())
    assert not evaluate(FACTS, found).feasible


@pytest.mark.usefixtures("folder")
def test_times_outside_the_timeline_are_for_the_judge() -> None:
    """A plan may begin too early and end too late; what it says is kept."""
    found = schedule("initiative,start\nhub,-5\n=SUM(A1),2031-01\n")
    assert [-5, 48] == [place.start for place in found.values()]


@pytest.mark.usefixtures("folder")
def test_four_digits_are_a_year() -> None:
    """In CSV, which has text only; a boundary of four digits has a sign."""
    days = FACTS.replace(timeline=Timeline("2020-01-01", 9_000, "day"))
    found = schedule("name,start\nhub,2021\n=SUM(A1),+2021\n'-x,12\n", facts=days)
    assert [12, 366, 2021] == sorted(place.start for place in found.values())


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("unit", "start", "finish", "expected"),
    [
        ("week", "2027-W02", "2027-W03", (1, 3)),
        ("week", "2027-01-11", "2027-01-24", (1, 3)),
        ("quarter", "2027-Q2", "2027-Q3", (1, 3)),
        ("quarter", "2027-04", "2027", (1, 4)),
        ("day", "2027-01-05", "2027-01-05", (1, 2)),
    ],
)
def test_other_units(unit: str, start: str, finish: str, expected: tuple[int, int]) -> None:
    """A start is the first day of a period, a finish the last."""
    first = "2027-01" if unit == "quarter" else "2027-01-04"
    facts = FACTS.replace(timeline=Timeline(first, 24, unit))
    place = schedule(f"name,start,finish\nhub,{start},{finish}\n", facts=facts)["hub"]
    assert expected == (place.start, place.finish)


@pytest.mark.usefixtures("folder")
def test_rows_may_span_lines() -> None:
    """Faults are told on the line where their row begins."""
    text = 'name,note,start\nhub,"a\nb\nc",soon\nlog in,x,0\n'
    assert [(2, "start"), (5, "mode")] == faults(text)


@pytest.mark.usefixtures("folder")
def test_all_faults_at_once() -> None:
    """Rows, names and dates; sorted by line."""
    text = "name,start,finish\nhubb,0,\nhub,0,x\nhub,2027-01-02,0\nlog in,,\n"
    assert [
        (2, "initiative"),
        (3, "finish"),
        (4, "start"),
        (4, "initiative"),
        (5, "start"),
    ] == faults(text)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["board.yaml", "board", "board.xlsx"])
def test_other_formats(name: str) -> None:
    """Only CSV and JSON are schedules."""
    with pytest.raises(FormatError, match=r"name it \.csv or \.json"):
        schedule("x", name)


def result_of(facts: Portfolio, rng: random.Random) -> Result:
    """A report of some plan, good or bad."""
    periods = facts.timeline.periods
    places = []
    for item in facts.initiatives:
        way = rng.choice(item.ways)
        start = rng.randint(0, periods)
        finish = start + (way.duration or 0)
        places.append(Placement(item.name, start, finish, way.name or None))
    plan = Schedule(place for place in places if rng.random() < 0.9)
    problem = Problem(facts)
    return Result(problem, Status.FEASIBLE, plan, evaluate(problem, plan), solver="chance")


@settings(max_examples=60)
@given(portfolios(), st.integers(0, 2**32))
def test_what_results_write_reads_back(facts: Portfolio, seed: int) -> None:
    """As JSON and as CSV, the plan is the same."""
    result = result_of(facts, random.Random(seed))
    with pytest.MonkeyPatch.context() as patch:
        _in_memory(patch, result.to_json())
        assert result.schedule == read_schedule("plan.json", facts)
        _in_memory(patch, result.to_csv())
        assert result.schedule == read_schedule("plan.csv", result.problem)


def _in_memory(patch: pytest.MonkeyPatch, text: str) -> None:
    patch.setattr("roadmap.io.schedules.read_text", lambda _: text)


def test_names_that_look_like_formulas_read_back(folder: Path) -> None:
    """What the writer guards, the reader frees."""
    plan = Schedule.of(
        FACTS, {"=SUM(A1)": 0, "'-x": 0, "go, live": 3, "log in": 2}, {"log in": "buy"}
    )
    problem = Problem(FACTS)
    result = Result(problem, Status.FEASIBLE, plan, evaluate(problem, plan))
    assert plan == read_schedule(result.write(folder / "plan.csv"), FACTS)


@pytest.mark.usefixtures("folder")
def test_a_report_for_another_timeline_is_refused() -> None:
    """Boundaries mean other dates there, and nobody is told a wrong date in silence."""
    result = result_of(FACTS, random.Random(1))
    later = FACTS.replace(timeline=Timeline("2027-02", 24))
    with pytest.raises(FormatError, match="the timeline has changed"):
        schedule(result.to_json(), "plan.json", later)
    unlike = FACTS.replace(timeline=Timeline("2027-01", 36), name="longer")
    assert result.schedule == schedule(result.to_json(), "plan.json", unlike)


@pytest.mark.usefixtures("folder")
def test_garbled_files_never_break_the_reader() -> None:
    """2,000 CSV files: nothing but a fault comes out, and every fault has a line."""
    rng = random.Random(3)
    text = 'initiative,start,finish,mode\nhub,2027-03,2027-05,\nlog in,3,,buy\n"go, live",4,,\n'
    refused = _refused([(garbled(text, rng), "board.csv") for _ in range(2_000)])
    assert 500 < refused < 2_000


@pytest.mark.usefixtures("folder")
def test_mutated_data_never_break_the_reader() -> None:
    """2,000 JSON files, likewise."""
    rng = random.Random(4)
    good = json.loads(result_of(FACTS, random.Random(1)).to_json())
    kinds = (good, good["schedule"], {"hub": "2027-03", "go, live": 3, "=SUM(A1)": "2027-Q3"})
    texts = [json.dumps(mutated(kinds[n % 3], rng), default=str).encode() for n in range(2_000)]
    refused = _refused([(text, "board.json") for text in texts])
    assert 300 < refused < 2_000


def _refused(files: list[tuple[bytes, str]]) -> int:
    refused = 0
    for text, name in files:
        try:
            found = schedule(text, name)
        except FormatError as error:
            refused += 1
            lines = [fault.line for fault in error.faults]
        else:
            lines = [0]
            evaluate(FACTS, found)
        assert lines
        assert None not in lines
    return refused
