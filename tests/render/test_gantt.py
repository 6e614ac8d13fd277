"""The Gantt chart: its layout by value, its artists' numbers, its texts apart and inside."""

from __future__ import annotations

import io
import warnings

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from roadmap.errors import FaultyInputError, RoadmapError, RoadmapWarning, ScheduleError
from roadmap.facts import Capability, Dependency, Initiative, Mode, Need, Team
from roadmap.losses import CostOfDelay, Deadline
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.render.gantt_chart import gantt, layout
from roadmap.render.theme import whole
from roadmap.schedule import Placement, Schedule
from roadmap.timeline import Timeline
from tests.render.pictures import (
    axes_of,
    flaws,
    in_turn,
    portfolio_of,
    result_of,
    svg_elsewhere,
)


@pytest.fixture
def bank() -> Portfolio:
    """Three capabilities on two levels, five initiatives in two groups, a milestone."""
    return Portfolio(
        name="Bank",
        timeline=Timeline("2027-01", 24, fiscal_year_start=4),
        capabilities=[
            Capability("customer"),
            Capability("identity", 1, parent="customer"),
            Capability("payments", 1),
            Capability("cards", 2),
        ],
        needs=[
            Need("identity", 2, Deadline(6, penalty=10)),
            Need("payments", 3, Deadline(8, penalty=90), name="instant"),
            Need("cards", 2, CostOfDelay(5)),
        ],
        teams=[Team("platform", 2), Team("channels", 2)],
        initiatives=[
            Initiative(
                "login",
                duration=4,
                demand={"platform": 2},
                raises={"identity": 2},
                category="transform",
                owner="Ann",
            ),
            Initiative(
                "hub",
                modes=[Mode("build", 6, {"channels": 2, "platform": 1}), Mode("buy", 3)],
                raises={"payments": 3},
                requires={"identity": 2},
                ramp=1,
                category="transform",
            ),
            Initiative("patch", duration=2, demand={"channels": 1}, category="maintain"),
            Initiative("go", duration=0, category="maintain"),
            Initiative("extra", duration=2, optional=True),
        ],
        dependencies=[Dependency("patch", "go")],
    )


@pytest.fixture
def plan(bank: Portfolio) -> Plan:
    """A plan of it that leaves one initiative out."""
    starts = {"login": 0, "hub": 4, "patch": 1, "go": 5}
    return Plan(bank, Schedule.of(bank, starts, {"hub": "build"}))


def bars(axes: Axes) -> dict[str, tuple[float, float]]:
    """Start and length of each labelled rectangle."""
    return {
        str(patch.get_label()): (patch.get_x(), patch.get_width())
        for patch in axes.patches
        if isinstance(patch, Rectangle) and patch.get_label()
    }


def told(axes: Axes) -> list[str]:
    """Every text of the chart."""
    return [text.get_text() for text in axes.texts]


def test_steps_are_the_levels(plan: Plan) -> None:
    """A capability stands at each level from its attainment to the next one's."""
    found = [(s.capability, s.level, s.start, s.finish) for s in layout(plan).steps]
    expected = [
        ("identity", 1, 0, 4),
        ("identity", 2, 4, 24),
        ("payments", 1, 0, 11),
        ("payments", 3, 11, 24),
        ("cards", 2, 0, 24),
    ]
    assert expected == found


def test_marks_are_what_becomes_of_needs(plan: Plan) -> None:
    """Due dates and attainments, in time or late; a need that today meets has none."""
    found = [(m.kind, m.needs, m.at) for m in layout(plan).marks]
    expected = [
        ("met", ("identity at level 2",), 4),
        ("due", ("identity at level 2",), 6),
        ("due", ("instant",), 8),
        ("late", ("instant",), 11),
    ]
    assert expected == found


def test_numbers_keep_clear_of_due_dates(bank: Portfolio) -> None:
    """A due date's line that would go through a level's number stands before it."""
    need = Need("identity", 2, Deadline(10, penalty=10))
    long = bank.replace(timeline=Timeline("2027-01", 120), needs=[need])
    found = layout(Plan(long, Schedule.of(long, {"login": 4}, {})))
    (due,) = [mark for mark in found.marks if mark.kind == "due"]
    (number,) = [each for each in found.words if each.ground == "2" and each.y == due.y]
    assert due.at < number.x
    assert pytest.approx(due.at + 0.05 / found.across) == number.x


