"""Cases by hand whose answers are known: the five items, every verdict, claims, the top gaps."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import attrs
import pytest

import roadmap as rm
from tests.campaigns.agreement import solved

LENGTHS = {"F": 4, "A": 3, "B": 2, "C": 6, "D": 3}
RATES = {"A": 30, "B": 20, "C": 24, "D": 9}


def five(**changes: Any) -> rm.Portfolio:
    """One team; F is the foundation of A and B, and worth nothing by itself."""
    facts = rm.Portfolio(
        timeline=rm.Timeline("2027-01", 24),
        teams=[rm.Team("team", 1)],
        capabilities=[rm.Capability(name) for name in LENGTHS],
        needs=[
            rm.Need(name, 1, rm.CostOfDelay(rate), f"need {name}") for name, rate in RATES.items()
        ],
        initiatives=[
            rm.Initiative(
                name,
                duration=length,
                demand={"team": 1},
                raises={name: 1},
                requires={"F": 1} if name in "AB" else {},
            )
            for name, length in LENGTHS.items()
        ],
    )
    return facts.replace(**changes)


def with_work(facts: rm.Portfolio, name: str, **changes: Any) -> rm.Portfolio:
    """The same facts with one initiative changed."""
    return facts.replace(
        initiatives=[attrs.evolve(i, **changes) if i.name == name else i for i in facts.initiatives]
    )


def line(*initiatives: rm.Initiative, **facts: Any) -> rm.Portfolio:
    """Work in a timeline of eight months, with a capability "x" to raise."""
    stated: dict[str, Any] = {
        "timeline": rm.Timeline("2027-01", 8),
        "capabilities": [rm.Capability("x")],
        "needs": [rm.Need("x", 1, rm.CostOfDelay(10), "need x")],
    }
    return rm.Portfolio(initiatives=initiatives, **{**stated, **facts})


def test_the_price_of_a_month() -> None:
    """A month's slip of the foundation costs 83, although it has no value; of the others less."""
    prices = {slip.subject: slip.price.value for slip in rm.slips(solved(rm.Problem(five()))).items}
    assert {"F": 83, "A": 0, "B": 53, "C": 18, "D": 9} == prices


def test_what_holds_the_five() -> None:
    """F begins with the timeline; A waits for F; C waits for the team that B has."""
    result = solved(rm.Problem(five()))
    assert "F starts in 2027-01: that is where the timeline begins." in str(rm.why(result, "F"))
    assert {"F at level 1 → A", "capacity of team"} == {
        reason.rule for reason in rm.why(result, "A").reasons
    }
    held = rm.why(result, "C").reasons[0]
    assert [("B", (("need B", 20),))] == [
        (one.initiative, tuple((need.need, need.rate) for need in one.serves))
        for one in held.holders
    ]
    assert 0 == rm.why(result, "D").later


def test_why_not_the_most_urgent_first() -> None:
    """C first costs 84 more: who loses what and when is told."""
    result = solved(rm.Problem(five()))
    told = rm.why_not(result, "C", start="2027-01")
    assert (True, 84) == (told.possible, told.price.value)
    assert {"need A": 180, "need B": 120, "need C": -216} == {
        change.who: change.money for change in told.changes
    }
    assert "need A loses 180: 2027-08 becomes 2028-02" in str(told)


def test_what_forbids_it() -> None:
    """A before its foundation is forbidden by that one rule."""
    told = rm.why_not(solved(rm.Problem(five())), "A", before="2027-05")
    assert (False, ("F at level 1 → A",), True) == (
        told.possible,
        told.forbidden_by,
        told.smallest,
    )


def test_the_delay_of_the_last() -> None:
    """D could be met after 3 months; that the others come first adds 15."""
    delay = rm.delays(solved(rm.Problem(five())))["need D"]
    assert {"dependencies": 3, "calendars": 0, "teams": 0, "limits": 0, "priority": 15} == {
        name: part and part.value for name, part in delay.parts.items()
    }
    assert {"need A", "need B", "need C"} == {change.who for change in delay.preferred}
    assert 87 == delay.price.value


def test_teams_and_calendars_add() -> None:
    """Two pieces of work on one team queue; a date before which one may not start adds to that."""
    facts = line(
        rm.Initiative("a", duration=2, demand={"t": 1}, raises={"x": 1}),
        rm.Initiative("b", duration=2, demand={"t": 1}, raises={"x": 1}, earliest_start=1),
        teams=[rm.Team("t", 1)],
        capabilities=[rm.Capability("x", combine={1: "all"})],
    )
    parts = rm.delays(solved(rm.Problem(facts)))["need x"].parts
    assert [2, 1, 1, 0, 0] == [part and part.value for part in parts.values()]


def verdicts(facts: rm.Portfolio) -> dict[str, str]:
    """The verdict on each rule."""
    return {one.rule: one.verdict for one in rm.audit(solved(rm.Problem(facts))).findings}


