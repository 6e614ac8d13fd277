"""The record of runs: a file with a line of JSON for each, so that a suite may stop and go on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

NO_SCHEDULE = "it found no schedule"
"""The error of a run that ended without a schedule and without a proof that there is none."""


class RecordError(Exception):
    """A record that cannot be read."""


@attrs.frozen(kw_only=True)
class Task:
    """What is to be run: an instance by a peer.

    Attributes
    ----------
    suite, instance, peer
        Their names.
    limit
        Seconds of search.
    workers
        Threads.
    seed
        Where chance starts.
    """

    suite: str
    instance: str
    peer: str
    limit: float
    workers: int
    seed: int


@attrs.frozen(kw_only=True)
class Run:
    """How a task went. Seconds count from when the model began to be built; memory is in MiB.

    Attributes
    ----------
    task
        What was to be run.
    error
        Why there is no schedule that the judge accepts; empty if there is one.
    value
        What the schedule is worth.
    bound
        What no schedule can better.
    known
        The best published value.
    published
        How the best published value is told: "optimum", "best known", "no plan" or "" for none.
    infeasible
        Whether it is proven that there is no schedule; then there is no error either.
    building
        Seconds to build the model.
    first, last
        Seconds to the first schedule and to the last better one.
    seconds
        Seconds to the end.
    memory
        The most that the process held.
    memory_of_children
        The most that any process held that it started.
    trace
        Seconds, value and bound, each time one of these changed.
    date
        The day, as in 2027-03-15.
    machine
        Processors and system.
    versions
        Of Python and the packages.
    """

    task: Task
    error: str = ""
    value: float | None = None
    bound: float | None = None
    known: float | None = None
    published: str = ""
    infeasible: bool = False
    building: float | None = None
    first: float | None = None
    last: float | None = None
    seconds: float | None = None
    memory: float | None = None
    memory_of_children: float | None = None
    trace: list[tuple[float, float | None, float | None]] = attrs.field(factory=list)
    date: str
    machine: dict[str, str]
    versions: dict[str, str]

    @property
    def gap(self) -> float | None:
        """By what share the schedule may be off the best; ``None`` if not known."""
        if self.value is None or self.bound is None:
            return None
        most = max(abs(self.value), abs(self.bound))
        return abs(self.value - self.bound) / most if most else 0.0

    def value_at(self, seconds: float) -> float | None:
        """The best value by some time; ``None`` if there was none."""
        found = [value for at, value, _ in self.trace if at <= seconds and value is not None]
        return found[-1] if found else None

    def bound_at(self, seconds: float) -> float | None:
        """The bound by some time; ``None`` if there was none."""
        found = [bound for at, _, bound in self.trace if at <= seconds and bound is not None]
        return found[-1] if found else None

    def to_json(self) -> str:
        """The run on a line."""
        return json.dumps(attrs.asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> Run:
        """The run of a line."""
        data = json.loads(line)
        steps = [tuple(step) for step in data.pop("trace")]
        return cls(**data | {"task": Task(**data["task"]), "trace": steps})


def append(path: Path, run: Run) -> None:
    """Add a run to a record."""
    with path.open("a", encoding="utf-8") as file:
        file.write(run.to_json() + "\n")


def runs_in(paths: Iterable[Path]) -> list[Run]:
    """All runs of some records; of one task, the last that went well, or else the last.

    Raises
    ------
    RecordError
        A line is no run.
    """
    found: dict[Task, Run] = {}
    for path in paths:
        for run in _runs(path):
            before = found.get(run.task)
            if before is None or before.error or not run.error:
                found[run.task] = run
    return list(found.values())


def _runs(path: Path) -> Iterator[Run]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            yield Run.from_json(line)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RecordError(f"{path}, line {number}, is no run: {error}") from None
