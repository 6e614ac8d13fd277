"""The ten identities that hold on any input, and the five-item case."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest

from roadmap.constraints import EarliestStart
from roadmap.facts import Capability, Dependency, Initiative, Need, Team
from roadmap.losses import CostOfDelay, Deadline, Loss, LossSum, Table, Window
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Result, Status
from roadmap.schedule import Schedule
from roadmap.solvers import SOLVERS, solve
from roadmap.timeline import Timeline
from tests.campaigns.agreement import best_by_hand, oracle_of, plan_of, reproduction, solved
from tests.oracle import Clock
from tests.strategies import Size, random_portfolio, random_problem, random_rule

MEDIUM = Size(
    initiatives=(4, 8),
    capabilities=(2, 4),
    teams=(1, 2),
    needs=(2, 5),
    dependencies=(0, 4),
    periods=(16, 24),
)


def starts(result: Result) -> dict[str, tuple[int, str | None]] | None:
    """Where a result puts what; ``None`` without a plan."""
    placed = result.schedule
    return None if placed is None else {n: (p.start, p.mode) for n, p in placed.items()}


def outcome(result: Result) -> tuple[Status, int | None, object]:
    """Status, cost and plan of a result."""
    return result.status, result.objective, starts(result)


# The five-item case


LENGTHS = {"F": 4, "A": 3, "B": 2, "C": 6, "D": 3}
RATES = {"F": 0, "A": 30, "B": 20, "C": 24, "D": 9}


def five(**changes: Any) -> Portfolio:
    """One team; F is the foundation of A and B, and worth nothing by itself."""
    facts = Portfolio(
        timeline=Timeline("2027-01", 24),
        teams=[Team("team", 1)],
        capabilities=[Capability(name) for name in LENGTHS],
        needs=[Need(name, 1, CostOfDelay(rate), name) for name, rate in RATES.items()],
        initiatives=[
            Initiative(
                name,
                duration=length,
                demand={"team": 1},
                raises={name: 1},
                requires={"F": 1} if name in "AB" else {},
            )
            for name, length in LENGTHS.items()
        ],
    )
    return facts.replace(**changes)


def test_five_items_by_wsjf() -> None:
    """The item's own ratio puts the foundation third and loses 1,065."""
    result = solve(five(), solver="wsjf")
    assert "CDFBA" == "".join(result.require())
    assert 1_065 == result.objective


def test_five_items_at_the_optimum() -> None:
    """The proven optimum puts the foundation first and loses 912."""
    result = solved(Problem(five()))
    assert "FABCD" == "".join(result.require())
    assert (Status.OPTIMAL, 912, 912) == (result.status, result.objective, result.bound)


def test_five_items_price_of_a_slip() -> None:
    """One month's slip of the foundation costs 83; of the others 0, 53, 18 and 9."""
    problem = Problem(five())
    assert {"F": 83, "A": 0, "B": 53, "C": 18, "D": 9} == slips(problem, solved(problem))


@pytest.mark.parametrize("solver", SOLVERS)
def test_five_items_by_every_rule(solver: str) -> None:
    """No solver loses less than the optimum, and the closure rule finds it."""
    result = solved(Problem(five()), solver)
    assert result.objective is not None
    assert 912 <= result.objective
    if solver in ("cpsat", "closure"):
        assert 912 == result.objective


def slips(problem: Problem, result: Result) -> dict[str, int | None]:
    """Derived cost of delay of each placed initiative; ``None`` where no plan is left."""
    found: dict[str, int | None] = {}
    for name, place in result.require().items():
        if place.start < problem.portfolio.timeline.periods:
            later = solved(problem.with_(EarliestStart(name, place.start + 1)))
            assert result.objective is not None
            objective = later.objective
            found[name] = None if objective is None else objective - result.objective
    return found


# (1) to (4)


