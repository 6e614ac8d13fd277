"""A CP-SAT model searched while its schedules and bounds are written down with their times."""

from __future__ import annotations

import time

import attrs
from ortools.sat.python import cp_model

from benchmarks.peers.contract import Conditions, Step, whole_bound


@attrs.frozen
class Searched:
    """A search that has ended.

    Attributes
    ----------
    solver
        Where values are read.
    found
        Whether there are any.
    steps
        The run as it went, the last its end.
    infeasible
        Whether it is proven that there are none.
    """

    solver: cp_model.CpSolver
    found: bool
    steps: tuple[Step, ...]
    infeasible: bool = False


def search(model: cp_model.CpModel, conditions: Conditions, began: float) -> Searched:
    """Search a model by CP-SAT as it is; ``began`` is when its building began."""
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = conditions.limit
    solver.parameters.num_workers = conditions.workers
    solver.parameters.random_seed = conditions.seed
    solver.parameters.catch_sigint_signal = False
    watch = _Watch(began)
    solver.best_bound_callback = watch.note
    status = solver.solve(model, watch)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    if found:
        watch.cost = round(solver.objective_value)
    watch.note(solver.best_objective_bound)
    ended = Step(time.perf_counter() - began, watch.cost, watch.bound)
    return Searched(solver, found, (*watch.steps, ended), status == cp_model.INFEASIBLE)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Writes down each better schedule and each better bound."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self.began = began
        self.steps: list[Step] = []
        self.cost: int | None = None
        self.bound: int | None = None

    def on_solution_callback(self) -> None:
        self.cost = round(self.objective_value)
        self.note(self.best_objective_bound)

    def note(self, bound: float) -> None:
        """A bound, beside the best cost so far."""
        whole = whole_bound(bound)
        if whole is not None and (self.bound is None or whole > self.bound):
            self.bound = whole
        step = Step(time.perf_counter() - self.began, self.cost, self.bound)
        if not self.steps or (self.steps[-1].cost, self.steps[-1].bound) != (step.cost, step.bound):
            self.steps.append(step)
