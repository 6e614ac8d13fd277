"""The exact solver: CP-SAT, warm-started with the list rules, and doubted where it can be wrong.

*Optimal* is said only when the cost of the plan, recomputed from the network in integers, equals
the bound; *infeasible* only when a second run, without presolve and with another seed, agrees.
"""

from __future__ import annotations

import attrs
from ortools.sat.python import cp_model

from roadmap.errors import SolverCrashError, SolverError
from roadmap.network import Assignment, Network
from roadmap.result import Status
from roadmap.solvers.contract import Answer, Run
from roadmap.solvers.encoding import Encoding
from roadmap.solvers.engine import Finding, Search, parameters
from roadmap.solvers.generation import Scheme
from roadmap.solvers.lists import PRIORITIES, list_plan
from roadmap.solvers.tidying import tidy

_SECOND_OPINION = 10.0


@attrs.define
class _Best:
    """The best plan so far and what is proven, reported as they improve."""

    network: Network
    run: Run
    plan: Assignment | None = None
    cost: int | None = None
    bound: int | None = None

    def offer(self, plan: Assignment, source: str) -> None:
        """Take a plan if it is cheaper."""
        cost = self.network.cost(plan)
        if self.cost is None or cost < self.cost:
            self.plan, self.cost = plan, cost
            if self.run.on_plan is not None:
                self.run.on_plan(plan)
            self.run.report(cost, self.bound, source)

    def proven(self, bound: int, source: str) -> None:
        """Take a bound if it is higher."""
        if self.bound is None or bound > self.bound:
            self.bound = bound
            self.run.report(self.cost, bound, source)


def solve(network: Network, run: Run) -> Answer:
    """Find the cheapest plan, or as good a one as the time allows, with a bound."""
    best = _Best(network, run)
    if run.hint is not None:
        best.offer(run.hint, "hint")
    scheme = Scheme(network)
    for name, priority in PRIORITIES.items():
        if run.stop.is_set() and best.plan is not None:
            break
        plan, _ = list_plan(scheme, priority(network))
        if plan is not None:
            best.offer(plan, name)
    if run.stop.is_set() or run.remaining == 0:
        return _answer(best, "stopped before the search began")
    encoding = Encoding(network)
    if best.plan is not None:
        encoding.hint(best.plan)
    try:
        finding = _search(encoding, best, run)
    except SolverCrashError as error:
        if best.plan is None:
            raise
        return _answer(best, str(error))
    if finding.status == cp_model.INFEASIBLE:
        return _infeasible(encoding, best, run)
    answer = _answer(best, "" if finding.status == cp_model.OPTIMAL else _why(run))
    if answer.assignment is None:
        return answer
    return attrs.evolve(answer, assignment=tidy(network, answer.assignment, answer.status, run))


def _search(encoding: Encoding, best: _Best, run: Run) -> Finding:
    """Search, keeping what comes."""
    search = Search(
        encoding.model,
        encoding.watched,
        run.stop,
        on_values=lambda values: best.offer(encoding.assignment(values), "cpsat"),
        on_bound=lambda bound: best.proven(encoding.cost(bound), "cpsat"),
    )
    finding = search.run(parameters(run))
    if finding.values is not None:
        best.offer(encoding.assignment(finding.values), "cpsat")
    if finding.bound is not None:
        best.proven(encoding.cost(finding.bound), "cpsat")
    return finding


def _answer(best: _Best, note: str) -> Answer:
    if best.plan is None:
        return Answer(Status.UNKNOWN, None, best.bound, note)
    if best.bound is not None and best.cost is not None and best.bound >= best.cost:
        if best.bound > best.cost:
            raise SolverError(
                f"a bound of {best.bound:,} stands against a plan that costs {best.cost:,}"
            )
        return Answer(Status.OPTIMAL, best.plan, best.bound)
    return Answer(Status.FEASIBLE, best.plan, best.bound, note)


def _infeasible(encoding: Encoding, best: _Best, run: Run) -> Answer:
    """Doubt it: a plan in hand refutes it, and a second run must agree."""
    if best.plan is not None:
        return _answer(best, "CP-SAT called it infeasible, which the plan refutes")
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
    return _answer(best, "one run called it infeasible, a second did not agree in time")


def _why(run: Run) -> str:
    return "stopped by the user" if run.stop.is_set() else "the time limit was reached"
