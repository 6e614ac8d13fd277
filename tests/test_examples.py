"""The examples: what they hold, what they show, and the figures that the README gives for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import roadmap as rm
from roadmap.facts import BASES, CATEGORIES, LINKS
from roadmap.losses import PROFILES

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs" / "examples"

TITLES = {
    "closure": "closure ratio (enabler-aware)",
    "wsjf": "weighted shortest job first",
    "cost of delay": "highest cost of delay first",
    "rank order": "rank order (as Jira)",
    "path criticalness": "priority, then path criticalness (as TaskJuggler)",
    "minimum slack": "minimum slack (levelling)",
    "foundations first": "foundations first",
}
"""What the README calls the rules."""


@pytest.fixture(scope="module")
def bank() -> rm.Portfolio:
    """The example bank."""
    return rm.read(EXAMPLES / "bank.yaml")


@pytest.fixture(scope="module")
def five() -> rm.Portfolio:
    """The five items."""
    return rm.read(EXAMPLES / "five.yaml")


@pytest.fixture(scope="module")
def optimum(bank: rm.Portfolio) -> rm.Result:
    """The bank's optimum."""
    return rm.solve(bank)


def table() -> dict[str, tuple[int, int, str]]:
    """The README's table: what is lost, with delivery cost, and the share above the optimum."""
    row = re.compile(r"\| ([^|]+?) \| ([\d,]+) \| ([\d,]+) \| ?(\d+ %)? ?\|")
    rows = [row.fullmatch(line) for line in (ROOT / "README.md").read_text("utf-8").splitlines()]
    return {
        found[1]: (_whole(found[2]), _whole(found[3]), found[4] or "") for found in rows if found
    }


def _whole(told: str) -> int:
    return int(told.replace(",", ""))


def parts(loss: rm.Loss) -> Iterator[rm.Loss]:
    """Yield the profiles that a loss is made of."""
    if isinstance(loss, rm.LossSum):
        yield from loss.parts
    else:
        yield loss


def test_there_are_no_other_examples() -> None:
    """Each example has its tests here."""
    authority = ["authority.csv", "authority.md", "authority.yaml"]  # tests/test_authority.py
    expected = [*authority, "bank.yaml", "five.yaml"]
    assert expected == sorted(path.name for path in EXAMPLES.iterdir())


def test_the_bank_is_as_large_as_told(bank: rm.Portfolio) -> None:
    """31 initiatives, 12 capabilities and 5 teams over 24 months."""
    assert 31 == len(bank.initiatives)
    assert 12 == len(bank.capabilities)
    assert 5 == len(bank.teams)
    assert (24, "month") == (bank.timeline.periods, bank.timeline.unit)


def test_the_banks_map_has_two_levels(bank: rm.Portfolio) -> None:
    """Some capabilities are at the top; the others are part of one of these."""
    tops = {item.name for item in bank.capabilities if item.parent is None}
    assert {"Serve customers", "Run the bank"} == tops
    assert tops == {item.parent for item in bank.capabilities} - {None}


def test_the_banks_teams_grow_and_shrink(bank: rm.Portfolio) -> None:
    """One team is ramped up for good, one dips and comes back, the others stay as they are."""
    assert (4,) * 9 + (5,) * 15 == bank.team["Platform"].profile(bank.timeline)
    core = (3,) * 11 + (2,) + (3,) * 11 + (2,)
    assert core == bank.team["Core banking"].profile(bank.timeline)
    steady = [team.name for team in bank.teams if isinstance(team.capacity, int)]
    assert ["Data", "Channels", "Risk and change"] == steady


def test_the_bank_has_every_link_and_lag(bank: rm.Portfolio) -> None:
    """All four links, and lags of either sign and of none."""
    assert set(LINKS) == {item.link for item in bank.dependencies}
    signs = {(item.lag > 0) - (item.lag < 0) for item in bank.dependencies}
    assert {-1, 0, 1} == signs


def test_the_bank_states_every_basis(bank: rm.Portfolio) -> None:
    """Each dependency says what it rests on and why, and each basis occurs."""
    assert set(BASES) - {"unstated"} == {item.basis for item in bank.dependencies}
    assert all(item.rationale for item in bank.dependencies)


def test_the_bank_has_every_loss(bank: rm.Portfolio) -> None:
    """All five profiles, and a sum of two."""
    assert set(PROFILES) == {type(part) for need in bank.needs for part in parts(need.loss)}
    assert any(isinstance(need.loss, rm.LossSum) for need in bank.needs)


