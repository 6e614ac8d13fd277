"""Findings: each kind is found where it is, and nowhere else."""

from __future__ import annotations

import random
from typing import Any

import attrs
import pytest

import roadmap as rm
from roadmap.findings.deadlines import bends
from roadmap.lineage import Lineage
from tests.strategies import random_portfolio

YEAR = rm.Timeline("2027-01", 12)
_FIRST = "first implies others"


def sound(**changes: Any) -> rm.Portfolio:
    """A portfolio in which nothing is to be found, with changes."""
    facts: dict[str, Any] = {
        "timeline": YEAR,
        "capabilities": [
            rm.Capability("identity", measures={2: "one password"}),
            rm.Capability("payments", 1),
        ],
        "needs": [need("payments", 3)],
        "initiatives": [
            work("log in", raises={"identity": 2}),
            work("hub", raises={"payments": 3}, requires={"identity": 1}, latest_finish="2027-06"),
        ],
        "dependencies": [rm.Dependency("log in", "hub", basis="physics")],
        "outcomes": [outcome()],
    }
    return rm.Portfolio(**(facts | changes))


def need(capability: str, level: int, **changes: Any) -> rm.Need:
    """A need with all that can be said of it: a deadline at the end of June."""
    said: dict[str, Any] = {
        "loss": rm.Deadline("2027-06", penalty=50),
        "owner": "Retail",
        "basis": "study",
        "measure": "seconds",
        "technology_owner": "CTO",
    }
    return rm.Need(capability, level, **(said | changes))


def work(name: str, **changes: Any) -> rm.Initiative:
    """Work whose estimate has a basis."""
    said: dict[str, Any] = {"duration": 2, "estimate_basis": "two like it"}
    return rm.Initiative(name, **(said | changes))


def outcome(**changes: Any) -> rm.Outcome:
    """An outcome with all that can be said of it."""
    said: dict[str, Any] = {
        "baseline": 9,
        "target": 5,
        "due_by": "2027-12",
        "capabilities": {"payments": 3},
        "measure": "survey",
        "owner": "Retail",
        "technology_owner": "CTO",
    }
    return rm.Outcome("time to pay", **(said | changes))


def found(**changes: Any) -> list[tuple[str, str]]:
    """Kind and path of every finding in the sound portfolio with changes."""
    return [(each.kind, each.path) for each in sound(**changes).findings()]


def test_nothing_is_found_where_all_is_said() -> None:
    """A portfolio that answers every question has no findings, and says so."""
    assert [] == found()
    assert "There is nothing to be found." == str(sound().findings())
    assert "<p>There is nothing to be found.</p>" == sound().findings()._repr_html_()
    assert 0 == len(rm.Portfolio(timeline=YEAR).findings())


@pytest.mark.parametrize(
    ("changes", "kind", "path"),
    [
        ({"loss": rm.CostOfDelay(0)}, "need without value", "needs[0].loss"),
        ({"loss": rm.Table([0, 0])}, "need without value", "needs[0].loss"),
        ({"owner": None}, "need without owner", "needs[0].owner"),
        (
            {"technology_owner": None},
            "need without technology owner",
            "needs[0].technology_owner",
        ),
        ({"measure": ""}, "need without measure", "needs[0].measure"),
        ({"basis": ""}, "need without basis", "needs[0].basis"),
    ],
)
def test_needs(changes: Any, kind: str, path: str) -> None:
    """What a need leaves open is found, one thing each."""
    initiatives = [attrs.evolve(item, latest_finish=None) for item in sound().initiatives]
    told = found(needs=[need("payments", 3, **changes)], initiatives=initiatives)
    assert [(kind, path)] == told


def test_a_capability_can_say_the_measure_of_its_level() -> None:
    """The measure of a level serves every need of it, and of no other level."""
    needs = [
        need("payments", 3),
        need("identity", 2, measure=""),
        need("identity", 1, measure="", name="any log-in"),
    ]
    assert [("need without measure", "needs[2].measure")] == found(needs=needs)


