"""The peer that anyone would write: a plain CP-SAT model of a portfolio with linear losses.

Finish-to-start dependencies without lag, constant capacities, one initiative a level: what the
weighted PSPLIB instances need, and no more.
"""

from __future__ import annotations

from ortools.sat.python import cp_model

from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio


def plain_starts(
    portfolio: Portfolio, seconds: float, workers: int, seed: int
) -> tuple[dict[str, int], int]:
    """Starts after some seconds, and the bound."""
    model = cp_model.CpModel()
    horizon = portfolio.timeline.periods
    start = {i.name: model.new_int_var(0, horizon, "") for i in portfolio.initiatives}
    interval = {
        i.name: model.new_fixed_size_interval_var(start[i.name], i.duration or 0, "")
        for i in portfolio.initiatives
    }
    for tie in portfolio.dependencies:
        duration = portfolio.initiative[tie.predecessor].duration or 0
        model.add(start[tie.successor] >= start[tie.predecessor] + duration)
    for team in portfolio.teams:
        users = [item for item in portfolio.initiatives if team.name in item.demand]
        intervals = [interval[item.name] for item in users]
        demands = [item.demand[team.name] for item in users]
        model.add_cumulative(intervals, demands, max(team.profile(portfolio.timeline)))
    terms = []
    for need in portfolio.needs:
        (raiser,) = portfolio.raisers[need.capability][need.level]
        assert isinstance(need.loss, CostOfDelay)
        duration = portfolio.initiative[raiser].duration or 0
        terms.append(need.loss.rate * (start[raiser] + duration))
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.catch_sigint_signal = False
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    bound = int(solver.best_objective_bound)
    return {name: solver.value(variable) for name, variable in start.items()}, bound
