"""The page says what the record says."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from benchmarks.figures import sections
from benchmarks.page import told, write
from benchmarks.record import RecordError, Run, Task, append, runs_in

TASK = Task(suite="j120", instance="j12011_1", peer="auto", limit=30.0, workers=2, seed=1)
RUN = Run(
    task=TASK,
    value=90.0,
    bound=81.0,
    building=0.01,
    first=0.004,
    last=12.0,
    seconds=30.0,
    memory=120.4,
    memory_of_children=0.0,
    trace=[(0.004, 120.0, None), (2.0, 99.0, 80.0), (12.0, 90.0, 81.0), (30.0, 90.0, 81.0)],
    date="2026-11-23",
    machine={"processors": "4", "system": "Linux x86_64"},
    versions={"Python": "3.11.7", "roadmap": "0.1.0"},
)


def of(peer: str, instance: str, value: float, bound: float | None) -> Run:
    """The same run by somebody else, of something else."""
    task = attrs.evolve(TASK, peer=peer, instance=instance)
    return attrs.evolve(RUN, task=task, value=value, bound=bound, trace=[(1.0, value, bound)])


RECORD = [
    RUN,
    of("plain CP-SAT", "j12011_1", 100.0, 60.0),
    of("PyJobShop", "j12011_1", 110.0, None),
    of("wsjf", "j12011_1", 135.0, None),
    of("auto", "j1206_1", 160.0, 160.0),
    of("plain CP-SAT", "j1206_1", 100.0, 100.0),
    attrs.evolve(of("PyJobShop", "j1206_1", 0.0, None), value=None, error="out of memory | gone"),
    of("wsjf", "j1206_1", 240.0, None),
]

SUMMARY = """\
|  | ratio, mean | ratio, worst | proven | gap, median | gap, worst | first schedule | \
last improvement | memory, MiB | failed |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
| auto | 1.200 | 1.600 | 1 of 2 | 5.0% | 10.0% | 4 ms | 12.0 s | 120 | 0 |
| plain CP-SAT | 1.000 | 1.000 | 1 of 2 | 20.0% | 40.0% | 4 ms | 12.0 s | 120 | 0 |
| PyJobShop | 1.100 | 1.100 | 0 of 2 | – | – | 4 ms | 12.0 s | 120 | 1 |
| wsjf | 1.800 | 2.400 | 0 of 2 | – | – | 4 ms | 12.0 s | 120 | 0 |
"""

EACH = """\
| instance | auto | plain CP-SAT | PyJobShop | wsjf | auto / better rival | after 3 s | \
wsjf / auto |
|---|---:|---:|---:|---:|---:|---:|---:|
| j12011_1 | 90 (10.0%) | 100 (40.0%) | 110 | 135 | 0.900 | 0.990 | 1.500 |
| j1206_1 | 160 (0.0%) | 100 (0.0%) | failed: out of memory / gone | 240 | 1.600 | 1.600 | 1.500 |
"""


def test_the_tables_are_those_of_the_record() -> None:
    """Means are geometric, the worst is told, and a failure stands where a value would."""
    (section,) = sections(RECORD)
    assert SUMMARY in told(section)
    assert EACH in told(section)


def test_the_circumstances_are_told() -> None:
    """Command, limit, workers, seed, day, machine and versions."""
    (section,) = sections(RECORD)
    line = (
        "`python -m benchmarks j120 --limit 30 --workers 2 --seed 1`, of which 2 instances: 30 s, "
        "2 workers, seed 1; 2026-11-23; 4 processors, Linux x86_64; Python 3.11.7, roadmap 0.1.0."
    )
    assert line in told(section)


def test_more_is_better_where_it_is() -> None:
    """For discounted value the better rival is the higher, and the worst ratio the lowest."""
    tasks = [attrs.evolve(run.task, suite="discounted") for run in RECORD]
    runs = [attrs.evolve(run, task=task) for run, task in zip(RECORD, tasks, strict=True)]
    (section,) = sections(runs)
    (first, second) = section.rows
    assert 110.0 == first.best_of(["plain CP-SAT", "PyJobShop"])
    assert 100.0 == second.best_of(["plain CP-SAT", "PyJobShop"])
    assert 0.5 == section.worst([0.5, 2.0])
    assert [60 / 110, 1.0] == [row.at_best for row in section.rows]


def test_at_best_is_the_best_bound_over_the_better_rival() -> None:
    """Whoever has proven it; nothing where nothing is proven."""
    (section,) = sections(RECORD)
    assert [0.81, 1.6] == [row.at_best for row in section.rows]
    (unproven,) = sections([attrs.evolve(run, bound=None) for run in RECORD])
    assert [None, None] == [row.at_best for row in unproven.rows]


def test_what_not_all_were_run_on_is_not_drawn() -> None:
    """A line over other instances than its neighbour's would compare what can not be compared."""
    (section,) = sections([*RECORD, of("auto", "j12012_1", 70.0, 70.0)])
    assert ["j12011_1", "j1206_1", "j12012_1"] == [row.instance for row in section.rows]
    assert ["j12011_1", "j1206_1"] == [row.instance for row in section.shared.rows]


def test_a_page_and_its_pictures_are_written(tmp_path: Path) -> None:
    """The same record gives the same bytes; every picture that the page shows is there."""
    for folder in (tmp_path / "one", tmp_path / "two"):
        write(RECORD, folder / "benchmarks.md")
    picture = Path("pictures") / "benchmark-j120-30s-2w.svg"
    assert f"({picture.as_posix()})" in (tmp_path / "one" / "benchmarks.md").read_text("utf-8")
    for file in (picture, Path("benchmarks.md")):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_record_is_read_back(tmp_path: Path) -> None:
    """What was appended is read; a task that went well after a failure counts as well."""
    path = tmp_path / "record.jsonl"
    failed = attrs.evolve(RUN, value=None, error="no memory")
    for run in (failed, RUN, failed, *RECORD[1:]):
        append(path, run)
    assert RECORD == runs_in([path])


def test_a_damaged_record_is_told(tmp_path: Path) -> None:
    """The error names file and line."""
    path = tmp_path / "record.jsonl"
    path.write_text(RUN.to_json() + '\n{"task": \n', "utf-8")
    with pytest.raises(RecordError, match=r"record\.jsonl, line 2, is no run"):
        runs_in([path])
