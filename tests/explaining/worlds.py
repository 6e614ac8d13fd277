"""All plans of a small portfolio: what is said of the best plan is looked up among all of them.

Nothing of ``roadmap.explaining`` is known here. A plan is described by the names of the rules that
it breaks, by what it costs and by when it meets the needs; each question is then a choice among the
plans. The descriptions are the oracle's.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count as counted
from itertools import islice
from typing import Any

from roadmap.problem import Problem
from roadmap.schedule import Schedule
from tests.campaigns.agreement import oracle_of, plan_of
from tests.features import FEATURES, mixed
from tests.oracle import Oracle, Plan
from tests.strategies import Size, random_portfolio, random_problem

SMALL = Size(
    initiatives=(2, 3),
    capabilities=(1, 2),
    periods=(4, 6),
    teams=(1, 2),
    needs=(1, 3),
    dependencies=(0, 2),
)


BUSY = Size(
    initiatives=(3, 3),
    capabilities=(2, 3),
    periods=(5, 7),
    teams=(1, 1),
    needs=(2, 3),
    dependencies=(0, 2),
    capacity=(1, 1),
    demand=(1,),
    choice=0.1,
)
"""One team that all want, so that its work has to queue."""


@dataclass(frozen=True)
class Seen:
    """A plan, as the oracle sees it."""

    plan: Plan
    broken: frozenset[str]
    cost: int
    times: dict[str, int | None]


@dataclass
class World:
    """Every plan that lies in the timeline."""

    problem: Problem
    oracle: Oracle = field(init=False)
    all: list[Seen] = field(init=False)

    def __post_init__(self) -> None:
        """Look at all of them once."""
        self.oracle = oracle_of(self.problem)
        self.rules = named_rules(self.oracle)
        plans = self.oracle._all()
        self.all = [
            self.see(plan)
            for plan in plans
            if all(self.oracle._inside(name, plan) for name in plan)
        ]

    def see(self, plan: Plan) -> Seen:
        """Describe a plan."""
        broken = frozenset(name for name, kept in self.rules if not kept(plan))
        return Seen(plan, broken, self.oracle.cost(plan), self.times(plan))

    def of(self, schedule: Schedule) -> Seen:
        """Describe a schedule of the library."""
        return self.see(plan_of(self.problem, schedule))

    def times(self, plan: Plan) -> dict[str, int | None]:
        """When each need is met, by its label."""
        return {need.label: self.oracle.met(need, plan) for need in self.problem.portfolio.needs}

    def best(
        self, lifted: Iterable[str] = (), where: Callable[[Seen], bool] = lambda _: True
    ) -> int | None:
        """The least cost of the plans that break lifted rules alone and are such; else ``None``."""
        free = frozenset(lifted)
        return min((s.cost for s in self.all if s.broken <= free and where(s)), default=None)

    def least(
        self,
        number: Callable[[Seen], int | None],
        lifted: Iterable[str] = (),
    ) -> int | None:
        """The least value of a number over the plans that break lifted rules alone."""
        free = frozenset(lifted)
        found = (number(seen) for seen in self.all if seen.broken <= free)
        return min((value for value in found if value is not None), default=None)

    def names(self, *kinds: str) -> set[str]:
        """Names of the rules of some kinds, told apart by their names."""
        return {name for name, _ in self.rules if kind(name) in kinds}


def named_rules(oracle: Oracle) -> list[tuple[str, Callable[[Plan], bool]]]:
    """Each rule's name, and whether a plan keeps it."""

    def keeper(kind: str, about: tuple[Any, ...]) -> Callable[[Plan], bool]:
        return lambda plan: oracle._kept(kind, about, plan)

    rules = [(name, keeper(kind, about)) for name, kind, about in oracle.rules]
    for feature in FEATURES:
        rules += [one for one in feature.rules(oracle) if one[0] not in oracle.removed]
    return rules


def kind(name: str) -> str:
    """What a rule is about, by its name."""
    if "→" in name:
        return "dependencies"
    if name.startswith("inclusion of"):
        return "scope"
    return "teams" if name.startswith("capacity of") else "calendars"


def minimal(sets: Iterable[frozenset[str]]) -> set[frozenset[str]]:
    """The sets that hold no other."""
    distinct = set(sets)
    return {one for one in distinct if not any(other < one for other in distinct)}


def hitting(sets: Sequence[frozenset[str]]) -> set[frozenset[str]]:
    """The smallest sets that share a member with each of some sets."""
    found: set[frozenset[str]] = {frozenset()}
    for one in sets:
        met = {have for have in found if have & one}
        found = minimal(met | {have | {name} for have in found - met for name in one})
    return found


def drawn(seed: int, busy: bool = False) -> Problem:
    """A small problem by chance; every second busy one has no rules added or lifted."""
    rng = random.Random(seed)
    if busy and seed % 2:
        return Problem(random_portfolio(rng, size=BUSY))
    return random_problem(rng, size=BUSY if busy else SMALL)


def feasible(first: int, count: int, busy: bool = False) -> list[int]:
    """So many seeds from a first one on whose problems have a plan."""
    return _seeds(first, count, busy, True)


def infeasible(first: int, count: int, busy: bool = False) -> list[int]:
    """So many seeds from a first one on whose problems have none."""
    return _seeds(first, count, busy, False)


def _seeds(first: int, count: int, busy: bool, wanted: bool) -> list[int]:
    sound = (seed for seed in counted(first) if has_plan(seed, busy) is wanted)
    return list(islice(sound, count))


def has_plan(seed: int, busy: bool) -> bool:
    """Whether a drawn problem has one."""
    return next(oracle_of(drawn(seed, busy)).sound_plans(), None) is not None


def various(seed: int) -> Problem:
    """A small problem with at least three families of features mixed in.

    Left out is what the oracle describes for plans that keep all rules only: what is fenced and how
    long effort takes where a team has not enough, and work in parallel.
    """
    rng = random.Random(seed)
    while True:
        problem = Problem(mixed(rng, random_portfolio(rng, size=SMALL)))
        facts = problem.portfolio
        effort = any(way.effort for item in facts.initiatives for way in item.ways)
        parallel = any("parallel work" in rule.name for rule in problem.constraints)
        if not (facts.fences or effort or parallel):
            return problem
