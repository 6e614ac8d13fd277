"""The progress chart: what was found when and by whom, the gap, the words, and what is drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs
import numpy as np
import pytest
from matplotlib.axes import Axes

from roadmap.render.progress_chart import (
    Course,
    ProgressLayout,
    Step,
    layout,
    progress,
    ticks,
    told,
)
from roadmap.result import Progress, Result, Status
from roadmap.schedule import Schedule
from tests.render.pictures import axes_of, flaws, in_turn, portfolio_of, result_of, svg

RUN = (
    Progress(0.5, 90, None, "closure"),
    Progress(1.0, 90, 40, "energy"),
    Progress(2.0, 70, 40, "annealing"),
    Progress(2.0, 70, 60, "cpsat"),
    Progress(4.0, 65, 60, "annealing"),
)


def ran(trace: Sequence[Progress] = RUN, *, elapsed: float | None = 5.0, count: int = 8) -> Result:
    """A report with a trace, whatever its plan may be."""
    portfolio = portfolio_of(count)
    result = result_of(portfolio, in_turn(portfolio))
    bound = trace[-1].bound if trace else None
    return attrs.evolve(result, trace=tuple(trace), elapsed=elapsed, bound=bound)


def untimed(trace: Sequence[Progress]) -> tuple[Progress, ...]:
    """The trace of a reproducible run."""
    return tuple(attrs.evolve(step, elapsed=None) for step in trace)


def lines(axes: Axes) -> dict[str, list[tuple[float, float]]]:
    """The points of what bears a name, those of one name together."""
    found: dict[str, list[tuple[float, float]]] = {}
    for line in axes.lines:
        name = str(line.get_label())
        if not name.startswith("_"):
            xs, ys = (np.asarray(data).tolist() for data in (line.get_xdata(), line.get_ydata()))
            found.setdefault(name, []).extend(zip(xs, ys, strict=True))
    return found


def test_course_tells_who_found_what_when() -> None:
    """Each better plan and each better bound is a step; what a step did not change is none."""
    course = layout(ran()).course
    assert (
        Step(0.5, 90, "closure"),
        Step(2.0, 70, "annealing"),
        Step(4.0, 65, "annealing"),
    ) == course.costs
    assert (Step(1.0, 40, "energy"), Step(2.0, 60, "cpsat")) == course.bounds
    assert 5.0 == course.end


def test_gap_is_known_once_there_are_both() -> None:
    """The gap begins with the first bound and goes on to the end."""
    assert [(1.0, 90, 40), (2.0, 70, 40), (2.0, 70, 60), (4.0, 65, 60), (5.0, 65, 60)] == list(
        layout(ran()).course.gap
    )
    assert [] == list(Course((Step(1, 5, "a"),), (), 2).gap)


def test_time_is_logarithmic_where_most_is_found_soon() -> None:
    """If half of what is found is found in a tenth of the time, powers of ten are equally far."""
    assert not layout(ran()).logarithmic
    late = layout(ran(elapsed=100.0))
    assert late.logarithmic
    assert [-3.0, 0.0, 2.0] == [late.x(at) for at in (0.0, 1.0, 100.0)]
    assert 4.0 == layout(ran()).x(4.0)


def test_reproducible_runs_count_steps() -> None:
    """Where one of the runs recorded no time, all are drawn by the number of the step."""
    found = layout(ran(untimed(RUN), elapsed=None), {"timed": ran()})
    assert (False, False) == (found.timed, found.logarithmic)
    assert [1, 3, 5] == [step.at for step in found.course.costs]
    assert [2, 4] == [step.at for step in found.rivals["timed"].bounds]
    assert (5, 5) == (found.course.end, found.rivals["timed"].end)


def test_plan_without_a_trace() -> None:
    """A plan from elsewhere is there at the end; without plan and bound there is nothing."""
    result = ran(())
    assert result.objective is not None
    assert (Step(5.0, result.objective, "by hand"),) == layout(result).course.costs
    nothing = Result(problem=result.problem, status=Status.UNKNOWN, elapsed=1.0)
    assert Course((), (), 1.0) == layout(nothing).course
    assert "nothing was found" in [text.get_text() for text in progress(nothing).texts]


def test_lines_are_the_steps() -> None:
    """The drawn corners are the amounts, each kept until the next, the last until the end."""
    drawn = lines(progress(ran()))
    assert [(0.5, 90), (2, 90), (2, 70), (4, 70), (4, 65), (5, 65)] == drawn["best plan"]
    assert [(1, 40), (2, 40), (2, 60), (5, 60)] == drawn["bound"]


def test_marks_say_who() -> None:
    """Each improvement has a mark of its finder, who is in the legend with how often."""
    axes = progress(ran())
    drawn = lines(axes)
    assert [(0.5, 90)] == drawn["closure"]
    assert [(2, 70), (4, 65)] == drawn["annealing"]
    assert [(2, 60)] == drawn["cpsat"]
    texts = [text.get_text() for text in axes.texts]
    assert ["closure", "1", "energy", "1", "annealing", "2", "cpsat", "1"] == texts[-8:]


def test_finders_look_different() -> None:
    """Thirty finders have thirty looks."""
    trace = [Progress(at, 100 - at, None, f"finder {at}") for at in range(30)]
    marks = [line for line in progress(ran(trace)).lines if "finder" in str(line.get_label())]
    looks = {(str(mark.get_marker()), str(mark.get_markerfacecolor())) for mark in marks}
    assert 30 == len(looks)


def test_gap_is_shaded() -> None:
    """The shade lies between bound and plan, from the first bound to the end."""
    (shade,) = [each for each in progress(ran()).collections if each.get_label() == "gap"]
    (path,) = shade.get_paths()
    vertices = np.asarray(path.vertices)
    assert [1, 40] == vertices.min(axis=0).tolist()
    assert [5, 90] == vertices.max(axis=0).tolist()
    assert [] == list(progress(ran(RUN[:1])).collections)


def test_rivals_share_the_scales() -> None:
    """Another run has its lines, goes on dotted after its end, and is told with cost and gap."""
    short = attrs.evolve(ran(RUN[:2]), elapsed=1.5)
    axes = progress(ran(), {"short": short})
    assert short.objective is not None
    drawn = [np.asarray(line.get_xydata()).tolist() for line in axes.lines]
    assert [[0.5, 90], [1.5, 90]] in drawn
    assert [[1.5, 90], [5.0, 90]] in drawn
    assert [[1.5, 40], [5.0, 40]] in drawn
    assert f"{short.objective:,}, {short.gap:.1%}" in [text.get_text() for text in axes.texts]


def test_outcome_in_words() -> None:
    """The sentence says cost, time and how far the proof is; without one it says so."""
    result = ran()
    assert result.objective is not None
    cost = f"The plan costs {result.objective:,}"
    assert f"{cost} after 5 s; a better one could save {result.gap:.1%} at most" == told(result)
    assert f"{cost} after 5 s; nothing is proven of how good it is" == told(ran(RUN[:1]))
    proven = attrs.evolve(result, status=Status.OPTIMAL, bound=result.objective)
    assert f"{cost}, proven to be the least after 4 s" == told(proven)
    still = attrs.evolve(proven, trace=untimed(RUN), elapsed=None)
    assert f"{cost}, proven to be the least" == told(still)
    assert "Infeasible" == told(result_of(portfolio_of(2), None))


def test_round_moments() -> None:
    """Marks stand at round seconds, at powers of ten, or at whole steps."""
    empty = Course((), (), 0.0)
    linear = ProgressLayout(empty, {}, timed=True, logarithmic=False)
    assert ["0 s", "2 s", "4 s"] == [words for _, words in ticks(linear, 0, 5, 150)]
    powers = attrs.evolve(linear, logarithmic=True)
    assert [(-2, "0.01 s"), (-1, "0.1 s"), (0, "1 s"), (1, "10 s")] == list(
        ticks(powers, -2, math.log10(20), 300)
    )
    assert ["1 s", "2 s", "5 s", "10 s"] == [words for _, words in ticks(powers, 0, 1, 300)]
    steps = attrs.evolve(linear, timed=False)
    assert ["1", "2", "3"] == [words for _, words in ticks(steps, 0.5, 3.5, 300)]


@pytest.mark.filterwarnings("ignore:no installed font")
@pytest.mark.parametrize("elapsed", [None, 5.0, 3000.0])
@pytest.mark.parametrize("count", [1, 8, 60])
def test_texts_are_apart_and_inside(count: int, elapsed: float | None) -> None:
    """No two texts overlap and none hangs out, with any names, however long the run."""
    trace = [Progress(0.01 * 1.3**at, 9000 - at, at, f"$_^ {at % 12}") for at in range(40)]
    result = ran(trace if elapsed else untimed(trace), elapsed=elapsed, count=count)
    rivals = {"x" * 200: result, "$_^": result_of(portfolio_of(2), None)}
    assert [] == flaws(progress(result, rivals))


@pytest.mark.parametrize("size", [(3, 2), (6, 4), (16, 9)])
@pytest.mark.parametrize("elapsed", [5.0, 3000.0])
def test_axes_of_the_user(size: tuple[float, float], elapsed: float) -> None:
    """Given axes are drawn into and handed back; the chart shrinks to fit them."""
    axes = axes_of(*size)
    assert axes is progress(ran(elapsed=elapsed), ax=axes)
    assert [] == flaws(axes)


def test_same_bytes() -> None:
    """The picture of a report is the same each time."""
    assert svg(progress(ran(), {"same": ran()})) == svg(progress(ran(), {"same": ran()}))


def test_all_is_found_at_once() -> None:
    """A run of one instant, or of one amount, still has a width and a height."""
    once = [Progress(0.0, 5, 5, "closure")]
    axes = progress(ran(once, elapsed=0.0))
    assert [(0, 5), (0, 5)] == lines(axes)["best plan"]
    assert [] == flaws(axes)
    assert [] == flaws(progress(result_of(portfolio_of(2), Schedule())))
