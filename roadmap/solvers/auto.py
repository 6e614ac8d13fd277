"""The search that is used unless another is asked for: each part does what it does best.

First, in milliseconds, the list rules; in a second or two, the bound of mean busy times. Then
annealing on lists goes on in a thread of its own, while beside it CP-SAT looks through the whole,
where that is small enough to be proven, or through windows on the best plan, where it is not. All
improve one plan and one bound, and end as soon as the two meet.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from random import Random

import attrs
from ortools.sat.python import cp_model

from roadmap.network import Assignment, Network
from roadmap.solvers.annealing import Annealing
from roadmap.solvers.bounds.energy import energy_bound
from roadmap.solvers.contract import Answer, Run
from roadmap.solvers.cpsat import finished, prove, warm_start, why
from roadmap.solvers.encoding import Encoding
from roadmap.solvers.engine import Search, parameters
from roadmap.solvers.generation import Scheme
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.neighbourhoods import Neighbourhoods
from roadmap.solvers.tidying import compacted
from roadmap.solvers.windows import open_window

_WHOLE = 70
"""Up to so many activities, CP-SAT looks through the whole."""

_BOUND_SHARE = 0.1
_BOUND_LEAST, _BOUND_MOST = 1.0, 5.0
_WARM_SHARE = 0.1
_WARM_EACH = 0.02
_STEPS_A_SECOND = 5_000
_WINDOW = 1.0


def solve(network: Network, run: Run) -> Answer:
    """Find the cheapest plan, or as good a one as the time allows, with a bound."""
    best = Incumbent(network, run)
    scheme = Scheme(network)
    warm_start(scheme, best)
    if run.stop.is_set() or run.remaining == 0:
        return best.answer("stopped before the search began")
    if best.plan is None:
        return finished(best, prove(best))
    if run.reproducible:
        return _one_after_another(scheme, best)
    return _side_by_side(scheme, best)


def _bound(scheme: Scheme, best: Incumbent, meanwhile: Callable[[], bool]) -> None:
    """Prove what the energy of the teams proves; in a reproducible run, to the end."""
    limit = best.run.time_limit
    share = _BOUND_MOST if limit is None else _BOUND_SHARE * limit
    seconds = min(max(share, _BOUND_LEAST), _BOUND_MOST)
    energy_bound(
        scheme,
        None if best.run.reproducible else seconds,
        lambda bound: best.proven(bound, "energy"),
        lambda: best.run.stop.is_set() or meanwhile(),
    )


def _one_after_another(scheme: Scheme, best: Incumbent) -> Answer:
    """The same parts in one thread, each with its own share of deterministic time."""
    assert best.plan is not None
    _bound(scheme, best, lambda: best.closed)
    search = Annealing(scheme, Random(best.run.seed), lambda plan, _: best.offer(plan, "annealing"))
    seconds = 10.0 if best.run.time_limit is None else best.run.time_limit * _WARM_SHARE
    if search.restart(best.plan):
        search.run(int(seconds * _STEPS_A_SECOND))
    return finished(best, prove(best))


def _side_by_side(scheme: Scheme, best: Incumbent) -> Answer:
    annealer = _Annealer(scheme, best)
    try:
        annealer.start()
        _bound(scheme, best, annealer.collect)
        if len(scheme.network.activities) <= _WHOLE:
            _wait(annealer, _warm_seconds(best))
            answer = prove(best, annealer.collect)
        else:
            _look_through_windows(scheme, best, annealer)
            answer = best.answer(why(best.run))
    finally:
        annealer.end()
    annealer.collect()
    return finished(best, best.answer(answer.note))


def _warm_seconds(best: Incumbent) -> float:
    """How long annealing goes ahead, so that CP-SAT begins from a good plan."""
    limit = best.run.time_limit
    enough = _WARM_EACH * len(best.network.activities)
    return enough if limit is None else min(enough, _WARM_SHARE * limit)


def _wait(annealer: _Annealer, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not annealer.collect():
        if annealer.best.run.stop.wait(0.05):
            return


@attrs.define(eq=False)
class _Annealer:
    """Annealing in a thread of its own; what it finds is collected by the caller's thread."""

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
        search = Annealing(self.scheme, Random(self.best.run.seed), self._keep)
        plan = self.best.plan
        while plan is not None and not self._is_over():
            if not search.restart(plan):
                return
            before = search.cycle
            while search.cycle == before and not self._is_over():
                search.run(100)
            better = self.best.plan
            ours = self._found if self._found is not None else search.decoder.assignment()
            plan = better if self.best.cost is not None and self.best.cost <= search.best else ours

    def _is_over(self) -> bool:
        """Whether to end; also if Ctrl-C has kept the caller's thread from saying so."""
        return self._ended.is_set() or self.best.run.stop.is_set()

    def _keep(self, plan: Assignment, cost: int) -> None:
        self._found = plan


def _look_through_windows(scheme: Scheme, best: Incumbent, annealer: _Annealer) -> None:
    """Improve the best plan window by window until the time is over."""
    run, network = best.run, scheme.network
    neighbourhoods = Neighbourhoods(network, Random(run.seed + 1))
    size = 30.0
    while not run.stop.is_set() and run.remaining != 0 and not annealer.collect():
        assert best.plan is not None
        window = open_window(network, best.plan, neighbourhoods.draw(best.plan, int(size)))
        encoding = Encoding(window.network)
        encoding.hint(window.seen)
        seen = window.network.cost(window.seen)
        encoding.model.add(encoding.objective <= (seen - encoding.offset) // encoding.unit - 1)
        finding = Search(
            encoding.model, encoding.watched, run.stop, lambda _: None, lambda _: None
        ).run(parameters(run, min(_WINDOW, run.remaining or _WINDOW), 1))
        if finding.values is not None:
            whole = window.fitted(encoding.assignment(finding.values))
            best.offer(compacted(network, whole), "window")
        done = finding.status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        size = min(max(5.0, size * (1.03 if done else 0.93)), float(len(network.activities)))
