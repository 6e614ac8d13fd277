"""Annealing beside another search, in a thread of its own."""

from __future__ import annotations

import threading
from random import Random

import attrs

from roadmap.network import Assignment
from roadmap.solvers.annealing import Annealing
from roadmap.solvers.generation import Scheme
from roadmap.solvers.incumbent import Incumbent

_SLICE = 100


@attrs.define(eq=False)
class Annealer:
    """Annealing in a thread of its own; what it finds is collected by the caller's thread.

    Attributes
    ----------
    scheme
        The network, made ready.
    best
        The best plan, from which it begins, and to which it adds.
    """

    scheme: Scheme
    best: Incumbent
    _found: Assignment | None = None
    _ended: threading.Event = attrs.field(factory=threading.Event)
    _thread: threading.Thread = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Make the thread ready."""
        self._thread = threading.Thread(target=self._anneal, name="roadmap-annealing", daemon=True)

    def start(self) -> None:
        """Begin from the best plan."""
        self._thread.start()

    def collect(self) -> bool:
        """Take what it has found; true when the search may end."""
        found, self._found = self._found, None
        if found is not None:
            self.best.offer(found, "annealing")
        return self.best.closed

    def end(self) -> None:
        """End it."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _anneal(self) -> None:
        """Go on from the best plan, cycle by cycle."""
        ours: list[Assignment] = []

        def keep(plan: Assignment, _: int) -> None:
            ours[:] = [plan]
            self._found = plan

        search = Annealing(self.scheme, Random(self.best.run.seed), keep)
        plan = self.best.plan
        while plan is not None and not self._is_over():
            if not search.restart(plan):
                return
            before = search.cycle
            while search.cycle == before and not self._is_over():
                search.run(_SLICE)
            theirs = self.best.cost is not None and self.best.cost <= search.best
            plan = self.best.plan if theirs or not ours else ours[0]

    def _is_over(self) -> bool:
        """Whether to end; also if Ctrl-C has kept the caller's thread from saying so."""
        return self._ended.is_set() or self.best.run.stop.is_set()
