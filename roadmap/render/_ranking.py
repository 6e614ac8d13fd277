"""Layers for the nodes of a directed graph: break its cycles, then keep its edges short.

Nodes are the integers ``0 .. count - 1``; ties fall to the smaller number everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import attrs

Edge: TypeAlias = tuple[int, int]

_PIVOT_WORK = 1_500_000  # node and edge visits that the network simplex may spend


def against_the_flow(count: int, edges: Sequence[Edge]) -> list[Edge]:
    """Give a small set of edges whose reversal leaves no cycle.

    The greedy order of Eades, Lin and Smyth (1993) proposes edges; those that close no cycle
    after all are taken back, so that no smaller set is inside this one.

    Parameters
    ----------
    count
        Number of nodes.
    edges
        Distinct edges without self-loops.

    Returns
    -------
    list of (int, int)
        The edges to reverse, in the order of ``edges``; empty for an acyclic graph.
    """
    place = {node: index for index, node in enumerate(_greedy_order(count, edges))}
    below: list[list[int]] = [[] for _ in range(count)]
    backward = []
    for tail, head in edges:
        if place[tail] < place[head]:
            below[tail].append(head)
        else:
            backward.append((tail, head))
    reversed_edges = []
    for tail, head in backward:
        if _reaches(below, head, tail):
            reversed_edges.append((tail, head))
        else:
            below[tail].append(head)
    return reversed_edges


def _greedy_order(count: int, edges: Sequence[Edge]) -> list[int]:
    """Take sinks to the back and sources to the front, else the node with most to give."""
    below, above = _neighbours(count, edges)
    out, into = [len(b) for b in below], [len(a) for a in above]
    left = dict.fromkeys(range(count))
    front: list[int] = []
    back: list[int] = []
    while left:
        chosen = next((node for node in left if not into[node]), None)
        if chosen is None:
            chosen = next((node for node in left if not out[node]), None)
            if chosen is None:
                chosen = max(left, key=lambda node: (out[node] - into[node], -node))
                front.append(chosen)
            else:
                back.append(chosen)
        else:
            front.append(chosen)
        del left[chosen]
        for node in below[chosen]:
            into[node] -= 1
        for node in above[chosen]:
            out[node] -= 1
    return front + back[::-1]


def _reaches(below: Sequence[Sequence[int]], start: int, goal: int) -> bool:
    """Say whether a path leads from ``start`` to ``goal``."""
    seen = {start}
    stack = [start]
    while stack:
        node = stack.pop()
        if node == goal:
            return True
        fresh = [other for other in below[node] if other not in seen]
        seen.update(fresh)
        stack.extend(fresh)
    return False


def _neighbours(count: int, edges: Iterable[Edge]) -> tuple[list[list[int]], list[list[int]]]:
    """Give each node's successors and its predecessors."""
    below: list[list[int]] = [[] for _ in range(count)]
    above: list[list[int]] = [[] for _ in range(count)]
    for tail, head in edges:
        below[tail].append(head)
        above[head].append(tail)
    return below, above


