"""The branches of a question with pilots: one for each combination of outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product
from math import gcd

import attrs

from roadmap.constraints import LeftOut
from roadmap.errors import Fault, ProblemError
from roadmap.facts import Initiative, Mode, Pilot
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Placement, Schedule

MOST_GATES = 3
"""Pilots of uncertain outcome that are planned for at once: each doubles the whole plan."""


@attrs.frozen
class Branch:
    """A combination of outcomes, with the question as it stands where they come about.

    Attributes
    ----------
    label
        The outcomes in words.
    outcomes
        Whether each uncertain pilot succeeds, in the order of the gates.
    weight
        Its probability, as a share of the weights of all branches.
    problem
        The question: follow-on work of pilots that fail is left out.
    impossible
        That work.
    """

    label: str
    outcomes: tuple[bool, ...]
    weight: int
    # told by its fingerprint: each of the branch's rules tells the branch
    problem: Problem = attrs.field(repr=lambda problem: problem.fingerprint)
    impossible: frozenset[str]

    @property
    def portfolio(self) -> Portfolio:
        """The facts."""
        return self.problem.portfolio

    def tagged(self, name: str) -> str:
        """What the branch's copy of something is called."""
        return f"{name} [{self.label}]"

    @cached_property
    def names(self) -> dict[str, str]:
        """The initiatives by what their copies are called."""
        return {self.tagged(name): name for name in self.portfolio.initiative}

    def copies(self) -> Iterator[Initiative]:
        """Bare copies of the work, with a mode for each variant; the rules say all else."""
        for name, variants in self.portfolio.variants.items():
            modes = [Mode(str(at), variant.duration) for at, variant in enumerate(variants)]
            yield Initiative(self.tagged(name), modes=modes, optional=True)

    def schedule(self, joint: Schedule) -> Schedule:
        """The branch's part of a schedule of all branches."""
        return Schedule(
            self._placement(place) for place in joint.values() if place.initiative in self.names
        )

    def plan(self, joint: Plan) -> Plan:
        """The branch's part of a plan of all branches."""
        return Plan(self.portfolio, self.schedule(joint.schedule))

    def _placement(self, place: Placement) -> Placement:
        name = self.names[place.initiative]
        modes = [variant.mode.name for variant in self.portfolio.variants[name]]
        chosen = place.mode or ""
        known = chosen.isdecimal() and int(chosen) < len(modes)
        mode = modes[int(chosen)] if known else chosen
        return Placement(name, place.start, place.finish, mode or None)


def branches_of(problem: Problem) -> tuple[Branch, ...]:
    """The branches that can come about, those alike longest beside each other.

    Raises
    ------
    ProblemError
        There are more pilots of uncertain outcome than can be planned for at once.
    """
    pilots = uncertain(problem.portfolio)
    if len(pilots) > MOST_GATES:
        told = f"{len(pilots)} pilots of uncertain outcome make {2 ** len(pilots)} branches"
        remedy = f"plan for {MOST_GATES} at once: give others a probability of 0 or 100"
        raise ProblemError([Fault("pilots", told, remedy)])
    made = [_branch(problem, pilots, o) for o in product((True, False), repeat=len(pilots))]
    common = gcd(*(branch.weight for branch in made))
    return tuple(attrs.evolve(branch, weight=branch.weight // common) for branch in made)


def uncertain(portfolio: Portfolio) -> list[Pilot]:
    """The pilots whose outcome is not known beforehand, in the order of their gates."""
    open_ones = [pilot for pilot in portfolio.pilots if 0 < pilot.probability < 100]
    return sorted(open_ones, key=lambda pilot: portfolio.timeline.starting(pilot.gate))


def parting(portfolio: Portfolio, one: Branch, other: Branch) -> int:
    """The boundary from which on two branches can be told apart."""
    pilots = uncertain(portfolio)
    return min(
        portfolio.timeline.starting(pilot.gate)
        for pilot, mine, theirs in zip(pilots, one.outcomes, other.outcomes, strict=True)
        if mine != theirs
    )


def _branch(problem: Problem, pilots: Sequence[Pilot], outcomes: tuple[bool, ...]) -> Branch:
    facts, weight = problem.portfolio, 1
    failed = {pilot.initiative for pilot in facts.pilots if pilot.probability == 0}
    for pilot, success in zip(pilots, outcomes, strict=True):
        weight *= pilot.probability if success else 100 - pilot.probability
        failed |= set() if success else {pilot.initiative}
    impossible = _impossible(facts, failed)
    told = [
        f"{pilot.initiative} {'succeeds' if success else 'fails'}"
        for pilot, success in zip(pilots, outcomes, strict=True)
    ]
    return Branch(
        ", ".join(told) or "as planned",
        outcomes,
        weight,
        _without(problem, impossible),
        impossible,
    )


def _impossible(facts: Portfolio, failed: set[str]) -> frozenset[str]:
    """Work that hangs on pilots that fail, or that can then not be carried out either."""
    found: set[str] = set()
    while True:
        hanging = {
            name
            for pilot in facts.pilots
            if pilot.initiative in failed | found
            for name in pilot.follow_on
        }
        if hanging <= found:
            return frozenset(found)
        found |= hanging


def _without(problem: Problem, impossible: frozenset[str]) -> Problem:
    """The question with some of its work left out, and mandatory nowhere."""
    facts = problem.portfolio
    initiatives = [
        attrs.evolve(item, optional=True) if item.name in impossible else item
        for item in facts.initiatives
    ]
    gone = {f"inclusion of {name}" for name in impossible}
    return Problem(
        facts.replace(initiatives=initiatives),
        problem.objective,
        (*problem.added, *(LeftOut(item.name) for item in initiatives if item.name in impossible)),
        tuple(name for name in problem.removed if name not in gone),
    )
