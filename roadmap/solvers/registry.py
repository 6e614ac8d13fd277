"""Where problems meet solvers: ``solve`` is the one way from a question to a result.

It turns the question into a network, lets a solver answer, turns the answer into a schedule,
lets the judge speak, and reports. No solver can return what the judge refuses.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from roadmap.errors import SolverError, UnknownSolverError, nearest
from roadmap.evaluation import evaluate
from roadmap.network import Activity, Assignment, Network, Slot
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem, as_problem
from roadmap.result import Progress, Result, Status
from roadmap.schedule import Placement, Schedule
from roadmap.solvers.contract import EFFORTS, Answer, Effort, Run, Solver
from roadmap.solvers.interrupts import Stop, stop_on_interrupt

EXACT = "cpsat"
AUTO = "auto"
RULES = (
    "closure",
    "wsjf",
    "cost of delay",
    "rank order",
    "path criticalness",
    "minimum slack",
    "foundations first",
)
"""List rules: the enabler-aware closure ratio, and how rivals place work."""

SOLVERS = (AUTO, EXACT, *RULES)
"""Names that ``solve`` knows."""


def solve(
    question: Portfolio | Problem,
    *,
    solver: str | Solver = AUTO,
    time_limit: float | None = 60,
    seed: int = 0,
    workers: int | None = None,
    effort: Effort = "plan",
    tidy: bool = True,
    reproducible: bool = False,
    hint: Schedule | Result | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    isolate: bool = False,
) -> Result:
    """Find a plan that keeps every rule and costs little, and say what is proven of it.

    Ctrl-C at any moment ends the search with the best plan so far; pressed twice, it raises
    ``KeyboardInterrupt``. An infeasible problem is a result, never an error.

    Parameters
    ----------
    question
        The problem; a portfolio is taken as its standard problem.
    solver
        One of ``SOLVERS``, or a function from a network and a run to an answer; default
        ``"auto"``, which lets list rules, annealing, CP-SAT and bounds work together;
        ``"cpsat"`` is the exact search alone.
    time_limit
        Seconds; at least 0, ``None`` for no limit; default 60. With 0, a list rule's plan is
        returned where one is found.
    seed
        Seed of the search's random choices; default 0.
    workers
        Threads that search; default one for each processor, 4 at the most. With two or more,
        ``"auto"`` lets CP-SAT interleave eight where it goes through the whole, as they prove
        more even on two processors.
    effort
        Where ``"auto"`` spends its time: ``"plan"``, the default, on a better plan, and on proof
        as far as the portfolio is small; ``"prove"`` on proof, whatever its size: the bound is
        better, the plan may be a little worse. Other solvers take no notice of it.
    tidy
        Whether, once the cost is proven, the plan that is easiest to read is looked for among all
        that cost the same: least optional work, earliest starts, then names. Default ``True``;
        without it any of them is returned, and sooner.
    reproducible
        Whether repeated runs must give the same bytes; one thread, and the limit counts the
        solver's deterministic seconds (about as long). Default ``False``.
    hint
        A plan to start from: the result of a search is never worse than it; list rules take no
        notice of it. One that the judge refuses is an error.
    on_progress
        Called with each improvement of plan or bound.
    isolate
        Whether the search runs in a process of its own: it takes about half a second
        to start, and should the native code break down, the best plan so far is returned with
        a note. Rules and your own functions run here in any case. Default ``False``.

    Raises
    ------
    UnknownSolverError
        No solver has this name.
    SolverError
        The solver failed, the time limit or the effort is none, the hint is refused, or the
        judge refutes the answer.
    """
    name = solver if isinstance(solver, str) else getattr(solver, "__name__", "custom")
    stop = Stop()
    with stop_on_interrupt(stop):
        problem = as_problem(question)
        chosen = find_solver(solver, isolate) if isinstance(solver, str) else solver
        network = problem.network
        run = Run(
            time_limit=_checked(time_limit),
            seed=seed,
            workers=workers or min(4, os.cpu_count() or 1),
            reproducible=reproducible,
            hint=None if hint is None else _from_hint(problem, network, hint),
            stop=stop,
            effort=_known(effort),
            tidy=tidy,
            on_progress=on_progress,
        )
        answer = chosen(network, run)
        return _report(problem, network, name, run, answer)


def find_solver(name: str, isolate: bool = False) -> Solver:
    """The solver of a name, imported on first use; if wanted, a search set apart.

    Raises
    ------
    UnknownSolverError
        No solver has this name.
    """
    if name in (AUTO, EXACT):
        if isolate:
            distant: Solver = import_module("roadmap.solvers.isolation").apart(name)
            return distant
        search: Solver = import_module(f"roadmap.solvers.{name}").solve
        return search
    if name in RULES:
        lists = import_module("roadmap.solvers.lists")
        rule: Solver = lists.list_solver(lists.PRIORITIES[name], name)
        return rule
    raise UnknownSolverError(f"no solver is called {name!r}; {nearest(name, SOLVERS)}")


def _checked(time_limit: float | None) -> float | None:
    if time_limit is not None and not time_limit >= 0:
        raise SolverError(f"a time limit of {time_limit!r} is none; give seconds, or None")
    return time_limit


def _known(effort: Effort) -> Effort:
    if effort not in EFFORTS:
        raise SolverError(f"there is no effort {effort!r}; {nearest(effort, EFFORTS)}")
    return effort


def _from_hint(problem: Problem, network: Network, hint: Schedule | Result) -> Assignment | None:
    """The hint in the network's positions; refused if it breaks a rule."""
    schedule = hint.schedule if isinstance(hint, Result) else hint
    if schedule is None:
        return None
    broken = evaluate(problem, schedule).violations
    if broken:
        told = "; ".join(str(violation) for violation in broken[:3])
        raise SolverError(f"the hint breaks {len(broken)} rules: {told}")
    return tuple(
        _slot(schedule[item.name], item) if item.name in schedule else None
        for item in network.activities
    )


