"""Our layered layout against Graphviz dot: crossings of the drawn lines, side by side.

Run ``python -m benchmarks.crossings --graphs 100``. Both are measured in the same way, on what
they draw: an edge is the line drawn for it (ours: its polyline; dot: its own splines, each
Bezier curve cut into straight pieces), and a pair of edges that cross counts once. Where two
edges share an end, dot's crossings are overlooked, for splines may graze each other near the
box; ours are counted.
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import time
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from roadmap.render.layering import layered

Point: TypeAlias = tuple[float, float]
Edge: TypeAlias = tuple[str, str]
Graph: TypeAlias = tuple[str, list[str], list[Edge]]

_PIECES = 8  # straight pieces for one Bezier curve of dot's


def graphs(count: int, seed: int = 0) -> list[Graph]:
    """Give acyclic graphs like project networks: 10 to 100 nodes, 1.2 to 1.8 edges a node.

    Parameters
    ----------
    count
        Number of graphs; five kinds take turns.
    seed
        Another seed gives other graphs.

    Returns
    -------
    list of (str, list of str, list of (str, str))
        Kind, nodes and edges of each.
    """
    kinds = {
        "random": _random,
        "wide": _wide,
        "chains": _chains,
        "foundation": _foundation,
        "disconnected": _disconnected,
    }
    made: list[Graph] = []
    for index in range(count):
        chance = random.Random(seed * 100_003 + index)
        kind = list(kinds)[index % len(kinds)]
        size = 10 + 90 * index // max(1, count - 1)
        pairs = sorted(kinds[kind](chance, size))
        name = [f"n{node:03}" for node in range(size)]
        made.append((kind, name, [(name[tail], name[head]) for tail, head in pairs]))
    return made


def _fill(
    chance: random.Random, low: int, high: int, reach: int, pairs: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Add forward edges among the nodes from low to high until there are enough."""
    wanted = len(pairs) + int((high - low) * chance.uniform(1.2, 1.8))
    for _ in range(50 * (high - low)):
        if len(pairs) >= wanted:
            break
        tail, head = sorted(chance.sample(range(low, high), 2))
        if head - tail <= reach:
            pairs.add((tail, head))
    return pairs


def _random(chance: random.Random, size: int) -> set[tuple[int, int]]:
    """Draw edges between any two nodes."""
    return _fill(chance, 0, size, size, set())


