"""The facts as a whole: what is required, what is there today, and the work between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs

from roadmap._frozen import FrozenMapping, frozen_fields
from roadmap.checking import faults_of_portfolio
from roadmap.errors import PortfolioError
from roadmap.facts import Capability, Dependency, Gap, Initiative, Need, Team, Unit, Workaround
from roadmap.fields import Records, Text, Whole, of
from roadmap.timeline import Timeline
from roadmap.variants import Variant, variants_of

if TYPE_CHECKING:
    import networkx as nx


@attrs.frozen(field_transformer=frozen_fields, kw_only=True)
class Portfolio:
    """Required capabilities, today's levels, the work, the teams and the dependencies.

    It is checked as a whole when it is made. An empty portfolio is valid.

    Attributes
    ----------
    timeline
        The planning horizon.
    capabilities, needs, initiatives, teams, dependencies, workarounds, units
        The facts; default none.
    name
        What the portfolio is called; default empty.
    currency
        The unit of money, for display; default empty.
    parallel
        Most initiatives that are in work at once; at least 1, default no limit.

    Raises
    ------
    PortfolioError
        With every fault at once, each with its path and its remedy.
    """

    timeline: Timeline
    capabilities: Sequence[Capability] = attrs.field(
        default=(), metadata=of(Records((Capability,)))
    )
    needs: Sequence[Need] = attrs.field(default=(), metadata=of(Records((Need,))))
    initiatives: Sequence[Initiative] = attrs.field(default=(), metadata=of(Records((Initiative,))))
    teams: Sequence[Team] = attrs.field(default=(), metadata=of(Records((Team,))))
    dependencies: Sequence[Dependency] = attrs.field(
        default=(), metadata=of(Records((Dependency,)))
    )
    workarounds: Sequence[Workaround] = attrs.field(default=(), metadata=of(Records((Workaround,))))
    units: Sequence[Unit] = attrs.field(default=(), metadata=of(Records((Unit,))))
    name: str = attrs.field(default="", metadata=of(Text(empty=True)))
    currency: str = attrs.field(default="", metadata=of(Text(empty=True)))
    parallel: int | None = attrs.field(default=None, metadata=of(Whole(1)))

    def __attrs_post_init__(self) -> None:
        """Check the whole."""
        faults = faults_of_portfolio(self)
        if faults:
            raise PortfolioError(faults, self.name if isinstance(self.name, str) else "")

    def replace(self, **changes: Any) -> Portfolio:
        """A copy with other facts, checked anew."""
        return attrs.evolve(self, **changes)

    @cached_property
    def capability(self) -> Mapping[str, Capability]:
        """Capabilities by name."""
        return FrozenMapping({item.name: item for item in self.capabilities})

    @cached_property
    def initiative(self) -> Mapping[str, Initiative]:
        """Initiatives by name."""
        return FrozenMapping({item.name: item for item in self.initiatives})

    @cached_property
    def variants(self) -> Mapping[str, tuple[Variant, ...]]:
        """The variants of each initiative, by its name."""
        return FrozenMapping({item.name: variants_of(item) for item in self.initiatives})

    @cached_property
    def team(self) -> Mapping[str, Team]:
        """Teams by name."""
        return FrozenMapping({item.name: item for item in self.teams})

    @cached_property
    def unit(self) -> Mapping[str, Unit]:
        """Units by name."""
        return FrozenMapping({item.name: item for item in self.units})

    @cached_property
    def workaround(self) -> Mapping[tuple[str, str], Workaround]:
        """Workarounds by the names of initiative and capability."""
        return FrozenMapping({(i.initiative, i.capability): i for i in self.workarounds})

    @cached_property
    def need(self) -> Mapping[str, Need]:
        """Needs by label."""
        return FrozenMapping({item.label: item for item in self.needs})

    @cached_property
    def raisers(self) -> Mapping[str, Mapping[int, tuple[str, ...]]]:
        """For each capability and each level above today's: who raises it exactly there."""
        found: dict[str, dict[int, list[str]]] = {item.name: {} for item in self.capabilities}
        for initiative in self.initiatives:
            for capability, level in initiative.raises.items():
                if level > self.capability[capability].level:
                    found[capability].setdefault(level, []).append(initiative.name)
        return FrozenMapping(
            {
                capability: FrozenMapping({at: tuple(who) for at, who in sorted(levels.items())})
                for capability, levels in found.items()
            }
        )

    def needed(self, capability: str, level: int) -> int:
        """How many of a level's raisers must finish before the level is attained."""
        raisers = self.raisers[capability][level]
        how = self.capability[capability].combine.get(level, "all")
        return how if isinstance(how, int) else len(raisers) if how == "all" else 1

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Every required level that today's level does not reach, in the order of the needs."""
        open_needs: dict[tuple[str, int], list[Need]] = {}
        for need in self.needs:
            if need.level > self.capability[need.capability].level:
                open_needs.setdefault((need.capability, need.level), []).append(need)
        return tuple(
            self._gap(capability, level, needs) for (capability, level), needs in open_needs.items()
        )

    def _gap(self, capability: str, level: int, needs: Sequence[Need]) -> Gap:
        return Gap(
            capability=capability,
            level=self.capability[capability].level,
            required=level,
            needs=tuple(need.label for need in needs),
            initiatives=tuple(
                name
                for at, names in self.raisers[capability].items()
                if at >= level
                for name in names
            ),
            loss=sum(need.loss.at(self.timeline.periods, self.timeline) for need in needs),
        )

    @cached_property
    def graph(self) -> nx.DiGraph[Any]:
        """The dependency graph: initiatives, capability levels and what leads to what.

        Nodes are ``("initiative", name)`` and ``("level", capability, level)``; an edge's
        ``kind`` is ``"depends"`` (with the ``dependency``), ``"raises"``, ``"requires"`` or
        ``"implies"`` (a higher level holds a lower one).
        """
        import networkx as nx

        graph: nx.DiGraph[Any] = nx.DiGraph()
        for initiative in self.initiatives:
            graph.add_node(("initiative", initiative.name))
        for capability, levels in self._levels().items():
            nodes = [("level", capability, level) for level in levels]
            graph.add_nodes_from(nodes)
            for lower, higher in pairwise(nodes):
                graph.add_edge(higher, lower, kind="implies")
        for initiative in self.initiatives:
            node = ("initiative", initiative.name)
            for capability, level in initiative.raises.items():
                graph.add_edge(node, ("level", capability, level), kind="raises")
            for capability, level in initiative.requires.items():
                graph.add_edge(("level", capability, level), node, kind="requires")
        for dependency in self.dependencies:
            graph.add_edge(
                ("initiative", dependency.predecessor),
                ("initiative", dependency.successor),
                kind="depends",
                dependency=dependency,
            )
        return graph

    def _levels(self) -> Mapping[str, Sequence[int]]:
        """Every level of every capability that a need or an initiative speaks of, ascending."""
        spoken: dict[str, set[int]] = {}
        for need in self.needs:
            spoken.setdefault(need.capability, set()).add(need.level)
        for initiative in self.initiatives:
            for capability, level in (*initiative.raises.items(), *initiative.requires.items()):
                spoken.setdefault(capability, set()).add(level)
        return {capability: sorted(levels) for capability, levels in sorted(spoken.items())}
