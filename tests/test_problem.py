"""The question: the rules that facts imply, and algebra on rules."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from roadmap.constraints import (
    Capacity,
    EarliestStart,
    Inclusion,
    LatestFinish,
    Precedence,
    Prerequisite,
)
from roadmap.errors import ProblemError
from roadmap.facts import Capability, Dependency, Initiative, Need, Team
from roadmap.losses import CostOfDelay
from roadmap.objectives import DeliveryCost, Makespan, Urgency
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem, as_problem
from roadmap.rules import Constraint, Objective
from roadmap.timeline import Timeline

TIE = Dependency("A", "B", "SS", 2, basis="law", rationale="because")


def facts(**changes: Any) -> Portfolio:
    """Two initiatives that imply a rule of every kind."""
    said: dict[str, Any] = {
        "timeline": Timeline("2027-01", 12),
        "teams": [Team("t", [2] * 6 + [3] * 6), Team("u", 1)],
        "capabilities": [Capability("c", 1)],
        "needs": [Need("c", 2, CostOfDelay(1))],
        "initiatives": [
            Initiative("A", duration=2, raises={"c": 2}, latest_finish="2027-06"),
            Initiative(
                "B", duration=1, requires={"c": 2}, earliest_start="2027-03", optional=True, cost=4
            ),
            Initiative("C", duration=1, requires={"c": 1}),
        ],
        "dependencies": [TIE],
    }
    return Portfolio(**(said | changes))


IMPLIED: tuple[Constraint, ...] = (
    Inclusion("A"),
    Inclusion("C"),
    EarliestStart("B", "2027-03"),
    LatestFinish("A", "2027-06"),
    Precedence(TIE),
    Prerequisite("B", "c", 2),
    Capacity("t"),
    Capacity("u"),
)


def test_facts_imply_the_standard_rules() -> None:
    """Each kind in its turn; a level that is there today implies nothing."""
    assert IMPLIED == Problem(facts()).constraints
    assert (Urgency(), DeliveryCost()) == Problem(facts()).objective


@pytest.mark.parametrize(
    ("rule", "name", "sentence"),
    [
        (Inclusion("A"), "inclusion of A", "A must be carried out"),
        (
            EarliestStart("B", "2027-03"),
            "earliest start of B",
            "B may not start before 2027-03-01",
        ),
        (LatestFinish("A", "2027-06"), "latest finish of A", "A must be finished by 2027-06-30"),
        (LatestFinish("A", 0), "latest finish of A", "A must be finished by 2026-12-31"),
        (
            Precedence(TIE),
            "A → B (SS)",
            "B may start at the earliest 2 months after A starts",
        ),
        (
            Precedence(Dependency("A", "B", lag=-1)),
            "A → B",
            "B may start at the earliest 1 month before A finishes",
        ),
        (
            Precedence(Dependency("A", "B", "FF")),
            "A → B (FF)",
            "B may finish only after A finishes",
        ),
        (
            Precedence(Dependency("A", "B", "SF")),
            "A → B (SF)",
            "B may finish only after A starts",
        ),
        (
            Prerequisite("B", "c", 2),
            "c at level 2 → B",
            "B may not start before c is at level 2",
        ),
        (Capacity("u"), "capacity of u", "u can do 1 at once"),
        (
            Capacity("t"),
            "capacity of t",
            "t can do 2 to 3 at once, depending on the period",
        ),
    ],
)
def test_rules_read_in_business_words(rule: Constraint, name: str, sentence: str) -> None:
    """Each rule has a name to lift it by and a sentence with dates."""
    assert (name, sentence) == (rule.name, rule.sentence(facts()))


def test_bases() -> None:
    """A dependency rests on what it says; other rules do not say."""
    assert ["law", "unstated"] == [Precedence(TIE).basis, Inclusion("A").basis]


@pytest.mark.parametrize(
    ("term", "name"),
    [(Urgency(), "urgency"), (DeliveryCost(), "delivery cost"), (Makespan(), "makespan")],
)
def test_terms_read_in_business_words(term: Objective, name: str) -> None:
    """Each term has a name and a sentence."""
    assert name == term.name
    assert len(term.sentence(facts()).split()) > 3


def test_with_adds() -> None:
    """Further rules hold beside the implied ones, and the first question stays as it was."""
    problem, extra = Problem(facts()), LatestFinish("B", 9)
    assert (*IMPLIED, extra) == problem.with_(extra).constraints
    assert problem.with_(extra) == problem.with_().with_(extra)
    assert IMPLIED == problem.constraints


def test_without_lifts() -> None:
    """Rules are lifted by name or by themselves, added ones too."""
    problem = Problem(facts())
    lifted = problem.without("A → B (SS)", Capacity("t"), "inclusion of A")
    assert IMPLIED[1:4] + IMPLIED[5:6] + IMPLIED[7:] == lifted.constraints
    extra = LatestFinish("B", 9)
    assert IMPLIED == problem.with_(extra).without(extra).constraints


def test_replace_changes_facts_or_aims() -> None:
    """Other facts imply other rules; another objective leaves the rules."""
    problem = Problem(facts()).without("A → B (SS)")
    aimed = problem.replace(objective=[Makespan()])
    assert (Makespan(),) == aimed.objective
    assert problem.constraints == aimed.constraints
    moved = problem.replace(portfolio=facts(teams=[]))
    assert IMPLIED[:4] + IMPLIED[5:6] == moved.constraints
    assert problem == problem.replace()


def test_as_problem() -> None:
    """A portfolio is taken as its standard problem; a problem as itself."""
    problem = Problem(facts())
    assert problem == as_problem(facts())
    assert problem is as_problem(problem)


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        (Inclusion("Z"), "Inclusion.initiative"),
        (EarliestStart("A", "2029-01"), "EarliestStart.start"),
        (EarliestStart("A", -1), "EarliestStart.start"),
        (LatestFinish("A", date(2030, 1, 1)), "LatestFinish.finish"),
        (Capacity("v"), "Capacity.team"),
        (Prerequisite("A", "d", 1), "Prerequisite.capability"),
        (Prerequisite("A", "c", 0), "Prerequisite.level"),
        (Precedence(Dependency("A", "Z")), "Precedence.dependency.successor"),
    ],
)
def test_rules_about_the_unknown_are_refused(rule: Constraint, path: str) -> None:
    """A rule that names what the portfolio does not hold cannot be asked."""
    with pytest.raises(ProblemError) as refused:
        Problem(facts()).with_(rule)
    assert [path] == [fault.path for fault in refused.value.faults]


def test_all_faults_of_a_question_at_once() -> None:
    """Added and lifted rules are checked together, with the nearest name."""
    with pytest.raises(ProblemError) as refused:
        Problem(facts(), added=[Inclusion("Z"), Capacity("v")], removed=["inclusion of B"])
    found = refused.value.faults
    assert ["Inclusion.initiative", "Capacity.team", "removed"] == [fault.path for fault in found]
    assert found[2].remedy.startswith("did you mean 'inclusion of ")


def test_lifting_refuses_when_the_facts_change() -> None:
    """A lifted rule must still exist after the facts are replaced."""
    problem = Problem(facts()).without("capacity of t")
    with pytest.raises(ProblemError, match="no rule is called 'capacity of t'"):
        problem.replace(portfolio=facts(teams=[Team("u", 1)]))


def test_fingerprints() -> None:
    """Equal questions have one fingerprint; any other rule, aim or fact has another."""
    problem = Problem(facts())
    others = [
        problem.with_(Inclusion("B")),
        problem.without("A → B (SS)"),
        problem.replace(objective=[Urgency()]),
        problem.replace(portfolio=facts(teams=[Team("t", 2)])),
    ]
    assert problem.fingerprint == Problem(facts()).fingerprint
    assert 5 == len({problem.fingerprint, *(other.fingerprint for other in others)})
    twice = [problem.without(*names) for names in (("A → B (SS)", "capacity of t"),) * 2]
    turned = problem.without("capacity of t", "A → B (SS)")
    assert twice[0].fingerprint == twice[1].fingerprint == turned.fingerprint
    assert 16 == len(problem.fingerprint)
