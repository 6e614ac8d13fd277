"""The list rules, by value on cases solved by hand."""

from __future__ import annotations

import random

import pytest

from roadmap.facts import Initiative
from roadmap.network import Assignment, Network
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Status
from roadmap.solvers import RULES, lists, solve
from roadmap.solvers.generation import Scheme
from roadmap.solvers.lists import PRIORITIES, list_plan, list_solver
from roadmap.solvers.pruning import prune
from tests.solvers.cases import LENGTHS, RATES, five, hard
from tests.solvers.networks import event, item, keeps, lag, mode, network, run_of
from tests.strategies import random_problem

COSTS = {
    "closure": 912,  # F A B C D
    "wsjf": 1065,  # C D F B A
    "cost of delay": 1065,  # C D F A B
    "rank order": 1065,  # C D F B A, as stated
    "path criticalness": 1065,  # C D F A B
    "minimum slack": 984,  # F A C B D
    "foundations first": 1197,  # F C D B A
}


def restated(order: str) -> Portfolio:
    """The five-item case with its items stated in another order."""
    portfolio = five()
    return portfolio.replace(initiatives=[portfolio.initiative[name] for name in order])


def order_of(portfolio: Portfolio, rule: str) -> str:
    """The items as a rule places them."""
    schedule = solve(portfolio, solver=rule).require()
    return "".join(sorted(schedule, key=lambda name: schedule[name].start))


def test_every_rule_has_a_value_here() -> None:
    """No rule goes untested."""
    assert set(RULES) == set(COSTS) == set(PRIORITIES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_by_value(rule: str) -> None:
    """Money lost in the five-item case, stated in WSJF's order."""
    result = solve(restated("CDFBA"), solver=rule)
    assert (Status.FEASIBLE, COSTS[rule]) == (result.status, result.objective)
    assert (rule, None) == (result.solver, result.bound)


@pytest.mark.parametrize(
    ("rule", "order"),
    [("wsjf", "CDFBA"), ("cost of delay", "CDFAB"), ("closure", "FABCD"), ("rank order", "FABCD")],
)
def test_a_rules_order(rule: str, order: str) -> None:
    """Which item comes when, in the case as DESIGN states it."""
    assert order == order_of(five(), rule)


@pytest.mark.parametrize("order", ["FABCD", "DCBAF", "CADFB", "BFDCA"])
def test_the_closure_rule_finds_the_optimum(order: str) -> None:
    """In whatever order the case is stated."""
    assert 912 == solve(restated(order), solver="closure").objective


def test_rank_order_is_the_order_of_statement() -> None:
    """What waits for another goes as soon as it may."""
    assert "DCFBA" == order_of(restated("DCBAF"), "rank order")


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_search_is_never_worse_than_a_rule(rule: str, seed: int) -> None:
    """Promise 2, with hardly any time to search."""
    portfolio = hard(40, seed)
    exact, rival = solve(portfolio, time_limit=0.2), solve(portfolio, solver=rule)
    assert exact.objective is not None
    assert rival.objective is not None
    assert exact.objective <= rival.objective


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_on_nothing(rule: str) -> None:
    """An empty portfolio has an empty plan that costs nothing."""
    empty = five().replace(initiatives=[], needs=[])
    result = solve(empty, solver=rule)
    assert (Status.FEASIBLE, 0, 0) == (result.status, result.objective, len(result.require()))


def test_a_rule_that_finds_no_place_says_for_what() -> None:
    """It proves nothing: the status is unknown."""
    work = [Initiative(name, duration=10, demand={"team": 1}) for name in ("first", "second")]
    result = solve(five().replace(initiatives=work, needs=[]), solver="wsjf")
    assert (Status.UNKNOWN, None) == (result.status, result.schedule)
    assert "this rule finds no place for second" == result.note


def test_ones_own_rule_is_a_solver() -> None:
    """A function from a network to ranks."""

    def longest_first(net: Network) -> list[float]:
        return [-float(activity.modes[0].duration) for activity in net.activities]

    answer = list_solver(longest_first, "longest first")(Problem(five()).network, run_of())
    assert answer.assignment is not None
    starts = [slot.start for slot in answer.assignment if slot is not None]
    names = sorted(LENGTHS, key=lambda name: starts[list(LENGTHS).index(name)])
    assert list("CFADB") == names


def shop(cost_base: int, cost_top: int, value: int) -> Network:
    """Optional work on optional work, with a value for the upper one each period."""
    return network(
        item("base", mode(2, (0, 1), cost=cost_base), optional=True),
        item("top", mode(1, (0, 1), cost=cost_top), optional=True),
        capacities=[1],
        lags=[lag(0, 1)],
        events=[event(1)],
        losses=[(0, range(0, 11 * value, value))],
    )


@pytest.mark.parametrize(("value", "expected"), [(10, 20 + 20 + 30), (6, 20 + 20 + 18), (5, 50)])
def test_optional_work_that_pays_is_done(value: int, expected: int) -> None:
    """A chain is done if the whole of it pays, and left out if not."""
    net = shop(20, 20, value)
    plan, _ = list_plan(Scheme(net), PRIORITIES["closure"](net))
    assert plan is not None
    assert expected == net.cost(plan)


def test_pruning_keeps_what_others_stand_on() -> None:
    """What does not pay goes, from the last to the first; the rest still stands."""
    net = shop(1, 500, 10)
    whole = Scheme(net).generate([0.0, 1.0]).plan
    assert whole is not None
    assert (None, None) == prune(net, whole)
    worth = shop(20, 20, 10)
    kept = Scheme(worth).generate([0.0, 1.0]).plan
    assert kept is not None
    assert kept == prune(worth, kept)


def test_values_are_credited_through_events() -> None:
    """What waits for an event of events is credited to all who bring it about."""
    assert 4 == len(RATES)
    ranks = lists.PRIORITIES["cost of delay"](Problem(five()).network)
    assert [0.0, -30.0, -20.0, -24.0, -9.0] == ranks


@pytest.mark.parametrize("seed", range(6))
def test_pruning_is_what_trying_each_in_turn_gives(seed: int) -> None:
    """Event by event or all anew: the same work is left out."""
    rng = random.Random(seed)
    for _ in range(40):
        net = random_problem(rng).network
        whole = Scheme(net).generate([rng.random() for _ in net.activities]).plan
        if whole is not None:
            assert pruned_in_turn(net, whole) == prune(net, whole)


def pruned_in_turn(net: Network, plan: Assignment) -> Assignment:
    """Leave out what does not pay, the last first, with the whole judged each time."""
    placed = [(slot.start, activity) for activity, slot in enumerate(plan) if slot is not None]
    for _, activity in sorted(placed, reverse=True):
        without = (*plan[:activity], None, *plan[activity + 1 :])
        if net.cost(without) <= net.cost(plan) and keeps(net, without):
            plan = without
    return plan
