"""The library against the oracle: feasibility, optimum and judgement on thousands of cases."""

from __future__ import annotations

import random
from pathlib import Path
from runpy import run_path

import pytest
from hypothesis import given

from roadmap.facts import Dependency, Initiative, Mode, Team
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Status
from roadmap.solvers import RULES, SOLVERS, solve
from roadmap.timeline import Timeline
from tests import oracle
from tests.campaigns.agreement import (
    HEADING,
    Figures,
    best_by_hand,
    disagreements,
    drawn,
    examined,
    fixed,
    main,
    oracle_of,
    plan_of,
    reproduction,
    row,
    schedule_of,
    solved,
    write_troubles,
)
from tests.oracle import Optimum, Spot
from tests.strategies import LARGE, Size, Tally, questions, random_portfolio, random_problem

CASES = 2_000
CHUNK = 100
SEED = 20_270_101
SMALL = Size(initiatives=(1, 3), periods=(3, 4), duration=(0, 2))


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_library_agrees_with_the_oracle(first: int) -> None:
    """Exhaustive search, CP-SAT, every list rule and the judge say the same."""
    found = examined(SEED, range(first, first + CHUNK))
    told = [reproduction(drawn(seed, case), [text]) for seed, case, text in found.troubles[:3]]
    assert [] == told, "\n".join(told)


@pytest.mark.parametrize("seed", range(20))
def test_every_sound_plan_is_accepted(seed: int) -> None:
    """What the oracle calls sound, CP-SAT takes when nothing else is left, at the same cost."""
    rng = random.Random(seed)
    for _ in range(8):
        problem = random_problem(rng, size=SMALL)
        plans = list(oracle_of(problem).sound_plans())
        for plan in rng.sample(plans, min(4, len(plans))):
            pinned = fixed(problem, plan)
            result = solved(pinned)
            assert Status.OPTIMAL == result.status, reproduction(pinned, [str(plan)])
            assert oracle_of(problem).cost(plan) == result.objective
            assert {name: spot.start for name, spot in plan.items()} == {
                name: place.start for name, place in result.require().items()
            }


@given(questions(SMALL))
def test_drawn_by_hypothesis(problem: Problem) -> None:
    """The same agreement, where hypothesis chooses the cases and shrinks what fails."""
    assert [] == list(disagreements(problem, best_by_hand(problem)))


@pytest.mark.parametrize("seed", range(25))
def test_no_time_at_all_still_keeps_the_hint(seed: int) -> None:
    """With a time limit of nothing, the answer is sound and no worse than what was handed in."""
    rng = random.Random(seed)
    problem = random_problem(rng)
    plans = list(oracle_of(problem).sound_plans())
    for plan in rng.sample(plans, min(5, len(plans))):
        result = solve(problem, time_limit=0, hint=schedule_of(problem, plan))
        answer = plan_of(problem, result.require())
        assert oracle_of(problem).sound(answer)
        assert oracle_of(problem).cost(answer) <= oracle_of(problem).cost(plan)


@pytest.mark.parametrize("seed", range(12))
def test_large_plans_are_sound(seed: int) -> None:
    """At work's own size every plan is sound by the oracle, and none is below the bound."""
    problem = random_problem(random.Random(seed), size=LARGE)
    exact = solve(problem, time_limit=2, workers=1, reproducible=True)
    for result in (exact, *(solved(problem, rule) for rule in RULES)):
        if result.schedule is not None:
            verdict = oracle_of(problem).judge(plan_of(problem, result.schedule))
            assert (True, result.objective) == verdict
            assert exact.objective is not None
            assert exact.bound is not None
            assert exact.bound <= exact.objective <= verdict.cost


@pytest.mark.parametrize("seed", range(40))
def test_pruning_loses_nothing(seed: int) -> None:
    """The oracle's optimum is the same when it thinks and when it looks at everything."""
    tiny = Size(initiatives=(1, 2), periods=(2, 4), duration=(0, 2))
    question = oracle_of(random_problem(random.Random(seed), size=tiny))
    thoughtful, blind = question.optimum(), question.optimum(pruned=False)
    assert _unordered(blind) == _unordered(thoughtful)


def _unordered(best: Optimum | None) -> tuple[int, set[frozenset[tuple[str, Spot]]]] | None:
    return best and (best.cost, {frozenset(plan.items()) for plan in best.plans})


def test_oracle_by_hand() -> None:
    """Two items in turn on one team: the dearer mode is the shorter one, and pays or not."""
    portfolio = Portfolio(
        timeline=Timeline("2027-01", 4),
        teams=[Team("team", 1)],
        initiatives=[
            Initiative("A", duration=2, demand={"team": 1}),
            Initiative(
                "B",
                modes=[Mode("slow", 3, {"team": 1}, cost=5), Mode("fast", 2, {"team": 1}, cost=9)],
            ),
        ],
    )
    best = oracle.optimum(portfolio)
    assert best is not None
    assert 9 == best.cost
    assert [{"A": Spot(2), "B": Spot(0, 1)}, {"A": Spot(0), "B": Spot(2, 1)}] == sorted(
        best.plans, key=lambda plan: -plan["A"].start
    )
    without = oracle.optimum(portfolio, removed=["inclusion of A"])
    assert without is not None
    assert 5 == without.cost
    last = oracle.optimum(portfolio, removed=["capacity of team"], objective=["makespan"])
    assert last == Optimum(2, ({"A": Spot(0), "B": Spot(0, 1)},))
    assert (False, 5) == oracle.judge(portfolio, {"B": Spot(0, 0)})


