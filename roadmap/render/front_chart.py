"""The front: what one side of the objective costs against the other, plan by plan."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from roadmap._text import brief
from roadmap.problem import Problem
from roadmap.render import _pen as pen
from roadmap.render import theme
from roadmap.render._scatter import HEIGHT, WIDTH, Spot, scatter

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class PointLike(Protocol):
    """What is read of a point."""

    @property
    def first(self) -> int:
        """Money on the first side."""

    @property
    def second(self) -> int:
        """Money on the second side."""

    @property
    def proven(self) -> bool:
        """Whether it is proven to lie on the front."""


class TurnLike(Protocol):
    """What is read of a turn: a rate, and the corners on either side of it."""

    @property
    def rate(self) -> Fraction:
        """The exchange rate."""

    @property
    def before(self) -> PointLike:
        """The corner below the rate."""

    @property
    def after(self) -> PointLike:
        """The corner above the rate."""


class FrontLike(Protocol):
    """What is read of a front."""

    @property
    def problem(self) -> Problem:
        """What was asked."""

    @property
    def first(self) -> Sequence[str]:
        """Names of the terms on the first side."""

    @property
    def second(self) -> Sequence[str]:
        """Names of the terms on the second side."""

    @property
    def points(self) -> Sequence[PointLike]:
        """The plans."""

    @property
    def turns(self) -> Sequence[TurnLike]:
        """The exchange rates at which the best plan changes."""


def front(found: FrontLike, ax: Axes | None = None) -> Axes:
    """Draw a front: a point for each plan, a line for those that are best at some exchange rate.

    Parameters
    ----------
    found
        What ``frontier`` gives.
    ax
        Where to draw; default a new figure.

    Returns
    -------
    Axes
        One unit of x is a unit of money on the second side, one of y a unit on the first.

    Warns
    -----
    RoadmapWarning
        No installed font has some of the characters in the names.

    Notes
    -----
    A corner, best at some exchange rate, is filled; another point of the front is light; one that
    is not proven to lie on it is hollow. The slope of the line between two corners is the rate at
    which the best plan changes.
    """
    facts = found.problem.portfolio
    axes = pen.new_axes(WIDTH, HEIGHT) if ax is None else ax
    corners = [one for turn in found.turns for one in (turn.before, turn.after)]
    corners = corners or list(found.points[:1])
    spots = [_spot(point, any(point is corner for corner in corners)) for point in found.points]
    sides = [" and ".join(side) or "nothing to trade" for side in (found.second, found.first)]
    on = scatter(axes, spots, (facts.name, _head(found)), (sides[0], sides[1]))
    for turn in found.turns:
        xs, ys = [turn.before.second, turn.after.second], [turn.before.first, turn.after.first]
        on.line(xs, ys, 1.2, color=pen.GREY, zorder=2)
    theme.warn_of_missing([facts.name, facts.currency, *found.first, *found.second])
    return axes


def _head(found: FrontLike) -> str:
    currency = found.problem.portfolio.currency
    told = "What is traded for what" if found.second else "There is nothing to trade"
    return f"{told}, {currency}" if currency else told


def _spot(point: PointLike, corner: bool) -> Spot:
    told = f"{brief(point.first)} against {brief(point.second)}"
    if not point.proven:
        return Spot(point.second, point.first, f"{told}, not proven", None)
    blue = pen.hue("blue")
    return Spot(point.second, point.first, told, blue if corner else pen.tint(blue, 0.6))
