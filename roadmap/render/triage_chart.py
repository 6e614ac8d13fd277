"""The triage quadrant: what each old system holds up against what replacing it saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from roadmap.problem import Problem
from roadmap.render import _pen as pen
from roadmap.render import theme
from roadmap.render._answers import Bounds
from roadmap.render._scatter import HEIGHT, WIDTH, Spot, scatter
from roadmap.render._stage import Frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HUES = {"modernise now": "vermillion", "modernise for cost": "green", "leave": "sky"}


class CaseLike(Protocol):
    """What is read of a case."""

    @property
    def system(self) -> str:
        """Name of the system."""

    @property
    def course(self) -> str:
        """What is to be done."""

    @property
    def blocks(self) -> Bounds:
        """What it holds up."""

    @property
    def saves(self) -> Bounds:
        """What replacing it saves."""


class TriageLike(Protocol):
    """What is read of a triage."""

    @property
    def problem(self) -> Problem:
        """What was asked."""

    @property
    def cases(self) -> Sequence[CaseLike]:
        """One for each system."""


def quadrant(found: TriageLike, ax: Axes | None = None) -> Axes:
    """Draw old systems by what they hold up and what replacing them saves.

    Parameters
    ----------
    found
        What ``triage`` gives.
    ax
        Where to draw; default a new figure.

    Returns
    -------
    Axes
        One unit of x is a unit of money saved, one of y a unit of money held up.

    Warns
    -----
    RoadmapWarning
        No installed font has some of the characters in the names.

    Notes
    -----
    Above the line what a system holds up is worth what its replacement costs: modernise now. Below
    it and right of zero the replacement pays for itself. A system of which an amount is not proven
    is hollow and has a line over all that the amount may be.
    """
    facts = found.problem.portfolio
    axes = pen.new_axes(WIDTH, HEIGHT) if ax is None else ax
    spots = [_spot(case) for case in found.cases]
    told = "What old systems hold up, against what replacing them saves"
    head = f"{told}, {facts.currency}" if facts.currency else told
    on = scatter(axes, spots, (facts.name, head), ("saved by replacing", "held up"))
    _draw_break_even(on)
    for case in found.cases:
        _draw_doubt(on, case)
    theme.warn_of_missing([facts.name, facts.currency, *(case.system for case in found.cases)])
    return axes


def _spot(case: CaseLike) -> Spot:
    hue = _HUES.get(case.course)
    x, y = _shown(case.saves), _shown(case.blocks)
    return Spot(x, y, f"{case.system}: {case.course}", None if hue is None else pen.hue(hue))


def _shown(amount: Bounds) -> int:
    """Where an amount is drawn: at what it is at least, if that is known."""
    known = [one for one in (amount.lower, amount.upper) if one is not None]
    return known[0] if known else 0


def _draw_break_even(on: Frame) -> None:
    """Draw what must be held up for a replacement to pay: what it costs beyond what it saves."""
    low, high = max(on.first, -on.high), min(on.last, 0.0)
    if low < high:
        look = {"color": pen.INK, "linestyle": (0, (4, 3)), "zorder": 1}
        on.line([low, high], [-low, -high], 0.9, label="break-even", **look)


def _draw_doubt(on: Frame, case: CaseLike) -> None:
    """Draw a line over what an amount may be."""
    x, y = _shown(case.saves), _shown(case.blocks)
    look = {"color": pen.GREY, "zorder": 2}
    for amount, across in ((case.saves, True), (case.blocks, False)):
        ends = (on.first, on.last) if across else (on.low, on.high)
        low = ends[0] if amount.lower is None else max(amount.lower, ends[0])
        high = ends[1] if amount.upper is None else min(amount.upper, ends[1])
        if low < high:
            xs, ys = ([low, high], [y, y]) if across else ([x, x], [low, high])
            on.line(list(xs), list(ys), 1.0, **look)
