"""The critical chain: the work that decides when the plan's dearest need is met.

The chain is read off a schedule, whoever made it: it says which piece of work waited for which.
It proves nothing about other schedules; that takes a fresh solve.
"""

from __future__ import annotations

from collections.abc import Iterator

from roadmap.facts import Dependency, Need, System
from roadmap.plan import Plan


def critical_chain(plan: Plan) -> tuple[str, ...]:
    """Name the work that decides the last word of a plan, from first to last.

    The chain ends with the initiative by which the need that costs most as planned is met (of
    equals, the one met last): it attains the level, or is the last of the need's gates. Where no
    need is met by work, it ends with the initiative that finishes last. From each member it goes
    back to one that held it exactly where it stands:

    1. a predecessor whose link and lag leave it no room to come one period sooner, an initiative
       that attained, at the very boundary of its start, a level that it requires, a pilot at whose
       gate it starts, or what a system's retirement waited for, or kept waiting, until then;
    2. failing these, a hand-over: an initiative that finishes exactly at its start, on a team
       that both need and that has no room for it one period sooner.

    Of several that hold it the one that starts first is taken, then by name; the chain stops
    at work that nothing holds.

    Parameters
    ----------
    plan
        Any portfolio and schedule, sound or not.

    Returns
    -------
    tuple of str
        Names of initiatives; empty if nothing is placed.
    """
    link = _last(plan)
    chain: list[str] = []
    while link is not None:
        chain.append(link)
        link = _holder(plan, link, chain)
    return tuple(reversed(chain))


def _last(plan: Plan) -> str | None:
    """The initiative that the chain ends with."""
    dearest = _dearest(plan)
    if dearest is not None:
        return min(_meeting(plan, dearest))
    ends = ((-place.finish, name) for name, place in plan.placed.items())
    return min(ends, default=(0, None))[1]


def _dearest(plan: Plan) -> Need | None:
    """The need, met by work, that costs most as planned."""
    ranked: list[tuple[int, int, str]] = []
    for need in plan.portfolio.needs:
        time = plan.met(need)
        if time:
            ranked.append((-plan.portfolio.lost(need, time), -time, need.label))
    return plan.portfolio.need[min(ranked)[2]] if ranked else None


def _meeting(plan: Plan, need: Need) -> Iterator[str]:
    """Those that attain the level, and those gates that finish, as the need is met."""
    time = plan.met(need)
    if time == plan.attained(need.capability, need.level):
        yield from deciders(plan, need.capability, need.level)
    yield from (gate for gate in need.gated_by if plan.placed[gate].finish == time)


def deciders(plan: Plan, capability: str, level: int) -> tuple[str, ...]:
    """Name the initiatives that decide when a level is attained for good.

    Those that take effect at that boundary, and those that lower the level until then.
    """
    facts, time = plan.portfolio, plan.attained(capability, level)
    at_or_above = (
        n for at, names in facts.raisers[capability].items() if at >= level for n in names
    )
    raising = [name for name in at_or_above if _effect(plan, name) == time]
    lowering = (
        name
        for name in facts.lowered_below(capability, level)
        if name not in raising and name in plan.placed and plan.placed[name].finish == time
    )
    return (*raising, *lowering)


def _effect(plan: Plan, name: str) -> int:
    """When what an initiative raises holds; -1, which no level has, if it is not placed."""
    if name not in plan.placed:
        return -1
    return max(plan.placed[name].finish + plan.portfolio.initiative[name].ramp, 0)


def _holder(plan: Plan, name: str, chain: list[str]) -> str | None:
    """Who holds a member where it stands; nobody twice, so that the chain ends."""
    for found in (_bound(plan, name), _handing_over(plan, name)):
        holders = [(plan.placed[one].start, one) for one in found if one not in chain]
        if holders:
            return min(holders)[1]
    return None


def _bound(plan: Plan, name: str) -> Iterator[str]:
    """Those that facts put before it, with no room between."""
    for dependency in plan.portfolio.ties:
        if dependency.successor == name and _tight(plan, dependency):
            yield dependency.predecessor
    start = plan.placed[name].start
    for capability, level in plan.portfolio.initiative[name].requires.items():
        time = plan.attained(capability, level)
        if time == start and time > 0:
            yield from deciders(plan, capability, level)
    yield from _piloting(plan, name)
    yield from _retiring(plan, name)


def _piloting(plan: Plan, name: str) -> Iterator[str]:
    """The pilots at whose gates it starts."""
    for pilot in plan.portfolio.pilots:
        gate = plan.portfolio.timeline.starting(pilot.gate)
        if name in pilot.follow_on and plan.placed[name].start == gate:
            yield pilot.initiative


def _retiring(plan: Plan, name: str) -> Iterator[str]:
    """Those for which it waited as a system blocked it, or to retire a system."""
    placed = plan.placed
    for system in plan.portfolio.systems:
        last = system.retired_by
        if last in placed and name in system.blocks and placed[last].finish == placed[name].start:
            yield last
        if name == last:
            yield from _leaving(plan, system, placed[name].finish)


def _leaving(plan: Plan, system: System, time: int) -> Iterator[str]:
    """Those because of which a system could not be retired sooner than it is."""
    for dependant in system.dependants:
        if dependant in plan.placed and plan.placed[dependant].finish == time:
            yield dependant
    live = plan.placed.get(system.replaced_by or "")
    if live is not None and live.finish + system.parallel == time:
        yield live.initiative


def _tight(plan: Plan, dependency: Dependency) -> bool:
    """Whether a dependency leaves its successor no room to come sooner."""
    if dependency.predecessor not in plan.placed:
        return False
    before, after = plan.placed[dependency.predecessor], plan.placed[dependency.successor]
    from_ = before.finish if dependency.link[0] == "F" else before.start
    to = after.start if dependency.link[1] == "S" else after.finish
    return from_ + dependency.lag == to


def _handing_over(plan: Plan, name: str) -> Iterator[str]:
    """Those that finish as it starts, on a full team that both need."""
    start = plan.placed[name].start
    full = set(_full(plan, name, start - 1))
    for other, place in plan.placed.items() if full else ():
        mode = plan.mode(other)
        if mode and place.finish == start > place.start and full & mode.demand.keys():
            yield other


def _full(plan: Plan, name: str, period: int) -> Iterator[str]:
    """The teams of an initiative that have no room for it in a period in which it is not."""
    mode, timeline = plan.mode(name), plan.portfolio.timeline
    if mode is None or mode.duration == 0 or not 0 <= period < timeline.periods:
        return
    for team, amount in mode.demand.items():
        capacity = plan.portfolio.capacity[team][period]
        wanted = min(amount, capacity) if mode.effort else amount
        if plan.load(team)[period] + wanted > capacity:
            yield team
