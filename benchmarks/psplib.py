"""The public instances of PSPLIB: where they lie, which are hard, which were used for tuning.

The originals are at https://www.om-db.wi.tum.de/psplib/. The folder of data holds ``psplib`` with
``j30``, ``j60``, ``j90`` and ``j120`` of ``.sm`` files and ``best_known.csv``: a line for each
instance with its ``set``, ``best_known`` makespan and whether that is ``proved`` (1 or 0).
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from roadmap.io import read_psplib
from roadmap.problem import Problem

TUNED = 3
"""Hard instances of this number in their group were used for tuning; they are not measured."""


class NoDataError(Exception):
    """The public instances are not where they are sought."""


def read(data: Path, name: str) -> Problem:
    """An instance, its makespan to be minimised."""
    family = "j120" if name.startswith("j120") else name[:3]
    return read_psplib(data / "psplib" / family / f"{name}.sm")


def hard(data: Path, family: str) -> list[str]:
    """The instances whose best makespan nobody has proven, except those used for tuning.

    They are in an order in which any beginning is spread over the groups: one of each group, then
    the second of each, and by a hash among these.
    """
    names = [
        row["instance"]
        for row in _rows(data)
        if row["set"] == family and row["proved"] == "0" and not tuned(row["instance"])
    ]
    groups: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: int(name.split("_")[1])):
        groups.setdefault(name.split("_")[0], []).append(name)
    return sorted(names, key=lambda name: (groups[name.split("_")[0]].index(name), _drawn(name)))


def tuned(name: str) -> bool:
    """Whether a hard instance was used for tuning."""
    return int(name.split("_")[1]) == TUNED


def best_makespan(data: Path, name: str) -> int:
    """The shortest makespan that anybody has published."""
    return next(int(row["best_known"]) for row in _rows(data) if row["instance"] == name)


def check(data: Path) -> None:
    """Raise an error if the public instances are not there."""
    if not _table(data).is_file():
        raise NoDataError(
            f"{data.resolve()} has no {_table(Path())}: name the folder of public instances by "
            "--data FOLDER or the environment variable ROADMAP_DATA; benchmarks/psplib.py says "
            "what it holds, and where the originals are"
        )


def _table(data: Path) -> Path:
    return data / "psplib" / "best_known.csv"


def _rows(data: Path) -> list[dict[str, str]]:
    check(data)
    with _table(data).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _drawn(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()
