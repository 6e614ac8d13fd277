"""``solve``: from a question to a result that has passed the judge."""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import cast

import pytest

from roadmap.errors import SolverError, UnknownSolverError
from roadmap.facts import Initiative, Mode
from roadmap.network import Network, Slot
from roadmap.problem import Problem
from roadmap.result import Progress, Result, Status
from roadmap.schedule import Placement, Schedule
from roadmap.solvers import RULES, SOLVERS, Answer, registry, solve
from roadmap.solvers.contract import Effort
from tests.solvers.cases import five, hard

IN_TURN = (Slot(0, 0), Slot(4, 0), Slot(7, 0), Slot(9, 0), Slot(15, 0))
"""F A B C D, which loses 912."""


def answering(answer: Answer) -> Result:
    """What becomes of a solver's answer to the five-item case."""

    def canned(*_: object) -> Answer:
        return answer

    return solve(five(), solver=canned)


def test_the_case_every_build_must_get_right() -> None:
    """Optimum 912, by the plan F A B C D."""
    result = solve(five())
    assert (Status.OPTIMAL, 912, 912, 0.0) == (
        result.status,
        result.objective,
        result.bound,
        result.gap,
    )
    schedule = result.require()
    assert "FABCD" == "".join(sorted(schedule, key=lambda name: schedule[name].start))


def test_a_slip_of_the_foundation_costs_83() -> None:
    """The derived cost of delay of F, by two proven solves."""
    portfolio = five()
    late = [
        Initiative("F", duration=4, demand={"team": 1}, raises={"F": 1}, earliest_start=1),
        *(item for item in portfolio.initiatives if item.name != "F"),
    ]
    slipped = solve(
        portfolio.replace(initiatives=late, timeline=type(portfolio.timeline)("2027-01", 24))
    )
    in_time = solve(portfolio.replace(timeline=type(portfolio.timeline)("2027-01", 24)))
    assert (Status.OPTIMAL, Status.OPTIMAL) == (slipped.status, in_time.status)
    assert slipped.objective is not None
    assert in_time.objective is not None
    assert 83 == slipped.objective - in_time.objective


def test_a_portfolio_is_its_standard_problem() -> None:
    """Both give the same report."""
    asked, problem = five(), Problem(five())
    assert solve(asked, reproducible=True).to_json() == solve(problem, reproducible=True).to_json()


@pytest.mark.parametrize("solver", SOLVERS)
def test_an_empty_portfolio_has_an_empty_plan(solver: str) -> None:
    """It costs nothing."""
    result = solve(five().replace(initiatives=[], needs=[]), solver=solver)
    assert (0, 0) == (result.objective, len(result.require()))


@pytest.mark.parametrize("solver", SOLVERS)
def test_one_item_starts_at_once(solver: str) -> None:
    """Whoever places it."""
    one = [Initiative("only", duration=3, demand={"team": 1})]
    result = solve(five().replace(initiatives=one, needs=[]), solver=solver)
    assert {"only": Placement("only", 0, 3)} == dict(result.require())


def test_modes_have_their_names() -> None:
    """In the schedule, by the name that the facts give."""
    ways = [Mode("build", 5, {"team": 1}, cost=2), Mode("buy", 2, {"team": 1}, cost=1)]
    result = solve(five().replace(initiatives=[Initiative("it", modes=ways)], needs=[]))
    assert "buy" == result.require()["it"].mode


def test_one_s_own_solver_is_welcome() -> None:
    """A function from a network and a run to an answer, known by its name."""
    result = answering(Answer(Status.FEASIBLE, IN_TURN, 900, "by hand"))
    told = (result.solver, result.status, result.objective, result.bound, result.note)
    assert ("canned", Status.FEASIBLE, 912, 900, "by hand") == told


def test_a_plan_that_the_judge_refuses_is_never_returned() -> None:
    """Promise 1: it is an error of the solver, in business words."""
    overlapping = (Slot(0, 0), Slot(2, 0), *IN_TURN[2:])
    with pytest.raises(SolverError, match="canned answered with a plan that the judge refuses: "):
        answering(Answer(Status.FEASIBLE, overlapping))


@pytest.mark.parametrize("bound", [None, 911, 0])
def test_optimal_needs_its_bound(bound: int | None) -> None:
    """Promise 3: a claim without the proof is an error."""
    with pytest.raises(SolverError, match="says optimal of 912 with a bound of"):
        answering(Answer(Status.OPTIMAL, IN_TURN, bound))


