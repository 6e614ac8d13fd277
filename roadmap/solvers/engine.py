"""The one place that calls CP-SAT, with what its traps demand.

* Its own handling of Ctrl-C is switched off, and the search runs in a thread of its own, so
  that the main thread can ask it to stop.
* A value is read only from a callback or from a status that has one.
* Solutions are kept as they come, so that nothing that goes wrong later loses them.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence

import attrs
from ortools.sat.python import cp_model

from roadmap.errors import SolverCrashError, SolverError
from roadmap.solvers.contract import Run

LARGEST_COEFFICIENT = 2**31 - 1
"""Beyond it, presolve of OR-Tools 9.15 can certify a wrong optimum (google/or-tools 5293)."""

_LIFTING = ("objective_lb_search", "default_lp")
"""CP-SAT's first two threads, where one is to lift the bound; what others do is left to it."""

_SLICE = 0.05
_AGAIN = "it was begun again without looking for symmetries"


@attrs.frozen
class Threads:
    """CP-SAT's threads; each searches in a way of its own.

    Attributes
    ----------
    count
        How many.
    lifting
        Whether one of several does nothing but refute, over and over, that anything costs as
        little as is just not yet ruled out.
    """

    count: int
    lifting: bool = False


@attrs.frozen
class Finding:
    """What a search found.

    Attributes
    ----------
    status
        CP-SAT's word.
    values
        Values of the watched expressions in the best solution; ``None`` without one.
    bound
        Proven lower bound of the objective, an integer; ``None`` if there is none.
    effort
        Deterministic seconds it took: the same on each run of one thread.
    mishap
        How CP-SAT broke down before it was begun again; empty if it did not.
    """

    status: cp_model.CpSolverStatus
    values: tuple[int, ...] | None
    bound: int | None
    effort: float
    mishap: str = ""


@attrs.define
class Search:
    """One call of CP-SAT.

    Attributes
    ----------
    model
        The model; its objective is integer.
    watched
        Expressions whose values make up a solution.
    stop
        Set by whoever wants it to end.
    on_values
        Called outside the search for each solution that came, in order.
    on_bound
        Called outside the search for each better bound.
    meanwhile
        Called outside the search now and then; the search ends when it says so.
    """

    model: cp_model.CpModel
    watched: Sequence[cp_model.LinearExprT]
    stop: threading.Event
    on_values: Callable[[tuple[int, ...]], None]
    on_bound: Callable[[int], None]
    meanwhile: Callable[[], bool] = lambda: False
    _came: list[tuple[int, ...] | int] = attrs.field(factory=list)
    _told: int = 0

    def run(self, parameters: Callable[[cp_model.CpSolver], None]) -> Finding:
        """Search until it is proven, stopped or out of time.

        If CP-SAT breaks down it is begun again, once, without looking for symmetries, as that
        fails now and then in 9.15 where there is no plan.

        Parameters
        ----------
        parameters
            Sets the solver's parameters.

        Raises
        ------
        SolverCrashError
            CP-SAT broke down twice; what had come has been handed on.
        SolverError
            CP-SAT refuses the model: a mistake of ours.
        """

        def without_symmetries(solver: cp_model.CpSolver) -> None:
            parameters(solver)
            solver.parameters.symmetry_level = 0

        try:
            return self._attempt(parameters)
        except SolverCrashError as error:
            return attrs.evolve(self._attempt(without_symmetries), mishap=f"{error}; {_AGAIN}")

    def _attempt(self, parameters: Callable[[cp_model.CpSolver], None]) -> Finding:
        """Search once."""
        solver = cp_model.CpSolver()
        parameters(solver)
        solver.parameters.catch_sigint_signal = False
        solver.best_bound_callback = lambda bound: self._came.append(_up(bound))
        hunt = _Hunt(solver, self.model, _Keeper(self.watched, self._came), self.stop)
        try:
            hunt.start()
            while not hunt.done.wait(_SLICE):
                self._tell()
                if self.meanwhile():
                    break
        finally:
            hunt.end()
        self._tell()
        if hunt.failure is not None:
            raise SolverCrashError(f"CP-SAT broke down: {hunt.failure}") from hunt.failure
        if hunt.status is None:  # ended before it had begun
            return Finding(cp_model.UNKNOWN, None, None, 0.0)
        return self._finding(solver, hunt.status)

    def _tell(self) -> None:
        """Hand on what has come since the last time, in the order in which it came."""
        while self._told < len(self._came):
            news = self._came[self._told]
            self._told += 1
            if isinstance(news, int):
                self.on_bound(news)
            else:
                self.on_values(news)

    def _finding(self, solver: cp_model.CpSolver, status: cp_model.CpSolverStatus) -> Finding:
        if status == cp_model.MODEL_INVALID:
            raise SolverError(f"CP-SAT refuses the model: {solver.solution_info()}")
        values: tuple[int, ...] | None
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            values = tuple(solver.value(expression) for expression in self.watched)
        else:
            values = next((n for n in reversed(self._came) if isinstance(n, tuple)), None)
        bound = None
        if self.model.has_objective() and status != cp_model.INFEASIBLE:
            bounds = [news for news in self._came if isinstance(news, int)]
            bound = max([_up(solver.best_objective_bound), *bounds])
        return Finding(status, values, bound, solver.response_proto.deterministic_time)


