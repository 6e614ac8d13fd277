"""Legacy systems: what they cost until they are retired, and what a retirement waits for."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.constraints import BlockedWork, MovedDependant, ParallelRun
from roadmap.errors import PortfolioError
from roadmap.evaluation import Evaluation, evaluate
from roadmap.facts import Capability, Initiative, Need, System, Team
from roadmap.losses import CostOfDelay
from roadmap.objectives import STANDARD, RunCost
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline

YEAR = Timeline("2027-01", 12)


def estate(**changes: Any) -> Portfolio:
    """An old system, its replacement, one who moves off it, and one whom it blocks."""
    facts: dict[str, Any] = {
        "run_cost": 8,
        "debt_interest": 3,
        "risk_percent": 5,
        "risk_impact": 110,
        "retired_by": "switch off",
        "replaced_by": "new core",
        "parallel": 2,
        "dependants": ["move portal"],
        "blocks": ["offers"],
    }
    return Portfolio(
        timeline=YEAR,
        capabilities=[Capability("sales")],
        needs=[Need("sales", 1, CostOfDelay(10))],
        initiatives=[
            Initiative("new core", duration=3),
            Initiative("move portal", duration=2),
            Initiative("switch off", duration=1, optional=True),
            Initiative("offers", duration=1, raises={"sales": 1}, optional=True),
        ],
        systems=[System("mainframe", **(facts | changes))],
    )


def judged(portfolio: Portfolio, **starts: int) -> Evaluation:
    """The judge on a plan by starts; underscores stand for blanks."""
    named = {name.replace("_", " "): start for name, start in starts.items()}
    return evaluate(portfolio, Schedule.of(portfolio, named))


def broken(evaluation: Evaluation) -> list[tuple[str, int]]:
    """Each rule that is broken, and by how much."""
    return [(violation.rule, violation.amount) for violation in evaluation.violations]


def test_a_burden_is_run_cost_interest_and_exposure() -> None:
    """The exposure is probability times impact, without the fraction."""
    system = System("old", run_cost=8, debt_interest=3, risk_percent=5, risk_impact=119)
    assert (5, 16) == (system.exposure, system.burden)


@pytest.mark.parametrize("start", range(4, 11))
def test_retiring_later_costs_exactly_the_wedge(start: int) -> None:
    """Each further period until retirement costs the burden of a period, and nothing else."""
    facts = estate(blocks=[])
    sooner = judged(facts, new_core=0, move_portal=0, switch_off=start)
    later = judged(facts, new_core=0, move_portal=0, switch_off=start + 1)
    wedge = facts.system["mainframe"].burden
    assert (wedge * (start + 1), wedge * (start + 2)) == (
        sooner.terms["run cost"],
        later.terms["run cost"],
    )
    assert wedge == later.objective - sooner.objective


def test_what_is_never_retired_costs_to_the_end() -> None:
    """Without an initiative that retires it, or with that left out, every period costs."""
    never = estate(retired_by=None, parallel=0)
    assert {"mainframe": 16 * 12} == dict(
        judged(never, new_core=0, move_portal=0).amounts["run cost"]
    )
    assert 16 * 12 == judged(estate(), new_core=0, move_portal=0).terms["run cost"]


def test_run_cost_counts_only_where_a_system_costs_something() -> None:
    """A portfolio without systems, or with free ones, has the terms that it always had."""
    free = estate(run_cost=0, debt_interest=0, risk_percent=0)
    assert RunCost() in STANDARD
    assert RunCost() not in Problem(free).objective
    assert RunCost() in Problem(estate()).objective


def test_the_burden_of_later_periods_is_discounted() -> None:
    """At 10 percent a year, a burden of 16 over five months is worth the sum of its months."""
    facts = estate(blocks=[]).replace(discount_rate=10)
    by_hand = sum(16 * 1.1 ** (-month / 12) for month in range(5))
    found = judged(facts, new_core=0, move_portal=0, switch_off=4).terms["run cost"]
    assert (79, 78.74) == (found, round(by_hand, 2))


def test_dependants_are_moved_before_the_retirement_finishes() -> None:
    """The retiring initiative may start before a dependant is finished, and not finish."""
    facts = estate(replaced_by=None, parallel=0)
    assert [] == broken(judged(facts, new_core=0, move_portal=3, switch_off=4))
    early = judged(facts, new_core=0, move_portal=6, switch_off=4)
    assert [("move portal moved off mainframe", 3)] == broken(early)
    assert (
        "switch off retires mainframe 3 months before move portal is finished"
        == early.violations[0].message
    )


def test_nothing_is_retired_while_a_dependant_is_left_out() -> None:
    """A dependant that is not in the plan has not moved."""
    facts = estate(replaced_by=None, parallel=0)
    left_out = judged(facts, new_core=0, switch_off=4)
    assert ("move portal moved off mainframe", 1) in broken(left_out)


def test_old_and_new_run_side_by_side() -> None:
    """The old is retired no sooner than its parallel run after the new one's go-live."""
    assert [] == broken(judged(estate(), new_core=0, move_portal=0, switch_off=4))
    early = judged(estate(), new_core=0, move_portal=0, switch_off=3)
    assert [("parallel run of mainframe", 1)] == broken(early)
    assert (
        "switch off retires mainframe 1 month after the go-live of new core; "
        "both must run for 2 months" == early.violations[0].message
    )
    before = judged(estate(), new_core=4, move_portal=0, switch_off=4)
    assert [("parallel run of mainframe", 4)] == broken(before)
    without = judged(estate(), move_portal=0, switch_off=4)
    assert ("parallel run of mainframe", 1) in broken(without)


