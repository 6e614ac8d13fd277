"""List scheduling: a priority rule, the serial scheme, and a choice of optional work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from roadmap.network import Assignment, Network
from roadmap.result import Status
from roadmap.solvers.contract import Answer, Run, Solver
from roadmap.solvers.generation import Generation, Scheme
from roadmap.solvers.mending import generate_mended
from roadmap.solvers.priorities import (
    closure,
    cost_of_delay,
    foundations_first,
    minimum_slack,
    path_criticalness,
    rank_order,
    wsjf,
)
from roadmap.solvers.pruning import prune
from roadmap.solvers.support import Support

Priority = Callable[[Network], Sequence[float]]

PRIORITIES: dict[str, Priority] = {
    "closure": closure.ranks,
    "wsjf": wsjf.ranks,
    "cost of delay": cost_of_delay.ranks,
    "rank order": rank_order.ranks,
    "path criticalness": path_criticalness.ranks,
    "minimum slack": minimum_slack.ranks,
    "foundations first": foundations_first.ranks,
}
"""The shipped rules: the enabler-aware closure ratio first, then the rivals'."""


def list_solver(priority: Priority, source: str) -> Solver:
    """Make a solver of a priority rule."""

    def solve(network: Network, run: Run) -> Answer:
        rank = priority(network)
        assignment, trouble = list_plan(Scheme(network), rank)
        if assignment is None:
            return Answer(Status.UNKNOWN, note=f"this rule {trouble}")
        run.report(network.cost(assignment), None, source)
        return Answer(Status.FEASIBLE, assignment)

    return solve


def list_plan(scheme: Scheme, rank: Sequence[float]) -> tuple[Assignment | None, str]:
    """Schedule by rank, with the optional work that pays.

    Optional work is tried in three ways: all of it in its turn, all of it where mandatory work
    leaves room, and only what mandatory work stands on; each time what does not pay is left out,
    and the rest scheduled again. The cheapest of these is taken. Where teams are not enough, what
    they can do beyond their usual is used as well.

    Returns
    -------
    assignment, trouble
        The plan, or ``None`` and what the rule cannot do.
    """
    network = scheme.network
    everything, required = [True] * len(network.activities), _required(network)
    behind = _places(rank, required)
    tries = [(rank, everything)]
    if required != everything:
        tries += [(behind, everything), (rank, required)]
    plans: list[Assignment] = []
    trouble = ""
    for turn, chosen in tries:
        generation = generate_mended(scheme, turn, chosen)
        plan = generation.plan
        if plan is None:
            trouble = _told(network, generation)
            continue
        plans.append(plan)
        pruned = prune(network, plan)
        if pruned != plan:
            kept = [slot is not None for slot in pruned]
            again = scheme.generate(turn, kept).plan
            plans += [pruned] if again is None else [pruned, again]
    if not plans and any(resource.usual for resource in network.resources):
        return list_plan(Scheme(_beyond_the_usual(network)), rank)
    return min(plans, key=network.cost, default=None), trouble


def _told(network: Network, generation: Generation) -> str:
    """What a rule cannot do."""
    if generation.draft is not None:
        return f"cannot keep {next(iter(network.breaches(generation.draft)))}"
    return f"finds no place for {network.activities[generation.stuck or 0].name}"


def _beyond_the_usual(network: Network) -> Network:
    """The network whose teams always give all they can."""
    resources = tuple(attrs.evolve(r, usual=(), price=0) for r in network.resources)
    return attrs.evolve(network, resources=resources)


def _required(network: Network) -> list[bool]:
    """Mandatory work and what it stands on."""
    mandatory = [a for a, item in enumerate(network.activities) if item.mandatory]
    needed = set(Support(network).closure(mandatory, set()))
    return [activity in needed for activity in range(len(network.activities))]


def _places(rank: Sequence[float], first: Sequence[bool]) -> list[int]:
    """The place of each activity when some go before all others, each by rank among its like."""
    order = sorted(range(len(rank)), key=lambda activity: (not first[activity], rank[activity]))
    places = [0] * len(rank)
    for place, activity in enumerate(order):
        places[activity] = place
    return places
