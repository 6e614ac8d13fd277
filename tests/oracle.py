"""The oracle: an exhaustive search and a judge of its own, for tiny portfolios.

It reads the fields of the fact records and nothing else: no method of theirs, no network, no
solver and not the library's judge. Dates, loss curves, attainment and every rule are worked out
here once more from the meaning of the words, in the plainest way, so that a mistake in the
library has to be made twice to stay unseen.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from tests.features import FEATURES

STANDARD = ("urgency", "delivery cost")
"""Names of the terms that are minimised unless said otherwise, where no feature adds one."""


class Spot(NamedTuple):
    """Where an initiative is put: its start, and the position of its mode."""

    start: int
    mode: int = 0


Plan = Mapping[str, Spot]
"""A spot for each initiative in the plan, by name."""


class Optimum(NamedTuple):
    """The least cost of any sound plan, and every plan that has it."""

    cost: int
    plans: tuple[dict[str, Spot], ...]


class Verdict(NamedTuple):
    """What the oracle says of a plan."""

    feasible: bool
    cost: int


class Way(NamedTuple):
    """One way to carry out an initiative."""

    name: str
    duration: int
    demand: Mapping[str, int]
    cost: int
    effort: int | None = None


def optimum(
    portfolio: Any,
    *,
    added: Sequence[Any] = (),
    removed: Iterable[str] = (),
    objective: Sequence[str] = STANDARD,
    pruned: bool = True,
) -> Optimum | None:
    """Look at every choice of work, modes and starts; ``None`` when no plan keeps the rules.

    Parameters
    ----------
    portfolio
        The facts: at most about four initiatives and eight periods.
    added, removed
        Rules beside those that the facts imply, and names of rules that are lifted.
    objective
        Names of the terms whose sum is minimised.
    pruned
        Whether to pass over what can no longer become sound; default ``True``.
    """
    oracle = Oracle(portfolio, tuple(added), frozenset(removed), tuple(objective))
    return oracle.optimum(pruned=pruned)


def judge(
    portfolio: Any,
    plan: Plan,
    *,
    added: Sequence[Any] = (),
    removed: Iterable[str] = (),
    objective: Sequence[str] = STANDARD,
) -> Verdict:
    """Say whether a plan keeps every rule, and what it costs."""
    oracle = Oracle(portfolio, tuple(added), frozenset(removed), tuple(objective))
    return oracle.judge(plan)


@dataclass
class Oracle:
    """One question, made ready to be asked many times.

    Parameters
    ----------
    portfolio
        The facts.
    added, removed
        Rules beside those that the facts imply, and names of rules that are lifted.
    objective
        Names of the terms whose sum is minimised.
    """

    portfolio: Any
    added: tuple[Any, ...] = ()
    removed: frozenset[str] = frozenset()
    objective: tuple[str, ...] = STANDARD
    clock: Clock = field(init=False)
    ways: dict[str, list[Way]] = field(init=False)
    rules: list[tuple[str, str, tuple[Any, ...]]] = field(init=False)
    kept_by_features: list[Callable[[Plan], bool]] = field(init=False)
    terms_of_features: dict[str, Callable[[Plan], int]] = field(init=False)
    tables: list[tuple[Any, list[int]]] = field(init=False)

    def __post_init__(self) -> None:
        """Work out dates, modes, rules and loss curves once."""
        facts = self.portfolio
        self.clock = Clock(facts.timeline.start, facts.timeline.unit, facts.timeline.periods)
        self.ways = {item.name: ways_of(item) for item in facts.initiatives}
        self.today = {item.name: item.level for item in facts.capabilities}
        self.combine = {item.name: dict(item.combine) for item in facts.capabilities}
        self.ramp = {item.name: item.ramp for item in facts.initiatives}
        self.raises = {item.name: dict(item.raises) for item in facts.initiatives}
        self.capacity = {team.name: self._capacity(team) for team in facts.teams}
        self.lowers = {item.name: dict(item.lowers) for item in facts.initiatives}
        stated = [*self._stated(), *(self._stated_by(rule) for rule in self.added)]
        self.rules = [rule for rule in stated if rule[0] not in self.removed]
        self.kept_by_features = [
            kept
            for feature in FEATURES
            for name, kept in feature.rules(self)
            if name not in self.removed
        ]
        self.terms_of_features = {
            name: cost for feature in FEATURES for name, cost in feature.terms(self).items()
        }
        boundaries = range(self.clock.periods + 1)
        self.tables = [
            (need, [self._lost_by(need, boundary) for boundary in boundaries])
            for need in facts.needs
        ]

    def _capacity(self, team: Any) -> list[int]:
        """What a team has in each period: people who are there, and none where it is closed."""
        there = self._stated_capacity(team.capacity)
        if team.members:
            there = [sum(who.share for who in team.members)] * self.clock.periods
        for period in range(self.clock.periods):
            for leave in team.absences:
                if self.away(leave, period):
                    there[period] -= self._units(leave, team)
            if self.closed(team.name, period):
                there[period] = 0
        return there

    def away(self, leave: Any, period: int) -> bool:
        """Whether a leave lasts through the whole of a period."""
        return self.clock.opens(leave.since) <= period < self.clock.closes(leave.until)

    def _units(self, leave: Any, team: Any) -> int:
        """How many units are away."""
        if leave.units is not None:
            return int(leave.units)
        return int(next(who.share for who in team.members if who.name == leave.member))

    def closed(self, team: str, period: int) -> bool:
        """Whether every day of a period is a holiday of a team."""
        day = self.clock.days[period]
        while day < self.clock.days[period + 1]:
            if not any(self._holiday(each, team, day) for each in self.portfolio.holidays):
                return False
            day += timedelta(days=1)
        return True

    def _holiday(self, each: Any, team: str, day: date) -> bool:
        if each.teams and team not in each.teams:
            return False
        if isinstance(each.since, int):
            until = each.since + 1 if each.until is None else each.until
        else:
            until = each.since if each.until is None else each.until
        first = (
            self.clock.days[each.since] if isinstance(each.since, int) else covered(each.since)[0]
        )
        if isinstance(until, int):
            return first <= day < self.clock.days[until]
        return first <= day <= covered(until)[1]

    def _stated_capacity(self, said: Any) -> list[int]:
        """What a team that names no members has in each period, were nobody away."""
        periods = range(self.clock.periods)
        if said is None:
            return [0 for _ in periods]
        if isinstance(said, int):
            return [said for _ in periods]
        if isinstance(said, Mapping):
            since = sorted((self.clock.starting(when), amount) for when, amount in said.items())
            return [[amount for at, amount in since if at <= p][-1] for p in periods]
        return [said[p] for p in periods]

    def _stated(self) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
        """The rules that the facts imply: name, kind and what they are about."""
        around = {(fact.initiative, fact.capability) for fact in self.portfolio.workarounds}
        for item in self.portfolio.initiatives:
            if not item.optional:
                yield f"inclusion of {item.name}", "inclusion", (item.name,)
            if item.earliest_start is not None:
                boundary = self.clock.starting(item.earliest_start)
                yield f"earliest start of {item.name}", "earliest", (item.name, boundary)
            if item.latest_finish is not None and item.lateness_price is None:
                boundary = self.clock.ending(item.latest_finish)
                yield f"latest finish of {item.name}", "latest", (item.name, boundary)
            for capability, level in item.requires.items():
                if (item.name, capability) in around:
                    continue
                name = f"{capability} at level {level} → {item.name}"
                yield name, "prerequisite", (item.name, capability, level)
        for tie in self.portfolio.dependencies:
            if tie.interest is not None or tie.rework is not None:
                continue
            link = "" if tie.link == "FS" else f" ({tie.link})"
            name = f"{tie.predecessor} → {tie.successor}{link}"
            yield name, "precedence", (tie.predecessor, tie.successor, tie.link, tie.lag)
        for team in self.portfolio.teams:
            yield f"capacity of {team.name}", "capacity", (team.name,)

    def _stated_by(self, rule: Any) -> tuple[str, str, tuple[Any, ...]]:
        """A rule that was added, read by its fields alone."""
        kind = type(rule).__name__
        if kind == "Inclusion":
            return f"inclusion of {rule.initiative}", "inclusion", (rule.initiative,)
        if kind == "EarliestStart":
            boundary = self.clock.starting(rule.start)
            name = f"earliest start of {rule.initiative}"
            return name, "earliest", (rule.initiative, boundary)
        if kind == "LatestFinish":
            boundary = self.clock.ending(rule.finish)
            name = f"latest finish of {rule.initiative}"
            return name, "latest", (rule.initiative, boundary)
        if kind == "Prerequisite":
            name = f"{rule.capability} at level {rule.level} → {rule.initiative}"
            return name, "prerequisite", (rule.initiative, rule.capability, rule.level)
        if kind == "Precedence":
            tie = rule.dependency
            link = "" if tie.link == "FS" else f" ({tie.link})"
            name = f"{tie.predecessor} → {tie.successor}{link}"
            return name, "precedence", (tie.predecessor, tie.successor, tie.link, tie.lag)
        for feature in FEATURES:
            told = feature.rule(rule, self)
            if told is not None:
                return told[0], "feature", (told[1],)
        raise NotImplementedError(f"the oracle does not know {kind}")

    def optimum(self, *, pruned: bool = True) -> Optimum | None:
        """The least cost of any sound plan; ``None`` when there is no sound plan."""
        best: int | None = None
        plans: list[dict[str, Spot]] = []
        for plan in self.sound_plans(pruned=pruned):
            cost = self.cost(plan)
            if best is None or cost < best:
                best, plans = cost, []
            if cost == best:
                plans.append(plan)
        return None if best is None else Optimum(best, tuple(plans))

    def judge(self, plan: Plan) -> Verdict:
        """Whether a plan keeps every rule, and what it costs."""
        return Verdict(self.sound(plan), self.cost(plan))

    def sound_plans(self, *, pruned: bool = True) -> Iterator[dict[str, Spot]]:
        """Every plan that keeps every rule."""
        plans = self._grown({}, list(self.ways)) if pruned else self._all()
        return (plan for plan in plans if self.sound(plan))

    def _all(self) -> Iterator[dict[str, Spot]]:
        """Every choice of work, modes and starts, without any thought."""
        spots: list[list[Spot | None]] = [
            [None, *self._spots(name, range(-1, self.clock.periods + 2))] for name in self.ways
        ]
        for chosen in product(*spots):
            pairs = zip(self.ways, chosen, strict=True)
            yield {name: spot for name, spot in pairs if spot is not None}

    def _spots(self, name: str, starts: Iterable[int]) -> Iterator[Spot]:
        for start in starts:
            for mode in range(len(self.ways[name])):
                yield Spot(start, mode)

    def _grown(self, plan: dict[str, Spot], left: list[str]) -> Iterator[dict[str, Spot]]:
        """Add one initiative after the other; drop what no further work can mend."""
        if not left:
            yield dict(plan)
            return
        name, rest = left[0], left[1:]
        yield from self._grown(plan, rest)
        for spot in self._spots(name, range(self.clock.periods + 1)):
            plan[name] = spot
            if self._promising(plan, set(rest)):
                yield from self._grown(plan, rest)
        plan.pop(name, None)

    def _promising(self, plan: Plan, undecided: set[str]) -> bool:
        """Whether the decided part breaks no rule that stays broken whatever is added."""
        if not all(self._inside(name, plan) for name in plan):
            return False
        for _, kind, about in self.rules:
            lasting = kind in ("earliest", "latest", "capacity")
            lasting |= kind == "precedence" and not undecided & set(self.members(about[0]))
            if lasting and not self._kept(kind, about, plan):
                return False
        return True

    def sound(self, plan: Plan) -> bool:
        """Whether a plan lies within the timeline and keeps every rule."""
        return (
            all(self._inside(name, plan) for name in plan)
            and all(self._kept(kind, about, plan) for _, kind, about in self.rules)
            and all(kept(plan) for kept in self.kept_by_features)
        )

    def _inside(self, name: str, plan: Plan) -> bool:
        return plan[name].start >= 0 and self.finish(name, plan) <= self.clock.periods

    def finish(self, name: str, plan: Plan) -> int:
        """When a placed initiative is done."""
        start, way = plan[name].start, self.ways[name][plan[name].mode]
        if way.effort is None:
            return start + way.duration
        done, period = 0, start
        while done < way.effort:
            if period >= self.clock.periods:  # never done: one period after the end
                return period + 1
            done += sum(self.taken(way, team, period) for team in way.demand)
            period += 1
        return period

    def taken(self, way: Way, team: str, period: int) -> int:
        """What a way takes of a team in a period of its work; nobody works outside the timeline."""
        if not 0 <= period < self.clock.periods:
            return 0
        wanted = way.demand.get(team, 0)
        return wanted if way.effort is None else min(wanted, self.capacity[team][period])

    def _kept(self, kind: str, about: tuple[Any, ...], plan: Plan) -> bool:
        """Whether a plan keeps one rule."""
        if kind == "feature":
            return bool(about[0](plan))
        if kind == "capacity":
            return self._within_capacity(about[0], plan)
        if kind == "precedence":
            return self._in_order(about, plan)
        name = about[0]
        if kind == "inclusion":
            return name in plan
        if name not in plan:
            return True
        if kind == "earliest":
            return bool(plan[name].start >= about[1])
        if kind == "latest":
            return bool(self.finish(name, plan) <= about[1])
        time = self.attained(about[1], about[2], plan)
        return time is not None and time <= plan[name].start

    def members(self, name: str) -> list[str]:
        """The initiatives of a programme; or else the one initiative of that name."""
        parts = [part for part in self.portfolio.programmes if part.name == name]
        return [*parts[0].initiatives] if parts else [name]

    def _in_order(self, about: tuple[Any, ...], plan: Plan) -> bool:
        """Whether all that is tied keeps its order, each initiative of one side to each other."""
        first, second, link, lag = about
        pairs = product(self.members(first), self.members(second))
        return all(self._pair_in_order(*pair, link, lag, plan) for pair in pairs)

    def _pair_in_order(self, before: str, after: str, link: str, lag: int, plan: Plan) -> bool:
        """Whether the linked ends are far enough apart; no successor without its predecessor."""
        if after not in plan:
            return True
        if before not in plan:
            return False
        first = self.finish(before, plan) if link[0] == "F" else plan[before].start
        second = self.finish(after, plan) if link[1] == "F" else plan[after].start
        return bool(second - first >= lag)

    def _within_capacity(self, team: str, plan: Plan) -> bool:
        wanted = self.load(team, plan)
        said = next(item.overtime for item in self.portfolio.teams if item.name == team)
        there = zip(self.capacity[team], self._stated_capacity(said), strict=True)
        return all(w <= usual + more for w, (usual, more) in zip(wanted, there, strict=True))

    def load(self, team: str, plan: Plan) -> list[int]:
        """What a plan wants of a team in each period."""
        wanted = [0] * self.clock.periods
        for name, spot in plan.items():
            way = self.ways[name][spot.mode]
            for period in range(spot.start, self.finish(name, plan)):
                if 0 <= period < self.clock.periods:
                    wanted[period] += self.taken(way, team, period)
        return wanted

    def attained(self, capability: str, level: int, plan: Plan) -> int | None:
        """First boundary from which a capability is at a level for good; ``None`` for never."""
        end = max([self.clock.periods, *(self.finish(name, plan) for name in plan)])
        since = None
        for boundary in range(end, -1, -1):
            if self.level_at(capability, boundary, plan) < level:
                break
            since = boundary
        return None if since is None or since > self.clock.periods else since

    def level_at(self, capability: str, boundary: int, plan: Plan) -> int:
        """The level of a capability at a boundary: raised by what is done, less by what goes on."""
        reached: int = self.today[capability]
        raisers: dict[int, list[str]] = {}
        for name, levels in self.raises.items():
            if capability in levels:
                raisers.setdefault(levels[capability], []).append(name)
        for level, names in raisers.items():
            done = [n for n in names if n in plan and self._effective(n, plan) <= boundary]
            if level > reached and len(done) >= self._wanted(capability, level, len(names)):
                reached = level
        for name, levels in self.lowers.items():
            at_work = name in plan and plan[name].start <= boundary < self.finish(name, plan)
            if capability in levels and at_work:
                reached = min(reached, levels[capability])
        return reached

    def _effective(self, name: str, plan: Plan) -> int:
        return self.finish(name, plan) + int(self.ramp[name])

    def _wanted(self, capability: str, level: int, raisers: int) -> int:
        """How many of a level's raisers must be done."""
        how = self.combine[capability].get(level, "all")
        if how == "all":
            return raisers
        return 1 if how == "any" else int(how)

    def cost(self, plan: Plan) -> int:
        """What a plan costs under the whole objective."""
        return sum(self.term(name, plan) for name in self.objective)

    def term(self, name: str, plan: Plan) -> int:
        """What a plan costs under one term; a family may know better what that is."""
        if name in self.terms_of_features:
            return self.terms_of_features[name](plan)
        if name == "urgency":
            return sum(self.losses(plan))
        if name == "delivery cost":
            return sum(self.ways[item][spot.mode].cost for item, spot in plan.items())
        if name == "makespan":
            return max((self.finish(item, plan) for item in plan), default=0)
        raise NotImplementedError(f"the oracle does not know {name}")

    def losses(self, plan: Plan) -> list[int]:
        """What each need loses, in their order."""
        found = []
        for need, table in self.tables:
            time = self.met(need, plan)
            found.append(table[-1 if time is None else time])
        return found

    def met(self, need: Any, plan: Plan) -> int | None:
        """First boundary at which a need's level is there and its gates are done."""
        time = self.attained(need.capability, need.level, plan)
        if time is None or any(gate not in plan for gate in need.gated_by):
            return None
        last = max([time, *(self.finish(gate, plan) for gate in need.gated_by)])
        return last if last <= self.clock.periods else None

    def _lost_by(self, need: Any, boundary: int) -> int:
        """What a need loses that is met at a boundary; a part of the benefit at each after it."""
        end = self.clock.periods
        shares = range(boundary + 1, boundary + need.ramp + 1) if need.ramp else [boundary]
        each = [lost(need.loss, min(at, end), self.clock) for at in shares]
        return math.floor(Fraction(sum(each), len(each)))


