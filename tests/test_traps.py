"""What naive formulations get wrong: each with the instance that a naive build fails.

Every test shows the naive figure beside ours. The naive plan is made in the test, by the naive
idea itself, and is judged as any other schedule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import pytest

from roadmap.constraints import LatestFinish
from roadmap.evaluation import evaluate
from roadmap.facts import Capability, Initiative, Need, Team
from roadmap.losses import CostOfDelay, Deadline, Loss, Table
from roadmap.objectives import Makespan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Status
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline


def work(
    name: str,
    duration: int,
    raises: str = "",
    requires: Mapping[str, int] | None = None,
    optional: bool = False,
) -> Initiative:
    """Work of the one team that there is."""
    return Initiative(
        name,
        duration=duration,
        demand={"team": 1},
        raises={raises: 1} if raises else {},
        requires=requires or {},
        optional=optional,
    )


def portfolio(
    initiatives: Sequence[Initiative], losses: Mapping[str, Loss], periods: int = 24
) -> Portfolio:
    """One team; a need for each capability that something raises and that has a loss."""
    raisers = [name for item in initiatives for name in item.raises]
    return Portfolio(
        timeline=Timeline("2027-01", periods),
        teams=[Team("team", 1)],
        capabilities=[
            Capability(name, combine={1: "all"} if raisers.count(name) > 1 else {})
            for name in dict.fromkeys(raisers)
        ],
        needs=[Need(name, 1, loss, name) for name, loss in losses.items()],
        initiatives=initiatives,
    )


def in_turn(facts: Portfolio, names: Sequence[str]) -> Schedule:
    """One after the other, without a break."""
    starts, at = {}, 0
    for name in names:
        starts[name] = at
        at += facts.initiative[name].duration or 0
    return Schedule.of(facts, starts)


def order_of(schedule: Schedule) -> list[str]:
    """Names by their starts."""
    return [place.initiative for place in sorted(schedule.values(), key=lambda p: p.start)]


def lost(facts: Portfolio, names: Sequence[str]) -> int:
    """What is lost when these are done in turn."""
    judged = evaluate(facts, in_turn(facts, names))
    assert judged.feasible
    return judged.objective


def test_weights_on_initiatives_start_everything_and_finish_nothing() -> None:
    """Two capabilities of two parts each: value on the parts takes 546, value on needs 516."""
    items = [work("a", 1, "X"), work("b", 5, "X"), work("d", 1, "Z"), work("e", 5, "Z")]
    rates = {"X": 30, "Z": 28}
    facts = portfolio(items, {name: CostOfDelay(rate) for name, rate in rates.items()})

    def by_weight(item: Initiative) -> float:
        (need,) = item.raises
        return -rates[need] / 2 / (item.duration or 1)

    naive = [item.name for item in sorted(items, key=by_weight)]
    assert ["a", "d", "b", "e"] == naive
    assert 546 == lost(facts, naive)
    result = solve(facts)
    assert (Status.OPTIMAL, 516) == (result.status, result.objective)
    assert ["a", "b", "d", "e"] == order_of(result.require())


def test_counting_dependants_builds_foundations_that_nobody_needs() -> None:
    """Ten worthless dependants put a foundation first at 48; nothing but needs has value: 16."""
    followers = [work(f"follower {n}", 1, requires={"base": 1}, optional=True) for n in range(10)]
    items = [work("foundation", 4, "base"), work("wanted", 2, "X"), *followers]
    facts = portfolio(items, {"X": CostOfDelay(8)})

    def by_score(item: Initiative) -> int:
        standing = sum(1 for other in items if set(other.requires) & set(item.raises))
        return -(8 * ("X" in item.raises) + standing)

    naive = [item.name for item in sorted(items, key=by_score)][:2]
    assert ["foundation", "wanted"] == naive
    assert 48 == lost(facts, naive)
    result = solve(facts)
    assert (Status.OPTIMAL, 16) == (result.status, result.objective)
    assert ["wanted", "foundation"] == order_of(result.require())


@pytest.mark.parametrize(("shift", "naive", "figure"), [(0, "AB", 220), (5, "BA", 260)])
def test_scores_have_no_zero(shift: int, naive: str, figure: int) -> None:
    """Scores of 1 to 10 by duration: all of them 5 higher, and the order turns; money's does not.

    What is lost whatever one does may be added to every need: the plan stays.
    """
    scores, rates = {"A": 4, "B": 1}, {"A": 40, "B": 10}
    items = [work("A", 4, "x"), work("B", 2, "y")]
    facts = portfolio(items, {"x": CostOfDelay(rates["A"]), "y": CostOfDelay(rates["B"])})

    def by_score(item: Initiative) -> float:
        return -(scores[item.name] + shift) / (item.duration or 1)

    ranked = [item.name for item in sorted(items, key=by_score)]
    assert [*naive] == ranked
    assert figure == lost(facts, ranked)
    tables = {
        name: Table([shift * 1000 + rate * time for time in range(25)])
        for name, rate in (("x", 40), ("y", 10))
    }
    shifted = solve(portfolio(items, tables))
    assert (Status.OPTIMAL, 220 + 2 * shift * 1000) == (shifted.status, shifted.objective)
    assert ["A", "B"] == order_of(shifted.require())


def test_urgency_is_no_hard_deadline() -> None:
    """Two needs that are due at once and one team: hard, there is no plan; priced, the best one."""
    items = [work("A", 3, "x"), work("B", 3, "y")]
    due = {"x": Deadline("2027-04", penalty=50, rate=10), "y": Deadline("2027-04", 70, 20)}
    facts = portfolio(items, due)
    hard = Problem(facts).with_(LatestFinish("A", "2027-04"), LatestFinish("B", "2027-04"))
    assert Status.INFEASIBLE == solve(hard).status
    result = solve(facts)
    assert (Status.OPTIMAL, 50 + 2 * 10) == (result.status, result.objective)
    assert ["B", "A"] == order_of(result.require())
    assert 70 + 2 * 20 == lost(facts, ["A", "B"])


def test_quarters_lose_time_at_each_link() -> None:
    """A chain of five items of five weeks: in quarter buckets it takes 65 weeks, by week 25."""
    chain = [
        work(f"link {n}", 5, f"c{n}", requires={f"c{n - 1}": 1} if n else {}) for n in range(5)
    ]
    weeks = portfolio(chain, {"c4": CostOfDelay(10)}, periods=70)
    weeks = weeks.replace(timeline=Timeline("2027-01-04", 70, "week"))
    buckets = {item.name: 13 * n + 8 for n, item in enumerate(chain)}  # done as a quarter ends
    naive = evaluate(weeks, Schedule.of(weeks, buckets))
    assert (True, 650) == (naive.feasible, naive.objective)
    quarters = weeks.replace(
        timeline=Timeline("2027-01", 5, "quarter"),
        initiatives=[attrs.evolve(item, duration=1) for item in chain],
        needs=[Need("c4", 1, CostOfDelay(130))],
    )
    assert 650 == solve(quarters).objective
    result = solve(weeks)
    assert (Status.OPTIMAL, 250) == (result.status, result.objective)


def test_makespan_is_silent_on_value() -> None:
    """Both orders take six months; the one that it happens to give loses twice as much."""
    facts = portfolio([work("A", 3, "x"), work("B", 3, "y")], {"y": CostOfDelay(30)})
    shortest = Problem(facts, [Makespan()])
    lengths = {evaluate(shortest, in_turn(facts, names)).objective for names in ("AB", "BA")}
    assert {6} == lengths
    naive = solve(shortest).require()
    assert ["A", "B"] == order_of(naive)
    assert 180 == evaluate(facts, naive).objective
    result = solve(facts)
    assert (Status.OPTIMAL, 90) == (result.status, result.objective)
