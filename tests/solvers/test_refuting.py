"""Destructive bounds: refuted up to the optimum, and never beyond it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

import attrs
import pytest
from ortools.sat.python import cp_model

from roadmap.network import Assignment, Network
from roadmap.problem import Problem
from roadmap.solvers.bounds import beside
from roadmap.solvers.bounds.beside import prover
from roadmap.solvers.bounds.proof import SCALE, Option, Proof
from roadmap.solvers.bounds.proofs import Proven
from roadmap.solvers.bounds.refuting import refutations
from roadmap.solvers.cpsat import warm_start
from roadmap.solvers.engine import Finding, Search
from roadmap.solvers.generation import Scheme
from roadmap.solvers.incumbent import Incumbent
from tests.solvers.cases import hard
from tests.solvers.networks import cheapest, item, keeps, mode, run_of
from tests.solvers.networks import network as by_hand
from tests.solvers.test_steps import WIDTHS, planned, program, proven

NOTHING = by_hand(item("a", mode(1)))


@pytest.mark.parametrize("seed", range(3))
def test_it_refutes_up_to_the_optimum(seed: int) -> None:
    """With any prices the last bound is what is best by hand; plans on the way are sound."""
    rng = random.Random(900 + seed)
    told = found = 0
    for network, _, least in planned(rng):
        steps = program(network, rng.choice(WIDTHS), network.horizon)
        anything = [rng.random() * least / 4 for _ in steps.program.rows]
        for proof in (proven(steps), steps.weigh(anything)):
            bounds, plans = _refuted(network, proof, 2 * least + 5)
            assert sorted({proof.bound, *bounds}) == [proof.bound, *bounds]
            assert least == [proof.bound, *bounds][-1]
            assert all(keeps(network, plan) for plan in plans)
            told, found = told + len(bounds), found + len(plans)
    assert told > 25
    assert found > 0


def _refuted(network: Network, proof: Proof, most: int) -> tuple[list[int], list[Assignment]]:
    """All bounds, and all plans that come of it; each counts from then on."""
    plans: list[Assignment] = []

    def cost() -> int:
        """Of the best by now."""
        return min([most, *map(network.cost, plans)])

    found = refutations(network, proof, cost, lambda: 60.0, plans.append)
    return [each.bound for each in found], plans


@pytest.mark.parametrize("seed", range(3))
def test_without_a_plan_only_cheaper_ones_are_kept(seed: int) -> None:
    """The narrowed network has the optimum while that costs less than is asked for."""
    rng = random.Random(950 + seed)
    for network, _, least in planned(rng):
        proof = proven(program(network, rng.choice(WIDTHS), network.horizon))
        answer = cheapest(proof.narrowed(network, None, least + 1))
        assert answer.assignment is not None
        assert least == network.cost(answer.assignment)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ((Option(2, 4, 0),), (2, 5, True)),
        ((Option(2, 4, 0), Option(None, None, 0)), (2, 5, False)),
        ((Option(2, 4, 0), Option(None, None, 9 * SCALE)), (2, 5, True)),
        ((Option(None, None, 0),), (0, 10, False)),
    ],
)
def test_what_all_cheaper_plans_have_is_mandatory(
    left: tuple[Option, ...], expected: tuple[int, int, bool]
) -> None:
    """Where there is no plan in hand that has it not; what is not to be done is left as it is."""
    made = by_hand(item("a", mode(1), optional=True))
    (narrowed,) = Proof(0, (left,)).narrowed(made, None, 9).activities
    assert expected == (narrowed.earliest, narrowed.latest, narrowed.mandatory)


def searching(
    monkeypatch: pytest.MonkeyPatch, finding: Callable[[], Finding], seconds: float
) -> list[float]:
    """Have each search take some seconds and find something; the limits that it is given."""
    clock, limits = [0.0], []

    def run(_: Search, parameters: Callable[[cp_model.CpSolver], None]) -> Finding:
        solver = cp_model.CpSolver()
        parameters(solver)
        limits.append(solver.parameters.max_time_in_seconds)
        clock[0] += seconds
        return finding()

    monkeypatch.setattr(Search, "run", run)
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    return limits


def from_a_million(most: int = 1_100_000, left: float = 60.0) -> Iterator[int]:
    """How far above a bound of a million it comes."""
    proof = Proof(1_000_000 * SCALE)
    for each in refutations(NOTHING, proof, lambda: most, lambda: left, lambda _: None):
        yield each.bound - 1_000_000


REFUTED = Finding(cp_model.INFEASIBLE, None, None, 0.0)
UNKNOWN = Finding(cp_model.UNKNOWN, None, None, 0.0)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(2.9, [1_000, 3_000, 7_000, 8_000]), (3.0, [1_000 * each for each in range(1, 9)])],
)
def test_what_is_easy_is_followed_by_twice_as_much(
    monkeypatch: pytest.MonkeyPatch, seconds: float, expected: list[int]
) -> None:
    """What is not, by as much; and never is more refuted than that a plan is cheaper than one."""
    limits = searching(monkeypatch, lambda: REFUTED, seconds)
    assert expected == list(from_a_million(1_008_000))
    assert [5.0, max(5.0, 4 * seconds)] == limits[:2]


def test_what_takes_too_long_at_first_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processors are better used otherwise."""
    limits = searching(monkeypatch, lambda: UNKNOWN, 5.0)
    assert [] == list(from_a_million())
    assert [5.0] == limits


