"""Every bound against exhaustive search, as the campaign does it: none is wrong, none is slack."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import attrs
import pytest

from roadmap.network import Member, Slot
from roadmap.problem import Problem
from roadmap.solvers.bounds.heads import heads
from roadmap.solvers.bounds.precedence import Finished
from roadmap.solvers.bounds.proof import SCALE, Option, Proof
from roadmap.solvers.bounds.proofs import _finer, proofs
from roadmap.solvers.bounds.steps import Steps
from roadmap.solvers.bounds.together import Together
from roadmap.solvers.linear import Solution, SparseProgram
from tests.campaigns import together
from tests.campaigns.bounds import (
    HEADING,
    Figures,
    Truth,
    bound_check,
    drawn,
    examined,
    main,
    proof_checks,
    truth_of,
)
from tests.campaigns.together import limit_claims, order_claims
from tests.solvers.cases import hard
from tests.solvers.networks import event, item, lag, least_cost, mode, network

CASES = 600
CHUNK = 100
SEED = 20_270_101
KINDS = {
    "dual feasible functions",
    "energy",
    "heads",
    "heaviest sets",
    "limits",
    "limits, coarse",
    "limits, coarse and cut short",
    "limits, cut short",
    "limits, fine",
    "limits, uneven",
    "limits, up to a plan",
    "options",
    "order",
    "steps, any prices",
    "steps, coarse",
    "steps, coarse and cut short",
    "steps, cut short",
    "steps, fine",
    "steps, uneven",
    "steps, up to a plan",
    "surcharges",
    "windows",
}


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_every_bound_holds(first: int) -> None:
    """Of all that bounds claim of small portfolios, exhaustive search refutes nothing."""
    found = examined(SEED, range(first, first + CHUNK))
    assert [] == found.wrong[:5]
    assert KINDS == set(found.kinds)


def test_bounds_are_not_slack() -> None:
    """A bound that says nothing is never wrong, so each must be about as near as it has been."""
    tallies = examined(SEED, range(CHUNK)).kinds
    least = {
        "energy": 0.65,
        "heads": 0.9,
        "heaviest sets": 0.9,
        "limits": 0.85,
        "limits, fine": 0.75,
        "steps, fine": 0.75,
        "windows": 0.45,
    }
    found = {kind: tallies[kind].tightness or 0.0 for kind in least}
    assert [] == [kind for kind in least if found[kind] < least[kind]], found


@pytest.fixture
def truth() -> Truth:
    """One activity of two periods within four, which is the dearer, the later it starts."""
    made = network(item("a", mode(2)), horizon=4)
    return Truth(made, [((Slot(start, 0),), 10 * start) for start in range(3)])


def claims(truth: Truth, proof: Proof) -> list[str]:
    """What is wrong with a proof."""
    checks = proof_checks("by hand", truth, proof, random.Random(0))
    return [check.kind for check in checks if check.wrong]


def test_a_bound_above_the_optimum_is_seen(truth: Truth) -> None:
    """The optimum is 0; a bound of 0 holds, the least part above it does not."""
    assert "" == bound_check("by hand", truth, Proof(0)).wrong
    assert "a bound of 1 over an optimum of 0" == bound_check("by hand", truth, Proof(1)).wrong


def test_wrong_prices_of_places_are_seen(truth: Truth) -> None:
    """A start at 1 costs 10; said to cost a little more, it is ruled out where it is not."""
    fair = (Option(0, 0, 0), Option(1, 2, 10 * SCALE))
    dear = (Option(0, 0, 0), Option(1, 2, 10 * SCALE + 1))
    assert [] == claims(truth, Proof(0, (fair,)))
    assert ["options"] == claims(truth, Proof(0, (dear,)))


def test_windows_that_lose_a_better_plan_are_seen(truth: Truth) -> None:
    """Windows around the plan at 2 must hold that at 1, which is cheaper."""
    lost = (Option(0, 0, 0), Option(1, 1, 20 * SCALE), Option(2, 2, 0))
    away = attrs.evolve(truth, plans=truth.plans[1:])
    assert {"options", "surcharges", "windows"} == set(claims(away, Proof(0, (lost[1:],))))
    assert ["options"] == claims(truth, Proof(0, (lost,)))


def test_charging_twice_is_seen() -> None:
    """Being late costs 10, whether one is late or both; each option holds, together they do not."""
    made = network(item("a", mode(2)), item("b", mode(2)), horizon=4)
    starts = ((0, 0), (0, 1), (1, 0), (1, 1))
    plans = [((Slot(a, 0), Slot(b, 0)), 10 * max(a, b)) for a, b in starts]
    fair = (Option(0, 0, 0), Option(1, 2, 10 * SCALE))
    free = (Option(0, 2, 0),)
    assert [] == claims(Truth(made, plans), Proof(0, (fair, free)))
    assert ["surcharges"] == claims(Truth(made, plans), Proof(0, (fair, fair)))


def test_a_charge_for_an_event_is_seen() -> None:
    """It comes about when the work is done, which costs nothing."""
    made = network(item("a", mode(2)), horizon=4, events=[event(0)])
    truth = Truth(made, [((Slot(0, 0),), 0)])
    free, dear = (Option(0, 4, 0),), (Option(0, 1, 0), Option(2, 4, 30 * SCALE))
    assert [] == claims(truth, Proof(0, (free,), (free,)))
    assert ["surcharges"] == claims(truth, Proof(0, (free,), (dear,)))


def test_a_wrong_order_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two that may go on at once, neither is finished when the other starts."""
    free = network(item("a", mode(2)), item("b", mode(2)), horizon=4)
    plans = [(Slot(0, 0), Slot(1, 0))]
    assert {""} == {wrong for _, wrong, _ in order_claims(free, plans)}
    false = Finished((0b10, 0b01), (0b01, 0b10), ())
    monkeypatch.setattr(together, "finished", lambda _: false)
    assert 2 == sum(bool(wrong) for _, wrong, _ in order_claims(free, plans))


