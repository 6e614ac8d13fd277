"""What prices prove, told to CP-SAT: no plan is charged more than it costs, and none is lost."""

from __future__ import annotations

import random

import pytest
from ortools.sat.python import cp_model

from roadmap.network import Assignment, Network, Slot
from roadmap.result import Status
from roadmap.solvers.bounds.proof import SCALE, Option, Proof, Surcharge, surcharges
from roadmap.solvers.pricing import priced
from roadmap.solvers.tidying import tidy
from tests.campaigns.bounds import applies
from tests.solvers.networks import event, item, mode, run_of
from tests.solvers.networks import network as by_hand
from tests.solvers.test_steps import WIDTHS, planned, program, proven

EARLY_IS_DEAR = (Option(0, 1, 9), Option(2, 3, 4), Option(4, 5, 1), Option(None, None, 8))


@pytest.mark.parametrize(
    ("unit", "most", "least", "expected"),
    [
        (1, 99, 1, [(None, False, 7), (3, False, 3), (1, False, 5)]),
        (3, 99, 1, [(None, False, 2), (3, False, 1), (1, False, 1)]),
        (1, 6, 1, [(None, False, 6), (3, False, 3), (1, False, 3)]),
        (1, 99, 4, [(None, False, 7), (1, False, 8)]),
        (1, 99, 9, []),
    ],
)
def test_steps_aside_are_charged_one_after_another(
    unit: int, most: int, least: int, expected: list[tuple[int | None, bool, int]]
) -> None:
    """Each in whole units, none beyond the most in all, and small ones with the next."""
    assert [Surcharge(*each) for each in expected] == list(
        surcharges(EARLY_IS_DEAR, unit, most, least)
    )


def test_what_is_dear_before_and_after_is_charged_on_both_sides() -> None:
    """A cheaper place further out makes all before it as cheap as itself."""
    options = (Option(0, 0, 7), Option(1, 2, 2), Option(3, 3, 9), Option(4, 6, 5))
    expected = [Surcharge(3, True, 3), Surcharge(0, False, 5)]
    assert expected == list(surcharges(options, 1, 99))


def test_what_had_better_not_happen_pays_once_for_happening() -> None:
    """Not on both sides of where it is cheapest."""
    options = (Option(0, 0, 9), Option(1, 2, 5), Option(3, 3, 8), Option(None, None, 1))
    expected = [Surcharge(None, True, 4), Surcharge(3, True, 3), Surcharge(0, False, 4)]
    assert expected == list(surcharges(options, 1, 99))


@pytest.mark.parametrize("seed", range(3))
def test_no_start_is_charged_more_than_it_costs(seed: int) -> None:
    """Whatever the options, of several modes too."""
    rng = random.Random(600 + seed)
    for _ in range(300):
        options = [Option(None, None, rng.randint(0, 40))] if rng.random() < 0.5 else []
        for _ in range(rng.randint(1, 6)):
            since = rng.randint(0, 12)
            options.append(Option(since, since + rng.randint(0, 4), rng.randint(0, 40)))
        unit, cheapest = rng.randint(1, 5), min(option.cost for option in options)
        charged = list(surcharges(options, unit, rng.randint(1, 50), rng.randint(1, 9)))
        for option in options:
            starts: list[int | None] = [None]
            if option.since is not None and option.until is not None:
                starts = list(range(option.since, option.until + 1))
            for start in starts:
                added = sum(each.cost for each in charged if applies(each, start))
                assert unit * added <= option.cost - cheapest


@pytest.mark.parametrize("seed", range(3))
def test_the_priced_model_keeps_the_optimum(seed: int) -> None:
    """With any prices, of the program or by chance, CP-SAT proves what is best by hand."""
    rng = random.Random(700 + seed)
    told = 0
    for network, plan, least in planned(rng):
        steps = program(network, rng.choice(WIDTHS), network.horizon)
        anything = [rng.random() * least / 4 for _ in steps.program.rows]
        for proof in (proven(steps), steps.weigh(anything)):
            assert least == _least(network, proof, plan, network.cost(plan) + 1)
            told += 1
    assert told > 25


def _least(network: Network, proof: Proof, plan: Assignment, cost: int) -> int:
    """The least cost in the priced model."""
    encoding = priced(network, proof, plan, cost)
    solver = quiet()
    assert cp_model.OPTIMAL == solver.solve(encoding.model)
    return encoding.cost(round(solver.objective_value))


def quiet() -> cp_model.CpSolver:
    """One thread that leaves Ctrl-C to Python."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    return solver


@pytest.mark.parametrize(
    ("late", "expected"), [((0,), cp_model.OPTIMAL), ((0, 1), cp_model.INFEASIBLE)]
)
def test_what_is_dear_together_is_ruled_out(
    late: tuple[int, ...], expected: cp_model.CpSolverStatus
) -> None:
    """Each of two may be late for 60, by the windows; both not, by the row, though it be false."""
    made = by_hand(
        item("a", mode(2)),
        item("b", mode(2)),
        events=[event(0), event(1)],
        losses=[(0, [10 * t for t in range(11)]), (1, [10 * t for t in range(11)])],
    )
    options = (Option(0, 0, 0), Option(1, 8, 20 * SCALE))
    plan = (Slot(0, 0), Slot(0, 0))
    encoding = priced(made, Proof(40 * SCALE, (options, options)), plan, 61)
    assert [(0, 10), (0, 10)] == [(a.earliest, a.latest) for a in encoding.network.activities]
    for number in late:
        encoding.model.add(encoding.works[number].start >= 1)
    encoding.model.add(encoding.objective <= (60 - encoding.offset) // encoding.unit)
    assert expected == quiet().solve(encoding.model)


@pytest.mark.parametrize("seed", range(3))
def test_tidying_with_a_proof_chooses_the_same_plan(seed: int) -> None:
    """What is known of where such plans lie only makes it quicker."""
    rng = random.Random(800 + seed)
    tidied = 0
    for network, plan, least in planned(rng):
        if network.cost(plan) > least:
            continue
        proof = proven(program(network, rng.choice(WIDTHS), network.horizon))
        expected = tidy(network, plan, Status.OPTIMAL, run_of())
        assert expected == tidy(network, plan, Status.OPTIMAL, run_of(), proof)
        tidied += 1
    assert tidied > 0


def test_nothing_known_leaves_the_model_as_it_is() -> None:
    """Neither windows nor a row, nor with a bound alone more than the bound."""
    made = by_hand(item("a", mode(2), latest=10), events=[event(0)], losses=[(0, [1] * 11)])
    bare = priced(made, None, (None,), 9).model.proto.constraints
    bound = priced(made, Proof(SCALE), (None,), 9).model.proto.constraints
    assert len(bare) + 1 == len(bound)
