"""Closed times in the Gantt chart: behind the rows that they hold for, and nowhere else."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from roadmap.facts import Blackout, Freeze, Initiative, ReleaseCalendar, Team
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.render.gantt_chart import gantt, layout
from roadmap.schedule import Schedule
from roadmap.timeline import Timeline
from tests.render.pictures import flaws


def plan(**closed: Any) -> Plan:
    """A year with four pieces of work in two groups."""
    facts = Portfolio(
        timeline=Timeline("2027-01", 12),
        teams=[Team("core", 9)],
        initiatives=[
            Initiative("a", duration=2, demand={"core": 1}, category="transform"),
            Initiative("b", duration=3, category="transform"),
            Initiative("c", duration=4, demand={"core": 1}, category="improve"),
            Initiative("d", duration=0, category="improve"),
        ],
        **closed,
    )
    return Plan(facts, Schedule.of(facts, {"a": 0, "b": 1, "c": 2, "d": 5}))


def rows(drawn: Plan, **look: Any) -> dict[str, tuple[float, float]]:
    """Upper and lower edge of each row of work."""
    lanes = [lane for lane in layout(drawn, **look).lanes if lane.kind == "work"]
    return {lane.name: (lane.y - lane.height / 2, lane.y + lane.height / 2) for lane in lanes}


def test_bands_stand_behind_the_work_that_they_hold_for() -> None:
    """A freeze of all work runs through each group; that of a team through its rows only."""
    drawn = plan(
        freezes=[
            Freeze("all", "2027-11", "2028-02"),
            Freeze("core", "2027-06", "2027-07", teams=["core"]),
        ],
        blackouts=[Blackout("summer", "2027-08", "2027-08", initiatives=["b", "c"])],
    )
    lanes = rows(drawn)
    found = [
        (band.kind, band.name, band.start, band.finish, *_edges(band))
        for band in layout(drawn).bands
    ]
    expected = [
        ("freeze", "all", 10, 12, lanes["a"][0], lanes["b"][1]),
        ("freeze", "all", 10, 12, lanes["c"][0], lanes["d"][1]),
        ("freeze", "core", 5, 7, *lanes["a"]),
        ("freeze", "core", 5, 7, *lanes["c"]),
        ("blackout", "summer", 7, 8, *lanes["b"]),
        ("blackout", "summer", 7, 8, *lanes["c"]),
    ]
    assert [each[:4] for each in expected] == [each[:4] for each in found]
    assert [pytest.approx(each[4:]) for each in expected] == [each[4:] for each in found]


def _edges(shape: Any) -> tuple[float, float]:
    return shape.y - shape.height / 2, shape.y + shape.height / 2


def test_releases_are_lines() -> None:
    """One for each date, through the rows that may go live on it; none where they are a surface."""
    quarterly = ReleaseCalendar("quarterly", first="2027-03", every=3, categories=["improve"])
    drawn = plan(release_calendars=[quarterly])
    lanes = rows(drawn)
    found = layout(drawn).releases
    assert [3, 6, 9, 12] == [release.at for release in found]
    assert [pytest.approx((lanes["c"][0], lanes["d"][1]))] * 4 == [_edges(each) for each in found]
    dense = drawn.portfolio.replace(
        timeline=Timeline("2027-01-01", 2_000, "day"),
        release_calendars=[ReleaseCalendar("daily", first=1, every=1)],
    )
    assert () == layout(Plan(dense, drawn.schedule)).releases


def test_the_legend_explains_what_is_there() -> None:
    """And only that."""
    told = ("nothing goes live", "nobody works", "release date")
    full = plan(
        freezes=[Freeze("f", 2, 3)],
        blackouts=[Blackout("b", 8, 9)],
        release_calendars=[ReleaseCalendar("r", [4])],
    )
    assert set(told) <= {entry.told for entry in layout(full).legend}
    assert set(told).isdisjoint(entry.told for entry in layout(plan()).legend)
    elsewhere = plan(freezes=[Freeze("f", 2, 3, categories=["maintain"])])
    assert set(told).isdisjoint(entry.told for entry in layout(elsewhere).legend)


def test_what_is_drawn_is_the_layout() -> None:
    """Bands and lines stand on the axes at the layout's numbers, behind the bars."""
    drawn = plan(
        freezes=[Freeze("f $1$", 2, 4)],
        blackouts=[Blackout("b", 8, 9)],
        release_calendars=[ReleaseCalendar("r", [4, 7])],
    )
    axes = gantt(drawn)
    found = layout(drawn)
    boxes = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    patches = {patch.get_label(): patch for patch in boxes}
    band = patches["freeze f $1$"]
    assert (2, 2) == (band.get_x(), band.get_width())
    assert band.get_zorder() < patches["a"].get_zorder()
    lines = [
        float(np.asarray(line.get_xdata())[0])
        for line in axes.lines
        if line.get_label() == "release r"
    ]
    assert sorted(release.at for release in found.releases) == sorted(lines)
    assert [] == list(flaws(axes))


def test_rows_keep_their_places() -> None:
    """A portfolio without such facts is drawn as it was."""
    plain, closed = plan(), plan(freezes=[Freeze("f", 2, 3)])
    heights = [_edges(lane)[0] for lane in layout(plain).lanes]
    moved = [_edges(lane)[0] for lane in layout(closed).lanes]
    assert [pytest.approx(b - a) for a, b in pairwise(heights)] == [
        b - a for a, b in pairwise(moved)
    ]
