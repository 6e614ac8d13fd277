"""What a dependency chart shows of a portfolio: nodes told apart by their part, and links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, TypeAlias

import attrs
import networkx as nx

from roadmap.errors import Fault, FaultyInputError, nearest
from roadmap.facts import Dependency, Initiative
from roadmap.portfolio import Portfolio

Key: TypeAlias = tuple[Any, ...]


@attrs.frozen
class Node:
    """An initiative or a capability level.

    Attributes
    ----------
    key
        ``("initiative", name)`` or ``("level", capability, level)``, as in ``Portfolio.graph``.
    kind
        ``foundation`` (work that other work stands on and that meets no need itself),
        ``work`` (any other), ``need`` (a level above today's that a need asks for),
        ``attained`` (a level that is there today) or ``level`` (any other).
    needs
        Labels of the needs that ask for exactly this level.
    folded
        Levels that are told in this node instead of standing for themselves.
    """

    key: Key
    kind: str
    needs: tuple[str, ...] = ()
    folded: tuple[Key, ...] = ()


@attrs.frozen
class Link:
    """What leads from one node to another.

    Attributes
    ----------
    tail, head
        Keys of the two nodes.
    kind
        ``depends``, ``raises``, ``requires`` or ``implies``.
    label
        Link type and lag of a dependency where they are not plain finish to start, ``soft`` in
        place of the link where it can be passed by; else empty.
    """

    tail: Key
    head: Key
    kind: str
    label: str = ""


@attrs.frozen
class FactsGraph:
    """The nodes and links that a chart shows, in the order of the facts.

    Attributes
    ----------
    portfolio
        The facts.
    folded
        Whether levels that no need asks for go into the box of the one initiative that leads
        to them, and those that are there today are left out: a third of the boxes remains.
    only
        Keys of the nodes that are shown at all; default every one.
    prices
        What is written at the tie or prerequisite that a rule is about, by the rule's name.
    """

    portfolio: Portfolio
    folded: bool = False
    only: frozenset[Key] | None = None
    prices: Mapping[str, str] = attrs.field(factory=dict, hash=False)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Initiatives, then levels."""
        inside: dict[Key, tuple[Key, ...]] = {}
        for level in self._sources:
            holder = self._shown(level)
            inside[holder] = (*inside.get(holder, ()), level)
        kept = (node for node in self._all if node.key not in self._gone)
        return tuple(attrs.evolve(node, folded=inside.get(node.key, ())) for node in kept)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link between the nodes, one at most from one to another.

        That a level implies a lower one is told only where nothing else raises that. The rest
        would say what goes without saying, and turn the usual way to maturity (work that needs
        level 2 and raises level 3) into a circle.
        """
        found: dict[tuple[Key, Key], Link] = {}
        for link in sorted(self._every, key=lambda each: each.kind != "depends"):
            tail = self._shown(link.tail)
            if not self._gone & {tail, link.head} and tail != link.head:
                told = ": ".join(part for part in (link.label, self._price(link)) if part)
                found.setdefault((tail, link.head), attrs.evolve(link, tail=tail, label=told))
        return tuple(found.values())

    def _price(self, link: Link) -> str:
        """What the rules cost that a link stands for, where that is known."""
        if link.tail[0] == "level":
            name = f"{link.tail[1]} at level {link.tail[2]} → {link.head[1]}"
            return self.prices.get(name, "") if link.head[0] == "initiative" else ""
        name = f"{link.tail[1]} → {link.head[1]}"
        ends = ("", " (SS)", " (FF)", " (SF)")
        return " + ".join(self.prices[name + end] for end in ends if name + end in self.prices)

    def _shown(self, key: Key) -> Key:
        """The node that tells of a key: itself, or the one that it is folded into."""
        while key in self._sources:
            key = self._sources[key]
        return key

    @cached_property
    def _gone(self) -> frozenset[Key]:
        """Nodes that do not stand for themselves, and those that are not to be shown."""
        hidden = {node.key for node in self._all if self.only and node.key not in self.only}
        if not self.folded:
            return frozenset(hidden)
        today = {node.key for node in self._all if node.kind == "attained" and not node.needs}
        return frozenset({*self._sources, *today, *hidden})

    @cached_property
    def _sources(self) -> Mapping[Key, Key]:
        """For each level that is folded, the only node that leads to it."""
        if not self.folded:
            return {}
        leads: dict[Key, list[Key]] = {}
        for link in self._every:
            leads.setdefault(link.head, []).append(link.tail)
        plain = (node.key for node in self._all if node.kind == "level")
        return {key: leads[key][0] for key in plain if len(leads.get(key, ())) == 1}

    @cached_property
    def _all(self) -> tuple[Node, ...]:
        return tuple(self._node(key) for key in self.portfolio.graph)

    @cached_property
    def _every(self) -> tuple[Link, ...]:
        labels = self._labels
        return tuple(
            Link(tail, head, data["kind"], labels.get((tail, head), ""))
            for tail, head, data in self.portfolio.graph.edges(data=True)
            if data["kind"] != "implies" or self._rests_on(head)
        )

    def chain(self, need: str) -> frozenset[Key]:
        """The node of a need and everything that leads to it.

        Raises
        ------
        FaultyInputError
            No need has that label.
        """
        known = self.portfolio.need
        if need not in known:
            raise FaultyInputError([Fault("chain", f"{need!r} is no need", nearest(need, known))])
        drawn: nx.DiGraph[Any] = nx.DiGraph((link.tail, link.head) for link in self.links)
        end = ("level", known[need].capability, known[need].level)
        drawn.add_node(end)
        return frozenset({end, *nx.ancestors(drawn, end)})

    def _rests_on(self, lower: Key) -> bool:
        _, capability, level = lower
        facts = self.portfolio
        return level > facts.capability[capability].level and level not in facts.raisers[capability]

    @cached_property
    def _labels(self) -> Mapping[tuple[Key, Key], str]:
        """What is written at a dependency; several between the same two share one line."""
        told: dict[tuple[Key, Key], list[str]] = {}
        for dependency in self.portfolio.ties:
            ends = (
                ("initiative", dependency.predecessor),
                ("initiative", dependency.successor),
            )
            told.setdefault(ends, []).append(self._label(dependency))
        return {ends: "" if set(said) == {"FS"} else ", ".join(said) for ends, said in told.items()}

    def _label(self, dependency: Dependency) -> str:
        link = "soft" if dependency.soft else dependency.link
        if not dependency.lag:
            return link
        sign = "+" if dependency.lag > 0 else "−"
        return f"{link} {sign} {self.portfolio.timeline.count(abs(dependency.lag))}"

    def _node(self, key: Key) -> Node:
        if key[0] == "initiative":
            initiative = self.portfolio.initiative[key[1]]
            foundation = not self._meets(initiative) and any(self._standing_on(key))
            return Node(key, "foundation" if foundation else "work")
        needs = self._asked.get(key[1:], ())
        if key[2] <= self.portfolio.capability[key[1]].level:
            return Node(key, "attained", needs)
        return Node(key, "need" if needs else "level", needs)

    @cached_property
    def _asked(self) -> Mapping[tuple[str, int], tuple[str, ...]]:
        asked: dict[tuple[str, int], tuple[str, ...]] = {}
        for need in self.portfolio.needs:
            level = (need.capability, need.level)
            asked[level] = (*asked.get(level, ()), need.label)
        return asked

    def _meets(self, initiative: Initiative) -> bool:
        """Whether it raises a capability to a level that a need asks for, or beyond."""
        return any(
            self.portfolio.capability[capability].level < asked <= level
            for capability, level in initiative.raises.items()
            for asked in self._asked_levels.get(capability, ())
        )

    @cached_property
    def _asked_levels(self) -> Mapping[str, tuple[int, ...]]:
        levels: dict[str, tuple[int, ...]] = {}
        for capability, level in self._asked:
            levels[capability] = (*levels.get(capability, ()), level)
        return levels

    def _standing_on(self, key: Key) -> Iterator[Key]:
        """Other initiatives that wait for this one, or for a level that it raises."""
        graph = self.portfolio.graph
        ahead = list(graph.successors(key))
        seen = {key, *ahead}
        while ahead:
            node = ahead.pop()
            if node[0] == "initiative":
                yield node
                continue
            if node[2] <= self.portfolio.capability[node[1]].level:
                continue
            fresh = [each for each in graph.successors(node) if each not in seen]
            seen.update(fresh)
            ahead += fresh
