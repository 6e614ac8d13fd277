"""There is only so much of something: what is judged, refused and told."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.constraints import Consumption
from roadmap.errors import ProblemError
from roadmap.evaluation import evaluate
from roadmap.facts import Initiative, Mode
from roadmap.parts import Account, Entry
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.timeline import Timeline

FACTS = Portfolio(
    timeline=Timeline("2027-01", 6),
    initiatives=[
        Initiative("hub", modes=[Mode("build", 4), Mode("buy", 1)], optional=True),
        Initiative("portal", duration=2, optional=True),
        Initiative("training", duration=1),
    ],
)
RULE = Consumption("licences", {"hub": {"buy": 5, "build": 1}, "portal": {"": 2}}, most=6)
PROBLEM = Problem(FACTS).with_(RULE)


def schedule(modes: dict[str, str]) -> Schedule:
    """All in these modes, at the start."""
    named = {name: mode for name, mode in modes.items() if mode}
    return Schedule.of(FACTS, dict.fromkeys(modes, 0), named)


@pytest.mark.parametrize(
    "modes",
    [
        {"training": ""},
        {"hub": "buy", "training": ""},
        {"hub": "build", "portal": "", "training": ""},
    ],
)
def test_what_is_there_may_be_taken(modes: dict[str, str]) -> None:
    """Only what is in the plan counts, and only in its mode."""
    assert evaluate(PROBLEM, schedule(modes)).feasible


def test_more_than_there_is_breaks_the_rule() -> None:
    """The violation says how much is taken, by whom, and by how much it is too much."""
    found = evaluate(PROBLEM, schedule({"hub": "buy", "portal": "", "training": ""})).violations
    assert ["the plan takes 7 of licences, and there are 6"] == [str(one) for one in found]
    assert [(("hub", "portal"), 1)] == [(one.who, one.amount) for one in found]


def test_it_is_one_account() -> None:
    """Amounts stand in the order of the variants; what takes nothing has no entry."""
    rule = Consumption("seats", {"hub": {"buy": 5}, "portal": {"": 0}}, most=6)
    account = Account((Entry("hub", (0, 5)),), "consumption of seats", most=6)
    assert [account] == list(rule.post(FACTS))
    assert "there are 6 of seats for all the work together" == rule.sentence(FACTS)


def test_every_fault_is_told_at_once() -> None:
    """Names of work and of modes, shapes and amounts, each with its path and a remedy."""
    amounts: Any = {"hup": {}, "hub": {"bye": 1}, "portal": {"": -1}, "training": 3}
    rule = Consumption("licences", amounts, most=-1)
    with pytest.raises(ProblemError) as refused:
        Problem(FACTS).with_(rule)
    assert [
        "Consumption.amounts: unknown initiative 'hup'; did you mean 'hub'?",
        "Consumption.amounts.hub: unknown mode 'bye'; did you mean 'buy'?",
        "Consumption.amounts.portal.: -1 is too small; at least 0",
        "Consumption.amounts.training: 3 is not a table; write it as {mode: units}",
        "Consumption.most: -1 is too small; at least 0",
    ] == [str(fault) for fault in refused.value.faults]


def test_it_stays_as_it_was_made() -> None:
    """The amounts that were given may change afterwards; the rule does not, and has a hash."""
    amounts = {"portal": {"": 2}}
    rule = Consumption("licences", amounts, most=6)
    amounts["portal"][""] = 9
    assert 2 == rule.amounts["portal"][""]
    assert hash(rule) == hash(Consumption("licences", {"portal": {"": 2}}, most=6))