def ranks(count: int, edges: Sequence[Edge]) -> list[int]:
    """Give each node of a connected acyclic graph a layer such that the edges are short.

    Longest path first, then the network simplex of Gansner, Koutsofios, North and Vo (1993),
    which minimises the sum of edge lengths, each at least 1; last, a node that may move for
    nothing goes to the emptiest layer it can reach.

    Parameters
    ----------
    count
        Number of nodes.
    edges
        Distinct edges of an acyclic graph that hangs together.

    Returns
    -------
    list of int
        The layer of each node, the first being 0.
    """
    rank = _longest_path(count, edges)
    tree = _tight_tree(rank, edges)
    for _ in range(_PIVOT_WORK // (count + len(edges) + 1)):
        if not _pivot(rank, tree, edges):
            break
    lowest = min(rank)
    rank = [layer - lowest for layer in rank]
    _spread(rank, edges)
    return rank


def _longest_path(count: int, edges: Sequence[Edge]) -> list[int]:
    """Put each node one layer after the last of its predecessors."""
    below, above = _neighbours(count, edges)
    missing = [len(nodes) for nodes in above]
    rank = [0] * count
    ready = [node for node in range(count) if not missing[node]]
    for node in ready:
        for successor in below[node]:
            rank[successor] = max(rank[successor], rank[node] + 1)
            missing[successor] -= 1
            if not missing[successor]:
                ready.append(successor)
    return rank


def _tight_tree(rank: list[int], edges: Sequence[Edge]) -> list[list[int]]:
    """Shift nodes until edges of length 1 span the graph; give that spanning tree."""
    tree: list[list[int]] = [[] for _ in rank]
    inside = {0}
    while len(inside) < len(rank):
        frontier = [e for e in edges if (e[0] in inside) != (e[1] in inside)]
        tail, head = min(frontier, key=lambda e: (rank[e[1]] - rank[e[0]], e))
        slack = rank[head] - rank[tail] - 1
        shift = slack if head not in inside else -slack
        for node in inside if slack else ():
            rank[node] += shift
        tree[tail].append(head)
        tree[head].append(tail)
        inside |= {tail, head}
    return tree


@attrs.frozen
class _Walk:
    """A tree walked from node 0: each subtree is a run of the preorder."""

    order: list[int]
    parent: list[int]
    first: list[int]
    last: list[int]


def _walked(tree: Sequence[Sequence[int]]) -> _Walk:
    """Walk the tree without recursion, for a chain may be long."""
    order: list[int] = []
    parent, first = [-1] * len(tree), [0] * len(tree)
    stack = [0]
    while stack:
        node = stack.pop()
        first[node] = len(order)
        order.append(node)
        for other in tree[node]:
            if other != parent[node]:
                parent[other] = node
                stack.append(other)
    last = list(first)
    for node in reversed(order[1:]):
        last[parent[node]] = max(last[parent[node]], last[node])
    return _Walk(order, parent, first, last)


def _pivot(rank: list[int], tree: list[list[int]], edges: Sequence[Edge]) -> bool:
    """Swap one tree edge for a better one and shift the subtree; say whether there was one.

    Edges inside a subtree cancel out, so the gain of shifting it is the sum of out-degree
    minus in-degree over its nodes.
    """
    walk = _walked(tree)
    pull = [0] * len(rank)
    for tail, head in edges:
        pull[tail] += 1
        pull[head] -= 1
    best, leaving = 0, -1
    for node in reversed(walk.order[1:]):
        up = walk.parent[node]
        pull[up] += pull[node]
        gain = -pull[node] if rank[node] < rank[up] else pull[node]
        if gain > best:
            best, leaving = gain, node
    if leaving < 0:
        return False
    _exchange(rank, tree, edges, walk, leaving)
    return True


def _exchange(
    rank: list[int], tree: list[list[int]], edges: Sequence[Edge], walk: _Walk, leaving: int
) -> None:
    """Cut the subtree of ``leaving`` off, shift it away and hang it in where it first touches."""
    first, low, high = walk.first, walk.first[leaving], walk.last[leaving]
    up = walk.parent[leaving]
    sooner = rank[leaving] < rank[up]
    inner, outer = (1, 0) if sooner else (0, 1)
    entering = min(
        (
            edge
            for edge in edges
            if low <= first[edge[inner]] <= high and not low <= first[edge[outer]] <= high
        ),
        key=lambda edge: (rank[edge[1]] - rank[edge[0]], edge),
    )
    tail, head = entering
    slack = rank[head] - rank[tail] - 1
    shift = -slack if sooner else slack
    for node in walk.order[low : high + 1] if slack else ():
        rank[node] += shift
    tree[leaving].remove(up)
    tree[up].remove(leaving)
    tree[tail].append(head)
    tree[head].append(tail)


def _spread(rank: list[int], edges: Sequence[Edge]) -> None:
    """Move each node that loses nothing by it to the emptiest layer within its reach."""
    below, above = _neighbours(len(rank), edges)
    width = [0] * (max(rank) + 1)
    for layer in rank:
        width[layer] += 1
    for node in range(len(rank)):
        if len(below[node]) != len(above[node]) or not below[node]:
            continue
        soonest = max(rank[other] for other in above[node]) + 1
        latest = min(rank[other] for other in below[node]) - 1
        width[rank[node]] -= 1
        rank[node] = min(range(soonest, latest + 1), key=lambda layer: (width[layer], layer))
        width[rank[node]] += 1