@pytest.mark.parametrize("seed", range(15))
def test_1_nothing_to_trade(seed: int) -> None:
    """Identity 1: with hard dependencies only, declared losses alone decide.

    The exchange rate between urgency and foundations, and with it the curve that must be a
    single point, come with soft dependencies. What holds already: where all work is mandatory
    and has one way, delivery cost cannot be traded for urgency, so the plan is the same at any
    price of the work, and costs exactly that much more.
    """
    rng = random.Random(seed)
    facts = random_portfolio(rng, size=MEDIUM)
    work = [attrs.evolve(item, optional=False, **_first_way(item)) for item in facts.initiatives]
    dear = [attrs.evolve(item, cost=rng.randint(0, 10_000)) for item in work]
    plain = solved(Problem(facts.replace(initiatives=work)))
    priced = solved(Problem(facts.replace(initiatives=dear)))
    assert starts(plain) == starts(priced)
    if plain.objective is not None and priced.objective is not None:
        extra = sum(item.cost for item in dear) - sum(item.cost for item in work)
        assert extra == priced.objective - plain.objective


def _first_way(item: Initiative) -> dict[str, Any]:
    way = item.ways[0]
    return {"modes": [], "duration": way.duration, "demand": way.demand, "cost": way.cost}


@pytest.mark.parametrize("seed", range(20))
def test_2_derived_cost_of_delay(seed: int) -> None:
    """Identity 2: pushing a start never gains, and costs what two exhaustive searches differ by."""
    problem = random_problem(random.Random(seed))
    result = solved(problem)
    best = best_by_hand(problem)
    if best is None:
        assert Status.INFEASIBLE == result.status
        return
    for name, price in slips(problem, result).items():
        later = problem.with_(EarliestStart(name, result.require()[name].start + 1))
        pushed = best_by_hand(later)
        assert (None if pushed is None else pushed.cost - best.cost) == price
        assert price is None or price >= 0 or f"earliest start of {name}" in problem.removed


@pytest.mark.parametrize("seed", range(20))
def test_3_smiths_rule(seed: int) -> None:
    """Identity 3: one team, linear loss, no dependencies: highest rate for the time comes first."""
    rng = random.Random(seed)
    items = {f"item {n}": (rng.randint(1, 5), rng.randint(0, 50)) for n in range(7)}
    problem = Problem(_independent(items))
    lost, now = 0, 0
    for duration, rate in sorted(items.values(), key=lambda item: item[0] / (item[1] or 1e-9)):
        now += duration
        lost += now * rate
    assert (Status.OPTIMAL, lost) == outcome(solved(problem))[:2]
    assert lost == solved(problem, "wsjf").objective
    assert lost == solved(problem, "closure").objective


def _independent(items: Mapping[str, tuple[int, int]]) -> Portfolio:
    return Portfolio(
        timeline=Timeline("2027-01", sum(duration for duration, _ in items.values())),
        teams=[Team("team", 1)],
        capabilities=[Capability(name) for name in items],
        needs=[Need(name, 1, CostOfDelay(rate), name) for name, (_, rate) in items.items()],
        initiatives=[
            Initiative(name, duration=duration, demand={"team": 1}, raises={name: 1})
            for name, (duration, _) in items.items()
        ],
    )


@pytest.mark.parametrize("seed", range(40))
def test_4_no_wait_split(seed: int) -> None:
    """Identity 4: an initiative cut in two that follow without a wait loses the same."""
    facts = random_portfolio(random.Random(seed))
    long = [item for item in facts.initiatives if not item.modes and (item.duration or 0) > 1]
    for item in long:
        whole, halves = solved(Problem(facts)), solved(Problem(split(facts, item)))
        assert outcome(whole)[:2] == outcome(halves)[:2], reproduction(whole.problem, [item.name])