def test_needs_without_work_are_never_met(bank: Portfolio) -> None:
    """They are marked beyond the end of the timeline."""
    marks = [m for m in layout(Plan(bank, Schedule())).marks if m.kind == "never"]
    assert [24, 24] == [m.at for m in marks]
    assert all(m.shift > 0 for m in marks)


def test_bars_are_the_placements(plan: Plan) -> None:
    """Bars hold starts, finishes, effects, groups and the critical chain."""
    found = layout(plan)
    expected = [
        ("login", 0, 4, 4, "transform", True),
        ("hub", 4, 10, 11, "transform", True),
        ("patch", 1, 3, 3, "maintain", False),
    ]
    got = [(b.initiative, b.start, b.finish, b.effect, b.group, b.critical) for b in found.bars]
    assert expected == got
    assert [("go", 5)] == [(m.initiative, m.at) for m in found.milestones]
    assert ("login", "hub") == found.chain


def test_lanes_stand_in_order(plan: Plan) -> None:
    """Capabilities below what they are part of, then the groups, each with its work."""
    expected = [
        ("section", "Capabilities"),
        ("area", "customer"),
        ("capability", "identity"),
        ("capability", "payments"),
        ("capability", "cards"),
        ("section", "Work by category"),
        ("group", "transform"),
        ("work", "login"),
        ("work", "hub"),
        ("group", "maintain"),
        ("work", "patch"),
        ("work", "go"),
    ]
    lanes = layout(plan).lanes
    assert expected == [(lane.kind, lane.name) for lane in lanes]
    ys = [lane.y for lane in lanes]
    assert sorted(ys) == ys


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("category", ("transform", "maintain")),
        ("team", ("platform", "channels", "no team")),
        ("owner", ("Ann", "no owner")),
        (None, ("",)),
    ],
)
def test_groups(plan: Plan, group: str | None, expected: tuple[str, ...]) -> None:
    """Work is grouped by what is asked for; what is not stated comes last."""
    assert expected == layout(plan, group=group).groups


def test_nothing_stated_is_not_grouped() -> None:
    """Where no initiative has a category there is no head that says so."""
    portfolio = Portfolio(
        timeline=Timeline("2027-01", 6), initiatives=[Initiative("one", duration=2)]
    )
    found = layout(Plan(portfolio, Schedule.of(portfolio, {"one": 0})))
    assert [("section", "Work"), ("work", "one")] == [(e.kind, e.name) for e in found.lanes]


def test_unknown_group_is_refused(plan: Plan) -> None:
    """The error names what there is."""
    with pytest.raises(FaultyInputError, match=r"'teem' is no way.*did you mean 'team'"):
        layout(plan, group="teem")


def test_arrows_lead_to_starts(plan: Plan) -> None:
    """Dependencies and levels are drawn on demand, and end where they bind."""
    assert () == layout(plan).arrows
    found = layout(plan, arrows=True)
    ys = {lane.name: lane.y for lane in found.lanes}
    got = [(a.before, a.after, a.kind, a.points[-1]) for a in found.arrows]
    expected = [
        ("patch", "go", "dependency", (5.0, ys["go"])),
        ("login", "hub", "level", (4.0, ys["hub"])),
    ]
    assert expected == got


def test_parts_can_be_left_away(plan: Plan) -> None:
    """Capabilities and the critical chain are options."""
    found = layout(plan, capabilities=False, critical=False)
    assert ((), (), ()) == (found.steps, found.marks, found.chain)
    assert not any(bar.critical for bar in found.bars)


def test_legend_explains_what_occurs(plan: Plan) -> None:
    """Nothing that is absent is explained."""
    kinds = ["due", "met", "late", "critical", "milestone", "ramp"]
    assert kinds == [entry.kind for entry in layout(plan).legend]
    assert () == layout(Plan(plan.portfolio, Schedule()), capabilities=False).legend


def test_fiscal_years_cover_the_timeline(plan: Plan) -> None:
    """The band names the fiscal years, from boundary to boundary."""
    years = [(year.told, year.start, year.finish) for year in layout(plan).years]
    assert [("FY 2027", 0, 3), ("FY 2028", 3, 15), ("FY 2029", 15, 24)] == years