@pytest.mark.parametrize("solver", SOLVERS)
def test_mutual_ties_hold_whoever_is_placed_first(solver: str) -> None:
    """Two items within a period of each other stay so where the later one is placed first."""
    portfolio = Portfolio(
        timeline=Timeline("2027-01", 8),
        initiatives=[Initiative("A", duration=1, earliest_start=4), Initiative("B", duration=1)],
        dependencies=[Dependency("A", "B", "SS", -1), Dependency("B", "A", "SS", -1)],
    )
    assert 3 == solved(Problem(portfolio), solver).require()["B"].start


@pytest.mark.parametrize("solver", SOLVERS)
def test_mutual_ties_want_both_in_the_plan(solver: str) -> None:
    """Where one of two tied items finds no place, no rule offers the other alone."""
    portfolio = Portfolio(
        timeline=Timeline("2027-01", 4),
        teams=[Team("team", 0)],
        initiatives=[
            Initiative("A", duration=1),
            Initiative("B", duration=1, demand={"team": 1}, optional=True),
        ],
        dependencies=[Dependency("A", "B", "SS", -1), Dependency("B", "A", "SS", -1)],
    )
    assert solved(Problem(portfolio), solver).schedule is None


def test_plans_and_schedules_translate() -> None:
    """A plan becomes a schedule and comes back the same."""
    for seed in range(50):
        problem = random_problem(random.Random(seed))
        for plan in list(oracle_of(problem).sound_plans())[:3]:
            assert plan == plan_of(problem, schedule_of(problem, plan))


def test_draws_are_mostly_sound() -> None:
    """Of the portfolios that are drawn, few are refused, and large ones are large."""
    tally = Tally()
    for seed in range(400):
        random_portfolio(random.Random(seed), tally=tally)
    large = [len(random_portfolio(random.Random(s), size=LARGE).initiatives) for s in range(20)]
    assert 400 + tally.refused == tally.draws
    assert tally.refused < 0.15 * tally.draws
    assert 10 <= min(large)
    assert max(large) <= 30


def test_draws_mix_everything() -> None:
    """Every link, profile, kind of capacity, way to combine and feature comes up."""
    told = "".join(repr(drawn(SEED, case)) for case in range(600))
    wanted = ["'FS'", "'SS'", "'FF'", "'SF'", "lag=-", "lag=1", "ramp=1", "duration=0", "Mode("]
    wanted += ["CostOfDelay(", "Deadline(", "Window(", "Fading(", "Table(", "LossSum("]
    wanted += ["'all'", "'any'", "optional=True", "level=1", "capacity={", "capacity=("]
    wanted += ["'day'", "'week'", "'month'", "'quarter'", "-W", "-Q", "earliest_start='"]
    wanted += ["EarliestStart(", "LatestFinish(", "Prerequisite(", "Precedence(", "Inclusion("]
    wanted += ["removed=('", "Makespan(", "latest_finish='", "requires={'"]
    assert [] == [word for word in wanted if word not in told]


def test_campaign_says_its_figures(tmp_path: Path) -> None:
    """The command prints a line, adds a row to its page and exits with 0 when all agree."""
    lines: list[str] = []
    figures = tmp_path / "reliability.md"
    figures.write_text(f"{HEADING}\n\n| run |\n|---|\n", encoding="utf-8")
    arguments = ["--cases", "6", "--processes", "1", "--page", str(figures)]
    code = main([*arguments, "--troubles", str(tmp_path / "troubles")], lines.append)
    assert 0 == code
    assert lines[0].startswith("6 cases (seed 1), ")
    assert lines[0] in figures.read_text(encoding="utf-8")
    assert not (tmp_path / "troubles").exists()


def test_campaign_stops_in_time(tmp_path: Path) -> None:
    """With no seconds left no case is looked at."""
    lines: list[str] = []
    main(["--seconds", "-1", "--processes", "1", "--troubles", str(tmp_path)], lines.append)
    assert lines[0].startswith("0 cases (seed 1), 0 of them infeasible, 0 in disagreement")


def test_disagreement_is_written_to_run_again(tmp_path: Path) -> None:
    """A case in disagreement becomes a file that makes the same question."""
    figures = Figures(cases=1, troubles=((1, 5, "they\ndiffer"), (1, 5, "again")))
    write_troubles(figures + Figures(), tmp_path)
    text = (tmp_path / "case_1_5.py").read_text(encoding="utf-8")
    space = run_path(str(tmp_path / "case_1_5.py"))
    assert text.startswith("# they\n# differ\n# again\n")
    assert drawn(1, 5) == space["problem"]
    assert isinstance(space["problem"], Problem)


def test_row_names_its_versions() -> None:
    """The row of figures says what was run, and with which versions."""
    told = row("12 cases", 2)
    assert "| 12 cases | 2 | Python 3." in told
    assert "ortools 9." in told
