"""The search that is used unless another is asked for: each part does what it does best.

First, in milliseconds, the list rules. Then annealing on lists goes on in a thread of its own, and
linear programs prove bounds in a process of their own, while beside them CP-SAT looks through
windows on the best plan; or through the whole, where that is small, nearly proven, or to be proven
above all. All improve one plan and one bound, and end as soon as the two meet.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from random import Random

from ortools.sat.python import cp_model

from roadmap.network import Network
from roadmap.solvers.annealer import Annealer
from roadmap.solvers.annealing import Annealing
from roadmap.solvers.bounds.beside import Prover, prover
from roadmap.solvers.bounds.proof import Proof
from roadmap.solvers.bounds.proofs import proofs
from roadmap.solvers.contract import Answer, Run
from roadmap.solvers.cpsat import finished, prove, warm_start, why
from roadmap.solvers.encoding import Encoding
from roadmap.solvers.engine import Search, parameters
from roadmap.solvers.generation import Scheme
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.neighbourhoods import Neighbourhoods
from roadmap.solvers.tidying import compacted
from roadmap.solvers.windows import open_window

_SMALL = 70
"""Up to so many activities that can move, CP-SAT looks through the whole from the beginning."""

_TANGLED = 200
"""Up to so many where a loss falls or rarer rules hold: list rules and bounds see little there."""

_NEARLY = 0.2
"""With more of them it does when the gap is less than this share of the share of time spent: at
half-time at a tenth."""

_LARGE = 500
"""Beyond so many that can move, memory counts: CP-SAT has no more threads than are asked for."""

_THREADS = 8
"""CP-SAT's for the whole, unless one is all that is allowed: its parts differ, and prove more
together, even where they take turns on two processors."""

_WARM_SHARE = 0.1
_WARM_EACH = 0.02
_STEPS_A_SECOND = 5_000
_PATIENCE = 3_600.0  # seconds that bounds may take where there is no limit
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


def _one_after_another(scheme: Scheme, best: Incumbent) -> Answer:
    """The same parts in one thread, each with its own share of deterministic time."""
    assert best.plan is not None
    last = None
    for source, proof in proofs(scheme.network, _last_finish(best), None):
        best.proven(proof.bound, source)
        last = proof
    search = Annealing(scheme, Random(best.run.seed), lambda plan, _: best.offer(plan, "annealing"))
    seconds = 10.0 if best.run.time_limit is None else best.run.time_limit * _WARM_SHARE
    if not best.closed and search.restart(best.plan):
        search.run(int(seconds * _STEPS_A_SECOND))
    return finished(best, _exact(best, last, lambda: False))


def _side_by_side(scheme: Scheme, best: Incumbent) -> Answer:
    """All parts at once: annealing in a thread, bounds in a process, CP-SAT here."""
    network, run = scheme.network, best.run
    annealer = Annealer(scheme, best)
    patience = _PATIENCE if run.remaining is None else run.remaining
    with prover(network, _last_finish(best), patience) as bounds:

        def meanwhile() -> bool:
            """Take what the others have found; whether all is proven."""
            for source, proof in bounds.news():
                best.proven(proof.bound, source)
            return annealer.collect()

        try:
            annealer.start()
            if run.effort == "prove" or is_small(network):
                _wait(best, _warm_seconds(best), meanwhile)
            else:
                _look_through_windows(scheme, best, meanwhile)
            answer = _look_through_the_whole(best, bounds, meanwhile)
        finally:
            annealer.end()
        meanwhile()
    return finished(best, best.answer(answer.note))


def movable(network: Network) -> int:
    """How many activities have any choice of when."""
    return sum(
        item.latest - item.earliest > min(mode.duration for mode in item.modes)
        for item in network.activities
    )


def is_small(network: Network) -> bool:
    """Whether CP-SAT looks through the whole from the beginning."""
    tangled = not (network.is_plain and network.losses_rise)
    return movable(network) <= (_TANGLED if tangled else _SMALL)


def _last_finish(best: Incumbent) -> int:
    """When the best plan is done: up to then the bounds look closely."""
    assert best.plan is not None
    finishes = [
        slot.start + item.modes[slot.mode].duration
        for slot, item in zip(best.plan, best.network.activities, strict=True)
        if slot is not None
    ]
    return max(finishes, default=0)


def _exact(best: Incumbent, proof: Proof | None, meanwhile: Callable[[], bool]) -> Answer:
    """Look through the whole, as far as a better plan can lie there."""
    if best.closed:
        return best.answer("")
    assert best.plan is not None
    assert best.cost is not None
    narrowed = None if proof is None else proof.narrowed(best.network, best.plan, best.cost)
    threads = workers = best.run.workers
    if 1 < workers < _THREADS and movable(best.network) <= _LARGE:
        threads = _THREADS
    return prove(best, meanwhile, narrowed, threads)


def nearly(run: Run) -> float:
    """The gap that counts as nearly proven by now; without a limit as in a minute."""
    return _NEARLY * min(1.0, (time.monotonic() - run.began) / (run.time_limit or 60.0))


def _warm_seconds(best: Incumbent) -> float:
    """How long annealing goes ahead, so that CP-SAT begins from a good plan."""
    limit = best.run.time_limit
    enough = _WARM_EACH * len(best.network.activities)
    return enough if limit is None else min(enough, _WARM_SHARE * limit)


def _wait(best: Incumbent, seconds: float, meanwhile: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not meanwhile():
        if best.run.stop.wait(0.05):
            return


def _look_through_the_whole(
    best: Incumbent, bounds: Prover, meanwhile: Callable[[], bool]
) -> Answer:
    """Search the whole exactly; begin anew whenever it has been proven that less is to be seen."""
    run = best.run
    while not best.closed and not run.stop.is_set() and run.remaining != 0:
        known = bounds.last
        answer = _exact(best, known, partial(_outdated, meanwhile, bounds, known))
        if bounds.last is known:
            return answer
    return best.answer(why(run))


def _outdated(meanwhile: Callable[[], bool], bounds: Prover, known: Proof | None) -> bool:
    """Whether a search that rests on a proof may end: all is proven, or more than it knew."""
    return meanwhile() or bounds.last is not known


def _look_through_windows(scheme: Scheme, best: Incumbent, meanwhile: Callable[[], bool]) -> None:
    """Improve the best plan window by window until it is nearly proven or the time is over."""
    run, network = best.run, scheme.network
    neighbourhoods = Neighbourhoods(network, Random(run.seed + 1))
    size = min(100.0, max(30.0, len(network.activities) / 8))
    while not run.stop.is_set() and run.remaining != 0 and not meanwhile():
        if best.within(nearly(run)):
            return
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
            best.offer(compacted(scheme, whole), "window")
        done = finding.status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        size = min(max(5.0, size * (1.03 if done else 0.93)), float(len(network.activities)))