def test_the_bank_combines_in_every_way(bank: rm.Portfolio) -> None:
    """All, any, and at least so many: fewer than there are."""
    ways = [how for item in bank.capabilities for how in item.combine.values()]
    assert sorted(ways, key=str) == [2, "all", "any"]
    assert 3 == len(bank.raisers["Onboarding"][3])


def test_the_bank_has_every_kind_of_initiative(bank: rm.Portfolio) -> None:
    """Modes, optional work, a ramp, milestones, windows that open and close, each category."""
    work = bank.initiatives
    assert ["Identity platform"] == [item.name for item in work if item.modes]
    assert ["Mobile app"] == [item.name for item in work if item.ramp]
    milestones = [item.name for item in work if item.duration == 0]
    assert ["Supervisor accepts", "Scheme certification"] == milestones
    assert any(item.optional for item in work)
    assert any(item.earliest_start for item in work)
    assert any(item.latest_finish for item in work)
    assert set(CATEGORIES) == {item.category for item in work}


def test_everybody_in_the_bank_has_an_owner(bank: rm.Portfolio) -> None:
    """Each need and each initiative says who answers for it, and each need where it is from."""
    assert all(need.owner for need in bank.needs)
    assert all(item.owner for item in bank.initiatives)
    assert all(need.basis for need in bank.needs)


def test_the_banks_optimum_is_proven(optimum: rm.Result) -> None:
    """It costs what the README says, and no plan costs less."""
    assert optimum.evaluation is not None
    assert rm.Status.OPTIMAL == optimum.status
    assert 21_733 == optimum.objective == optimum.bound
    expected = (optimum.evaluation.terms["urgency"], optimum.objective, "")
    assert expected == table()["optimum, proven"]


def test_the_bank_leaves_optional_work_out(bank: rm.Portfolio, optimum: rm.Result) -> None:
    """Some optional work pays and some does not; the platform is bought, not built."""
    chosen = optimum.require()
    assert {"Fraud machine learning", "Video identification"} == set(optimum.left_out)
    assert any(item.optional and item.name in chosen for item in bank.initiatives)
    assert "buy" == chosen["Identity platform"].mode


@pytest.mark.parametrize("rule", rm.RULES)
def test_each_rule_costs_what_the_readme_says(
    rule: str, bank: rm.Portfolio, optimum: rm.Result
) -> None:
    """What is lost, with delivery cost, and by how many percent that is above the optimum."""
    judged = rm.solve(bank, solver=rule).evaluation
    assert judged is not None
    assert optimum.evaluation is not None
    urgency, least = judged.terms["urgency"], optimum.evaluation.terms["urgency"]
    above = f"{100 * (judged.objective / (optimum.objective or 0) - 1):.0f} %"
    assert (urgency, judged.objective, above) == table()[TITLES[rule]]
    assert urgency > least


def test_the_readme_names_every_rule_from_the_best_down() -> None:
    """The table holds the optimum and the seven rules, and nothing else, in order of the loss."""
    rows = table()
    assert {"optimum, proven", *TITLES.values()} == set(rows)
    assert set(TITLES) == set(rm.RULES)
    assert sorted(rows.values()) == list(rows.values())


def test_the_five_items_in_their_best_order(five: rm.Portfolio) -> None:
    """F A B C D, one after the other, loses 912, and nothing loses less."""
    result = rm.solve(five)
    starts = [(name, place.start) for name, place in result.require().items()]
    assert [("F", 0), ("A", 4), ("B", 7), ("C", 9), ("D", 15)] == starts
    assert (rm.Status.OPTIMAL, 912, 912) == (result.status, result.objective, result.bound)


def test_the_five_items_most_urgent_first(five: rm.Portfolio) -> None:
    """Weighted shortest job first takes C D F B A, and loses 1,065."""
    result = rm.solve(five, solver="wsjf")
    assert ["C", "D", "F", "B", "A"] == list(result.require())
    assert 1_065 == result.objective


def test_a_slip_of_the_foundation(five: rm.Portfolio) -> None:
    """With room for it, F a month later costs 83: what all needs together lose in a month."""
    roomy = rm.Problem(five.replace(timeline=rm.Timeline("2027-01", 24)))
    costs = [rm.solve(each).objective for each in (roomy, roomy.with_(rm.EarliestStart("F", 1)))]
    assert [912, 912 + 30 + 20 + 24 + 9] == costs
