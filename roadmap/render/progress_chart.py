"""The progress chart: how plan and bound came together, and who brought them there."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib.ticker import MaxNLocator

from roadmap._text import brief, money
from roadmap.render import _pen as pen
from roadmap.render import theme
from roadmap.render._given import result_for, rivals_for
from roadmap.render._stage import Frame, Margins, draw_title, frame
from roadmap.result import Progress, Result, Status

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PLAN, BOUND = "best plan", "bound"
_GAP = "#e6eaee"
_BOUND = pen.hue("blue")
_RIVALS = tuple(pen.hue(name) for name in ("vermillion", "green", "purple", "orange", "sky"))
_DOTS = (1.0, 2.5)
_DASHES = ((5.0, 1.5), (1.5, 1.2), (6.0, 1.5, 1.5, 1.5))
_MARKS = "osD^v<>pPX"  # who found it: a shape each, and a colour
_HUES = ("orange", "sky", "green", "vermillion", "purple", "blue", "yellow")
_SOONEST = 0.001  # seconds: the trace knows no less
_AIR = 0.06
_WIDTH, _HEIGHT = 11.0, 4.8  # figure in inches
_PANEL, _LEFT, _TOP, _BOTTOM = 250.0, 58.0, 44.0, 38.0
_ROW, _SPACE = 13.5, 0.6
_TICK = 40.0  # points from one moment to the next


@attrs.frozen
class Step:
    """A better plan, or a better bound.

    Attributes
    ----------
    at
        When: seconds, or the number of the step where no time is recorded.
    amount
        The cost of the plan, or the bound.
    source
        Who found it.
    """

    at: float
    amount: int
    source: str


@attrs.frozen
class Course:
    """How one run went.

    Attributes
    ----------
    costs, bounds
        Every better plan and every better bound, in their order.
    end
        When the run ended.
    """

    costs: tuple[Step, ...]
    bounds: tuple[Step, ...]
    end: float

    @property
    def gap(self) -> Iterator[tuple[float, int, int]]:
        """Each moment from which there are both, with the cost and the bound from then on."""
        cost = bound = None
        found = [(step.at, step.amount, None) for step in self.costs]
        proven = [(step.at, None, step.amount) for step in self.bounds]
        for at, cheaper, higher in sorted([*found, *proven], key=lambda step: step[0]):
            cost = cost if cheaper is None else cheaper
            bound = bound if higher is None else higher
            if cost is not None and bound is not None:
                yield at, cost, bound
        if cost is not None and bound is not None:
            yield self.end, cost, bound


@attrs.frozen
class ProgressLayout:
    """A progress chart before it is drawn.

    Attributes
    ----------
    course
        The run that is shown.
    rivals
        Other runs, by their names.
    timed
        Whether x is seconds; where any run recorded none, it is the number of the step.
    logarithmic
        Whether x is the logarithm of the seconds, to base 10.
    """

    course: Course
    rivals: Mapping[str, Course]
    timed: bool
    logarithmic: bool

    @property
    def courses(self) -> tuple[Course, ...]:
        """All runs."""
        return (self.course, *self.rivals.values())

    def x(self, at: float) -> float:
        """Where a moment stands."""
        return math.log10(max(at, _SOONEST)) if self.logarithmic else at


def layout(result: Result, rivals: Mapping[str, Result] | None = None) -> ProgressLayout:
    """Say when each run found what; time runs by its logarithm if half is found in a tenth."""
    given = {**(rivals or {})}
    timed = all(
        each.elapsed is not None and all(step.elapsed is not None for step in each.trace)
        for each in (result, *given.values())
    )
    course = _course(result, timed)
    others = {name: _course(each, timed) for name, each in given.items()}
    every = [course, *others.values()]
    moments = [step.at for each in every for step in (*each.costs, *each.bounds)]
    end = max(each.end for each in every)
    logarithmic = timed and bool(moments) and median(moments) * 10 < end and end > 10 * _SOONEST
    return ProgressLayout(course, others, timed, logarithmic)


def _course(result: Result, timed: bool) -> Course:
    trace = result.trace or _single(result)
    moments = [step.elapsed or 0.0 for step in trace] if timed else range(1, len(trace) + 1)
    costs, bounds = (
        tuple(
            Step(at, after, step.source)
            for at, step, (before, after) in zip(
                moments, trace, pairwise([None, *amounts]), strict=True
            )
            if after is not None and after != before
        )
        for amounts in ([step.objective for step in trace], [step.bound for step in trace])
    )
    return Course(costs, bounds, (result.elapsed or 0.0) if timed else float(len(trace)))


def _single(result: Result) -> tuple[Progress, ...]:
    """The trace of what has none: a plan is there at the end."""
    if result.objective is None and result.bound is None:
        return ()
    return (Progress(result.elapsed, result.objective, result.bound, result.solver),)


def progress(
    result: Result, rivals: Mapping[str, Result] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how the best plan became cheaper and the bound rose until they met, or time was over.

    Parameters
    ----------
    result
        Whose run to draw.
    rivals
        Other results of the same question, by what they shall be called. Default none.
    ax
        Where to draw; default a new figure.

    Returns
    -------
    Axes
        One unit of y is one unit of money, one of x a second, or a power of ten of seconds where
        the words below say so by their distances; where no time is recorded, a step of the run.

    Raises
    ------
    FaultyInputError
        It is given something else than results, such as the name of a file.

    Warns
    -----
    RoadmapWarning
        No installed font has some of the characters in the names.

    Notes
    -----
    A reproducible run records no time, as its report must not vary; its steps stand side by side.
    """
    portfolio = result_for("progress", result).problem.portfolio
    given = rivals_for("progress", rivals)
    found = layout(result, given)
    axes = pen.new_axes(_WIDTH, _HEIGHT) if ax is None else ax
    margins = Margins(left=_LEFT, right=_PANEL, top=_TOP, bottom=_BOTTOM)
    on = frame(axes, _across(found), _upwards(found), margins)
    draw_title(on, _LEFT - 10, portfolio.name, told(result))
    _draw_scales(on, found)
    styles = _styles(found)
    _draw_gap(on, found)
    for at, course in enumerate(found.rivals.values()):
        _draw_course(on, found, course, (_rival(at), _rival(at)), styles)
    own = ({"color": pen.INK, "label": PLAN}, {"color": _BOUND, "label": BOUND})
    _draw_course(on, found, found.course, own, styles)
    _draw_legend(on, _entries(result, given, found, styles))
    sources = [step.source for each in found.courses for step in (*each.costs, *each.bounds)]
    theme.warn_of_missing([portfolio.name, portfolio.currency, *sources, *given])
    return axes


