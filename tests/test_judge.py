"""The judge against the oracle's judge, and by hand where plans stand on a boundary."""

from __future__ import annotations

import random

import attrs
import pytest

from roadmap.constraints import EarliestStart, LatestFinish
from roadmap.errors import ScheduleError
from roadmap.evaluation import Evaluation, evaluate
from roadmap.facts import Capability, Dependency, Initiative, Mode, Need, Team
from roadmap.losses import CostOfDelay, Table
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem, as_problem
from roadmap.schedule import Placement, Schedule
from roadmap.timeline import Timeline
from tests.campaigns.agreement import drawn, oracle_of, schedule_of
from tests.oracle import Plan as OraclePlan
from tests.oracle import Spot
from tests.strategies import random_problem

CHUNKS = 20
SEED = 20_270_202


def random_plan(rng: random.Random, problem: Problem) -> dict[str, Spot]:
    """Starts and modes by chance, now and then outside the timeline."""
    periods = problem.portfolio.timeline.periods
    return {
        item.name: Spot(rng.randint(-1, periods + 1), rng.randrange(len(item.ways)))
        for item in problem.portfolio.initiatives
        if rng.random() < 0.85
    }


def moved(rng: random.Random, plan: OraclePlan) -> dict[str, Spot]:
    """The same plan with one initiative a period sooner or later."""
    name = rng.choice(sorted(plan)) if plan else None
    return {
        other: spot._replace(start=spot.start + rng.choice((-1, 1))) if other == name else spot
        for other, spot in plan.items()
    }


def plans_to_judge(rng: random.Random, problem: Problem) -> list[dict[str, Spot]]:
    """Sound plans, sound plans with one move, and plans by chance."""
    sound = list(oracle_of(problem).sound_plans())
    some = rng.sample(sound, min(len(sound), 4))
    by_chance = [random_plan(rng, problem) for _ in range(6)]
    return [*some, *(moved(rng, plan) for plan in some), *by_chance]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_judge_agrees_with_the_oracle(chunk: int) -> None:
    """Feasibility, terms, losses by need, attainment and loads are the same, plan by plan."""
    rng = random.Random(f"{SEED}:{chunk}")
    for case in range(chunk * 25, (chunk + 1) * 25):
        problem = drawn(SEED, case)
        for plan in plans_to_judge(rng, problem):
            found = evaluate(problem, schedule_of(problem, plan))
            assert _by_oracle(problem, plan) == _by_judge(problem, found), (problem, plan)


def _by_oracle(problem: Problem, plan: OraclePlan) -> tuple[object, ...]:
    question, facts = oracle_of(problem), problem.portfolio
    return (
        question.sound(plan),
        question.cost(plan),
        {term.name: question.term(term.name, plan) for term in problem.objective},
        question.losses(plan) if _urgent(problem) else [],
        [question.attained(need.capability, need.level, plan) for need in facts.needs],
        [question.load(team.name, plan) for team in facts.teams],
    )


def _by_judge(problem: Problem, found: Evaluation) -> tuple[object, ...]:
    facts = problem.portfolio
    losses = found.amounts.get("urgency", {})
    return (
        found.feasible,
        found.objective,
        dict(found.terms),
        [losses[need.label] for need in facts.needs] if _urgent(problem) else [],
        [found.attainment[need.label] for need in facts.needs],
        [list(found.loads[team.name]) for team in facts.teams],
    )


def _urgent(problem: Problem) -> bool:
    return any(term.name == "urgency" for term in problem.objective)


def portfolio_of(*initiatives: Initiative, dependencies: tuple[Dependency, ...] = ()) -> Portfolio:
    """A year, one team of one, one capability and one need of it."""
    raised = any(item.raises for item in initiatives)
    return Portfolio(
        timeline=Timeline("2027-01", 12),
        teams=[Team("team", [1] * 6 + [0] * 2 + [2] * 4)],
        capabilities=[Capability("c", combine={})],
        needs=[Need("c", 1, CostOfDelay(10))] if raised else [],
        initiatives=initiatives,
        dependencies=dependencies,
    )


