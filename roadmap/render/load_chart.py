"""The load chart: each team's demand against its capacity, period by period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs
from matplotlib.patches import Rectangle

from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.render import _pen as pen
from roadmap.render import theme
from roadmap.render._given import result_for
from roadmap.render._stage import (
    CALENDAR,
    Margins,
    Stage,
    draw_calendar,
    draw_title,
    rows,
    stage,
)
from roadmap.result import Result
from roadmap.schedule import Schedule

if TYPE_CHECKING:
    from matplotlib.axes import Axes

UNSTATED = "category not stated"
OVERTIME, OVERLOAD = "overtime", "overload"
_HUES = {
    "maintain": pen.tint(pen.hue("green"), 0.35),
    "improve": pen.tint(pen.hue("orange"), 0.4),
    "transform": pen.tint(pen.hue("blue"), 0.15),
    UNSTATED: "#dfe3e7",
}  # so light or dark that they are told apart in grey too
_MORE = ("purple", "sky", "yellow", "vermillion")  # for categories of the user's own
_BEYOND = {
    OVERTIME: (pen.hue("blue"), "\\" * 5),
    OVERLOAD: (pen.hue("vermillion"), "/" * 5),
}  # ink and hatch of what is beyond the capacity
_VEIL = (1.0, 1.0, 1.0, 0.6)  # over the work above capacity, so that its hatch is seen
_MARGIN = 8.0
_FILL = 0.74  # of a lane's height, at the team's peak
_WIDTH, _LANE = 10.0, 58.0  # figure width in inches, lane height in points
_LEFT, _TOP, _LEGEND = 132.0, 42.0, 34.0
_RIGHT = (66.0, 116.0)  # with every team within its capacity, and with one above it


@attrs.frozen
class Lane:
    """A team's demand and capacity in each period.

    Attributes
    ----------
    team
        Its name.
    capacity
        Capacity units that there are.
    demand
        Capacity units that the plan occupies, by category of the work.
    overtime
        Capacity units beyond the capacity that the team can be asked for at a price.
    """

    team: str
    capacity: tuple[int, ...]
    demand: Mapping[str, tuple[int, ...]]
    overtime: tuple[int, ...]

    @property
    def total(self) -> tuple[int, ...]:
        """Demand of all categories together."""
        return tuple(map(sum, zip(*self.demand.values(), strict=True)))

    @property
    def beyond(self) -> tuple[int, ...]:
        """Capacity units that the plan asks for beyond the capacity in each period."""
        return tuple(
            max(wanted - there, 0) for wanted, there in zip(self.total, self.capacity, strict=True)
        )

    @property
    def paid(self) -> tuple[int, ...]:
        """How much of that is overtime."""
        return tuple(map(min, self.beyond, self.overtime))

    @property
    def over(self) -> tuple[int, ...]:
        """Capacity units that are missing in each period, overtime included."""
        return tuple(wanted - paid for wanted, paid in zip(self.beyond, self.paid, strict=True))

    @property
    def peak(self) -> int:
        """The largest number in the lane; at least 1."""
        return max(1, *self.total, *self.capacity)


def lanes(portfolio: Portfolio, schedule: Schedule) -> tuple[Lane, ...]:
    """Say what each team has to do and can do, in the portfolio's order.

    The demands of a lane add up to what the judge counts as the team's load.
    """
    plan = Plan(portfolio, schedule)
    return tuple(
        Lane(
            team.name,
            portfolio.capacity[team.name],
            _demand(plan, team.name),
            team.beyond(portfolio.timeline),
        )
        for team in portfolio.teams
    )


def _demand(plan: Plan, team: str) -> Mapping[str, tuple[int, ...]]:
    """The team's load by category: each category's work is laid out as a plan of its own."""
    shares = {}
    for kind in dict.fromkeys((*plan.portfolio.categories, UNSTATED)):
        own = [
            place
            for name, place in plan.placed.items()
            if (plan.portfolio.initiative[name].category or UNSTATED) == kind
        ]
        shares[kind] = Plan(plan.portfolio, Schedule(own)).load(team)
    return shares


def load(result: Result, ax: Axes | None = None) -> Axes:
    """Draw each team's demand against its capacity: a lane a team, stacked by category.

    Parameters
    ----------
    result
        Whose plan to draw; without a plan only the capacity is drawn.
    ax
        Where to draw; default a new figure.

    Returns
    -------
    Axes
        One unit of x is a period; lane ``i`` from the top stands on ``y = -i - 1``, and the
        team's largest number reaches 0.74 above it.

    Raises
    ------
    FaultyInputError
        It is given something else than a result, such as the name of a file.

    Warns
    -----
    RoadmapWarning
        No installed font has some of the characters in the names.
    """
    portfolio = result_for("load", result).problem.portfolio
    found = lanes(portfolio, result.schedule or Schedule())
    height = _TOP + _LANE * max(len(found), 1) + CALENDAR + _LEGEND
    axes = pen.new_axes(_WIDTH, height / 72) if ax is None else ax
    right = _RIGHT[any(any(lane.beyond) for lane in found)]
    margins = Margins(_LEFT, right, _TOP, CALENDAR + _LEGEND)
    on = stage(axes, portfolio.timeline, -max(len(found), 1), 0, margins)
    told = "Load of the teams" if result.schedule is not None else "Capacity of the teams: no plan"
    draw_title(on, _LEFT - _MARGIN, portfolio.name, told)
    fills = _fills(portfolio.categories)
    for at, lane in enumerate(found):
        _draw_lane(on, lane, -at - 1, fills)
    draw_calendar(on)
    _draw_legend(on, found, fills)
    theme.warn_of_missing([portfolio.name, *portfolio.team])
    return axes


def _fills(categories: Sequence[str]) -> dict[str, str]:
    """A fill for each category, and for work that states none."""
    own = [name for name in categories if name not in _HUES]
    hues = {name: pen.tint(pen.hue(_MORE[at % len(_MORE)]), 0.3) for at, name in enumerate(own)}
    return {name: (_HUES | hues)[name] for name in (*categories, UNSTATED)}


def _draw_lane(on: Stage, lane: Lane, floor: float, fills: Mapping[str, str]) -> None:
    """Draw demand as stacked steps, capacity as a line, and what is beyond it hatched."""
    axes, scale = on.axes, _FILL / lane.peak
    edges = range(on.timeline.periods + 1)
    heights = [floor + scale * amount for amount in (0,) * on.timeline.periods]
    for kind, amounts in lane.demand.items():
        upper = [base + scale * amount for base, amount in zip(heights, amounts, strict=True)]
        if any(amounts):
            patch = axes.stairs(upper, edges, baseline=heights, fill=True, label=kind)
            patch.set(facecolor=fills[kind], edgecolor=pen.PAPER, linewidth=0.5 * on.scale)
        heights = upper
    capacity = [floor + scale * amount for amount in lane.capacity]
    paid = [line + scale * amount for line, amount in zip(capacity, lane.paid, strict=True)]
    if any(lane.paid):
        _hatch(on, capacity, paid, OVERTIME)
    if any(lane.over):
        _hatch(on, paid, heights, OVERLOAD)
    line = axes.stairs(capacity, edges, baseline=None, color=pen.INK, label="capacity")
    line.set_linewidth(1.2 * on.scale)
    on.line([0, on.timeline.periods], [floor, floor], 0.5, color=pen.GREY)
    _describe(on, lane, floor)


def _hatch(on: Stage, lower: list[float], upper: list[float], told: str) -> None:
    over = [max(pair) for pair in zip(lower, upper, strict=True)]
    patch = on.axes.stairs(
        over, range(on.timeline.periods + 1), baseline=lower, fill=True, label=told
    )
    hue, hatch = _BEYOND[told]
    patch.set(facecolor=_VEIL, edgecolor=hue, hatch=hatch, linewidth=0.0)


def _describe(on: Stage, lane: Lane, floor: float) -> None:
    """Write the team's name and peak at the left, how far it is used at the right."""
    top = floor + _FILL
    name = pen.wrap(lane.team, 104, 8.5, lines=3)
    middle = floor + _FILL / 2
    for at, line in enumerate(name):
        y = middle + (len(name) / 2 - 0.5 - at) * 11 * on.up
        on.write(on.left(_LEFT - _MARGIN), y, line, 8.5, ha="left")
    on.write(on.left(4), top, str(lane.peak), 6.5, colour=pen.MUTED, ha="right")
    on.write(on.left(4), floor, "0", 6.5, colour=pen.MUTED, ha="right")
    there, wanted = sum(lane.capacity), sum(lane.total)
    used = f"{wanted / there:.0%} used" if there else "no capacity"
    notes = []
    if any(lane.paid):
        notes.append((f"overtime: {on.timeline.count(sum(map(bool, lane.paid)))}", OVERTIME))
    if any(lane.over):
        late = on.timeline.count(sum(map(bool, lane.over)))
        notes.append((f"{late} over, by up to {max(lane.over):,}", OVERLOAD))
    on.write(on.right(8), middle + 6 * len(notes) * on.up, used, 8, ha="left")
    for at, (said, kind) in enumerate(notes):
        y = middle + (6 * len(notes) - 12 * (at + 1)) * on.up
        hue, _ = _BEYOND[kind]
        on.write(on.right(8), y, pen.shorten(said, 100, 7), 7, ha="left", colour=hue)


