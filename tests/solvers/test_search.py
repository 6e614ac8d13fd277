"""The parts of the ``auto`` search against exhaustive search: bounds, lists, windows, the whole."""

from __future__ import annotations

import math
import random
import threading
from time import monotonic

import attrs
import pytest
from ortools.sat.python import cp_model

from roadmap.evaluation import evaluate
from roadmap.network import Assignment, Network
from roadmap.problem import Problem
from roadmap.result import Status
from roadmap.schedule import Placement, Schedule
from roadmap.solvers import auto, solve
from roadmap.solvers.annealing import SLICE, Annealing
from roadmap.solvers.bounds import energy
from roadmap.solvers.bounds.energy import energy_bounds
from roadmap.solvers.bounds.heads import heads
from roadmap.solvers.bounds.proof import SCALE, Proof
from roadmap.solvers.contract import Effort
from roadmap.solvers.cooling import Cycles
from roadmap.solvers.decoding import Decoder
from roadmap.solvers.encoding import Encoding
from roadmap.solvers.engine import Search
from roadmap.solvers.generation import Scheme
from roadmap.solvers.improving import Improver
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.linear import LinearProgram
from roadmap.solvers.lists import PRIORITIES, list_plan
from roadmap.solvers.neighbourhoods import Neighbourhoods
from roadmap.solvers.tactics import is_outdated, tactics, until
from roadmap.solvers.windows import open_window
from tests.campaigns.agreement import best_by_hand
from tests.solvers.cases import hard
from tests.solvers.networks import event, item, mode, run_of
from tests.solvers.networks import network as by_hand
from tests.strategies import LARGE, random_problem

SEEDS = range(8)
CASES = 25


@attrs.frozen
class Case:
    """A random problem, what it costs at best, and the best plan of the list rules."""

    problem: Problem
    network: Network
    scheme: Scheme
    least: int | None
    plan: Assignment | None


def cases(seed: int) -> list[Case]:
    """Small random problems, and what exhaustive search says of them."""
    rng = random.Random(seed)
    return [case_of(random_problem(rng)) for _ in range(CASES)]


def case_of(problem: Problem) -> Case:
    """A problem with its answers."""
    network = problem.network
    best = best_by_hand(problem)
    return Case(problem, network, Scheme(network), best and best.cost, best_list_plan(network))


def best_list_plan(network: Network) -> Assignment | None:
    """The cheapest plan of the list rules."""
    scheme = Scheme(network)
    plans = [list_plan(scheme, rule(network))[0] for rule in PRIORITIES.values()]
    return min((plan for plan in plans if plan is not None), key=network.cost, default=None)


def judged(case: Case, plan: Assignment) -> int:
    """What the judge says a plan costs; it must be sound."""
    placements = [
        Placement(item.name, slot.start, slot.start + mode.duration, mode.name or None)
        for item, slot in zip(case.network.activities, plan, strict=True)
        if slot is not None
        for mode in [item.modes[slot.mode]]
    ]
    evaluation = evaluate(case.problem, Schedule(placements))
    assert [] == [str(violation) for violation in evaluation.violations]
    return evaluation.objective


@pytest.mark.parametrize("seed", SEEDS)
def test_the_energy_bound_never_passes_the_optimum(seed: int) -> None:
    """No bound of mean busy times is above what exhaustive search finds."""
    for case in cases(seed):
        bounds = list(energy_bounds(case.scheme, math.inf))
        if case.least is not None:
            assert [] == [bound for bound in bounds if bound > case.least]
            assert sorted(set(bounds)) == bounds


