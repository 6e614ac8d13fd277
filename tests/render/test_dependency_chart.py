"""The dependency chart: what is told apart, where it stands, what is drawn, and that it is read."""

from __future__ import annotations

from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.patches import PathPatch

from roadmap.errors import FaultyInputError
from roadmap.facts import Capability, Dependency, Initiative, Need
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio
from roadmap.problem import as_problem
from roadmap.render.dependency_chart import DependencyLayout, dependencies, layout
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

IDENTITY, HUB, REPORT = "identity platform", "payments hub", "report"


@pytest.fixture
def bank() -> Portfolio:
    """A foundation, the work that stands on it, and a need; one level is there today."""
    return Portfolio(
        timeline=Timeline("2027-01", 24),
        capabilities=[Capability("identity", 1), Capability("payments", 1), Capability("data", 2)],
        needs=[Need("payments", 3, CostOfDelay(80_000), name="instant")],
        initiatives=[
            Initiative(IDENTITY, duration=4, raises={"identity": 3}, requires={"data": 2}),
            Initiative(HUB, duration=5, raises={"payments": 3}, requires={"identity": 2}),
            Initiative(REPORT, duration=1, optional=True),
        ],
        dependencies=[Dependency(HUB, REPORT, "SS", 2)],
    )


def kinds(found: DependencyLayout) -> dict[str, str]:
    """What each box is, by its first line and level."""
    return {"/".join(map(str, box.node.key[1:])): box.node.kind for box in found.boxes}


def links(found: DependencyLayout) -> set[tuple[str, str, str]]:
    """What leads to what, by name."""
    return {(a.link.tail[1], a.link.kind, a.link.head[1]) for a in found.arrows}


def test_kinds(bank: Portfolio) -> None:
    """Foundations, work, needs and what is there today are told apart."""
    expected = {
        IDENTITY: "foundation",
        HUB: "work",
        REPORT: "work",
        "identity/2": "level",
        "identity/3": "level",
        "payments/3": "need",
        "data/2": "attained",
    }
    assert expected == kinds(layout(bank))


def test_links(bank: Portfolio) -> None:
    """Each kind of link is there, and a level implies a lower one that nothing else raises."""
    expected = {
        ("data", "requires", IDENTITY),
        (IDENTITY, "raises", "identity"),
        ("identity", "implies", "identity"),
        ("identity", "requires", HUB),
        (HUB, "raises", "payments"),
        (HUB, "depends", REPORT),
    }
    assert expected == links(layout(bank))


def test_folded(bank: Portfolio) -> None:
    """Levels that no need asks for go into the box that leads to them, with their links."""
    found = layout(bank, fold=True)
    assert {IDENTITY, HUB, REPORT, "payments/3"} == set(kinds(found))
    assert (IDENTITY, "requires", HUB) in links(found)
    box = next(box for box in found.boxes if box.node.key[1] == IDENTITY)
    assert [IDENTITY, "identity to 3"] == [line.text for line in box.lines]


def test_flow_is_from_left_to_right(bank: Portfolio) -> None:
    """Every arrow leaves a box at its right side and arrives at the left of another."""
    found = layout(bank)
    box = {box.node.key: box for box in found.boxes}
    for arrow in found.arrows:
        tail, head = box[arrow.link.tail], box[arrow.link.head]
        assert pytest.approx((tail.x + tail.width / 2, tail.y)) == arrow.runs[0][0]
        assert pytest.approx((head.x - head.width / 2, head.y)) == arrow.runs[-1][-1]


def test_link_type_and_lag_are_written(bank: Portfolio) -> None:
    """A dependency that is not plain finish to start says what it is, in a gap of its line."""
    (arrow,) = [each for each in layout(bank).arrows if each.link.kind == "depends"]
    assert "SS + 2 months" == arrow.link.label
    assert arrow.label_at is not None
    assert arrow.runs[0][-1][0] < arrow.label_at[0] < arrow.runs[1][0][0]


def test_several_dependencies_share_a_line(bank: Portfolio) -> None:
    """Two links between the same two initiatives are one arrow that says both."""
    both = (Dependency(HUB, REPORT), Dependency(HUB, REPORT, "FF", -1))
    (arrow,) = [
        each
        for each in layout(bank.replace(dependencies=both)).arrows
        if each.link.kind == "depends"
    ]
    assert "FS, FF − 1 month" == arrow.link.label


def test_plain_dependency_says_nothing(bank: Portfolio) -> None:
    """Finish to start without a lag goes without saying."""
    found = layout(bank.replace(dependencies=[Dependency(HUB, REPORT)]))
    assert [""] * 6 == [each.link.label for each in found.arrows]


def test_chain_of_a_need(bank: Portfolio) -> None:
    """The chain holds the need and all that leads to it, and nothing beside."""
    found = layout(bank, chain="instant")
    named = {"/".join(map(str, key[1:])) for key in found.chain}
    assert set(kinds(found)) - {REPORT} == named


def test_chain_alone(bank: Portfolio) -> None:
    """Alone, the chain is all that is there, and it stands out from nothing."""
    found = layout(bank, chain="instant", alone=True)
    assert set(kinds(layout(bank))) - {REPORT} == set(kinds(found))
    assert REPORT not in {name for _, _, name in links(found)}
    assert frozenset() == found.chain