def told(portfolio: Portfolio | Problem, **starts: int) -> list[tuple[str, int]]:
    """The rules that starts break, each with its amount."""
    facts = as_problem(portfolio).portfolio
    found = evaluate(portfolio, Schedule.of(facts, starts))
    return [(violation.rule, violation.amount) for violation in found.violations]


@pytest.mark.parametrize(
    ("start", "broken"),
    [
        (0, []),
        (4, []),
        (5, [("capacity of team", 1)]),
        (6, [("capacity of team", 1)] * 2),
        (7, [("capacity of team", 1)]),
        (8, []),
        (10, []),
        (11, [("timeline", 1)]),
        (-1, [("timeline", 1)]),
    ],
)
def test_work_touches_the_ends_of_a_closed_time(start: int, broken: list[tuple[str, int]]) -> None:
    """Half-open intervals: work may end where a dip begins and begin where it ends."""
    assert broken == told(portfolio_of(Initiative("A", duration=2, demand={"team": 1})), A=start)


@pytest.mark.parametrize(("start", "broken"), [(0, 0), (2, 0), (3, 1), (4, 2), (5, 1)])
def test_two_share_a_team_in_turn(start: int, broken: int) -> None:
    """One may end in the instant in which the other begins; each period of overlap is told."""
    work = [Initiative(name, duration=2, demand={"team": 1}) for name in "AB"]
    assert broken == len(told(portfolio_of(*work).replace(teams=[Team("team", 1)]), A=start, B=4))


@pytest.mark.parametrize("at", range(13))
def test_milestone_stands_anywhere(at: int) -> None:
    """A milestone may stand inside work, in a dip and at both ends of the timeline."""
    milestone = Initiative("M", duration=0, raises={"c": 1})
    portfolio = portfolio_of(milestone, Initiative("A", duration=4, demand={"team": 1}))
    found = evaluate(portfolio, Schedule.of(portfolio, {"M": at, "A": 1}))
    assert () == found.violations
    assert {"c at level 1": at} == dict(found.attainment)
    assert 10 * at == found.objective


@pytest.mark.parametrize(("ramp", "attained"), [(0, 10), (2, 12), (3, None)])
def test_ramp_ends_with_the_timeline(ramp: int, attained: int | None) -> None:
    """An effect at the end of the timeline counts; one after it never comes."""
    portfolio = portfolio_of(Initiative("A", duration=2, raises={"c": 1}, ramp=ramp))
    found = evaluate(portfolio, Schedule.of(portfolio, {"A": 8}))
    assert attained == found.attainment["c at level 1"]
    assert (120 if attained is None else 10 * attained) == found.objective


@pytest.mark.parametrize("link", ["FS", "SS", "FF", "SF"])
@pytest.mark.parametrize("lag", [-2, 0, 1])
def test_links_hold_to_the_period(link: str, lag: int) -> None:
    """At the bound the tie is kept; a period sooner it is broken by one."""
    work = [Initiative("A", duration=2), Initiative("B", duration=3)]
    portfolio = portfolio_of(*work, dependencies=(Dependency("A", "B", link, lag),))
    bound = 6 + (2 if link[0] == "F" else 0) + lag - (3 if link[1] == "F" else 0)
    name = "A → B" if link == "FS" else f"A → B ({link})"
    assert [] == told(portfolio, A=6, B=bound)
    assert [(name, 1)] == told(portfolio, A=6, B=bound - 1)


def test_successor_needs_its_predecessor() -> None:
    """An absent predecessor breaks the tie; an absent successor does not."""
    work = [Initiative(name, duration=1, optional=True) for name in "AB"]
    portfolio = portfolio_of(*work, dependencies=(Dependency("A", "B"),))
    assert [("A → B", 1)] == told(portfolio, B=3)
    assert [] == told(portfolio, A=3)
    assert [] == told(portfolio)


