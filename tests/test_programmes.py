"""Programmes: a parent's dates, ties and wholeness, and how they are shown."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.constraints import EarliestStart, Precedence
from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import Dependency, Initiative, Programme, Selection, Team
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.render import dependencies, gantt
from roadmap.result import Result
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline

YEAR = Timeline("2027-01", 12)


def core(*ties: Dependency, optional: bool = False, **words: Any) -> Portfolio:
    """Two pieces of work under one parent, and a third one beside."""
    return Portfolio(
        timeline=YEAR,
        initiatives=[
            Initiative("A", duration=3, optional=optional),
            Initiative("B", duration=2, optional=optional),
            Initiative("C", duration=1),
        ],
        programmes=[Programme("P", ["A", "B"], **words)],
        dependencies=ties,
    )


def broken(facts: Portfolio, starts: dict[str, int]) -> list[str]:
    """What the judge says of a plan."""
    return [str(item) for item in evaluate(facts, Schedule.of(facts, starts)).violations]


def test_it_starts_with_the_first_and_finishes_with_the_last() -> None:
    """Its span is that of the initiatives in the plan; it has none without any."""
    facts = core(optional=True)
    assert (1, 6) == Plan(facts, Schedule.of(facts, {"A": 1, "B": 4})).programme("P")
    assert (4, 6) == Plan(facts, Schedule.of(facts, {"B": 4, "C": 0})).programme("P")
    assert Plan(facts, Schedule.of(facts, {"C": 0})).programme("P") is None


def test_its_dates_bind_each_initiative() -> None:
    """No initiative starts before the programme may, or finishes after it must."""
    facts = core(earliest_start="2027-03", latest_finish="2027-08")
    assert [] == broken(facts, {"A": 2, "B": 6, "C": 0})
    assert [
        "B starts in 2027-02, 1 month before it may",
        "A finishes at the end of 2027-09, 1 month after it must",
    ] == broken(facts, {"A": 6, "B": 1, "C": 0})
    assert {
        "earliest start of P": "P may not start before 2027-03-01",
        "latest finish of P": "P must be finished by 2027-08-31",
    }.items() <= {rule.name: rule.sentence(facts) for rule in Problem(facts).constraints}.items()
    assert 2 == solve(facts).require()["A"].start
    lifted = Problem(facts).without("earliest start of P")
    assert 0 == solve(lifted).require()["A"].start
    later = Problem(core()).with_(EarliestStart("P", 4))
    assert [4, 4] == [solve(later).require()[name].start for name in "AB"]


@pytest.mark.parametrize(
    ("tie", "kept", "torn"),
    [
        (Dependency("P", "C", lag=1), {"A": 0, "B": 2, "C": 5}, {"A": 0, "B": 2, "C": 4}),
        (Dependency("P", "C", "FF"), {"A": 0, "B": 2, "C": 3}, {"A": 0, "B": 2, "C": 2}),
        (Dependency("C", "P"), {"C": 0, "A": 1, "B": 4}, {"C": 3, "A": 4, "B": 0}),
        (Dependency("C", "P", "SS", 2), {"C": 0, "A": 2, "B": 4}, {"C": 0, "A": 4, "B": 1}),
    ],
)
def test_ties(tie: Dependency, kept: dict[str, int], torn: dict[str, int]) -> None:
    """Its finish is the last one's, its start the first one's."""
    facts = core(tie)
    assert [] == broken(facts, kept)
    assert 1 == len(broken(facts, torn))
    assert 3 == sum(1 for _ in solve(facts).require())
    assert evaluate(facts, solve(facts).require()).feasible


def test_who_waits_for_it_waits_for_all_of_it() -> None:
    """The successor can be in the plan only if every initiative is."""
    facts = core(Dependency("P", "C"), optional=True)
    assert ["C is in the plan without B"] == broken(facts, {"A": 0, "C": 5})
    assert 3 == len(solve(facts).require())


def test_ties_between_programmes() -> None:
    """Each initiative of the one comes before each of the other."""
    facts = core().replace(
        programmes=[Programme("P", ["A", "B"]), Programme("Q", ["C"])],
        dependencies=[Dependency("P", "Q")],
    )
    assert [("A", "C"), ("B", "C")] == [(tie.predecessor, tie.successor) for tie in facts.ties]
    assert "P → Q" in {rule.name for rule in Problem(facts).constraints}
    assert 3 == solve(facts).require()["C"].start
    added = Problem(facts.replace(dependencies=[])).with_(Precedence(Dependency("Q", "P")))
    assert [1, 1] == [solve(added).require()[name].start for name in "AB"]


def test_all_or_none() -> None:
    """A whole programme is in the plan with all of its initiatives, or with none."""
    facts = core(optional=True, whole=True)
    assert ["P: the plan holds A without B"] == broken(facts, {"A": 0, "C": 0})
    assert [] == broken(facts, {"C": 0})
    assert [] == broken(facts, {"A": 0, "B": 0, "C": 0})
    alone = Portfolio(
        timeline=YEAR,
        initiatives=[Initiative("A", duration=1, optional=True)],
        programmes=[Programme("P", ["A"], whole=True)],
    )
    assert [] == [*solve(alone).require()]


@pytest.mark.parametrize(
    ("changes", "path", "problem"),
    [
        (
            {"dependencies": [Dependency("P", "C", "SS")]},
            "dependencies[0].link",
            "'P' starts with whichever of its initiatives comes first",
        ),
        (
            {"dependencies": [Dependency("C", "P", "FF")]},
            "dependencies[0].link",
            "'P' finishes with whichever of its initiatives comes last",
        ),
        (
            {"dependencies": [Dependency("P", "A")]},
            "dependencies[0]",
            "'A' is part of the programme that it is tied to",
        ),
        (
            {"dependencies": [Dependency("P", "P")]},
            "dependencies[0]",
            "'P' depends on itself",
        ),
        (
            {"programmes": [Programme("P", ["A"]), Programme("Q", ["C", "A"])]},
            "programmes[1].initiatives[1]",
            "'A' is part of 'P' already",
        ),
        (
            {"programmes": [Programme("A", ["B"])]},
            "programmes[0].name",
            "'A' is already the name of initiatives[0]",
        ),
        (
            {"programmes": [Programme("S", ["B"])], "selections": [Selection("S", ["B", "C"])]},
            "programmes[0].name",
            "'S' is already the name of selections[0]",
        ),
        ({"programmes": [Programme("P", [])]}, "programmes[0].initiatives", "it names 0"),
        (
            {"dependencies": [Dependency("Q", "C")]},
            "dependencies[0].predecessor",
            "unknown initiative 'Q'",
        ),
    ],
)
def test_what_is_refused(changes: dict[str, Any], path: str, problem: str) -> None:
    """Ties that hang on whoever is first or last, ties to itself, two parents, names taken."""
    with pytest.raises(PortfolioError) as refused:
        core(optional=True).replace(**changes)
    assert [(path, problem)] == [(f.path, f.problem) for f in refused.value.faults]


def test_a_circle_through_a_programme_is_named() -> None:
    """What waits for a programme that waits for it is refused, by its initiatives."""
    with pytest.raises(PortfolioError, match="in a circle: A → C → A"):
        core(Dependency("P", "C"), Dependency("C", "P"))


def shown() -> Result:
    """A plan with a programme of two and one of none."""
    facts = core(Dependency("P", "C")).replace(
        teams=[Team("t", 1)],
        initiatives=[
            Initiative("A", duration=3, demand={"t": 1}),
            Initiative("B", duration=2, demand={"t": 1}),
            Initiative("C", duration=1),
            Initiative("D", duration=1, optional=True),
        ],
        programmes=[Programme("P", ["A", "B"]), Programme("Q", ["D"])],
    )
    return solve(facts)


def test_the_report_has_a_table_of_programmes() -> None:
    """Start, finish, time, and how many of its initiatives are in the plan."""
    result = shown()
    assert [
        ("P", "2027-01", "2027-05", "5 months", "2 of 2"),
        ("Q", "–", "–", "–", "0 of 1"),
    ] == result.programme_rows()
    assert "programme" in str(result)
    assert "programme" in result._repr_html_()
    assert "programme" not in str(solve(core().replace(programmes=[])))


def test_charts_draw_its_ties() -> None:
    """The charts and the graph take a tie to a programme for one to each of its initiatives."""
    result = shown()
    graph = result.problem.portfolio.graph
    ties = [(a[1], b[1]) for a, b in graph.edges if graph.edges[a, b]["kind"] == "depends"]
    assert [("A", "C"), ("B", "C")] == ties
    for axes in (gantt(result), dependencies(result.problem)):
        assert {"A", "B", "C"} <= {text.get_text() for text in axes.texts}
