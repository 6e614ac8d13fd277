"""Gates of pilots in the Gantt chart: on the pilot's row and on those of its follow-on work."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from roadmap.facts import Capability, Initiative, Pilot
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.render._gantt_frame import GAP
from roadmap.render.gantt_chart import gantt, layout
from roadmap.render.theme import measure
from roadmap.schedule import Schedule
from roadmap.timeline import Timeline
from tests.render.pictures import axes_of, flaws

HERE = {"trial": 1, "roll-out": 6, "advice": 4, "other": 0, "go": 8}


def plan(gate: Any = "2027-05", starts: dict[str, int] | None = None, periods: int = 12) -> Plan:
    """A pilot, what hangs on it, and work that does not."""
    facts = Portfolio(
        timeline=Timeline("2027-01", periods),
        capabilities=[Capability("service")],
        initiatives=[
            Initiative("trial", duration=2, raises={"service": 1}),
            Initiative("roll-out", duration=2, raises={"service": 3}),
            Initiative("advice", duration=4, raises={"service": 2}),
            Initiative("other", duration=3),
            Initiative("go", duration=0),
        ],
        pilots=[Pilot("trial", gate, 50, ["roll-out", "advice", "go"])],
    )
    return Plan(facts, Schedule.of(facts, HERE if starts is None else starts))


def test_gates_stand_where_they_bind() -> None:
    """A sign on the pilot's row, a line through each row of what hangs on it, none elsewhere."""
    found = layout(plan())
    lanes = {lane.name: lane for lane in found.lanes}
    got = [(g.pilot, g.initiative, g.at, g.y, g.height, g.sign > 0) for g in found.gates]
    rows = [("trial", True), ("advice", False), ("roll-out", False), ("go", False)]
    expected = [("trial", name, 4, lanes[name].y, lanes[name].height, sign) for name, sign in rows]
    assert expected == got


@pytest.mark.parametrize(
    ("gate", "at"), [("2027-05", 4), ("2027-05-02", 5), ("2027-12-31", 12), (0, 0), (12, 12)]
)
def test_gates_are_boundaries_of_the_timeline(gate: Any, at: int) -> None:
    """A date within a period means the end of that, as it does for the rule."""
    assert [at] * 4 == [each.at for each in layout(plan(gate)).gates]


def test_follow_on_work_without_its_pilot_has_lines_alone() -> None:
    """A plan that breaks the rule is drawn as it is."""
    found = layout(plan(starts={"roll-out": 6})).gates
    assert [("roll-out", 0.0)] == [(each.initiative, each.sign) for each in found]


def test_a_pilot_may_hang_on_another() -> None:
    """Its row has a line at the one gate and a sign at its own."""
    facts = plan().portfolio
    pilots = [*facts.pilots, Pilot("advice", 9, 50, ["roll-out"])]
    both = facts.replace(pilots=pilots)
    found = layout(Plan(both, Schedule.of(both, HERE))).gates
    expected = [("trial", 4, False), ("advice", 9, True)]
    assert expected == [(g.pilot, g.at, g.sign > 0) for g in found if g.initiative == "advice"]


@pytest.mark.parametrize("gate", range(13))
@pytest.mark.parametrize("periods", [12, 60])
def test_words_keep_clear_of_gates(gate: int, periods: int) -> None:
    """No gate goes through the words beside a bar or on it, wherever the gate is."""
    found = layout(plan(gate, periods=periods))
    written = {words.y: words for words in found.words if words.tone in ("beside", "group")}
    rows = [(each, written[each.y]) for each in found.gates if each.y in written]
    assert 3 == len(rows)
    for each, words in rows:
        first, last = extent(words, found.across)
        half = each.sign / 2 / found.across if words.tone == "beside" else 0
        assert last <= each.at - half or each.at + half <= first


def extent(words: Any, across: float) -> tuple[float, float]:
    """Where words begin and end, in periods."""
    wide = measure(words.text, words.size) / across
    return (words.x - wide, words.x) if words.side == "right" else (words.x, words.x + wide)


def test_words_stay_where_they_fit_between() -> None:
    """A gate far from the bar moves no words; a near one moves them behind it."""
    near, far = layout(plan(4, periods=60)), layout(plan(30, periods=60))
    starts = [
        next(words.x for words in found.words if words.text == "service → 1") - GAP / found.across
        for found in (near, far)
    ]
    assert pytest.approx([4 + near.gates[0].sign / 2 / near.across, 3]) == starts


def test_the_legend_explains_gates() -> None:
    """If one is drawn, and only then."""
    told = "gate of a pilot and of its follow-on work"
    assert told in [entry.told for entry in layout(plan()).legend]
    assert told not in [entry.told for entry in layout(plan(starts={"other": 0})).legend]


def test_what_is_drawn_is_the_layout() -> None:
    """Each gate is a line at its boundary; on the pilot's row a hexagon stands on it."""
    axes = gantt(plan())
    lines = [line for line in axes.lines if line.get_label() == "gate of trial"]
    ends = [(np.asarray(line.get_xdata()), np.asarray(line.get_ydata())) for line in lines]
    found = layout(plan()).gates
    assert [(each.at, each.at) for each in found] == [tuple(xs) for xs, _ in ends]
    assert [each.height for each in found] == [pytest.approx(ys[1] - ys[0]) for _, ys in ends]
    signs = [tuple(np.asarray(e.get_xydata())[0]) for e in axes.lines if e.get_marker() == "h"]
    assert (4, found[0].y) in signs


@pytest.mark.parametrize("gate", [1, 3, 4, 6, 12])
def test_texts_are_apart_and_inside(gate: int) -> None:
    """With gates anywhere, with arrows, and in small axes."""
    assert [] == flaws(gantt(plan(gate), arrows=True))
    assert [] == flaws(gantt(plan(gate), axes_of(4, 3)))
