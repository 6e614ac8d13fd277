"""The facts as a whole: what is required, what is there today, and the work between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import attrs

from roadmap._frozen import FrozenMapping, frozen_fields
from roadmap.availability import capacity_of, warn_of_idle
from roadmap.checking import faults_of_portfolio
from roadmap.discounting import annuity, factors, present_losses
from roadmap.errors import PortfolioError
from roadmap.facts import (
    CATEGORIES,
    Blackout,
    Budget,
    Capability,
    Dependency,
    Fence,
    Freeze,
    Gap,
    Holiday,
    Initiative,
    Need,
    Outcome,
    Pilot,
    Programme,
    Quota,
    ReleaseCalendar,
    Selection,
    System,
    Team,
    Unit,
    Workaround,
)
from roadmap.fields import Names, Percent, Records, Text, Whole, of
from roadmap.findings import Findings, findings_of, unpriced
from roadmap.losses import LossSum
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
    capabilities, needs, initiatives, teams, dependencies
        The facts; default none.
    systems, pilots, outcomes, workarounds, units
        Legacy systems, pilots, what is measured, ways round foundations, and who has to take
        changes in; default none.
    freezes, blackouts, release_calendars, holidays
        Times in which nothing goes live, or nobody works; default none.
    selections, programmes, budgets, quotas, fences
        Further facts: which work goes together, and what money and capacity there is for it;
        default none.
    categories
        Categories of work, in the order in which they are shown; at least one, default
        ``maintain``, ``improve`` and ``transform``.
    discount_rate
        Percent a year by which later losses and costs count less, 0 to 100 with at most two
        decimals; default none: all money counts the same.
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

    Warns
    -----
    RoadmapWarning
        A holiday lies beside working days in each of its periods, so that it closes none.
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
    freezes: Sequence[Freeze] = attrs.field(default=(), metadata=of(Records((Freeze,))))
    blackouts: Sequence[Blackout] = attrs.field(default=(), metadata=of(Records((Blackout,))))
    release_calendars: Sequence[ReleaseCalendar] = attrs.field(
        default=(), metadata=of(Records((ReleaseCalendar,)))
    )
    holidays: Sequence[Holiday] = attrs.field(default=(), metadata=of(Records((Holiday,))))
    selections: Sequence[Selection] = attrs.field(default=(), metadata=of(Records((Selection,))))
    programmes: Sequence[Programme] = attrs.field(default=(), metadata=of(Records((Programme,))))
    budgets: Sequence[Budget] = attrs.field(default=(), metadata=of(Records((Budget,))))
    quotas: Sequence[Quota] = attrs.field(default=(), metadata=of(Records((Quota,))))
    fences: Sequence[Fence] = attrs.field(default=(), metadata=of(Records((Fence,))))
    categories: Sequence[str] = attrs.field(default=CATEGORIES, metadata=of(Names(None, 1)))
    discount_rate: int | float | None = attrs.field(default=None, metadata=of(Percent()))
    systems: Sequence[System] = attrs.field(default=(), metadata=of(Records((System,))))
    pilots: Sequence[Pilot] = attrs.field(default=(), metadata=of(Records((Pilot,))))
    outcomes: Sequence[Outcome] = attrs.field(default=(), metadata=of(Records((Outcome,))))
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
        warn_of_idle(self.timeline, self.holidays, self.teams)

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
        capacity, periods = self.capacity, self.timeline.periods
        return FrozenMapping(
            {item.name: variants_of(item, capacity, periods) for item in self.initiatives}
        )

    def duration(self, initiative: str, mode: str, start: int) -> int | None:
        """Periods that an initiative takes in a mode from a start; ``None`` without such a mode.

        Nobody works outside the timeline. An effort that is not done by its end is said to end a
        period after it.
        """
        own = [item for item in self.variants[initiative] if item.mode.name == mode]
        for variant in own:
            if variant.starts is None or start in variant.starts:
                return variant.duration
        if not own:
            return None
        at_once = self.duration(initiative, mode, 0) if start < 0 else None
        return max(self.timeline.periods, start) + 1 - start if at_once is None else at_once - start

    @cached_property
    def efforts(self) -> Mapping[str, int]:
        """For each team that work takes effort of: the most units that any such work uses."""
        most: dict[str, int] = {}
        for item in self.initiatives:
            for way in item.ways:
                for team, units in way.demand.items() if way.effort else ():
                    most[team] = max(units, most.get(team, 0))
        return FrozenMapping(most)

    @cached_property
    def capacity(self) -> Mapping[str, tuple[int, ...]]:
        """Capacity of each team in each period: as stated, less absences, 0 on closed days."""
        return FrozenMapping(
            {team.name: capacity_of(team, self.timeline, self.holidays) for team in self.teams}
        )

    @cached_property
    def pilot(self) -> Mapping[str, Pilot]:
        """Pilots by the name of their initiative."""
        return FrozenMapping({item.initiative: item for item in self.pilots})

    @cached_property
    def system(self) -> Mapping[str, System]:
        """Systems by name."""
        return FrozenMapping({item.name: item for item in self.systems})

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
    def programme(self) -> Mapping[str, Programme]:
        """Programmes by name."""
        return FrozenMapping({item.name: item for item in self.programmes})

    def members(self, name: str) -> Sequence[str]:
        """The initiatives of a programme; or else the one initiative of that name."""
        return self.programme[name].initiatives if name in self.programme else (name,)

    @cached_property
    def ties(self) -> tuple[Dependency, ...]:
        """The dependencies between initiatives: those on programmes for each of theirs."""
        return tuple(tie for item in self.dependencies for tie in self.ties_of(item))

    def ties_of(self, dependency: Dependency) -> tuple[Dependency, ...]:
        """One dependency as it is; on a programme, one for each of its initiatives."""
        if not {dependency.predecessor, dependency.successor} & self.programme.keys():
            return (dependency,)
        return tuple(
            attrs.evolve(dependency, predecessor=before, successor=after)
            for before in self.members(dependency.predecessor)
            for after in self.members(dependency.successor)
        )

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

    @cached_property
    def lowerers(self) -> Mapping[str, Mapping[str, int]]:
        """For each capability: who lowers it while in work, and to which level at the most."""
        found: dict[str, dict[str, int]] = {item.name: {} for item in self.capabilities}
        for initiative in self.initiatives:
            for capability, level in initiative.lowers.items():
                found[capability][initiative.name] = level
        return FrozenMapping({name: FrozenMapping(who) for name, who in found.items()})

    def lowered_below(self, capability: str, level: int) -> tuple[str, ...]:
        """Who lowers a capability below a level while in work."""
        return tuple(name for name, to in self.lowerers[capability].items() if to < level)

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

    def lost(self, need: Need, time: int) -> int:
        """Money that a need loses when its level is attained at a boundary, worth today."""
        if self.discount_rate is None and not need.ramp:
            return need.loss.at(time, self.timeline)
        return self.loss_table(need)[max(time, 0)]

    def loss_table(self, need: Need) -> tuple[int, ...]:
        """Money that a need loses, worth today, for each boundary from 0 to the end."""
        if self.discount_rate is None:
            return need.ramped(need.loss.table(self.timeline))
        if need.label not in self._loss_tables:
            profiles = need.loss.parts if isinstance(need.loss, LossSum) else (need.loss,)
            tables = [profile.table(self.timeline) for profile in profiles]
            self._loss_tables[need.label] = need.ramped(present_losses(tables, self.factors))
        return self._loss_tables[need.label]

    @cached_property
    def _loss_tables(self) -> dict[str, tuple[int, ...]]:
        return {}

    def running(self, rate: int, until: int, since: int = 0) -> int:
        """Money in each period from one boundary to another, worth today."""
        return annuity(rate, range(max(since, 0), min(until, self.timeline.periods)), self._worth)

    @cached_property
    def _worth(self) -> tuple[int, ...]:
        return tuple(accumulate(self.factors[:-1], initial=0))

    @cached_property
    def factors(self) -> tuple[int, ...]:
        """What money of each period is worth today; see ``roadmap.discounting``."""
        return factors(self.discount_rate or 0, self.timeline)

    def findings(self) -> Findings:
        """What is no fault, and yet keeps a plan from being believed.

        Returns
        -------
        Findings
            Needs without value, owner, measure or basis, work that serves no need, estimates
            and limits without basis, artificial deadlines, capabilities that nobody needs; each
            with its path, a sentence and its remedy. Prints as a table.
        """
        return findings_of(self)

    @cached_property
    def unpriced(self) -> tuple[str, ...]:
        """Labels of the needs that lose nothing at any time: totals do not count them."""
        return tuple(need.label for need in unpriced(self))

    @property
    def unpriced_note(self) -> str:
        """A sentence on the needs that no total counts; empty if there are none."""
        if not self.unpriced:
            return ""
        are = "is" if len(self.unpriced) == 1 else "are"
        told = f"{len(self.unpriced)} of {len(self.needs)} needs {are} without value"
        return f"{told} and counted by no total: {', '.join(self.unpriced)}"

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
            loss=sum(self.lost(need, self.timeline.periods) for need in needs),
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
        for dependency in self.ties:
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
