"""The exact solver: CP-SAT, warm-started with the list rules, and doubted where it can be wrong.

*Optimal* is said only when the cost of the plan, recomputed from the network in integers, equals
the bound; *infeasible* only when a second run, without presolve and with another seed, agrees.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import attrs
from ortools.sat.python import cp_model

from roadmap.errors import SolverCrashError
from roadmap.network import Network
from roadmap.result import Status
from roadmap.solvers.bounds.proof import Proof
from roadmap.solvers.contract import Answer, Run
from roadmap.solvers.encoding import Encoding
from roadmap.solvers.engine import Finding, Search, Threads, parameters
from roadmap.solvers.generation import Scheme
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.lists import PRIORITIES, list_plan
from roadmap.solvers.pricing import priced
from roadmap.solvers.tidying import compacted, tidy

CPSAT = "cpsat"
"""Who has found or proven it."""

_SECOND_OPINION = 10.0
_AT_ONCE = 0.1


def solve(network: Network, run: Run) -> Answer:
    """Find the cheapest plan, or as good a one as the time allows, with a bound."""
    best = Incumbent(network, run)
    warm_start(Scheme(network), best)
    if run.stop.is_set() or run.remaining == 0:
        return best.answer("stopped before the search began")
    return finished(best, prove(best))


def warm_start(scheme: Scheme, best: Incumbent) -> None:
    """Begin with the user's plan and with every list rule's; stop early only with a plan.

    Without any time, the rules after the first are only asked while that takes no time to speak of.
    """
    began = time.monotonic()
    if best.run.hint is not None:
        best.offer(best.run.hint, "hint")
    for name, priority in PRIORITIES.items():
        hasty = best.run.remaining == 0 and time.monotonic() - began > _AT_ONCE
        if best.plan is not None and (best.run.stop.is_set() or hasty):
            return
        plan, _ = list_plan(scheme, priority(scheme.network))
        if plan is not None:
            best.offer(plan, name)


def prove(
    best: Incumbent,
    meanwhile: Callable[[], bool] = lambda: False,
    proof: Proof | None = None,
    threads: Threads | None = None,
) -> Answer:
    """Search the whole network exactly, from the best plan on.

    Parameters
    ----------
    best
        The best plan so far; improved in place.
    meanwhile
        Called now and then during the search; the search ends when it says so.
    proof
        What is known of better plans than the best: CP-SAT looks only where they can lie, and
        reckons with what prices make of each step aside. Default nothing.
    threads
        CP-SAT's threads; default as many as the run has workers.
    """
    encoding = _encoded(best, proof)
    try:
        finding = _search(encoding, best, meanwhile, threads)
    except SolverCrashError as error:
        if best.plan is None:
            raise
        return best.answer(str(error))
    if finding.status == cp_model.INFEASIBLE:
        return _infeasible(encoding, best)
    return best.answer("" if finding.status == cp_model.OPTIMAL else why(best.run))


def _encoded(best: Incumbent, proof: Proof | None) -> Encoding:
    """The network, as far as a better plan can lie there."""
    if best.plan is None or best.cost is None:
        return Encoding(best.network)
    encoding = priced(best.network, proof, best.plan, best.cost)
    encoding.hint(best.plan)
    return encoding


def finished(best: Incumbent, answer: Answer, proof: Proof | None = None) -> Answer:
    """The answer, with its plan made tidy and with what broke down on the way.

    Parameters
    ----------
    best
        The best plan.
    answer
        What is to be said.
    proof
        What makes tidying quick, if anything is known.
    """
    plan = answer.assignment
    if plan is not None:
        try:
            plan = tidy(best.network, plan, answer.status, best.run, proof)
        except SolverCrashError as error:
            best.mishap(f"the plan is not the tidiest: {error}")
            plan = compacted(Scheme(best.network), plan)
    note = "; ".join(part for part in (*best.mishaps, answer.note) if part)
    return attrs.evolve(answer, assignment=plan, note=note)


def why(run: Run) -> str:
    """Why a search ended without a proof."""
    return "stopped by the user" if run.stop.is_set() else "the time limit was reached"


def _search(
    encoding: Encoding, best: Incumbent, meanwhile: Callable[[], bool], threads: Threads | None
) -> Finding:
    """Search, keeping what comes."""
    search = Search(
        encoding.model,
        encoding.watched,
        best.run.stop,
        on_values=lambda values: best.offer(encoding.assignment(values), CPSAT),
        on_bound=lambda bound: best.proven(encoding.cost(bound), CPSAT),
        meanwhile=meanwhile,
    )
    finding = search.run(parameters(best.run, threads=threads))
    if finding.mishap:
        best.mishap(finding.mishap)
    if finding.values is not None:
        best.offer(encoding.assignment(finding.values), CPSAT)
    if finding.bound is not None:
        best.proven(encoding.cost(finding.bound), CPSAT)
    return finding


def _infeasible(encoding: Encoding, best: Incumbent) -> Answer:
    """Doubt it: a plan in hand refutes it, and a second run must agree."""
    run = best.run
    if best.plan is not None:
        return best.answer("CP-SAT called it infeasible, which the plan refutes")
    seconds = _SECOND_OPINION if run.remaining is None else max(run.remaining, _SECOND_OPINION)
    search = Search(
        encoding.model,
        encoding.watched,
        run.stop,
        on_values=lambda values: best.offer(encoding.assignment(values), "second opinion"),
        on_bound=lambda bound: None,
    )

    def doubting(solver: cp_model.CpSolver) -> None:
        parameters(run, seconds)(solver)
        solver.parameters.cp_model_presolve = False
        solver.parameters.random_seed = run.seed + 1

    finding = search.run(doubting)
    if finding.status == cp_model.INFEASIBLE:
        return Answer(Status.INFEASIBLE, note="no plan keeps every rule; a second run agrees")
    if finding.values is not None:
        best.offer(encoding.assignment(finding.values), "second opinion")
    return best.answer("one run called it infeasible, a second did not agree in time")
