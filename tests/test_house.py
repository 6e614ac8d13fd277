"""The house: imports go down one staircase, rooms stay small, and the face is light.

The table of floors is the plan of the house: whoever adds a room says there where it stands.
"""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parents[1]
FACE = "roadmap"

# From the ground up. A room is a module or a folder of roadmap/; it may import the floors below
# its own and nothing else, so rooms that share a floor are blind to one another.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors", "_files", "_frozen", "_text", "cycles", "parts"),
    ("timeline",),
    ("fields", "buckets", "discounting"),
    ("losses", "listed"),
    ("facts",),
    ("availability", "checking", "variants"),
    ("lineage",),
    ("findings",),
    ("portfolio",),
    ("schedule", "attainment", "outlays", "elastic", "scopes"),
    ("plan",),
    ("critical", "network"),
    ("rules",),
    ("constraints", "objectives"),
    ("problem",),
    ("evaluation",),
    ("result",),
    ("forecasts",),
    ("realisation", "yardsticks"),
    ("solvers", "render", "io"),
    ("comparison", "explaining", "staging"),
    ("reporting",),
    (FACE,),
    ("_paths", "_terminal"),
    ("_arguments",),
    ("cli",),
    ("__main__",),
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# Folders whose files do not know each other; only the folder's own __init__ knows them all.
OF_STRANGERS = ("constraints", "objectives")

# What each heavy or foreign package may be used by; the others may be used by anyone.
USERS_OF = {"ortools": {"solvers"}, "scipy": {"solvers"}, "matplotlib": {"render"}, "yaml": {"io"}}

# All that a solver may know of the house beside its own wing; the registry stands between
# questions and solvers, and so it alone may know both.
KNOWN_TO_SOLVERS = {"errors", "network", "result"}
BETWEEN = {"roadmap.solvers", "roadmap.solvers.registry"}

MOST_LINES = 450
HEAVY = ("matplotlib", "networkx", "numpy", "ortools", "pandas", "scipy")

# The names of CP-SAT's older interface: deprecated, and some of them crash at exit.
CAMEL_CASE = re.compile(
    r"(New[A-Z]\w*|Add(?:[A-Z]\w*)?|Proto|Solve(?:With\w+)?|Value|BooleanValue|ObjectiveValue"
    r"|BestObjectiveBound|OnlyEnforceIf|Not|Negated|Minimize|Maximize|StatusName|ResponseStats"
    r"|ResponseProto|SolutionInfo|SolutionCallback|Num(?:Booleans|Conflicts|Branches)|WallTime"
    r"|UserTime|ModelStats|ExportToFile|Validate|Clear(?:Hints|Objective|Assumptions)|HasObjective"
    r"|SufficientAssumptionsForInfeasibility|StopSearch|WeightedSum|Term|(?:Start|End|Size)Expr)"
)


def module_name(path: Path) -> str:
    """Return the dotted name of a file of the house."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_name(path): path for path in sorted((ROOT / FACE).rglob("*.py"))}
TREES = {name: ast.parse(path.read_text("utf-8"), str(path)) for name, path in FILES.items()}


def room(name: str) -> str:
    """Return the room of a module: the first name below the face, or the face itself."""
    return name.split(".")[1] if "." in name else name


def imports(name: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the module of each import in a file, wherever in it that stands."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                here = name.split(".") if is_folder(name) else name.split(".")[:-1]
                above = here[: len(here) - node.level + 1]
                base = ".".join([*above, *base.split(".")] if base else above)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield node.lineno, inner if inner in FILES else base
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            yield from ((node.lineno, to) for to in imported_by_call(node) if to != name)


def is_folder(name: str) -> bool:
    """Say whether a module is the face of a folder."""
    return FILES[name].name == "__init__.py"


def called(call: ast.Call) -> str:
    """Return the last name of what is called."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def imported_by_call(call: ast.Call) -> Iterator[str]:
    """Yield what ``import_module`` may be told to load, as far as that is written out."""
    match call.args:
        case [ast.Constant(value=str(target)), *_]:
            yield target
        case [ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]), *_]:
            yield from (name for name in FILES if name.startswith(start))


def arrows() -> Iterator[tuple[str, int, str]]:
    """Yield file, line and imported file of each import inside the house."""
    for name in FILES:
        for line, target in imports(name):
            if target.split(".")[0] == FACE:
                yield name, line, target


def place(name: str, line: int) -> str:
    """Return where in the project something stands."""
    return f"{FILES[name].relative_to(ROOT)}:{line}"


