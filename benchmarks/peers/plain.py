"""The peer that a competent engineer would write in an afternoon: one CP-SAT model, no more.

It says all that the benchmark's portfolios say: levels that all, any or so many of their raisers
bring about, optional work, modes, windows, capacity that changes, the four links with lags, losses,
delivery cost, makespan, and the rules that public problems add. Where no loss falls with time, the
time of a level need only be pushed up, by the work it waits for; a loss that falls is said only of
a level that one initiative brings about for certain.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from itertools import pairwise

import attrs
from ortools.sat.python import cp_model

from benchmarks.peers.contract import Conditions, Found
from benchmarks.peers.watched import search
from roadmap.constraints import Alternatives, Consumption, Succession
from roadmap.facts import Dependency, Initiative, Mode, Team
from roadmap.losses import CostOfDelay, Deadline, Loss, LossSum
from roadmap.objectives import DeliveryCost, Makespan, Urgency
from roadmap.problem import Problem
from roadmap.schedule import Schedule


@attrs.frozen
class Level:
    """A level of a capability.

    Attributes
    ----------
    time
        When it is attained, or later; the end of the timeline if it never is.
    holds
        The literal that it is attained.
    exact
        Whether the time is never later than the truth.
    """

    time: cp_model.LinearExprT
    holds: cp_model.IntVar
    exact: bool = False


@attrs.frozen
class Way:
    """A mode of an initiative: its demand, the literal that it is chosen, and its interval."""

    demand: Mapping[str, int]
    chosen: cp_model.IntVar
    interval: cp_model.IntervalVar


class PlainModel:
    """The model of a problem, and its variables by initiative.

    Raises
    ------
    ValueError
        The problem has a loss or a term that the model does not know.
    """

    def __init__(self, problem: Problem) -> None:
        self.facts = problem.portfolio
        self.horizon = self.facts.timeline.periods
        self.model = cp_model.CpModel()
        self.always = self.model.new_constant(1)
        self.start: dict[str, cp_model.IntVar] = {}
        self.end: dict[str, cp_model.LinearExprT] = {}
        self.present: dict[str, cp_model.IntVar] = {}
        self.ways: dict[str, list[Way]] = {}
        self.reached: dict[tuple[str, int], Level] = {}
        for item in self.facts.initiatives:
            self._add_work(item)
        for tie in self.facts.dependencies:
            self._add_dependency(tie)
        for item in self.facts.initiatives:
            self._add_requirements(item)
        for team in self.facts.teams:
            self._add_capacity(team)
        for rule in problem.added:
            self._add_rule(rule)
        costs = [cost for term in problem.objective for cost in self._costs(term)]
        self.model.minimize(cp_model.LinearExpr.sum(costs))

    def _add_work(self, item: Initiative) -> None:
        """A start, and an interval for each mode; one of them is chosen if it is done."""
        name, timeline = item.name, self.facts.timeline
        early = 0 if item.earliest_start is None else timeline.starting(item.earliest_start)
        last = (
            timeline.periods if item.latest_finish is None else timeline.ending(item.latest_finish)
        )
        durations = [_duration(way) for way in item.ways]
        latest = max(early, last - min(durations))
        start = self.start[name] = self.model.new_int_var(early, latest, name)
        here = self.model.new_bool_var(f"{name} is done") if item.optional else self.always
        self.present[name] = here
        several = len(item.ways) > 1
        chosen = [self.model.new_bool_var("") if several else here for _ in item.ways]
        if several:
            self.model.add(cp_model.LinearExpr.sum(chosen) == here)
        self.ways[name] = [
            Way(way.demand, literal, self._interval(start, duration, literal))
            for way, duration, literal in zip(item.ways, durations, chosen, strict=True)
        ]
        lasts = cp_model.LinearExpr.weighted_sum(chosen, durations) if several else durations[0]
        self.end[name] = start + lasts
        self.model.add(self.end[name] <= last).only_enforce_if(here)

    def _interval(
        self, start: cp_model.IntVar, duration: int, chosen: cp_model.IntVar
    ) -> cp_model.IntervalVar:
        if chosen is self.always:
            return self.model.new_fixed_size_interval_var(start, duration, "")
        return self.model.new_optional_fixed_size_interval_var(start, duration, chosen, "")

    def _add_dependency(self, tie: Dependency) -> None:
        """If the successor is done, so is the predecessor, and far enough before."""
        sooner = self.start if tie.link in ("SS", "SF") else self.end
        later = self.start if tie.link in ("FS", "SS") else self.end
        here = self.present[tie.successor]
        apart = self.model.add(later[tie.successor] >= sooner[tie.predecessor] + tie.lag)
        if here is not self.always:
            apart.only_enforce_if(here)
        self._add_implication(here, self.present[tie.predecessor])

    def _add_requirements(self, item: Initiative) -> None:
        here = self.present[item.name]
        for capability, level in item.requires.items():
            if level > self.facts.capability[capability].level:
                reached = self._level(capability, level)
                self._add_implication(here, reached.holds)
                self.model.add(self.start[item.name] >= reached.time).only_enforce_if(here)

    def _add_implication(self, one: cp_model.IntVar, other: cp_model.IntVar) -> None:
        if other is not self.always:
            self.model.add_implication(one, other)

    def _add_capacity(self, team: Team) -> None:
        """The most there ever is; where there is less, a fixed interval takes the rest."""
        profile = team.profile(self.facts.timeline)
        users = [way for ways in self.ways.values() for way in ways if team.name in way.demand]
        intervals = [way.interval for way in users]
        demands = [way.demand[team.name] for way in users]
        most = max(profile)
        for at, units in enumerate(profile):
            if units < most:
                intervals.append(self.model.new_fixed_size_interval_var(at, 1, ""))
                demands.append(most - units)
        self.model.add_cumulative(intervals, demands, most)

    def _add_rule(self, rule: object) -> None:
        """What is used up, how many of several, and who comes after whom if both are done."""
        match rule:
            case Consumption():
                taken = [
                    units.get(mode.name, 0) * way.chosen
                    for name, units in rule.amounts.items()
                    for mode, way in zip(
                        self.facts.initiative[name].ways, self.ways[name], strict=True
                    )
                ]
                self.model.add(cp_model.LinearExpr.sum(taken) <= rule.most)
            case Alternatives():
                given = self.always if rule.given is None else self.present[rule.given]
                count = cp_model.LinearExpr.sum([self.present[name] for name in rule.among])
                self.model.add(count >= rule.least).only_enforce_if(given)
                if rule.most is not None:
                    self.model.add(count <= rule.most).only_enforce_if(given)
            case Succession():
                both = self.present[rule.predecessor], self.present[rule.successor]
                apart = self.start[rule.successor] >= self.end[rule.predecessor]
                self.model.add(apart).only_enforce_if(*both)
            case _:
                raise ValueError(f"the plain model knows no {type(rule).__name__}")

    def _level(self, capability: str, level: int) -> Level:
        """When a level is attained: by its own raisers, or by those of a higher one."""
        key = capability, level
        if key not in self.reached:
            lowest, *above = [at for at in self.facts.raisers[capability] if at >= level]
            ways = [lowest, *(at for at in above if self._may_overtake(capability, at, level))]
            raised = [self._raised(capability, at) for at in ways]
            self.reached[key] = raised[0] if len(raised) == 1 else self._enough_of(raised, 1)
        return self.reached[key]

    def _may_overtake(self, capability: str, above: int, level: int) -> bool:
        """Whether a higher level may come first: not if all its raisers stand on the lower."""
        raisers = self.facts.raisers[capability][above]
        required = [self.facts.initiative[name].requires.get(capability, 0) for name in raisers]
        return min(required) < level

    def _raised(self, capability: str, level: int) -> Level:
        """When enough of a level's own raisers have taken effect."""
        names = self.facts.raisers[capability][level]
        needed = self.facts.needed(capability, level)
        items = [self.facts.initiative[name] for name in names]
        raisers = [
            Level(self.end[i.name] + i.ramp, self.present[i.name], not i.optional) for i in items
        ]
        if needed < len(items) or any(item.optional or item.ramp for item in items):
            return self._enough_of(raisers, needed)
        return raisers[0] if len(items) == 1 else self._all_of(raisers)

    def _all_of(self, levels: list[Level]) -> Level:
        """When all of some levels hold that always do."""
        when = self.model.new_int_var(0, self.horizon, "")
        for level in levels:
            self.model.add(when >= level.time)
        return Level(when, self.always)

    def _enough_of(self, levels: list[Level], needed: int) -> Level:
        """When so many of some levels hold; never if fewer do."""
        holds = self.model.new_bool_var("")
        when = self.model.new_int_var(0, self.horizon, "")
        counted = [self.model.new_bool_var("") for _ in levels]
        total = cp_model.LinearExpr.sum(counted)
        self.model.add(total == needed).only_enforce_if(holds)
        self.model.add(total == 0).only_enforce_if(~holds)
        self.model.add(when == self.horizon).only_enforce_if(~holds)
        for level, counts in zip(levels, counted, strict=True):
            self._add_implication(counts, level.holds)
            self.model.add(when >= level.time).only_enforce_if(counts)
        return Level(when, holds)

    def _costs(self, term: object) -> Iterator[cp_model.LinearExprT]:
        """What a term of the objective adds."""
        match term:
            case Makespan():
                yield self._last_end()
            case DeliveryCost():
                for item in self.facts.initiatives:
                    yield item.cost * self.present[item.name]
            case Urgency():
                for need in self.facts.needs:
                    yield self._urgency(need.capability, need.level, need.loss)
            case _:
                raise ValueError(f"the plain model knows no {type(term).__name__}")

    def _last_end(self) -> cp_model.IntVar:
        last = self.model.new_int_var(0, self.horizon, "last end")
        for name, end in self.end.items():
            self.model.add(last >= end).only_enforce_if(self.present[name])
        return last

    def _urgency(self, capability: str, level: int, loss: Loss) -> cp_model.LinearExprT:
        if level <= self.facts.capability[capability].level:
            return loss.at(0, self.facts.timeline)
        return self._loss(loss, self._level(capability, level))

    def _loss(self, loss: Loss, level: Level) -> cp_model.LinearExprT:
        """What a loss costs, as simply as its kind allows."""
        match loss:
            case CostOfDelay():
                return loss.rate * level.time
            case Deadline():
                return self._tardiness(loss, level.time)
            case LossSum():
                return cp_model.LinearExpr.sum([self._loss(part, level) for part in loss.parts])
            case _:
                return self._looked_up(loss, level)

    def _tardiness(self, loss: Deadline, when: cp_model.LinearExprT) -> cp_model.LinearExprT:
        due = self.facts.timeline.ending(loss.due_by)
        late = self.model.new_bool_var("")
        after = self.model.new_int_var(0, self.horizon, "")
        self.model.add(when <= due).only_enforce_if(~late)
        self.model.add(after >= when - due)
        return loss.penalty * late + loss.rate * after

    def _looked_up(self, loss: Loss, level: Level) -> cp_model.IntVar:
        """The greatest of its lines where it bends upwards only, else the table's entry."""
        table = loss.table(self.facts.timeline)
        steps = [later - sooner for sooner, later in pairwise(table)]
        if min(steps, default=0) < 0 and not level.exact:
            raise ValueError("the plain model takes no loss that falls with time here")
        lost = self.model.new_int_var(min(table), max(table), "")
        if steps == sorted(steps):
            lines = {(step, table[at] - step * at) for at, step in enumerate(steps)}
            for slope, offset in sorted(lines):
                self.model.add(lost >= slope * level.time + offset)
        else:
            self.model.add_element(level.time, table, lost)
        return lost


def _duration(way: Mode) -> int:
    if way.duration is None:
        raise ValueError("the plain model knows no work that takes effort rather than time")
    return way.duration


def solve(problem: Problem, conditions: Conditions) -> Found:
    """Search by CP-SAT as it is."""
    began = time.perf_counter()
    plain = PlainModel(problem)
    building = time.perf_counter() - began
    searched = search(plain.model, conditions, began)
    schedule = _schedule(plain, searched.solver) if searched.found else None
    return Found(schedule, building, searched.steps, searched.infeasible)


def _schedule(plain: PlainModel, solver: cp_model.CpSolver) -> Schedule:
    done = [name for name, here in plain.present.items() if solver.boolean_value(here)]
    modes = {
        name: mode.name
        for name in done
        for mode, way in zip(plain.facts.initiative[name].modes, plain.ways[name], strict=False)
        if solver.boolean_value(way.chosen)
    }
    starts = {name: solver.value(plain.start[name]) for name in done}
    return Schedule.of(plain.facts, starts, modes)
