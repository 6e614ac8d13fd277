"""So many of several: what is judged, refused and told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from roadmap.constraints import Alternatives
from roadmap.errors import ProblemError
from roadmap.facts import Initiative, Mode
from roadmap.parts import Account, Entry
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.timeline import Timeline

FACTS = Portfolio(
    timeline=Timeline("2027-01", 6),
    initiatives=[
        *(Initiative(name, duration=1, optional=True) for name in "xab"),
        Initiative("c", modes=[Mode("build", 2), Mode("buy", 1)], optional=True),
    ],
)


def broken(rule: Alternatives, chosen: str) -> list[tuple[str, tuple[str, ...], int]]:
    """What a plan of these breaks."""
    modes = {"c": "buy"} if "c" in chosen else {}
    plan = Plan(FACTS, Schedule.of(FACTS, dict.fromkeys(chosen, 0), modes))
    return [(str(found), found.who, found.amount) for found in rule.check(plan)]


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (Alternatives(["a", "b", "c"], 1, 1), ["a", "b", "xc"]),
        (Alternatives(["a", "b", "c"]), ["a", "ab", "abc"]),
        (Alternatives(["a", "b", "c"], 0, 1), ["", "x", "c"]),
        (Alternatives(["a", "b", "c"], 2, 2, given="x"), ["", "a", "abc", "xab", "xbc"]),
        (Alternatives(["a"], given="x"), ["", "a", "xa", "bc"]),
    ],
)
def test_a_plan_that_keeps_it(rule: Alternatives, kept: Sequence[str]) -> None:
    """Exactly so many, at least, at most, and all this only where it is called for."""
    assert [[]] * len(kept) == [broken(rule, chosen) for chosen in kept]


def test_a_plan_that_breaks_it() -> None:
    """How many there are, who, and by how many it is wrong."""
    one = Alternatives(["a", "b", "c"], 1, 1)
    assert [("1 of a, b, c must be in the plan, and 3 are in the plan", ("a", "b", "c"), 2)] == (
        broken(one, "abc")
    )
    both = Alternatives(["a", "b"], 2, given="x")
    assert [("2 or more of a, b must be in the plan, and 0 are in the plan", ("a", "b"), 2)] == (
        broken(both, "x")
    )


def test_words() -> None:
    """Names tell rules apart; sentences say when they hold."""
    assert "1 of a, b" == Alternatives(["a", "b"], 1, 1).name
    assert "x: 1 or more of a, b" == Alternatives(["a", "b"], given="x").name
    assert "if x is in the plan, 1 to 2 of a, b, c must be in the plan" == (
        Alternatives(["a", "b", "c"], 1, 2, given="x").sentence(FACTS)
    )


def test_it_is_an_account_for_each_bound() -> None:
    """Where the one that calls for them is left out, each bound is lifted far enough."""
    rule = Alternatives(["a", "c"], 1, 1, given="x")
    counted = (Entry("a", (1,)), Entry("c", (1, 1)))
    assert [
        Account((*counted, Entry("x", (-1,))), rule.name, least=0),
        Account((*counted, Entry("x", (1,))), rule.name, most=2),
    ] == list(rule.post(FACTS))
    always = Alternatives(["a", "c"], 0, 1)
    assert [Account(counted, always.name, most=1)] == list(always.post(FACTS))
    assert [] == list(Alternatives(["a", "c"], 0, 2).post(FACTS))


def test_every_fault_is_told_at_once() -> None:
    """Unknown names, names that stand twice, numbers below 0, nothing to choose among."""
    with pytest.raises(ProblemError) as refused:
        Problem(FACTS).with_(Alternatives(["a", "a", "d"], -1, given="y"), Alternatives([]))
    assert 5 == len(refused.value.faults)
