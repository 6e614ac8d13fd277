"""The facts: what they hold, what follows from them, and every fault at once."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs
import pytest

from roadmap.cycles import Edge, positive_cycles, self_justifying_cycles
from roadmap.errors import PortfolioError
from roadmap.facts import Capability, Dependency, Gap, Initiative, Mode, Need, Team
from roadmap.losses import CostOfDelay, Deadline
from roadmap.portfolio import Portfolio
from roadmap.timeline import Timeline

YEAR = Timeline("2027-01", 12)


def portfolio(**facts: Any) -> Portfolio:
    """A year with whatever else is said."""
    return Portfolio(**({"timeline": YEAR} | facts))


def bank(**changes: Any) -> Portfolio:
    """A small sound portfolio, with changes."""
    facts: dict[str, Any] = {
        "timeline": YEAR,
        "teams": [Team("platform", 3), Team("channels", 2)],
        "capabilities": [Capability("identity", 1), Capability("payments", 1, parent="identity")],
        "needs": [Need("payments", 3, CostOfDelay(80), owner="Retail")],
        "initiatives": [
            Initiative("hub", duration=5, raises={"payments": 3}, requires={"identity": 3}),
            Initiative("log in", duration=4, demand={"platform": 2}, raises={"identity": 3}),
        ],
        "dependencies": [Dependency("log in", "hub", "SS", 1)],
    }
    return Portfolio(**(facts | changes))


def faults_of(**changes: Any) -> list[tuple[str, str, str]]:
    """Path, problem and remedy of every fault of the bank with changes."""
    with pytest.raises(PortfolioError) as refused:
        bank(**changes)
    return [(fault.path, fault.problem, fault.remedy) for fault in refused.value.faults]


def test_an_empty_portfolio_is_valid() -> None:
    """Nothing but a timeline is a portfolio, without gaps."""
    empty = portfolio()
    assert () == empty.gaps
    assert () == empty.initiatives
    assert {} == dict(empty.raisers)
    assert [] == list(empty.graph)


def test_facts_are_frozen_and_hashable() -> None:
    """Lists and tables are kept as what cannot change; copies are equal."""
    facts = bank()
    assert isinstance(facts.initiatives, tuple)
    assert {"payments": 3} == dict(facts.initiatives[0].raises)
    assert hash(facts) == hash(bank())
    assert facts == bank() == pickle.loads(pickle.dumps(facts))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(facts, attrs.fields(Portfolio).name.name, "other")


def test_a_table_that_is_changed_later_changes_nothing() -> None:
    """A record keeps a copy of what it was given."""
    demand = {"team": 1}
    item = Initiative("A", duration=1, demand=demand)
    demand["team"] = 9
    assert {"team": 1} == dict(item.demand)


def test_lookups_by_name() -> None:
    """Every family is found by name, needs by their label."""
    facts = bank()
    assert facts.initiatives[0] is facts.initiative["hub"]
    assert facts.teams[1] is facts.team["channels"]
    assert facts.capabilities[1] is facts.capability["payments"]
    assert facts.needs[0] is facts.need["payments at level 3"]
    assert "mine" == Need("c", 1, CostOfDelay(1), "mine").label


def test_ways() -> None:
    """An initiative without modes has one nameless way; with modes it has these."""
    plain = Initiative("A", duration=3, demand={"t": 1}, cost=5)
    assert (Mode("", 3, {"t": 1}, 5),) == plain.ways
    modes = (Mode("build", 5), Mode("buy", 1, cost=9))
    assert modes == Initiative("B", modes=modes).ways


@pytest.mark.parametrize(
    ("capacity", "profile"),
    [
        (3, (3,) * 6),
        (0, (0,) * 6),
        ([1, 2, 3, 0, 5, 6], (1, 2, 3, 0, 5, 6)),
        ({"2027-01": 2, "2027-03": 0, "2027-05": 4}, (2, 2, 0, 0, 4, 4)),
        ({4: 1, 0: 2}, (2, 2, 2, 2, 1, 1)),
        ({"2027-01": 2, "2027-02-02": 7}, (2, 2, 7, 7, 7, 7)),
        ({"2027": 1, 6: 9}, (1,) * 6),
    ],
)
def test_capacity_profiles(capacity: Any, profile: tuple[int, ...]) -> None:
    """One number, a number each period, or numbers that hold from dates on."""
    timeline = Timeline("2027-01", 6)
    team = portfolio(timeline=timeline, teams=[Team("t", capacity)]).team["t"]
    assert profile == team.profile(timeline)


def test_raisers() -> None:
    """Who raises what, by exact level above today's, ascending."""
    facts = portfolio(
        capabilities=[Capability("c", 1, combine={3: "any"}), Capability("d")],
        initiatives=[
            Initiative("A", duration=1, raises={"c": 3}),
            Initiative("B", duration=1, raises={"c": 2, "d": 1}),
            Initiative("C", duration=1, raises={"c": 3}),
            Initiative("D", duration=1, raises={"c": 1}),
        ],
    )
    found = {name: dict(levels) for name, levels in facts.raisers.items()}
    assert {"c": {2: ("B",), 3: ("A", "C")}, "d": {1: ("B",)}} == found
    assert [2, 3] == list(facts.raisers["c"])


