"""The order of nodes inside their layers: few crossings, found with bounded effort.

Every edge joins neighbouring layers here, for a long edge is a chain of dummy nodes.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import attrs

from roadmap.render._ranking import Edge

_WORK = 1_200_000  # comparisons of two nodes that the search may spend
_PATIENCE = 6  # sweeps without a better order before a start is given up
_STARTS = 8  # walks through the graph
_SHAKES = 10  # shaken copies of the best order
_SHAKEN = 30  # per cent of the layers


@attrs.frozen
class Ranked:
    """A layered graph whose edges all join neighbouring layers.

    Attributes
    ----------
    layers
        The nodes of each layer, in order; dummy nodes are numbered after the real ones.
    above, below
        Each node's neighbours in the layer before and in the layer after.
    chain
        The nodes that each edge runs through, both ends included.
    """

    layers: list[list[int]]
    above: list[list[int]]
    below: list[list[int]]
    chain: Mapping[Edge, list[int]]


def ranked(rank: Sequence[int], edges: Iterable[Edge]) -> Ranked:
    """Cut long edges into chains of dummy nodes.

    Parameters
    ----------
    rank
        The layer of each node.
    edges
        Edges that all lead to a later layer.

    Returns
    -------
    Ranked
        Layers in the order of the node numbers, dummy nodes last.
    """
    layers: list[list[int]] = [[] for _ in range(max(rank) + 1)]
    for node, layer in enumerate(rank):
        layers[layer].append(node)
    count = len(rank)
    chain: dict[Edge, list[int]] = {}
    for tail, head in edges:
        dummies = range(count, count + rank[head] - rank[tail] - 1)
        for layer, dummy in enumerate(dummies, rank[tail] + 1):
            layers[layer].append(dummy)
        count += len(dummies)
        chain[tail, head] = [tail, *dummies, head]
    above: list[list[int]] = [[] for _ in range(count)]
    below: list[list[int]] = [[] for _ in range(count)]
    for nodes in chain.values():
        for upper, lower in pairwise(nodes):
            below[upper].append(lower)
            above[lower].append(upper)
    return Ranked(layers, above, below, chain)


def crossings(graph: Ranked) -> int:
    """Count the pairs of edge pieces that cross between neighbouring layers.

    The inversions are counted by insertion into a sorted list, with two binary searches per
    edge (compare the accumulator tree of Barth, Juenger and Mutzel, 2002).
    """
    place = _places(graph.layers)
    return sum(_crossings_below(layer, graph.below, place) for layer in graph.layers[:-1])


def _crossings_below(layer: Iterable[int], below: Sequence[Sequence[int]], place: list[int]) -> int:
    """Count the crossings of the edges that leave one layer."""
    met: list[int] = []
    total = 0
    for node in layer:
        targets = [place[other] for other in below[node]]
        for target in targets:
            total += len(met) - bisect_right(met, target)
        for target in targets:
            insort(met, target)
    return total


def _places(layers: Iterable[Sequence[int]]) -> list[int]:
    """Give each node's index in its layer."""
    index = {node: at for layer in layers for at, node in enumerate(layer)}
    return [index[node] for node in range(len(index))]


def ordered(graph: Ranked) -> Ranked:
    """Order the nodes inside the layers so that few edges cross.

    Barycentre and median sweeps with transposition (Sugiyama, Tagawa and Toda, 1981; Gansner
    and others, 1993) and sifting of single nodes (Matuszewski, Schoenfeld and Molitor, 1999),
    first from several walks through the graph, then from shaken copies of the best order. The
    effort is bounded by a count of comparisons, never by the clock, so that the same graph
    always gets the same order.

    Parameters
    ----------
    graph
        Any layered graph; its present order breaks ties.

    Returns
    -------
    Ranked
        The same graph, its layers in the best order found.
    """
    search = _Search(graph, _WORK)
    best, fewest = graph.layers, crossings(graph)
    for start in range(_STARTS + _SHAKES):
        if not fewest or search.left <= 0:
            break
        if start < _STARTS:
            search.begin(_walk(graph, start))
            search.sweep_all()
        else:
            search.begin(_shaken(best, start))
        search.settle()
        count = search.crossings()
        if count < fewest or (count == fewest and start >= _STARTS):
            best, fewest = search.copy(), count
    return attrs.evolve(graph, layers=best)


def _walk(graph: Ranked, start: int) -> list[list[int]]:
    """Give layers in the order of a depth-first walk; each start walks another way."""
    ahead, back = (graph.above, graph.below) if start % 2 else (graph.below, graph.above)
    layer_of = {node: at for at, layer in enumerate(graph.layers) for node in layer}
    roots = [node for node in range(len(ahead)) if not back[node]]
    found: dict[int, None] = {}
    stack = _shuffled(roots, start)[::-1]
    while stack:
        node = stack.pop()
        if node in found:
            continue
        found[node] = None
        stack.extend(_shuffled(ahead[node], start)[::-1])
    layers: list[list[int]] = [[] for _ in graph.layers]
    for node in found:
        layers[layer_of[node]].append(node)
    return layers


