"""Fronts against all plans of small portfolios, and on cases by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs
import pytest

import roadmap as rm
from roadmap.explaining.shares import Times
from roadmap.parts import Charge, Part
from roadmap.rules import Traded
from tests.explaining.worlds import World, drawn, feasible


def asked() -> rm.Inquiry:
    """An inquiry that has time enough."""
    return rm.Inquiry(each=60, solver="cpsat", workers=1)


def choice(*ways: tuple[int, int]) -> rm.Problem:
    """Exactly one of several ways: what each costs, and how it wears."""
    modes = [rm.Mode(f"way {n}", 1, cost=cost) for n, (cost, _) in enumerate(ways)]
    facts = rm.Portfolio(
        timeline=rm.Timeline("2027-01", periods=4, unit="month"),
        initiatives=[rm.Initiative("work", modes=modes)],
    )
    return rm.Problem(facts, objective=(rm.DeliveryCost(), ByMode(rates=tuple(w for _, w in ways))))


@attrs.frozen
class ByMode(Traded):
    """A term by hand that is traded: what the chosen mode of the only work wears."""

    rates: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """``wear``."""
        return "wear"

    def amounts(self, plan: rm.Plan) -> Mapping[str, int]:
        """By the chosen mode."""
        return {"work": self.priced(self.rates[int(str(plan.placed["work"].mode)[4:])])}

    def post(self, portfolio: rm.Portfolio) -> Iterator[Part]:
        """A charge for each mode."""
        yield Charge("work", tuple(map(self.priced, self.rates)), "work")

    def sentence(self, portfolio: rm.Portfolio) -> str:
        """Say it."""
        return "wear"


def values(front: rm.Frontier) -> list[tuple[int, int]]:
    """The points' values."""
    return [(point.first, point.second) for point in front.points]


def test_a_point_that_no_weights_find_is_found() -> None:
    """(6, 6) lies above the line from (0, 10) to (10, 0), and is on the front all the same."""
    front = rm.frontier(choice((0, 10), (6, 6), (10, 0), (10, 5)), inquiry=asked())
    assert [(0, 10), (6, 6), (10, 0)] == values(front)
    assert front.complete
    assert [True, False, True] == [front.supported(point) for point in front.points]
    assert [Fraction(1)] == [turn.rate for turn in front.turns]


def test_corners_are_the_points_of_some_exchange_rate() -> None:
    """Those by weights alone, with the rates at which they change."""
    ways = ((0, 20), (6, 12), (10, 4), (13, 3), (30, 0), (8, 9))
    front = rm.frontier(choice(*ways), corners=True, inquiry=asked())
    assert [(0, 20), (10, 4), (13, 3), (30, 0)] == values(front)
    assert [Fraction(5, 8), Fraction(3), Fraction(17, 3)] == [turn.rate for turn in front.turns]
    assert front.complete
    whole = rm.frontier(choice(*ways), inquiry=asked())
    assert [turn.rate for turn in whole.turns] == [turn.rate for turn in front.turns]


@pytest.mark.parametrize("step", [Fraction(-1, 1000), Fraction(1, 1000)])
def test_the_best_plan_turns_at_the_rate(step: Fraction) -> None:
    """Just below a switch-over the plan before it is best, just above the plan after it."""
    problem = choice((0, 20), (6, 12), (10, 4), (13, 3), (30, 0))
    for turn in rm.frontier(problem, corners=True, inquiry=asked()).turns:
        rate = turn.rate + step
        cost = Times(rm.DeliveryCost(), rate.denominator)
        wear = ByMode(rates=(20, 12, 4, 3, 0), kappa=rate.numerator)
        weighed = rm.solve(problem.replace(objective=(cost, wear)))
        expected = turn.before if step < 0 else turn.after
        assert expected.schedule["work"].mode == weighed.require()["work"].mode


def test_where_nothing_is_soft_there_is_nothing_to_trade() -> None:
    """The five items have hard prerequisites alone: one point, and a sentence."""
    facts = rm.read("docs/examples/five.yaml")
    front = rm.frontier(facts, inquiry=asked())
    assert front.nothing_to_trade
    assert [(912, 0)] == values(front)
    assert "nothing to trade" in str(front)


def test_one_plan_that_is_best_in_both_is_said_to_be() -> None:
    """A front of one point."""
    front = rm.frontier(choice((0, 0), (1, 1)), inquiry=asked())
    assert [(0, 0)] == values(front)
    assert "one plan is best in both" in str(front)


def test_sides_are_checked() -> None:
    """Every fault at once: unknown, twice, missing."""
    with pytest.raises(rm.ProblemError) as caught:
        rm.frontier(choice((0, 1)), ["wear", "delivery"], "wear")
    assert {"first", "second"} == {fault.path for fault in caught.value.faults}
    with pytest.raises(rm.ProblemError, match="names no term"):
        rm.frontier(choice((0, 1)), "wear")