def test_prerequisite_holds_from_the_instant_on() -> None:
    """Work may start in the instant in which the level is attained, and not before."""
    portfolio = portfolio_of(
        Initiative("A", duration=2, raises={"c": 2}, ramp=1),
        Initiative("B", duration=1, requires={"c": 1}),
    )
    assert [] == told(portfolio, A=0, B=3)
    assert [("c at level 1 → B", 2)] == told(portfolio, A=0, B=1)
    assert [("inclusion of A", 1), ("c at level 1 → B", 1)] == told(portfolio, B=1)


@pytest.mark.parametrize(
    ("combine", "starts", "attained"),
    [
        ("all", {"A": 0, "B": 4, "C": 2}, 5),
        ("any", {"A": 3, "B": 4, "C": 2}, 3),
        (2, {"A": 3, "B": 6, "C": 2}, 4),
        (2, {"B": 6}, None),
        ("any", {"B": 6}, 7),
    ],
)
def test_levels_combine(combine: str | int, starts: dict[str, int], attained: int | None) -> None:
    """All, any or so many of a level's raisers attain it."""
    portfolio = Portfolio(
        timeline=Timeline("2027-01", 12),
        capabilities=[Capability("c", combine={1: combine})],
        needs=[Need("c", 1, CostOfDelay(1), name="need")],
        initiatives=[
            Initiative(name, duration=1, raises={"c": 1}, optional=True) for name in "ABC"
        ],
    )
    found = evaluate(portfolio, Schedule.of(portfolio, starts))
    assert attained == found.attainment["need"]
    assert (12 if attained is None else attained) == found.objective


def test_higher_level_holds_lower_ones() -> None:
    """Level 3 attained first attains levels 1 and 2; a level already met costs nothing."""
    portfolio = Portfolio(
        timeline=Timeline("2027-01", 10),
        capabilities=[Capability("c", level=1)],
        needs=[Need("c", level, CostOfDelay(1), name=str(level)) for level in (1, 2, 3)],
        initiatives=[
            Initiative("A", duration=6, raises={"c": 2}),
            Initiative("B", duration=4, raises={"c": 3}),
        ],
    )
    found = evaluate(portfolio, Schedule.of(portfolio, {"A": 0, "B": 0}))
    assert {"1": 0, "2": 4, "3": 4} == dict(found.attainment)
    assert {"1": 0, "2": 4, "3": 4} == dict(found.amounts["urgency"])


def test_added_rules_are_judged() -> None:
    """Windows beside the facts are judged, and lifted rules are not."""
    portfolio = portfolio_of(Initiative("A", duration=2, demand={"team": 1}))
    problem = Problem(portfolio).with_(EarliestStart("A", "2027-04"), LatestFinish("A", "2027-04"))
    assert [("earliest start of A", 1)] == told(problem, A=2)
    assert [("latest finish of A", 1)] == told(problem, A=3)
    assert [] == told(problem.without("latest finish of A", "capacity of team"), A=6)


def test_misfits_are_named() -> None:
    """Unknown work, unknown or unsaid modes and other durations are violations."""
    modes = [Mode("build", 2, cost=7), Mode("buy", 1, cost=9)]
    portfolio = portfolio_of(Initiative("A", modes=modes), Initiative("B", duration=1))
    placements = [Placement("A", 0, 2), Placement("B", 0, 3), Placement("C", 0, 1)]
    found = evaluate(portfolio, Schedule(placements))
    assert ["known work", "known modes", "durations"] == [v.rule for v in found.violations]
    assert 0 == found.objective
    buy = evaluate(portfolio, Schedule([Placement("A", 0, 1, "buy"), Placement("B", 0, 1)]))
    assert (True, 9) == (buy.feasible, buy.objective)


FAR = (-(10**12), -100_000, -8, -1, 0, 3, 8, 9, 100_000, 10**12)


def garbage(rng: random.Random, problem: Problem) -> Schedule:
    """Placements of known and unknown work, anywhere in time and in any mode."""
    names = {item.name for item in problem.portfolio.initiatives} | {"", "no such work"}
    modes = (None, "", "mode 0", "mode 1", "no such mode")
    return Schedule(
        Placement(name, rng.choice(FAR), rng.choice(FAR), rng.choice(modes))
        for name in sorted(names)
        if rng.random() < 0.8
    )


