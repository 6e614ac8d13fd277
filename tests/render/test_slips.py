"""What a slip and a rule cost, shown where the work and the ties are drawn."""

from __future__ import annotations

import attrs
import pytest
from matplotlib.colors import to_rgb

import roadmap as rm
from roadmap.explaining import Interval
from roadmap.render._dependency_layout import layout as dependency_layout
from roadmap.render._gantt_layout import layout as gantt_layout
from roadmap.render._slips import price_told, rule_prices, worths


@attrs.frozen
class Told:
    """What a chart reads of a finding."""

    rule: str
    price: Interval
    basis: str = "unstated"


@attrs.frozen
class Found:
    """What a chart reads of an audit."""

    problem: rm.Problem
    findings: tuple[Told, ...]


@pytest.fixture(scope="module")
def result() -> rm.Result:
    """The five items, over two years."""
    portfolio = rm.read("docs/examples/five.yaml")
    return rm.solve(portfolio.replace(timeline=rm.Timeline("2027-01", 24)), time_limit=10)


@pytest.fixture(scope="module")
def slips(result: rm.Result) -> rm.Slips:
    """What one month of each costs."""
    return rm.slips(result, inquiry=rm.Inquiry(each=10))


@pytest.mark.parametrize(
    ("price", "told"),
    [
        (Interval(83, 83), "83"),
        (Interval(5, 9), "5–9"),
        (Interval(5, None), "≥ 5"),
        (Interval(None, 9), "≤ 9"),
        (Interval(None, None), "?"),
    ],
)
def test_prices_say_how_sure_they_are(price: Interval, told: str) -> None:
    """A figure where it is proven, else how far it is."""
    assert told == price_told(price)


def test_bars_tell_what_a_slip_costs(result: rm.Result, slips: rm.Slips) -> None:
    """F is the dearest of all and the darkest, A floats; the figures stand beside the bars."""
    found = gantt_layout(result, slips=slips)
    shares = {bar.initiative: bar.share for bar in found.bars}
    assert {"F": 1.0, "A": 0.0, "B": 53 / 83, "C": 18 / 83, "D": 9 / 83} == shares
    words = " | ".join(word.text for word in found.words)
    assert all(f"{cost} a month" in words for cost in (83, 0, 53, 18, 9))
    assert "the darker, the dearer a period's slip" in [entry.told for entry in found.legend]


def test_without_slips_bars_are_as_before(result: rm.Result) -> None:
    """No share, no figure and no entry in the legend."""
    found = gantt_layout(result)
    assert {None} == {bar.share for bar in found.bars}
    assert "slip" not in {entry.kind for entry in found.legend}


def test_darker_is_dearer(result: rm.Result, slips: rm.Slips) -> None:
    """The bar of F is darker than that of A, drawn on real axes."""
    axes = rm.gantt(result, slips=slips)
    light = {
        patch.get_label(): sum(to_rgb(patch.get_facecolor()))
        for patch in axes.patches
        if patch.get_label() in ("F", "A")
    }
    assert light["F"] < light["A"]


def test_boxes_and_arrows_tell_prices(result: rm.Result, slips: rm.Slips) -> None:
    """A box says what its slip costs; the arrow of a binding prerequisite says its price."""
    found = rm.audit(result, inquiry=rm.Inquiry(each=10))
    prices = rule_prices(found)
    assert {"capacity of team", "foundation at level 1 → A", "foundation at level 1 → B"} == {
        *prices
    }
    laid = dependency_layout(result.problem.portfolio, result.schedule, slips=slips, prices=found)
    notes = {box.node.key: [line.text for line in box.lines] for box in laid.boxes}
    assert "83 a month" in notes["initiative", "F"]
    labels = {arrow.link.head: arrow.link.label for arrow in laid.arrows if arrow.link.label}
    assert {("initiative", "A"): "144", ("initiative", "B"): "80"} == labels


def test_work_that_cannot_slip_says_so() -> None:
    """At the end of a tight timeline the last item can not slip; it is as dark as can be."""
    portfolio = rm.read("docs/examples/five.yaml")
    found = rm.slips(rm.solve(portfolio, time_limit=10), inquiry=rm.Inquiry(each=10))
    worth = worths(found, "month")["D"]
    assert ("can not slip", 1.0) == (worth.told, worth.share)


def test_what_is_not_proven_is_hatched(result: rm.Result) -> None:
    """Without any time nothing is proven of a slip; no bar then looks as if it cost nothing."""
    slips = rm.slips(result, inquiry=rm.Inquiry(each=0, total=0))
    proven = {item.subject: item.price.lower == item.price.upper for item in slips.items}
    assert False in proven.values()
    found = gantt_layout(result, slips=slips)
    assert {name: not sure for name, sure in proven.items()} == {
        bar.initiative: bar.doubt for bar in found.bars
    }
    assert "doubt" in {entry.kind for entry in found.legend}
    axes = rm.gantt(result, slips=slips)
    hatched = {patch.get_label() for patch in axes.patches if patch.get_hatch() == "////"}
    assert {name for name, sure in proven.items() if not sure} <= hatched


def test_a_price_that_is_not_proven_stays_on_its_arrow(result: rm.Result) -> None:
    """Only what is proven to cost nothing is left off."""
    priced = {"a": Interval(0, 500), "b": Interval(None, None), "c": Interval(0, 0)}
    found = Found(result.problem, tuple(Told(rule, price) for rule, price in priced.items()))
    assert {"a": "0–500", "b": "?"} == rule_prices(found)