def test_a_limit_that_a_plan_breaks_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both go on at once; the heaviest set is both, and a limit of any less is wrong."""
    both = network(*(item(name, mode(2, (0, 1))) for name in "ab"), capacities=[2], horizon=4)
    plans = [(Slot(0, 0), Slot(1, 0))]

    def wrong() -> list[bool]:
        return [bool(told) for _, told, _ in limit_claims(both, plans, random.Random(0))]

    assert [False] == wrong()
    monkeypatch.setattr(Together, "heaviest", lambda *_: (1, ()))
    assert [True] == wrong()


def test_truth_by_hand(truth: Truth) -> None:
    """The optimum, the least cost by place, and how far a bound goes."""
    assert (0, 0) == (truth.best, truth.floor)
    assert [{Slot(0, 0): 0, Slot(1, 0): 10, Slot(2, 0): 20}] == truth.least
    away = attrs.evolve(truth, plans=truth.plans[1:])
    assert [0.0, 0.5, 1.0] == [away.tightness(bound) for bound in (-5, 5, 10)]
    assert truth.tightness(0) is None


WAITING = [0, 10, 20, 30, 40, 50, 60, 70, 80]
RARE = {
    "what must finish with another may finish a little after it": network(
        item("long", mode(2, (0, 1))),
        item("needed", mode(1)),
        capacities=[1],
        lags=[lag(0, 1, -1, "FF")],
        events=[event(1)],
        losses=[(0, WAITING)],
        horizon=4,
    ),
    "what finishes late may have started early, in its longer mode": network(
        item("late", mode(5)),
        item("choice", mode(1), mode(4)),
        item("needed", mode(1)),
        lags=[lag(0, 1, 0, "FF"), lag(1, 2, 0, "SS")],
        events=[event(2)],
        losses=[(0, WAITING)],
        horizon=6,
    ),
    "what takes effect after the end may be given up for what pays more": network(
        item("slow to take effect", mode(1, (0, 1))),
        item("dear", mode(3, (0, 1))),
        capacities=[1],
        events=[event(Member(0, None, 2)), event(1)],
        losses=[(0, [0, 0, 0, 1]), (1, WAITING)],
        horizon=4,
    ),
    "a team that grows within a wide cell has all its work there": network(
        *(item(name, mode(1, (0, 2)), latest=2) for name in "abcd"),
        capacities=[(3, 6, 6, 6)],
        events=[event(0, 1, 2, 3)],
        losses=[(0, WAITING)],
        horizon=4,
    ),
}


@pytest.mark.parametrize("told", RARE)
def test_rare_cases(told: str) -> None:
    """What chance hardly ever draws; the cheapest plan of all is found by looking at each."""
    best = least_cost(RARE[told])
    found = [proof.bound for _, proof in proofs(RARE[told], RARE[told].horizon, None)]
    for width in (2, 3):
        steps = Steps(RARE[told], heads(RARE[told]), range(width - 1, 4 + width, width))
        solution = steps.program.solve(10)
        assert solution is not None
        found.append(steps.weigh(solution.prices).bound)
    assert best is not None
    assert [] == [bound for bound in found if bound > best]


def test_infeasible_portfolios_are_counted_alone() -> None:
    """Where there is no plan, every bound holds of all of them, and nothing is checked."""
    case = next(case for case in range(100) if truth_of(drawn(SEED, case)) is None)
    found = examined(SEED, range(case, case + 1))
    assert Figures(cases=1, infeasible=1) == found


def test_campaign_says_its_figures(tmp_path: Path) -> None:
    """The command prints a line and a row a bound, writes its section, and exits with 0."""
    page, lines = tmp_path / "reliability.md", list[str]()
    page.write_text("# Reliability\n\n## Agreement\n\nIt agrees.\n", encoding="utf-8")
    for _ in range(2):  # the section is replaced, not added again
        assert 0 == main(["--cases", "6", "--page", str(page)], lines.append)
    told = page.read_text(encoding="utf-8")
    assert lines[0].startswith("6 cases (seed 1), ")
    assert told.startswith("# Reliability\n\n## Agreement\n\nIt agrees.\n\n")
    assert 1 == told.count(HEADING)
    assert "| steps, fine | " in told


def test_prices_alone_end_the_search_for_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a solver knows no solution, there is none to look for limits in; its prices count."""
    made = network(
        *(item(name, mode(2, (0, 1))) for name in "ab"),
        capacities=[1],
        events=[event(0), event(1)],
        losses=[(0, range(11)), (1, range(11))],
    )
    known = [(source, proof.bound) for source, proof in proofs(made, 10, None)]
    solve = SparseProgram.solve

    def prices_alone(program: SparseProgram, *told: Any) -> Solution | None:
        found = solve(program, *told)
        return None if found is None else Solution(found.prices, [])

    monkeypatch.setattr(SparseProgram, "solve", prices_alone)
    assert known == [(source, proof.bound) for source, proof in proofs(made, 10, None)]