def _shuffled(nodes: Sequence[int], start: int) -> list[int]:
    """Give the nodes in an order that differs between starts; the first two keep theirs."""
    if start < 2:
        return list(nodes)
    return sorted(nodes, key=lambda node: (node + 1) * 7919 * (2 * start + 1) % 10007)


def _shaken(layers: Sequence[Sequence[int]], start: int) -> list[list[int]]:
    """Give a copy with one stretch turned round in some layers, elsewhere at each start."""
    copy = [list(layer) for layer in layers]
    dice = _dice(start)
    for layer in copy:
        if len(layer) > 2 and next(dice) % 100 < _SHAKEN:
            at = next(dice) % (len(layer) - 1)
            end = at + 2 + next(dice) % (len(layer) // 2)
            layer[at:end] = layer[at:end][::-1]
    return copy


def _dice(seed: int) -> Iterator[int]:
    """Give numbers without a pattern that matters, the same on every Python (Knuth's MMIX)."""
    state = seed
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield state >> 33


def _mean(places: Sequence[int]) -> float:
    return sum(places) / len(places)


def _median(places: Sequence[int]) -> float:
    """Give the middle place, or the one between the two middle ones."""
    ascending = sorted(places)
    half = len(ascending) // 2
    return (ascending[half] + ascending[~half]) / 2


@attrs.define
class _Search:
    """Layers on the way to a better order, and the comparisons that may still be spent."""

    graph: Ranked
    left: int
    layers: list[list[int]] = attrs.field(factory=list)
    place: list[int] = attrs.field(factory=list)

    def begin(self, layers: list[list[int]]) -> None:
        """Start again from these layers."""
        self.layers = layers
        self.place = _places(layers)

    def copy(self) -> list[list[int]]:
        """Give the layers as they stand."""
        return [list(layer) for layer in self.layers]

    def crossings(self) -> int:
        """Count the crossings as they stand."""
        self.left -= len(self.place)
        below = self.graph.below
        return sum(_crossings_below(layer, below, self.place) for layer in self.layers)

    def sweep_all(self) -> None:
        """Sweep to and fro until it no longer helps, and keep the best."""
        best, fewest, idle, sweep = self.copy(), self.crossings(), 0, 0
        while fewest and idle < _PATIENCE and self.left > 0:
            self.sweep(sweep)
            self.transpose()
            count = self.crossings()
            idle += 1
            sweep += 1
            if count < fewest:
                best, fewest, idle = self.copy(), count, 0
        self.begin(best)

    def sweep(self, sweep: int) -> None:
        """Sort layers by their neighbours in the layer before, or after on odd sweeps."""
        near = self.graph.below if sweep % 2 else self.graph.above
        middle = _median if sweep // 2 % 2 else _mean
        place = self.place
        for layer in reversed(self.layers) if sweep % 2 else self.layers:
            key = {n: middle([place[other] for other in near[n]]) for n in layer if near[n]}
            moving = list(key)
            if sweep // 4 % 2:
                moving.reverse()  # the sort is stable, so this turns ties round
            moving.sort(key=key.__getitem__)
            following = iter(moving)
            layer[:] = [next(following) if node in key else node for node in layer]
            for at, node in enumerate(layer):
                place[node] = at

    def transpose(self) -> None:
        """Swap neighbours inside the layers as long as a swap removes a crossing."""
        active = set(range(len(self.layers)))
        while active:
            at = min(active)
            active.discard(at)
            if self._swap_along(self.layers[at]):
                active.update(n for n in (at - 1, at, at + 1) if 0 <= n < len(self.layers))

    def _swap_along(self, layer: list[int]) -> bool:
        """Swap neighbours once along a layer; say whether any crossing went."""
        self.left -= len(layer)
        better = False
        for at in range(1, len(layer)):
            one, other = layer[at - 1], layer[at]
            if self._saved(one, other) > 0:
                layer[at - 1], layer[at] = other, one
                self.place[one], self.place[other] = at, at - 1
                better = True
        return better

    def settle(self) -> None:
        """Sift and swap until neither removes a crossing."""
        better = True
        while better and self.left > 0:
            better = False
            for layer in self.layers:
                for node in sorted(layer) if len(layer) > 2 else ():
                    better |= self._sift(layer, node)
            self.transpose()

    def _sift(self, layer: list[int], node: int) -> bool:
        """Move one node to where its edges cross fewest others; say whether that helped."""
        self.left -= len(layer)
        here = target = self.place[node]
        best = saved = 0
        for at in range(here + 1, len(layer)):
            saved += self._saved(node, layer[at])
            if saved > best:
                best, target = saved, at
        saved = 0
        for at in range(here - 1, -1, -1):
            saved += self._saved(layer[at], node)
            if saved > best:
                best, target = saved, at
        if target == here:
            return False
        layer.insert(target, layer.pop(here))
        for at in range(min(here, target), max(here, target) + 1):
            self.place[layer[at]] = at
        return True

    def _saved(self, one: int, other: int) -> int:
        """Count the crossings that go, less those that come, when other moves before one."""
        saved = 0
        place = self.place
        for near in (self.graph.above, self.graph.below):
            mine, theirs = near[one], near[other]
            if mine and theirs:
                there = [place[node] for node in theirs]
                for node in mine:
                    here = place[node]
                    for at in there:
                        saved += (here > at) - (here < at)
        return saved
