"""The face: every public name is there, each is loaded when used, and nothing before."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

import roadmap as rm

HEAVY = {"matplotlib", "ortools", "networkx", "numpy", "pandas", "rich", "scipy", "yaml", "attr"}


def python(code: str) -> str:
    """Run code in a fresh interpreter; what it prints."""
    root = Path(__file__).parents[1]
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


def loaded_by(code: str) -> set[str]:
    """Names of the packages that some code loads."""
    told = python(f"{code}\nimport json, sys; print(json.dumps(sorted(sys.modules)))")
    return {name.partition(".")[0] for name in json.loads(told.splitlines()[-1])}


def test_import_loads_nothing_heavy() -> None:
    """``import roadmap`` alone loads no package but itself."""
    assert set() == loaded_by("import roadmap") & HEAVY


def test_facts_and_judge_need_no_solver_and_no_drawing() -> None:
    """Stating facts and judging plans loads attrs only."""
    code = "import roadmap as rm; rm.Portfolio, rm.Problem, rm.evaluate, rm.compare"
    assert {"attr"} == loaded_by(code) & HEAVY


def test_import_is_quick() -> None:
    """``import roadmap`` takes under 0.15 s; the best of three, as machines are busy."""
    code = (
        "import time; began = time.perf_counter(); import roadmap; "
        "print(time.perf_counter() - began)"
    )
    assert min(float(python(code)) for _ in range(3)) < 0.15


def test_every_name_is_there() -> None:
    """Whatever ``__all__`` promises can be had, once and for good."""
    for name in rm.__all__:
        assert getattr(rm, name) is not None
        assert name in vars(rm)
    assert len(set(rm.__all__)) == len(rm.__all__)


def test_names_are_listed_before_they_are_loaded() -> None:
    """``dir`` and completion see every name at once."""
    told = python("import roadmap; print(*dir(roadmap))").split()
    assert set() == set(rm.__all__) - set(told)


def test_star_import_brings_every_name() -> None:
    """``from roadmap import *`` works for those who want it."""
    told = python("from roadmap import *; print(solve.__name__, Portfolio.__name__)")
    assert "solve Portfolio" == told.strip()


def test_functions_are_no_modules() -> None:
    """What users call is a function, whatever modules were loaded before."""
    for name in (
        "compare",
        "evaluate",
        "evaluate_categories",
        "forecast",
        "standing",
        "gantt",
        "dependencies",
        "load",
        "progress",
        "value",
        "read",
        "solve",
    ):
        assert isinstance(getattr(rm, name), FunctionType)


def test_type_checkers_see_what_is_loaded() -> None:
    """The imports that type checkers read and the names that are loaded are the same."""
    tree = ast.parse(Path(str(rm.__file__)).read_text(encoding="utf-8"))
    seen = {
        alias.name: str(node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("roadmap.")
        for alias in node.names
        if alias.name != "nearest"
    }
    assert set(rm.__all__) - {"__version__"} == set(seen)
    for name, module in seen.items():
        assert vars(import_module(module))[name] is getattr(rm, name)


def test_rooms_can_be_entered() -> None:
    """Sub-packages are reached through the face without an import of their own."""
    told = python("import roadmap as rm; print(rm.constraints.Capacity is rm.Capacity)")
    assert "True" == told.strip()
    assert isinstance(rm.solvers, ModuleType)


def test_misspelt_name_is_answered_with_the_nearest() -> None:
    """A name that is not there is an ``AttributeError`` that helps."""
    with pytest.raises(AttributeError, match="'Portfolo'; did you mean 'Portfolio'"):
        _ = vars(rm)["__getattr__"]("Portfolo")
    with pytest.raises(AttributeError, match=r"no attribute '__wrapped__'$"):
        _ = vars(rm)["__getattr__"]("__wrapped__")


def test_version_is_text() -> None:
    """The version is looked up when asked for, installed or not."""
    assert isinstance(rm.__version__, str)