def test_a_need_without_value_needs_no_basis() -> None:
    """Where no figure is stated, nothing is asked about its source."""
    initiatives = [attrs.evolve(item, latest_finish=None) for item in sound().initiatives]
    told = found(
        needs=[need("payments", 3, loss=rm.CostOfDelay(0), basis="")], initiatives=initiatives
    )
    assert [("need without value", "needs[0].loss")] == told


@pytest.mark.parametrize(
    ("changes", "kind", "path"),
    [
        ({"owner": None}, "outcome without owner", "outcomes[0].owner"),
        ({"technology_owner": None}, "outcome without owner", "outcomes[0].technology_owner"),
        ({"measure": ""}, "outcome without measure", "outcomes[0].measure"),
        (
            {"capabilities": {"payments": 1}},
            "outcome that nothing carries",
            "outcomes[0].capabilities",
        ),
    ],
)
def test_outcomes(changes: Any, kind: str, path: str) -> None:
    """What an outcome leaves open is found, one thing each."""
    assert [(kind, path)] == found(outcomes=[outcome(**changes)])


@pytest.mark.parametrize(
    "reason",
    [
        {"raises": {"payments": 2}, "mandate": "the law"},
        {"raises": {"payments": 1}, "risk": rm.Risk(5, 100)},
        {"raises": {"payments": 4}},
        {"raises": {"identity": 1}},
    ],
)
def test_work_with_a_reason(reason: Any) -> None:
    """A mandate, a risk, a needed level or a level below a needed one is reason enough."""
    item = work("extra", **reason)
    assert [] == found(initiatives=[*sound().initiatives, item])


@pytest.mark.parametrize(
    "without",
    [
        {},
        {"raises": {"payments": 2}},
        {"raises": {"payments": 1}},
        {"requires": {"payments": 3}},
        {"optional": True, "mandate": "the law"},
    ],
)
def test_work_without_a_reason(without: Any) -> None:
    """A level that is too low, one that is there today and what comes after are no reason."""
    item = work("extra", **without)
    told = found(initiatives=[*sound().initiatives, item])
    assert [("work that serves no need", "initiatives[2]")] == told


def test_work_serves_what_is_far_downstream() -> None:
    """Through levels and dependencies; what only leads to worthless work serves nothing."""
    initiatives = [
        *sound().initiatives,
        work("first"),
        work("second"),
        work("third"),
        work("fourth"),
    ]
    ties = [
        *sound().dependencies,
        rm.Dependency("first", "second", basis="law"),
        rm.Dependency("second", "log in", basis="law"),
        rm.Dependency("third", "fourth", basis="law"),
    ]
    told = found(initiatives=initiatives, dependencies=ties)
    assert [
        ("work that serves no need", "initiatives[4]"),
        ("work that serves no need", "initiatives[5]"),
    ] == told


EXTRA = ["extra"]


@pytest.mark.parametrize(
    ("facts", "serves"),
    [
        ({"pilots": [rm.Pilot("extra", 6, 50, ["hub"], "faster", "time", "1 s")]}, True),
        ({"pilots": [rm.Pilot("hub", 6, 50, EXTRA, "faster", "time", "1 s")]}, False),
        ({"systems": [rm.System("old", run_cost=3, retired_by="extra", basis="ledger")]}, True),
        ({"systems": [rm.System("old", run_cost=0, retired_by="extra")]}, False),
        ({"systems": [rm.System("old", retired_by="extra", blocks=["hub"])]}, True),
        ({"systems": [rm.System("old", retired_by="hub", dependants=EXTRA)]}, True),
        ({"systems": [rm.System("old", retired_by="hub", blocks=EXTRA)]}, False),
        ({"selections": [rm.Selection("s", ["extra", "hub"], "at most one", "law")]}, False),
        ({"selections": [rm.Selection("s", ["extra", "hub"], "exactly one", "law")]}, True),
        ({"selections": [rm.Selection("s", ["extra", "hub"], "all or none", "law")]}, True),
        ({"selections": [rm.Selection("s", ["hub", "extra"], _FIRST, "law")]}, True),
        ({"selections": [rm.Selection("s", ["extra", "hub"], _FIRST, "law")]}, False),
        ({"programmes": [rm.Programme("p", ["extra", "hub"], whole=True)]}, True),
        ({"programmes": [rm.Programme("p", ["extra", "hub"])]}, False),
    ],
)
def test_what_else_asks_for_work(facts: Any, serves: bool) -> None:
    """Pilots, systems, selections and programmes can be a reason, each in one direction."""
    initiatives = [*sound().initiatives, work("extra", optional=True)]
    told = found(initiatives=initiatives, **facts)
    assert ([] if serves else [("work that serves no need", "initiatives[2]")]) == told


