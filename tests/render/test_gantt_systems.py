"""Systems in the Gantt chart: each until it is retired, as the judge counts it."""

from __future__ import annotations

import warnings
from itertools import pairwise
from typing import Any

import pytest
from matplotlib.patches import Rectangle

from roadmap.errors import RoadmapWarning
from roadmap.evaluation import evaluate
from roadmap.facts import Capability, Initiative, Need, System
from roadmap.losses import CostOfDelay
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.render._gantt_frame import GAP
from roadmap.render.gantt_chart import gantt, layout
from roadmap.schedule import Placement, Schedule
from roadmap.timeline import Timeline
from tests.render.pictures import HOSTILE, axes_of, flaws, in_turn, portfolio_of

MAINFRAME = System("mainframe", 8, 3, retired_by="off", replaced_by="core", parallel=2)
LEDGER = System("ledger", run_cost=2, replaced_by="core")
FAX = System("fax", run_cost=1, retired_by="no fax")
TAPES = System("tapes", risk_percent=5, risk_impact=100, retired_by="core", replaced_by="core")


def plan(*systems: System, **finishes: int) -> Plan:
    """A year in which systems are replaced and switched off at boundaries of one's choice."""
    facts = Portfolio(
        timeline=Timeline("2027-01", 12),
        capabilities=[Capability("offers")],
        needs=[Need("offers", 1, CostOfDelay(5))],
        initiatives=[
            Initiative("core", duration=2, raises={"offers": 1}),
            Initiative("off", duration=1, optional=True),
            Initiative("no fax", duration=1, optional=True),
        ],
        systems=systems,
    )
    lasts = {"core": 2, "off": 1}
    return Plan(facts, Schedule(Placement(n, at - lasts[n], at) for n, at in finishes.items()))


def stretches(drawn: Plan) -> list[tuple[str, int, int, bool]]:
    """Of each system when its replacement is beside it, when it ends, and whether by the plan."""
    return [(s.system, s.live, s.finish, s.retired) for s in layout(drawn).systems]


def test_systems_stand_until_they_are_retired() -> None:
    """Alone until the replacement is live, beside it until retired, else to the end."""
    expected = [
        ("mainframe", 5, 8, True),
        ("ledger", 5, 12, False),
        ("fax", 12, 12, False),
        ("tapes", 5, 5, True),
    ]
    assert expected == stretches(plan(MAINFRAME, LEDGER, FAX, TAPES, core=5, off=8))


@pytest.mark.parametrize(
    ("finishes", "expected"),
    [
        ({}, (12, 12, False)),
        ({"core": 5}, (5, 12, False)),
        ({"off": 8}, (8, 8, True)),
        ({"core": 9, "off": 8}, (8, 8, True)),
        ({"core": 12, "off": 12}, (12, 12, True)),
        ({"core": 11, "off": 13}, (11, 12, False)),
        ({"core": 13, "off": 14}, (12, 12, False)),
        ({"core": -3, "off": 4}, (0, 4, True)),
        ({"core": -3, "off": -1}, (0, 0, True)),
    ],
)
def test_plans_from_elsewhere(finishes: dict[str, int], expected: tuple[int, int, bool]) -> None:
    """Whatever a plan does with replacement and retirement, bars keep to the timeline."""
    assert [("mainframe", *expected)] == stretches(plan(MAINFRAME, **finishes))


@pytest.mark.parametrize("off", [-1, 0, 1, 7, 11, 12, 13, 20, None])
def test_bars_are_as_long_as_the_judge_counts(off: int | None) -> None:
    """A bar's length times the burden is what the judge makes of it."""
    drawn = plan(MAINFRAME, **({} if off is None else {"off": off}))
    (shape,) = layout(drawn).systems
    judged = evaluate(Problem(drawn.portfolio), drawn.schedule)
    assert judged.terms["run cost"] == MAINFRAME.burden * shape.finish


def test_rows_stand_between_capabilities_and_work() -> None:
    """A part of its own, a row for each system, in the portfolio's order."""
    drawn = plan(MAINFRAME, FAX, core=5)
    expected = [
        ("section", "Capabilities"),
        ("capability", "offers"),
        ("section", "Systems"),
        ("system", "mainframe"),
        ("system", "fax"),
        ("section", "Work"),
        ("work", "core"),
    ]
    lanes = layout(drawn).lanes
    assert expected == [(lane.kind, lane.name) for lane in lanes]
    assert all(one.y + one.height / 2 <= other.y for one, other in pairwise(lanes))
    bars = {shape.system: shape.y for shape in layout(drawn).systems}
    assert bars == {lane.name: lane.y for lane in lanes if lane.kind == "system"}


