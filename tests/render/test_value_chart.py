"""The value chart: when a loss falls, that the sums are the judge's, and what is drawn."""

from __future__ import annotations

from itertools import product

import matplotlib as mpl
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import StepPatch

from roadmap.facts import Capability, Initiative, Need
from roadmap.losses import CostOfDelay, Deadline, Fading, Loss, Table, Window
from roadmap.portfolio import Portfolio
from roadmap.render._lost import spread
from roadmap.render.value_chart import layout, value
from roadmap.schedule import Placement, Schedule
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

FIVE = Timeline("2027-01", 5)
PROFILES = [
    CostOfDelay(7),
    Deadline(2, penalty=50, rate=3),
    Fading(100, 30),
    Window(40, closes=3),
    Window(40, closes=3, opens=2),
    Table([5, 6, 9]),
    Table([-4, -4, 0, 8]),
    Table([9, 3, 7, 1]),
    CostOfDelay(2) + Window(40, closes=4, opens=1),
]


def needing(loss: Loss) -> Need:
    """A need with a loss profile."""
    return Need("payments", 1, loss, name="instant")


@pytest.fixture
def pair() -> Portfolio:
    """Two needs, each met by one initiative."""
    return Portfolio(
        timeline=FIVE,
        capabilities=[Capability("identity"), Capability("payments")],
        needs=[
            Need("identity", 1, Deadline(1, penalty=50, rate=3), name="law"),
            Need("payments", 1, CostOfDelay(7), name="instant"),
        ],
        initiatives=[
            Initiative("hub", duration=3, raises={"payments": 1}),
            Initiative("login", duration=2, raises={"identity": 1}),
        ],
    )


def steps(axes: Axes) -> dict[str, list[float]]:
    """The heights of the steps by label, without the white lines beneath the rivals'."""
    return {
        str(patch.get_label()): list(patch.get_data()[0])
        for patch in axes.patches
        if isinstance(patch, StepPatch) and patch.get_label()
    }


@pytest.mark.parametrize(("loss", "time"), list(product(PROFILES, [None, *range(-2, 6)])))
def test_periods_add_up_to_the_loss(loss: Loss, time: int | None) -> None:
    """What falls in the periods and what is fixed are exactly the loss, whatever the profile."""
    found = spread(needing(loss), time, FIVE)
    assert loss.at(5 if time is None else time, FIVE) == found.total
    assert 5 == len(found.periods)


def test_rate_falls_in_each_period_of_waiting() -> None:
    """A cost of delay is lost until the level is there, and no longer."""
    assert (7, 7, 7, 0, 0) == spread(needing(CostOfDelay(7)), 3, FIVE).periods


def test_penalty_is_a_spike() -> None:
    """A deadline's penalty falls in the first late period, the rate in all late ones."""
    assert (0, 0, 53, 3, 3) == spread(needing(Deadline(2, 50, 3)), None, FIVE).periods


def test_what_no_plan_saves_is_fixed() -> None:
    """A loss that is there at once has no period."""
    found = spread(needing(Table([5, 6, 9])), 1, FIVE)
    assert (5, (1, 0, 0, 0, 0)) == (found.fixed, found.periods)


def test_falling_profile_is_a_lump() -> None:
    """Where waiting may gain, the whole loss falls in the last period of waiting."""
    late = Window(40, closes=3, opens=2)
    assert (40, 0, 0, 0, 0) == spread(needing(late), 0, FIVE).periods
    assert (40, 0, 0, 0, 0) == spread(needing(late), 1, FIVE).periods
    assert (0, 0, 0, 0, 0) == spread(needing(late), 2, FIVE).periods
    assert (0, 0, 0, 0, 40) == spread(needing(late), None, FIVE).periods


@pytest.mark.parametrize("count", [0, 8, 60])
def test_layout_adds_up_to_the_judges_urgency(count: int) -> None:
    """All bands and what is fixed are the urgency; so are the rivals' lines."""
    portfolio = portfolio_of(count)
    plan = in_turn(portfolio)
    result = result_of(portfolio, plan)
    assert result.evaluation is not None
    found = layout(portfolio, plan, {"nothing": Schedule(), "same": plan})
    assert result.evaluation.terms["urgency"] == found.total
    assert found.total == found.fixed + sum(found.rivals["same"])
    never = result_of(portfolio, Schedule()).evaluation
    assert never is not None
    assert never.terms["urgency"] == found.fixed + sum(found.rivals["nothing"])


def test_needs_that_cost_little_share_a_band() -> None:
    """Six needs have a band of their own, the dearest at the bottom; the rest shares one."""
    portfolio = portfolio_of(60)
    bands = layout(portfolio, Schedule()).bands
    assert 7 == len(bands)
    assert "14 other needs" == bands[-1].told
    totals = [band.total for band in bands[:-1]]
    assert sorted(totals, reverse=True) == totals


def test_steps_are_the_losses(pair: Portfolio) -> None:
    """The stack's steps are running sums of the bands; a rival's line is its sum."""
    plan = Schedule.of(pair, {"hub": 0, "login": 0})
    rival = Schedule.of(pair, {"hub": 2, "login": 0})
    axes = value(result_of(pair, plan), {"later": result_of(pair, rival)})
    drawn = steps(axes)
    assert [0, 50 + 3, 0, 0, 0] == drawn["law"]
    assert [7, 53 + 7, 7, 0, 0] == drawn["instant"]
    assert [7, 53 + 7, 7, 7, 7] == drawn["later"]