def test_a_large_program_is_priced_closely_once_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Roughly before, which is soon done; and in the end about as much is proven as ever."""
    made = Problem(hard(9)).network
    solve = SparseProgram.solve
    asked: list[bool] = []

    def asking(
        program: SparseProgram, seconds: float, since: Solution | None = None, closely: bool = False
    ) -> Solution | None:
        asked.append(closely)
        return solve(program, seconds, since, closely)

    monkeypatch.setattr("roadmap.solvers.linear._MANY", 0)
    monkeypatch.setattr(SparseProgram, "solve", asking)
    found = [
        proof.weighed for source, proof in proofs(made, made.horizon, None) if source != "energy"
    ]
    assert len(asked) > 1
    assert [False] * (len(asked) - 1) + [True] == asked
    assert len(asked) == len(found)
    assert found[-1] >= 0.999 * max(found)


@pytest.mark.parametrize(("rows", "expected"), [(5, 6.0), (6, 2.0), (10, 2.0), (11, 6.0)])
def test_the_first_grid_that_is_priced_nearly_takes_no_longer(
    rows: int, expected: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is not given up for the time that the one before it took; others take three times."""
    monkeypatch.setattr("roadmap.solvers.linear._MANY", 10)
    program = SparseProgram()
    for _ in range(rows):
        program.row({program.variable(): 1}, 0)
    assert expected == _finer(program, 2.0)
