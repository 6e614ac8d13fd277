"""Going round a foundation: interest until it lands, rework once, and the exchange rate."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from roadmap.constraints import Precedence
from roadmap.errors import PortfolioError, ProblemError
from roadmap.evaluation import evaluate
from roadmap.facts import Capability, Dependency, Initiative, Programme, Workaround
from roadmap.objectives import Debt
from roadmap.parts import Event, EventKey, Member, SoftWait
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.timeline import Timeline

TIE = Dependency("F", "A", lag=1, interest=10, rework=3)


def facts(**changes: Any) -> Portfolio:
    """A foundation of two months and what would wait for it, in six months."""
    said: dict[str, Any] = {
        "timeline": Timeline("2027-01", 6),
        "capabilities": [Capability("base")],
        "initiatives": [
            Initiative("F", duration=2, raises={"base": 1}, optional=True),
            Initiative("A", duration=1, requires={"base": 1}, optional=True),
        ],
        "dependencies": [TIE],
        "workarounds": [Workaround("A", "base", interest=7, rework=2)],
    }
    return Portfolio(**(said | changes))


def owed(starts: Mapping[str, int], kappa: int | Fraction = 1, **changes: Any) -> dict[str, int]:
    """What a plan owes, by what was passed by; no rule may stand in its way."""
    problem = Problem(facts(**changes)).with_kappa(kappa)
    evaluation = evaluate(problem, Schedule.of(problem.portfolio, starts))
    assert evaluation.feasible
    return dict(evaluation.amounts["debt"])


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ({}, {}),
        ({"F": 0}, {}),
        ({"F": 0, "A": 3}, {}),
        ({"F": 0, "A": 2}, {"F → A": 13}),
        ({"F": 0, "A": 0}, {"F → A": 33, "base at level 1 → A": 16}),
        ({"F": 4, "A": 1}, {"F → A": 53, "base at level 1 → A": 37}),
        ({"A": 1}, {"F → A": 53, "base at level 1 → A": 37}),
        ({"A": 5}, {"F → A": 13, "base at level 1 → A": 9}),
    ],
)
def test_interest_runs_until_the_foundation_lands(
    starts: Mapping[str, int], expected: Mapping[str, int]
) -> None:
    """It stops there; without a landing it runs to the end of the timeline; rework is due once."""
    assert expected == owed(starts)


def test_a_milestone_at_the_end_owes_rework_only() -> None:
    """Nothing is left of the timeline to bear interest."""
    last = [Initiative("F", duration=2, optional=True), Initiative("A", duration=0)]
    assert {"F → A": 3} == owed({"A": 6}, initiatives=last, capabilities=[], workarounds=[])


def test_a_negative_lag_lets_both_overlap() -> None:
    """The successor may come so many periods before the predecessor is over, and owes nothing."""
    early = [Dependency("F", "A", lag=-2, interest=10)]
    assert "F → A" not in owed({"F": 0, "A": 0}, dependencies=early)
    assert 10 == owed({"F": 1, "A": 0}, dependencies=early)["F → A"]


def test_what_is_soft_implies_no_rule() -> None:
    """Neither a precedence nor a prerequisite stands; each comes back when it is hard again."""
    assert [] == [rule.name for rule in Problem(facts()).constraints]
    hard = facts(dependencies=[Dependency("F", "A")], workarounds=[])
    assert ["F → A", "base at level 1 → A"] == [rule.name for rule in Problem(hard).constraints]


def test_a_soft_dependency_can_be_kept_for_certain() -> None:
    """Added as a rule it holds."""
    problem = Problem(facts()).with_(Precedence(TIE))
    judged = evaluate(problem, Schedule.of(problem.portfolio, {"A": 0}))
    assert ["A is in the plan without F"] == [str(each) for each in judged.violations]


def test_hard_and_soft_stand_side_by_side() -> None:
    """Never before it is finished, and better a month later."""
    both = facts(dependencies=[Dependency("F", "A"), Dependency("F", "A", lag=1, interest=4)])
    problem = Problem(both)
    judged = evaluate(problem, Schedule.of(both, {"F": 0, "A": 2}))
    assert ["F → A"] == [rule.name for rule in problem.constraints]
    assert (True, {"F → A": 4}) == (judged.feasible, dict(judged.amounts["debt"]))


def test_what_is_there_today_owes_nothing() -> None:
    """A requirement that today's level meets is no debt."""
    there = facts(capabilities=[Capability("base", 1)], dependencies=[])
    assert {} == evaluate(there, Schedule.of(there, {"A": 0})).amounts["debt"]


def test_circles_of_soft_ties_are_sound() -> None:
    """Each may wait for the other: one of them will not."""
    ties = [Dependency("F", "A", rework=5), Dependency("A", "F", rework=4)]
    assert {"A → F": 4} == owed({"F": 0, "A": 2}, dependencies=ties)