def test_option_values_gates_and_workarounds() -> None:
    """A level with an option value, a gated need and a requirement at a price are asked for."""
    extra = work("extra", raises={"payments": 2}, optional=True)
    more = {"initiatives": [*sound().initiatives, extra]}
    valued = rm.Capability("payments", 1, option_value={2: 5})
    assert 1 == len(found(**more))
    assert [] == found(capabilities=[sound().capabilities[0], valued], **more)
    assert [] == found(needs=[need("payments", 3, gated_by=["extra"])], **more)
    alone = rm.Capability("spare", 1, option_value={1: 5})
    assert [] == found(capabilities=[*sound().capabilities, alone], needs=sound().needs)
    around = [rm.Workaround("hub", "identity", interest=3)]
    told = sound(workarounds=around).findings()
    assert ["workarounds[0].basis"] == [each.path for each in told]
    assert "nothing says what the requirement of identity by hub rests on" == told[0].sentence


def test_a_requirement_at_a_price_leaves_the_level_to_the_work() -> None:
    """What work can start without, it brings itself; what it must have, it does not."""
    hub = attrs.evolve(sound().initiatives[1], requires={"payments": 2}, latest_finish=None)
    lower = work("lower", raises={"payments": 2})
    facts: dict[str, Any] = {
        "initiatives": [hub, lower],
        "needs": [need("payments", 2)],
        "capabilities": [rm.Capability("payments", 1)],
        "dependencies": [],
        "outcomes": [],
    }
    assert () == Lineage(rm.Portfolio(timeline=YEAR, **facts)).needs(["hub"])
    facts["workarounds"] = [rm.Workaround("hub", "payments", interest=1, basis="policy")]
    soft = rm.Portfolio(timeline=YEAR, **facts)
    assert soft.needs == Lineage(soft).needs(["hub"])


def test_a_floor_asks_for_work() -> None:
    """Who raises a level that a floor demands later serves it; a floor of today asks for none."""
    extra = work("extra", raises={"payments": 2})
    floors: list[tuple[Any, bool]] = [({0: 1, 8: 2}, True), (1, False)]
    for floor, serves in floors:
        capabilities = [sound().capabilities[0], rm.Capability("payments", 1, floor=floor)]
        told = found(capabilities=capabilities, initiatives=[*sound().initiatives, extra])
        assert ([] if serves else [("work that serves no need", "initiatives[2]")]) == told


def test_pilots_and_systems() -> None:
    """A pilot without hypothesis, measure and threshold; figures of a system without basis."""
    told = found(
        pilots=[rm.Pilot("log in", 6, 50, ["hub"], measure="time")],
        systems=[rm.System("old", run_cost=3, retired_by="hub"), rm.System("free")],
    )
    assert told == [
        ("pilot without hypothesis", "pilots[0].hypothesis"),
        ("pilot without threshold", "pilots[0].threshold"),
        ("system without basis", "systems[0].basis"),
    ]


def test_lineage() -> None:
    """What stands on work: other work, needs and outcomes, each in the order of the facts."""
    facts = sound(needs=[need("payments", 3), need("payments", 2, name="soon")])
    lineage = Lineage(facts)
    assert ("hub",) == lineage.onward("log in")
    assert () == lineage.onward("hub")
    assert () == lineage.needs(["log in"])
    assert facts.needs == lineage.needs(["log in", "hub"])
    assert facts.outcomes == lineage.outcomes(["hub"])
    assert () == lineage.outcomes(["log in"])
    assert {"log in", "hub"} == lineage.serving


def test_estimates() -> None:
    """Time or money without a source is found; what takes neither needs none."""
    hub = attrs.evolve(sound().initiatives[1], estimate_basis="")
    told = found(initiatives=[sound().initiatives[0], hub])
    assert [("estimate without basis", "initiatives[1].estimate_basis")] == told
    free = attrs.evolve(hub, duration=0)
    assert [] == found(initiatives=[sound().initiatives[0], free])
    bought = attrs.evolve(free, cost=5)
    assert 1 == len(found(initiatives=[sound().initiatives[0], bought]))