def test_binding_and_what_it_rests_on() -> None:
    """A policy that delays a need is binding and manufactured, at its price; physics is genuine."""
    facts = line(
        rm.Initiative("a", duration=2),
        rm.Initiative("b", duration=1),
        rm.Initiative("c", duration=1, raises={"x": 1}),
        dependencies=[
            rm.Dependency("a", "c", basis="policy"),
            rm.Dependency("b", "c", basis="physics"),
        ],
    )
    told = rm.audit(solved(rm.Problem(facts)))
    assert ("binding", 10, True) == _key(told["a → c"])
    assert ("not binding", 0, False) == _key(told["b → c"])
    assert told["b → c"].quoted_in_vain
    assert ["a → c"] == [one.rule for one in told.challenges]
    assert ["a → c"] == [one.rule for one in told.policies]


def _key(finding: Any) -> tuple[str, int | None, bool]:
    return finding.verdict, finding.price.value, finding.manufactured


def test_jointly_binding() -> None:
    """Two dependencies of equal length: neither costs anything alone, together they do."""
    facts = line(
        rm.Initiative("a", duration=2),
        rm.Initiative("b", duration=2),
        rm.Initiative("c", duration=1, raises={"x": 1}),
        dependencies=[rm.Dependency("a", "c"), rm.Dependency("b", "c")],
    )
    told = rm.audit(solved(rm.Problem(facts)))
    assert {"a → c": "jointly binding", "b → c": "jointly binding"} == {
        one.rule: one.verdict for one in told.findings if "→" in one.rule
    }
    assert ("a → c", "b → c") == told["a → c"].together


def test_implied() -> None:
    """That a comes before c follows from a before b and b before c."""
    facts = line(
        rm.Initiative("a", duration=2),
        rm.Initiative("b", duration=1),
        rm.Initiative("c", duration=1, raises={"x": 1}),
        dependencies=[
            rm.Dependency("a", "b"),
            rm.Dependency("b", "c"),
            rm.Dependency("a", "c"),
        ],
    )
    found = verdicts(facts)
    assert ("binding", "binding", "implied") == (found["a → b"], found["b → c"], found["a → c"])


def test_conflicting() -> None:
    """Two pieces of work of two months, one after the other, must be over in three."""
    facts = line(
        rm.Initiative("a", duration=2, latest_finish=3, raises={"x": 1}),
        rm.Initiative("b", duration=2, latest_finish=3),
        rm.Initiative("c", duration=1),
        dependencies=[rm.Dependency("a", "b", basis="law")],
    )
    told = rm.conflicts(facts)
    assert [{"inclusion of b", "latest finish of b", "a → b"}] == [
        set(one.rules) for one in told.conflicts
    ]
    assert {("inclusion of b",), ("latest finish of b",), ("a → b",)} == {
        one.rules for one in told.repairs
    }
    assert "b may start only after a finishes (law)" in str(told)
    assert {"conflicting": 3, "not binding": 3} == _counts(list(verdicts(facts).values()))


def _counts(words: list[str]) -> dict[str, int]:
    return {word: words.count(word) for word in set(words)}


def test_unproven() -> None:
    """Without any time, verdicts are unproven and prices intervals; nothing is claimed."""
    quick = rm.solve(five(), solver="wsjf")
    told = rm.audit(quick, inquiry=rm.Inquiry(total=0))
    assert {"unproven"} == {one.verdict for one in told.findings}
    assert "not known" in str(told) or "not proven" in str(told)


def test_why_it_is_left_out() -> None:
    """Work that costs 50 and saves 35, being there for 7 of 8 months at 5: it lacks 15."""
    facts = line(
        rm.Initiative("a", duration=1, raises={"x": 1}, cost=50, optional=True),
        needs=[rm.Need("x", 1, rm.CostOfDelay(5), "need x")],
    )
    told = rm.why_left_out(solved(rm.Problem(facts)), "a")
    assert (35, 50, 15, True) == (told.gained, told.lost, told.break_even.value, told.confirmed)
    assert "It enters once it is worth 15 in itself; solved just below and just above." in str(told)


def test_left_out_with_what_it_needs() -> None:
    """A prerequisite that nothing else calls for is brought along, and its cost counted."""
    facts = line(
        rm.Initiative("f", duration=1, raises={"y": 1}, cost=40, optional=True),
        rm.Initiative("a", duration=1, raises={"x": 1}, requires={"y": 1}, cost=30, optional=True),
        capabilities=[rm.Capability("x"), rm.Capability("y")],
    )
    told = rm.why_left_out(solved(rm.Problem(facts)), "a")
    assert (("f",), 60, 70, 10) == (
        told.brought_along,
        told.gained,
        told.lost,
        told.break_even.value,
    )


