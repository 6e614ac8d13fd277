"""Overtime: a soft limit of a team, at a price for each unit and period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from roadmap.constraints import Capacity
from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import Capability, Initiative, Mode, Need, Team
from roadmap.losses import CostOfDelay
from roadmap.objectives import Overtime
from roadmap.parts import Overrun, Resource
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Status
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline


def facts(team: Team, rate: int = 0) -> Portfolio:
    """Two pieces of work of two months on a team, and what each is worth a month."""
    return Portfolio(
        timeline=Timeline("2027-01", 4),
        teams=[team],
        capabilities=[Capability("x"), Capability("y")],
        needs=[Need(name, 1, CostOfDelay(rate)) for name in "xy"],
        initiatives=[
            Initiative("X", duration=2, demand={"core": 1}, raises={"x": 1}),
            Initiative("Y", duration=2, demand={"core": 2}, raises={"y": 1}),
        ],
    )


@pytest.mark.parametrize(
    ("capacity", "overtime", "starts", "paid"),
    [
        (2, 1, {"X": 0, "Y": 0}, 20),
        (2, 1, {"X": 0, "Y": 1}, 10),
        (2, 1, {"X": 0, "Y": 2}, 0),
        (1, {0: 2, 1: 1, 2: 2}, {"X": 1, "Y": 2}, 30),
        ([2, 0, 2, 3], [0, 3, 3, 0], {"X": 1, "Y": 1}, 40),
    ],
)
def test_each_unit_and_period_beyond_the_capacity_costs(
    capacity: Any, overtime: Any, starts: Mapping[str, int], paid: int
) -> None:
    """However the capacity and the overtime vary."""
    portfolio = facts(Team("core", capacity, overtime=overtime, overtime_price=10))
    judged = evaluate(portfolio, Schedule.of(portfolio, starts))
    assert (True, {"core": paid}) == (judged.feasible, judged.amounts["overtime"])


def test_there_is_only_so_much_of_it() -> None:
    """Beyond the overtime it is a violation, which names both."""
    portfolio = facts(Team("core", 1, overtime=[1, 1, 1, 0], overtime_price=10))
    judged = evaluate(portfolio, Schedule.of(portfolio, {"X": 1, "Y": 2}))
    assert [
        "core is wanted for 3 in 2027-03 and has 1 and 1 more at a price",
        "core is wanted for 2 in 2027-04 and has 1",
    ] == [str(each) for each in judged.violations]
    assert [1, 1] == [each.amount for each in judged.violations]


@pytest.mark.parametrize(("price", "cost"), [(10, 420), (99, 598), (101, 600)])
def test_it_is_worked_where_it_pays(price: int, cost: int) -> None:
    """Two months of one unit more, or two months of delay at 100 a month."""
    portfolio = facts(Team("core", 2, overtime=1, overtime_price=price), rate=100)
    assert cost == solve(portfolio, solver="cpsat").objective


def test_it_costs_also_where_the_limit_is_lifted() -> None:
    """What is beyond the capacity has its price, with however much of it there is."""
    problem = Problem(facts(Team("core", 1, overtime=1, overtime_price=3), rate=100))
    free = solve(problem.without("capacity of core"), solver="cpsat")
    assert 400 + 2 * 2 * 3 == free.objective


def test_overtime_that_comes_and_goes() -> None:
    """The one start that fits is found; a variable demand in a cumulative hid it from presolve."""
    portfolio = Portfolio(
        timeline=Timeline("2027-01", 6),
        teams=[Team("core", [1, 1, 1, 1, 0, 1], overtime=[1, 1, 0, 1, 2, 1], overtime_price=3)],
        initiatives=[Initiative("X", duration=3, demand={"core": 2})],
    )
    result = solve(portfolio, solver="cpsat")
    assert (Status.OPTIMAL, 12, 3) == (result.status, result.objective, result.require()["X"].start)


def test_posting() -> None:
    """The rule posts how much there is, the term what it costs."""
    portfolio = facts(Team("core", 2, overtime={0: 1, 2: 0}, overtime_price=7))
    assert [Overrun("core", 7, "core")] == list(Overtime().post(portfolio))
    assert [Resource("core", (2,) * 4, "capacity of core", extra=(1, 1, 0, 0))] == list(
        Capacity("core").post(portfolio)
    )


def test_it_counts_only_where_it_is_stated() -> None:
    """A team without overtime has the resource that it had, and there is no such term."""
    plain = facts(Team("core", 2))
    assert not Overtime.applies(plain)
    assert [Resource("core", (2,) * 4, "capacity of core")] == list(Capacity("core").post(plain))


def test_they_read_in_business_words() -> None:
    """The term has a name and a sentence; the rule says how much more there is."""
    portfolio = facts(Team("core", {0: 2, 1: 3}, overtime=1, overtime_price=7))
    assert "overtime" == Overtime().name
    assert "money spent on work beyond the capacity of teams" == Overtime().sentence(portfolio)
    assert (
        "core can do 2 to 3 at once, and up to 1 more at a price, depending on the period"
        == Capacity("core").sentence(portfolio)
    )


@pytest.mark.parametrize(
    ("overtime", "price", "told"),
    [
        (
            1,
            None,
            "teams[0].overtime_price: it is missing; "
            "say what a unit of overtime costs a period, 0 if nothing",
        ),
        (
            None,
            1,
            "teams[0].overtime_price: there is no overtime that it could be the price of; "
            "say overtime: number, or take it out",
        ),
        (-1, 1, "teams[0].overtime: -1 is too small; at least 0"),
        (1, -1, "teams[0].overtime_price: -1 is too small; at least 0"),
    ],
)
def test_faults(overtime: int | None, price: int | None, told: str) -> None:
    """Overtime and its price are stated together, and are not negative."""
    with pytest.raises(PortfolioError) as refused:
        facts(Team("core", 2, overtime=overtime, overtime_price=price))
    assert [told] == [str(fault) for fault in refused.value.faults]


def test_effort_uses_no_overtime() -> None:
    """Work that takes as long as its team needs would have no price to weigh; so it is refused."""
    team = Team("core", 2, overtime=1, overtime_price=7)
    work = Initiative("X", effort=4, demand={"core": 2})
    way = Initiative("Y", modes=[Mode("slow", effort=4, demand={"core": 1})])
    with pytest.raises(PortfolioError) as refused:
        Portfolio(timeline=Timeline("2027-01", 4), teams=[team], initiatives=[work, way])
    told = (
        "'core' has overtime, and what takes effort uses none; "
        "give it a duration, or take out the overtime"
    )
    assert [
        f"initiatives[0].effort: {told}",
        f"initiatives[1].modes[0].effort: {told}",
    ] == [str(fault) for fault in refused.value.faults]