@pytest.mark.parametrize(("how", "count"), [("all", 3), ("any", 1), (2, 2), (3, 3)])
def test_needed(how: str | int, count: int) -> None:
    """How many of three raisers it takes."""
    facts = portfolio(
        capabilities=[Capability("c", combine={2: how})],
        initiatives=[Initiative(name, duration=1, raises={"c": 2}) for name in "ABC"],
    )
    assert count == facts.needed("c", 2)


def test_gaps() -> None:
    """Each level that today's does not reach, with its needs, its work and its whole loss."""
    facts = bank(
        needs=[
            Need("payments", 2, CostOfDelay(80)),
            Need("identity", 1, CostOfDelay(5)),
            Need("identity", 3, Deadline("2027-06", 100), "audit"),
            Need("payments", 2, Deadline(10, 7, 1), "rival"),
        ]
    )
    assert facts.gaps == (
        Gap("payments", 1, 2, ("payments at level 2", "rival"), ("hub",), 12 * 80 + 9),
        Gap("identity", 1, 3, ("audit",), ("log in",), 100),
    )


def test_graph() -> None:
    """Initiatives and levels are nodes; four kinds of edges lead from what comes first."""
    facts = bank(needs=[Need("payments", 2, CostOfDelay(1))])
    edges = {(a, b): data["kind"] for a, b, data in facts.graph.edges(data=True)}
    hub, log_in = ("initiative", "hub"), ("initiative", "log in")
    assert edges == {
        (hub, ("level", "payments", 3)): "raises",
        (log_in, ("level", "identity", 3)): "raises",
        (("level", "identity", 3), hub): "requires",
        (("level", "payments", 3), ("level", "payments", 2)): "implies",
        (log_in, hub): "depends",
    }
    assert facts.dependencies[0] is facts.graph.edges[log_in, hub]["dependency"]


def test_replace_checks_anew() -> None:
    """A copy with other facts is checked like the first."""
    facts = bank()
    assert () == facts.replace(needs=[]).gaps
    assert bank() == facts
    with pytest.raises(PortfolioError, match="unknown capability"):
        facts.replace(needs=[Need("paymets", 1, CostOfDelay(1))])


def _hub(**changes: Any) -> list[Initiative]:
    """The bank's work, with changes to the hub."""
    hub, log_in = bank().initiatives
    return [attrs.evolve(hub, **changes), log_in]


def _identity(**changes: Any) -> Capability:
    """The bank's first capability, with changes of any type."""
    return attrs.evolve(bank().capabilities[0], **changes)


