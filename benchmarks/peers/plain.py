"""The peer that a competent engineer would write in an afternoon: one CP-SAT model, no more.

It says all that the benchmark's portfolios say: levels that all, any or so many of their raisers
bring about, optional work, capacity that changes, the four links with lags, every loss that does
not fall with time, delivery cost and makespan. Since no loss falls, the time of a level need only
be pushed up, by the work it waits for. One way to do each initiative, no windows.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

import attrs
from ortools.sat.python import cp_model

from benchmarks.peers.contract import Conditions, Found
from benchmarks.peers.watched import search
from roadmap.facts import Dependency, Initiative, Team
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
    """

    time: cp_model.LinearExprT
    holds: cp_model.IntVar


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
        self.interval: dict[str, cp_model.IntervalVar] = {}
        self.reached: dict[tuple[str, int], Level] = {}
        for item in self.facts.initiatives:
            self._add_work(item)
        for tie in self.facts.dependencies:
            self._add_dependency(tie)
        for item in self.facts.initiatives:
            self._add_requirements(item)
        for team in self.facts.teams:
            self._add_capacity(team)
        costs = [cost for term in problem.objective for cost in self._costs(term)]
        self.model.minimize(cp_model.LinearExpr.sum(costs))

    def _add_work(self, item: Initiative) -> None:
        duration, name = item.duration or 0, item.name
        start = self.start[name] = self.model.new_int_var(0, self.horizon - duration, name)
        self.end[name] = start + duration
        if item.optional:
            present = self.model.new_bool_var(f"{name} is done")
            interval = self.model.new_optional_fixed_size_interval_var(
                start, duration, present, name
            )
        else:
            present = self.always
            interval = self.model.new_fixed_size_interval_var(start, duration, name)
        self.present[name], self.interval[name] = present, interval

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
        users = [item for item in self.facts.initiatives if team.name in item.demand]
        intervals = [self.interval[item.name] for item in users]
        demands = [item.demand[team.name] for item in users]
        most = max(profile)
        for at, units in enumerate(profile):
            if units < most:
                intervals.append(self.model.new_fixed_size_interval_var(at, 1, ""))
                demands.append(most - units)
        self.model.add_cumulative(intervals, demands, most)

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
        raisers = [Level(self.end[i.name] + i.ramp, self.present[i.name]) for i in items]
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
        return self._loss(loss, self._level(capability, level).time)

    def _loss(self, loss: Loss, when: cp_model.LinearExprT) -> cp_model.LinearExprT:
        """What a loss costs, as simply as its kind allows."""
        match loss:
            case CostOfDelay():
                return loss.rate * when
            case Deadline():
                return self._tardiness(loss, when)
            case LossSum():
                return cp_model.LinearExpr.sum([self._loss(part, when) for part in loss.parts])
            case _:
                return self._looked_up(loss, when)

    def _tardiness(self, loss: Deadline, when: cp_model.LinearExprT) -> cp_model.LinearExprT:
        due = self.facts.timeline.ending(loss.due_by)
        late = self.model.new_bool_var("")
        after = self.model.new_int_var(0, self.horizon, "")
        self.model.add(when <= due).only_enforce_if(~late)
        self.model.add(after >= when - due)
        return loss.penalty * late + loss.rate * after

    def _looked_up(self, loss: Loss, when: cp_model.LinearExprT) -> cp_model.IntVar:
        table = loss.table(self.facts.timeline)
        if any(later < sooner for sooner, later in pairwise(table)):
            raise ValueError("the plain model takes no loss that falls with time")
        lost = self.model.new_int_var(table[0], table[-1], "")
        self.model.add_element(when, table, lost)
        return lost


def solve(problem: Problem, conditions: Conditions) -> Found:
    """Search by CP-SAT as it is."""
    began = time.perf_counter()
    plain = PlainModel(problem)
    building = time.perf_counter() - began
    searched = search(plain.model, conditions, began)
    schedule = _schedule(plain, searched.solver) if searched.found else None
    return Found(schedule, building, searched.steps)


def _schedule(plain: PlainModel, solver: cp_model.CpSolver) -> Schedule:
    done = [name for name, here in plain.present.items() if solver.boolean_value(here)]
    return Schedule.of(plain.facts, {name: solver.value(plain.start[name]) for name in done})