def test_competing_claims() -> None:
    """If F takes 4 months it goes first, and so up to 7; from 8 on another order is better."""
    result = solved(rm.Problem(five()))
    told = rm.claims(result, {"four": five(), "seven": with_work(five(), "F", duration=7)})
    assert (912, 912) == (told["four"].optimum.value, told["four"].costs["given"])
    assert told["seven"].costs["given"] is None
    assert 1161 == told["seven"].costs["seven"]
    switch = rm.switch_over(lambda months: with_work(five(), "F", duration=months), range(4, 12))
    assert (4, 7, 8, True) == (
        switch.first,
        switch.holds_until,
        switch.turns_at,
        switch.complete,
    )
    assert "turns at 8" in str(switch)


def test_the_switch_by_hand() -> None:
    """The order F A B C D is among the best for 7 months and not for 8, by all orders."""
    from itertools import permutations

    def loss(order: tuple[str, ...], months: int) -> int:
        time, lost = 0, 0
        for name in order:
            time += months if name == "F" else LENGTHS[name]
            lost += RATES.get(name, 0) * time
        return lost

    for months, best in ((7, True), (8, False)):
        orders = [o for o in permutations("FABCD") if o.index("F") < min(map(o.index, "AB"))]
        least = min(loss(order, months) for order in orders)
        assert best is (loss(tuple("FABCD"), months) == least)


def test_claims_that_agree() -> None:
    """A number on which nothing depends turns no decision."""
    switch = rm.switch_over(
        lambda level: five(capabilities=[rm.Capability(n) for n in LENGTHS], name=str(level)),
        range(3),
    )
    assert (2, None, True) == (switch.holds_until, switch.turns_at, switch.complete)


def test_the_top_gaps() -> None:
    """The best pair shares a foundation and is not the pair with the highest scores."""
    shared = {"p": 30, "q": 30, "r": 34, "s": 34}
    facts = rm.Portfolio(
        timeline=rm.Timeline("2027-01", 10),
        teams=[rm.Team("t", 9)],
        capabilities=[rm.Capability(name) for name in (*shared, "base")],
        needs=[rm.Need(name, 1, rm.CostOfDelay(rate), name) for name, rate in shared.items()],
        initiatives=[
            rm.Initiative("base", duration=1, cost=100, raises={"base": 1}),
            *(
                rm.Initiative(n, duration=1, raises={n: 1}, requires={"base": 1}, cost=50)
                for n in "pq"
            ),
            *(rm.Initiative(n, duration=1, raises={n: 1}, cost=200) for n in "rs"),
        ],
    )
    told = rm.top_gaps(facts, 2)
    saved = {
        pair: sum(shared[n] * (8 if n in "pq" else 9) for n in pair)
        - sum(50 if n in "pq" else 200 for n in pair)
        - 100 * any(n in "pq" for n in pair)
        for pair in combinations(shared, 2)
    }
    best = max(saved, key=lambda pair: saved[pair])
    assert (("p", "q"), set(told.needs)) == (best, {"p", "q"})
    assert saved[best] == told.saving.value
    assert {"r", "s"} == set(told.by_score)
    assert saved["r", "s"] == told.score_saving.value
    assert {"base", "p", "q"} == set(told.schedule or ())


def test_top_gaps_need_a_number() -> None:
    """No gaps at all is refused."""
    with pytest.raises(rm.ProblemError, match="give 1 or more"):
        rm.top_gaps(five(), 0)


def test_one_more_is_enough() -> None:
    """With one more of the team both are done in time; with none they are not."""
    facts = line(
        rm.Initiative("a", duration=2, demand={"t": 1}, raises={"x": 1}),
        rm.Initiative("b", duration=2, demand={"t": 1}, latest_finish=2),
        teams=[rm.Team("t", 1)],
    )
    told = rm.what_would_it_take(facts, "need x", 2)
    assert told.possible is False
    assert [("t", 1, True)] == [(one.team, one.units, one.proven) for one in told.capacity]
    assert [("inclusion of b",)] == [one.rules for one in told.scope]
    assert {("capacity of t",), ("latest finish of b",)} == {one.rules for one in told.limits}
    assert told.date is not None
    assert 4 == told.date.value
    assert "1 more of t is enough" in str(told)


@pytest.mark.parametrize(
    "ask",
    [
        lambda result: rm.why(result, "E"),
        lambda result: rm.why_not(result, "E"),
        lambda result: rm.why_left_out(result, "E"),
        lambda result: rm.by_when(result, "need E"),
        lambda result: rm.what_would_it_take(result, "need E", 3),
        lambda result: rm.why_not(result, "A", start=1, before=2),
    ],
)
def test_unknown_names_are_told(ask: Any) -> None:
    """A name that is not there is refused, with what is allowed."""
    with pytest.raises(rm.ScheduleError):
        ask(solved(rm.Problem(five())))


def test_without_a_plan() -> None:
    """Where there is no plan, nothing of it is explained, and the error says what to ask."""
    result = solved(rm.Problem(with_work(five(), "C", latest_finish=3)))
    for ask in (rm.slips, rm.capacity_slips, rm.delays):
        with pytest.raises(rm.ScheduleError, match=r"roadmap\.conflicts"):
            ask(result)