FAULTS: list[tuple[Mapping[str, Any], list[str]]] = [
    ({"timeline": "2027"}, ["timeline"]),
    ({"timeline": Timeline("2027-01", 0)}, ["timeline.periods"]),
    ({"name": 3}, ["name"]),
    ({"teams": None}, ["initiatives[1].demand", "teams"]),
    ({"teams": [None]}, ["initiatives[1].demand", "teams[0]"]),
    ({"teams": [Team("platform", -1)]}, ["teams[0].capacity"]),
    ({"teams": [Team("platform", [1] * 11)]}, ["teams[0].capacity"]),
    ({"teams": [Team("platform", {3: 1})]}, ["teams[0].capacity"]),
    ({"teams": [Team("platform", {0: 1, "2027-01": 2})]}, ["teams[0].capacity"]),
    ({"teams": [Team("platform", {0: 1, "2029": 2})]}, ["teams[0].capacity.2029"]),
    ({"teams": [Team("platform", 1), Team("platform", 2)]}, ["teams[1].name"]),
    ({"capabilities": [*bank().capabilities, Capability("identity")]}, ["capabilities[2].name"]),
    (
        {"capabilities": [Capability("identity", 1, parent="payments"), bank().capabilities[1]]},
        ["capabilities[0].parent"],
    ),
    (
        {"capabilities": [Capability("identity", 1, combine={3: "any"}), bank().capabilities[1]]},
        ["capabilities[0].combine.3"],
    ),
    ({"needs": [Need("identity", 4, CostOfDelay(1))]}, ["needs[0].level"]),
    ({"needs": [Need("identity", 0, CostOfDelay(1))]}, ["needs[0].level"]),
    ({"needs": [Need("ident", 2, CostOfDelay(1))]}, ["needs[0].capability"]),
    ({"needs": [Need("identity", 2, CostOfDelay(1))] * 2}, ["needs[1].name"]),
    ({"initiatives": _hub(duration=None)}, ["initiatives[0].duration"]),
    ({"initiatives": _hub(duration=-1)}, ["initiatives[0].duration"]),
    ({"initiatives": _hub(duration=2.5)}, ["initiatives[0].duration"]),
    ({"initiatives": _hub(duration=True)}, ["initiatives[0].duration"]),
    ({"initiatives": _hub(duration=float("nan"))}, ["initiatives[0].duration"]),
    ({"initiatives": _hub(duration=0, demand={"platform": 1})}, ["initiatives[0].demand"]),
    ({"initiatives": _hub(modes=[Mode("a", 1)])}, ["initiatives[0].duration"]),
    (
        {"initiatives": _hub(duration=None, modes=[Mode("a", 1), Mode("a", 2)])},
        ["initiatives[0].modes[1].name"],
    ),
    (
        {"initiatives": _hub(duration=None, modes=[Mode("a", 0, {"platform": 1})])},
        ["initiatives[0].modes[0].demand"],
    ),
    ({"initiatives": _hub(optional=1)}, ["initiatives[0].optional"]),
    ({"initiatives": _hub(category="keep")}, ["initiatives[0].category"]),
    ({"initiatives": _hub(earliest_start="2028-03")}, ["initiatives[0].earliest_start"]),
    ({"initiatives": _hub(earliest_start=date(2026, 11, 1))}, ["initiatives[0].earliest_start"]),
    ({"initiatives": _hub(latest_finish=13)}, ["initiatives[0].latest_finish"]),
    ({"initiatives": _hub(latest_finish="soon")}, ["initiatives[0].latest_finish"]),
    ({"initiatives": _hub(demand={"platfrom": 1})}, ["initiatives[0].demand"]),
    ({"initiatives": _hub(requires={"identity": 4})}, ["initiatives[0].requires.identity"]),
    ({"initiatives": _hub(demand=["platform"])}, ["initiatives[0].demand"]),
    ({"initiatives": _hub(demand={3: 1})}, ["initiatives[0].demand.3"]),
    ({"initiatives": _hub(earliest_start=True)}, ["initiatives[0].earliest_start"]),
    ({"initiatives": _hub(earliest_start=2.5)}, ["initiatives[0].earliest_start"]),
    ({"initiatives": _hub(modes={"a": 1})}, ["initiatives[0].modes"]),
    ({"initiatives": _hub(modes=["a"])}, ["initiatives[0].modes[0]"]),
    ({"initiatives": _hub(cost=None)}, ["initiatives[0].cost"]),
    ({"initiatives": _hub(cost=2**31)}, ["initiatives[0].cost"]),
    (
        {"capabilities": [_identity(combine="any"), bank().capabilities[1]]},
        ["capabilities[0].combine"],
    ),
    (
        {"capabilities": [Capability("identity", combine={0: "most"}), bank().capabilities[1]]},
        ["capabilities[0].combine.0", "capabilities[0].combine.0"],
    ),
    ({"initiatives": _hub(ramp=-1)}, ["initiatives[0].ramp"]),
    ({"initiatives": _hub(name="a\u202eb"), "dependencies": []}, ["initiatives[0].name"]),
    ({"initiatives": _hub(name=" "), "dependencies": []}, ["initiatives[0].name"]),
    ({"dependencies": [Dependency("log in", "hub", "SX")]}, ["dependencies[0].link"]),
    ({"dependencies": [Dependency("log in", "hub", basis="guess")]}, ["dependencies[0].basis"]),
    ({"dependencies": [Dependency("hub", "hub")]}, ["dependencies[0]"]),
    ({"dependencies": [Dependency("log in", "hub")] * 2}, ["dependencies[1]"]),
    ({"dependencies": [Dependency("hub", "log in")]}, ["dependencies"]),
]


