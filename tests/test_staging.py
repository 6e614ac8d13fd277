"""Plans in stages against an exhaustive search over policies that shares no code with them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import attrs
import pytest

from roadmap.errors import PortfolioError, ProblemError
from roadmap.facts import Capability, Initiative, Mode, Need, Pilot, Team
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Status
from roadmap.solvers import solve
from roadmap.staging import Staged, solve_staged
from roadmap.timeline import Timeline
from tests.campaigns.agreement import oracle_of
from tests.features.choice import Choices, Programmes
from tests.features.contract import Feature
from tests.features.dips import Dips
from tests.features.discounting import Discounting
from tests.features.legacy import Legacy
from tests.features.money import Budgets, Fences, Quotas
from tests.features.outcomes import Outcomes
from tests.features.people import People
from tests.features.softness import Softness
from tests.features.time import Time
from tests.oracle import Spot
from tests.strategies import Size, random_portfolio

Found = tuple[dict[str, Spot], int]
"""A sound plan and its cost."""

SMALL = Size(
    initiatives=(2, 3), teams=(0, 1), needs=(1, 3), periods=(3, 5), duration=(0, 2), choice=0.2
)
SEED = 20_270_505
WITH_TIME: Sequence[Feature] = (Time(), Dips(), Legacy(), Choices())
WITH_PEOPLE: Sequence[Feature] = (Dips(), Legacy(), Outcomes(), Softness(), People())
WITH_MONEY: Sequence[Feature] = (
    Dips(),
    Legacy(),
    Choices(),
    Programmes(),
    Budgets(),
    Quotas(),
    Fences(),
    Discounting(),
)


class Policies:
    """All policies of a small portfolio with pilots, by looking at every plan of every branch."""

    def __init__(self, portfolio: Portfolio) -> None:
        oracle = oracle_of(Problem(portfolio))
        self.facts = portfolio
        self.gate = {p.initiative: oracle.clock.starting(p.gate) for p in portfolio.pilots}
        self.pilots = sorted(portfolio.pilots, key=lambda p: self.gate[p.initiative])
        self.branches = [
            (outcomes, self._chance(outcomes))
            for outcomes in product((True, False), repeat=len(self.pilots))
            if self._chance(outcomes)
        ]
        self.lost = {outcomes: self._lost(outcomes) for outcomes, _ in self.branches}
        self.plans = {outcomes: self._plans(outcomes) for outcomes, _ in self.branches}
        self.ways = oracle.ways

    def _chance(self, outcomes: Sequence[bool]) -> Fraction:
        chance = Fraction(1)
        for pilot, success in zip(self.pilots, outcomes, strict=True):
            chance *= Fraction(pilot.probability if success else 100 - pilot.probability, 100)
        return chance

    def _lost(self, outcomes: Sequence[bool]) -> set[str]:
        """What hangs on a failure, or on a pilot that therefore cannot be carried out."""
        lost: set[str] = set()
        for _ in self.pilots:
            for pilot, success in zip(self.pilots, outcomes, strict=True):
                if not success or pilot.initiative in lost:
                    lost |= set(pilot.follow_on)
        return lost

    def _plans(self, outcomes: tuple[bool, ...]) -> list[Found]:
        lost = self.lost[outcomes]
        work = [
            attrs.evolve(item, optional=item.optional or item.name in lost)
            for item in self.facts.initiatives
        ]
        oracle = oracle_of(Problem(attrs.evolve(self.facts, initiatives=work)))
        return [(p, oracle.cost(p)) for p in oracle.sound_plans() if not lost & p.keys()]

    def expected(self) -> Fraction | None:
        """The least expected cost of what may follow the outcomes."""
        return self._best(self.branches, dict(self.plans), 0)

    def _best(
        self, branches: Sequence[Any], plans: Mapping[Any, list[Found]], depth: int
    ) -> Fraction | None:
        if not all(plans[outcomes] for outcomes, _ in branches):
            return None
        if depth == len(self.pilots):
            ((outcomes, chance),) = branches
            return Fraction(chance) * min(cost for _, cost in plans[outcomes])
        gate = self.gate[self.pilots[depth].initiative]
        begun = {frozenset(_before(p, gate)) for b, _ in branches for p, _ in plans[b]}
        totals = [self._following(branches, plans, depth, gate, key) for key in begun]
        return min((total for total in totals if total is not None), default=None)

    def _following(
        self, branches: Sequence[Any], plans: Any, depth: int, gate: int, key: Any
    ) -> Fraction | None:
        """The same, where something has been begun before the gate."""
        kept = {
            b: [found for found in plans[b] if frozenset(_before(found[0], gate)) == key]
            for b, _ in branches
        }
        total = Fraction(0)
        for success in (True, False):
            part = [branch for branch in branches if branch[0][depth] == success]
            best = self._best(part, kept, depth + 1) if part else Fraction(0)
            if best is None:
                return None
            total += best
        return total

    def committed(self) -> Fraction | None:
        """The least expected cost of one plan for all, with what is spent in vain."""
        top = min(self.branches, key=lambda branch: len(self.lost[branch[0]]))[0]
        costs = {b: {frozenset(p.items()): cost for p, cost in self.plans[b]} for b in self.plans}
        totals = []
        for plan, _ in self.plans[top]:
            total: Fraction | None = Fraction(0)
            for outcomes, chance in self.branches:
                done = {n: s for n, s in plan.items() if n not in self.lost[outcomes]}
                cost = costs[outcomes].get(frozenset(done.items()))
                if cost is None:
                    total = None
                    break
                vain = sum(self.ways[n][plan[n].mode].cost for n in plan.keys() - done.keys())
                total = None if total is None else total + chance * (cost + vain)
            totals += [] if total is None else [total]
        return min(totals, default=None)


def _before(plan: Mapping[str, Spot], gate: int) -> list[tuple[str, Spot]]:
    return [(name, spot) for name, spot in plan.items() if spot.start < gate]


def drawn(case: int, pilots: int) -> Portfolio:
    """A small portfolio with so many pilots."""
    rng = random.Random(f"{SEED}:{pilots}:{case}")
    while True:
        facts = random_portfolio(rng, size=SMALL)
        names = [item.name for item in facts.initiatives]
        if len(names) < 2 + (pilots > 1):
            continue
        found = [_pilot(rng, names, at, facts.timeline.periods) for at in range(pilots)]
        try:
            return facts.replace(pilots=found)
        except PortfolioError:
            continue


def _pilot(rng: random.Random, names: Sequence[str], at: int, periods: int) -> Pilot:
    others = [name for name in names if name != names[at]]
    hanging = rng.sample(others, rng.randint(1, min(2, len(others))))
    chance = rng.choice((0, 20, 50, 50, 75, 100))
    return Pilot(names[at], rng.randint(0, periods - 1), chance, hanging)


def staged(portfolio: Portfolio) -> Staged:
    """The library's plan, proven."""
    return solve_staged(portfolio, solver="cpsat", time_limit=30, workers=1, reproducible=True)


