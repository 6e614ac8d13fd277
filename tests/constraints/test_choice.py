"""Choices among initiatives: judged, posted, told and refused."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.constraints import Choice
from roadmap.errors import PortfolioError, ProblemError
from roadmap.evaluation import evaluate
from roadmap.facts import HOWS, Capability, Initiative, Need, Selection
from roadmap.losses import CostOfDelay, Deadline
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline

YEAR = Timeline("2027-01", 12)


def three(*selections: Selection, **words: Any) -> Portfolio:
    """Three pieces of optional work, and selections among them."""
    initiatives = [Initiative(name, duration=1, optional=True, **words) for name in "ABC"]
    return Portfolio(timeline=YEAR, initiatives=initiatives, selections=selections)


def judged(how: str, held: str) -> list[tuple[str, tuple[str, ...], int]]:
    """What the judge says of a plan that holds some of three under one selection."""
    facts = three(Selection("pick", ["A", "B", "C"], how))
    found = evaluate(facts, Schedule.of(facts, dict.fromkeys(held, 0))).violations
    return [(item.message, item.who, item.amount) for item in found]


KEPT = {
    "exactly one": ["A", "B", "C"],
    "at most one": ["", "A", "B", "C"],
    "at least one": ["A", "B", "C", "AB", "AC", "BC", "ABC"],
    "all or none": ["", "ABC"],
    "first implies others": ["", "B", "C", "BC", "ABC"],
}
ALL = ["", "A", "B", "C", "AB", "AC", "BC", "ABC"]


@pytest.mark.parametrize("how", HOWS)
def test_which_plans_keep_it(how: str) -> None:
    """Of the eight sets of three, the judge takes just those that the words allow."""
    assert KEPT[how] == [held for held in ALL if not judged(how, held)]


@pytest.mark.parametrize(
    ("how", "held", "told"),
    [
        ("exactly one", "AC", ("pick: the plan holds A and C, of which it may hold one", "AC", 1)),
        (
            "at most one",
            "ABC",
            ("pick: the plan holds A, B and C, of which it may hold one", "ABC", 2),
        ),
        ("exactly one", "", ("pick: the plan holds none of A, B and C", "ABC", 1)),
        ("all or none", "AB", ("pick: the plan holds A and B without C", "ABC", 1)),
        ("first implies others", "A", ("A is in the plan without B and C", "ABC", 2)),
    ],
)
def test_what_is_told(how: str, held: str, told: tuple[str, str, int]) -> None:
    """A violation names who is concerned, and by how many."""
    message, who, amount = told
    assert [(message, tuple(who), amount)] == judged(how, held)


@pytest.mark.parametrize("how", HOWS)
def test_solver_holds_just_what_is_allowed(how: str) -> None:
    """For each set of three made dearest to leave out, the plan is the best that is allowed."""
    for wanted in ALL:
        initiatives = [
            Initiative(name, duration=1, cost=3, optional=True, raises={name: 1}) for name in "ABC"
        ]
        worth = {name: 10 if name in wanted else 0 for name in "ABC"}
        facts = Portfolio(
            timeline=YEAR,
            capabilities=[Capability(name) for name in "ABC"],
            needs=[Need(name, 1, Deadline(6, penalty=worth[name])) for name in "ABC"],
            initiatives=initiatives,
            selections=[Selection("pick", ["A", "B", "C"], how)],
        )
        best = min(
            3 * len(held) + sum(worth[name] for name in "ABC" if name not in held)
            for held in KEPT[how]
        )
        assert best == solve(facts).objective


def test_what_it_says() -> None:
    """Its name, its basis and a sentence for each kind."""
    facts = three(*(Selection(how, ["A", "B", "C"], how, "law") for how in HOWS))
    rules = Problem(facts).constraints
    assert [f"choice of {how}" for how in HOWS] == [rule.name for rule in rules]
    assert {"law"} == {rule.basis for rule in rules}
    assert [
        "exactly one of A, B and C is in the plan",
        "at most one of A, B and C is in the plan",
        "at least one of A, B and C is in the plan",
        "all or none of A, B and C are in the plan",
        "A can be in the plan only with B and C",
    ] == [rule.sentence(facts) for rule in rules]


def test_added_and_lifted() -> None:
    """A choice can be asked for beside the facts, and lifted by its name."""
    problem = Problem(three()).with_(Choice(Selection("pick", ["A", "B"], "at least one")))
    assert ["A"] == [*(solve(problem).require())]
    assert [] == [*(solve(problem.without("choice of pick")).require())]
    with pytest.raises(ProblemError, match="unknown initiative 'D'"):
        problem.with_(Choice(Selection("other", ["A", "D"])))


@pytest.mark.parametrize(
    ("selections", "path", "problem"),
    [
        ([Selection("s", ["A"])], "selections[0].initiatives", "it names 1"),
        ([Selection("s", ["A", "A"])], "selections[0].initiatives[1]", "'A' stands twice"),
        ([Selection("s", ["A", "X"])], "selections[0].initiatives[1]", "unknown initiative 'X'"),
        ([Selection("s", ["A", "B"], "one")], "selections[0].how", "'one' is not allowed"),
        (
            [Selection("s", ["A", "B"]), Selection("s", ["B", "C"])],
            "selections[1].name",
            "'s' is already the name of selections[0]",
        ),
    ],
)
def test_what_is_refused(selections: list[Selection], path: str, problem: str) -> None:
    """Too few, twice, unknown, other words, and a name that is taken."""
    with pytest.raises(PortfolioError) as refused:
        three(*selections)
    assert [(path, problem)] == [(f.path, f.problem) for f in refused.value.faults]


def test_two_that_must_be_in_the_plan_are_refused() -> None:
    """Where only one is allowed, one mandatory initiative is sound and two are not."""
    some = [Initiative("A", duration=1), Initiative("B", duration=1)]
    one = [some[0], Initiative("B", duration=1, optional=True)]
    chosen = [Selection("pick", ["A", "B"])]
    sound = Portfolio(timeline=YEAR, initiatives=one, selections=chosen)
    assert ["A"] == [*solve(sound).require()]
    with pytest.raises(PortfolioError) as refused:
        Portfolio(timeline=YEAR, initiatives=some, selections=chosen)
    assert ["exactly one of them may be in the plan, but 'A' and 'B' must be"] == [
        fault.problem for fault in refused.value.faults
    ]
    both = [Selection("pick", ["A", "B"], "all or none")]
    assert 2 == len(solve(Portfolio(timeline=YEAR, initiatives=some, selections=both)).require())


def cloud(needs: int) -> Portfolio:
    """A foundation that costs 100 and is worth nothing, and moves on it that save 40 each."""
    names = [f"system {number}" for number in range(needs)]
    return Portfolio(
        timeline=YEAR,
        capabilities=[Capability("cloud"), *map(Capability, names)],
        needs=[Need(name, 1, Deadline("2027-09", penalty=40)) for name in names],
        initiatives=[
            Initiative("foundation", duration=3, cost=100, raises={"cloud": 1}, optional=True),
            *(
                Initiative(
                    f"move {name}",
                    duration=2,
                    raises={name: 1},
                    requires={"cloud": 1},
                    optional=True,
                )
                for name in names
            ),
        ],
    )


@pytest.mark.parametrize(("needs", "cost"), [(1, 40), (2, 80), (3, 100), (4, 100)])
def test_a_shared_foundation_is_counted_once(needs: int, cost: int) -> None:
    """Three needs fund together what none would alone; one need funds nothing.

    Who charges the foundation to each need builds nothing for three (and loses 120); who charges
    it to none builds it for one (and loses 100).
    """
    result = solve(cloud(needs))
    assert (True, cost) == (result.bound == result.objective, result.objective)
    assert (cost == 100) == ("foundation" in result.require())


def test_work_that_serves_no_need_is_left_out() -> None:
    """Ten worthless dependants do not make a foundation worth building."""
    needs = cloud(10)
    free = needs.replace(needs=[Need(n.capability, 1, CostOfDelay(0)) for n in needs.needs])
    assert [] == [*solve(free).require()]
