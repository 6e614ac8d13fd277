"""The exact solver doubts itself: what it cannot prove it does not say."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from ortools.sat.python import cp_model

from roadmap.errors import SolverCrashError, SolverError
from roadmap.facts import Capability, Initiative, Mode, System, Team, Unit
from roadmap.network import Network, Slot
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Status
from roadmap.solvers import cpsat, solve
from roadmap.solvers.engine import Finding, Search
from roadmap.timeline import Timeline
from tests.solvers.cases import five, hard
from tests.solvers.networks import cheapest, event, item, lag, mode, network, run_of

FIVE = Problem(five()).network


def answers(monkeypatch: pytest.MonkeyPatch, *findings: Finding | None) -> None:
    """Let searches find this, in turn; ``None`` and all further ones find the truth."""
    whole, told = Search.run, list(findings)

    def run(search: Search, apply: Any) -> Finding:
        finding = told.pop(0) if told else None
        return finding or whole(search, apply)

    monkeypatch.setattr(Search, "run", run)


def without_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no list rule help."""
    monkeypatch.setattr(cpsat, "PRIORITIES", {})


def crowded() -> Network:
    """Two items on a team that has time for one."""
    items = (item("a", mode(3, (0, 1))), item("b", mode(2, (0, 1))))
    return network(*items, capacities=[1], horizon=4)


def test_an_optimum_is_proven() -> None:
    """The five-item case loses 912, and not less."""
    answer = cheapest(FIVE)
    assert (Status.OPTIMAL, 912, "") == (answer.status, answer.bound, answer.note)


def test_infeasible_is_said_twice() -> None:
    """After a second run agrees."""
    answer = cheapest(crowded())
    assert (Status.INFEASIBLE, None, None) == (answer.status, answer.assignment, answer.bound)
    assert "a second run agrees" in answer.note