@pytest.mark.parametrize("seed", range(20))
def test_levels_step_as_the_oracle_says(seed: int) -> None:
    """At every boundary the steps of a capability say the level that the oracle counts."""
    rng = random.Random(seed)
    for case in range(10):
        problem = drawn(seed, case)
        facts, question = problem.portfolio, oracle_of(problem)
        chosen = random_plan(rng, problem)
        plan = Plan(facts, schedule_of(problem, chosen))
        for capability in facts.capability:
            steps = plan.levels(capability)
            for boundary in range(facts.timeline.periods + 1):
                level = [level for time, level in steps if time <= boundary][-1]
                assert question.level_at(capability, boundary, chosen) == level
            assert sorted(set(steps)) == list(steps)


def test_schedules_from_starts() -> None:
    """Finishes follow from durations; placements are kept by start, finish and name."""
    portfolio = portfolio_of(
        Initiative("A", duration=3), Initiative("B", modes=[Mode("x", 1), Mode("y", 2)])
    )
    schedule = Schedule.of(portfolio, {"A": 1, "B": 1}, {"B": "y"})
    assert ["B", "A"] == list(schedule)
    assert Placement("B", 1, 3, "y") == schedule["B"]
    assert (2, "Schedule(B: 1–3, A: 1–4)") == (len(schedule), repr(schedule))
    turned = Schedule(reversed(list(schedule.values())))
    assert (schedule, hash(schedule)) == (turned, hash(turned))
    assert Schedule() != schedule


def test_schedules_that_cannot_be_read() -> None:
    """Unknown names, unsaid modes and repeated placements are all told."""
    portfolio = portfolio_of(
        Initiative("A", duration=3), Initiative("B", modes=[Mode("x", 1), Mode("y", 2)])
    )
    with pytest.raises(ScheduleError) as refused:
        Schedule.of(portfolio, {"A": 0, "C": 0, "B": 0})
    assert ["C", "B"] == [fault.path for fault in refused.value.faults]
    assert "None is none of its modes" == refused.value.faults[1].problem
    assert "known: 'x', 'y'" == refused.value.faults[1].remedy
    with pytest.raises(ScheduleError, match="A: it is placed 2 times") as repeated:
        Schedule([Placement("A", 0, 3), Placement("A", 4, 7), Placement("B", 0, 1)])
    assert 1 == len(repeated.value.faults)


@pytest.mark.parametrize("seed", range(20))
def test_garbage_is_judged_not_raised(seed: int) -> None:
    """Whatever a schedule says, the judge answers, and names at least one fault of unknown work."""
    rng = random.Random(seed)
    for _ in range(50):
        problem = random_problem(rng)
        schedule = garbage(rng, problem)
        found = evaluate(problem, schedule)
        assert all(str(violation) and violation.amount >= 1 for violation in found.violations)
        assert found.feasible or found.violations
        assert not found.feasible or "no such work" not in schedule


def test_effect_before_the_timeline_is_attained_at_its_start() -> None:
    """Work that is placed before the timeline holds from boundary 0 on."""
    portfolio = Portfolio(
        timeline=Timeline("2027-01", 6),
        capabilities=[Capability("c")],
        needs=[Need("c", 1, Table([5, 6, 7]), name="need")],
        initiatives=[Initiative("A", duration=2, raises={"c": 1})],
    )
    found = evaluate(portfolio, Schedule([Placement("A", -9, -7)]))
    assert 0 == found.attainment["need"]
    assert 5 == found.objective
    assert ["timeline"] == [violation.rule for violation in found.violations]


def test_evaluation_is_frozen() -> None:
    """A judgement cannot be changed."""
    found = evaluate(portfolio_of(), Schedule())
    assert found.feasible
    assert 0 == found.objective
    for field in attrs.fields(Evaluation):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(found, field.name, {})
