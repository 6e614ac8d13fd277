"""Pilots as facts, their gates, and work that is left out: judged by hand."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.constraints import LeftOut, PilotGate, SharedDecision
from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import Initiative, Mode, Pilot
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline


def trial(**changes: Any) -> Portfolio:
    """A year, a pilot of two months with its gate in June, and what hangs on it."""
    facts: dict[str, Any] = {"gate": "2027-06", "probability": 40, "follow_on": ["roll-out"]}
    return Portfolio(
        timeline=Timeline("2027-01", 12),
        initiatives=[
            Initiative("trial", duration=2, optional=True),
            Initiative("roll-out", duration=3, optional=True),
        ],
        pilots=[Pilot("trial", **(facts | changes))],
    )


def told(problem: Portfolio | Problem, **starts: int) -> list[tuple[str, int, str]]:
    """Each violation of a plan by starts; underscores stand for hyphens."""
    facts = problem.portfolio if isinstance(problem, Problem) else problem
    named = {name.replace("_", "-"): start for name, start in starts.items()}
    found = evaluate(problem, Schedule.of(facts, named)).violations
    return [(violation.rule, violation.amount, violation.message) for violation in found]


def test_follow_on_work_waits_for_the_gate() -> None:
    """The pilot is over by its gate, and what hangs on it starts then or later."""
    assert [] == told(trial(), trial=3, roll_out=5)
    assert [] == told(trial(), trial=0)
    assert [
        ("gate of trial", 1, "trial is finished 1 month after its gate"),
        ("gate of trial", 2, "roll-out starts 2 months before the gate of trial"),
    ] == told(trial(), trial=4, roll_out=3)


def test_nothing_follows_a_pilot_that_is_not_carried_out() -> None:
    """Follow-on work is not in the plan without its pilot."""
    assert [
        ("gate of trial", 1, "roll-out is in the plan without its pilot, trial"),
    ] == told(trial(), roll_out=7)


def test_the_rule_says_its_date() -> None:
    """The sentence names the pilot and the day of its gate; rules by hand may name no pilot."""
    said = "what hangs on trial may not start before its gate on 2027-06-01"
    assert said == PilotGate("trial").sentence(trial())
    stray = Problem(trial()).with_(PilotGate("roll-out"))
    assert [] == told(stray, trial=0, roll_out=5)
    assert "roll-out is no pilot" == PilotGate("roll-out").sentence(trial())
    assert solve(stray, time_limit=5).schedule is not None


def test_work_is_left_out() -> None:
    """What is left out is in no plan, whatever its mode."""
    modes = [Mode("slow", 3), Mode("fast", 1)]
    facts = trial().replace(
        initiatives=[Initiative("trial", duration=2), Initiative("roll-out", modes=modes)]
    )
    bound = Problem(facts).with_(LeftOut("roll-out"))
    assert "infeasible" == str(solve(bound, time_limit=5).status)
    free = bound.without("inclusion of roll-out")
    assert ["trial"] == list(solve(free, time_limit=5).require())
    assert "roll-out is not carried out" == LeftOut("roll-out").sentence(facts)
    placed = Schedule.of(facts, {"trial": 0, "roll-out": 6}, {"roll-out": "fast"})
    assert ["roll-out may not be in the plan"] == [
        violation.message for violation in evaluate(free, placed).violations
    ]


def test_shared_decisions_are_alike_until_they_may_part() -> None:
    """What one starts before the boundary, the other starts too; from then on each is free."""
    work = [Initiative(name, duration=1, optional=True) for name in ("here", "there")]
    facts = Portfolio(timeline=Timeline("2027-01", 6), initiatives=work)
    rule = SharedDecision("here", "there", 3)
    problem = Problem(facts).with_(rule)
    alike: tuple[dict[str, int], ...] = (
        {},
        {"here": 2, "there": 2},
        {"here": 3},
        {"here": 3, "there": 5},
    )
    assert [[]] * 4 == [told(problem, **starts) for starts in alike]
    message = "here and there differ before anybody knows more"
    broken = ({"here": 2}, {"here": 1, "there": 2}, {"here": 2, "there": 3})
    assert [[(rule.name, 1, message)]] * 3 == [told(problem, **starts) for starts in broken]
    assert "here and there are decided alike before 2027-04-01" == rule.sentence(facts)
    for_good = SharedDecision("here", "there", 7).sentence(facts)
    assert "here and there are decided alike" == for_good


def faults(*pilots: Pilot) -> list[tuple[str, str]]:
    """Path and problem of each fault of some pilots."""
    with pytest.raises(PortfolioError) as refused:
        trial().replace(pilots=pilots)
    return [(fault.path, fault.problem) for fault in refused.value.faults]


def test_contradictions_are_named() -> None:
    """A pilot is stated once, does not wait for itself, and something hangs on it."""
    assert [
        ("pilots[0].follow_on", "nothing hangs on its outcome"),
        ("pilots[1].initiative", "'trial' is already the pilot of pilots[0]"),
        ("pilots[1].follow_on", "'trial' cannot wait for its own outcome"),
    ] == faults(Pilot("trial", 5, 40, []), Pilot("trial", 5, 40, ["trial"]))
    assert [
        ("pilots[0].initiative", "unknown initiative 'trail'"),
        ("pilots[0].gate", "13 is outside the timeline"),
        ("pilots[0].probability", "101 is too large"),
        ("pilots[0].follow_on[0]", "unknown initiative 'rollout'"),
    ] == faults(Pilot("trail", 13, 101, ["rollout"]))


def test_pilots_that_wait_for_each_other_are_named() -> None:
    """Two pilots that hang on each other make a circle."""
    assert [
        (
            "dependencies",
            "each of these waits for the one before it, in a circle: roll-out → trial → roll-out",
        )
    ] == faults(Pilot("trial", 5, 40, ["roll-out"]), Pilot("roll-out", 5, 40, ["trial"]))