def test_a_plan_in_hand_refutes_infeasible(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong *infeasible* gives way to the list rules' plan, and is noted."""
    answers(monkeypatch, Finding(cp_model.INFEASIBLE, None, None, 0.0))
    answer = cheapest(FIVE)
    assert Status.FEASIBLE is answer.status
    assert answer.assignment is not None
    assert "CP-SAT called it infeasible, which the plan refutes" == answer.note


def test_a_second_opinion_refutes_infeasible(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that the second run finds is returned."""
    without_rules(monkeypatch)
    answers(monkeypatch, Finding(cp_model.INFEASIBLE, None, None, 0.0))
    answer = cheapest(FIVE)
    assert Status.FEASIBLE is answer.status
    assert answer.assignment is not None
    assert 912 == FIVE.cost(answer.assignment)
    assert "a second did not agree" in answer.note


def test_without_a_second_opinion_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the second run does not end in time, it is not called infeasible."""
    without_rules(monkeypatch)
    first = Finding(cp_model.INFEASIBLE, None, None, 0.0)
    answers(monkeypatch, first, Finding(cp_model.UNKNOWN, None, 0, 0.0))
    assert Status.UNKNOWN is cheapest(FIVE).status


def test_a_bound_above_a_plan_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proof that a known plan contradicts is never passed on."""
    answers(monkeypatch, Finding(cp_model.OPTIMAL, None, 2000, 0.0))
    with pytest.raises(SolverError, match=r"a bound of [\d,]+ stands against a plan"):
        cheapest(FIVE)


def test_optimal_without_the_bound_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """CP-SAT's word alone is not enough: the bound must equal the recomputed cost."""
    answers(monkeypatch, Finding(cp_model.OPTIMAL, None, 1, 0.0))
    assert Status.FEASIBLE is cheapest(FIVE).status


def test_a_breakdown_leaves_the_rules_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """The best plan so far is the answer, with a note."""

    def broken(*_: object) -> Finding:
        raise SolverCrashError("CP-SAT broke down: oh")

    monkeypatch.setattr(Search, "run", broken)
    answer = cheapest(FIVE)
    assert (Status.FEASIBLE, "CP-SAT broke down: oh") == (answer.status, answer.note)
    assert answer.assignment is not None


def test_a_breakdown_without_a_plan_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is in hand: the crash comes through."""
    without_rules(monkeypatch)

    def broken(*_: object) -> Finding:
        raise SolverCrashError("CP-SAT broke down: oh")

    monkeypatch.setattr(Search, "run", broken)
    with pytest.raises(SolverCrashError):
        cheapest(FIVE)


def test_a_breakdown_that_was_mended_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before what else there is to say."""
    answers(monkeypatch, Finding(cp_model.UNKNOWN, None, 1, 0.0, "CP-SAT broke down: oh"))
    assert "CP-SAT broke down: oh; the time limit was reached" == cheapest(FIVE).note


def test_symmetries_do_not_break_an_answer_down() -> None:
    """CP-SAT 9.15 throws ``raw_hash_map<>::at`` over these; the answer is there all the same."""
    facts = Portfolio(
        timeline=Timeline("2028-04-13", 6, unit="day"),
        capabilities=[Capability("cap")],
        initiatives=[
            Initiative(
                "raiser",
                raises={"cap": 3},
                modes=[
                    Mode("long", duration=2, demand={"one": 1}, cost=11),
                    Mode("short", duration=1, demand={"one": 1}),
                ],
                changes=["east", "west"],
            ),
            Initiative("user", duration=1, demand={"two": 2, "one": 1}, requires={"cap": 3}),
        ],
        teams=[
            Team("two", (2, 2, 2, 3, 2, 2), overtime=1, overtime_price=1),
            Team("one", 1, overtime={0: 1, 2: 0}, overtime_price=1),
        ],
        systems=[System("old", retired_by="raiser", dependants=["user"])],
        units=[Unit("east", 1), Unit("west", 1)],
    )
    result = solve(Problem(facts), solver="cpsat", workers=1, reproducible=True, time_limit=20)
    assert Status.INFEASIBLE is result.status


def test_no_time_still_gives_a_plan() -> None:
    """The best of the list rules."""
    answer = cpsat.solve(FIVE, run_of(time_limit=0, reproducible=False))
    assert Status.FEASIBLE is answer.status
    assert answer.assignment is not None
    assert 912 == FIVE.cost(answer.assignment)


def test_no_time_and_no_rule_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is made up."""
    without_rules(monkeypatch)
    answer = cpsat.solve(FIVE, run_of(time_limit=0, reproducible=False))
    assert (Status.UNKNOWN, None, None) == (answer.status, answer.assignment, answer.bound)


def test_hardly_any_time_is_enough_for_a_plan() -> None:
    """A limit that ends before the search does leaves a plan and a real bound or none."""
    result = solve(hard(), time_limit=0.001)
    assert Status.FEASIBLE is result.status
    assert result.bound is None or result.bound <= (result.objective or 0)


def test_a_stop_at_the_beginning_still_gives_a_plan() -> None:
    """The rules are asked until one has a plan."""
    stop = threading.Event()
    stop.set()
    answer = cpsat.solve(FIVE, run_of(stop=stop))
    assert Status.FEASIBLE is answer.status
    assert "stopped before the search began" == answer.note


def test_a_hint_is_never_worsened() -> None:
    """Even without time, the answer costs no more than the hint."""
    hint = (Slot(0, 0), Slot(4, 0), Slot(7, 0), Slot(9, 0), Slot(15, 0))
    answer = cpsat.solve(FIVE, run_of(hint=hint, time_limit=0, reproducible=False))
    assert answer.assignment is not None
    assert FIVE.cost(hint) >= FIVE.cost(answer.assignment)


def test_what_no_rule_places_the_search_does() -> None:
    """Work that must end when other work begins, on a team that both need."""
    net = network(
        item("a", mode(2, (0, 1))),
        item("b", mode(2, (0, 1))),
        item("c", mode(3, (0, 1)), earliest=1, latest=4),
        capacities=[1],
        lags=[lag(0, 1), lag(1, 0, -2, "SF")],
        events=[event(1)],
        losses=[(0, range(11))],
        horizon=8,
    )
    answer = cheapest(net)
    assert (Status.OPTIMAL, 8) == (answer.status, answer.bound)
