"""Each category by its own measures, equal to sums by hand."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import roadmap as rm
from roadmap.discounting import SCALE
from roadmap.yardsticks.cases import avoided, waits_for, work_behind
from tests.features import mixed
from tests.strategies import random_portfolio

TWO_YEARS = rm.Timeline("2027-01", 24)


def town(**changes: Any) -> rm.Portfolio:
    """A town hall with work of each category."""
    facts: dict[str, Any] = {
        "timeline": TWO_YEARS,
        "currency": "kEUR",
        "capabilities": [rm.Capability(name) for name in ("forms", "permits", "data", "maps")],
        "needs": [
            rm.Need("forms", 1, rm.CostOfDelay(10), "forms"),
            rm.Need("permits", 1, rm.CostOfDelay(4) + rm.Window(100, "2028-06"), "permits"),
            rm.Need("maps", 1, rm.Deadline("2027-12", penalty=60), "maps"),
        ],
        "initiatives": [
            rm.Initiative(
                "patching", duration=3, category="maintain", risk=rm.Risk(5, 199), cost=7
            ),
            rm.Initiative(
                "new forms", duration=2, category="improve", cost=61, raises={"forms": 1}
            ),
            rm.Initiative(
                "data hub", duration=6, category="transform", cost=900, raises={"data": 1}
            ),
            rm.Initiative(
                "permits online",
                duration=4,
                category="improve",
                cost=80,
                raises={"permits": 1},
                requires={"data": 1},
            ),
            rm.Initiative(
                "city map",
                duration=1,
                category="transform",
                cost=500,
                raises={"maps": 1},
                requires={"data": 1},
            ),
        ],
    }
    return rm.Portfolio(**(facts | changes))


STARTS = {"patching": 1, "new forms": 0, "data hub": 0, "permits online": 6, "city map": 10}


def judged(
    starts: dict[str, int], discount: int | float | None = None, **changes: Any
) -> rm.Categories:
    """The town under a plan."""
    facts = town(**changes)
    return rm.evaluate_categories(rm.Plan(facts, rm.Schedule.of(facts, starts)), discount)


def test_maintain_by_the_risk_that_is_ended() -> None:
    """Five percent of 199 is 9 a month: four months until it is done, twenty avoided."""
    (kept,) = judged(STARTS).maintain.work
    assert (4, 9, 36, 180, 7) == (
        kept.finish,
        kept.exposure,
        kept.until_done,
        kept.avoided,
        kept.cost,
    )
    (left,) = judged({}).maintain.work
    assert (None, 9, 216, 0, 0) == (
        left.finish,
        left.exposure,
        left.until_done,
        left.avoided,
        left.cost,
    )


def test_maintain_by_the_run_cost_that_is_ended() -> None:
    """What the systems that it retires cost until then and from then on; a table sums it all."""
    systems = [
        rm.System("mainframe", run_cost=20, debt_interest=3, retired_by="patching"),
        rm.System("archive", risk_percent=10, risk_impact=20, retired_by="patching"),
        rm.System("other", run_cost=50, retired_by="new forms"),
    ]
    facts = town(systems=systems)
    result = rm.solve(facts, solver="wsjf")
    (kept,) = judged(STARTS, systems=systems).maintain.work
    assert (25, 100, 500) == (kept.run_cost, kept.until_retired, kept.saved)
    assert judged(STARTS, systems=systems).maintain.rows()[-1][2:] == [
        "9",
        "36",
        "180",
        "25",
        "100",
        "500",
        "7",
    ]
    assert result.evaluation is not None
    cost = result.evaluation.terms["run cost"]
    told = str(rm.evaluate_categories(result))
    assert f"run cost of what is not yet retired: kEUR {cost:,}" in told


def test_exposure_is_what_the_judge_counts() -> None:
    """The maintained work's exposure until done is the objective's term."""
    result = rm.solve(town(), solver="wsjf")
    assert result.evaluation is not None
    found = rm.evaluate_categories(result).maintain.work
    assert result.evaluation.terms["risk exposure"] == sum(each.until_done for each in found)


def test_improve_by_a_hand_sum() -> None:
    """Forms: 61 in two halves, then 10 a month from March; each worth less by a month's share."""
    case = judged(STARTS, 10).improve.initiatives[0]
    assert (("forms",), ("new forms",)) == (case.needs, case.initiatives)
    assert ((30, 31), (0,) * 22) == (case.costs[:2], case.costs[2:])
    assert ((0, 0), (10,) * 22) == (case.benefits[:2], case.benefits[2:])
    assert (61, 220, Fraction(159, 61)) == (case.cost, case.benefit, case.roi)
    by_hand = -30 - 31 * 1.1 ** (-1 / 12) + sum(10 * 1.1 ** (-m / 12) for m in range(2, 24))
    assert round(by_hand) == case.npv == 139
    assert 9 == case.payback
    assert case.earns


