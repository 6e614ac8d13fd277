"""Measure this library beside its peers: ``python -m benchmarks SUITE ...``.

Each run is added to a record as it ends; what is in the record already is not run again, so a
suite may be stopped and continued, or run in parts. ``python -m benchmarks page`` makes the page of
one or more records, ``python -m benchmarks table`` prints the public problems against what is
published.
"""

from __future__ import annotations

import argparse
import fnmatch
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.apart import run_apart
from benchmarks.peers import installed
from benchmarks.psplib import NoDataError
from benchmarks.record import RecordError, Run, Task, append, runs_in
from benchmarks.suites import SUITES, Suite

PAGE = "page"
TABLE = "table"
PEERS = sorted({peer for suite in SUITES.values() for peer in suite.peers})


def main() -> int:
    """Do what the command line says; the exit code is 0, or 2 where it cannot be done."""
    asked = _arguments()
    try:
        if asked.what == [TABLE]:
            _print_table(asked)
        elif asked.what != [PAGE]:
            _measure(asked)
        if asked.page is not None or asked.what == [PAGE]:
            _write_page(asked)
    except (NoDataError, RecordError, OSError) as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        epilog="; ".join(f"{suite.name}: {suite.title}" for suite in SUITES.values()),
    )
    add = parser.add_argument
    add("what", nargs="+", choices=[*SUITES, PAGE, TABLE], metavar="SUITE", help="what to measure")
    add(
        "--data",
        type=Path,
        default=os.environ.get("ROADMAP_DATA"),
        help="the folder that holds psplib/; default the environment variable ROADMAP_DATA",
    )
    add("--limit", type=float, help="seconds of each search; default the suite's own")
    add("--workers", type=int, default=2, help="threads of each search; default 2")
    add("--seed", type=int, nargs="+", default=[1], help="one seed or more; default 1")
    add("--first", type=int, metavar="N", help="how many instances; default the suite's own")
    add(
        "--instances",
        default="*",
        metavar="PATTERN",
        help="only those whose names match, as file names do: '60 at *'",
    )
    add("--peers", nargs="+", choices=PEERS, metavar="PEER", help="only these")
    add("--part", type=_part, default=(1, 1), metavar="I/N", help="only part I of N of them")
    add(
        "--record",
        type=Path,
        nargs="+",
        default=[Path("benchmarks.jsonl")],
        metavar="FILE",
        help="where runs are kept, the first for new ones; default benchmarks.jsonl",
    )
    add("--page", type=Path, help="write the page here; default of page: docs/benchmarks.md")
    asked = parser.parse_args()
    if {PAGE, TABLE} & set(asked.what) and len(asked.what) > 1:
        parser.error("say either suites, with --page FILE, or page alone, or table alone")
    return asked


def _part(text: str) -> tuple[int, int]:
    """Read ``2/3``."""
    number, _, of = text.partition("/")
    part = int(number), int(of)
    if not 1 <= part[0] <= part[1]:
        raise ValueError(text)
    return part


def _measure(asked: argparse.Namespace) -> None:
    """Run what is asked for and not yet in the record."""
    data = _data(asked)
    known = [path for path in asked.record if path.exists()]
    done = {run.task for run in runs_in(known) if not run.error}
    for name in asked.what:
        for task in _tasks(SUITES[name], data, asked):
            if task not in done:
                run = run_apart(task, data)
                append(asked.record[0], run)
                print(_line(run), flush=True)


def _data(asked: argparse.Namespace) -> Path:
    """The folder of data; it is not needed where no suite reads it."""
    return Path() if asked.data is None else Path(asked.data)


def _tasks(suite: Suite, data: Path, asked: argparse.Namespace) -> Iterator[Task]:
    """All peers on an instance, then all on the next."""
    part, of = asked.part
    matching = fnmatch.filter(suite.names(data), asked.instances)
    names = matching[: suite.usual if asked.first is None else asked.first]
    for instance in names[part - 1 :: of]:
        for seed in asked.seed:
            for peer in filter(installed, suite.peers):
                if asked.peers and peer not in asked.peers:
                    continue
                yield Task(
                    suite=suite.name,
                    instance=instance,
                    peer=peer,
                    limit=suite.limit if asked.limit is None else asked.limit,
                    workers=asked.workers,
                    seed=seed,
                )


def _line(run: Run) -> str:
    """What a run came to."""
    task = run.task
    if run.error:
        told = f"failed: {run.error}"
    elif run.infeasible:
        told = f"no plan, {run.seconds or 0:.1f} s"
    elif run.value is None:
        told = f"built in {run.building:.4f} s"
    else:
        gap = "" if run.gap is None else f", gap {run.gap:.1%}"
        told = f"{run.value:,.1f}{gap}, {run.seconds:.1f} s"
    return f"{task.suite} {task.instance}, seed {task.seed}, {task.peer}: {told}"


def _print_table(asked: argparse.Namespace) -> None:
    from benchmarks.table import table

    print(table(runs_in(asked.record)))


def _write_page(asked: argparse.Namespace) -> None:
    from benchmarks.page import write  # drawing is not loaded where nothing is drawn

    write(runs_in(asked.record), asked.page or Path("docs/benchmarks.md"))


if __name__ == "__main__":
    sys.exit(main())
