"""The public problems beside PSPLIB's: where their files lie, and how each becomes a case.

Beside ``psplib``, the folder of data holds ``rcpsp_max``, ``multimode``, ``rcpsp_wet``, ``dc2``,
``flexible`` and ``nrp``; ``docs/formats.md`` says where the originals are. Each family is listed so
that any beginning is spread over its sets.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from itertools import chain, zip_longest
from pathlib import Path

from benchmarks.case import Case, judged
from benchmarks.cash_flows import cash_flows
from benchmarks.psplib import NoDataError
from roadmap.evaluation import evaluate
from roadmap.io import (
    read_alternatives,
    read_earliness_tardiness,
    read_multimode,
    read_next_release,
    read_progen_max,
    read_project_structure,
)
from roadmap.losses import Deadline
from roadmap.problem import Problem
from roadmap.schedule import Schedule


def lags(data: Path) -> list[str]:
    """Projects with minimal and maximal lags."""
    return _spread(f"{row['set']}/{row['instance']}" for row in _rows(data, "rcpsp_max"))


def lags_case(data: Path, name: str) -> Case:
    """The published best is an optimum, ``least..best``, or ``unsat`` where there is no plan."""
    problem = read_progen_max(data / "rcpsp_max" / name)
    family, _, instance = name.partition("/")
    (row,) = (
        r for r in _rows(data, "rcpsp_max") if (r["set"], r["instance"]) == (family, instance)
    )
    least, _, best = row["best_known"].partition("..")
    if least == "unsat":
        return judged(problem, infeasible=True)
    return judged(problem, float(best or least), proven=not best)


def modes(data: Path) -> list[str]:
    """Multi-mode projects."""
    return _spread(f"{row['set']}/{row['instance']}" for row in _rows(data, "multimode"))


def modes_case(data: Path, name: str) -> Case:
    """A published bound beyond the timeline priced overuse: there is no plan without any."""
    problem = read_multimode(data / "multimode" / f"{name}.mm")
    (row,) = (r for r in _rows(data, "multimode") if f"{r['set']}/{r['instance']}" == name)
    if int(row["lower_bound"]) > problem.portfolio.timeline.periods:
        return judged(problem, infeasible=True)
    return judged(problem, float(row["best_known"]), proven=row["proved"] == "1")


def earliness(data: Path) -> list[str]:
    """Projects with costs of starting sooner or later than wanted."""
    return _spread(_stems(data, "rcpsp_wet", "*.dzn"))


def earliness_case(data: Path, name: str) -> Case:
    """Nothing is published."""
    return judged(read_earliness_tardiness(data / "rcpsp_wet" / f"{name}.dzn"))


def flows(data: Path) -> list[str]:
    """Projects with drawn cash flows."""
    return _spread(_stems(data, "dc2", "*/*.rcp"))


def flows_case(data: Path, name: str) -> Case:
    """Nothing is published for these cash flows; more is better."""
    instance = cash_flows(data / "dc2" / f"{name}.rcp")
    return Case(instance.problem, instance.value, instance.left)


def flexible(data: Path) -> list[str]:
    """Projects of which only some activities are done."""
    return _spread(_stems(data, "flexible", "*_*.rcp") + _stems(data, "flexible", "*_*.txt"))


def flexible_case(data: Path, name: str) -> Case:
    """Nothing is published; the ending of a file says which of two formats it has."""
    path = data / "flexible" / f"{name}.rcp"
    if path.exists():
        return judged(read_alternatives(path))
    return judged(read_project_structure(path.with_suffix(".txt")))


def releases(data: Path) -> list[str]:
    """Next releases, each with a budget as a share of all costs."""
    return _spread(f"{row['file']} at {row['ratio']}" for row in _rows(data, "nrp"))


def releases_case(data: Path, name: str) -> Case:
    """The profit that is had; more is better."""
    file, _, ratio = name.partition(" at ")
    (path,) = (data / "nrp").glob(f"*/{file}.txt")
    (row,) = (r for r in _rows(data, "nrp") if (r["file"], r["ratio"]) == (file, ratio))
    problem = read_next_release(path, ratio=ratio)
    total = _profit(problem)

    def had(schedule: Schedule) -> float:
        return float(total - evaluate(problem, schedule).objective)

    known, proven = float(row["best_known"]), row["proved"] == "1"
    return Case(problem, had, lambda lost: float(total - lost), known, proven=proven)


def _profit(problem: Problem) -> int:
    """What all customers together are worth."""
    losses = [need.loss for need in problem.portfolio.needs]
    return sum(loss.penalty for loss in losses if isinstance(loss, Deadline))


def set_of(name: str) -> str:
    """The set of an instance: the folder or, where there is none, how its name begins."""
    folder, slash, _ = name.partition("/")
    if slash:
        return folder
    return "classic" if name.startswith("nrp") and name[3].isdigit() else name.split("_")[0][:5]


def _rows(data: Path, folder: str) -> list[dict[str, str]]:
    """The lines of a folder's table of published values."""
    table = data / folder / "best_known.csv"
    if not table.is_file():
        raise _missing(data, table.relative_to(data))
    with table.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _stems(data: Path, folder: str, pattern: str) -> list[str]:
    """The files of a folder, without their ending."""
    found = sorted(
        path.relative_to(data / folder).with_suffix("") for path in (data / folder).glob(pattern)
    )
    if not found:
        raise _missing(data, Path(folder) / pattern)
    return [path.as_posix() for path in found]


def _missing(data: Path, what: Path) -> NoDataError:
    return NoDataError(
        f"{data.resolve()} has no {what}: name the folder of public instances by --data FOLDER or "
        "the environment variable ROADMAP_DATA; docs/formats.md says where the originals are"
    )


def _spread(names: Iterable[str]) -> list[str]:
    """One of each set, then the second of each, and so on."""
    sets: dict[str, list[str]] = {}
    for name in names:
        sets.setdefault(set_of(name), []).append(name)
    return [name for name in chain(*zip_longest(*sets.values())) if name is not None]
