"""The layered layout: order, room, lines, packing, determinism, and the bar set by dot."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from roadmap.errors import FaultyInputError
from roadmap.render.layering import Layering, layered

ROOT = Path(__file__).parents[2]
Point = tuple[float, float]


def _benchmark() -> ModuleType:
    """Load the benchmark from its file, for it is not part of what is installed."""
    spec = importlib.util.spec_from_file_location("_crossings", ROOT / "benchmarks/crossings.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BENCHMARK = _benchmark()
GRAPHS: list[tuple[str, list[str], list[tuple[str, str]]]] = BENCHMARK.graphs(100)
SOME = [pytest.param(*graph, id=f"{graph[0]}-{len(graph[1])}") for graph in GRAPHS[3::6]]


def _sizes(nodes: Sequence[str]) -> dict[str, Point]:
    """Give boxes of many widths and heights."""
    return {node: (1 + at % 5 * 0.7, 0.4 + at * 7 % 11 * 0.3) for at, node in enumerate(nodes)}


def _crossed(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Say whether two segments cross inside both, by solving for where they meet."""
    across = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
    if abs(across) < 1e-12:
        return False
    first = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / across
    second = ((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / across
    return 1e-9 < first < 1 - 1e-9 and 1e-9 < second < 1 - 1e-9


def _meetings(one: Sequence[Point], other: Sequence[Point]) -> int:
    """Count the crossings of two polylines."""
    return sum(
        _crossed(a, b, c, d)
        for a, b in pairwise(one)
        for c, d in pairwise(other)
        if min(a[0], b[0]) < max(c[0], d[0])
        and min(c[0], d[0]) < max(a[0], b[0])
        and min(a[1], b[1]) <= max(c[1], d[1])
        and min(c[1], d[1]) <= max(a[1], b[1])
    )


def _frames_meet(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Say whether the frames round two polylines overlap."""
    return all(
        min(p[axis] for p in one) <= max(p[axis] for p in other)
        and min(p[axis] for p in other) <= max(p[axis] for p in one)
        for axis in (0, 1)
    )


def _strangers_crossed(lines: Mapping[tuple[str, str], Sequence[Point]]) -> int:
    """Count the pairs of edges without a common end whose lines cross."""
    return sum(
        _meetings(lines[one], lines[other]) > 0
        for one, other in combinations(lines, 2)
        if not {*one} & {*other} and _frames_meet(lines[one], lines[other])
    )


def _touches(a: Point, b: Point, centre: Point, size: Point) -> bool:
    """Say whether a segment comes into a box: clip it against the four sides."""
    enter, leave = 0.0, 1.0
    for axis in (0, 1):
        low, high = centre[axis] - size[axis] / 2, centre[axis] + size[axis] / 2
        step = b[axis] - a[axis]
        if abs(step) < 1e-12:
            if not low <= a[axis] <= high:
                return False
            continue
        ends = sorted(((low - a[axis]) / step, (high - a[axis]) / step))
        enter, leave = max(enter, ends[0]), min(leave, ends[1])
    return enter <= leave


def _plain(layout: Layering) -> list[Any]:
    """Give a layout as lists, to the last bit."""
    routes = [[*edge, *points] for edge, points in layout.route.items()]
    return [list(layout.position.items()), list(layout.layer.items()), routes, layout.crossings]


def test_nothing() -> None:
    """No nodes give an empty layout."""
    assert Layering({}, {}, {}, 0) == layered([], [])


def test_one_node() -> None:
    """A lonely node stands in the corner of the drawing, its box from (0, 0) on."""
    layout = layered(["a"], [], {"a": (4, 2)})
    assert {"a": (2.0, 1.0)} == layout.position
    assert {"a": 0} == layout.layer


def test_a_chain_is_one_level_line() -> None:
    """A chain of boxes with unequal heights is drawn level, each edge a single segment."""
    names = [f"n{at}" for at in range(400)]
    layout = layered(names, pairwise(names), _sizes(names))
    assert list(range(400)) == [layout.layer[name] for name in names]
    assert 1 == len({y for _, y in layout.position.values()})
    assert {2} == {len(points) for points in layout.route.values()}


def test_a_long_edge_is_level_between_its_ends() -> None:
    """A skip of nine layers bends at its two ends only."""
    names = [f"n{at}" for at in range(10)]
    layout = layered(names, [*pairwise(names), ("n0", "n9")])
    bends = layout.route["n0", "n9"][1:-1]
    assert len(bends) in (0, 2)
    assert len({y for _, y in bends}) <= 1


def test_a_late_source_stands_next_to_its_successor() -> None:
    """A node that only the last one needs is not drawn at the far left."""
    layout = layered(list("abcdx"), [*pairwise("abcd"), ("x", "d")])
    assert layout.layer["d"] - 1 == layout.layer["x"]


def test_a_foundation_is_centred_on_its_followers() -> None:
    """Fifteen followers of one node stand in one column, half of them above it."""
    names = [f"n{at}" for at in range(15)]
    layout = layered(["base", *names], [("base", name) for name in names])
    above = [name for name in names if layout.position[name][1] < layout.position["base"][1]]
    assert {1} == {layout.layer[name] for name in names}
    assert 7 == len(above)
    assert 0 == layout.crossings


def test_two_layers_that_need_no_crossing_have_none() -> None:
    """A zigzag given in a hostile order is untangled."""
    names = [f"{'ab'[at % 2]}{at * 7 % 20}" for at in range(20)]
    edges = [(one, other) if one[0] == "a" else (other, one) for one, other in pairwise(names)]
    assert 0 == layered(sorted(names), edges).crossings


def test_cycles_are_broken_and_all_edges_drawn() -> None:
    """One edge of each cycle runs against the flow, from left side to right side."""
    edges = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("e", "d")]
    layout = layered(list("abcde"), edges)
    against = [edge for edge in edges if layout.layer[edge[0]] > layout.layer[edge[1]]]
    assert [("b", "c"), ("e", "d")] == against
    assert set(edges) == set(layout.route)
    (x, y), (to_x, to_y) = layout.position["b"], layout.position["c"]
    assert (x - 0.5, y) == layout.route["b", "c"][0]
    assert (to_x + 0.5, to_y) == layout.route["b", "c"][-1]


def test_every_edge_both_ways() -> None:
    """A graph that is all cycles still gets a layer for each node and a line for each edge."""
    nodes = [f"n{at}" for at in range(12)]
    edges = [(one, other) for one in nodes for other in nodes if one != other]
    layout = layered(nodes, edges)
    assert set(edges) == set(layout.route)
    assert list(range(12)) == sorted(layout.layer.values())


def test_self_loops_and_repeats() -> None:
    """An edge from a node to itself has no route; a repeated edge counts once."""
    once = layered(["a", "b"], [("a", "b")])
    assert once == layered(["a", "b"], [("a", "b"), ("b", "b"), ("a", "b")])


def test_all_faults_at_once() -> None:
    """Repeated and unknown names and impossible sizes are told together."""
    with pytest.raises(FaultyInputError) as caught:
        layered(["a", "a", "beta"], [("a", "bta")], {"a": (0, 1)}, gap=(1, float("nan")))
    assert ["nodes", "edges", "size['a']", "gap"] == [f.path for f in caught.value.faults]
    assert "beta" in str(caught.value)


def test_lonely_nodes_form_a_grid() -> None:
    """Forty nodes without edges stand in a compact block in reading order."""
    names = [f"n{at}" for at in range(40)]
    places = layered(names, []).position
    assert names == sorted(names, key=lambda name: places[name][::-1])
    wide, high = max(x for x, _ in places.values()), max(y for _, y in places.values())
    assert 0.8 < wide / high < 2.5


def test_parts_do_not_mingle() -> None:
    """The frames round the parts of a graph do not overlap."""
    nodes = [f"{part}{at}" for part in "pqrs" for at in range(5)]
    edges = [(f"{p}{a}", f"{p}{b}") for p in "pqrs" for a, b in ((0, 1), (0, 2), (1, 3), (2, 4))]
    places = layered(nodes, edges).position
    frames = []
    for part in "pqrs":
        xs, ys = zip(*(places[f"{part}{at}"] for at in range(5)), strict=True)
        frames.append((min(xs), max(xs), min(ys), max(ys)))
    apart = [
        a[1] < b[0] or b[1] < a[0] or a[3] < b[2] or b[3] < a[2] for a, b in combinations(frames, 2)
    ]
    assert [True] * 6 == apart


@pytest.mark.parametrize(("kind", "nodes", "edges"), SOME)
def test_edges_go_forward(kind: str, nodes: list[str], edges: list[tuple[str, str]]) -> None:
    """Every edge leads from the right side of a box to the left side of a later one."""
    size = _sizes(nodes)
    layout = layered(nodes, edges, size)
    assert set(edges) == set(layout.route), kind
    for (tail, head), points in layout.route.items():
        (x, y), (to_x, to_y) = layout.position[tail], layout.position[head]
        assert layout.layer[tail] < layout.layer[head]
        assert (x + size[tail][0] / 2, y) == points[0]
        assert (to_x - size[head][0] / 2, to_y) == points[-1]
        assert all(a[0] < b[0] for a, b in pairwise(points))


@pytest.mark.parametrize(("kind", "nodes", "edges"), SOME)
def test_boxes_keep_apart(kind: str, nodes: list[str], edges: list[tuple[str, str]]) -> None:
    """No two boxes come closer than the gaps, and the drawing starts at (0, 0)."""
    size = _sizes(nodes)
    layout = layered(nodes, edges, size, gap=(0.7, 0.3))
    places = layout.position
    for one, other in combinations(nodes, 2):
        (x, y), (u, v) = places[one], places[other]
        aside = abs(x - u) >= (size[one][0] + size[other][0]) / 2 + 0.7 - 1e-9
        below = abs(y - v) >= (size[one][1] + size[other][1]) / 2 + 0.3 - 1e-9
        assert aside or below, (kind, one, other)
    for axis in (0, 1):
        lows = [place[axis] - size[node][axis] / 2 for node, place in places.items()]
        lows += [point[axis] for points in layout.route.values() for point in points]
        assert 0.0 == pytest.approx(min(lows), abs=1e-9)


@pytest.mark.parametrize(("kind", "nodes", "edges"), SOME)
def test_no_edge_touches_a_strange_box(
    kind: str, nodes: list[str], edges: list[tuple[str, str]]
) -> None:
    """No piece of an edge comes into a box other than those at its ends."""
    size = _sizes(nodes)
    layout = layered(nodes, edges, size)
    hit = [
        (edge, node)
        for edge, points in layout.route.items()
        for node, centre in layout.position.items()
        if node not in edge and any(_touches(a, b, centre, size[node]) for a, b in pairwise(points))
    ]
    assert [] == hit, kind


@pytest.mark.parametrize(("kind", "nodes", "edges"), SOME)
def test_crossings_are_those_of_the_lines(
    kind: str, nodes: list[str], edges: list[tuple[str, str]]
) -> None:
    """The number reported is what plain geometry counts on the routes."""
    layout = layered(nodes, edges, _sizes(nodes))
    counted = sum(_meetings(one, other) for one, other in combinations(layout.route.values(), 2))
    assert counted == layout.crossings, kind


@pytest.mark.parametrize(("kind", "nodes", "edges"), SOME[::4])
def test_the_order_of_edges_does_not_matter(
    kind: str, nodes: list[str], edges: list[tuple[str, str]]
) -> None:
    """Shuffled edges give the same layout to the last bit."""
    shuffled = list(edges)
    random.Random(1).shuffle(shuffled)
    assert _plain(layered(nodes, edges)) == _plain(layered(nodes, shuffled)), kind


def test_the_hash_seed_does_not_matter() -> None:
    """Two interpreters with other hash seeds give the same layout."""
    _, nodes, edges = GRAPHS[60]
    code = (
        "import json, sys; from roadmap.render.layering import layered;"
        "n, e = json.load(sys.stdin); v = layered(n, [tuple(p) for p in e]);"
        "print(list(v.position.items()), list(v.layer.items()), list(v.route.items()))"
    )
    told = []
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps([nodes, edges]),
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        told.append(run.stdout)
    assert told[0] == told[1]
    assert len(told[0]) > 1000


def test_at_most_twice_the_crossings_of_dot() -> None:
    """Over a hundred graphs our lines cross at most twice as often as those of Graphviz dot."""
    pytest.importorskip("pygraphviz")
    ours = sum(_strangers_crossed(layered(n, e).route) for _, n, e in GRAPHS)
    dots = sum(_strangers_crossed(BENCHMARK.dot_lines(n, e)) for _, n, e in GRAPHS)
    assert 1000 < dots
    assert ours <= 2 * dots, f"ours {ours}, dot {dots}"
