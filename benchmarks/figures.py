"""What the runs amount to: each instance's row, ratios and means."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from statistics import median

import attrs

from benchmarks.peers import NAIVE, OURS, RIVALS
from benchmarks.record import Run
from benchmarks.suites import SUITES, Suite

EARLY = 3.0
"""Seconds after which our search is compared with what its rivals have at their end."""
_PROVEN = 1e-7


@attrs.frozen
class Row:
    """One instance with one seed: the run of each peer that was asked."""

    suite: Suite
    instance: str
    seed: int
    runs: dict[str, Run]

    @property
    def label(self) -> str:
        """The instance, and the seed if it is not the usual one."""
        return self.instance if self.seed == 1 else f"{self.instance} (seed {self.seed})"

    def value(self, peer: str) -> float | None:
        """What a peer's schedule is worth; ``None`` if there is none."""
        run = self.runs.get(peer)
        return None if run is None else run.value

    def best_of(self, peers: Iterable[str]) -> float | None:
        """The best value that any of some peers has."""
        values = [value for peer in peers if (value := self.value(peer)) is not None]
        if not values:
            return None
        return max(values) if self.suite.more_is_better else min(values)

    def ratio(self, value: float | None) -> float | None:
        """A value over that of the better rival."""
        return over(value, self.best_of(RIVALS))

    @property
    def early(self) -> float | None:
        """Our value after a few seconds over the better rival's at the end."""
        ours = self.runs.get(OURS)
        return None if ours is None else self.ratio(ours.value_at(EARLY))

    @property
    def at_best(self) -> float | None:
        """What no schedule can be better than, by the best bound of all, over the better rival."""
        bounds = [run.bound for run in self.runs.values() if run.bound is not None]
        if not bounds:
            return None
        return self.ratio(min(bounds) if self.suite.more_is_better else max(bounds))

    @property
    def practice(self) -> float | None:
        """The naive rule's value over ours."""
        return over(self.value(NAIVE), self.value(OURS))


@attrs.frozen
class Section:
    """All rows of a suite under the same conditions."""

    suite: Suite
    limit: float
    workers: int
    rows: Sequence[Row]

    @property
    def runs(self) -> list[Run]:
        """All runs."""
        return [run for row in self.rows for run in row.runs.values()]

    @property
    def peers(self) -> list[str]:
        """Who was asked, in the suite's order."""
        return [peer for peer in self.suite.peers if any(peer in row.runs for row in self.rows)]

    @property
    def shared(self) -> Section:
        """The rows in which all that were asked were run."""
        return attrs.evolve(
            self, rows=[row for row in self.rows if all(peer in row.runs for peer in self.peers)]
        )

    @property
    def kinds(self) -> dict[str, list[Row]]:
        """The rows by the kind of their instances."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(self.suite.kind(row.instance), []).append(row)
        return found

    def worst(self, ratios: Sequence[float]) -> float:
        """The worst ratio of values."""
        return min(ratios) if self.suite.more_is_better else max(ratios)


def sections(runs: Iterable[Run]) -> list[Section]:
    """The sections of some runs, in the order of the suites, and rows in that of the record."""
    order = list(SUITES)

    def conditions(run: Run) -> tuple[int, float, int]:
        return order.index(run.task.suite), run.task.limit, run.task.workers

    return [
        Section(SUITES[order[at]], limit, workers, list(_rows(SUITES[order[at]], found)))
        for (at, limit, workers), found in groupby(sorted(runs, key=conditions), conditions)
    ]


def _rows(suite: Suite, runs: Iterable[Run]) -> Iterator[Row]:
    found: dict[tuple[str, int], dict[str, Run]] = {}
    for run in runs:
        found.setdefault((run.task.instance, run.task.seed), {})[run.task.peer] = run
    for (instance, seed), of_peers in found.items():
        yield Row(suite, instance, seed, of_peers)


def over(value: float | None, other: float | None) -> float | None:
    """A quotient; ``None`` where a part is missing."""
    return value / other if value is not None and other else None


def known(values: Iterable[float | None]) -> list[float]:
    """Those that are not missing."""
    return [value for value in values if value is not None]


def geometric_mean(values: Sequence[float]) -> float | None:
    """The geometric mean; ``None`` of nothing."""
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def middle(values: Sequence[float]) -> float | None:
    """The median; ``None`` of nothing."""
    return median(values) if values else None


def proven(run: Run) -> bool:
    """Whether a run proved its schedule the best."""
    return run.gap is not None and run.gap < _PROVEN