@pytest.mark.parametrize(
    ("blind", "seconds", "once"), [(0, math.inf, True), (0, 60.0, False), (50_000, math.inf, False)]
)
def test_without_a_clock_size_limits_the_rounds(
    blind: int, seconds: float, once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the program of energies; it is solved once at least, and a clock has no such limit."""
    solve_one, rounds = LinearProgram.solve, []

    def counted(program: LinearProgram, left: float) -> bool:
        rounds.append(left)
        return solve_one(program, left)

    monkeypatch.setattr(energy, "_BLIND", blind)
    monkeypatch.setattr(LinearProgram, "solve", counted)
    assert list(energy_bounds(Scheme(Problem(hard(30)).network), seconds))
    assert once == (1 == len(rounds))


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_comes_before_its_head(seed: int) -> None:
    """In the plans of all list rules, activities and events come no sooner than their heads."""
    for case in cases(200 + seed):
        network, soonest = case.network, heads(case.network)
        for rule in PRIORITIES.values():
            plan, _ = list_plan(case.scheme, rule(network))
            if plan is None:
                continue
            for activity, slot in enumerate(plan):
                if slot is not None:
                    assert soonest.start[activity] <= slot.start
                    duration = network.activities[activity].modes[slot.mode].duration
                    assert soonest.finish[activity] <= slot.start + duration
            for head, time in zip(soonest.event, network.event_times(plan), strict=True):
                assert time is None or head <= time


def test_an_event_waits_for_the_energy_of_what_it_stands_on() -> None:
    """Two pieces of work of a whole team, each free to start, are both done after their sum."""
    made = by_hand(
        item("a", mode(3, (0, 2))),
        item("b", mode(2, (0, 2))),
        capacities=[(2, 2, 0, 2, 2, 2, 2, 2, 2, 2)],
        events=[event(0, 1), event(0, 1, count=1)],
        losses=[(0, range(11)), (1, range(11))],
    )
    assert (6, 2) == heads(made).event


@pytest.mark.parametrize("seed", SEEDS)
def test_annealing_only_finds_sound_plans(seed: int) -> None:
    """The best plan of annealing is sound, costs what it says, and never more than before."""
    for number, case in enumerate(cases(100 + seed)):
        if case.plan is None or len([slot for slot in case.plan if slot]) < 2:
            continue
        search = Annealing(case.scheme, random.Random(number))
        assert search.restart(case.plan)
        costs = [search.best]
        for _ in range(20):
            search.run(10, 0.1)
            assert search.best == judged(case, search.plan)
            costs.append(search.best)
        assert sorted(costs, reverse=True) == costs


def test_a_list_of_one_is_not_annealed() -> None:
    """There is nothing to change in it."""
    made = by_hand(item("a", mode(3)), losses=[])
    plan, _ = list_plan(Scheme(made), [0.0])
    assert plan is not None
    assert not Annealing(Scheme(made), random.Random(1)).restart(plan)


@pytest.mark.parametrize("seed", range(3))
def test_a_changed_list_is_decoded_like_a_fresh_one(seed: int) -> None:
    """From a checkpoint or from the beginning: the same times and the same cost."""
    rng = random.Random(seed)
    plan = None
    while plan is None:
        network = random_problem(rng, size=LARGE).network
        plan = best_list_plan(network)
    search = Annealing(Scheme(network), rng)
    assert search.restart(plan)
    for _ in range(100):
        search.run(3, 0.1)
        fresh = Decoder(search.scheme, search.decoder.plan)
        assert search.cost == fresh.decode(search.order)
        assert search.decoder.assignment() == fresh.assignment()


def test_a_list_that_becomes_too_dear_is_given_up() -> None:
    """Once the last that differs is placed, the change so far counts."""
    made = by_hand(
        *(item(name, mode(long, (0, 1))) for name, long in {"a": 2, "b": 1, "c": 1}.items()),
        capacities=[1],
        events=[event(0), event(1), event(2)],
        losses=[(number, range(0, 11 * rate, rate)) for number, rate in enumerate((3, 5, 1))],
    )
    plan, _ = list_plan(Scheme(made), [0.0, 1.0, 2.0])
    assert plan is not None
    decoder = Decoder(Scheme(made), plan)
    assert 3 * 2 + 5 * 3 + 1 * 4 == decoder.decode([0, 1, 2])
    decoder.keep()
    found = []
    for most in (3.9, 4.0):
        found.append(decoder.decode([0, 2, 1], 1, 2, most))
        decoder.undo()
    assert [None, 3 * 2 + 1 * 3 + 5 * 4] == found


@pytest.mark.parametrize("seed", SEEDS)
def test_a_window_fits_back_into_its_plan(seed: int) -> None:
    """A window's best answer makes a sound plan, dearer or cheaper by what the window says."""
    rng = random.Random(seed)
    for case in cases(200 + seed):
        if case.plan is None:
            continue
        kinds = Neighbourhoods(case.network, rng).kinds
        free = kinds[rng.choice(sorted(kinds))](case.plan, 2)
        window = open_window(case.network, case.plan, free)
        answer = best_answer(window.network)
        whole = window.fitted(answer)
        saved = window.network.cost(window.seen) - window.network.cost(answer)
        assert saved >= 0
        assert case.network.cost(case.plan) - saved == judged(case, whole)
        assert [a for a in range(len(whole)) if whole[a] != case.plan[a] and a not in free] == []


def best_answer(network: Network) -> Assignment:
    """The cheapest plan of a small network."""
    encoding = Encoding(network)

    def alone(solver: cp_model.CpSolver) -> None:
        solver.parameters.num_workers = 1

    search = Search(
        encoding.model, encoding.watched, threading.Event(), lambda _: None, lambda _: None
    )
    finding = search.run(alone)
    assert finding.values is not None
    return encoding.assignment(finding.values)


@pytest.mark.parametrize("seed", SEEDS)
def test_auto_finds_the_optimum_of_small_problems(seed: int) -> None:
    """Side by side, the parts prove what exhaustive search finds, or that there is nothing."""
    for case in cases(300 + seed)[:6]:
        result = solve(case.problem, solver="auto", time_limit=5, workers=2, seed=seed)
        assert (Status.INFEASIBLE if case.least is None else Status.OPTIMAL) == result.status
        assert case.least == result.objective


def test_auto_is_reproducible() -> None:
    """Two reproducible runs give the same bytes."""
    problem = random_problem(random.Random(5), size=LARGE)
    texts = {
        solve(problem, solver="auto", time_limit=1, reproducible=True).to_json() for _ in range(2)
    }
    assert 1 == len(texts)


@pytest.mark.parametrize(("activities_a_second", "steps"), [(1_000_000, 500), (90_000, 300)])
def test_a_reproducible_run_anneals_less_where_there_is_more(
    activities_a_second: int, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 30 activities as many steps as are usual, or as many as these come to."""
    done = []
    monkeypatch.setattr(auto, "_ACTIVITIES_A_SECOND", activities_a_second)
    monkeypatch.setattr(Annealing, "run", lambda _, some, heat: done.append(some))
    solve(hard(30), solver="auto", time_limit=1, reproducible=True)
    assert -(-steps // SLICE) * SLICE == sum(done)


@pytest.mark.parametrize(
    ("count", "effort", "expected"),
    [(40, "plan", True), (60, "plan", False), (60, "prove", True)],
)
def test_effort_says_whether_annealing_comes_first(
    count: int, effort: Effort, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks for proof, or for something small, has the whole looked through soon."""
    improved: list[bool] = []
    monkeypatch.setattr(auto, "_improve", lambda *told: improved.append(told[2]))
    solve(hard(count), solver="auto", time_limit=0.5, workers=2, effort=effort)
    assert [expected] == improved


def test_what_the_first_look_proves_needs_no_second_improver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Small work is proven before a second process would be begun."""
    monkeypatch.delattr(auto, "helper")
    result = solve(hard(9), solver="auto", time_limit=60, workers=2)
    assert Status.OPTIMAL is result.status


@pytest.mark.parametrize(
    ("count", "spent", "wide", "small"),
    [
        (60, 0.0, 0.09, 0.07),
        (60, 10.0, 0.23, 0.20),
        (90, 0.0, 0.04, 0.02),
        (90, 10.0, 0.10, 0.08),
        (210, 0.0, 0.002, 0.0),
        (210, 10.0, 0.02, 0.01),
    ],
)
def test_windows_end_when_the_plan_is_nearly_proven(
    count: int, spent: float, wide: float, small: float
) -> None:
    """The fewer there are, and the more of 20 s is spent, the wider a gap is small enough."""
    run = run_of(time_limit=20.0, began=monotonic() - spent, reproducible=False)
    network = Problem(hard(count)).network
    best, how = Incumbent(network, run, cost=1000), tactics(network, run)
    found = [how.is_near(best)]
    for gap in (wide, small):
        best.proven(round(1000 * (1 - gap)), "test")
        found.append(how.is_near(best))
    assert [False, False, True] == found


@pytest.mark.parametrize(
    ("spent", "limit", "expected"),
    [(19.0, 20.0, False), (21.0, 20.0, True), (50.0, None, False), (70.0, None, True)],
)
def test_the_whole_is_looked_through_at_last(
    spent: float, limit: float | None, expected: bool
) -> None:
    """Whatever the gap: after a minute, where the time is not limited."""
    run = run_of(time_limit=limit, began=monotonic() - spent, reproducible=False)
    assert expected == (monotonic() >= until(run))


@pytest.mark.parametrize(
    ("prover", "spent", "expected"),
    [("cpsat", 4.0, False), ("cpsat", 6.0, True), ("steps", 19.0, False)],
)
def test_the_whole_is_looked_through_where_nothing_else_proves_as_much(
    prover: str, spent: float, expected: bool
) -> None:
    """From a quarter of the time on, however large the gap."""
    network = Problem(hard(60)).network
    plan = best_list_plan(network)
    assert plan is not None
    run = run_of(time_limit=20.0, began=monotonic() - spent, reproducible=False)
    best = Incumbent(network, run)
    best.offer(plan, "list")
    best.proven(1, "energy")
    best.proven(2, prover)
    assert expected == tactics(network, run).is_near(best)


def test_a_search_begins_anew_for_a_proof_that_closes_much() -> None:
    """A fifth of the gap, or the first proof at all."""
    network = Problem(hard(9)).network
    plan = best_list_plan(network)
    assert plan is not None
    best = Incumbent(network, run_of(reproducible=False))
    best.offer(plan, "list")
    assert best.cost is not None
    known, slightly, much = (Proof((best.cost - gap) * SCALE) for gap in (100, 81, 80))
    assert [False, False, True] == [
        is_outdated(None, None, best),
        is_outdated(known, known, best),
        is_outdated(None, known, best),
    ]
    assert [False, True] == [is_outdated(known, proof, best) for proof in (slightly, much)]


@pytest.mark.parametrize("left", [None, 7.0])
def test_an_improver_tells_its_cycles_what_is_left(
    left: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the last of them can end with its time."""
    network = Problem(hard(9)).network
    best = Incumbent(network, run_of(reproducible=False))
    plan = best_list_plan(network)
    assert plan is not None
    best.offer(plan, "list")
    told: list[float | None] = []
    paces: list[float] = []

    def brief(_: Cycles, seconds: float | None, pace: float) -> float:
        told.append(seconds)
        paces.append(pace)
        return 0.01

    monkeypatch.setattr(Cycles, "next", brief)
    deadline = None if left is None else monotonic() + left
    improver = Improver(Scheme(network), best, random.Random(1), True, deadline)
    while len(told) < 2:
        improver.turn(lambda: False)
    assert [left, left] == pytest.approx(told, abs=6.0)
    assert 0.0 == paces[0] < paces[1]


@pytest.mark.parametrize("anneals", [False, True])
def test_an_improver_only_takes_better_plans_that_are_sound(anneals: bool) -> None:
    """Turn by turn, in every way, the plan costs less or stays as it is."""
    for seed in SEEDS:
        problem = random_problem(random.Random(seed), size=LARGE)
        network = problem.network
        case = Case(problem, network, Scheme(network), None, best_list_plan(network))
        if case.plan is None:
            continue
        found: list[Assignment] = []
        best = Incumbent(network, run_of(reproducible=False, on_plan=found.append))
        best.offer(case.plan, "list")
        improver = Improver(case.scheme, best, random.Random(seed), anneals, None)
        for _ in improver.turns.least:
            improver.turn(lambda: False)
        costs = [judged(case, plan) for plan in found]
        assert sorted(set(costs), reverse=True) == costs
        assert costs[-1] == best.cost
