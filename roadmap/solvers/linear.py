"""Linear programs whose bounds are certain.

A program minimises a cost over variables in boxes under rows of the form ``row >= least``. The
solver (GLOP) reckons in floating point; the bound does not rest on it. Any non-negative weights of
the rows prove a bound, so the solver's duals are taken as exact fractions and the bound they
prove is reckoned exactly.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from importlib import import_module
from typing import Any

import attrs


@attrs.frozen
class Row:
    """A constraint: the sum of coefficient times variable is at least ``least``."""

    terms: Mapping[int, int]
    least: int


@attrs.define
class LinearProgram:
    """A program that grows by rows and is solved again from where it stood."""

    costs: list[int] = attrs.field(factory=list)
    boxes: list[tuple[int, int]] = attrs.field(factory=list)
    rows: list[Row] = attrs.field(factory=list)
    values: list[float] = attrs.field(factory=list)
    _duals: list[float] = attrs.field(factory=list)
    _model: Any = attrs.field(init=False)
    _solver: Any = attrs.field(init=False)
    _mathopt: Any = attrs.field(init=False)
    _variables: list[Any] = attrs.field(init=False, factory=list)
    _constraints: list[Any] = attrs.field(init=False, factory=list)

    def __attrs_post_init__(self) -> None:
        self._mathopt = import_module("ortools.math_opt.python.mathopt")
        self._model = self._mathopt.Model()
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._solver = self._mathopt.IncrementalSolver(self._model, self._mathopt.SolverType.GLOP)

    def variable(self, lower: int, upper: int, cost: int = 0) -> int:
        """Add a variable in a box; its number is returned."""
        self.costs.append(cost)
        self.boxes.append((lower, upper))
        variable = self._model.add_variable(lb=lower, ub=upper)
        if cost:
            self._model.objective.set_linear_coefficient(variable, cost)
        self._variables.append(variable)
        return len(self.costs) - 1

    def row(self, terms: Mapping[int, int], least: int) -> None:
        """Add a row."""
        self.rows.append(Row(terms, least))
        expression = self._mathopt.LinearSum(
            coefficient * self._variables[number] for number, coefficient in terms.items()
        )
        self._constraints.append(self._model.add_linear_constraint(expression >= least))

    def solve(self, seconds: float) -> bool:
        """Solve; false when there is no solution within the time, and values and duals stay."""
        limit = None if math.isinf(seconds) else timedelta(seconds=seconds)
        result = self._result(limit)
        if result is None:
            self._begin_anew()
            result = self._result(limit)
        if (
            result is None
            or not result.has_primal_feasible_solution()
            or not result.has_dual_feasible_solution()
        ):
            return False
        values, duals = result.variable_values(), result.dual_values()
        self.values = [values[variable] for variable in self._variables]
        self._duals = [duals.get(row, 0.0) for row in self._constraints]
        return True

    def _result(self, limit: timedelta | None) -> Any:
        """What GLOP finds; ``None`` if it breaks down, as it may from where it last stood."""
        parameters = self._mathopt.SolveParameters(time_limit=limit, threads=1)
        try:
            return self._solver.solve(params=parameters)
        except Exception:  # noqa: BLE001 - an abnormal end has no type of its own in OR-Tools 9.15
            return None

    def bound(self) -> int:
        """The least whole cost that the duals prove, reckoned in exact fractions."""
        reduced = [Fraction(cost) for cost in self.costs]
        total = Fraction(0)
        for row, dual in zip(self.rows, self._duals, strict=False):
            if dual > 0:
                weight = Fraction(dual)
                total += weight * row.least
                for number, coefficient in row.terms.items():
                    reduced[number] -= weight * coefficient
        for (lower, upper), rest in zip(self.boxes, reduced, strict=True):
            total += rest * (lower if rest > 0 else upper)
        return math.ceil(total)
