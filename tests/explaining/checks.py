"""What is said of a small problem, looked up among all its plans.

This shares no code with ``roadmap.explaining``: it knows its answers, and nothing of how they came.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import roadmap as rm
from roadmap.problem import Problem
from roadmap.schedule import Placement, Schedule
from tests.campaigns.agreement import solved
from tests.explaining.worlds import Seen, World, hitting, minimal


def inquiry() -> rm.Inquiry:
    """One that has time enough to prove everything here."""
    return rm.Inquiry(each=60, solver="cpsat", workers=1)


def value(interval: rm.Interval) -> int:
    """The number, which must be proven."""
    assert interval.value is not None, f"not proven: {interval}"
    return interval.value


def optimum(world: World) -> int:
    """The least cost of all sound plans, of which there are some."""
    best = world.best()
    assert best is not None
    return best


def check_why(problem: Problem) -> None:
    """The reasons are the rules that one period sooner breaks; the float is free, no more is."""
    world = World(problem)
    result = solved(world.problem)
    now = world.of(result.require())
    for name, place in result.require().items():
        told = rm.why(result, name)
        assert place.start == told.start
        sooner = moved(world, result.require(), place, -1)
        broken = None if sooner is None else sooner.broken
        assert set(broken or ()) == {reason.rule for reason in told.reasons}
        if sooner is not None and not broken:
            assert sooner.cost - now.cost == told.difference
        else:
            assert told.difference is None
        for way, steps in ((-1, told.sooner), (1, told.later)):
            free = [free_to(world, result.require(), place, way * n, now) for n in range(1, 9)]
            assert [*free, False].index(False) == steps
        assert name in str(told)


def moved(world: World, schedule: Schedule, place: Placement, by: int) -> Seen | None:
    """The plan with one placement moved; ``None`` outside the timeline."""
    start, finish = place.start + by, place.finish + by
    if start < 0 or finish > world.oracle.clock.periods:
        return None
    other = Placement(place.initiative, start, finish, place.mode)
    rest = [one for one in schedule.values() if one is not place]
    return world.of(Schedule([*rest, other]))


def free_to(world: World, schedule: Schedule, place: Placement, by: int, now: Seen) -> bool:
    """Whether it can be moved so far alone, at no cost."""
    there = moved(world, schedule, place, by)
    return there is not None and not there.broken and there.cost <= now.cost


def check_slips(problem: Problem) -> None:
    """Derived costs of delay are differences of optima, never below zero, or not possible."""
    world = World(problem)
    result, ask = solved(world.problem), inquiry()
    best = optimum(world)
    for slip in rm.slips(result, inquiry=ask).items:
        later = world.best(where=late(slip.subject, slip.period))
        assert (later is not None) is slip.possible
        if later is not None:
            assert later - best == value(slip.price)
            assert slip.price.value is not None
            assert slip.price.value >= 0


def late(name: str, start: int) -> Callable[[Seen], bool]:
    """Whether a plan starts it later than that, or leaves it out."""
    return lambda seen: name not in seen.plan or seen.plan[name].start > start


def holding(name: str) -> Callable[[Seen], bool]:
    """Whether a plan holds it."""
    return lambda seen: name in seen.plan


def time_of(label: str) -> Callable[[Seen], int | None]:
    """When a plan meets a need."""
    return lambda seen: seen.times[label]


def check_units_of_teams(problem: Problem) -> None:
    """A unit of a team in a period is worth the optimum without it less the optimum."""
    world = World(problem)
    result = solved(world.problem)
    best = optimum(world)
    for slip in rm.capacity_slips(result, inquiry=inquiry()).items:
        fewer = world.best(where=within(world, slip.subject, slip.period))
        assert (fewer is not None) is slip.possible
        if fewer is not None:
            assert fewer - best == value(slip.price)


def within(world: World, team: str, period: int) -> Callable[[Seen], bool]:
    """Whether a plan leaves a unit of a team free in a period, or the team has no limit."""
    if f"capacity of {team}" not in world.names("teams"):
        return lambda seen: True
    most = world.oracle.capacity[team][period]
    return lambda seen: world.oracle.load(team, seen.plan)[period] < most


def check_why_not(problem: Problem) -> None:
    """A forced start costs the difference of optima, or is forbidden by a smallest set of rules."""
    world, rng = World(problem), random.Random(problem.fingerprint)
    result, ask = solved(world.problem), inquiry()
    best = optimum(world)
    for name in world.oracle.ways:
        start = rng.randint(0, world.oracle.clock.periods)
        before = rng.random() < 0.5

        def fits(seen: Seen, name: str = name, start: int = start, before: bool = before) -> bool:
            at = seen.plan[name].start if name in seen.plan else None
            return at is not None and (at < start if before else at == start)

        if before:
            told = rm.why_not(result, name, before=start, inquiry=ask)
        else:
            told = rm.why_not(result, name, start=start, inquiry=ask)
        forced = world.best(where=fits)
        assert (forced is not None) is told.possible
        if forced is not None:
            assert forced - best == value(told.price)
            assert told.schedule is not None
            assert fits(world.of(told.schedule))
            assert forced == world.of(told.schedule).cost
            assert forced - best == sum(change.money for change in told.changes)
        else:
            assert told.smallest
            sets = hitting([s.broken for s in world.all if fits(s)])
            assert frozenset(told.forbidden_by) in sets
        assert name in str(told)


def check_why_left_out(problem: Problem) -> None:
    """What is left out enters at the difference of optima, solved on both sides."""
    world = World(problem)
    result, ask = solved(world.problem), inquiry()
    for name in world.oracle.ways:
        told = rm.why_left_out(result, name, inquiry=ask)
        assert (name in result.require()) is told.in_plan
        if told.in_plan:
            continue
        entering = world.best(where=holding(name))
        assert told.forced is not None
        assert (entering is not None) is told.forced.possible
        if entering is not None:
            assert entering - optimum(world) == value(told.break_even)
            assert told.confirmed
            assert told.gained is not None
            assert told.lost is not None
            assert value(told.break_even) == told.lost - told.gained


def check_delays(problem: Problem) -> None:
    """The dates are the earliest under ever more rules; the parts sum to the planned date."""
    world = World(problem)
    result = solved(world.problem)
    planned = world.of(result.require()).times
    told = rm.delays(result, inquiry=inquiry())
    facts = world.problem.portfolio
    labels = [n.label for n in facts.needs if n.level > world.oracle.today[n.capability]]
    assert labels == [delay.need for delay in told.items]
    stages = (("calendars", "teams"), ("teams",), (), ())
    for delay in told.items:
        assert planned[delay.need] == delay.planned
        for lifted, date in zip(stages, delay.stages, strict=True):
            first = world.least(time_of(delay.need), world.names(*lifted))
            assert first == (None if date is None else value(date))
        if delay.planned is not None:
            parts = [value(part) for part in delay.parts.values() if part is not None]
            assert delay.planned == sum(parts)
            assert min(parts) >= 0
        check_priority(world, delay)


def check_priority(world: World, delay: rm.Delay) -> None:
    """To meet it at the earliest costs the difference of optima; those named lose at least that."""
    sooner = None if delay.earliest is None else value(delay.earliest)
    if sooner is None or sooner == delay.planned:
        assert () == delay.preferred
        return
    forced = world.best(where=lambda s: s.times[delay.need] == sooner)
    assert forced is not None
    assert forced - optimum(world) == value(delay.price)
    assert sum(change.money for change in delay.preferred) >= value(delay.price)


def check_audit(problem: Problem) -> None:
    """Each verdict is what all plans say: prices, joint prices and what the others entail."""
    world = World(problem)
    told = rm.audit(solved(world.problem), inquiry=inquiry())
    best = optimum(world)
    cheaper = minimal(s.broken for s in world.all if s.cost < best)
    assert [name for name, _ in dict(world.rules).items()] == [f.rule for f in told.findings] or (
        {name for name, _ in world.rules} >= {f.rule for f in told.findings}
    )
    for finding in told.findings:
        one = frozenset({finding.rule})
        lifted = world.best(one)
        assert lifted is not None
        assert best - lifted == value(finding.price)
        assert (one in cheaper) is (finding.verdict == "binding")
        joint = {group for group in cheaper if finding.rule in group and len(group) > 1}
        assert bool(joint) is (finding.verdict == "jointly binding")
        if joint:
            assert frozenset(finding.together) in joint
        if finding.verdict in ("implied", "not binding"):
            implied = not any(s.broken == one for s in world.all)
            unknown = "imply" in finding.note
            assert implied is (finding.verdict == "implied") or unknown


def check_conflicts(problem: Problem) -> None:
    """All smallest conflicts and all repairs are found, each with its cost."""
    world = World(problem)
    told = rm.conflicts(world.problem, most=1000, inquiry=inquiry())
    assert told.feasible is False
    assert told.complete
    repairs = minimal(s.broken for s in world.all)
    assert repairs == {frozenset(repair.rules) for repair in told.repairs}
    assert hitting(list(repairs)) == {frozenset(one.rules) for one in told.conflicts}
    assert all(one.smallest for one in told.conflicts)
    for repair in told.repairs:
        assert world.best(repair.rules) == value(repair.cost)
        assert world.of(repair.schedule).broken <= set(repair.rules)
    found = rm.audit(world.problem, inquiry=inquiry())
    members = {name for one in told.conflicts for name in one.rules}
    for finding in found.findings:
        assert (finding.rule in members) is (finding.verdict == "conflicting")


def check_what_would_it_take(problem: Problem) -> None:
    """Changes are enough, and smallest; dates are earliest; the most needs are met together."""
    world, rng = World(problem), random.Random(problem.fingerprint)
    result, ask = solved(world.problem), inquiry()
    clock = world.oracle.clock
    for need in world.problem.portfolio.needs:
        by = rng.randint(0, clock.periods)
        told = rm.what_would_it_take(result, need.label, by, inquiry=ask)

        def met(seen: Seen, label: str = need.label, by: int = by) -> bool:
            time = seen.times[label]
            return time is not None and time <= by

        best = world.best(where=met)
        assert (best is not None) is told.possible
        if best is not None:
            assert best - optimum(world) == value(told.price)
            continue
        first = world.least(time_of(need.label))
        assert first == (None if told.date is None else value(told.date))
        check_capacity(world, told, met)
        assert told.complete
        sets = minimal(s.broken for s in world.all if met(s))
        found = {frozenset(one.rules) for one in (*told.scope, *told.limits)}
        assert sets == found
        for one in (*told.scope, *told.limits):
            assert world.best(one.rules, met) == value(one.cost)


def check_capacity(world: World, told: rm.Means, met: Callable[[Seen], bool]) -> None:
    """The units are the least excess of any plan that is otherwise sound and in time."""
    for more in told.capacity:
        rule, excess = f"capacity of {more.team}", []
        for seen in world.all:
            if seen.broken <= {rule} and met(seen) and rule in seen.broken:
                load = world.oracle.load(more.team, seen.plan)
                over = zip(load, world.oracle.capacity[more.team], strict=True)
                excess.append(max(wanted - there for wanted, there in over))
        assert more.proven
        assert min(excess, default=None) == more.units


def check_needs_that_matter(problem: Problem) -> None:
    """The best few needs save what exhaustive search over sets and plans says; so do the dates."""
    world, rng = World(problem), random.Random(problem.fingerprint)
    result, ask = solved(world.problem), inquiry()
    periods = world.oracle.clock.periods
    by = rng.randint(0, periods - 1)
    together = rm.attainable(result, by, inquiry=ask)
    counts = [
        sum(t is not None and t <= by for t in s.times.values()) for s in world.all if not s.broken
    ]
    assert max(counts) == value(together.count)
    assert len(together.together) == value(together.count)
    for need in world.problem.portfolio.needs:
        first = world.least(time_of(need.label))
        assert (first is not None and first <= by) is (need.label in together.alone)
        assert (first is None or first > by) is (need.label in together.not_alone)


def check_few_conflicts(problem: Problem) -> None:
    """One conflict is enough: it is smallest, and repairs are found all the same."""
    world = World(problem)
    told = rm.conflicts(problem, most=1, inquiry=inquiry())
    repairs = minimal(s.broken for s in world.all)
    assert 1 == len(told.conflicts)
    assert frozenset(told.conflicts[0].rules) in hitting(list(repairs))
    found = {frozenset(repair.rules) for repair in told.repairs}
    assert found
    assert found <= repairs


def has_plan(problem: Problem) -> bool:
    """Whether some plan keeps every rule."""
    return World(problem).best() is not None