@pytest.mark.parametrize("first", range(0, 60, 10))
@pytest.mark.parametrize("pilots", [1, 2])
def test_stages_agree_with_exhaustive_search(pilots: int, first: int) -> None:
    """Expected cost, cost without notice of outcomes, and so the value of information, agree."""
    for case in range(first, first + 10):
        facts = drawn(case, pilots)
        policies, found = Policies(facts), staged(facts)
        assert (policies.expected(), policies.committed()) == (found.expected, found.committed), (
            facts
        )
        if found.value_of_information is not None:
            assert found.value_of_information >= 0
        _check_branches(found, policies)


@pytest.mark.parametrize(
    "families", [WITH_TIME, WITH_MONEY, WITH_PEOPLE], ids=["time", "money", "people"]
)
@pytest.mark.parametrize("first", range(0, 20, 5))
def test_stages_hold_whatever_else_is_modelled(first: int, families: Sequence[Feature]) -> None:
    """With other families of features in the portfolio, the least expected cost is the same."""
    for case in range(first, first + 5):
        facts = drawn_with(case, families)
        policies, found = Policies(facts), staged(facts)
        assert policies.expected() == found.expected, facts
        assert found.value_of_information is None or found.value_of_information >= 0


@pytest.mark.parametrize("families", [WITH_TIME, WITH_MONEY, WITH_PEOPLE])
def test_a_pilot_that_cannot_fail_is_planned_as_ever(families: Sequence[Feature]) -> None:
    """With certain outcomes the plan in stages costs what the plan costs, rules lifted or not."""
    for case in range(8):
        facts = drawn_with(case, families)
        sure = [attrs.evolve(pilot, probability=100) for pilot in facts.pilots]
        problem = Problem(facts.replace(pilots=sure))
        lifted = [rule.name for rule in problem.constraints if rule.name.startswith("capacity")]
        question = problem.without(*lifted) if case % 2 else problem
        plain = solve(question, solver="cpsat", time_limit=30, workers=1, reproducible=True)
        assert plain.objective == staged_problem(question).expected