def ways_of(initiative: Any) -> list[Way]:
    """The ways in which an initiative can be carried out."""
    if not initiative.modes:
        return [_way("", initiative)]
    return [_way(mode.name, mode) for mode in initiative.modes]


def _way(name: str, said: Any) -> Way:
    return Way(name, said.duration or 0, dict(said.demand), said.cost, said.effort)


def lost(loss: Any, time: int, clock: Clock) -> int:
    """What a profile loses at a boundary, period by period."""
    kind = type(loss).__name__
    if kind == "CostOfDelay":
        return int(sum(loss.rate for _ in range(time)))
    if kind == "Deadline":
        late = max(0, time - clock.ending(loss.due_by))
        return int((loss.penalty if late else 0) + sum(loss.rate for _ in range(late)))
    if kind == "Window":
        early, late = time < clock.starting(loss.opens), time > clock.ending(loss.closes)
        return int(loss.value) if early or late else 0
    if kind == "Fading":
        return _faded(loss.rate, loss.percent, time)
    if kind == "Table":
        return int((list(loss.values) + [loss.values[-1]] * (time + 1))[time])
    if kind == "LossSum":
        return sum(lost(part, time, clock) for part in loss.parts)
    raise NotImplementedError(f"the oracle does not know {kind}")


def _faded(rate: int, percent: int, periods: int) -> int:
    """A rate that falls by a percentage each period, cut to whole money each time."""
    if periods == 0:
        return 0
    return rate + _faded(rate - -(-rate * percent // 100), percent, periods - 1)


@dataclass
class Clock:
    """Dates and boundaries, found by walking from one boundary to the next.

    Parameters
    ----------
    start
        First day, as the timeline states it.
    unit
        ``day``, ``week``, ``month`` or ``quarter``.
    periods
        How many periods there are.
    """

    start: Any
    unit: str
    periods: int
    days: list[date] = field(init=False)

    def __post_init__(self) -> None:
        """Walk the boundaries: one before the timeline, those in it and one after."""
        day = covered(self.start)[0]
        self.days = [day]
        for _ in range(self.periods + 1):
            day = self._next(day)
            self.days.append(day)

    def _next(self, day: date) -> date:
        if self.unit in ("day", "week"):
            return day + timedelta(days=1 if self.unit == "day" else 7)
        for _ in range(1 if self.unit == "month" else 3):
            day += timedelta(days=calendar.monthrange(day.year, day.month)[1])
        return day

    def starting(self, when: Any) -> int:
        """First boundary on or after the first day of what is said."""
        if isinstance(when, int):
            return when
        first = covered(when)[0]
        return min(at for at, day in enumerate(self.days) if day >= first)

    def opens(self, when: Any) -> int:
        """First boundary on or after the first day of what is said, also before the timeline."""
        return when if isinstance(when, int) else self._number(covered(when)[0])

    def closes(self, when: Any) -> int:
        """Last boundary on or before the morning after what is said, also before the timeline."""
        if isinstance(when, int):
            return when
        return self._number(covered(when)[1] + timedelta(days=2)) - 1

    def _number(self, day: date) -> int:
        """How many boundaries, as far as they were walked, come before a day."""
        return sum(boundary < day for boundary in self.days)

    def ending(self, when: Any) -> int:
        """Last boundary on or before the morning after the last day of what is said."""
        if isinstance(when, int):
            return when
        after = covered(when)[1] + timedelta(days=1)
        return max(at for at, day in enumerate(self.days) if day <= after)


def covered(when: Any) -> tuple[date, date]:
    """First and last day of a date, a month, a quarter, an ISO week or a year."""
    if isinstance(when, date):
        return when, when
    numbers = [int(number) for number in re.findall(r"\d+", when)]
    year = numbers[0]
    if "W" in when.upper():
        monday = date(year, 1, 4) - timedelta(days=date(year, 1, 4).weekday())
        monday += timedelta(weeks=numbers[1] - 1)
        return monday, monday + timedelta(days=6)
    if "Q" in when.upper():
        return date(year, 3 * numbers[1] - 2, 1), _last(year, 3 * numbers[1])
    if len(numbers) == 1:
        return date(year, 1, 1), date(year, 12, 31)
    if len(numbers) == 2:
        return date(year, numbers[1], 1), _last(year, numbers[1])
    return date(*numbers), date(*numbers)


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