def told(result: Result) -> str:
    """What came of a run, in a sentence: cost, time, and how far the proof is from it."""
    after = "" if result.elapsed is None else f" after {_seconds(result.elapsed)}"
    if result.objective is None:
        return f"{str(result.status).capitalize()}{after}"
    cost = f"The plan costs {money(result.objective, result.problem.portfolio.currency)}"
    if result.status is Status.OPTIMAL:
        proven = result.trace[-1].elapsed if result.trace else result.elapsed
        return f"{cost}, proven to be the least" + (
            "" if proven is None else f" after {_seconds(proven)}"
        )
    if result.gap is None:
        return f"{cost}{after}; nothing is proven of how good it is"
    return f"{cost}{after}; a better one could save {result.gap:.1%} at most"


def _seconds(time: float) -> str:
    return f"{time:.3g} s" if time < 100 else f"{time:,.0f} s"


def _across(found: ProgressLayout) -> tuple[float, float]:
    """First and last x."""
    end = max(course.end for course in found.courses)
    if not found.timed:
        return 0.5, end + 0.5
    if not found.logarithmic:
        return 0.0, end or 1.0
    first = min(step.at for each in found.courses for step in (*each.costs, *each.bounds))
    return found.x(first), found.x(end)


def _upwards(found: ProgressLayout) -> tuple[float, float]:
    """Smallest and largest y, with a little air."""
    amounts = [s.amount for each in found.courses for s in (*each.costs, *each.bounds)]
    low, high = min(amounts, default=0), max(amounts, default=0)
    air = (high - low) * _AIR or 1
    return low - air, high + air