def drawn_with(case: int, families: Sequence[Feature]) -> Portfolio:
    """A small portfolio with a pilot, and each of some families half the time."""
    rng, facts = random.Random(f"{SEED}:{case}"), drawn(case, 1)
    for family in families:
        try:
            facts = family.draw(rng, facts) if rng.random() < 0.5 else facts
        except PortfolioError:
            continue
    return facts


def _check_branches(found: Staged, policies: Policies) -> None:
    """Each branch's plan is sound there, and their costs add up; they part at the gates only."""
    assert found.expected is None or found.expected == sum(
        branch.probability * branch.evaluation.objective for branch in found.branches
    )
    gates = [policies.gate[pilot.initiative] for pilot in policies.pilots]
    open_ones = [g for g, p in zip(gates, policies.pilots, strict=True) if 0 < p.probability < 100]
    for branch in found.branches:
        assert branch.evaluation.feasible
        begun = {p for p in branch.schedule.values() if p.start < min(open_ones, default=99)}
        assert begun == set(found.shared.values())


@pytest.mark.parametrize("case", range(12))
@pytest.mark.parametrize("chance", [0, 100])
def test_certain_outcomes_have_no_information(case: int, chance: int) -> None:
    """With a probability of 0 or 100 there is one branch, and nothing to learn."""
    facts = drawn(case, 1)
    facts = facts.replace(pilots=[attrs.evolve(facts.pilots[0], probability=chance)])
    found = staged(facts)
    assert found.branches == () or ["as planned"] == [b.label for b in found.branches]
    assert found.value_of_information in (0, None)
    assert found.expected == found.committed


def venture(**changes: Any) -> Portfolio:
    """A pilot of a month, and a roll-out that costs 100 and saves 30 a month from month 4 on."""
    facts: dict[str, Any] = {"probability": 50, "follow_on": ["roll-out"], "gate": 2}
    return Portfolio(
        timeline=Timeline("2027-01", 12),
        teams=[Team("team", 1)],
        capabilities=[Capability("advice"), Capability("archive")],
        needs=[
            Need("advice", 1, CostOfDelay(30)),
            Need("archive", 1, CostOfDelay(5)),
        ],
        initiatives=[
            Initiative("pilot", duration=1, demand={"team": 1}, cost=10, optional=True),
            Initiative(
                "roll-out",
                duration=2,
                demand={"team": 1},
                cost=100,
                raises={"advice": 1},
                optional=True,
            ),
            Initiative("tidy", duration=2, demand={"team": 1}, raises={"archive": 1}),
        ],
        pilots=[Pilot("pilot", **(facts | changes))],
    )


def test_a_venture_by_hand() -> None:
    """The pilot comes first, the roll-out only where it succeeds, and both sums are as reckoned."""
    found = staged(venture())
    # pilot 0-1. Success: roll-out 2-4, tidy 4-6. Failure: tidy 2-4; to begin it at 1 would be one
    # decision for both, save 5 in the one and delay the roll-out by a month, for 30, in the other.
    success, failure = 10 + 100 + 30 * 4 + 5 * 6, 10 + 30 * 12 + 5 * 4
    assert [success, failure] == [b.evaluation.objective for b in found.branches]
    assert Fraction(260 + 390, 2) == found.expected
    # one plan for both: tidy at once and nothing else. With the roll-out, in vain at times, it
    # would be half of 260 and of 10 + 100 + 360 + 30, so 380.
    assert 370 == found.committed
    assert 45 == found.value_of_information
    likely = staged(venture(probability=60))
    assert Fraction(6 * 260 + 4 * 500, 10) == likely.committed
    assert ["pilot"] == list(found.shared)
    assert ["pilot succeeds", "pilot fails"] == [branch.label for branch in found.branches]
    assert ["pilot", "tidy"] == list(found.branches[1].schedule)


def test_a_poor_chance_is_not_taken() -> None:
    """Where success is too unlikely the pilot is left out, and then there is nothing to learn."""
    found = staged(venture(probability=2))
    assert [["tidy"], ["tidy"]] == [list(branch.schedule) for branch in found.branches]
    assert [370, 370, 0] == [found.expected, found.committed, found.value_of_information]


