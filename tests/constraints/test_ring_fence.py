"""Ring-fenced capacity: who may use what, and what it costs."""

from __future__ import annotations

import pytest

from roadmap.constraints import RingFence
from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import Capability, Fence, Initiative, Need, Team
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline


def facts(*fences: Fence, capacity: int | dict[str | int, int] = 4) -> Portfolio:
    """A team of four, two for each of three pieces of work of three kinds."""
    kinds = {"M": "maintain", "I": "improve", "T": "transform"}
    return Portfolio(
        timeline=Timeline("2027-01", 8),
        teams=[Team("t", capacity)],
        capabilities=[*map(Capability, kinds)],
        needs=[Need(name, 1, CostOfDelay(10)) for name in kinds],
        initiatives=[
            Initiative(name, 2, {"t": 2}, raises={name: 1}, category=kind, optional=True)
            for name, kind in kinds.items()
        ],
        fences=fences,
    )


def judged(portfolio: Portfolio, **starts: int) -> list[tuple[str, tuple[str, ...], int]]:
    """What the judge says of a plan."""
    found = evaluate(portfolio, Schedule.of(portfolio, starts)).violations
    return [(item.message, item.who, item.amount) for item in found]


def test_other_work_keeps_out() -> None:
    """Two of four are kept: one piece of other work fits beside, two do not; its own may both."""
    fenced = facts(Fence("t", "transform", 2))
    assert [] == judged(fenced, M=0, T=0)
    assert [] == judged(fenced, M=0, I=2)
    message = "t is wanted by other work for 2 of what is kept for transform in 2027-02"
    assert [(message, ("M", "I"), 2)] == judged(fenced, M=0, I=1)
    alone = facts(Fence("t", "transform", 2), capacity=2)
    assert [] == judged(alone, T=0)
    assert 2 == len(judged(alone, M=0))


def test_two_fences_in_one_team() -> None:
    """Work of neither keeps out of both; work of the one uses its own and what is left."""
    fenced = facts(Fence("t", "transform", 2), Fence("t", "improve", 1))
    assert [] == judged(fenced, I=0, T=0)
    assert [
        (
            "t is wanted by other work for 1 of what is kept for transform and improve in "
            f"2027-0{month}",
            ("M",),
            1,
        )
        for month in (1, 2)
    ] == judged(fenced, M=0)
    assert [] == judged(facts(Fence("t", "transform", 1), Fence("t", "improve", 1)), M=0)


def test_a_fence_by_date_and_a_team_on_leave() -> None:
    """It holds from its dates on; where the team has less, others get nothing."""
    dated = facts(Fence("t", "transform", {0: 0, "2027-04": 4}))
    assert [] == judged(dated, M=0, I=0)
    assert ["2027-04"] == [message[-7:] for message, _, _ in judged(dated, M=2)]
    leave = facts(Fence("t", "transform", 2), capacity={0: 4, 4: 1})
    assert {1} == {
        len(
            [
                rule
                for rule in evaluate(leave, Schedule.of(leave, {"M": 3})).violations
                if rule.rule == name
            ]
        )
        for name in ("fence of t", "capacity of t")
    }


def test_the_price_of_a_fence() -> None:
    """The difference to the same problem without it."""
    problem = Problem(facts(Fence("t", "transform", 2, basis="policy"), Fence("t", "improve", 0)))
    rule = next(rule for rule in problem.constraints if isinstance(rule, RingFence))
    assert ("fence of t", "unstated") == (rule.name, rule.basis)
    only = Problem(facts(Fence("t", "transform", 2, basis="policy")))
    assert "policy" == only.constraints[-1].basis
    assert "t keeps 2 for transform: other work may not use it" == only.constraints[-1].sentence(
        only.portfolio
    )
    free = only.without("fence of t")
    assert (80, 80) == (solve(only).objective, solve(free).objective)
    full = Problem(facts(Fence("t", "transform", 4)))
    plan = solve(full).require()
    assert ["T"] == [*plan]
    assert 10 * 2 + 80 + 80 == solve(full).objective
    again = Problem(facts()).with_(RingFence("t", [Fence("t", "transform", 4)]))
    assert 180 == solve(again).objective


@pytest.mark.parametrize(
    ("fences", "path", "problem"),
    [
        (
            [Fence("t", "transform", 1), Fence("t", "transform", 1)],
            "fences[1]",
            "'t' already has fences[0] for 'transform'",
        ),
        ([Fence("t", "transform", 5)], "fences[0].capacity", "5 would be fenced, and 't' has 4"),
        (
            [Fence("t", "transform", 3), Fence("t", "improve", 2)],
            "fences[1].capacity",
            "5 would be fenced, and 't' has 4",
        ),
        ([Fence("u", "transform", 1)], "fences[0].team", "unknown team 'u'"),
        ([Fence("t", "explore", 1)], "fences[0].category", "unknown category 'explore'"),
    ],
)
def test_what_is_refused(fences: list[Fence], path: str, problem: str) -> None:
    """Twice for one category, more than the team has, and unknown names."""
    with pytest.raises(PortfolioError) as refused:
        facts(*fences)
    assert [(path, problem)] == [(f.path, f.problem) for f in refused.value.faults]


def test_overtime_and_efforts() -> None:
    """What a team can do beyond the usual is not fenced; an effort takes what the team has."""
    plain = facts(Fence("t", "transform", 2), capacity=2)
    assert 2 == len(judged(plain, M=0))
    longer = plain.replace(teams=[Team("t", 2, overtime=2, overtime_price=1)])
    assert [] == judged(longer, M=0)
    work = [Initiative("M", effort=3, demand={"t": 3}, category="maintain", optional=True)]
    thin = facts(Fence("t", "transform", 2), capacity={0: 3, 1: 1}).replace(
        initiatives=work, capabilities=[], needs=[]
    )
    assert [2] == [amount for _, _, amount in judged(thin, M=0)]
    assert [1, 1, 1] == [amount for _, _, amount in judged(thin, M=1)]