def _draw_scales(on: Frame, found: ProgressLayout) -> None:
    """Draw faint lines at round sums of money, and say when or which step below."""
    on.line([on.first, on.last], [on.low, on.low], 0.8, color=pen.GREY, zorder=3)
    if not any(each.costs or each.bounds for each in found.courses):
        middle = ((on.first + on.last) / 2, (on.low + on.high) / 2)
        on.write(*middle, "nothing was found", 9, colour=pen.MUTED)
        return
    for tick in MaxNLocator(5, integer=True).tick_values(on.low, on.high):
        if on.low <= tick <= on.high:
            on.line([on.first, on.last], [tick, tick], 0.6, color="#ededed", zorder=0.5)
            on.write(on.left(6), tick, brief(round(tick)), 7, colour=pen.MUTED, ha="right")
    for x, words in ticks(found, on.first, on.last, (on.last - on.first) / on.across):
        on.line([x, x], [on.low, on.below(3)], 0.8, color=pen.GREY)
        on.write(x, on.below(10), words, 7, colour=pen.MUTED)
    on.write((on.first + on.last) / 2, on.below(26), _unit(found), 7.5, colour=pen.MUTED)


def _unit(found: ProgressLayout) -> str:
    if not found.timed:
        return "step: no time is recorded"
    return "time, in powers of ten" if found.logarithmic else "time"


def ticks(
    found: ProgressLayout, first: float, last: float, room: float
) -> Iterator[tuple[float, str]]:
    """Where round moments stand between two x that are some points apart, and their names."""
    if found.logarithmic:
        steps = (1,) if room / (last - first) < _TICK * 4 else (1, 2, 5)
        powers = range(math.floor(first), math.ceil(last) + 1)
        moments = [step * 10.0**power for power in powers for step in steps]
        places = [(math.log10(moment), _seconds(moment)) for moment in moments]
    else:
        most = max(2, min(8, int(room / _TICK)))
        values = MaxNLocator(most, integer=not found.timed).tick_values(first, last)
        places = [(float(v), f"{v:.6g}" + (" s" if found.timed else "")) for v in values]
    yield from ((x, words) for x, words in places if first - 1e-9 <= x <= last + 1e-9)


def _draw_gap(on: Frame, found: ProgressLayout) -> None:
    """Shade what is not known yet: between the plan and the bound."""
    rows = list(found.course.gap)
    if rows:
        xs = [found.x(at) for at, _, _ in rows]
        costs, bounds = [cost for _, cost, _ in rows], [bound for _, _, bound in rows]
        on.axes.fill_between(
            xs, bounds, costs, step="post", facecolor=_GAP, linewidth=0, zorder=0.3, label="gap"
        )


def _draw_course(
    on: Frame,
    found: ProgressLayout,
    course: Course,
    looks: tuple[dict[str, Any], dict[str, Any]],
    styles: Mapping[str, dict[str, Any]],
) -> None:
    """Draw a run's plans and bounds as steps, with a mark of who found each."""
    for steps, look, width in zip((course.costs, course.bounds), looks, (1.6, 1.2), strict=True):
        if not steps:
            continue
        corners = list(_corners(steps, course.end))
        xs, ys = [found.x(at) for at, _ in corners], [amount for _, amount in corners]
        on.line(xs, ys, width, zorder=2, **look)
        after = {"color": look["color"], "linestyle": (0, _DOTS)}
        if xs[-1] < on.last:  # what it had in the end, for the others to be seen against
            on.line([xs[-1], on.last], [ys[-1]] * 2, 0.8, zorder=1.5, **after)
        for step in steps:
            _mark(on, found.x(step.at), step.amount, styles[step.source], label=step.source)


def _corners(steps: Sequence[Step], end: float) -> Iterator[tuple[float, int]]:
    """The corners of the line that keeps each amount until the next."""
    for step, after in pairwise(steps):
        yield from ((step.at, step.amount), (after.at, step.amount))
    yield from ((steps[-1].at, steps[-1].amount), (max(end, steps[-1].at), steps[-1].amount))


