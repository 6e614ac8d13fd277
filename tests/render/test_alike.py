"""What all charts have in common: what they refuse, and what they warn of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from matplotlib import style
from matplotlib.axes import Axes

from roadmap.errors import FaultyInputError, RoadmapWarning
from roadmap.facts import Capability, Initiative, Need, Team
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio
from roadmap.problem import as_problem
from roadmap.render import dependencies, gantt, load, progress, value
from roadmap.schedule import Schedule
from roadmap.timeline import Timeline
from tests.render.pictures import in_turn, portfolio_of, result_of, svg

CHARTS = [gantt, dependencies, load, value, progress]
OF_RESULTS = [gantt, load, value, progress]


def refusal(draw: Callable[..., Axes], *given: Any) -> str:
    """What a chart says to what it cannot draw."""
    with pytest.raises(FaultyInputError) as refused:
        draw(*given)
    (fault,) = refused.value.faults
    assert f"the {draw.__name__} chart" == refused.value.source
    return str(fault)


@pytest.mark.parametrize("name", ["bank.yaml", Path("bank.yaml")])
@pytest.mark.parametrize("draw", OF_RESULTS)
def test_names_of_files_are_refused(draw: Callable[..., Axes], name: object) -> None:
    """A chart reads no file; it says how to come by a result."""
    expected = (
        "'bank.yaml' is a name, and a chart reads no file; "
        f"write rm.{draw.__name__}(rm.solve(rm.read('bank.yaml')))"
    )
    assert refusal(draw, name).endswith(expected)


def test_dependencies_need_no_result() -> None:
    """The dependency chart asks for facts alone."""
    expected = (
        "plan: 'bank.yaml' is a name, and a chart reads no file; "
        "write rm.dependencies(rm.read('bank.yaml'))"
    )
    assert expected == refusal(dependencies, "bank.yaml")


@pytest.mark.parametrize("draw", OF_RESULTS)
def test_questions_are_refused(draw: Callable[..., Axes]) -> None:
    """What is not solved yet has no plan; the chart says how to come by one."""
    facts = portfolio_of(2)
    call = f"write rm.{draw.__name__}(rm.solve"
    assert refusal(draw, facts).endswith(f"a Portfolio has no plan yet to draw; {call}(portfolio))")
    assert refusal(draw, as_problem(facts)).endswith(
        f"a Problem has no plan yet to draw; {call}(problem))"
    )


@pytest.mark.parametrize("draw", CHARTS)
def test_anything_else_is_refused(draw: Callable[..., Axes]) -> None:
    """A schedule without its portfolio, or nothing at all, is no plan."""
    assert "a Schedule is not what this chart draws" in refusal(draw, Schedule())
    assert "a NoneType is not what this chart draws" in refusal(draw, None)


@pytest.mark.parametrize("draw", [value, progress])
def test_rivals_are_results_too(draw: Callable[..., Axes]) -> None:
    """Of the rivals, the one that is no result is named."""
    result = result_of(portfolio_of(2), None)
    told = refusal(draw, result, {"good": result, "board": "board.csv"})
    assert told.startswith("rivals['board']: 'board.csv' is a name")
    expected = (
        "rivals: a Result is given, where results by name are awaited; "
        'write rivals={"WSJF": rm.solve(portfolio, solver="wsjf")}'
    )
    assert expected == refusal(draw, result, result)


@pytest.mark.parametrize("sheet", ["dark_background", "ggplot", "seaborn-v0_8-whitegrid"])
@pytest.mark.parametrize("draw", CHARTS)
def test_style_sheets_change_nothing(draw: Callable[..., Axes], sheet: str) -> None:
    """A chart in a figure of its own looks the same under any style sheet."""
    portfolio = portfolio_of(8)
    result = result_of(portfolio, in_turn(portfolio))
    look = {"arrows": True} if draw is gantt else {}
    with style.context(sheet):
        styled = svg(draw(result, **look))
    assert svg(draw(result, **look)) == styled


@pytest.mark.parametrize("draw", CHARTS)
def test_missing_letters_are_one_warning(draw: Callable[..., Axes]) -> None:
    """Each chart warns once of letters that no font has, at the line of its caller."""
    absent = "\U0001f9ff"
    portfolio = Portfolio(
        name=absent,
        timeline=Timeline("2027-01", 6),
        teams=[Team(absent, 1)],
        capabilities=[Capability(absent)],
        needs=[Need(absent, 1, CostOfDelay(1))],
        initiatives=[Initiative(absent, 2, {absent: 1}, raises={absent: 1})],
    )
    with pytest.warns(RoadmapWarning, match=f"1 of the characters.*{absent}") as said:
        draw(result_of(portfolio, in_turn(portfolio)))
    assert 1 == len(said)
    assert __file__ == said[0].filename