def none(found: Iterable[str]) -> None:
    """Fail with everything that was found, a line each."""
    listed = list(found)
    assert [] == listed, "\n".join(["", *listed])


def test_every_room_has_a_floor() -> None:
    """A new module is placed by whoever adds it."""
    homeless = sorted({room(name) for name in FILES} - FLOOR_OF.keys())
    assert [] == homeless, (
        f"no floor for {', '.join(homeless)}: place each in FLOORS of tests/test_house.py, just "
        "above the highest floor that it imports"
    )


def test_no_room_has_two_floors() -> None:
    """The table of floors names each room once."""
    assert sum(map(len, FLOORS)) == len(FLOOR_OF)


def test_imports_only_go_down() -> None:
    """No file imports a room on its own floor or above."""
    climbing = [
        f"{place(name, line)} ({room(name)}) imports {target}"
        for name, line, target in arrows()
        if room(name) != room(target)
        and FLOOR_OF.get(room(name), len(FLOORS)) <= FLOOR_OF.get(room(target), -1)
    ]
    none(climbing)


def test_no_circles() -> None:
    """No file needs itself, by however long a way round."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((name, target) for name, _, target in arrows())
    circles = [
        " -> ".join([*circle, circle[0]]) for circle in nx.simple_cycles(graph, length_bound=8)
    ]
    none(circles)
    assert nx.is_directed_acyclic_graph(graph)


@pytest.mark.parametrize("folder", OF_STRANGERS)
def test_rules_do_not_know_each_other(folder: str) -> None:
    """One story, one room: no rule imports another."""
    none(
        f"{place(name, line)} imports {target}"
        for name, line, target in arrows()
        if room(name) == folder == room(target) and not is_folder(name)
    )


def test_solvers_read_the_network_and_nothing_else() -> None:
    """No solver knows facts, rules or the judge."""
    none(
        f"{place(name, line)} imports {target}"
        for name, line, target in arrows()
        if room(name) == "solvers"
        and name not in BETWEEN
        and room(target) not in KNOWN_TO_SOLVERS | {"solvers"}
    )


def test_foreign_packages_keep_to_their_rooms() -> None:
    """OR-Tools, matplotlib and the YAML parser are each known to one wing only."""
    none(
        f"{place(name, line)} imports {target}"
        for name in FILES
        for line, target in imports(name)
        if room(name) not in USERS_OF.get(target.split(".")[0], {room(name)})
    )


def test_what_is_loaded_late_can_be_read() -> None:
    """Modules loaded by name say at least their folder, except in the face of a folder."""
    none(
        place(name, node.lineno)
        for name, tree in TREES.items()
        if not is_folder(name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and called(node) in {"import_module", "__import__"}
        and not list(imported_by_call(node))
    )


def test_no_file_is_too_long() -> None:
    """A file tells one story."""
    lengths = {name: len(path.read_text("utf-8").splitlines()) for name, path in FILES.items()}
    none(f"{name}: {lines} lines" for name, lines in lengths.items() if lines > MOST_LINES)


def test_nothing_is_left_at_the_door() -> None:
    """Beside the rooms stands only what a tool must find there; ``benchmarks.jsonl`` is ignored."""
    belongs = {"CHANGELOG.md", "CITATION.cff", "LICENSE", "README.md", "pyproject.toml"}
    found = {each.name for each in ROOT.iterdir() if each.is_file() and each.name[0] != "."}
    assert belongs == found - {"benchmarks.jsonl"}


def test_the_new_names_of_cp_sat_are_used() -> None:
    """No call goes to CP-SAT's CamelCase interface."""
    none(
        f"{place(name, node.lineno)} .{node.attr}"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and CAMEL_CASE.fullmatch(node.attr)
    )


def test_the_face_is_light() -> None:
    """``import roadmap`` loads no solver, no drawing library and no array library."""
    program = f"import sys, {FACE}; print(*sorted(set({HEAVY!r}) & sys.modules.keys()))"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "" == run.stdout.strip()


def in_order(name: str) -> tuple[bool, bool, str]:
    """Constants come first, then classes, then functions, as ruff sorts ``__all__`` too."""
    return not name.isupper(), not name[0].isupper(), name


def test_the_face_is_sorted() -> None:
    """The public names stand in order, none twice."""
    names = importlib.import_module(FACE).__all__
    assert sorted(set(names), key=in_order) == names


def test_the_face_keeps_its_word() -> None:
    """Every public name can be had."""
    face = importlib.import_module(FACE)
    none(name for name in face.__all__ if getattr(face, name, None) is None)