def _wide(chance: random.Random, size: int) -> set[tuple[int, int]]:
    """Draw edges between four broad tiers."""
    tier = max(1, size // 4)
    pairs: set[tuple[int, int]] = set()
    wanted = int(size * chance.uniform(1.2, 1.8))
    for _ in range(50 * size):
        if len(pairs) >= min(wanted, 3 * tier * tier // 2):
            break
        tail = chance.randrange(0, size - tier)
        start = (tail // tier + 1) * tier
        pairs.add((tail, chance.randrange(start, min(size, start + tier))))
    return pairs


def _chains(chance: random.Random, size: int) -> set[tuple[int, int]]:
    """Draw one chain through a third of the nodes, side work and skips of up to 12 steps."""
    long = size // 3
    pairs = {(node, node + 1) for node in range(long)}
    for node in range(long + 1, size):
        pairs.add((chance.randrange(long), node))
        if chance.random() < 0.3:
            pairs.add((node, min(size - 1, node + chance.randrange(1, 6))))
    for _ in range(size // 6):
        tail = chance.randrange(max(1, long - 2))
        pairs.add((tail, min(long, tail + chance.randrange(2, 13))))
    return {pair for pair in pairs if pair[0] < pair[1]}


def _foundation(chance: random.Random, size: int) -> set[tuple[int, int]]:
    """Draw a random network on one foundation that at least ten others wait for."""
    heads = chance.sample(range(1, size), min(size - 1, max(9, size // 6)))
    pairs = {(0, head) for head in heads}
    wanted = max(len(pairs), int(size * chance.uniform(1.2, 1.8)))
    for _ in range(50 * size):
        if len(pairs) >= wanted:
            break
        tail, head = sorted(chance.sample(range(1, size), 2))
        pairs.add((tail, head))
    return pairs


def _disconnected(chance: random.Random, size: int) -> set[tuple[int, int]]:
    """Draw three networks of unequal size and leave every tenth node alone."""
    used = size - size // 10
    pairs: set[tuple[int, int]] = set()
    for low, high in ((0, used // 2), (used // 2, used * 4 // 5), (used * 4 // 5, used)):
        if high - low >= 2:
            _fill(chance, low, high, size, pairs)
    return pairs


def dot_lines(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[Edge, list[Point]]:
    """Let Graphviz dot draw the graph from left to right and read its splines back.

    Raises
    ------
    ImportError
        If pygraphviz is not installed.
    """
    pygraphviz = importlib.import_module("pygraphviz")
    graph = pygraphviz.AGraph(directed=True, strict=True, rankdir="LR")
    graph.node_attr.update(shape="box", width="1", height="1", fixedsize="true", label="")
    graph.edge_attr.update(arrowhead="none")
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    graph.layout(prog="dot")
    return {edge: _polyline(graph.get_edge(*edge).attr["pos"]) for edge in edges}


def _polyline(pos: str) -> list[Point]:
    """Cut the Bezier curves of a Graphviz ``pos`` into straight pieces."""
    words = pos.replace("\\\n", "").split()
    plain = [word for word in words if word[0] not in "es"]
    control = [(float(x), float(y)) for x, y in (word.split(",") for word in plain)]
    line = [control[0]]
    for at in range(0, len(control) - 1, 3):
        line += [_bezier(control[at : at + 4], step / _PIECES) for step in range(1, _PIECES + 1)]
    return line


def _bezier(control: Sequence[Point], along: float) -> Point:
    """Give the point of a cubic Bezier curve at a share of its way."""
    back = 1 - along
    weights = (back**3, 3 * back**2 * along, 3 * back * along**2, along**3)
    x, y = (sum(w * p[axis] for w, p in zip(weights, control, strict=True)) for axis in (0, 1))
    return x, y


def crossing_pairs(lines: Mapping[Edge, Sequence[Point]], *, kin: bool) -> int:
    """Count the pairs of edges whose lines properly cross.

    Parameters
    ----------
    lines
        The polyline of each edge.
    kin
        Whether pairs of edges that share an end count.
    """
    boxes = [(edge, line, _bounds(line)) for edge, line in lines.items()]
    total = 0
    for index, (edge, line, box) in enumerate(boxes):
        for other, other_line, other_box in boxes[index + 1 :]:
            if not kin and set(edge) & set(other):
                continue
            total += _overlap(box, other_box) and _cross(line, other_line)
    return total


def _bounds(line: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = zip(*line, strict=True)
    return min(xs), max(xs), min(ys), max(ys)


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] <= other[3] and other[2] <= one[3]


def _cross(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Say whether two polylines cross anywhere, end points aside."""
    for a, b in pairwise(one):
        low, high = min(a[0], b[0]), max(a[0], b[0])
        for c, d in pairwise(other):
            if max(c[0], d[0]) < low or min(c[0], d[0]) > high:
                continue
            if _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0:
                return True
    return False


def _side(a: Point, b: Point, c: Point) -> float:
    """Say on which side of the line through a and b the point c lies, by its sign."""
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return 0.0 if abs(turn) < 1e-9 else turn


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--graphs", type=int, default=100, help="how many (default: 100)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other graphs")
    parser.add_argument("--each", action="store_true", help="one line for each graph")
    asked = parser.parse_args()
    try:
        importlib.import_module("pygraphviz")
    except ImportError:
        _say("pygraphviz is not installed: our own figures only, no comparison with dot.")
        compared = False
    else:
        compared = True
    report(graphs(asked.graphs, asked.seed), compared=compared, each=asked.each)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def report(made: Sequence[Graph], *, compared: bool, each: bool) -> None:
    """Measure and print both layouts, kind by kind."""
    row = "{:<14} {:>6} {:>6} {:>9} {:>9} {:>7} {:>9} {:>9}"
    _say(row.format("kind", "graphs", "edges", "ours", "dot", "ratio", "ours s", "dot s"))
    sums: dict[str, list[float]] = {}
    for kind, nodes, edges in made:
        figures = _measured(nodes, edges, compared=compared)
        if each:
            _tell_row(row, f"{kind} {len(nodes)}", [1, len(edges), *figures], compared)
        for name in (kind, "all"):
            total = sums.setdefault(name, [0.0] * 6)
            sums[name] = [a + b for a, b in zip(total, [1, len(edges), *figures], strict=True)]
    for name in sorted(sums, key=lambda name: (name == "all", name)):
        _tell_row(row, name, sums[name], compared)


def _measured(
    nodes: Sequence[str], edges: Sequence[Edge], *, compared: bool
) -> tuple[float, float, float, float]:
    """Give our crossings, dot's crossings, our seconds and dot's seconds."""
    begun = time.perf_counter()
    ours = layered(nodes, edges)
    done = time.perf_counter()
    lines = dot_lines(nodes, edges) if compared else {}
    dot_done = time.perf_counter()
    return (
        crossing_pairs(ours.route, kin=True),
        crossing_pairs(lines, kin=False),
        done - begun,
        dot_done - done,
    )


def _tell_row(row: str, name: str, figures: Sequence[float], compared: bool) -> None:
    count, edges, ours, dot, seconds, dot_seconds = figures
    theirs = f"{dot:.0f}" if compared else "absent"
    ratio = f"{ours / dot:.2f}" if compared and dot else "-"
    spent = f"{dot_seconds:.2f}" if compared else "-"
    cells = (name, f"{count:.0f}", f"{edges:.0f}", f"{ours:.0f}", theirs, ratio)
    _say(row.format(*cells, f"{seconds:.2f}", spent))


if __name__ == "__main__":
    main()
