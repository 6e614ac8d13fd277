"""The load chart: its lanes add up to the judge's loads, and are drawn so that they are read."""

from __future__ import annotations

import attrs
import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import StepPatch

from roadmap.facts import CATEGORIES, Initiative, Team
from roadmap.portfolio import Portfolio
from roadmap.render.load_chart import UNSTATED, Lane, lanes, load
from roadmap.schedule import Schedule
from roadmap.timeline import Timeline
from tests.render.pictures import (
    axes_of,
    flaws,
    in_turn,
    portfolio_of,
    result_of,
    svg,
    svg_elsewhere,
)


@pytest.fixture
def small() -> Portfolio:
    """One team whose capacity dips, and two initiatives that do not fit into the dip."""
    return Portfolio(
        timeline=Timeline("2027-01", 4),
        teams=[Team("platform", [2, 2, 1, 2])],
        initiatives=[
            Initiative("one", duration=3, demand={"platform": 1}, category="improve"),
            Initiative("two", duration=2, demand={"platform": 1}),
        ],
    )


PLAN = {"one": 0, "two": 1}


def baseline(patch: StepPatch) -> list[float]:
    """Where the steps stand."""
    found: list[float] = np.asarray(patch.get_data()[2]).tolist()
    return found


def steps(axes: Axes, label: str) -> list[StepPatch]:
    """The stacked steps of a kind."""
    return [p for p in axes.patches if isinstance(p, StepPatch) and p.get_label() == label]


def test_categories_of_ones_own_are_drawn() -> None:
    """Work of a category that the portfolio states itself has a fill, and is not left out."""
    facts = Portfolio(
        timeline=Timeline("2027-01", 2),
        teams=[Team("platform", 2)],
        initiatives=[
            Initiative("law", 2, {"platform": 1}, category="capacity"),
            Initiative("run", 2, {"platform": 1}, category="maintain"),
        ],
        categories=["maintain", "capacity", "overload"],
    )
    plan = {"law": 0, "run": 0}
    (lane,) = lanes(facts, Schedule.of(facts, plan))
    assert {"maintain": (1, 1), "capacity": (1, 1), "overload": (0, 0), UNSTATED: (0, 0)} == {
        kind: tuple(units) for kind, units in lane.demand.items()
    }
    axes = load(result_of(facts, Schedule.of(facts, plan)))
    fills = {tuple(p.get_facecolor()) for kind in facts.categories for p in steps(axes, kind)}
    assert 3 == len(fills)  # those of the two that there is work of, and none for the capacity


def test_lane(small: Portfolio) -> None:
    """A lane holds capacity, demand by category, their sum and what is missing."""
    (lane,) = lanes(small, Schedule.of(small, PLAN))
    assert (2, 2, 1, 2) == lane.capacity
    assert (1, 1, 1, 0) == lane.demand["improve"]
    assert (0, 1, 1, 0) == lane.demand[UNSTATED]
    assert (1, 2, 2, 0) == lane.total
    assert (0, 0, 1, 0) == lane.over
    assert 2 == lane.peak


@pytest.mark.parametrize("count", [0, 8, 60])
def test_lanes_add_up_to_the_loads(count: int) -> None:
    """Every team's demand is what the judge counts."""
    portfolio = portfolio_of(count)
    result = result_of(portfolio, in_turn(portfolio))
    assert result.evaluation is not None
    assert result.schedule is not None
    found = {lane.team: lane.total for lane in lanes(portfolio, result.schedule)}
    assert dict(result.evaluation.loads) == found


def test_steps_are_the_lane(small: Portfolio) -> None:
    """Demand is stacked from the lane's floor, and the line and the hatch are the capacity's."""
    axes = load(result_of(small, Schedule.of(small, PLAN)))
    scale = 0.74 / 2
    (first,) = steps(axes, "improve")
    (second,) = steps(axes, UNSTATED)
    (line,) = steps(axes, "capacity")
    (over,) = steps(axes, "overload")
    assert pytest.approx([-1 + scale * n for n in (1, 1, 1, 0)]) == list(first.get_data()[0])
    assert list(first.get_data()[0]) == baseline(second)
    assert pytest.approx([-1 + scale * n for n in (1, 2, 2, 0)]) == list(second.get_data()[0])
    assert pytest.approx([-1 + scale * n for n in (2, 2, 1, 2)]) == list(line.get_data()[0])
    assert list(line.get_data()[0]) == baseline(over)
    assert pytest.approx([-1 + scale * n for n in (2, 2, 2, 2)]) == list(over.get_data()[0])
    assert [0, 1, 2, 3, 4] == list(line.get_data()[1])


def test_no_hatch_without_overload(small: Portfolio) -> None:
    """A plan within its capacities shows none of the overload's marks."""
    axes = load(result_of(small, Schedule.of(small, {"one": 0})))
    assert [] == steps(axes, "overload")
    assert not any("overload" in text.get_text() for text in axes.texts)


def test_overload_is_told_in_words(small: Portfolio) -> None:
    """How long and by how much a team is short stands beside its lane."""
    axes = load(result_of(small, Schedule.of(small, PLAN)))
    told = [text.get_text() for text in axes.texts]
    assert "1 month over, by up to 1" in told
    assert "71% used" in told


