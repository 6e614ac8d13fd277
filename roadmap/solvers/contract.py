"""What a solver is told, and what it answers.

A solver reads a network and nothing else. It answers in the network's own positions; turning
the answer into a schedule, judging it and reporting it is done in one place for all of them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal

import attrs

from roadmap.network import Assignment, Network
from roadmap.result import Progress, Status

Effort = Literal["plan", "prove"]
"""Where most of the time goes: to a better plan, or to proving how good it is."""

EFFORTS: tuple[Effort, ...] = ("plan", "prove")


@attrs.frozen
class Answer:
    """What a solver found.

    Attributes
    ----------
    status
        What is known.
    assignment
        The best plan; ``None`` if there is none.
    bound
        What no plan can cost less than; ``None`` if nothing was proven.
    note
        Why it stopped, or what stands in the way, in a sentence; may be empty.
    """

    status: Status
    assignment: Assignment | None = None
    bound: int | None = None
    note: str = ""


@attrs.define
class Run:
    """The conditions of one run, and its record.

    Attributes
    ----------
    time_limit
        Seconds; ``None`` for no limit. In a reproducible run, the solver's deterministic
        seconds.
    seed
        Seed of random choices.
    workers
        How many threads may search.
    reproducible
        Whether the same input must give the same bytes.
    hint
        A plan to start from; never to be answered worse than.
    stop
        Set when the user wants to stop.
    effort
        Where most of the time is to go.
    tidy
        Whether the best of the plans that cost the same is looked for, when the cost is proven.
    on_progress
        Called with each step; ``None`` for nobody.
    on_plan
        Called with each better plan, before its step is reported; ``None`` for nobody.
    """

    time_limit: float | None
    seed: int
    workers: int
    reproducible: bool
    hint: Assignment | None
    stop: threading.Event
    effort: Effort = "plan"
    tidy: bool = True
    on_progress: Callable[[Progress], None] | None = None
    on_plan: Callable[[Assignment], None] | None = None
    began: float = attrs.field(factory=time.monotonic)
    trace: list[Progress] = attrs.field(factory=list)

    def report(self, objective: int | None, bound: int | None, source: str) -> None:
        """Record a step and tell whoever listens, if it says anything new."""
        last = self.trace[-1] if self.trace else None
        if last is not None and (last.objective, last.bound) == (objective, bound):
            return
        step = Progress(self.elapsed, objective, bound, source)
        self.trace.append(step)
        if self.on_progress is not None:
            self.on_progress(step)

    @property
    def elapsed(self) -> float | None:
        """Seconds since it began; ``None`` in a reproducible run."""
        return None if self.reproducible else round(time.monotonic() - self.began, 3)

    @property
    def remaining(self) -> float | None:
        """Seconds left; ``None`` without a limit. A reproducible run's clock stands still."""
        if self.time_limit is None or self.reproducible:
            return self.time_limit
        return max(0.0, self.time_limit - (time.monotonic() - self.began))


Solver = Callable[[Network, Run], Answer]
"""A solver: from a network and the conditions of a run to an answer."""