def test_systems_can_be_left_away() -> None:
    """The chart is then that of a portfolio without them."""
    assert layout(plan(core=5)) == layout(plan(MAINFRAME, FAX, core=5), systems=False)


@pytest.mark.parametrize(
    ("system", "finishes", "expected"),
    [
        (MAINFRAME, {"off": 8}, "costs 11 a month"),
        (MAINFRAME, {}, "costs 11 a month · not retired"),
        (System("big", 1_200_000, 34_000, retired_by="off"), {"off": 1}, "costs 1.234 M a month"),
        (TAPES, {}, "not retired"),
    ],
)
def test_what_it_costs_is_told(system: System, finishes: dict[str, int], expected: str) -> None:
    """Run cost and interest of a period, and whether it stays; not what it costs when it fails."""
    assert expected in [words.text for words in layout(plan(system, **finishes)).words]


def test_words_stand_where_there_is_room() -> None:
    """On the stretch that is long enough, the first before the second; else right of the bar."""
    found, starts = [], []
    for finishes in ({"core": 6, "off": 8}, {"core": 1, "off": 8}, {"core": 0, "off": 1}):
        drawn = layout(plan(MAINFRAME, **finishes))
        words = next(each for each in drawn.words if each.text.startswith("costs"))
        found.append((words.tone, words.ground))
        starts.append(words.x - GAP / drawn.across)
    assert [("system", "alone"), ("system", "parallel"), ("beside", "")] == found
    assert pytest.approx([0, 1, 1]) == starts


def test_nothing_is_told_of_what_costs_nothing_and_goes() -> None:
    """A row without words."""
    drawn = layout(plan(System("old", retired_by="off"), off=8))
    assert ["old"] == [words.text for words in drawn.words if words.y == drawn.systems[0].y]


def test_the_legend_explains_what_is_there() -> None:
    """Systems in use, and those beside their replacement, each if it occurs."""

    def told(drawn: Plan) -> set[str]:
        known = {"system in use", "parallel run with its replacement"}
        return known & {entry.told for entry in layout(drawn).legend}

    assert {"system in use", "parallel run with its replacement"} == told(
        plan(MAINFRAME, core=5, off=8)
    )
    assert {"system in use"} == told(plan(MAINFRAME, off=8))
    assert {"parallel run with its replacement"} == told(plan(MAINFRAME, core=0, off=8))
    assert set() == told(plan(core=5))


def test_what_is_drawn_is_the_layout() -> None:
    """Two boxes for each system, with its name, on its row."""
    drawn = plan(MAINFRAME, core=5, off=8)
    boxes = {
        str(patch.get_label()): (patch.get_x(), patch.get_width())
        for patch in gantt(drawn).patches
        if isinstance(patch, Rectangle)
    }
    assert (0, 5) == boxes["system mainframe"]
    assert (5, 3) == boxes["parallel mainframe"]


@pytest.mark.parametrize("count", [8, 60, 300])
def test_texts_are_apart_and_inside(count: int) -> None:
    """With many systems, whatever they are called and wherever they end."""
    facts = portfolio_of(count)
    names = [each.name for each in facts.initiatives]
    systems = [system_of(at, names) for at in range(max(count // 6, 4))]
    drawn = Plan(facts.replace(systems=systems), in_turn(facts))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RoadmapWarning)
        assert [] == flaws(gantt(drawn))


def system_of(at: int, names: list[str]) -> System:
    """A system of any name and of any fate."""
    look: dict[str, Any] = {"run_cost": 10 ** (at % 10)}
    if at % 3:
        look["retired_by"] = names[-1 - at]
    if at % 2:
        look["replaced_by"] = names[at]
    return System(f"{at} {HOSTILE[at % len(HOSTILE)]}", **look)


@pytest.mark.parametrize("size", [(3, 2), (16, 9)])
def test_axes_of_the_user(size: tuple[float, float]) -> None:
    """The chart with systems shrinks to fit."""
    drawn = plan(MAINFRAME, LEDGER, FAX, TAPES, core=5, off=8)
    assert [] == flaws(gantt(drawn, axes_of(*size)))