def _slot(place: Placement, activity: Activity) -> Slot:
    """A placement in the network's positions: the mode of its name that takes as long."""
    variants = [(mode.name, mode.duration) for mode in activity.modes]
    return Slot(place.start, variants.index((place.mode or "", place.finish - place.start)))


def _report(problem: Problem, network: Network, name: str, run: Run, answer: Answer) -> Result:
    """Judge the answer and tell it."""
    make = partial(
        Result,
        problem=problem,
        solver=name,
        bound=answer.bound,
        seed=run.seed,
        elapsed=run.elapsed,
        note=answer.note,
        trace=tuple(run.trace),
        versions=versions(),
    )
    if answer.assignment is None:
        return make(status=answer.status)
    schedule = _schedule(network, answer.assignment)
    evaluation = evaluate(problem, schedule)
    if evaluation.violations:
        told = "; ".join(str(violation) for violation in evaluation.violations[:3])
        raise SolverError(f"{name} answered with a plan that the judge refuses: {told}")
    cost = network.cost(answer.assignment)
    if cost != evaluation.objective:
        raise SolverError(f"{name} counts {cost:,} where the judge counts {evaluation.objective:,}")
    proven = answer.bound is not None and answer.bound == cost
    if answer.status is Status.OPTIMAL and not proven:
        raise SolverError(f"{name} says optimal of {cost:,} with a bound of {answer.bound}")
    return make(status=answer.status, schedule=schedule, evaluation=evaluation)


def _schedule(network: Network, assignment: Assignment) -> Schedule:
    placements = []
    for activity, slot in zip(network.activities, assignment, strict=True):
        if slot is not None:
            mode = activity.modes[slot.mode]
            finish = slot.start + mode.duration
            placements.append(Placement(activity.name, slot.start, finish, mode.name or None))
    return Schedule(placements)


@cache
def versions() -> dict[str, str]:
    """Versions of the packages that an outcome depends on."""
    found = {}
    for package in ("roadmap", "ortools"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found