def _draw_legend(on: Stage, found: tuple[Lane, ...], fills: Mapping[str, str]) -> None:
    """Explain the fills that are there, the line and the hatch."""
    told: list[tuple[str, str | None]] = [
        (kind, fill)
        for kind, fill in fills.items()
        if any(any(lane.demand[kind]) for lane in found)
    ]
    told += [("capacity", None)] if found else []
    told += [(OVERTIME, "none")] if any(any(lane.paid) for lane in found) else []
    told += [(OVERLOAD, "none")] if any(any(lane.over) for lane in found) else []
    widths = [20 + pen.measure(each, 7)[0] for each, _ in told]
    room = _LEFT - _MARGIN + on.timeline.periods / on.across + on.margins.right
    for (each, fill), (x, row) in zip(told, rows(widths, room, 14), strict=True):
        y = on.below(CALENDAR + 10 + 13 * row)
        _draw_sample(on, each, fill, on.left(_LEFT - _MARGIN) + x * on.across, y)


def _draw_sample(on: Stage, told: str, fill: str | None, x: float, y: float) -> None:
    axes, wide, half = on.axes, 14 * on.across, 4 * on.up
    on.write(x + 19 * on.across, y, told, 7, colour=pen.MUTED, ha="left")
    if fill is None:
        on.line([x, x + wide], [y, y], 1.2, color=pen.INK)
        return
    sample = Rectangle((x, y - half), wide, 2 * half, linewidth=0, facecolor=fill)
    if fill == "none":
        hue, hatch = _BEYOND[told]
        sample.set(edgecolor=hue, hatch=hatch)
    axes.add_patch(sample)