def test_a_cost_that_the_judge_does_not_count_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Network and judge are two roads to one figure."""
    monkeypatch.setattr(Network, "cost", lambda network, plan: 900)
    with pytest.raises(SolverError, match="canned counts 900 where the judge counts 912"):
        answering(Answer(Status.FEASIBLE, IN_TURN))


def test_an_unknown_solver_is_named_with_the_nearest() -> None:
    """Also a ``LookupError``."""
    with pytest.raises(UnknownSolverError, match=r"'wsfj'.*did you mean 'wsjf'\?"):
        solve(five(), solver="wsfj")
    with pytest.raises(LookupError, match="known: "):
        solve(five(), solver="?")


@pytest.mark.parametrize("limit", [-1, float("nan"), float("-inf")])
def test_a_time_limit_below_zero_is_none(limit: float) -> None:
    """Refused before anything is begun."""
    with pytest.raises(SolverError, match=r"a time limit of .* is none"):
        solve(five(), time_limit=limit)


def test_an_unknown_effort_is_named_with_the_nearest() -> None:
    """Only types would keep it out else."""
    effort = cast("Effort", "proof")
    with pytest.raises(SolverError, match=r"no effort 'proof'.*did you mean 'prove'\?"):
        solve(five(), effort=effort)


@pytest.mark.parametrize("limit", [None, float("inf"), 1e9])
def test_without_a_limit_it_ends_when_proven(limit: float | None) -> None:
    """``None`` and what comes to the same."""
    assert Status.OPTIMAL is solve(five(), time_limit=limit).status


def test_no_time_gives_a_rules_plan() -> None:
    """A limit of 0 is allowed."""
    result = solve(hard(), time_limit=0)
    assert (Status.FEASIBLE, None) == (result.status, result.bound)


def test_the_result_is_never_worse_than_the_hint() -> None:
    """Promise 2, for a schedule of the user's and for an earlier result."""
    earlier = solve(hard(), time_limit=2, workers=2)
    assert earlier.objective is not None
    for hint in (earlier, earlier.require()):
        result = solve(hard(), time_limit=0, hint=hint)
        assert result.objective is not None
        assert result.objective <= earlier.objective


def test_a_hint_with_modes_and_work_left_out() -> None:
    """Is understood by names."""
    ways = [Mode("build", 5, {"team": 1}), Mode("buy", 2, {"team": 1}, cost=9)]
    work = [
        Initiative("it", modes=ways),
        Initiative("more", duration=1, cost=3, optional=True),
    ]
    portfolio = five().replace(initiatives=work, needs=[])
    hint = Schedule([Placement("it", 4, 6, "buy")])
    assert solve(portfolio, hint=hint).objective == 0
    assert [Progress] == [type(step) for step in solve(portfolio, hint=hint).trace[:1]]


def test_a_hint_without_a_plan_is_no_hint() -> None:
    """A result without a schedule says nothing."""
    nothing = answering(Answer(Status.UNKNOWN))
    assert Status.OPTIMAL is solve(five(), hint=nothing).status


def test_a_hint_that_breaks_a_rule_is_refused() -> None:
    """With the first of the rules that it breaks."""
    everything_at_once = Schedule(
        [Placement(item.name, 0, item.duration or 0) for item in five().initiatives]
    )
    with pytest.raises(SolverError, match=r"the hint breaks \d+ rules: "):
        solve(five(), hint=everything_at_once)


def test_an_infeasible_problem_is_a_result() -> None:
    """Without a schedule, a bound or a gap."""
    work = [Initiative(name, duration=10, demand={"team": 1}) for name in "ab"]
    result = solve(five().replace(initiatives=work, needs=[]))
    told = (result.status, result.schedule, result.evaluation, result.bound, result.gap)
    assert (Status.INFEASIBLE, None, None, None, None) == told


@pytest.mark.parametrize("solver", ["cpsat", "closure"])
def test_reproducible_runs_give_the_same_bytes(solver: str) -> None:
    """Promise 6, whether it is proven or not."""
    for portfolio in (five(), hard(20)):
        texts = {
            solve(portfolio, solver=solver, reproducible=True, time_limit=0.5, seed=3).to_json()
            for _ in range(2)
        }
        assert 1 == len(texts)


def test_the_trace_only_improves() -> None:
    """The objective never rises, the bound never falls, and time goes on."""
    heard: list[Progress] = []
    result = solve(hard(25), time_limit=2, workers=2, on_progress=heard.append)
    assert heard == list(result.trace)
    assert (result.objective, result.bound) == (heard[-1].objective, heard[-1].bound) or (
        result.objective is not None and result.objective <= (heard[-1].objective or 0)
    )
    for before, after in pairwise(result.trace):
        assert (after.objective or 0) <= (before.objective or 0)
        assert (after.bound or 0) >= (before.bound or 0)
        assert (after.elapsed or 0) >= (before.elapsed or 0)


def test_a_bound_never_exceeds_a_plan() -> None:
    """Over some portfolios that are proven and some that are not."""
    for count in (4, 8, 16, 32):
        result = solve(hard(count), time_limit=0.5)
        assert result.objective is not None
        assert result.bound is None or result.bound <= result.objective


def test_solvers_are_the_exact_one_and_the_rules() -> None:
    """Each is found by its name, the searches first."""
    assert ("auto", "cpsat", *RULES) == SOLVERS
    assert all(callable(registry.find_solver(name)) for name in SOLVERS)


def test_versions_are_told() -> None:
    """Of what an outcome depends on; and what is not installed is said to be so."""
    assert {"roadmap", "ortools"} == set(registry.versions())
    assert registry.versions()["ortools"].startswith("9.")
    assert "ortools" in sys.modules
