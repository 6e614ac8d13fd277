"""The critical chain, by value: what ends it, what holds each member, where it stops."""

from __future__ import annotations

import pytest

from roadmap.critical import critical_chain, deciders
from roadmap.facts import Capability, Dependency, Initiative, Need, Pilot, System, Team
from roadmap.losses import CostOfDelay
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.schedule import Placement, Schedule
from roadmap.timeline import Timeline

TIMELINE = Timeline("2027-01", 24)


def linked(link: str, lag: int, starts: dict[str, int]) -> Plan:
    """Two initiatives of three months, one linked to the other."""
    portfolio = Portfolio(
        timeline=TIMELINE,
        initiatives=[Initiative("one", duration=3), Initiative("two", duration=3)],
        dependencies=[Dependency("one", "two", link, lag)],
    )
    return Plan(portfolio, Schedule.of(portfolio, starts))


@pytest.fixture
def bank() -> Portfolio:
    """A foundation, two that stand on it, and work that only shares a team."""
    return Portfolio(
        timeline=TIMELINE,
        capabilities=[Capability("identity"), Capability("payments"), Capability("cards")],
        needs=[
            Need("payments", 1, CostOfDelay(10)),
            Need("cards", 1, CostOfDelay(50)),
        ],
        teams=[Team("platform", 2), Team("channels", 1)],
        initiatives=[
            Initiative("other", duration=2, demand={"platform": 1}),
            Initiative("login", duration=4, demand={"platform": 2}, raises={"identity": 1}),
            Initiative("hub", duration=5, raises={"payments": 1}, requires={"identity": 1}),
            Initiative("wallet", duration=3, raises={"cards": 1}, requires={"identity": 1}, ramp=1),
        ],
    )


def test_chain_goes_back_through_levels_and_teams(bank: Portfolio) -> None:
    """From the dearest need through the level it stands on to the team that was not free."""
    starts = {"other": 0, "login": 2, "hub": 6, "wallet": 6}
    assert ("other", "login", "wallet") == critical_chain(Plan(bank, Schedule.of(bank, starts)))


def test_slack_ends_the_chain(bank: Portfolio) -> None:
    """Work that could come sooner is held by nothing."""
    starts = {"other": 0, "login": 2, "hub": 6, "wallet": 7}
    assert ("wallet",) == critical_chain(Plan(bank, Schedule.of(bank, starts)))


def test_team_with_room_hands_nothing_over(bank: Portfolio) -> None:
    """Who finishes at the start of another holds it only if the team is full before."""
    roomy = bank.replace(teams=[Team("platform", 3), Team("channels", 1)])
    starts = {"other": 0, "login": 2, "hub": 6, "wallet": 6}
    assert ("login", "wallet") == critical_chain(Plan(roomy, Schedule.of(roomy, starts)))


def test_without_needs_the_last_to_finish_ends_it(bank: Portfolio) -> None:
    """Where nothing is needed, the plan's own end is what counts."""
    plain = bank.replace(needs=[])
    starts = {"other": 0, "login": 2, "hub": 6, "wallet": 6}
    chain = critical_chain(Plan(plain, Schedule.of(plain, starts)))
    assert ("other", "login", "hub") == chain


def test_needs_that_are_never_met_do_not_end_it(bank: Portfolio) -> None:
    """A need without work in the plan has no decider."""
    chain = critical_chain(Plan(bank, Schedule.of(bank, {"login": 0, "hub": 4})))
    assert ("login", "hub") == chain


def test_empty_plan_has_no_chain(bank: Portfolio) -> None:
    """Nothing placed, nothing decided."""
    assert () == critical_chain(Plan(bank, Schedule()))


@pytest.mark.parametrize(
    ("link", "lag", "starts"),
    [
        ("FS", 0, {"one": 0, "two": 3}),
        ("FS", 2, {"one": 0, "two": 5}),
        ("SS", 1, {"one": 0, "two": 1}),
        ("FF", 2, {"one": 0, "two": 2}),
        ("SF", 4, {"one": 0, "two": 1}),
    ],
)
def test_tight_links_hold(link: str, lag: int, starts: dict[str, int]) -> None:
    """Each kind of link holds its successor where there is no room between; a month later not."""
    assert ("one", "two") == critical_chain(linked(link, lag, starts))
    later = starts | {"two": starts["two"] + 1}
    assert ("two",) == critical_chain(linked(link, lag, later))


def test_chain_ends_even_in_a_circle() -> None:
    """Two that hold one another, by a link and by a team, are each named once."""
    portfolio = Portfolio(
        timeline=TIMELINE,
        teams=[Team("platform", 1)],
        initiatives=[
            Initiative("new", duration=4, demand={"platform": 1}),
            Initiative("old", duration=3, demand={"platform": 1}),
        ],
        dependencies=[Dependency("new", "old", "SF")],
    )
    plan = Plan(portfolio, Schedule.of(portfolio, {"old": 0, "new": 3}))
    assert ("old", "new") == critical_chain(plan)


def test_chain_of_a_broken_plan(bank: Portfolio) -> None:
    """Placements outside the timeline and strange modes are read as they are."""
    broken = Schedule([Placement("other", -3, -1, "odd"), Placement("login", -1, 30, "odd")])
    assert ("login",) == critical_chain(Plan(bank, broken))


def test_deciders_take_effect_at_the_attainment(bank: Portfolio) -> None:
    """A ramp counts; who is not placed decides nothing."""
    plan = Plan(bank, Schedule.of(bank, {"login": 0, "wallet": 4}))
    assert ("wallet",) == deciders(plan, "cards", 1)
    assert () == deciders(plan, "payments", 1)


@pytest.fixture
def legacy() -> Portfolio:
    """A mainframe, and what moves off it, replaces it, switches it off and waits for that."""
    return Portfolio(
        timeline=TIMELINE,
        systems=[
            System(
                "mainframe",
                run_cost=10,
                replaced_by="core",
                retired_by="off",
                parallel=2,
                dependants=["move"],
                blocks=["hall"],
            )
        ],
        initiatives=[
            Initiative("core", duration=3),
            Initiative("move", duration=5),
            Initiative("off", duration=1),
            Initiative("hall", duration=12),
        ],
    )


@pytest.mark.parametrize(
    ("starts", "chain"),
    [
        ({"core": 0, "move": 0, "off": 4, "hall": 5}, ("core", "off", "hall")),
        ({"core": 0, "move": 1, "off": 5, "hall": 6}, ("move", "off", "hall")),
        ({"core": 0, "move": 0, "off": 5, "hall": 6}, ("off", "hall")),
        ({"core": 0, "move": 0, "off": 4, "hall": 6}, ("hall",)),
    ],
)
def test_chain_goes_back_through_a_retirement(
    legacy: Portfolio, starts: dict[str, int], chain: tuple[str, ...]
) -> None:
    """What was blocked waits for the retirement, and that for the replacement or the movers."""
    assert chain == critical_chain(Plan(legacy, Schedule.of(legacy, starts)))


@pytest.mark.parametrize(("start", "chain"), [(6, ("trial", "rollout")), (7, ("rollout",))])
def test_chain_goes_back_through_a_gate(start: int, chain: tuple[str, ...]) -> None:
    """Follow-on work that starts as its gate opens waited for the pilot."""
    facts = Portfolio(
        timeline=TIMELINE,
        initiatives=[Initiative("trial", duration=3), Initiative("rollout", duration=4)],
        pilots=[Pilot("trial", gate=6, probability=60, follow_on=["rollout"])],
    )
    starts = {"trial": 0, "rollout": start}
    assert chain == critical_chain(Plan(facts, Schedule.of(facts, starts)))