def _mark(on: Frame, x: float, y: float, style: Mapping[str, Any], **look: Any) -> None:
    edge = {"markeredgecolor": pen.INK, "markeredgewidth": 0.5 * on.scale}
    size = 5.2 * on.scale
    on.line([x], [y], 0, linestyle="none", markersize=size, zorder=3, **edge, **style, **look)


def _styles(found: ProgressLayout) -> dict[str, dict[str, Any]]:
    """A shape and a colour for everyone who found something, in the order of appearance."""
    sources = dict.fromkeys(
        step.source
        for each in found.courses
        for step in sorted((*each.costs, *each.bounds), key=lambda step: step.at)
    )
    return {
        source: {
            "marker": _MARKS[at % len(_MARKS)],
            "markerfacecolor": pen.hue(_HUES[at % len(_HUES)]),
        }
        for at, source in enumerate(sources)
    }


def _rival(at: int) -> dict[str, Any]:
    """The look of a rival's lines."""
    turn, which = divmod(at, len(_RIVALS))
    return {"color": _RIVALS[which], "linestyle": (0, _DASHES[turn % len(_DASHES)])}


Entry = tuple[dict[str, Any] | None, str, str]
"""A sample, words and an amount; a head has neither sample nor amount."""


def _entries(
    result: Result,
    rivals: Mapping[str, Result],
    found: ProgressLayout,
    styles: Mapping[str, dict[str, Any]],
) -> Iterator[Entry]:
    """What the legend lists: the run, the others, and who found what how often."""
    yield None, "this run", "" if result.objective is not None else str(result.status)
    if result.objective is not None:
        yield {"color": pen.INK}, PLAN, money(result.objective)
    if result.bound is not None:
        yield {"color": _BOUND}, BOUND, money(result.bound)
    if result.gap is not None:
        yield {"color": _GAP, "wide": True}, "gap", _gap(result)
    if rivals:
        yield None, "other runs", "cost, gap"
    for at, (name, rival) in enumerate(rivals.items()):
        said = str(rival.status) if rival.objective is None else money(rival.objective)
        yield _rival(at), name, said if rival.objective is None else f"{said}, {_gap(rival)}"
    if styles:
        yield None, "found by", "times"
    every = (step.source for each in found.courses for step in (*each.costs, *each.bounds))
    counts = Counter(every)
    for source, style in styles.items():
        yield style, source, f"{counts[source]:,}"


def _gap(result: Result) -> str:
    if result.gap is None:
        return "no bound"
    return "closed" if result.gap == 0 else f"{result.gap:.1%}"


def _draw_legend(on: Frame, entries: Iterator[Entry]) -> None:
    """List samples, words and amounts at the right, closer where there are many."""
    rows = list(entries)
    heads = sum(sample is None for sample, _, _ in rows) - 1
    tall = (on.above(0) - on.below(_BOTTOM - 6)) / on.up
    pitch = min(_ROW, tall / (len(rows) + heads * _SPACE))
    size, down = pitch / _ROW * 8, 0.5 * pitch
    for at, (sample, words, amount) in enumerate(rows):
        down += pitch * _SPACE if at and sample is None else 0.0
        y = on.above(-down)
        if sample is not None:
            _draw_sample(on, sample, y)
        room = _PANEL - 62 - pen.measure(amount, size)[0] * 1.12
        short = pen.shorten(words, room / 1.12, size)
        left, weight = (18, "bold") if sample is None else (38, "normal")
        on.write(on.right(left), y, short, size, ha="left", weight=weight)
        on.write(on.right(_PANEL - 12), y, amount, size, ha="right")
        down += pitch


def _draw_sample(on: Frame, sample: dict[str, Any], y: float) -> None:
    left, wide = on.right(18), 14 * on.across
    if "marker" in sample:
        _mark(on, left + wide / 2, y, sample)
        return
    look = {key: value for key, value in sample.items() if key != "wide"}
    on.line([left, left + wide], [y, y], 7 if "wide" in sample else 1.6, **look)