@pytest.mark.parametrize(("changes", "paths"), FAULTS)
def test_faults(changes: Mapping[str, Any], paths: list[str]) -> None:
    """Each fault is found, in its place, and no other is claimed; each says what to do."""
    found = faults_of(**changes)
    assert paths == [path for path, _, _ in found]
    assert all(problem and remedy for _, problem, remedy in found)


def test_all_faults_at_once() -> None:
    """Faults of different records and of their relations are named together, none twice."""
    found = faults_of(
        teams=[Team("platform", -3), Team("platform", 1)],
        capabilities=[Capability("identity", -1), Capability("payments", 1, parent="paiments")],
        needs=[Need("payment", 3, CostOfDelay(-8)), Need("payments", 0, CostOfDelay(1))],
        initiatives=[
            Initiative("hub", requires={"identiti": 3}),
            Initiative("log in", duration=4, demand={"platform": 0}, raises={"identity": 3}),
        ],
        dependencies=[Dependency("log in", "hub", lag=200_000), Dependency("login", "hub")],
    )
    assert sorted(path for path, _, _ in found) == [
        "capabilities[0].level",
        "capabilities[1].parent",
        "dependencies[0].lag",
        "dependencies[1].predecessor",
        "initiatives[0].requires",
        "initiatives[1].demand.platform",
        "needs[0].capability",
        "needs[0].loss.rate",
        "needs[1].level",
        "teams[0].capacity",
        "teams[1].name",
    ]


def test_joiners_are_visible_enough() -> None:
    """Names in scripts that join letters without a space are names."""
    name = "क्\u200dष"
    assert [name] == list(portfolio(teams=[Team(name, 1)]).team)


def test_nearest_names_are_offered() -> None:
    """An unknown name is told with the one it resembles."""
    found = faults_of(dependencies=[Dependency("login", "hub")])
    told = ("dependencies[0].predecessor", "unknown initiative 'login'", "did you mean 'log in'?")
    assert [told] == found


def test_an_ambiguous_level_names_who_raises_it() -> None:
    """The library refuses to guess how several raisers combine."""
    work = [Initiative(name, duration=1, raises={"identity": 3}) for name in ("A", "B")]
    found = faults_of(initiatives=[*bank().initiatives, *work])
    assert [
        (
            "capabilities[0].combine",
            "'log in', 'A', 'B' all raise 'identity' to level 3, "
            "and it does not say how they combine",
            "say combine: {3: all}, any, or how many of the 3",
        )
    ] == found


