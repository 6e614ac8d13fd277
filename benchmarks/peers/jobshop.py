"""PyJobShop as a peer: one job a task, weighted flow time or makespan as its objective.

Its own way to search tells nothing during a run; so its CP-SAT model is taken, and searched here.
Each task must end within the timeline: without that, it leaves valueless work wherever it falls.
"""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any

from benchmarks.peers.contract import Conditions, Found
from benchmarks.peers.watched import search
from roadmap.losses import CostOfDelay
from roadmap.objectives import Makespan
from roadmap.problem import Problem
from roadmap.schedule import Schedule


def build(problem: Problem) -> Any:
    """Its CP-SAT model; the tasks are the initiatives in the portfolio's order.

    Raises
    ------
    ValueError
        PyJobShop cannot say this problem.
    """
    facts = problem.portfolio
    model = import_module("pyjobshop").Model()
    if any(item.optional or item.requires for item in facts.initiatives):
        raise ValueError("optional work and required levels are not said to PyJobShop here")
    rates = _rates(problem)
    resources = {
        team.name: model.add_renewable(max(team.profile(facts.timeline))) for team in facts.teams
    }
    tasks = {}
    for item in facts.initiatives:
        job = model.add_job(weight=rates.get(item.name, 0))
        tasks[item.name] = model.add_task(job, latest_end=facts.timeline.periods)
        demanded = [resources[team] for team in item.demand]
        model.add_mode(tasks[item.name], demanded, item.duration or 0, list(item.demand.values()))
    for tie in facts.dependencies:
        model.add_end_before_start(tasks[tie.predecessor], tasks[tie.successor])
    if rates:
        model.set_objective(weight_total_flow_time=1)
    else:
        model.set_objective(weight_makespan=1)
    return import_module("pyjobshop.solvers.ortools").CPModel(model.data())


def _rates(problem: Problem) -> dict[str, int]:
    """Cost of delay by initiative; none where the makespan is asked."""
    facts = problem.portfolio
    if any(isinstance(term, Makespan) for term in problem.objective):
        return {}
    rates = {}
    for need in facts.needs:
        (raiser,) = facts.raisers[need.capability][need.level]
        if not isinstance(need.loss, CostOfDelay):
            raise ValueError(f"PyJobShop knows no loss such as {type(need.loss).__name__}")
        rates[raiser] = need.loss.rate
    return rates


def solve(problem: Problem, conditions: Conditions) -> Found:
    """Search its model by CP-SAT with the same few parameters that it sets itself."""
    began = time.perf_counter()
    built = build(problem)
    building = time.perf_counter() - began
    searched = search(built.model, conditions, began)
    schedule = None
    if searched.found:
        names = [item.name for item in problem.portfolio.initiatives]
        tasks = zip(names, built.variables.task_vars, strict=True)
        starts = {name: searched.solver.value(task.start) for name, task in tasks}
        schedule = Schedule.of(problem.portfolio, starts)
    return Found(schedule, building, searched.steps)
