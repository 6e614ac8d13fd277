"""Portfolios, plans and measures for the tests of charts."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from roadmap.evaluation import evaluate
from roadmap.facts import CATEGORIES, Capability, Dependency, Initiative, Need, Team
from roadmap.losses import CostOfDelay, Deadline
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import as_problem
from roadmap.result import Result, Status
from roadmap.schedule import Placement, Schedule
from roadmap.timeline import Timeline

ROOT = Path(__file__).parents[2]
_HAIR = 0.5  # pixels
HOSTILE = (
    "save $\\badmacro$ now",
    "a_b^c {d} \\frac{1}{0} $",
    "<script>alert(1)</script>",
    "支付平台现代化",
    "منصة الدفع الفوري",
    "x" * 200,
    "very long words " * 12,
    "100 % & 'quotes' \"here\" #1",
)


def name_of(at: int, hostile: bool) -> str:
    """An initiative's name; no two are alike."""
    if hostile:
        return f"{at} {HOSTILE[at % len(HOSTILE)]}"
    return f"{('Build', 'Extend', 'Renew')[at % 3]} platform part {at}"


def portfolio_of(count: int, *, hostile: bool = False) -> Portfolio:
    """A portfolio of any size with all kinds of links; each third level is needed."""
    areas = [f"area {at}" if not hostile else f"{at} {HOSTILE[at % 8]}" for at in range(count)]
    teams = [name_of(at, hostile) for at in range(4)]
    periods = max(24, count)
    return Portfolio(
        timeline=Timeline("2027-01", periods),
        name=HOSTILE[1] if hostile else "Example",
        capabilities=[Capability(area, 1) for area in areas],
        teams=[Team(team, 2) for team in teams],
        needs=[_need(area, at, hostile) for at, area in enumerate(areas) if at % 3 == 2],
        initiatives=[
            Initiative(
                name_of(at, hostile),
                duration=1 + at % 4,
                demand={teams[at % 4]: 1 + at % 2},
                raises={area: 2},
                requires=_requires(areas, at),
                category=(*CATEGORIES, None)[at % 4],
            )
            for at, area in enumerate(areas)
        ],
        dependencies=[
            Dependency(name_of(at - 3, hostile), name_of(at, hostile), link, at % 3 - 1)
            for at, link in zip(range(5, count, 6), ("FS", "SS", "FF", "SF") * count, strict=False)
        ],
    )


def _need(area: str, at: int, hostile: bool) -> Need:
    loss = CostOfDelay(1000 * at) if at % 2 else Deadline(6, penalty=50_000, rate=700)
    return Need(area, 2, loss, name=f"{area} for all" if hostile or at % 2 else None)


def _requires(areas: Sequence[str], at: int) -> dict[str, int]:
    """Stand on an earlier area, or on what is there today."""
    if at % 4 == 0:
        return {areas[at]: 1}
    earlier = at - 1 - at % 3
    return {areas[earlier]: 2} if at % 5 and earlier >= 0 else {}


def in_turn(portfolio: Portfolio) -> Schedule:
    """Place the work as early as its prerequisites allow; teams may be overloaded."""
    placed: dict[str, Placement] = {}
    for initiative in portfolio.initiatives:
        plan = Plan(portfolio, Schedule(placed.values()))
        times = [plan.attained(area, level) or 0 for area, level in initiative.requires.items()]
        start = max(times, default=0)
        finish = start + (initiative.duration or 0)
        if finish <= portfolio.timeline.periods:
            placed[initiative.name] = Placement(initiative.name, start, finish)
    return Schedule(placed.values())


def result_of(portfolio: Portfolio, schedule: Schedule | None) -> Result:
    """A report as a solver would give it."""
    problem = as_problem(portfolio)
    if schedule is None:
        return Result(problem=problem, status=Status.INFEASIBLE, solver="by hand")
    judged = evaluate(problem, schedule)
    return Result(
        problem=problem,
        status=Status.FEASIBLE,
        schedule=schedule,
        evaluation=judged,
        solver="by hand",
    )


def axes_of(width: float, height: float) -> Axes:
    """Axes as a user brings them: in a figure of their own, beside others."""
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure.add_subplot(1, 1, 1)


def flaws(axes: Axes) -> list[str]:
    """Draw, and name the texts that overlap and those that hang out of the figure."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.savefig(io.BytesIO(), format="raw")
    found = sorted(_texts(figure), key=lambda each: each[1].x0)
    width, height = figure.bbox.size
    return [*_clashes(found), *_strays(found, float(width), float(height))]


def _texts(figure: Figure) -> Iterator[tuple[str, Bbox]]:
    """Every text with something in it, and the room that it takes."""
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_visible() and text.get_text().strip():
            box = text.get_window_extent()
            if box.width:
                yield text.get_text(), box


def _clashes(found: Sequence[tuple[str, Bbox]]) -> Iterator[str]:
    for at, (one, box) in enumerate(found):
        for other, beside in found[at + 1 :]:
            if beside.x0 > box.x1:
                break
            if _overlap(box, beside):
                yield f"{one!r} and {other!r} overlap"


def _overlap(one: Bbox, other: Bbox) -> bool:
    """Whether two rooms have more than a hair in common."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return bool(across > _HAIR and down > _HAIR)


def _strays(found: Sequence[tuple[str, Bbox]], width: float, height: float) -> Iterator[str]:
    for text, box in found:
        out = max(-box.x0, -box.y0, box.x1 - width, box.y1 - height)
        if out > _HAIR:
            yield f"{text!r} hangs out by {out:.1f} pixels"


def svg(axes: Axes) -> bytes:
    """The figure as SVG, without the hour of its making."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    out = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "roadmap"}):
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def svg_elsewhere(lines: str, seed: str) -> bytes:
    """The SVG of the ``axes`` that lines of code leave behind, from a process of its own."""
    tools = "from tests.render.pictures import in_turn, portfolio_of, result_of, svg"
    code = f"import sys\n{tools}\n{lines}\nsys.stdout.buffer.write(svg(axes))"
    known = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**known, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    return run.stdout
