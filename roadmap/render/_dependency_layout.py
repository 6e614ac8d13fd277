"""Where the boxes, lines and words of a dependency chart stand, in points; nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

import attrs

from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.render._answers import AuditLike
from roadmap.render._dependency_graph import FactsGraph, Key, Link, Node
from roadmap.render._pen import measure, shorten, wrap
from roadmap.render._slips import SlipsLike, Worth, rule_prices, worths
from roadmap.render.layering import Layering, layered
from roadmap.schedule import Schedule

Point: TypeAlias = tuple[float, float]

NAME, NOTE = 8.0, 6.5  # font sizes in points
_LEADING = 1.3  # line height over font size
_WIDEST = 118.0  # room for words in a box
_NARROWEST = 56.0
_PADDING = (9.0, 5.0)  # between a box and its words; round ends need the room at the sides
_GAP = (30.0, 11.0)
_NAME_LINES = 3
_NOTES_TOLD = 2  # needs at a level, or folded levels at an initiative
_FOLD_ABOVE = 24  # initiatives; a chart of more is read on a page only when it is folded


@attrs.frozen
class Line:
    """A line of words in a box.

    Attributes
    ----------
    text
        What it says.
    size
        Font size in points.
    """

    text: str
    size: float

    @property
    def height(self) -> float:
        """The room that it takes, in points."""
        return self.size * _LEADING


@attrs.frozen
class Box:
    """A node in its place.

    Attributes
    ----------
    node
        What it stands for.
    x, y
        Its centre; y grows downwards.
    width, height
        Its size.
    lines
        The words in it, from the top.
    placed
        Whether it is part of the plan; ``True`` where there is no plan.
    """

    node: Node
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]
    placed: bool = True


@attrs.frozen
class Arrow:
    """A link on its way.

    Attributes
    ----------
    link
        What it stands for.
    runs
        Its polylines: one, or two with the label between them.
    label_at
        Centre of the label; ``None`` without one.
    """

    link: Link
    runs: tuple[tuple[Point, ...], ...]
    label_at: Point | None = None


@attrs.frozen
class DependencyLayout:
    """A dependency chart before it is drawn; the unit is the point, and y grows downwards.

    Attributes
    ----------
    boxes
        Initiatives and capability levels.
    arrows
        What leads to what.
    chain
        Keys of the chosen need and of all that leads to it; empty if none was chosen.
    width, height
        The room that they take, from (0, 0).
    crossings
        Number of times that two arrows cross.
    """

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    chain: frozenset[Key]
    width: float
    height: float
    crossings: int


def layout(
    portfolio: Portfolio,
    schedule: Schedule | None = None,
    *,
    chain: str | None = None,
    fold: bool | None = None,
    alone: bool = False,
    slips: SlipsLike | None = None,
    prices: AuditLike | None = None,
) -> DependencyLayout:
    """Lay out the dependency chart of a portfolio.

    Parameters
    ----------
    portfolio
        The facts.
    schedule
        A plan, whose dates are written in the boxes; default none.
    chain
        Label of the need whose chain is marked; default none.
    fold
        Whether levels that no need asks for are told in the box of the initiative that raises
        them, and levels that are there today are left out; default for more than 24
        initiatives.
    alone
        Whether nothing is drawn but the chain; default ``False``, and so without a chain.
    slips, prices
        What is written of costs, as for ``dependencies``; default nothing.

    Raises
    ------
    FaultyInputError
        No need is called ``chain``.
    """
    folded = len(portfolio.initiatives) > _FOLD_ABOVE if fold is None else fold
    graph = FactsGraph(portfolio, folded, prices=rule_prices(prices))
    marked = frozenset[Key]() if chain is None else graph.chain(chain)
    if alone and marked:
        graph, marked = attrs.evolve(graph, only=marked), frozenset()
    plan = None if schedule is None else Plan(portfolio, schedule)
    worth = worths(slips, portfolio.timeline.unit)
    words = {node.key: _words(node, portfolio, plan, worth) for node in graph.nodes}
    widest = max((_breadth(lines) for lines in words.values()), default=0.0)
    width = max(widest, _NARROWEST) + 2 * _PADDING[0]
    size = {key: (width, _height(lines)) for key, lines in words.items()}
    found = _layered(graph, size)
    boxes = tuple(
        Box(
            node,
            *found.position[_name(node.key)],
            *size[node.key],
            words[node.key],
            _in(node, plan),
        )
        for node in graph.nodes
    )
    arrows = tuple(_arrow(at, link, found) for at, link in enumerate(graph.links))
    return DependencyLayout(boxes, arrows, marked, *_extent(boxes, arrows), found.crossings)


def _layered(graph: FactsGraph, size: Mapping[Key, tuple[float, float]]) -> Layering:
    """Lay out boxes and labels: a label is a small node on its link, so nothing can hit it."""
    sizes = {_name(key): each for key, each in size.items()}
    edges: list[tuple[str, str]] = []
    for at, link in enumerate(graph.links):
        stops = [_name(link.tail), *([_label_name(at)] if link.label else []), _name(link.head)]
        if link.label:
            wide, high = measure(link.label, NOTE)
            sizes[_label_name(at)] = (wide + 6, high + 3)
        edges += pairwise(stops)
    return layered(list(sizes), edges, sizes, gap=_GAP)


def _name(key: Key) -> str:
    """Name a node for the layout; no two keys share a name."""
    return repr(key)


def _label_name(at: int) -> str:
    return f"label {at}"


def _arrow(at: int, link: Link, found: Layering) -> Arrow:
    tail, head, label = _name(link.tail), _name(link.head), _label_name(at)
    if not link.label:
        return Arrow(link, (found.route[tail, head],))
    runs = (found.route[tail, label], found.route[label, head])
    return Arrow(link, runs, found.position[label])


def _in(node: Node, plan: Plan | None) -> bool:
    if plan is None:
        return True
    if node.key[0] == "initiative":
        return node.key[1] in plan.placed
    return plan.attained(node.key[1], node.key[2]) is not None


def _words(
    node: Node, portfolio: Portfolio, plan: Plan | None, worth: Mapping[str, Worth]
) -> tuple[Line, ...]:
    """What stands in a box: the name, then notes."""
    when = [_when(node, plan)] if plan else []
    if node.key[0] == "initiative" and node.key[1] in worth:
        when.append(worth[node.key[1]].told)
    reached = {capability: level for _, capability, level in node.folded}  # the highest is last
    told = [f"{capability} to {level}" for capability, level in reached.items()]
    if node.key[0] == "level":
        when = [" · ".join(note for note in (f"level {node.key[2]}", *when) if note)]
        told = [label for label in node.needs if portfolio.need[label].name is not None]
    name = wrap(node.key[1], _WIDEST, NAME, lines=_NAME_LINES)
    notes = [shorten(note, _WIDEST, NOTE) for note in (*when, *_few(told)) if note]
    return (*(Line(text, NAME) for text in name), *(Line(text, NOTE) for text in notes))


def _few(notes: Sequence[str]) -> Sequence[str]:
    rest = len(notes) - _NOTES_TOLD
    return [*notes[:_NOTES_TOLD], f"and {rest} more"] if rest > 0 else notes


def _when(node: Node, plan: Plan) -> str:
    """Dates in the plan; a level that is there today needs none."""
    timeline = plan.portfolio.timeline
    if node.key[0] == "level":
        time = plan.attained(node.key[1], node.key[2])
        if time is None:
            return "not attained"
        return f"from {timeline.label(time)}" if node.kind != "attained" else ""
    place = plan.placed.get(node.key[1])
    if place is None:
        return "not in the plan"
    first = timeline.label(place.start)
    last = timeline.until(place.finish) if place.finish > place.start else first
    return first if first == last else f"{first} – {last}"


def _breadth(lines: Sequence[Line]) -> float:
    return max(measure(line.text, line.size)[0] for line in lines)


def _height(lines: Iterable[Line]) -> float:
    return sum(line.height for line in lines) + 2 * _PADDING[1]


def _extent(boxes: Iterable[Box], arrows: Iterable[Arrow]) -> tuple[float, float]:
    points = [point for arrow in arrows for run in arrow.runs for point in run]
    right = [box.x + box.width / 2 for box in boxes] + [x for x, _ in points]
    bottom = [box.y + box.height / 2 for box in boxes] + [y for _, y in points]
    return max(right, default=0.0), max(bottom, default=0.0)