def test_a_circle_is_named_in_order() -> None:
    """A circle through dependencies and prerequisites is told from its first name round."""
    found = faults_of(dependencies=[Dependency("hub", "log in", "FF", 2)])
    assert [
        (
            "dependencies",
            "each of these waits for the one before it, in a circle: hub → log in → hub",
            "take out one of these dependencies or prerequisites",
        )
    ] == found


def test_a_circle_that_can_be_kept_is_sound() -> None:
    """A tie back with enough negative lag is a maximal lag, not a fault."""
    back = Dependency("hub", "log in", "SS", -6)
    assert back in bank(dependencies=[back]).dependencies


def test_milestones_that_justify_each_other_are_refused() -> None:
    """Two instants that may each enable the other have no reason but each other."""
    with pytest.raises(PortfolioError, match="justify each other") as refused:
        portfolio(
            capabilities=[Capability("c", combine={1: "any"}), Capability("d")],
            initiatives=[
                Initiative("A", duration=0, raises={"c": 1}, requires={"d": 1}),
                Initiative("B", duration=0, raises={"d": 1}, requires={"c": 1}),
                Initiative("C", duration=2, raises={"c": 1}),
            ],
        )
    assert ["initiatives"] == [fault.path for fault in refused.value.faults]


def test_positive_cycles() -> None:
    """One circle for each knot, and none where waits sum to nothing."""
    edges = [Edge("b", "a", 3), Edge("a", "b", -2), Edge("x", "y", 1), Edge("y", "x", -1)]
    assert [["a", "b", "a"]] == list(positive_cycles(edges))
    assert [] == list(positive_cycles(edges[2:]))
    loose = [Edge("b", "a", 3, certain=False), Edge("a", "b", 3)]
    assert [] == list(positive_cycles(loose))
    assert [["a", "a"]] == list(positive_cycles([Edge("a", "a", 1)]))


def test_self_justifying_cycles() -> None:
    """Only a circle of waits of nothing with a choice in it justifies itself."""
    edges = [Edge("a", "b", 0, certain=False), Edge("b", "a", 0)]
    assert [["a", "b", "a"]] == list(self_justifying_cycles(edges))
    assert [] == list(self_justifying_cycles([Edge("a", "b", 1, certain=False), edges[1]]))
    assert [] == list(self_justifying_cycles([Edge("a", "b", 0), edges[1]]))


def test_error_tells_all() -> None:
    """The message counts the faults and lists them, under the portfolio's name."""
    with pytest.raises(PortfolioError) as refused:
        portfolio(name="bank", teams=[Team("", 1), Team("t", -1)])
    assert str(refused.value) == (
        "bank has 2 faults:\n"
        "  teams[0].name: it is empty; give it a name\n"
        "  teams[1].capacity: -1 is too small; at least 0"
    )
    assert refused.value.faults == pickle.loads(pickle.dumps(refused.value)).faults


def test_categories_of_ones_own() -> None:
    """A portfolio may state its categories; work of any other is refused, and so is none at all."""
    own = ["maintain", "comply"]
    facts = portfolio(categories=own, initiatives=[Initiative("A", 1, category="comply")])
    assert ("maintain", "comply") == facts.categories
    assert ("maintain", "improve", "transform") == portfolio().categories
    assert [("initiatives[0].category", "unknown category 'improve'")] == [
        found[:2]
        for found in faults_of(
            categories=own,
            initiatives=[Initiative("A", 1, category="improve")],
            needs=[],
            dependencies=[],
        )
    ]
    assert [("categories", "it names 0")] == [found[:2] for found in faults_of(categories=[])]
    assert ("categories[1]", "'a' stands twice") in [
        found[:2] for found in faults_of(categories=["a", "a"])
    ]