def split(facts: Portfolio, item: Initiative) -> Portfolio:
    """Cut an initiative into a part of one period and the rest, tied from both sides."""
    first = attrs.evolve(item, name="first", duration=1, raises={}, ramp=0, latest_finish=None)
    rest = attrs.evolve(
        item,
        name="rest",
        duration=(item.duration or 0) - 1,
        cost=0,
        requires={},
        earliest_start=None,
    )
    ends = {"S": "first", "F": "rest"}
    ties = [
        attrs.evolve(
            tie,
            predecessor=ends[tie.link[0]] if tie.predecessor == item.name else tie.predecessor,
            successor=ends[tie.link[1]] if tie.successor == item.name else tie.successor,
        )
        for tie in facts.dependencies
    ]
    others = [other for other in facts.initiatives if other.name != item.name]
    whole = [Dependency("first", "rest"), Dependency("rest", "first", "SS", -1)]
    return facts.replace(initiatives=[*others, first, rest], dependencies=[*ties, *whole])


# (5)


@pytest.mark.parametrize("seed", range(25))
def test_5_shuffled(seed: int) -> None:
    """Identity 5: the order in which the facts are stated changes no decision."""
    rng = random.Random(seed)
    facts = random_portfolio(rng, size=MEDIUM)
    families = ("initiatives", "needs", "teams", "capabilities", "dependencies")
    shuffled = facts.replace(
        **{f: rng.sample(getattr(facts, f), len(getattr(facts, f))) for f in families}
    )
    assert outcome(solved(Problem(facts))) == outcome(solved(Problem(shuffled)))


@pytest.mark.parametrize("seed", range(25))
def test_5_renamed(seed: int) -> None:
    """Identity 5: other names, in the same alphabetical order, change no decision."""
    facts = random_portfolio(random.Random(seed), size=MEDIUM)
    result, again = solved(Problem(facts)), solved(Problem(renamed(facts)))
    before = starts(result)
    named = before and {_renamed(name): place for name, place in before.items()}
    assert (result.status, result.objective, named) == outcome(again)


def _renamed(name: str) -> str:
    return f"ζ «{name}» $x_1$"


def _keys(amounts: Mapping[str, int]) -> dict[str, int]:
    return {_renamed(name): amount for name, amount in amounts.items()}


def renamed(facts: Portfolio) -> Portfolio:
    """The same facts under other names."""
    return facts.replace(
        teams=[attrs.evolve(team, name=_renamed(team.name)) for team in facts.teams],
        capabilities=[attrs.evolve(c, name=_renamed(c.name)) for c in facts.capabilities],
        needs=[attrs.evolve(need, capability=_renamed(need.capability)) for need in facts.needs],
        initiatives=[
            attrs.evolve(
                item,
                name=_renamed(item.name),
                demand=_keys(item.demand),
                raises=_keys(item.raises),
                requires=_keys(item.requires),
                modes=[attrs.evolve(way, demand=_keys(way.demand)) for way in item.modes],
            )
            for item in facts.initiatives
        ],
        dependencies=[
            attrs.evolve(t, predecessor=_renamed(t.predecessor), successor=_renamed(t.successor))
            for t in facts.dependencies
        ],
    )


@pytest.mark.parametrize("profile", ["cost of delay", "deadline", "window", "table"])
@pytest.mark.parametrize("seed", range(6))
def test_5_money_scaled(seed: int, profile: str) -> None:
    """Identity 5: money in another unit changes no decision, and scales the cost."""
    facts = random_portfolio(random.Random(seed), size=MEDIUM, profile=profile)
    result, again = solved(Problem(facts)), solved(Problem(dearer(facts, 7)))
    scaled = None if result.objective is None else 7 * result.objective
    assert (result.status, scaled, starts(result)) == outcome(again)


def dearer(facts: Portfolio, factor: int) -> Portfolio:
    """The same facts with all money multiplied."""
    return facts.replace(
        needs=[attrs.evolve(need, loss=_dearer(need.loss, factor)) for need in facts.needs],
        initiatives=[_dearer_work(item, factor) for item in facts.initiatives],
    )


def _dearer_work(item: Initiative, factor: int) -> Initiative:
    modes = [attrs.evolve(way, cost=way.cost * factor) for way in item.modes]
    return attrs.evolve(item, cost=item.cost * factor, modes=modes)


