"""Linear programs whose bounds are certain.

A program minimises a cost over variables in boxes under rows of the form ``row >= least``. The
solver reckons in floating point; the bound does not rest on it. Any non-negative weights of
the rows prove a bound, so the solver's duals are taken as exact fractions and the bound they
prove is reckoned exactly.
"""

from __future__ import annotations

import math
import time
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from importlib import import_module
from typing import Any

import attrs

# Prices need no vertex, so no crossover; after presolve HiGHS may not say what it found.
_METHODS: Sequence[Mapping[str, str]] = (
    {"solver": "ipm", "run_crossover": "off", "presolve": "off"},
    {"solver": "simplex", "presolve": "off"},
)
_ITERATIONS = 300  # it takes 15 to 40, or may go on for ever where no solution lies inside

_MANY = 25_000
"""Rows beyond which prices are found by a first-order method, not to the last digit."""

_STEPS = 100_000
"""How many steps that takes at the most: some hundreds, or some thousands for more digits."""

_ROUGHLY, _CLOSELY = 1e-3, 3e-4
"""By how much, as a share of the cost, its prices and values may be apart."""


@attrs.frozen
class Row:
    """A constraint: the sum of coefficient times variable is at least ``least``."""

    variables: Sequence[int]
    coefficients: Sequence[int]
    least: int


@attrs.define
class Rows:
    """Constraints, laid one behind the other: a program may have hundreds of thousands.

    What its numbers are kept in is given, empty: a list has room for any, an array for 64 bits.
    """

    _coefficients: list[int] | array[int] = attrs.field(factory=list)
    _least: list[int] | array[int] = attrs.field(factory=list)
    _variables: array[int] = attrs.field(init=False, factory=lambda: array("i"))
    _ends: array[int] = attrs.field(init=False, factory=lambda: array("i", [0]))

    def add(self, terms: Mapping[int, int], least: int) -> int:
        """Add that the sum of coefficient times variable is at least so much; its number."""
        self._variables.extend(terms)
        self._coefficients.extend(terms.values())
        self._ends.append(len(self._coefficients))
        self._least.append(least)
        return len(self._least) - 1

    def __len__(self) -> int:
        return len(self._least)

    def __getitem__(self, number: int) -> Row:
        since, end = self._ends[number : number + 2]
        return Row(self._variables[since:end], self._coefficients[since:end], self._least[number])

    def __iter__(self) -> Iterator[Row]:
        return map(self.__getitem__, range(len(self)))

    def matrix(self, variables: int) -> Any:
        """All coefficients, sparse: a row for each constraint, a column for each variable."""
        sparse = import_module("scipy.sparse")
        parts = self._coefficients, self._variables, self._ends
        return sparse.csr_array(parts, shape=(len(self), variables), dtype=float)

    @property
    def least(self) -> Sequence[int]:
        """What each is at least."""
        return self._least


@attrs.define
class LinearProgram:
    """A program that grows by rows and is solved again from where it stood."""

    costs: list[int] = attrs.field(factory=list)
    boxes: list[tuple[int, int]] = attrs.field(factory=list)
    rows: Rows = attrs.field(factory=Rows)
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
        self.rows.add(terms, least)
        expression = self._mathopt.LinearSum(
            coefficient * self._variables[number] for number, coefficient in terms.items()
        )
        self._constraints.append(self._model.add_linear_constraint(expression >= least))

    def solve(self, seconds: float) -> bool:
        """Solve; false when there is no solution within the time, and values and duals stay."""
        limit = _limit(seconds)
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
                for number, coefficient in zip(row.variables, row.coefficients, strict=True):
                    reduced[number] -= weight * coefficient
        for (lower, upper), rest in zip(self.boxes, reduced, strict=True):
            total += rest * (lower if rest > 0 else upper)
        return math.ceil(total)


@attrs.frozen
class Solution:
    """What a solver found.

    Attributes
    ----------
    prices
        What each row is worth.
    values
        Of the variables; empty where only prices are known.
    """

    prices: list[float]
    values: list[float]