@pytest.mark.parametrize(
    ("loss", "path"),
    [
        (rm.Deadline("2027-06"), "needs[0].loss"),
        (rm.Deadline("2027-12", penalty=5), "needs[0].loss"),
        (rm.Window(0, "2027-06"), "needs[0].loss"),
        (rm.Window(9, "2027-12"), "needs[0].loss"),
        (rm.CostOfDelay(3) + rm.Deadline("2027-06"), "needs[0].loss[1]"),
    ],
)
def test_due_dates_without_effect(loss: rm.Loss, path: str) -> None:
    """A due date at which nothing is lost is found, in a sum too; one nobody can miss as well."""
    initiatives = [attrs.evolve(item, latest_finish=None) for item in sound().initiatives]
    told = found(needs=[need("payments", 3, loss=loss)], initiatives=initiatives)
    assert ("artificial deadline", path) in told
    assert {"artificial deadline", "need without value"} >= {kind for kind, _ in told}


@pytest.mark.parametrize(
    ("loss", "bent"),
    [
        (rm.CostOfDelay(3), {0}),
        (rm.Deadline("2027-06", penalty=50), {6}),
        (rm.Deadline("2027-06", rate=5), {6}),
        (rm.Deadline(12, penalty=50), set()),
        (rm.Fading(100, 10), {0}),
        (rm.Window(9, "2027-06", "2027-03"), {2, 6}),
        (rm.Table([0, 1, 2, 9]), {0, 2}),
        (rm.CostOfDelay(3) + rm.Deadline("2027-06", rate=5), {0, 6}),
    ],
)
def test_bends(loss: rm.Loss, bent: set[int]) -> None:
    """A curve bends where delay gets dearer from one period to the next."""
    assert bent == bends(loss.table(YEAR))


@pytest.mark.parametrize(
    ("changes", "artificial"),
    [
        ({}, False),
        ({"latest_finish": "2027-05"}, True),
        ({"latest_finish": "2027-05", "ramp": 1}, False),
        ({"latest_finish": "2027-05", "mandate": "contract"}, False),
        ({"latest_finish": "2027-07"}, True),
    ],
)
def test_hard_limits_of_work_that_meets_a_need(changes: Any, artificial: bool) -> None:
    """A latest finish is real where the need it meets gets dearer at the very date."""
    hub = attrs.evolve(sound().initiatives[1], **changes)
    told = found(initiatives=[sound().initiatives[0], hub])
    assert ([("artificial deadline", "initiatives[1].latest_finish")] * artificial) == told


@pytest.mark.parametrize(("latest", "artificial"), [("2027-03", False), ("2027-07", True)])
def test_hard_limits_of_foundations(latest: str, artificial: bool) -> None:
    """A foundation's latest finish can rest on a need downstream that gets dearer later."""
    login = attrs.evolve(sound().initiatives[0], latest_finish=latest)
    told = found(initiatives=[login, sound().initiatives[1]])
    assert ([("artificial deadline", "initiatives[0].latest_finish")] * artificial) == told


def test_ties_without_basis() -> None:
    """A dependency that does not say what it rests on, and any other limit that could."""
    told = found(dependencies=[rm.Dependency("log in", "hub")])
    assert [("basis unstated", "dependencies[0].basis")] == told
    freezes = [rm.Freeze("a", 2, 3, basis="policy"), rm.Freeze("b", 4, 5)]
    budgets = [rm.Budget("all", 100)]
    facts = sound(freezes=freezes, budgets=budgets)
    assert ["freezes[1].basis", "budgets[0].basis"] == [each.path for each in facts.findings()]
    assert "nothing says what the freeze b rests on" == facts.findings()[0].sentence


