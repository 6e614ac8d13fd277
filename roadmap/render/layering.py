"""A layered layout from left to right, as plain data: no chart library, no graph library.

The steps of Sugiyama, Tagawa and Toda (1981): break cycles, give each node a layer, order the
layers so that few edges cross, place the nodes across their layers, and route each edge
through the room kept free for it. Parts of the graph that do not hang together are laid out
one by one and packed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

import attrs

from roadmap.errors import Fault, FaultyInputError, nearest
from roadmap.render._coordinates import centres
from roadmap.render._ordering import crossings, ordered, ranked
from roadmap.render._ranking import Edge, against_the_flow, ranks

Size: TypeAlias = tuple[float, float]
Column: TypeAlias = tuple[float, float]
Route: TypeAlias = tuple[tuple[float, float], ...]

_SHAPE = 1.6  # width over height that packed parts aim at
_HAIR = 1e-9  # a bend this near to its box is at the box, but for rounding
_STEEPNESS = 6.0  # rise over run from which a channel between layers is widened


@attrs.frozen
class Layering:
    """Where nodes stand and how edges run.

    Attributes
    ----------
    position
        Centre (x, y) of each node's box, in the unit of the sizes. Layers follow each other
        along x; y grows with the order inside a layer, so a chart that reads downwards turns
        the axis round. The drawing starts at (0, 0).
    layer
        Layer of each node, from 0; nodes of one layer share their x.
    route
        Polyline of each edge, from the middle of the right side of its first node's box to the
        middle of the left side of the second's. An edge that closes a cycle runs against the
        flow: from the left side of its first node to the right side of the second. An edge
        from a node to itself has no route.
    crossings
        Number of times that two routes cross.
    """

    position: Mapping[str, tuple[float, float]]
    layer: Mapping[str, int]
    route: Mapping[tuple[str, str], tuple[tuple[float, float], ...]]
    crossings: int


def layered(
    nodes: Sequence[str],
    edges: Iterable[tuple[str, str]],
    size: Mapping[str, Size] | None = None,
    *,
    gap: Size = (1.0, 0.5),
) -> Layering:
    """Lay a directed graph out in layers from left to right.

    No two boxes overlap and no edge touches a box that is not its own. The result depends on
    the order of ``nodes`` (it breaks ties) but not on the order of ``edges``; repeated edges
    count once.

    Parameters
    ----------
    nodes
        Names, each once.
    edges
        Pairs of names. Cycles are allowed: a small set of edges is turned round.
    size
        Width and height of each node's box; a node that is missing is (1, 1).
    gap
        Least room between the columns of two layers, and between two boxes of one layer;
        both above 0.

    Returns
    -------
    Layering
        Positions, layers, routes and the number of crossings.

    Raises
    ------
    FaultyInputError
        If names repeat or are unknown, or a size or gap is not a finite positive number.

    References
    ----------
    Sugiyama, Tagawa, Toda: Methods for visual understanding of hierarchical system structures.
    IEEE Transactions on Systems, Man, and Cybernetics 11 (1981).
    """
    wanted = list(edges)
    sizes = {node: (size or {}).get(node, (1.0, 1.0)) for node in nodes}
    _check(nodes, wanted, sizes, gap)
    index = {node: at for at, node in enumerate(nodes)}
    pairs = sorted({(index[tail], index[head]) for tail, head in wanted if tail != head})
    boxes = [sizes[node] for node in nodes]
    parts = [_part(members, own, boxes, gap[1]) for members, own in _components(len(nodes), pairs)]
    return _drawn(nodes, boxes, gap, pairs, _packed(parts, boxes, gap))


def _check(
    nodes: Sequence[str],
    edges: Iterable[tuple[str, str]],
    sizes: Mapping[str, Size],
    gap: Size,
) -> None:
    """Raise with everything that is wrong with the input."""
    faults = [
        Fault("nodes", f"{node!r} stands there {count} times", "give each name once")
        for node, count in Counter(nodes).items()
        if count > 1
    ]
    faults += [
        Fault("edges", f"{name!r} is not a node", nearest(name, sizes))
        for name in dict.fromkeys(name for edge in edges for name in edge)
        if name not in sizes
    ]
    faults += [
        Fault(where, f"{pair} is not a pair of finite numbers above 0")
        for where, pair in [*((f"size[{n!r}]", s) for n, s in sizes.items()), ("gap", gap)]
        if not all(math.isfinite(number) and number > 0 for number in pair)
    ]
    if faults:
        raise FaultyInputError(faults)


def _components(count: int, pairs: Sequence[Edge]) -> list[tuple[list[int], list[Edge]]]:
    """Split into the parts that hang together: the largest first, then by first node."""
    near: list[list[int]] = [[] for _ in range(count)]
    for tail, head in pairs:
        near[tail].append(head)
        near[head].append(tail)
    part = [-1] * count
    members: list[list[int]] = []
    for start in range(count):
        if part[start] >= 0:
            continue
        part[start] = len(members)
        found = [start]
        for node in found:
            fresh = [other for other in dict.fromkeys(near[node]) if part[other] < 0]
            for other in fresh:
                part[other] = part[start]
            found += fresh
        members.append(sorted(found))
    own: list[list[Edge]] = [[] for _ in members]
    for pair in pairs:
        own[part[pair[0]]].append(pair)
    return sorted(zip(members, own, strict=True), key=lambda each: -len(each[0]))


@attrs.frozen
class _Part:
    """One part of the graph, laid out for itself or moved to its place.

    ``strand`` holds, for each edge in the direction of the flow, the heights at which it passes
    the layers; ``turned`` the edges as given that run against the flow.
    """

    layer: dict[int, int]
    y: dict[int, float]
    strand: dict[Edge, list[float]]
    turned: list[Edge]
    span: int
    height: float
    crossings: int

    def moved(self, layers: int, down: float) -> _Part:
        """Give the part some layers to the right and some way down."""
        return attrs.evolve(
            self,
            layer={node: at + layers for node, at in self.layer.items()},
            y={node: at + down for node, at in self.y.items()},
            strand={edge: [at + down for at in run] for edge, run in self.strand.items()},
        )


def _part(
    members: Sequence[int], pairs: Sequence[Edge], boxes: Sequence[Size], gap: float
) -> _Part:
    """Lay out one part: ranks, orders, centres."""
    local = {node: at for at, node in enumerate(members)}
    edges = [(local[tail], local[head]) for tail, head in pairs]
    turned = against_the_flow(len(members), edges)
    against = set(turned)
    flow = sorted({edge[::-1] if edge in against else edge for edge in edges})
    rank = ranks(len(members), flow)
    graph = ordered(ranked(rank, flow))
    half = [boxes[node][1] / 2 for node in members] + [0.0] * (len(graph.above) - len(members))
    centre = centres(graph, half, gap)
    top = min(at - reach for at, reach in zip(centre, half, strict=True))
    y = [at - top for at in centre]
    return _Part(
        layer=dict(zip(members, rank, strict=True)),
        y=dict(zip(members, y, strict=False)),
        strand={
            (members[tail], members[head]): [y[node] for node in chain]
            for (tail, head), chain in graph.chain.items()
        },
        turned=[(members[tail], members[head]) for tail, head in turned],
        span=len(graph.layers),
        height=max(at + reach for at, reach in zip(y, half, strict=True)),
        crossings=crossings(graph),
    )


def _packed(parts: Sequence[_Part], boxes: Sequence[Size], gap: Size) -> list[_Part]:
    """Move each part to the highest room that is wide enough for it, the largest part first."""
    if not parts:
        return []
    pitch = sum(width for width, _ in boxes) / len(boxes) + gap[0]
    area = sum(part.span * pitch * (part.height + 2 * gap[1]) for part in parts)
    widest = max(part.span for part in parts)
    depth = [0.0] * max(widest, math.ceil(math.sqrt(area * _SHAPE) / pitch))
    placed = []
    for part in parts:
        tops = [max(depth[at : at + part.span]) for at in range(len(depth) - part.span + 1)]
        first = tops.index(min(tops))
        placed.append(part.moved(first, tops[first]))
        depth[first : first + part.span] = [tops[first] + part.height + 2 * gap[1]] * part.span
    return placed


def _drawn(
    nodes: Sequence[str],
    boxes: Sequence[Size],
    gap: Size,
    pairs: Sequence[Edge],
    parts: Sequence[_Part],
) -> Layering:
    """Turn the packed parts into positions and routes under the nodes' names."""
    layer = {node: at for part in parts for node, at in sorted(part.layer.items())}
    y = {node: at for part in parts for node, at in part.y.items()}
    strand = {edge: run for part in parts for edge, run in part.strand.items()}
    columns = _columns(layer, boxes, gap[0], strand)
    against = {edge for part in parts for edge in part.turned}
    position = {node: (sum(columns[layer[node]]) / 2, y[node]) for node in range(len(nodes))}
    route: dict[tuple[str, str], Route] = {}
    for edge in pairs:
        tail, head = edge[::-1] if edge in against else edge
        right = position[tail][0] + boxes[tail][0] / 2
        left = position[head][0] - boxes[head][0] / 2
        passed = columns[layer[tail] : layer[head] + 1]
        points = _points(strand[tail, head], passed, right, left)
        named = nodes[edge[0]], nodes[edge[1]]
        route[named] = points[::-1] if edge in against else points
    return Layering(
        {nodes[node]: at for node, at in position.items()},
        {nodes[node]: layer[node] for node in range(len(nodes))},
        route,
        sum(part.crossings for part in parts),
    )


