"""How values and bounds come with time, drawn: each over the best value that anyone has."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from benchmarks.figures import Row, Section
from benchmarks.peers import JOBSHOP, OURS, PLAIN
from benchmarks.record import Run

_EARLIEST = 0.001
_POINTS = 300
_COLOURS = {OURS: "#0b5394", PLAIN: "#cc5500", JOBSHOP: "#38761d", "closure": "#7f7f7f"}
_OTHERS = "#b0a0c0"

Amount = Callable[[Run, float], float | None]
"""What a run had at some time: a value or a bound."""


def draw(section: Section, folder: Path) -> Path:
    """Draw what all were run on into a file of its own, the same bytes for the same record."""
    section = section.shared
    name = f"benchmark-{section.suite.name}-{section.limit:g}s-{section.workers}w.svg"
    figure = Figure(figsize=(6.4, 4.4), layout="constrained")
    above, below = figure.subplots(2, sharex=True, height_ratios=(3, 2))
    times = np.geomspace(_EARLIEST, _latest(section), _POINTS).tolist()
    more = section.suite.more_is_better
    for peer in section.peers:
        style: dict[str, Any] = {"color": _COLOURS.get(peer, _OTHERS), "drawstyle": "steps-post"}
        values = curve(section, peer, times, Run.value_at, -math.inf if more else math.inf)
        bounds = curve(section, peer, times, Run.bound_at, math.inf if more else -math.inf)
        above.plot(times, values, label=peer, **style)
        below.plot(times, bounds, **style)
    above.set_title(f"{section.suite.title}, {len(section.rows)} instances", loc="left")
    above.set_ylabel("value / best seen")
    below.set_ylabel("bound / best seen")
    below.set_xlabel("seconds")
    below.set_xscale("log")
    figure.legend(loc="outside lower center", ncols=len(section.peers), frameon=False)
    for axes in (above, below):
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    with mpl.rc_context({"svg.hashsalt": name}):
        figure.savefig(folder / name, metadata={"Date": None})
    return folder / name


def curve(
    section: Section, peer: str, times: Sequence[float], of: Amount, missing: float
) -> list[float]:
    """The median, over the rows, of an amount over the best value that anyone has in that row.

    What is missing counts as said; where the median itself is missing, it is not a number.
    """
    rows = [(row.runs[peer], best) for row in section.rows if (best := _best(row, peer))]
    shares = [[_share(of(run, at), best, missing) for run, best in rows] for at in times]
    middles = [median(at_once) if at_once else missing for at_once in shares]
    return [middle if math.isfinite(middle) else math.nan for middle in middles]


def _best(row: Row, peer: str) -> float | None:
    """The best value of a row in which a peer was run."""
    return row.best_of(row.runs) if peer in row.runs else None


def _share(amount: float | None, best: float, missing: float) -> float:
    return missing if amount is None else amount / best


def _latest(section: Section) -> float:
    return max((run.seconds or 0 for run in section.runs), default=0) or section.limit