@attrs.define(eq=False)
class _Hunt:
    """A search in a thread of its own, and beside it one that stops it.

    Nothing rests on the caller's thread, in which Ctrl-C may break in between any two steps: a
    search that has begun ends soon after ``stop`` is set or the caller has gone on. It keeps the
    interpreter from closing under it, unless the caller would not.
    """

    solver: cp_model.CpSolver
    model: cp_model.CpModel
    keeper: cp_model.CpSolverSolutionCallback
    stop: threading.Event
    done: threading.Event = attrs.field(factory=threading.Event)
    status: cp_model.CpSolverStatus | None = None
    failure: Exception | None = None
    _left: threading.Event = attrs.field(factory=threading.Event)
    _caller: threading.Thread = attrs.field(factory=threading.current_thread)
    _thread: threading.Thread = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._thread = threading.Thread(target=self._search, name="roadmap-search", daemon=False)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def end(self) -> None:
        """Stop if it is not done, and wait until it is over."""
        self._left.set()
        if self._thread.is_alive():
            self._thread.join()

    def _search(self) -> None:
        watch = threading.Thread(target=self._watch, name="roadmap-watch", daemon=True)
        try:
            watch.start()
            if not self._left.is_set():
                self.status = self.solver.solve(self.model, self.keeper)
        except Exception as error:  # noqa: BLE001 - handed to the caller's thread
            self.failure = error
        finally:
            self.done.set()
            if watch.is_alive():
                watch.join()

    def _watch(self) -> None:
        """Ask again and again, as asking before the search has begun has no effect."""
        while not self.done.wait(_SLICE):
            if self.stop.is_set() or self._left.is_set() or self._forsaken():
                self.solver.stop_search()

    def _forsaken(self) -> bool:
        """Whether the interpreter is closing and will not wait for the caller."""
        return self._caller.daemon and not threading.main_thread().is_alive()


class _Keeper(cp_model.CpSolverSolutionCallback):
    """Keeps every solution; does nothing else, as what fails in a callback ends the search."""

    def __init__(
        self, watched: Sequence[cp_model.LinearExprT], came: list[tuple[int, ...] | int]
    ) -> None:
        super().__init__()
        self._watched = watched
        self._came = came

    def on_solution_callback(self) -> None:
        """Keep the values of the watched expressions."""
        self._came.append(tuple(self.value(expression) for expression in self._watched))


def _up(bound: float) -> int:
    """The least integer that a bound of an integer objective allows; safely rounded.

    Objectives here are sums of what is never negative, so 0 stands for no bound at all.
    """
    if not math.isfinite(bound):
        return 0
    slack = 1e-6 + abs(bound) * 1e-12
    return math.ceil(bound - slack)


def parameters(
    run: Run, limit: float | None = None, threads: Threads | None = None
) -> Callable[[cp_model.CpSolver], None]:
    """Say how CP-SAT is to search; default with as many threads as the run has workers.

    A reproducible search runs in one thread and counts its own deterministic time; interleaved
    search with more workers corrupts memory in OR-Tools 9.13 to 9.15 (google/or-tools 5048).
    """
    chosen = threads or Threads(run.workers)
    count = 1 if run.reproducible else chosen.count

    def apply(solver: cp_model.CpSolver) -> None:
        seconds = run.remaining if limit is None else limit
        solver.parameters.random_seed = run.seed
        solver.parameters.num_workers = count
        if chosen.lifting and count > 1:
            solver.parameters.subsolvers.extend(_LIFTING)
        if run.reproducible:
            solver.parameters.interleave_search = True
        if seconds is not None and run.reproducible:
            solver.parameters.max_deterministic_time = seconds
        elif seconds is not None:
            solver.parameters.max_time_in_seconds = seconds

    return apply