def test_overtime_is_no_overload(small: Portfolio) -> None:
    """What the team is paid for beyond its capacity is told apart from what nobody does."""
    plan = Schedule.of(small, PLAN)
    teams = [attrs.evolve(team, overtime=1, overtime_price=5) for team in small.teams]
    axes = load(result_of(small.replace(teams=teams), plan))
    (paid,) = steps(axes, "overtime")
    (line,) = steps(axes, "capacity")
    assert list(line.get_data()[0]) == baseline(paid)
    assert pytest.approx([-1 + 0.74 / 2 * n for n in (2, 2, 2, 2)]) == list(paid.get_data()[0])
    assert [] == steps(axes, "overload")
    told = [text.get_text() for text in axes.texts]
    assert "overtime: 1 month" in told
    assert "overtime" in told
    assert "overload" not in told


@pytest.mark.parametrize(
    ("overtime", "paid", "over"), [(0, (0, 0), (0, 3)), (1, (0, 1), (0, 2)), (4, (0, 3), (0, 0))]
)
def test_overtime_comes_before_overload(
    overtime: int, paid: tuple[int, ...], over: tuple[int, ...]
) -> None:
    """Beyond the capacity stands first what may be asked for, then what is missing."""
    lane = Lane("team", (2, 1), {"improve": (2, 4)}, (overtime, overtime))
    assert ((0, 3), paid, over) == (lane.beyond, lane.paid, lane.over)


def test_fills_are_told_apart_in_grey(small: Portfolio) -> None:
    """Printed without colours, any two fills differ by a tenth of the way to white."""
    work = [Initiative(kind, 1, {"platform": 1}, category=kind) for kind in CATEGORIES]
    portfolio = small.replace(initiatives=[*work, Initiative("any", 1, {"platform": 1})])
    plan = Schedule.of(portfolio, dict.fromkeys(portfolio.initiative, 0))
    axes = load(result_of(portfolio, plan))
    fills = [steps(axes, kind)[0].get_facecolor() for kind in (*CATEGORIES, UNSTATED)]
    greys = sorted(np.asarray(fills)[:, :3] @ (0.299, 0.587, 0.114))
    assert 0.1 <= np.diff([*greys, 1.0]).min()


def test_result_without_a_plan(small: Portfolio) -> None:
    """A run that found nothing shows the capacity alone, and says so."""
    axes = load(result_of(small, None))
    assert "Capacity of the teams: no plan" in [text.get_text() for text in axes.texts]
    assert 1 == len(steps(axes, "capacity"))


def test_head(small: Portfolio) -> None:
    """The portfolio's name stands above what the chart shows; without one that stands alone."""
    plan = Schedule.of(small, PLAN)
    named = load(result_of(small.replace(name="Bank"), plan))
    assert ["Bank", "Load of the teams"] == [text.get_text() for text in named.texts[:2]]
    assert "Load of the teams" == load(result_of(small, plan)).texts[0].get_text()


@pytest.mark.parametrize("unit", ["day", "week", "month", "quarter"])
@pytest.mark.parametrize("periods", [1, 5, 24, 400])
def test_every_calendar_is_read(small: Portfolio, unit: str, periods: int) -> None:
    """The calendar's words are apart in any unit and length."""
    timeline = Timeline("2027-01-01", periods, unit, fiscal_year_start=4)
    portfolio = small.replace(timeline=timeline, teams=[Team("platform", 2)], initiatives=())
    assert [] == flaws(load(result_of(portfolio, Schedule())))


@pytest.mark.filterwarnings("ignore:no installed font")
@pytest.mark.parametrize("hostile", [False, True])
@pytest.mark.parametrize("count", [0, 1, 8, 60, 300])
def test_texts_are_apart_and_inside(count: int, hostile: bool) -> None:
    """No two texts overlap and none hangs out, at any size, with any name."""
    portfolio = portfolio_of(count, hostile=hostile)
    assert [] == flaws(load(result_of(portfolio, in_turn(portfolio))))


@pytest.mark.parametrize("size", [(3, 2), (6, 4), (16, 9)])
def test_axes_of_the_user(size: tuple[float, float]) -> None:
    """Given axes are drawn into and handed back; the chart shrinks to fit them."""
    portfolio = portfolio_of(8)
    axes = axes_of(*size)
    assert axes is load(result_of(portfolio, in_turn(portfolio)), axes)
    assert [] == flaws(axes)


def test_same_bytes() -> None:
    """The picture is the same each time, in this process and in another."""
    portfolio = portfolio_of(8)
    here = svg(load(result_of(portfolio, in_turn(portfolio))))
    assert here == svg(load(result_of(portfolio, in_turn(portfolio))))
    lines = (
        "from roadmap.render.load_chart import load\np = portfolio_of(8)\n"
        "axes = load(result_of(p, in_turn(p)))"
    )
    assert here == svg_elsewhere(lines, "7")


def test_no_trace_in_pyplot(small: Portfolio) -> None:
    """Drawing opens no window's figure and changes no setting."""
    from matplotlib import pyplot as plt

    before = dict(mpl.rcParams)
    load(result_of(small, None))
    assert [] == plt.get_fignums()
    assert before == dict(mpl.rcParams)