def test_what_takes_too_long_later_is_halved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A half and a quarter of it; not an eighth. A bound below what was asked for counts."""
    findings = iter([REFUTED, UNKNOWN, attrs.evolve(UNKNOWN, bound=1_001_400), UNKNOWN])
    limits = searching(monkeypatch, lambda: next(findings), 5.0)
    assert [1_000, 1_400] == list(from_a_million())
    assert [5.0, 20.0, 20.0, 20.0] == limits


def test_no_time_and_nothing_to_gain_are_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a search have more time than is left."""
    limits = searching(monkeypatch, lambda: UNKNOWN, 5.0)
    assert [] == [*from_a_million(1_000_000), *from_a_million(left=0.0)]
    assert [] == limits
    assert [] == list(from_a_million(left=2.0))
    assert [2.0] == limits


@pytest.mark.parametrize(("asked", "expected"), [(True, "refuting"), (False, "limits")])
def test_the_prover_refutes_where_it_is_asked_to(asked: bool, expected: str) -> None:
    """Beside the search, after its linear programs; with what plans cost by then, up to that."""
    network = Problem(hard(8)).network
    best = Incumbent(network, run_of(reproducible=False))
    warm_start(Scheme(network), best)
    with prover(best, network.horizon, 60, asked) as bounds:
        assert bounds.child is not None
        assert 0 == bounds.child.process.wait(60)
        bounds.child.bury()  # what it said last may still be on its way
        bounds.exchange()
    assert expected == best.proven_by
    assert asked == best.closed


@pytest.mark.parametrize(("seconds", "expected"), [(29.0, True), (30.0, False)])
def test_no_cost_is_refuted_when_half_of_the_time_is_over(
    monkeypatch: pytest.MonkeyPatch, seconds: float, expected: bool
) -> None:
    """What looks for plans needs the processors more; before that the last cost told of holds."""
    clock = [0.0]

    def slowly(*_: object) -> Iterator[Proven]:
        clock[0] += seconds
        yield Proven("steps", Proof(SCALE, ((Option(0, 9, 0),),)))

    monkeypatch.setattr(beside, "proofs", slowly)
    monkeypatch.setattr(beside, "refutations", lambda *given: [Proof(given[2]() * SCALE)])
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    told: list[tuple[str, int]] = []
    task = {"network": NOTHING, "until": 9, "seconds": 60.0, "refuting": True}
    beside.prove(task, [9, 7], lambda news: told.append((news["source"], news["proof"].bound)))
    assert [("steps", 1), *[("refuting", 7)] * expected] == told
