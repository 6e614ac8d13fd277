"""People, told to the oracle: overtime, lateness, change, parallel work, gates and ramps."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from roadmap.facts import Unit
from roadmap.portfolio import Portfolio
from tests.features.contract import Feature

if TYPE_CHECKING:
    from tests.features.contract import Cost, Kept
    from tests.oracle import Oracle, Plan


class People(Feature):
    """What teams and the business can bear, at which price, and what a need waits for.

    Gates and ramps of needs, and how much overtime there is, are known to the oracle itself.
    """

    name = "people"

    def rules(self, oracle: Oracle) -> Iterator[tuple[str, Kept]]:
        """Absorption of units, and work in parallel."""
        facts = oracle.portfolio
        for unit in facts.units:
            yield f"absorption of {unit.name}", _absorbed(oracle, unit)
        for team in facts.teams:
            if team.parallel is not None:
                yield f"parallel work of {team.name}", _parallel(oracle, team.parallel, team.name)
        if facts.parallel is not None:
            yield "parallel work", _parallel(oracle, facts.parallel, None)

    def rule(self, rule: Any, oracle: Oracle) -> tuple[str, Kept] | None:
        """The same, added by hand."""
        if type(rule).__name__ == "ParallelWork":
            name = "parallel work" if rule.team is None else f"parallel work of {rule.team}"
            return name, _parallel(oracle, rule.most, rule.team)
        if type(rule).__name__ == "Absorption":
            unit = next(unit for unit in oracle.portfolio.units if unit.name == rule.unit)
            return f"absorption of {rule.unit}", _absorbed(oracle, unit)
        return None

    def terms(self, oracle: Oracle) -> Mapping[str, Cost]:
        """Period by period: who works beyond the capacity, and who is late."""
        return {
            "overtime": lambda plan: _overtime(oracle, plan),
            "lateness": lambda plan: _lateness(oracle, plan),
        }

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """One to five of these in the portfolio."""
        for draw in rng.sample(_DRAWS, rng.randint(1, len(_DRAWS))):
            portfolio = draw(rng, portfolio)
        return portfolio


def _absorbed(oracle: Oracle, unit: Any) -> Kept:
    changing = [w.name for w in oracle.portfolio.initiatives if unit.name in w.changes]

    def kept(plan: Plan) -> bool:
        """Ask in each period how many went live in one of the last so many."""
        for period in range(oracle.clock.periods):
            recent = range(period - unit.adoption + 1, period + 1)
            live = [n for n in changing if n in plan and oracle.finish(n, plan) in recent]
            if len(live) > unit.absorbs:
                return False
        return True

    return kept


def _parallel(oracle: Oracle, most: int, team: str | None) -> Kept:
    def kept(plan: Plan) -> bool:
        """Ask in each period how many are in work."""
        for period in range(oracle.clock.periods):
            busy = 0
            for name, spot in plan.items():
                way = oracle.ways[name][spot.mode]
                works = spot.start <= period < oracle.finish(name, plan)
                busy += works and (team is None or way.demand.get(team, 0) > 0)
            if busy > most:
                return False
        return True

    return kept


def _overtime(oracle: Oracle, plan: Plan) -> int:
    paid = 0
    for team in oracle.portfolio.teams:
        if team.overtime_price is not None:
            there = oracle.capacity[team.name]
            for period, wanted in enumerate(oracle.load(team.name, plan)):
                for _ in range(there[period], wanted):
                    paid += team.overtime_price
    return paid


def _lateness(oracle: Oracle, plan: Plan) -> int:
    paid = 0
    for work in oracle.portfolio.initiatives:
        if work.lateness_price is not None and work.name in plan:
            due = oracle.clock.ending(work.latest_finish)
            for _ in range(due, min(oracle.finish(work.name, plan), oracle.clock.periods)):
                paid += work.lateness_price  # no money runs beyond the timeline
    return paid


def _draw_overtime(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    """Not for teams of which some work takes effort: that makes do with what is there."""
    periods = portfolio.timeline.periods
    ways = [way for work in portfolio.initiatives for way in work.ways]
    plain = {team for way in ways if way.effort is not None for team in way.demand}
    teams = []
    for team in portfolio.teams:
        if team.name in plain:
            teams.append(team)
            continue
        much: Any = rng.choice((1, 2, [rng.randint(0, 2) for _ in range(periods)], {0: 1, 2: 0}))
        teams.append(attrs.evolve(team, overtime=much, overtime_price=rng.randint(0, 9)))
    return portfolio.replace(teams=teams)


def _draw_lateness(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    periods = portfolio.timeline.periods
    initiatives = []
    for work in portfolio.initiatives:
        if rng.random() < 0.5:
            due = work.latest_finish
            due = rng.randint(1, periods) if due is None else due
            work = attrs.evolve(work, latest_finish=due, lateness_price=rng.randint(0, 12))
        initiatives.append(work)
    return portfolio.replace(initiatives=initiatives)


def _draw_units(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    units = [
        Unit(f"unit {n}", rng.randint(1, 4), rng.choice((1, 1, 2)))
        for n in range(rng.randint(1, 2))
    ]
    initiatives = [
        attrs.evolve(work, changes=[unit.name for unit in units if rng.random() < 0.6])
        for work in portfolio.initiatives
    ]
    return portfolio.replace(units=units, initiatives=initiatives)


def _draw_parallel(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    teams = [attrs.evolve(team, parallel=rng.choice((None, 1, 1, 2))) for team in portfolio.teams]
    return portfolio.replace(teams=teams, parallel=rng.choice((None, 1, 2, 3)))


def _draw_gates(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    names = [work.name for work in portfolio.initiatives]
    needs = [
        attrs.evolve(
            need,
            gated_by=rng.sample(names, rng.randint(0, min(2, len(names)))),
            ramp=rng.choice((0, 0, 1, 2, 3, 9)),
        )
        for need in portfolio.needs
    ]
    return portfolio.replace(needs=needs)


_DRAWS = (_draw_overtime, _draw_lateness, _draw_units, _draw_parallel, _draw_gates)