@pytest.mark.parametrize("alone", [True, False])
def test_chain_is_named(bank: Portfolio, alone: bool) -> None:
    """The title says whose chain it is."""
    axes = dependencies(bank, chain="instant", alone=alone)
    assert "Dependencies: instant" in [text.get_text() for text in axes.texts]


def test_chain_of_an_unknown_need(bank: Portfolio) -> None:
    """A need that does not exist is a fault that names the nearest one."""
    with pytest.raises(FaultyInputError, match="did you mean 'instant'"):
        layout(bank, chain="instnat")


def test_maturity_is_no_circle() -> None:
    """Work that needs a level and raises the next one stands between the two."""
    portfolio = Portfolio(
        timeline=Timeline("2027-01", 12),
        capabilities=[Capability("data")],
        initiatives=[
            Initiative("one", duration=1, raises={"data": 1}),
            Initiative("two", duration=1, raises={"data": 2}, requires={"data": 1}),
        ],
    )
    found = layout(portfolio)
    x = {box.node.key: box.x for box in found.boxes}
    path = [
        ("initiative", "one"),
        ("level", "data", 1),
        ("initiative", "two"),
        ("level", "data", 2),
    ]
    assert all(x[before] < x[after] for before, after in pairwise(path))
    assert {"raises", "requires"} == {each.link.kind for each in found.arrows}


def test_dates_of_a_plan(bank: Portfolio) -> None:
    """With a plan the boxes say when; what is left out says so."""
    plan = Schedule.of(bank, {IDENTITY: 0, HUB: 4})
    told = {box.node.key: [line.text for line in box.lines] for box in layout(bank, plan).boxes}
    assert [IDENTITY, "2027-01 – 2027-04"] == told["initiative", IDENTITY]
    assert [REPORT, "not in the plan"] == told["initiative", REPORT]
    assert ["payments", "level 3 · from 2027-10", "instant"] == told["level", "payments", 3]
    assert ["data", "level 2"] == told["level", "data", 2]


def test_words_fit_their_boxes() -> None:
    """No line is wider than its box, and the lines are not higher, whatever the names."""
    from roadmap.render._pen import measure

    for box in layout(portfolio_of(40, hostile=True)).boxes:
        assert all(measure(line.text, line.size)[0] < box.width for line in box.lines)
        assert sum(line.height for line in box.lines) < box.height


def test_patches_are_what_was_laid_out(bank: Portfolio) -> None:
    """There is an outline for each box, in its place, and a line for each run."""
    found = layout(bank)
    axes = dependencies(bank)
    patches = [patch for patch in axes.patches if isinstance(patch, PathPatch)]
    drawn = [patch.get_path().get_extents() for patch in patches if patch.get_fill()]
    for box in found.boxes:
        corners = (box.x - box.width / 2, box.y - box.height / 2, box.x + box.width / 2)
        assert any(pytest.approx(corners) == (at.x0, at.y0, at.x1) for at in drawn)
    lines = [np.asarray(patch.get_path().vertices)[0] for patch in patches if not patch.get_fill()]
    for arrow in found.arrows:
        for run in arrow.runs:
            assert any(pytest.approx(run[0]) == tuple(start) for start in lines)


def test_one_unit_is_one_point(bank: Portfolio) -> None:
    """A new figure is as large as it must be: fonts and boxes have the size they were given."""
    axes = dependencies(bank)
    figure = axes.get_figure(root=True)
    assert figure is not None
    left, right = axes.get_xlim()
    assert pytest.approx(figure.get_size_inches()[0] * 72) == right - left


@pytest.mark.filterwarnings("ignore:no installed font")
@pytest.mark.parametrize("fold", [True, False])
@pytest.mark.parametrize("hostile", [False, True])
@pytest.mark.parametrize("count", [0, 1, 8, 60, 300])
def test_texts_are_apart_and_inside(count: int, hostile: bool, fold: bool) -> None:
    """No two texts overlap and none hangs out, at any size, with any name."""
    portfolio = portfolio_of(count, hostile=hostile)
    axes = dependencies(result_of(portfolio, in_turn(portfolio)), fold=fold)
    assert [] == flaws(axes)


def test_axes_of_the_user(bank: Portfolio) -> None:
    """Given axes are drawn into and handed back; the chart shrinks to fit them."""
    axes = axes_of(5, 3)
    assert axes is dependencies(bank, axes)
    assert [] == flaws(axes)


def test_question_and_facts_are_drawn_alike(bank: Portfolio) -> None:
    """A problem is drawn as its portfolio is."""
    assert svg(dependencies(bank)) == svg(dependencies(as_problem(bank)))


def test_result_without_a_plan(bank: Portfolio) -> None:
    """A run that found nothing is drawn without dates."""
    assert svg(dependencies(bank)) == svg(dependencies(result_of(bank, None)))


def test_same_bytes() -> None:
    """The picture is the same each time, in this process and in another."""
    portfolio = portfolio_of(40)
    here = svg(dependencies(portfolio))
    assert here == svg(dependencies(portfolio))
    lines = (
        "from roadmap.render.dependency_chart import dependencies\n"
        "axes = dependencies(portfolio_of(40))"
    )
    assert here == svg_elsewhere(lines, "7")


def test_no_trace_in_pyplot(bank: Portfolio) -> None:
    """Drawing opens no window's figure and changes no setting."""
    from matplotlib import pyplot as plt

    before = dict(mpl.rcParams)
    dependencies(bank)
    assert [] == plt.get_fignums()
    assert before == dict(mpl.rcParams)