def test_what_is_cut_short_is_not_called_complete() -> None:
    """Two points of three, and no word that they are all."""
    front = rm.frontier(choice((0, 10), (6, 6), (10, 0)), most=2, inquiry=asked())
    assert [(0, 10), (6, 6)] == values(front)
    assert not front.complete
    assert "not proven" in str(front)


def test_corners_cut_short_are_not_called_complete() -> None:
    """Two of three corners; three of three are complete."""
    problem = choice((0, 10), (3, 3), (10, 0))
    fronts = [rm.frontier(problem, corners=True, most=n, inquiry=asked()) for n in (2, 3)]
    assert [(2, False), (3, True)] == [(len(one), one.complete) for one in fronts]
    with pytest.raises(rm.ProblemError, match="give 1 or more"):
        rm.frontier(problem, most=0)


def test_where_there_is_no_plan_there_is_no_front() -> None:
    """No point, and a word."""
    facts = rm.Portfolio(
        timeline=rm.Timeline("2027-01", periods=2, unit="month"),
        initiatives=[rm.Initiative("work", duration=3, cost=5)],
    )
    front = rm.frontier(facts, "urgency", "delivery cost", inquiry=asked())
    assert 0 == len(front)
    assert "no plan is known" in str(front)


@pytest.mark.parametrize("seed", feasible(500, 25))
def test_the_front_is_that_of_all_plans(seed: int) -> None:
    """Urgency against delivery cost on portfolios by chance: exactly the undominated plans."""
    problem = drawn(seed)
    problem = problem.replace(objective=(rm.Urgency(), rm.DeliveryCost()))
    world = World(problem)
    seen = {
        (world.oracle.term("urgency", one.plan), world.oracle.term("delivery cost", one.plan))
        for one in world.all
        if not one.broken
    }
    expected = sorted(
        (a, b) for a, b in seen if not any(c <= a and d <= b and (c, d) != (a, b) for c, d in seen)
    )
    front = rm.frontier(problem, "urgency", "delivery cost", inquiry=asked())
    assert expected == values(front)
    assert front.complete
    corners = rm.frontier(problem, "urgency", "delivery cost", corners=True, inquiry=asked())
    assert set(values(corners)) <= set(expected)
    assert [turn.rate for turn in front.turns] == [turn.rate for turn in corners.turns]


def bypass() -> rm.Problem:
    """Portal can go round identity for 10 a month, and identity has a worth of its own.

    One team. Identity takes 4 months, portal 3 and is needed at 25 a month.
    """
    return rm.Problem(
        rm.Portfolio(
            timeline=rm.Timeline("2027-01", periods=12, unit="month"),
            teams=[rm.Team("team", 1)],
            capabilities=[rm.Capability("identity", option_value={1: 3}), rm.Capability("portal")],
            needs=[rm.Need("portal", 1, rm.CostOfDelay(25))],
            initiatives=[
                rm.Initiative("identity", duration=4, demand={"team": 1}, raises={"identity": 1}),
                rm.Initiative("portal", duration=3, demand={"team": 1}, raises={"portal": 1}),
            ],
            dependencies=[rm.Dependency("identity", "portal", interest=10)],
        )
    )


def test_urgency_against_foundations() -> None:
    """By hand: portal first loses 75 and owes 70 + 21; identity first loses 175 and owes 12."""
    front = rm.frontier(bypass(), inquiry=asked())
    assert [(75, 91), (175, 12)] == values(front)
    assert ("debt", "option value") == front.second
    assert [Fraction(100, 79)] == [turn.rate for turn in front.turns]


@pytest.mark.parametrize(("kappa", "first"), [(1, "portal"), (2, "identity")])
def test_kappa_turns_the_plan_where_it_is_said_to(kappa: int, first: str) -> None:
    """Below the switch-over business goes first, above it the foundation does."""
    problem = bypass()
    terms = [
        attrs.evolve(term, kappa=kappa) if isinstance(term, Traded) else term
        for term in problem.objective
    ]
    plan = rm.solve(problem.replace(objective=terms)).require()
    assert 0 == plan[first].start


def test_declared_prices_are_traded_whatever_kappa_is_set() -> None:
    """The front does not depend on the rate at which the problem itself is asked."""
    problem = bypass()
    terms = [
        attrs.evolve(term, kappa=7) if isinstance(term, Traded) else term
        for term in problem.objective
    ]
    front = rm.frontier(problem.replace(objective=terms), inquiry=asked())
    assert [(75, 91), (175, 12)] == values(front)