def test_capabilities_that_nobody_needs() -> None:
    """Raised or not, what nobody asks for is found; headings of the map are not."""
    capabilities = [
        *sound().capabilities,
        rm.Capability("heading"),
        rm.Capability("idle", parent="heading"),
        rm.Capability("vain"),
    ]
    initiatives = [*sound().initiatives, work("vanity", raises={"vain": 1}, mandate="the chief")]
    facts = sound(capabilities=capabilities, initiatives=initiatives)
    told = facts.findings()
    assert ["capabilities[3]", "capabilities[4]"] == [each.path for each in told]
    assert "no work raises it" in told[0].sentence
    assert "work raises it, and nobody needs it" in told[1].sentence


def test_findings_stand_in_order_and_show_themselves() -> None:
    """By kind, then by place; as a list, as a table and as HTML that runs nothing."""
    facts = sound(
        needs=[need("payments", 3, owner=None, basis=""), need("identity", 2, owner=None)],
        initiatives=[
            attrs.evolve(sound().initiatives[0], name="<b>", estimate_basis=""),
            attrs.evolve(sound().initiatives[1]),
        ],
        dependencies=[],
    )
    told = facts.findings()
    assert ["needs[0].owner", "needs[1].owner", "needs[0].basis"] == [e.path for e in told[:3]]
    assert told == facts.findings()
    assert hash(told) == hash(facts.findings())
    assert rm.Findings(told[:2]) == told.of_kind("need without owner")
    lines = str(told).splitlines()
    assert 2 + len(told) == len(lines)
    cells = [cell for cell in lines[2].split("  ") if cell]
    assert ["need without owner", "needs[0].owner"] == cells[:2]
    assert "name who does" == cells[-1].strip()
    assert "&lt;b&gt;" in told._repr_html_()
    assert "<b>" not in told._repr_html_()
    assert str(told[0]).startswith("needs[0].owner: nobody")


def test_totals_say_what_they_do_not_count() -> None:
    """Reports say how many needs are without value; where all have one, nothing is said."""
    facts = sound(needs=[need("payments", 3), need("identity", 2, loss=rm.CostOfDelay(0))])
    result = rm.solve(facts, solver="wsjf")
    note = "1 of 2 needs is without value and counted by no total: identity at level 2"
    compared = rm.compare({"a": result})
    assert ("identity at level 2",) == facts.unpriced
    for told in (str(result), result._repr_html_(), str(compared), compared._repr_html_()):
        assert note in told
    assert "without value" not in str(rm.solve(sound(), solver="wsjf"))


def test_optional_work_that_serves_no_need_is_in_no_best_plan() -> None:
    """What is found is so: no optimal plan holds it, unless work that must be done waits for it."""
    left_out = 0
    for case in range(120):
        facts = random_portfolio(random.Random(f"serving:{case}"))
        lineage = Lineage(facts)
        told = facts.findings().of_kind("work that serves no need")
        found = [facts.initiatives[int(each.path[12:-1])] for each in told]
        idle = [
            item.name
            for item in found
            if item.optional
            and all(facts.initiative[name].optional for name in lineage.onward(item.name))
        ]
        schedule = rm.solve(facts, solver="cpsat", time_limit=20, workers=1).schedule
        if schedule is not None:
            assert [] == [name for name in idle if name in schedule]
            left_out += len(idle)
    assert left_out > 20


def test_only_what_serves_moves_a_need() -> None:
    """Taking out what serves no need changes no need's attainment, whatever the plan."""
    changed = 0
    for case in range(200):
        rng = random.Random(f"moving:{case}")
        facts = random_portfolio(rng)
        starts = {item.name: rng.randint(0, 3) for item in facts.initiatives}
        modes = {item.name: item.ways[0].name for item in facts.initiatives if item.modes}
        whole = rm.Plan(facts, rm.Schedule.of(facts, starts, modes))
        serving = Lineage(facts).serving
        kept = {name: start for name, start in starts.items() if name in serving}
        part = rm.Plan(facts, rm.Schedule.of(facts, kept, modes))
        broken = {each.rule for each in rm.evaluate(facts, whole.schedule).violations}
        if any("at level" in rule for rule in broken):
            continue  # what a piece of work requires it cannot bring
        for need in facts.needs:
            times = [plan.attained(need.capability, need.level) for plan in (whole, part)]
            assert times[0] == times[1]
        changed += len(kept) < len(starts)
    assert changed > 50