def test_the_rate_of_the_portfolio_is_the_default() -> None:
    """Unless another is given, later money is worth what the portfolio says."""
    assert 10 == judged(STARTS, discount_rate=10).discount
    assert 4 == judged(STARTS, 4, discount_rate=10).discount
    stated, given = judged(STARTS, discount_rate=10), judged(STARTS, 10)
    assert given.improve.total.npv == stated.improve.total.npv
    assert 0 == judged(STARTS).discount
    assert judged(STARTS).improve.total.npv == 220 + 156 - 61 - 980


def test_payback_is_for_good() -> None:
    """What dips below again has not paid back; what owes nothing never did."""
    flows = {(-5, 6, -2, 0, 4): 5, (-5, 5): 2, (0, 3): 0, (-1, 0): None, (3, -3): 0}
    for flow, back in flows.items():
        costs = tuple(max(-money, 0) for money in flow)
        benefits = tuple(max(money, 0) for money in flow)
        assert back == rm.Case((), (), costs, benefits, (SCALE,) * len(flow)).payback


def test_what_a_need_stands_on_goes_all_the_way_back() -> None:
    """Levels, dependencies, pilots and retirements that its work waits for, and what these do."""
    initiatives = [
        rm.Initiative("form", duration=1, raises={"forms": 1}),
        rm.Initiative("tied", duration=1),
        rm.Initiative("pilot", duration=1),
        rm.Initiative("retire", duration=1),
        rm.Initiative("move", duration=1),
        rm.Initiative("gate", duration=1),
        rm.Initiative("soft", duration=1),
        rm.Initiative("aside", duration=1),
    ]
    facts = rm.Portfolio(
        timeline=TWO_YEARS,
        capabilities=[rm.Capability("forms")],
        needs=[rm.Need("forms", 1, rm.CostOfDelay(10), "forms", gated_by=["gate"])],
        initiatives=initiatives,
        dependencies=[rm.Dependency("tied", "pilot"), rm.Dependency("soft", "form", interest=3)],
        pilots=[rm.Pilot("pilot", 3, 50, ["form"])],
        systems=[rm.System("old", retired_by="retire", dependants=["move"], blocks=["form"])],
    )
    starts = {"form": 5, "tied": 0, "pilot": 1, "retire": 2, "move": 0, "aside": 0, "soft": 0}
    starts["gate"] = 7
    plan = rm.Plan(facts, rm.Schedule.of(facts, starts))
    behind = work_behind(plan, facts.needs[0], waits_for(plan))
    assert {"form", "tied", "pilot", "retire", "move", "gate"} == behind
    assert (0,) * 8 + (10,) * 16 == avoided(plan, facts.needs[0])


def test_free_work_has_no_return() -> None:
    """Without a cost there is nothing to divide by."""
    case = rm.Case((), (), (0, 0), (0, 5), (SCALE, SCALE))
    assert case.roi is None
    assert (5, 0) == (case.npv, case.payback)


def test_a_need_carries_all_the_work_it_stands_on() -> None:
    """Permits stand on the hub as well, which the map shares: so no red lamp for them alone."""
    found = judged(STARTS).improve
    forms, permits = found.needs
    assert ("data hub", "permits online") == permits.initiatives
    assert (980, 14 * 4 + 100) == (permits.cost, permits.benefit)
    assert (True, False) == (permits.shared, permits.earns)
    assert ["green", ""] == [found.verdict(forms), found.verdict(permits)]


def test_nobody_else_can_bear_the_cost_without_a_gain() -> None:
    """Where the map comes too late to avoid anything, permits must earn the hub, and do not."""
    found = judged(STARTS | {"city map": 12}).improve
    assert (False, "red") == (found.needs[1].shared, found.verdict(found.needs[1]))


def test_shared_work_counts_once() -> None:
    """A foundation of 100 under three needs of 40: each alone fails, together they earn."""
    initiatives = [
        rm.Initiative("F", duration=0, cost=100, raises={"data": 1}),
        *(
            rm.Initiative(name, duration=0, raises={name: 1}, requires={"data": 1})
            for name in ("forms", "permits", "maps")
        ),
    ]
    needs = [rm.Need(c, 1, rm.Window(40, 12), c) for c in ("forms", "permits", "maps")]
    starts = dict.fromkeys(("F", "forms", "permits", "maps"), 0)
    found = judged(starts, initiatives=initiatives, needs=needs).improve
    assert [-60] * 3 == [case.npv for case in found.needs]
    assert [""] * 3 == [found.verdict(case) for case in found.needs]
    (together,) = found.bundles
    assert (100, 120, 20) == (together.cost, together.benefit, together.npv)
    assert (100, 120) == (found.total.cost, found.total.benefit)
    assert "green" == found.verdict(together) == found.verdict(found.total)
    alone = judged(starts, initiatives=initiatives, needs=needs[:1]).improve
    assert "red" == alone.verdict(alone.needs[0])


