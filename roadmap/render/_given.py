"""What a chart was given: a result, or a word on what to pass instead."""

from __future__ import annotations

import os
from collections.abc import Mapping

from roadmap.errors import Fault, FaultyInputError
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Result


def result_for(chart: str, given: object, place: str = "result") -> Result:
    """Take a result and nothing else.

    Parameters
    ----------
    chart
        Name of the chart's function.
    given
        What the user passed.
    place
        The argument that it was passed as.

    Raises
    ------
    FaultyInputError
        It is no result; the fault says how to come by one.
    """
    if isinstance(given, Result):
        return given
    raise _wrong(chart, given, place, f"rm.{chart}(rm.solve({{}}))")


def rivals_for(chart: str, given: object) -> dict[str, Result]:
    """Take results by name, or nothing; parameters and errors as for ``result_for``."""
    if given is None:
        return {}
    if isinstance(given, Mapping):
        named = ((str(name), each) for name, each in given.items())
        return {name: result_for(chart, each, f"rivals[{name!r}]") for name, each in named}
    problem = f"a {type(given).__name__} is given, where results by name are awaited"
    remedy = 'write rivals={"WSJF": rm.solve(portfolio, solver="wsjf")}'
    raise FaultyInputError([Fault("rivals", problem, remedy)], f"the {chart} chart")


def facts_for(chart: str, given: object) -> Portfolio | Problem | Result:
    """Take anything that holds facts; parameters and errors as for ``result_for``."""
    if isinstance(given, (Portfolio, Problem, Result)):
        return given
    raise _wrong(chart, given, "plan", f"rm.{chart}({{}})")


def _wrong(chart: str, given: object, place: str, call: str) -> FaultyInputError:
    """Say what to pass; a name of a file is taken for what its user meant by it."""
    kind = type(given).__name__
    if isinstance(given, (str, os.PathLike)):
        problem = f"{os.fspath(given)!r} is a name, and a chart reads no file"
        remedy = call.format(f"rm.read({os.fspath(given)!r})")
    elif isinstance(given, (Portfolio, Problem)):
        problem = f"a {kind} has no plan yet to draw"
        remedy = call.format(kind.lower())
    else:
        problem = f"a {kind} is not what this chart draws"
        remedy = call.format("portfolio")
    return FaultyInputError([Fault(place, problem, f"write {remedy}")], f"the {chart} chart")