def test_posting() -> None:
    """A soft wait for the landing and one for the level, the event of the landing before it."""
    posted = list(Debt(Fraction(1, 2)).post(facts()))
    landed = EventKey("F", 1, "landed")
    begun = EventKey("the start of the timeline", 0, "begun")
    assert Event(landed, (Member(begun), Member("F", 1)), 2) in posted
    assert Event(begun, (), 0) in posted
    assert [
        SoftWait("A", landed, 5, 2, "F → A"),
        SoftWait("A", EventKey("base", 1, "at or above"), 4, 1, "base at level 1 → A"),
    ] == [part for part in posted if isinstance(part, SoftWait)]


@pytest.mark.parametrize(
    ("kappa", "expected"),
    [(0, 0), (1, 53), (2, 106), (Fraction(1, 2), 27), (Fraction(1, 100), 0), (1000, 53_000)],
)
def test_kappa_multiplies_each_amount(kappa: int | Fraction, expected: int) -> None:
    """Interest and rework each to the nearest whole unit, halves up: 3 / 2 is 2."""
    assert expected == owed({"A": 1}, kappa)["F → A"]


def test_term_reads_in_business_words() -> None:
    """It has a name and a sentence."""
    told = Debt().sentence(facts())
    assert ("debt", "interest and rework for foundations that work goes round") == (
        Debt().name,
        told,
    )


def test_whether_there_is_anything_to_trade() -> None:
    """Hard ties alone leave nothing to trade, and kappa changes nothing there."""
    hard = Problem(facts(dependencies=[Dependency("F", "A")], workarounds=[]))
    assert [True, False] == [Problem(facts()).has_trade, hard.has_trade]
    assert hard == hard.with_kappa(5)
    assert ["urgency", "delivery cost"] == [term.name for term in hard.objective]
    assert not Problem(hard.portfolio, [Debt()]).has_trade


def test_kappa_stays_when_the_facts_change() -> None:
    """The standard objective at a rate is the standard objective of other facts at that rate."""
    problem = Problem(facts()).with_kappa(3)
    more = problem.portfolio.replace(capabilities=[Capability("base", option_value={1: 5})])
    assert ["urgency", "delivery cost", "debt", "option value"] == [
        term.name for term in problem.replace(portfolio=more).objective
    ]
    assert Problem(more).with_kappa(3) == problem.replace(portfolio=more)


@pytest.mark.parametrize(
    ("kappa", "told"),
    [
        (0.5, "0.5 is no exact factor; give a whole number or a Fraction, such as Fraction(1, 2)"),
        (
            True,
            "true is no exact factor; give a whole number or a Fraction, such as Fraction(1, 2)",
        ),
        (-1, "-1 is out of range; from 0 to 1,000,000"),
        (Fraction(-1, 3), "-1/3 is out of range; from 0 to 1,000,000"),
    ],
)
def test_kappa_is_exact(kappa: Any, told: str) -> None:
    """Floating point is refused, and so is what is out of range."""
    with pytest.raises(ProblemError) as refused:
        Problem(facts()).with_kappa(kappa)
    assert [f"Debt.kappa: {told}"] == [str(fault) for fault in refused.value.faults]


def test_faults() -> None:
    """Soft ties go from finish to start; a workaround softens what is required, once."""
    with pytest.raises(PortfolioError) as refused:
        facts(
            dependencies=[Dependency("F", "A", "SS", interest=1), TIE, TIE],
            workarounds=[
                Workaround("A", "base"),
                Workaround("A", "base", 1),
                Workaround("F", "base", -1),
                Workaround("F", "base", 1),
                Workaround("G", "bass"),
            ],
        )
    assert [
        "workarounds[2].interest: -1 is too small; at least 0",
        "workarounds[4].initiative: unknown initiative 'G'; known: 'A', 'F'",
        "workarounds[4].capability: unknown capability 'bass'; did you mean 'base'?",
        "dependencies[2]: 'F' → 'A' (FS) is already dependencies[1]; "
        "keep the one with the larger lag",
        "dependencies[0].link: a dependency with interest or rework goes from finish to start, "
        "not SS; make it FS, or take out interest and rework",
        "workarounds[1]: how 'A' goes without 'base' is already workarounds[0]; keep one of them",
        "workarounds[3].capability: 'F' does not require 'base'; "
        "add it to what the initiative requires, or take the workaround out",
    ] == [str(fault) for fault in refused.value.faults]


def test_soft_dependencies_tie_initiatives() -> None:
    """A programme has no one finish at which interest would stop."""
    with pytest.raises(PortfolioError) as refused:
        facts(programmes=[Programme("all", ["F"])], dependencies=[Dependency("all", "A", rework=1)])
    assert [
        "dependencies[0].predecessor: 'all' is a programme, and a dependency with interest or "
        "rework ties initiatives; name the initiatives"
    ] == [str(fault) for fault in refused.value.faults]
