"""The solvers of this library as peers, by their names."""

from __future__ import annotations

import time
from functools import partial

from benchmarks.peers.contract import Conditions, Found, Peer, Step
from roadmap.network import Network
from roadmap.problem import Problem
from roadmap.result import Status
from roadmap.solvers import solve
from roadmap.solvers.registry import find_solver


def peer(name: str) -> Peer:
    """One of ``roadmap.SOLVERS``, its code loaded."""
    find_solver(name)
    return Peer(_network, partial(_found, name))


def _network(problem: Problem) -> Network:
    """The network, built anew if the problem is new."""
    return problem.network


def _found(name: str, problem: Problem, conditions: Conditions) -> Found:
    began = time.perf_counter()
    _network(problem)
    building = time.perf_counter() - began
    result = solve(
        problem,
        solver=name,
        time_limit=conditions.limit,
        workers=conditions.workers,
        seed=conditions.seed,
    )
    ended = Step(time.perf_counter() - began, result.objective, result.bound)
    steps = [Step(building + (at.elapsed or 0), at.objective, at.bound) for at in result.trace]
    infeasible = result.status is Status.INFEASIBLE
    return Found(result.schedule, building, (*steps, ended), infeasible)
