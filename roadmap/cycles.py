"""Circles among initiatives that wait for each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs


@attrs.frozen
class Edge:
    """``after`` starts at least ``wait`` periods after ``before`` starts.

    Attributes
    ----------
    before, after
        Names of initiatives.
    wait
        Least number of periods between their starts; may be negative.
    certain
        ``False`` when other work may serve instead, so that the edge need not hold.
    """

    before: str
    after: str
    wait: int
    certain: bool = True


def positive_cycles(edges: Sequence[Edge]) -> Iterator[list[str]]:
    """Yield, for each knot of certain edges, one circle whose waits sum to more than nothing.

    Such a circle can never be kept. A circle that sums to nothing or less is a maximal lag,
    and sound.

    Yields
    ------
    list of str
        The names in order, the first repeated at the end.
    """
    certain = [edge for edge in edges if edge.certain]
    for knot in _knots(certain):
        within = [e for e in certain if e.before in knot and e.after in knot]
        cycle = _positive_cycle(sorted(knot), within)
        if cycle:
            yield cycle


def self_justifying_cycles(edges: Sequence[Edge]) -> Iterator[list[str]]:
    """Yield, for each knot of waits of nothing with a choice in it, one circle.

    Two milestones that may each be enabled by the other could both be done at one instant, for
    no reason but each other.

    Yields
    ------
    list of str
        The names in order, the first repeated at the end.
    """
    idle = [edge for edge in edges if edge.wait <= 0]
    for knot in _knots(idle):
        within = [e for e in idle if e.before in knot and e.after in knot]
        for edge in within:
            if not edge.certain and edge.wait == 0:
                yield _way_back(edge, within)
                break


def _knots(edges: Iterable[Edge]) -> list[set[str]]:
    """Strongly connected components of two and more, in the order of their first names."""
    import networkx as nx

    graph = nx.DiGraph([(edge.before, edge.after) for edge in edges])
    loops = {edge.before for edge in edges if edge.before == edge.after}
    found = [set(part) for part in nx.strongly_connected_components(graph)]
    return sorted((part for part in found if len(part) > 1 or part & loops), key=min)


def _positive_cycle(names: Sequence[str], edges: Sequence[Edge]) -> list[str] | None:
    """Longest paths after Bellman and Ford; a path that still grows leads into the circle."""
    time = dict.fromkeys(names, 0)
    came: dict[str, str] = {}
    grown: str | None = None
    for _ in names:
        grown = None
        for edge in edges:
            if time[edge.before] + edge.wait > time[edge.after]:
                time[edge.after] = time[edge.before] + edge.wait
                came[edge.after] = edge.before
                grown = edge.after
        if grown is None:
            return None
    assert grown is not None
    for _ in names:
        grown = came[grown]
    cycle = [grown]
    while (before := came[cycle[-1]]) != grown:
        cycle.append(before)
    return _turned([*reversed(cycle)])


def _way_back(edge: Edge, edges: Iterable[Edge]) -> list[str]:
    import networkx as nx

    graph = nx.DiGraph([(e.before, e.after) for e in edges])
    path: list[str] = nx.shortest_path(graph, edge.after, edge.before)
    return _turned(path)


def _turned(cycle: list[str]) -> list[str]:
    """The circle from its first name in the alphabet, closed."""
    at = cycle.index(min(cycle))
    return [*cycle[at:], *cycle[:at], cycle[at]]
