"""The place of each node across its layer: boxes apart, edges short, long edges level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from roadmap.render._ordering import Ranked

Ties: TypeAlias = list[list[tuple[int, float]]]
Gaps: TypeAlias = dict[tuple[int, int], float]

_SWEEPS = 24
_STIFFNESS = (1.0, 2.0, 8.0)  # of an edge piece with no, one or two dummy ends
_SNAPS = 4


def centres(graph: Ranked, half: Sequence[float], gap: float) -> list[float]:
    """Give each node's centre across its layer.

    The layers are relaxed in turn: each is put where the squares of its edges' rises, weighted
    as by Gansner and others (1993), sum to least while its neighbours keep apart, which is
    isotonic regression and exact for one layer. Then the inner pieces of each long edge become
    one level block (as by Brandes and Koepf, 2001), blocks are moved apart, and whatever has
    room to do so moves level with the middle one of its neighbours.

    Parameters
    ----------
    graph
        Layers in their final order.
    half
        Half of each node's extent across its layer; 0 for dummy nodes.
    gap
        Least room between neighbours in a layer where one is a box; dummy nodes keep half.

    Returns
    -------
    list of float
        The centres; differences matter, the origin is arbitrary.
    """
    apart = _gaps(graph, half, gap)
    dummies = {node for chain in graph.chain.values() for node in chain[1:-1]}
    wanted = _relaxed(graph, apart, _ties(graph, dummies))
    block = _blocks(graph, dummies)
    order, between = _stacked(block, apart)
    centre = _moved_apart(block, order, between, wanted)
    return _snapped(graph, block, order, between, centre)


def _gaps(graph: Ranked, half: Sequence[float], gap: float) -> Gaps:
    """Give the least distance between the centres of each two neighbours in a layer."""
    return {
        (one, other): half[one] + half[other] + (gap if half[one] or half[other] else gap / 2)
        for layer in graph.layers
        for one, other in pairwise(layer)
    }


def _ties(graph: Ranked, dummies: set[int]) -> Ties:
    """Give each node's neighbours with the stiffness of the piece between."""
    return [
        [
            (other, _STIFFNESS[(node in dummies) + (other in dummies)])
            for other in graph.above[node] + graph.below[node]
        ]
        for node in range(len(graph.above))
    ]


def _relaxed(graph: Ranked, apart: Gaps, ties: Ties) -> list[float]:
    """Sweep to and fro; each layer goes where its edges are shortest, the others being still."""
    centre = [0.0] * len(ties)
    offset = [0.0] * len(ties)
    for layer in graph.layers:
        for one, other in pairwise(layer):
            offset[other] = offset[one] + apart[one, other]
        for node in layer:
            centre[node] = offset[node] - offset[layer[-1]] / 2
    for sweep in range(_SWEEPS):
        for layer in graph.layers[::-1] if sweep % 2 else graph.layers:
            aims = []
            for node in layer:
                weight = sum(stiffness for _, stiffness in ties[node])
                pull = sum(stiffness * centre[other] for other, stiffness in ties[node])
                aim = pull / weight if weight else centre[node]
                aims.append((aim - offset[node], weight or 1.0))
            for node, level in zip(layer, _isotonic(aims), strict=True):
                centre[node] = level + offset[node]
    return centre


def _isotonic(aims: Iterable[tuple[float, float]]) -> list[float]:
    """Give the ascending numbers nearest to weighted aims, by pooling what violates it."""
    pools: list[tuple[float, float, int]] = []
    for aim, weight in aims:
        count = 1
        while pools and pools[-1][0] > aim:
            level, mass, many = pools.pop()
            aim = (aim * weight + level * mass) / (weight + mass)
            weight += mass
            count += many
        pools.append((aim, weight, count))
    return [level for level, _, count in pools for _ in range(count)]


def _blocks(graph: Ranked, dummies: set[int]) -> list[int]:
    """Give each node its block: the inner pieces of a long edge, unless two of them cross."""
    block = list(range(len(graph.above)))
    place = {node: at for layer in graph.layers for at, node in enumerate(layer)}
    for layer in graph.layers[1:]:
        last = -1
        for node in layer:
            other = graph.above[node][0] if node in dummies else node
            if other in dummies and other != node and place[other] > last:
                block[node] = block[other]
                last = place[other]
    return block


def _stacked(block: Sequence[int], apart: Gaps) -> tuple[list[int], dict[int, dict[int, float]]]:
    """Give the blocks from first to last, and the room each needs from those after it."""
    after: dict[int, dict[int, float]] = {each: {} for each in block}
    missing = dict.fromkeys(after, 0)
    for (one, other), least in apart.items():
        room = after[block[one]]
        missing[block[other]] += block[other] not in room
        room[block[other]] = max(least, room.get(block[other], least))
    order = [each for each, count in missing.items() if not count]
    for each in order:
        for other in after[each]:
            missing[other] -= 1
            if not missing[other]:
                order.append(other)
    return order, after


def _moved_apart(
    block: Sequence[int],
    order: Sequence[int],
    after: Mapping[int, Mapping[int, float]],
    wanted: Sequence[float],
) -> list[float]:
    """Push blocks down until they keep apart, and up, and take the middle of the two."""
    total = dict.fromkeys(order, 0.0)
    count = dict.fromkeys(order, 0)
    for node, each in enumerate(block):
        total[each] += wanted[node]
        count[each] += 1
    down = {each: total[each] / count[each] for each in order}
    up = dict(down)
    for each in order:
        for other, least in after[each].items():
            down[other] = max(down[other], down[each] + least)
    for each in reversed(order):
        for other, least in after[each].items():
            up[each] = min(up[each], up[other] - least)
    return [(down[each] + up[each]) / 2 for each in block]


def _snapped(
    graph: Ranked,
    block: Sequence[int],
    order: Sequence[int],
    after: Mapping[int, Mapping[int, float]],
    centre: Sequence[float],
) -> list[float]:
    """Move each block level with its middle neighbour, as far as there is room."""
    level = {each: centre[each] for each in order}
    near: dict[int, list[int]] = {each: [] for each in order}
    before: dict[int, dict[int, float]] = {each: {} for each in order}
    for node, each in enumerate(block):
        others = (block[other] for other in graph.above[node] + graph.below[node])
        near[each] += [other for other in others if other != each]
        for other, least in after[each].items():
            before[other][each] = least
    for sweep in range(_SNAPS):
        for each in order[::-1] if sweep % 2 else order:
            aim = _middle(level[each], [level[other] for other in near[each]])
            aim = max([aim, *(level[one] + least for one, least in before[each].items())])
            level[each] = min([aim, *(level[one] - least for one, least in after[each].items())])
    return [level[each] for each in block]


def _middle(here: float, others: Sequence[float]) -> float:
    """Give the median of the others; between two medians, the nearer."""
    if not others:
        return here
    ascending = sorted(others)
    low, high = ascending[(len(others) - 1) // 2], ascending[len(others) // 2]
    return low if here - low <= high - here else high