def test_mandatory_follow_on_work_is_left_out_where_it_must_not_start() -> None:
    """A mandatory roll-out is done where the pilot succeeds, and left out where it fails."""
    facts = venture()
    work = [attrs.evolve(item, optional=False) for item in facts.initiatives]
    found = staged(facts.replace(initiatives=work))
    assert [True, False] == ["roll-out" in branch.schedule for branch in found.branches]


def test_a_pilot_that_cannot_be_carried_out_takes_its_follow_on_work_with_it() -> None:
    """A second pilot that hangs on the first: where that fails, the rest is left out as well."""
    facts = venture(follow_on=["tidy"], gate=1)
    second = Pilot("tidy", 5, 50, ["roll-out"])
    work = [attrs.evolve(item, optional=False) for item in facts.initiatives]
    found = staged(facts.replace(pilots=[*facts.pilots, second], initiatives=work))
    assert [
        ("pilot succeeds, tidy succeeds", ["pilot", "tidy", "roll-out"]),
        ("pilot succeeds, tidy fails", ["pilot", "tidy"]),
        ("pilot fails, tidy succeeds", ["pilot"]),
        ("pilot fails, tidy fails", ["pilot"]),
    ] == [(branch.label, list(branch.schedule)) for branch in found.branches]
    assert [Fraction(1, 4)] * 4 == [branch.probability for branch in found.branches]


def test_too_many_gates_are_refused() -> None:
    """Four uncertain pilots would double the plan four times; certain ones do not count."""
    work = [Initiative(f"work {n}", duration=1, optional=True) for n in range(5)]
    pilots = [Pilot(f"work {n}", 2, 50, ["work 4"]) for n in range(4)]
    facts = Portfolio(timeline=Timeline("2027-01", 4), initiatives=work, pilots=pilots)
    with pytest.raises(ProblemError, match="4 pilots of uncertain outcome make 16 branches"):
        solve_staged(facts)
    sure = facts.replace(pilots=[*pilots[:3], attrs.evolve(pilots[3], probability=100)])
    assert 8 == len(staged(sure).branches)


def test_what_cannot_be_planned_is_a_result() -> None:
    """Mandatory work that builds on what must not start leaves no plan."""
    facts = venture()
    user = Initiative("user", duration=1, requires={"advice": 1})
    found = staged(facts.replace(initiatives=[*facts.initiatives, user]))
    assert (Status.INFEASIBLE, None, None, ()) == (
        found.status,
        found.expected,
        found.value_of_information,
        found.branches,
    )
    assert "in stages: infeasible" in str(found)


def test_lifted_and_added_rules_hold_in_every_branch() -> None:
    """Questions are changed by algebra before they are planned in stages."""
    problem = Problem(venture()).without("capacity of team", "inclusion of tidy")
    found = staged_problem(problem)
    assert 0 == found.branches[1].schedule["tidy"].start
    bound = staged_problem(Problem(venture()).without("gate of pilot"))
    assert bound.expected is not None
    assert bound.expected <= Fraction(325)


def test_the_report_is_told_briefly() -> None:
    """The equivalent has a fingerprint that follows the question, though it tells it only once."""
    marks = {solve_staged(venture(probability=p), time_limit=1).result.problem for p in (50, 60)}
    assert 2 == len({problem.fingerprint for problem in marks})
    assert 100_000 > max(len(repr(problem)) for problem in marks)


def staged_problem(problem: Problem) -> Staged:
    """The same for a problem."""
    return solve_staged(problem, solver="cpsat", time_limit=30, workers=1, reproducible=True)


def test_modes_and_the_report_come_back() -> None:
    """Branches say the modes that the facts name, and the whole is told in a table."""
    facts = venture()
    modes = [Mode("slow", 2, {"team": 1}, cost=100), Mode("fast", 1, {"team": 1}, cost=101)]
    work = [
        attrs.evolve(item, duration=None, demand={}, cost=0, modes=modes)
        if item.name == "roll-out"
        else item
        for item in facts.initiatives
    ]
    found = staged(facts.replace(initiatives=work))
    assert "fast" == found.branches[0].schedule["roll-out"].mode
    assert None is found.branches[0].schedule["tidy"].mode
    assert "pilot succeeds" in str(found)
