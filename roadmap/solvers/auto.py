"""The search that is used unless another is asked for: each part does what it does best.

First, in milliseconds, the list rules. Then two improvers go on from the best plan, by annealing on
lists and by CP-SAT in windows, and linear programs prove bounds; the second improver and the bounds
in processes of their own. CP-SAT looks through the whole where that is small, nearly proven, or to
be proven above all. All improve one plan and one bound, and end as soon as the two meet.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from random import Random

from roadmap.network import Network
from roadmap.solvers.annealing import SLICE, Annealing
from roadmap.solvers.bounds.beside import Prover, prover
from roadmap.solvers.bounds.proof import Proof
from roadmap.solvers.bounds.proofs import proofs
from roadmap.solvers.contract import Answer, Run
from roadmap.solvers.cooling import heat
from roadmap.solvers.cpsat import finished, prove, warm_start, why
from roadmap.solvers.engine import Threads
from roadmap.solvers.generation import Scheme
from roadmap.solvers.helper import Helper, helper
from roadmap.solvers.improving import Improver
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.rounding import ROUNDING
from roadmap.solvers.tactics import Tactics, is_outdated, tactics, until

_WARM_SHARE = 0.1
_WARM_EACH = 0.005
_STEPS_A_SECOND, _ACTIVITIES_A_SECOND = 5_000, 1_000_000  # of annealing: no more than either
_PATIENCE = 3_600.0  # seconds that bounds may take where there is no limit


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
    offer = partial(best.offer, source=ROUNDING)
    for source, proof in proofs(scheme.network, _last_finish(best), None, offer):
        best.proven(proof.bound, source)
        last = proof
    search = Annealing(scheme, Random(best.run.seed))
    seconds = 10.0 if best.run.time_limit is None else best.run.time_limit * _WARM_SHARE
    if not best.closed and search.restart(best.plan):
        activities = len(search.order)
        steps = int(seconds * min(_STEPS_A_SECOND, _ACTIVITIES_A_SECOND / activities))
        for step in range(0, steps, SLICE):
            search.run(SLICE, heat(steps / activities, step / steps))
        best.offer(search.plan, "annealing")
    return finished(best, _exact(best, last, lambda: False, Threads(1)), last)


def _side_by_side(scheme: Scheme, best: Incumbent) -> Answer:
    """All parts at once: bounds in a process, an improver in another, CP-SAT and a second here.

    Where there is no second improver, the first anneals above all.
    """
    network, run = scheme.network, best.run
    how = tactics(network, run)
    patience = _PATIENCE if run.remaining is None else run.remaining
    with prover(best, _last_finish(best), patience, how.refuting) as bounds:

        def proven() -> bool:
            """Take what has been proven; whether that is all."""
            bounds.exchange()
            return best.closed

        if how.at_once:
            _improve(scheme, best, True, _warm(best), proven)
            _glance(best, how, bounds, proven)
        alone = best.closed or how.alone
        with nullcontext(Helper(best, None)) if alone else helper(best) as beside:

            def meanwhile() -> bool:
                """Take what has been found and proven, and tell of it."""
                beside.exchange()
                return proven()

            def near() -> bool:
                """Whether so much is proven that CP-SAT may look through the whole."""
                return meanwhile() or how.is_near(best)

            if not how.at_once:
                _glance(best, how, bounds, meanwhile)
                _improve(scheme, best, alone, until(run), near)
            answer = _look_through_the_whole(best, bounds, meanwhile, how.threads)
            meanwhile()
    return finished(best, best.answer(answer.note), bounds.last)


def _last_finish(best: Incumbent) -> int:
    """When the best plan is done: up to then the bounds look closely."""
    assert best.plan is not None
    finishes = [
        slot.start + item.modes[slot.mode].duration
        for slot, item in zip(best.plan, best.network.activities, strict=True)
        if slot is not None
    ]
    return max(finishes, default=0)


def _glance(best: Incumbent, how: Tactics, bounds: Prover, meanwhile: Callable[[], bool]) -> None:
    """Look through the whole for some of the time: what can be proven is mostly proven so."""
    run = best.run

    def enough() -> bool:
        return meanwhile() or how.has_glanced(run, bounds.last)

    if how.glance:
        _exact(best, None, enough, Threads(run.workers))


def _exact(
    best: Incumbent, proof: Proof | None, meanwhile: Callable[[], bool], threads: Threads
) -> Answer:
    """Look through the whole, as far as a better plan can lie there."""
    return best.answer("") if best.closed else prove(best, meanwhile, proof, threads)


def _warm(best: Incumbent) -> float:
    """When a plan is good enough to begin from, where CP-SAT looks through the whole."""
    run, enough = best.run, _WARM_EACH * len(best.network.activities)
    limit = run.time_limit
    return run.began + (enough if limit is None else min(enough, _WARM_SHARE * limit))


def _improve(
    scheme: Scheme,
    best: Incumbent,
    anneals: bool,
    until: float,
    enough: Callable[[], bool],
) -> None:
    """Improve the best plan until some time, or until it is good enough."""
    run = best.run
    improver = Improver(scheme, best, Random(run.seed + 1), anneals, until)

    def over() -> bool:
        return enough() or run.stop.is_set() or time.monotonic() >= until

    while not over():
        improver.turn(over)


def _look_through_the_whole(
    best: Incumbent, bounds: Prover, meanwhile: Callable[[], bool], threads: Threads
) -> Answer:
    """Search the whole exactly; begin anew whenever it has been proven that less is to be seen."""
    run = best.run
    while not best.closed and not run.stop.is_set() and run.remaining != 0:
        known = bounds.last
        over = partial(_over, best, bounds, known, meanwhile)
        answer = _exact(best, known, over, threads)
        if not is_outdated(known, bounds.last, best):
            return answer
    return best.answer(why(run))


def _over(
    best: Incumbent, bounds: Prover, known: Proof | None, meanwhile: Callable[[], bool]
) -> bool:
    """Whether a search that rests on a proof may end: all is proven, or much more than it knew."""
    return meanwhile() or is_outdated(known, bounds.last, best)
