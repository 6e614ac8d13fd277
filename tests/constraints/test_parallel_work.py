"""Limits on how much is in work at once: of a team, and of everything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from roadmap.constraints import ParallelWork
from roadmap.errors import PortfolioError, ProblemError
from roadmap.evaluation import evaluate
from roadmap.facts import Initiative, Mode, Team
from roadmap.parts import Resource, Use
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline


def facts(**changes: Any) -> Portfolio:
    """A large team, and three pieces of work of which one can do without it."""
    said: dict[str, Any] = {
        "timeline": Timeline("2027-01", 6),
        "teams": [Team("core", 9, parallel=1), Team("web", 9)],
        "initiatives": [
            Initiative("a", duration=2, demand={"core": 1}, optional=True),
            Initiative("b", duration=2, demand={"core": 1, "web": 1}, optional=True),
            Initiative("c", modes=[Mode("own", 2, {"core": 3}), Mode("buy", 2)], optional=True),
            Initiative("d", duration=0, optional=True),
        ],
    }
    return Portfolio(**(said | changes))


def broken(starts: Mapping[str, int], mode: str = "own", **changes: Any) -> list[str]:
    """What a plan breaks."""
    portfolio = facts(**changes)
    schedule = Schedule.of(portfolio, starts, {"c": mode})
    return [str(each) for each in evaluate(portfolio, schedule).violations]


def test_work_of_a_team() -> None:
    """However little each takes; a mode without the team, and a milestone, do not count."""
    told = "2 initiatives are in work by core in 2027-02, 1 more than may be"
    assert [told] == broken({"a": 0, "b": 1, "d": 1})
    assert [told] == broken({"a": 0, "c": 1})
    assert [] == broken({"a": 0, "c": 1}, "buy")
    assert [] == broken({"a": 0, "b": 2, "c": 4, "d": 4})


def test_all_work() -> None:
    """Everything with a duration counts, whoever does it."""
    free = [Team("core", 9), Team("web", 9)]
    told = "3 initiatives are in work in 2027-02, 1 more than may be"
    assert [told] == broken({"a": 0, "b": 1, "c": 1, "d": 1}, "buy", teams=free, parallel=2)[:1]
    assert [] == broken({"a": 0, "b": 0, "c": 2}, "buy", teams=free, parallel=2)


def test_who_and_by_how_much() -> None:
    """The initiatives that are in work then."""
    portfolio = facts()
    schedule = Schedule.of(portfolio, {"a": 0, "b": 0, "c": 0}, {"c": "own"})
    first = evaluate(portfolio, schedule).violations[0]
    assert ("parallel work of core", ("a", "b", "c"), 2) == (first.rule, first.who, first.amount)


def test_a_limit_can_be_added() -> None:
    """What if at most one thing were in work at once? Twice as long where two fit."""
    twice = [Initiative(name, duration=2) for name in "abc"]
    problem = Problem(facts(initiatives=twice))
    tight = problem.with_(ParallelWork(1), ParallelWork(2))
    starts = sorted(place.start for place in solve(tight, solver="cpsat").require().values())
    assert [0, 2, 4] == starts
    assert problem.constraints == tight.without("parallel work").constraints


def test_posting() -> None:
    """A resource of its own; each takes one, in the variants in which the team works on it."""
    (posted,) = ParallelWork(1, "core").post(facts())
    uses = (Use("a", (1,)), Use("b", (1,)), Use("c", (1, 0)))
    assert posted == Resource("core\nparallel work, 1", (1,) * 6, "parallel work of core", uses)
    (of_all,) = ParallelWork(2).post(facts())
    assert isinstance(of_all, Resource)
    assert of_all.uses == (Use("a", (1,)), Use("b", (1,)), Use("c", (1, 1)), Use("d", (1,)))


@pytest.mark.parametrize(
    ("rule", "name", "sentence"),
    [
        (ParallelWork(1), "parallel work", "at most 1 initiative may be in work at once"),
        (
            ParallelWork(3, "core"),
            "parallel work of core",
            "core works on at most 3 initiatives at once",
        ),
    ],
)
def test_rules_read_in_business_words(rule: ParallelWork, name: str, sentence: str) -> None:
    """Each has a name to lift it by, and a sentence."""
    assert (name, sentence) == (rule.name, rule.sentence(facts()))


def test_implied() -> None:
    """By each team that states a limit, and by the portfolio."""
    found = Problem(facts(parallel=2)).constraints
    limits = [rule for rule in found if isinstance(rule, ParallelWork)]
    assert [ParallelWork(1, "core"), ParallelWork(2)] == limits


def test_faults() -> None:
    """Limits are at least 1, and teams are known."""
    with pytest.raises(PortfolioError) as refused:
        facts(teams=[Team("core", 9, parallel=0)], parallel=0, initiatives=[])
    assert [
        "teams[0].parallel: 0 is too small; at least 1",
        "parallel: 0 is too small; at least 1",
    ] == [str(fault) for fault in refused.value.faults]
    with pytest.raises(ProblemError, match="unknown team 'cor'"):
        Problem(facts()).with_(ParallelWork(1, "cor"))