def test_what_a_system_blocks_waits_for_its_retirement() -> None:
    """Blocked work starts when the system is gone, and never where it stays."""
    sound = judged(estate(), new_core=0, move_portal=0, switch_off=4, offers=5)
    assert [] == broken(sound)
    early = judged(estate(), new_core=0, move_portal=0, switch_off=4, offers=3)
    assert [("mainframe blocks offers", 2)] == broken(early)
    stays = judged(estate(), new_core=0, move_portal=0, offers=3)
    assert [("mainframe blocks offers", 1)] == broken(stays)
    for_good = judged(estate(retired_by=None, parallel=0), new_core=0, move_portal=0, offers=3)
    assert "offers waits for mainframe, which is never retired" == for_good.violations[0].message


def test_rules_speak_in_business_words() -> None:
    """Each rule says what it demands."""
    told = {rule.name: rule.sentence(estate()) for rule in Problem(estate()).constraints}
    assert (
        "mainframe may be retired only when move portal is finished"
        == told["move portal moved off mainframe"]
    )
    assert (
        "mainframe runs for at least 2 months beside what new core brings"
        == told["parallel run of mainframe"]
    )
    assert "offers may not start before mainframe is retired" == told["mainframe blocks offers"]
    bare = estate(parallel=0)
    assert "mainframe may be retired only when new core is live" == ParallelRun(
        "mainframe"
    ).sentence(bare)
    never = estate(retired_by=None, parallel=0)
    assert "offers cannot be done: mainframe is never retired" == BlockedWork(
        "mainframe", "offers"
    ).sentence(never)
    assert "money that legacy systems cost until they are retired" == RunCost().sentence(never)


def test_rules_of_what_is_never_retired_demand_nothing() -> None:
    """Rules stated by hand about a system that stays are kept by every plan."""
    never = Problem(estate(retired_by=None, parallel=0, blocks=[])).with_(
        MovedDependant("mainframe", "move portal"), ParallelRun("mainframe")
    )
    plan = Schedule.of(never.portfolio, {"new core": 5, "move portal": 9})
    assert () == evaluate(never, plan).violations
    assert 16 * 12 + 10 == solve(never, time_limit=5).objective


def test_lifting_what_a_system_blocks_tells_what_it_is_worth() -> None:
    """The price of the block is the difference of two optima."""
    problem = Problem(estate())
    free = problem.without("mainframe blocks offers")
    # retired at 5: 80; sales from 6 on: 60. Free: sales from 1 on.
    assert (140, 90) == (
        solve(problem, time_limit=5).objective,
        solve(free, time_limit=5).objective,
    )


def test_a_retirement_that_pays_is_chosen() -> None:
    """Optional work that only retires a system is in the plan where it saves more than it costs."""

    def best(cost: int) -> bool:
        facts = Portfolio(
            timeline=YEAR,
            teams=[Team("team", 1)],
            initiatives=[Initiative("switch off", duration=2, cost=cost, optional=True)],
            systems=[System("old", run_cost=5, retired_by="switch off")],
        )
        return "switch off" in solve(facts, time_limit=5).require()

    assert (True, False) == (best(49), best(51))


def faults(**changes: Any) -> list[tuple[str, str]]:
    """Path and problem of each fault of the estate with changes."""
    with pytest.raises(PortfolioError) as refused:
        estate(**changes)
    return [(fault.path, fault.problem) for fault in refused.value.faults]


def test_contradictions_are_named() -> None:
    """What waits for itself, or runs beside nothing, is refused."""
    assert [
        ("systems[0].dependants", "'switch off' retires it, so it cannot depend on it"),
        ("systems[0].blocks", "'switch off' retires it, so it cannot wait for that"),
    ] == faults(dependants=["switch off"], blocks=["switch off"])
    assert [
        ("systems[0].parallel", "it is never retired, so nothing ends its parallel run"),
        ("systems[0].parallel", "it does not say beside what it runs"),
    ] == faults(retired_by=None, replaced_by=None)
    assert [("systems[0].parallel", "'new core' replaces and retires it at once")] == faults(
        retired_by="new core"
    )


def test_fields_are_checked() -> None:
    """Unknown names, repetitions and numbers out of range are told with their place."""
    assert [
        ("systems[0].risk_percent", "101 is too large"),
        ("systems[0].dependants[1]", "unknown initiative 'nobody'"),
        ("systems[0].blocks[1]", "'offers' stands twice"),
    ] == faults(risk_percent=101, dependants=["move portal", "nobody"], blocks=["offers", "offers"])
    assert [("systems[0].blocks", "'offers' is not a list of names")] == faults(blocks="offers")


def test_circles_through_a_system_are_named() -> None:
    """What blocks its own replacement can never go."""
    assert [
        (
            "dependencies",
            "each of these waits for the one before it, in a circle: "
            "new core → switch off → new core",
        )
    ] == faults(blocks=["new core"])