def test_transform_by_what_it_opens() -> None:
    """The hub opens two pieces of work and two needs, and one window is reached."""
    hub, city_map = judged(STARTS).transform.work
    assert ("permits online", "city map") == hub.work
    assert ("permits", "maps") == hub.needs
    assert (24 * 4 + 100 + 60, ("permits",), ("permits",), 100) == (
        hub.at_stake,
        hub.windows,
        hub.reached,
        hub.worth,
    )
    assert ((), ("maps",), 60, (), 0) == (
        city_map.work,
        city_map.needs,
        city_map.at_stake,
        city_map.windows,
        city_map.worth,
    )
    late = judged(STARTS | {"permits online": 15}).transform.work[0]
    assert (("permits",), (), 0) == (late.windows, late.reached, late.worth)
    unplanned = judged({}).transform.work[0]
    assert (None, 256, ()) == (unplanned.start, unplanned.at_stake, unplanned.reached)


def test_transforming_work_is_never_red_and_has_no_return() -> None:
    """The map costs 500 and saves nothing, as it comes too late: no return, no lamp."""
    told = str(judged(STARTS | {"city map": 20}))
    transform = told.partition("transform:")[2]
    assert "city map" in transform
    assert "red" not in transform
    assert "ROI" not in transform
    assert "NPV" not in transform
    assert "maps" not in told.partition("transform:")[0]


def test_work_without_category_is_judged_by_its_return() -> None:
    """Where nobody says what work is for, it is judged by money."""
    initiatives = [rm.Initiative("new forms", duration=2, cost=61, raises={"forms": 1})]
    found = judged({"new forms": 0}, initiatives=initiatives, needs=town().needs[:1])
    assert ["new forms"] == [case.initiatives[0] for case in found.improve.initiatives]


def test_what_no_table_counts_is_said() -> None:
    """Needs that are met by maintaining, are never met or have no value are named."""
    needs = [
        *town().needs,
        rm.Need("data", 1, rm.CostOfDelay(0), "free"),
        rm.Need("data", 1, rm.CostOfDelay(3), "audit"),
    ]
    hub = [
        rm.Initiative("hub", duration=6, category="maintain", raises={"data": 1}),
        *(item for item in town().initiatives if item.name != "data hub"),
    ]
    told = str(judged({"hub": 0}, needs=needs, initiatives=hub))
    assert "met by work that maintains, and given no return: free, audit" in told
    assert "never met in this plan: forms, permits, maps" in told
    assert "1 of 5 needs is without value and counted by no total: free" in told


def test_tables() -> None:
    """A table for each category, also where there is nothing, and HTML without markup of names."""
    told = str(judged(STARTS, 8))
    titles = ["maintain: risk and run cost", "improve: business case at 8 %", "transform: options"]
    assert sorted(told.index(title) for title in titles) == [told.index(t) for t in titles]
    row = next(line for line in told.splitlines() if line.startswith("new forms, alone"))
    assert ["61", "220", "142", "261", "2027-10", "green"] == row.split()[-6:]
    assert 3 == judged(STARTS)._repr_html_().count("<table>")
    empty = str(judged({}, initiatives=[], needs=[]))
    assert 3 == empty.count("\n\nnothing")
    odd = [rm.Initiative("<b>", duration=1, category="transform")]
    assert "&lt;b&gt;" in judged({}, initiatives=odd, needs=[])._repr_html_()


@pytest.mark.parametrize("wrong", [-1, 101, 0.125, Decimal(3), True, "8"])
def test_the_discount_is_a_percentage(wrong: Any) -> None:
    """Out of range, too fine or no number: refused."""
    with pytest.raises(rm.FaultyInputError, match="the discount rate has 1 fault"):
        judged(STARTS, wrong)
    assert 2.5 == judged(STARTS, 2.5).discount


def test_no_money_counts_twice() -> None:
    """On random plans: benefits are losses avoided against never, and bundles share nothing."""
    bundled = 0
    for case in range(300):
        rng = random.Random(f"yardsticks:{case}")
        facts = mixed(rng, random_portfolio(rng), least=0)
        chosen = [item for item in facts.initiatives if rng.random() < 0.9]
        modes = {item.name: item.ways[0].name for item in chosen if item.modes}
        starts = {item.name: rng.randint(0, facts.timeline.periods) for item in chosen}
        plan = rm.Plan(facts, rm.Schedule.of(facts, starts, modes))
        end = facts.timeline.periods
        for need in facts.needs:
            time = plan.met(need)
            table = need.ramped(need.loss.table(facts.timeline))
            assert table[-1] - table[end if time is None else time] == sum(avoided(plan, need))
            behind = work_behind(plan, need, waits_for(plan))
            there = need.level <= facts.capability[need.capability].level and not need.gated_by
            assert (time not in (None, 0) and not there) <= bool(behind)
        found = rm.evaluate_categories(plan).improve
        bundled += len(found.bundles)
        work = [name for each in found.bundles for name in each.initiatives]
        assert len(set(work)) == len(work)
        costs = {name: item.ways[0].cost for name, item in facts.initiative.items()}
        assert sum(costs[name] for name in found.total.initiatives) == found.total.cost
        assert sum(each.benefit for each in found.needs) == found.total.benefit
    assert bundled > 20
