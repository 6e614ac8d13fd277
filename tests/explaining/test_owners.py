"""Winners and losers against all plans of small portfolios."""

from __future__ import annotations

import attrs
import pytest

import roadmap as rm
from tests.campaigns.agreement import solved
from tests.explaining.worlds import Seen, World, drawn, feasible

OWNERS = ("North", "South", None)


def owned(seed: int) -> rm.Problem:
    """A problem by chance whose needs have owners in turn."""
    problem = drawn(seed)
    needs = [
        attrs.evolve(need, owner=OWNERS[at % len(OWNERS)])
        for at, need in enumerate(problem.portfolio.needs)
    ]
    problem = problem.replace(portfolio=problem.portfolio.replace(needs=needs))
    return problem.replace(objective=(rm.Urgency(), rm.DeliveryCost()))


def losses(world: World, seen: Seen) -> dict[str | None, int]:
    """What each owner's needs lose, by the oracle."""
    found: dict[str | None, int] = {}
    each = world.oracle.losses(seen.plan)
    for need, lost in zip(world.problem.portfolio.needs, each, strict=True):
        found[need.owner] = found.get(need.owner, 0) + lost
    return found


@pytest.mark.parametrize("seed", feasible(900, 25))
def test_regrets_are_those_of_all_plans(seed: int) -> None:
    """Loss, own best and regret of every owner; the fairest plan and its price."""
    problem = owned(seed)
    world = World(problem)
    result = solved(problem)
    sound = [one for one in world.all if not one.broken]
    own = {o: min(losses(world, s)[o] for s in sound) for o in losses(world, sound[0])}
    now = losses(world, world.of(result.require()))
    inquiry = rm.Inquiry(each=60, solver="cpsat", workers=1)
    table = rm.standings(result, inquiry=inquiry)
    assert now == {one.owner: one.loss for one in table.items}
    assert own == {one.owner: one.own_best.value for one in table.items}
    assert {o: now[o] - own[o] for o in own} == {o.owner: o.regret.value for o in table.items}

    def largest(seen: Seen) -> int:
        return max([losses(world, seen)[o] - own[o] for o in own], default=0)

    least = min(map(largest, sound))
    fair = rm.fairest(result, inquiry=inquiry)
    assert least == fair.largest.value
    assert least == largest(world.of(fair.schedule))
    cheapest = min(seen.cost for seen in sound if largest(seen) == least)
    assert cheapest == fair.cost.value
    assert cheapest - min(seen.cost for seen in sound) == fair.price.value


def test_five_items_by_three_owners() -> None:
    """By hand: C alone could start at once and lose 144, and loses 360 in the best plan."""
    facts = rm.read("docs/examples/five.yaml")
    owners = ("Retail", "Retail", "Lending", None)
    needs = [attrs.evolve(n, owner=o) for n, o in zip(facts.needs, owners, strict=True)]
    result = rm.solve(facts.replace(needs=needs))
    table = rm.standings(result)
    assert 216 == table["Lending"].regret.value
    assert 0 == table["Retail"].regret.value
    assert 216 == table.largest.value
    fair = rm.fairest(result)
    assert 168 == fair.largest.value
    assert 72 == fair.price.value
    assert "no owner stated" in str(table)
    assert "<table>" in fair._repr_html_()


def test_without_needs_nobody_loses() -> None:
    """An empty table, and no regret."""
    facts = rm.Portfolio(
        timeline=rm.Timeline("2027-01", periods=3, unit="month"),
        initiatives=[rm.Initiative("work", duration=1)],
    )
    result = rm.solve(facts)
    assert 0 == len(rm.standings(result))
    assert 0 == rm.fairest(result).largest.value