def test_work_that_is_not_planned_is_listed(bank: Portfolio, plan: Plan) -> None:
    """Optional work is left out; other work is missing."""
    found = layout(plan)
    assert (("extra",), ()) == (found.left_out, found.missing)
    assert ("hub", "patch", "go") == layout(Plan(bank, Schedule.of(bank, {"login": 0}))).missing
    axes = gantt(plan)
    assert {"Left out of the plan (1)", "extra"} <= set(told(axes))


def test_artists_hold_the_numbers(plan: Plan) -> None:
    """Bars and steps are drawn from start to finish, in periods."""
    drawn = bars(gantt(plan))
    expected = {"login": (0, 4), "hub": (4, 6), "patch": (1, 2), "identity 2": (4, 20)}
    assert expected == {name: drawn[name] for name in expected}


def test_milestones_are_diamonds(plan: Plan) -> None:
    """A milestone stands at its boundary, on the middle of its row."""
    line = next(line for line in gantt(plan).lines if line.get_label() == "go")
    assert ("D", [5]) == (line.get_marker(), np.asarray(line.get_xdata()).tolist())


def test_modes_and_levels_are_named_on_bars(plan: Plan) -> None:
    """A bar says in which way the work is done and what it raises."""
    texts = told(gantt(plan))
    assert "build · payments → 3" in texts
    assert "identity → 2" in texts


def test_headline_tells_how_good_it_is(plan: Plan) -> None:
    """Status, cost and gap of a result; only the extent of a plan."""
    result = result_of(plan.portfolio, plan.schedule)
    texts = told(gantt(result))
    assert "Bank" == texts[0]
    assert texts[1].startswith("Feasible, costs ")
    assert "gap not known" in texts[1]
    assert "4 initiatives, 2027-01 to 2028-12" == told(gantt(plan))[1]


def test_nothing_to_draw(bank: Portfolio) -> None:
    """A result without a schedule says so, and why."""
    with pytest.raises(ScheduleError, match="nothing to draw; infeasible") as raised:
        gantt(result_of(bank, None))
    assert isinstance(raised.value, (RoadmapError, ValueError))


def test_empty_plan_is_drawn(bank: Portfolio) -> None:
    """A plan without work is no error, nor is an empty portfolio."""
    assert "nothing is scheduled" in told(gantt(Plan(bank, Schedule())))
    empty = Portfolio(timeline=Timeline("2027-01", 1))
    assert [] == flaws(gantt(Plan(empty, Schedule())))


def test_plan_outside_the_timeline_is_cut(bank: Portfolio) -> None:
    """Bars end at the timeline's ends, and the dates beyond are told."""
    schedule = Schedule(
        [
            Placement("login", -6, 2),
            Placement("hub", 20, 10**12, "build"),
            Placement("patch", 90, 92),
            Placement("unknown", 0, 3),
        ]
    )
    found = layout(Plan(bank, schedule))
    expected = [("login", 0, 2, True), ("hub", 20, 24, True), ("patch", 24, 24, True)]
    assert expected == [(b.initiative, b.start, b.finish, b.cut) for b in found.bars]
    axes = gantt(Plan(bank, schedule), arrows=True)
    assert [] == flaws(axes)
    assert any("starts 2026-07" in text for text in told(axes))


@pytest.mark.parametrize("arrows", [False, True])
@pytest.mark.parametrize("group", ["category", "team"])
@pytest.mark.parametrize("count", [0, 1, 8, 60, 300])
def test_texts_are_apart_and_inside(count: int, group: str, arrows: bool) -> None:
    """No two texts overlap and none hangs out, at any size."""
    portfolio = portfolio_of(count)
    result = result_of(portfolio, in_turn(portfolio))
    assert [] == flaws(gantt(result, group=group, arrows=arrows))


@pytest.mark.parametrize("count", [8, 60, 300])
def test_hostile_names_are_only_characters(count: int) -> None:
    """Markup, scripts of the world and endless names: apart, inside, in full in the layout."""
    portfolio = portfolio_of(count, hostile=True)
    plan = Plan(portfolio, in_turn(portfolio))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RoadmapWarning)
        axes = gantt(plan, group="team")
    assert [] == flaws(axes)
    assert set(plan.placed) <= {lane.name for lane in layout(plan).lanes}