def _dearer(loss: Loss, factor: int) -> Loss:
    if isinstance(loss, CostOfDelay):
        return CostOfDelay(loss.rate * factor)
    if isinstance(loss, Deadline):
        return Deadline(loss.due_by, loss.penalty * factor, loss.rate * factor)
    if isinstance(loss, Window):
        return attrs.evolve(loss, value=loss.value * factor)
    assert isinstance(loss, Table)
    return Table([value * factor for value in loss.values])


@pytest.mark.parametrize("seed", range(25))
def test_5_time_scaled(seed: int) -> None:
    """Identity 5: time in periods half as long changes no decision, and scales the cost."""
    facts = random_portfolio(random.Random(seed), size=MEDIUM, profile="cost of delay")
    result, again = solved(Problem(facts)), solved(Problem(dearer_in_delivery(finer(facts))))
    before = starts(result)
    named = before and {name: (2 * start, mode) for name, (start, mode) in before.items()}
    scaled = None if result.objective is None else 2 * result.objective
    assert (result.status, scaled, named) == outcome(again)


def dearer_in_delivery(facts: Portfolio) -> Portfolio:
    """Delivery costs doubled, as losses double by themselves with the number of periods."""
    return facts.replace(initiatives=[_dearer_work(item, 2) for item in facts.initiatives])


def finer(facts: Portfolio) -> Portfolio:
    """The same facts with two periods for each."""
    line = facts.timeline
    clock = Clock(line.start, line.unit, line.periods)
    teams = [
        Team(team.name, [units for units in team.profile(line) for _ in range(2)])
        for team in facts.teams
    ]
    return facts.replace(
        timeline=Timeline(line.start, 2 * line.periods, line.unit),
        teams=teams,
        initiatives=[_finer(item, clock) for item in facts.initiatives],
        dependencies=[attrs.evolve(tie, lag=2 * tie.lag) for tie in facts.dependencies],
    )


def _finer(item: Initiative, clock: Clock) -> Initiative:
    opens, closes = item.earliest_start, item.latest_finish
    return attrs.evolve(
        item,
        duration=None if item.duration is None else 2 * item.duration,
        modes=[attrs.evolve(way, duration=2 * (way.duration or 0)) for way in item.modes],
        ramp=2 * item.ramp,
        earliest_start=None if opens is None else 2 * clock.starting(opens),
        latest_finish=None if closes is None else 2 * clock.ending(closes),
    )


# (6) to (10)


@pytest.mark.parametrize("seed", range(20))
def test_6_worthless_optional_work(seed: int) -> None:
    """Identity 6: optional work that nobody waits for is left out and moves nothing."""
    rng = random.Random(seed)
    facts = random_portfolio(rng, size=MEDIUM)
    demand = {team.name: 1 for team in facts.teams}
    idle = Initiative(
        "an idle wish", duration=2, demand=demand, cost=rng.choice((0, 5)), optional=True
    )
    more = facts.replace(initiatives=[idle, *facts.initiatives])
    assert outcome(solved(Problem(facts))) == outcome(solved(Problem(more)))


@pytest.mark.parametrize("seed", range(30))
def test_7_relaxing_never_raises(seed: int) -> None:
    """Identity 7: a rule lifted never raises the optimum, a rule added never lowers it."""
    rng = random.Random(seed)
    facts = random_portfolio(rng, size=Size(initiatives=(3, 6), periods=(6, 12), teams=(1, 2)))
    problem = Problem(facts)
    cost = _cost(solved(problem))
    for name in rng.sample([rule.name for rule in problem.constraints], 2):
        assert _cost(solved(problem.without(name))) <= cost
    for _ in range(2):
        assert cost <= _cost(solved(problem.with_(random_rule(rng, facts))))


def _cost(result: Result) -> float:
    assert result.status in (Status.OPTIMAL, Status.INFEASIBLE)
    return float("inf") if result.objective is None else result.objective


