"""The price chart: what each rule costs, the dearest first, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from roadmap._text import brief
from roadmap.render import _pen as pen
from roadmap.render import theme
from roadmap.render._answers import AuditLike, FindingLike
from roadmap.render._bars import LEFT, MARGIN, ROW, draw_bar, draw_legend, draw_name
from roadmap.render._stage import Frame, Margins, draw_title, frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_RIGHT, _TOP, _BOTTOM = 150.0, 42.0, 52.0
_WIDTH = 10.0
_GIVEN = {"facecolor": pen.hue("blue")}
_CHOSEN = {"facecolor": pen.hue("orange")}
_DOUBT = {"facecolor": "#f2f3f5", "hatch": "////", "edgecolor": pen.GREY}
_LEGEND: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("rests on physics, law or contract", _GIVEN),
    ("rests on policy, preference or nothing stated", _CHOSEN),
    ("not proven", _DOUBT),
)


def dearest(found: AuditLike, most: int) -> tuple[FindingLike, ...]:
    """The rules that are proven to cost something, the dearest first, so many at the most."""
    costly = [one for one in found.findings if one.price.lower]
    return tuple(sorted(costly, key=lambda one: -(one.price.lower or 0))[:most])


def prices(found: AuditLike, ax: Axes | None = None, *, most: int = 25) -> Axes:
    """Draw what rules cost: a bar a rule, by what it rests on.

    Parameters
    ----------
    found
        What ``audit`` gives.
    ax
        Where to draw; default a new figure.
    most
        So many rules at the most, the dearest; default 25.

    Returns
    -------
    Axes
        One unit of x is a unit of money; row ``i`` from the top is centred at ``y = -i - 0.5``.

    Warns
    -----
    RoadmapWarning
        No installed font has some of the characters in the names.

    Notes
    -----
    A bar ends at what is proven of the price; a hatched one goes on to what it may be. Prices do
    not add up: rules that cost nothing one by one may cost a lot together.
    """
    facts = found.problem.portfolio
    shown = dearest(found, most)
    count = max(len(shown), 1)
    height = _TOP + ROW * count + _BOTTOM
    axes = pen.new_axes(_WIDTH, height / 72) if ax is None else ax
    largest = max((one.price.upper or one.price.lower or 0 for one in shown), default=0) or 1
    on = frame(axes, (0, largest), (-count, 0), Margins(LEFT, _RIGHT, _TOP, _BOTTOM))
    left = sum(1 for one in found.findings if one.price.lower) - len(shown)
    head = "What rules cost" + (f", {facts.currency}" if facts.currency else "")
    draw_title(on, LEFT - MARGIN, facts.name, head + (f"; {left} more not shown" if left else ""))
    _draw_scale(on)
    for row, finding in enumerate(shown):
        _draw_rule(on, row, finding)
    if not shown:
        on.write(largest / 2, -0.5, "no rule is proven to cost anything", 8, colour=pen.MUTED)
    draw_legend(on, _LEGEND, 32)
    theme.warn_of_missing([facts.name, facts.currency, *(one.rule for one in shown)])
    return axes


def _draw_scale(on: Frame) -> None:
    for tick in MaxNLocator(5, integer=True).tick_values(0, on.last):
        if 0 <= tick <= on.last:
            on.line([tick, tick], [on.low, on.high], 0.6, color="#e3e3e3", zorder=0.5)
            on.write(tick, on.below(9), brief(round(tick)), 7, colour=pen.MUTED)


def _draw_rule(on: Frame, row: int, finding: FindingLike) -> None:
    least, most = finding.price.lower or 0, finding.price.upper
    given = finding.basis in ("physics", "law", "contract")
    told = brief(least) if most == least else f"{brief(least)} or more"
    draw_name(on, finding.rule, row, f"{told}, {finding.basis}", _RIGHT)
    draw_bar(on, row, 0, least, _GIVEN if given else _CHOSEN)
    if most is None or most > least:
        draw_bar(on, row, least, on.last if most is None else most, _DOUBT)