def test_rival_ends_with_its_last_loss(pair: Portfolio) -> None:
    """A rival's line drops to zero when it loses no more, and does not lie on the zero line."""
    plan = Schedule.of(pair, {"hub": 0, "login": 0})
    axes = value(result_of(pair, plan), {"same": result_of(pair, plan)})
    (line,) = [patch for patch in axes.patches if patch.get_label() == "same"]
    assert isinstance(line, StepPatch)
    assert [7, 53 + 7, 7, 0] == list(line.get_data()[0])
    assert [0, 1, 2, 3, 3] == list(line.get_data()[1])


def test_rival_that_loses_nothing(pair: Portfolio) -> None:
    """A rival without a loss has no line, but a sum."""
    portfolio = pair.replace(needs=[Need("identity", 1, Deadline(4, penalty=5), name="law")])
    result = result_of(portfolio, Schedule.of(portfolio, {"hub": 0, "login": 0}))
    axes = value(result, {"same": result})
    assert {} == steps(axes)
    assert ["same", "0"] == [text.get_text() for text in axes.texts[-2:]]


def test_rivals_lines_differ(pair: Portfolio) -> None:
    """Twelve rivals have twelve looks: four kinds of dashes in three inks."""
    result = result_of(pair, Schedule.of(pair, {"hub": 0, "login": 0}))
    axes = value(result, {f"rival {at}": result for at in range(12)})
    lines = [patch for patch in axes.patches if "rival" in str(patch.get_label())]
    looks = {(line.get_edgecolor(), str(line.get_linestyle())) for line in lines}
    assert 12 == len(lines)
    assert 12 == len(looks)


def test_gains_stand_below_zero(pair: Portfolio) -> None:
    """A negative loss hangs from the zero line and lifts nothing that stands on it."""
    gain = Need("identity", 1, Table([0, -30, -30]), name="gain")
    portfolio = pair.replace(needs=[gain, pair.needs[1]])
    axes = value(result_of(portfolio, Schedule.of(portfolio, {"hub": 0, "login": 0})))
    assert [0, -30, 0, 0, 0] == steps(axes)["gain"]
    assert [7, 7, 7, 0, 0] == steps(axes)["instant"]
    assert axes.get_ylim()[0] < -30


def test_sums_are_written(pair: Portfolio) -> None:
    """The legend gives what plan and rivals lose; a rival without a plan says why."""
    plan = Schedule.of(pair, {"hub": 0, "login": 0})
    axes = value(result_of(pair, plan), {"rival": result_of(pair, None)})
    told = [text.get_text() for text in axes.texts]
    assert {"this plan", "74", "53", "21", "rival", "infeasible"} <= set(told)


def test_result_without_a_plan(pair: Portfolio) -> None:
    """Without a plan nothing is stacked, but rivals are still drawn."""
    rival = result_of(pair, Schedule.of(pair, {"hub": 0, "login": 0}))
    axes = value(result_of(pair, None), {"rival": rival})
    assert {"rival"} == set(steps(axes))
    assert "no plan" in [text.get_text() for text in axes.texts]


def test_broken_plan_is_drawn(pair: Portfolio) -> None:
    """A plan that lies outside the timeline is scored and drawn all the same."""
    early = Schedule([Placement("hub", -6, -3), Placement("login", 9, 11)])
    result = result_of(pair, early)
    assert result.evaluation is not None
    assert result.evaluation.terms["urgency"] == layout(pair, early).total
    assert [] == flaws(value(result))


@pytest.mark.filterwarnings("ignore:no installed font")
@pytest.mark.parametrize("hostile", [False, True])
@pytest.mark.parametrize("count", [0, 1, 8, 60, 300])
def test_texts_are_apart_and_inside(count: int, hostile: bool) -> None:
    """No two texts overlap and none hangs out, at any size, with any name."""
    portfolio = portfolio_of(count, hostile=hostile)
    result = result_of(portfolio, in_turn(portfolio))
    rivals = {"x" * 200: result_of(portfolio, Schedule()), "$_^": result_of(portfolio, None)}
    assert [] == flaws(value(result, rivals))


def test_many_rivals_keep_apart(pair: Portfolio) -> None:
    """A long legend closes up instead of running over."""
    result = result_of(pair, Schedule.of(pair, {"hub": 0, "login": 0}))
    assert [] == flaws(value(result, {f"rival {at}": result for at in range(40)}))


@pytest.mark.parametrize("size", [(3, 2), (6, 4), (16, 9)])
def test_axes_of_the_user(size: tuple[float, float]) -> None:
    """Given axes are drawn into and handed back; the chart shrinks to fit them."""
    portfolio = portfolio_of(8)
    axes = axes_of(*size)
    assert axes is value(result_of(portfolio, in_turn(portfolio)), ax=axes)
    assert [] == flaws(axes)


def test_same_bytes() -> None:
    """The picture is the same each time, in this process and in another."""
    portfolio = portfolio_of(30)
    result = result_of(portfolio, in_turn(portfolio))
    here = svg(value(result, {"none": result_of(portfolio, Schedule())}))
    assert here == svg(value(result, {"none": result_of(portfolio, Schedule())}))
    lines = (
        "from roadmap.render.value_chart import value\nfrom roadmap.schedule import Schedule\n"
        "p = portfolio_of(30)\n"
        "axes = value(result_of(p, in_turn(p)), {'none': result_of(p, Schedule())})"
    )
    assert here == svg_elsewhere(lines, "7")


def test_no_trace_in_pyplot(pair: Portfolio) -> None:
    """Drawing opens no window's figure and changes no setting."""
    from matplotlib import pyplot as plt

    before = dict(mpl.rcParams)
    value(result_of(pair, None))
    assert [] == plt.get_fignums()
    assert before == dict(mpl.rcParams)
