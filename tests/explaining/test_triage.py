"""Legacy triage: every class by hand, the flips from both sides, and portfolios by chance."""

from __future__ import annotations

import random
from typing import Any

import attrs
import pytest

import roadmap as rm
from tests.explaining.worlds import World, drawn, feasible


def estate(cost: int = 40, run_cost: int = 0, urgency: int = 20, **system: Any) -> rm.Portfolio:
    """An old core, what replaces it, and an offer that it may block; each takes two months."""
    stated = {"retired_by": "new core", "blocks": ["offer"], "run_cost": run_cost}
    facts: dict[str, Any] = stated | system
    return rm.Portfolio(
        timeline=rm.Timeline("2027-01", periods=10, unit="month"),
        capabilities=[rm.Capability("sales")],
        needs=[rm.Need("sales", 1, rm.CostOfDelay(urgency))],
        initiatives=[
            rm.Initiative("new core", duration=2, cost=cost, optional=True),
            rm.Initiative("offer", duration=2, raises={"sales": 1}, optional=True),
        ],
        systems=[rm.System("old core", **facts)],
    )


def sorted_(facts: rm.Portfolio | rm.Problem, threshold: int | None = None) -> Any:
    """The case of the only system, with time enough."""
    inquiry = rm.Inquiry(each=60, solver="cpsat", workers=1)
    return rm.triage(facts, threshold=threshold, inquiry=inquiry).cases[0]


def test_what_blocks_more_than_it_costs_is_modernised_now() -> None:
    """Without it the offer is there two months sooner, and 40 are not spent: 80 against 40."""
    case = sorted_(estate())
    assert "modernise now" == case.course
    assert (80, -40) == (case.blocks.value, case.saves.value)
    assert 2 == case.planned


def test_what_blocks_nothing_and_saves_money_is_modernised_for_cost() -> None:
    """Eight months of run cost are spared for 40."""
    case = sorted_(estate(run_cost=6, blocks=[]))
    assert "modernise for cost" == case.course
    assert (0, 8) == (case.blocks.value, case.saves.value)
    assert (8, None) == (case.dearer, case.cheaper)


def test_what_does_neither_is_left() -> None:
    """It costs 40, spares 32 and blocks nothing."""
    case = sorted_(estate(run_cost=4, blocks=[]))
    assert "leave" == case.course
    assert (0, -8) == (case.blocks.value, case.saves.value)
    assert (None, 9) == (case.dearer, case.cheaper)
    assert case.planned is None


def test_what_blocks_less_than_replacing_costs_is_left() -> None:
    """The offer is worth 160 in all, and the new core costs 400."""
    case = sorted_(estate(cost=400))
    assert "leave" == case.course
    assert (160, -400) == (case.blocks.value, case.saves.value)


def test_a_stated_threshold_decides() -> None:
    """80 are blocked: now at 80, not now at 81."""
    assert "modernise now" == sorted_(estate(), threshold=80).course
    assert "leave" == sorted_(estate(), threshold=81).course


def test_what_nothing_replaces_is_left_with_a_word() -> None:
    """What it blocks is told all the same: the offer can never be."""
    case = sorted_(estate(retired_by=None))
    assert "leave" == case.course
    assert "nothing is stated" in case.note
    assert 160 == case.blocks.value


def test_what_does_not_fit_into_the_timeline_is_left_with_a_word() -> None:
    """Its replacement takes longer than there is time."""
    facts = estate()
    slow = attrs.evolve(facts.initiative["new core"], duration=11)
    case = sorted_(facts.replace(initiatives=[slow, facts.initiative["offer"]]))
    assert "leave" == case.course
    assert "does not fit" in case.note


def test_where_there_is_no_plan_nothing_is_decided() -> None:
    """Mandatory work that does not fit: every course is open."""
    facts = estate()
    long = rm.Initiative("too long", duration=11)
    assert "unproven" == sorted_(facts.replace(initiatives=[*facts.initiatives, long])).course


def test_levels_that_the_replacement_brings_count_as_waiting_for_it() -> None:
    """A prerequisite is lifted like a dependency."""
    facts = estate(blocks=[])
    core = attrs.evolve(facts.initiative["new core"], raises={"ledger": 1})
    offer = attrs.evolve(facts.initiative["offer"], requires={"ledger": 1})
    more = facts.replace(
        initiatives=[core, offer], capabilities=[*facts.capabilities, rm.Capability("ledger")]
    )
    assert "modernise now" == sorted_(more).course
    assert 80 == sorted_(more).blocks.value


def dearer_by(problem: rm.Problem, name: str, more: int) -> rm.Problem:
    """The same, with an initiative that costs so much more; it may be a gain."""
    return problem.replace(objective=(*problem.objective, rm.explaining.asking.Worth(name, -more)))


def legacy(seed: int) -> rm.Problem:
    """A small problem by chance, one of whose initiatives retires a system that blocks another."""
    rng = random.Random(seed)
    facts = drawn(seed).portfolio
    first, *others = facts.initiatives
    blocked = rng.choice(([], [others[-1].name]))
    system = rm.System("old", run_cost=rng.randint(0, 12), retired_by=first.name, blocks=blocked)
    freed = [attrs.evolve(first, optional=True), *others]
    return rm.Problem(facts.replace(systems=[system], initiatives=freed))


def has_a_plan(seed: int) -> bool:
    """Whether there is one under the system's rules too, which may wait in a circle."""
    try:
        return World(legacy(seed)).best() is not None
    except rm.PortfolioError:
        return False


def waiting(problem: rm.Problem) -> list[str]:
    """Names of the rules by which others wait for the first initiative, in the plainest words."""
    facts, key = problem.portfolio, problem.portfolio.initiatives[0].name
    names = [f"old blocks {name}" for name in facts.systems[0].blocks]
    for rule in problem.constraints:
        if isinstance(rule, rm.Precedence) and rule.dependency.predecessor == key:
            names.append(rule.name)
        if isinstance(rule, rm.Prerequisite) and raised_by(facts, key, rule):
            names.append(rule.name)
    return names


@pytest.mark.parametrize("seed", [seed for seed in feasible(1500, 40) if has_a_plan(seed)][:15])
def test_amounts_and_flips_are_those_of_all_plans(seed: int) -> None:
    """What is blocked is looked up among all plans; the course flips where it is said to."""
    problem = legacy(seed)
    world = World(problem)
    case = sorted_(problem)
    best, free = world.best(), world.best(waiting(problem))
    assert best is not None
    assert free is not None
    assert best - free == case.blocks.value
    key = problem.portfolio.initiatives[0].name
    for change in (case.dearer, None if case.cheaper is None else -case.cheaper):
        if change is not None:
            step = 1 if change > 0 else -1
            assert case.course != sorted_(dearer_by(problem, key, change)).course
            assert case.course == sorted_(dearer_by(problem, key, change - step)).course


def test_portfolios_by_chance_are_of_every_course() -> None:
    """Those above are not all alike."""
    seeds = [seed for seed in feasible(1500, 40) if has_a_plan(seed)][:15]
    assert 2 <= len({sorted_(legacy(seed)).course for seed in seeds})


def raised_by(facts: rm.Portfolio, key: str, rule: rm.Prerequisite) -> bool:
    """Whether other work waits for a level that an initiative can bring."""
    if rule.initiative == key or facts.capability[rule.capability].level >= rule.level:
        return False
    return facts.initiative[key].raises.get(rule.capability, -1) >= rule.level