@pytest.mark.parametrize("seed", range(20))
def test_8_need_already_met(seed: int) -> None:
    """Identity 8: a need that today's level meets moves nothing and costs nothing."""
    facts = random_portfolio(random.Random(seed), size=MEDIUM)
    met = facts.replace(
        capabilities=[*facts.capabilities, Capability("met", 2)],
        needs=[*facts.needs, Need("met", 2, CostOfDelay(1_000), "met already")],
    )
    again = solved(Problem(met))
    assert outcome(solved(Problem(facts))) == outcome(again)
    if again.evaluation is not None:
        assert 0 == again.evaluation.amounts["urgency"]["met already"]


@pytest.mark.parametrize("seed", range(10))
def test_9_same_bytes_again(seed: int) -> None:
    """Identity 9: the same question and seed give the same report, byte for byte."""
    problem = random_problem(random.Random(seed), size=MEDIUM)
    assert solved(problem).to_json() == solved(problem).to_json()


SCRIPT = """
import random, sys
from tests.campaigns.agreement import solved
from tests.strategies import random_problem
from tests.test_identities import MEDIUM
for seed in range(3):
    for solver in ("cpsat", "closure", "minimum slack"):
        problem = random_problem(random.Random(seed), size=MEDIUM)
        sys.stdout.buffer.write(solved(problem, solver).to_json().encode())
"""


def test_9_same_bytes_in_other_processes() -> None:
    """Identity 9: hashes that differ from process to process do not show."""
    told = {_run(hash_seed) for hash_seed in ("0", "1", "12345")}
    assert 1 == len(told)
    assert b'"status"' in told.pop()


def _run(hash_seed: str) -> bytes:
    home = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=home,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("seed", range(10))
def test_9_no_seed_and_no_crew_decides(seed: int) -> None:
    """Identity 9: a plan proven optimal and tidied is the same for any seed and any threads."""
    problem = random_problem(random.Random(seed), size=MEDIUM)
    runs = [solve(problem, seed=n, workers=workers) for n, workers in ((0, 1), (7, 1), (3, 2))]
    assert outcome(runs[0]) == outcome(runs[1])
    assert outcome(runs[0]) == outcome(runs[2])


@pytest.mark.parametrize("seed", range(20))
def test_10_losses_sum_to_the_objective(seed: int) -> None:
    """Identity 10: what is reported by need and by work adds up, and the oracle counts the same."""
    problem = random_problem(random.Random(seed), size=MEDIUM)
    for solver in ("cpsat", "closure"):
        result = solved(problem, solver)
        if result.schedule is None or result.evaluation is None:
            continue
        amounts = result.evaluation.amounts.values()
        assert result.objective == sum(sum(parts.values()) for parts in amounts)
        assert result.objective == oracle_of(problem).cost(plan_of(problem, result.schedule))
        assert oracle_of(problem).sound(plan_of(problem, result.schedule))


def test_empty_portfolio_costs_nothing() -> None:
    """Nothing to do is a plan, proven optimal by every exact run."""
    result = solved(Problem(Portfolio(timeline=Timeline("2027-01", 3))))
    assert (Status.OPTIMAL, 0) == (result.status, result.objective)
    assert Schedule() == result.require()


def test_sum_of_losses_is_the_sum() -> None:
    """A need with a sum of profiles costs as much as needs with the parts."""
    parts = [CostOfDelay(3), Deadline(2, 10, 4)]
    work = [Initiative("A", duration=4, raises={"c": 1})]
    shared: dict[str, Any] = {"timeline": Timeline("2027-01", 8), "initiatives": work}
    shared["capabilities"] = [Capability("c")]
    one = Portfolio(needs=[Need("c", 1, LossSum(parts))], **shared)
    two = Portfolio(needs=[Need("c", 1, p, str(at)) for at, p in enumerate(parts)], **shared)
    assert outcome(solved(Problem(one))) == outcome(solved(Problem(two)))