def test_missing_letters_are_one_warning() -> None:
    """A chart with letters that no font has is drawn, with one warning of our own."""
    portfolio = Portfolio(
        timeline=Timeline("2027-01", 6),
        initiatives=[Initiative(f"\U0001f680 {at}", duration=2) for at in range(5)],
    )
    plan = Plan(portfolio, Schedule.of(portfolio, {f"\U0001f680 {at}": at for at in range(4)}))
    with pytest.warns(RoadmapWarning, match="no installed font") as said:
        axes = gantt(plan)
    assert 1 == len(said)
    assert [] == flaws(axes)


@pytest.mark.parametrize("unit", ["day", "week", "month", "quarter"])
@pytest.mark.parametrize("periods", [1, 7, 30, 400])
@pytest.mark.parametrize("fiscal", [1, 7])
def test_calendars_are_thinned(unit: str, periods: int, fiscal: int) -> None:
    """The calendar can be read however long the timeline is."""
    portfolio = Portfolio(
        timeline=Timeline("2027-01-01", periods, unit, fiscal_year_start=fiscal),
        initiatives=[Initiative("one", duration=1)],
    )
    axes = gantt(Plan(portfolio, Schedule.of(portfolio, {"one": 0})))
    assert [] == flaws(axes)


def test_many_needs_of_one_capability() -> None:
    """Marks at one boundary stand side by side; needs that share a fate share a mark."""
    needs = [Need("a", 1, Deadline(at, penalty=1), name=f"need {at}") for at in (1, 2, 5)]
    portfolio = Portfolio(
        timeline=Timeline("2027-01", 12),
        capabilities=[Capability("a")],
        needs=[*needs, Need("a", 1, CostOfDelay(4), name="soon")],
        initiatives=[Initiative("one", duration=3, raises={"a": 1})],
    )
    found = layout(Plan(portfolio, Schedule.of(portfolio, {"one": 0}))).marks
    here = [(m.kind, m.needs) for m in found if m.at == 3]
    assert [("late", ("need 1", "need 2")), ("met", ("need 5", "soon"))] == here
    shifts = [m.shift for m in found if m.at == 3]
    assert shifts[0] < shifts[1]


def test_wide_left_out_lists_end() -> None:
    """A long list of work left out is cut by whole rows and says how many more there are."""
    initiatives = [
        Initiative(f"optional piece of work number {at}", duration=1, optional=True)
        for at in range(400)
    ]
    portfolio = Portfolio(timeline=Timeline("2027-01", 6), initiatives=initiatives)
    axes = gantt(Plan(portfolio, Schedule()))
    assert [] == flaws(axes)
    assert any(" more" in text for text in told(axes))


def test_height_grows_with_the_work() -> None:
    """Rows stay readable: few are not stretched, many make the chart taller."""
    heights = []
    for count in (8, 60, 300):
        portfolio = portfolio_of(count)
        found = layout(Plan(portfolio, in_turn(portfolio)))
        heights.append(found.height)
        assert all(words.size >= 6.5 for words in found.words)
    assert heights == sorted(heights)
    assert heights[0] < 10


@pytest.mark.parametrize("size", [(3, 2), (6, 4), (16, 9), (10, 60)])
def test_axes_of_the_user(size: tuple[float, float]) -> None:
    """Given axes are drawn into and handed back; the chart shrinks to fit them."""
    portfolio = portfolio_of(8)
    axes = axes_of(*size)
    assert axes is gantt(result_of(portfolio, in_turn(portfolio)), axes)
    assert [] == flaws(axes)


def test_same_bytes_as_the_user_saves_it() -> None:
    """``savefig`` gives the same SVG each time, in this process and in another."""
    portfolio = portfolio_of(30)
    result = result_of(portfolio, in_turn(portfolio))
    pictures = []
    for _ in range(2):
        out = io.BytesIO()
        whole(gantt(result, arrows=True).figure).savefig(out, format="svg")
        pictures.append(out.getvalue())
    assert pictures[0] == pictures[1]
    lines = (
        "from roadmap.render import gantt\np = portfolio_of(30)\n"
        "axes = gantt(result_of(p, in_turn(p)), arrows=True)"
    )
    assert pictures[0] == svg_elsewhere(lines, "7") == svg_elsewhere(lines, "8")


def test_no_trace_in_pyplot(plan: Plan) -> None:
    """Drawing opens no window's figure and changes no setting."""
    from matplotlib import pyplot as plt

    before = dict(mpl.rcParams)
    whole(gantt(plan).figure).savefig(io.BytesIO(), format="svg")
    assert [] == plt.get_fignums()
    assert before == dict(mpl.rcParams)