def _columns(
    layer: Mapping[int, int],
    boxes: Sequence[Size],
    gap: float,
    strand: Mapping[Edge, Sequence[float]],
) -> list[Column]:
    """Give each layer's left and right; a channel with steep edges is wider, up to thrice."""
    width = [0.0] * (max(layer.values(), default=-1) + 1)
    for node, at in layer.items():
        width[at] = max(width[at], boxes[node][0])
    rise = [0.0] * len(width)
    for (tail, _), run in strand.items():
        for at, (here, there) in enumerate(pairwise(run), layer[tail]):
            rise[at] = max(rise[at], abs(there - here))
    columns = []
    left = 0.0
    for at, wide in enumerate(width):
        columns.append((left, left + wide))
        left += wide + max(gap, min(rise[at] / _STEEPNESS, 3 * gap))
    return columns


def _points(heights: Sequence[float], columns: Sequence[Column], start: float, end: float) -> Route:
    """Run level through each column and slope between them; leave out points in a line."""
    bends = []
    for at, (here, there) in enumerate(pairwise(heights)):
        if here != there:
            bends += [(columns[at][1], here), (columns[at + 1][0], there)]
    inner = [bend for bend in bends if start + _HAIR < bend[0] < end - _HAIR]
    return ((start, heights[0]), *inner, (end, heights[-1]))