@attrs.define
class SparseProgram:
    """A program over steps between 0 and 1 that is solved for the prices of its rows.

    Attributes
    ----------
    costs
        Of each variable.
    rows
        The constraints.
    """

    costs: list[int] = attrs.field(factory=list)
    rows: Rows = attrs.field(factory=lambda: Rows(array("q"), array("q")))

    def variable(self) -> int:
        """Add a variable; its number is returned."""
        self.costs.append(0)
        return len(self.costs) - 1

    def row(self, terms: Mapping[int, int], least: int) -> int:
        """Add a row; its number is returned."""
        return self.rows.add(terms, least)

    @property
    def is_large(self) -> bool:
        """Whether its prices are found only nearly."""
        return len(self.rows) > _MANY

    @property
    def is_nearly_large(self) -> bool:
        """Whether it is not, but with twice as many rows would be."""
        return len(self.rows) <= _MANY < 2 * len(self.rows)

    def solve(
        self, seconds: float, since: Solution | None = None, closely: bool = False
    ) -> Solution | None:
        """Find the least cost; ``None`` when the time does not suffice.

        By HiGHS's interior point method, three to four times as fast here as the dual simplex
        method, which comes after it where it breaks down or stands still. If there are many rows,
        by PDLP, which stops nearly there after a tenth of the time, or wherever time ends.

        Parameters
        ----------
        seconds
            How long it may take.
        since
            What was found before the last rows were added: where PDLP begins.
        closely
            Whether PDLP goes on to more digits.
        """
        if not len(self.rows):
            return Solution([], [float(cost < 0) for cost in self.costs])
        until, known = time.monotonic() + seconds, None
        if self.is_large:
            known = self._nearly(seconds, since, _CLOSELY if closely else _ROUGHLY)
            if known is not None:
                return known
        for method in _METHODS:
            result = self._by_highs(method, until - time.monotonic())
            if result is not None and result.has_dual_feasible_solution():
                duals = {row.id: price for row, price in result.dual_values().items()}
                prices = [duals.get(number, 0.0) for number in range(len(self.rows))]
                found = Solution(prices, self._values(result))
                if result.termination.reason.name == "OPTIMAL":
                    return found
                known = known or found
        return known

    def _values(self, result: Any) -> list[float]:
        """What it gives the variables; nothing where it knows no solution."""
        if not result.has_primal_feasible_solution():
            return []
        known = {variable.id: value for variable, value in result.variable_values().items()}
        return [known[number] for number in range(len(self.costs))]

    def _by_highs(self, method: Mapping[str, str], seconds: float) -> Any:
        """What HiGHS finds; ``None`` if it breaks down. It can not be interrupted."""
        mathopt = import_module("ortools.math_opt.python.mathopt")
        options = import_module("ortools.math_opt.solvers.highs_pb2").HighsOptionsProto()
        options.string_options.update(method)
        options.int_options.update({"threads": 1, "ipm_iteration_limit": _ITERATIONS})
        parameters = mathopt.SolveParameters(time_limit=_limit(seconds), highs=options)
        model = mathopt.Model.from_model_proto(self._proto())
        try:
            return mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
        except Exception:  # noqa: BLE001 - an abnormal end has no type of its own in OR-Tools 9.15
            return None

    def _nearly(self, seconds: float, since: Solution | None, within: float) -> Solution | None:
        """What PDLP finds, if only how far it has come in the time; ``None`` if it breaks down."""
        pdlp = import_module("ortools.pdlp.python.pdlp")
        options = import_module("ortools.pdlp.solvers_pb2").PrimalDualHybridGradientParams()
        options.num_threads = 1
        options.restart_strategy = options.ADAPTIVE_DISTANCE_BASED  # half the steps of the default
        options.termination_criteria.iteration_limit = _STEPS
        options.termination_criteria.time_sec_limit = max(seconds, 0.0)
        options.termination_criteria.simple_optimality_criteria.eps_optimal_relative = within
        begin = None
        if since is not None:
            begin = pdlp.PrimalAndDualSolution()
            begin.primal_solution = since.values
            begin.dual_solution = since.prices + [0.0] * (len(self.rows) - len(since.prices))
        found = pdlp.primal_dual_hybrid_gradient(self._quadratic(), options, begin)
        prices, values = found.dual_solution.tolist(), found.primal_solution.tolist()
        sound = len(prices) == len(self.rows) and all(map(math.isfinite, prices + values))
        return Solution(prices, values) if sound else None

    def _quadratic(self) -> Any:
        """The program as PDLP itself keeps it; a message would take time and memory."""
        program = import_module("ortools.pdlp.python.pdlp").QuadraticProgram()
        program.resize_and_initialize(len(self.costs), len(self.rows))
        program.objective_vector = self.costs
        program.variable_lower_bounds = [0.0] * len(self.costs)
        program.variable_upper_bounds = [1.0] * len(self.costs)
        program.constraint_lower_bounds = self.rows.least
        program.constraint_matrix = self.rows.matrix(len(self.costs))
        return program

    def _proto(self) -> Any:
        """The program as a message: building it call by call would take longer than solving."""
        proto = import_module("ortools.math_opt.model_pb2").ModelProto()
        count = len(self.costs)
        proto.variables.ids.extend(range(count))
        proto.variables.lower_bounds.extend([0.0] * count)
        proto.variables.upper_bounds.extend([1.0] * count)
        proto.variables.integers.extend([False] * count)
        charged = [number for number, cost in enumerate(self.costs) if cost]
        proto.objective.linear_coefficients.ids.extend(charged)
        proto.objective.linear_coefficients.values.extend(float(self.costs[n]) for n in charged)
        proto.linear_constraints.ids.extend(range(len(self.rows)))
        proto.linear_constraints.lower_bounds.extend(float(row.least) for row in self.rows)
        proto.linear_constraints.upper_bounds.extend([math.inf] * len(self.rows))
        matrix = proto.linear_constraint_matrix
        for number, row in enumerate(self.rows):
            terms = sorted(zip(row.variables, row.coefficients, strict=True))
            matrix.row_ids.extend([number] * len(terms))
            matrix.column_ids.extend(variable for variable, _ in terms)
            matrix.coefficients.extend(coefficient for _, coefficient in terms)
        return proto


def _limit(seconds: float) -> timedelta | None:
    """Seconds as a limit; none for no end."""
    return None if math.isinf(seconds) else timedelta(seconds=max(seconds, 0.0))
