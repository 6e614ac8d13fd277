"""The network in CP-SAT's words.

Each activity is a start, a presence and one interval a mode; a mode's presence decides which.
Each event is a time from 0 to the horizon and a literal that says whether it happens; one that
does not happen stands at the horizon, whose loss is that of never. Where every loss that rests
on an event grows with time, and waits want it early, it suffices that its time is no sooner than
the truth: the search pulls it down to the truth by itself. Only where a loss can fall is the
time tied from above as well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import attrs
from ortools.sat.python import cp_model

from roadmap.errors import SolverError
from roadmap.network import (
    Activity,
    Assignment,
    Event,
    Lag,
    Loss,
    Member,
    Network,
    Slot,
)
from roadmap.solvers.capacities import Used, limit
from roadmap.solvers.ceilings import hold
from roadmap.solvers.engine import LARGEST_COEFFICIENT
from roadmap.solvers.rarities import Time, Work, bind, if_so, keep, passed_by
from roadmap.solvers.tables import at_least


@attrs.define
class Encoding:
    """A CP-SAT model of a network.

    Attributes
    ----------
    network
        What is encoded.
    model
        The model; its objective is the network's cost divided by ``unit``, less ``offset``.
    unit
        Largest whole number that divides every amount of money.
    """

    network: Network
    model: cp_model.CpModel = attrs.field(factory=cp_model.CpModel)
    unit: int = attrs.field(init=False)
    offset: int = attrs.field(init=False, default=0)
    works: list[Work] = attrs.field(init=False, factory=list)
    times: list[Time] = attrs.field(init=False, factory=list)
    objective: cp_model.LinearExprT = attrs.field(init=False, default=0)
    _overruns: list[cp_model.LinearExprT] = attrs.field(init=False, factory=list)

    def __attrs_post_init__(self) -> None:
        net = self.network
        self.unit = money_unit(net)
        self.works = [self._work(activity) for activity in net.activities]
        for lag in net.lags:
            self._lag(lag)
        self._resources()
        exact = exact_events(net)
        for index, event in enumerate(net.events):
            self.times.append(self._event(event, exact[index]))
        for wait in net.waits:
            self._wait(self.works[wait.activity], self.times[wait.event])
        for due in net.dues:
            self.model.add(self.times[due.event].happens == 1)
            self.model.add(self.times[due.event].time <= due.latest)
        for twin in net.twins:
            bind(self.model, self.works[twin.first], self.works[twin.second], twin.until)
        for ceiling in net.ceilings:
            hold(self.model, ceiling, self.works, self.times, self._overruns, net.horizon)
        self._objective()
        self.model.minimize(self.objective)

    @property
    def watched(self) -> list[cp_model.LinearExprT]:
        """The expressions from which ``assignment`` reads a plan."""
        found: list[cp_model.LinearExprT] = []
        for work in self.works:
            found += [work.start, *work.modes]
        return found

    def assignment(self, values: Sequence[int]) -> Assignment:
        """The plan that the watched expressions' values say."""
        slots: list[Slot | None] = []
        at = 0
        for work in self.works:
            start, *modes = values[at : at + 1 + len(work.modes)]
            at += 1 + len(work.modes)
            slots.append(Slot(start, modes.index(1)) if 1 in modes else None)
        return tuple(slots)

    def cost(self, objective: int) -> int:
        """The network's cost for a value of the model's objective."""
        return objective * self.unit + self.offset

    def hint(self, plan: Assignment) -> None:
        """Let the search begin at a plan."""
        self.model.proto.clear_solution_hint()
        for activity, work, slot in zip(self.network.activities, self.works, plan, strict=True):
            if not activity.mandatory:
                self.model.add_hint(work.present, slot is not None)
            if slot is not None:
                self.model.add_hint(work.start, slot.start)
            if len(work.modes) > 1:
                for number, mode in enumerate(work.modes):
                    self.model.add_hint(mode, slot is not None and slot.mode == number)
        told = {work.start.index for work in self.works}  # a time may be that of something else
        for time, happened in zip(self.times, self.network.event_times(plan), strict=True):
            if isinstance(time.time, cp_model.IntVar) and time.time.index not in told:
                told.add(time.time.index)
                when = self.network.horizon if happened is None else happened
                self.model.add_hint(time.time, when)
                self.model.add_hint(time.happens, happened is not None)

    def _work(self, activity: Activity) -> Work:
        model = self.model
        fitting = [
            activity.latest - mode.duration >= activity.earliest and self._manned(mode.demand)
            for mode in activity.modes
        ]
        present = model.new_constant(1) if activity.mandatory else model.new_bool_var("")
        if len(activity.modes) == 1:
            modes: tuple[cp_model.IntVar, ...] = (present,)
        else:
            modes = tuple(model.new_bool_var("") for _ in activity.modes)
            model.add(sum(modes) == present)
        for mode, fits in zip(modes, fitting, strict=True):
            if not fits:
                model.add(mode == 0)
        quickest = min(mode.duration for mode in activity.modes)
        latest = max(activity.latest - quickest, activity.earliest)
        start = model.new_int_var(activity.earliest, latest, "")
        finish = start + (
            quickest
            if len(modes) == 1
            else sum(way.duration * mode for way, mode in zip(activity.modes, modes, strict=True))
        )
        model.add(finish <= activity.latest).only_enforce_if(present)
        for way, literal in zip(activity.modes, modes, strict=True):
            if way.starts is not None:
                open_ = cp_model.Domain.from_values(way.starts)
                model.add_linear_expression_in_domain(start, open_).only_enforce_if(literal)
        if not activity.mandatory:
            model.add(start == activity.earliest).only_enforce_if(~present)
        return Work(start, finish, present, modes)

    def _manned(self, demand: Sequence[tuple[int, int]]) -> bool:
        """Whether the teams are ever large enough."""
        resources = self.network.resources
        return all(amount <= max(resources[index].capacity) for index, amount in demand)

    def _lag(self, lag: Lag) -> None:
        before, after = self.works[lag.before], self.works[lag.after]
        self.model.add_implication(after.present, before.present)
        sooner = before.finish if lag.from_finish else before.start
        later = after.finish if lag.to_finish else after.start
        self.model.add(later >= sooner + lag.lag).only_enforce_if(after.present)

    def _resources(self) -> None:
        """What each team is used for: while work goes on, or for some time after it."""
        uses: list[list[Used]] = [[] for _ in self.network.resources]
        interval = self.model.new_optional_fixed_size_interval_var
        for activity, work in zip(self.network.activities, self.works, strict=True):
            for way, mode in zip(activity.modes, work.modes, strict=True):
                if way.demand:
                    working = interval(work.start, way.duration, mode, "")
                    for index, amount in way.demand:
                        uses[index].append(Used(working, amount))
                for index, amount, periods in way.after:
                    later = interval(work.start + way.duration, periods, mode, "")
                    uses[index].append(Used(later, amount, outlasts=True))
        self._overruns = [
            limit(self.model, resource, used)
            for resource, used in zip(self.network.resources, uses, strict=True)
        ]

    def _wait(self, work: Work, event: Time) -> None:
        self.model.add_implication(work.present, event.happens)
        self.model.add(work.start >= event.time).only_enforce_if(work.present)

    def _event(self, event: Event, exact: bool) -> Time:
        same = self._same_as(event)
        if same is not None:
            return same
        model, horizon = self.model, self.network.horizon
        time = model.new_int_var(0, horizon, "")
        happens = model.new_bool_var("")
        model.add(time == horizon).only_enforce_if(~happens)
        if event.count == len(event.members) and not event.absent_counts and not exact:
            for member in event.members:
                there, when = self._there(member)
                model.add_implication(happens, there)
                model.add(time >= when).only_enforce_if(happens)
            return Time(time, happens)
        members = [self._member(member, event.absent_counts, exact) for member in event.members]
        enough = [model.new_bool_var("") for _ in members]
        model.add(sum(enough) >= event.count * happens)
        for (came, when, counted), taken in zip(members, enough, strict=True):
            model.add_implication(taken, came)
            model.add(time >= when).only_enforce_if(taken, counted)
        if exact:
            self._exact(event, Time(time, happens), members)
        return Time(time, happens)

    def _same_as(self, event: Event) -> Time | None:
        """The time of an event that only says again when something else is; else ``None``."""
        if event.count == 0:
            return Time(0, self.model.new_constant(1))
        if event.count != 1 or len(event.members) != 1 or event.absent_counts:
            return None
        (member,) = event.members
        if member.activity is None:
            assert member.event is not None
            base = self.times[member.event]
            if isinstance(base.time, int) and base.time + member.delay <= self.network.horizon:
                return Time(base.time + member.delay, base.happens)
            return None if member.delay else base
        item = self.network.activities[member.activity]
        if not item.mandatory or item.latest + member.delay > self.network.horizon:
            return None
        work = self.works[member.activity]
        return Time(work.finish + member.delay, work.present)

    def _there(self, member: Member) -> tuple[cp_model.IntVar, cp_model.LinearExprT]:
        """A literal that a member is there, and when it comes about."""
        if member.activity is not None:
            work = self.works[member.activity]
            return work.present, work.finish + member.delay
        assert member.event is not None
        base = self.times[member.event]
        return base.happens, base.time + member.delay

    def _member(
        self, member: Member, absent_counts: bool, exact: bool
    ) -> tuple[cp_model.IntVar, cp_model.LinearExprT, cp_model.IntVar]:
        """A literal that it comes about, when, and a literal that this time counts."""
        model, horizon = self.model, self.network.horizon
        came = model.new_bool_var("")
        there, when = self._there(member)
        counted = there if absent_counts and member.activity is not None else came
        if not absent_counts:
            model.add_implication(came, there)
        model.add(when <= horizon).only_enforce_if(came, counted)
        if exact:
            model.add(when >= horizon + 1).only_enforce_if(there, ~came)
            if absent_counts:
                model.add_implication(~there, came)
        return came, when, counted

    def _exact(
        self,
        event: Event,
        at: Time,
        members: Sequence[tuple[cp_model.IntVar, cp_model.LinearExprT, cp_model.IntVar]],
    ) -> None:
        """Tie the time from above: fewer than ``count``, 1 or more, come about before it."""
        model = self.model
        later = [model.new_bool_var("") for _ in members]
        for (came, when, counted), late in zip(members, later, strict=True):
            model.add(when >= at.time).only_enforce_if(late, came)
            if event.absent_counts:
                model.add(at.time == 0).only_enforce_if(late, ~counted)
        at_least = len(members) - event.count + 1
        model.add(sum(later) >= at_least).only_enforce_if(at.happens)
        came_about = sum(came for came, _, _ in members)
        model.add(came_about <= event.count - 1).only_enforce_if(~at.happens)

    def _objective(self) -> None:
        terms = [self._loss(loss) for loss in self.network.losses]
        for activity, work in zip(self.network.activities, self.works, strict=True):
            for way, mode in zip(activity.modes, work.modes, strict=True):
                if way.cost:
                    terms.append(way.cost // self.unit * mode)
                if way.costs:
                    table = [money // self.unit for money in way.costs]
                    terms.append(if_so(self.model, mode, work.start, table))
        for resource, beyond in zip(self.network.resources, self._overruns, strict=True):
            if resource.price:
                terms.append(resource.price // self.unit * beyond)
        for account in self.network.accounts:
            excess = keep(self.model, account, self.works)
            if account.price:
                terms.append(account.price // self.unit * excess)
        for wait in self.network.soft_waits:
            work, event = self.works[wait.activity], self.times[wait.event]
            horizon = self.network.horizon
            terms.append(passed_by(self.model, wait, work, event, horizon, self.unit))
        self.objective = sum(terms)

    def _loss(self, loss: Loss) -> cp_model.LinearExprT:
        """A loss less its least value: linear where the table is, else looked up."""
        least = min(loss.table)
        self.offset += least
        table = [(value - least) // self.unit for value in loss.table]
        return at_least(self.model, self.times[loss.event].time, table)


def exact_events(network: Network) -> list[bool]:
    """For each event whether its time must be tied from above: some loss on it can fall."""
    exact = [False] * len(network.events)
    for loss in (*network.losses, *(loss for one in network.ceilings for loss in one.losses)):
        if any(after < before for before, after in pairwise(loss.table)):
            exact[loss.event] = True
    for index in reversed(range(len(network.events))):
        if exact[index]:
            for member in network.events[index].members:
                if member.event is not None:
                    exact[member.event] = True
    return exact


def money_unit(network: Network) -> int:
    """Largest whole number that divides every difference of money.

    Raises
    ------
    SolverError
        Amounts are too far apart in size to be reckoned with exactly.
    """
    amounts = [
        value - least
        for loss in network.losses
        for least in [min(loss.table)]
        for value in set(loss.table)
    ]
    modes = [mode for activity in network.activities for mode in activity.modes]
    amounts += [cost for mode in modes for cost in (mode.cost, *set(mode.costs))]
    amounts += [price for wait in network.soft_waits for price in (wait.rate, wait.once)]
    amounts += [resource.price for resource in network.resources]
    amounts += [account.price for account in network.accounts if account.price]
    unit = math.gcd(*amounts) or 1
    most = max((abs(amount) for amount in amounts), default=0) // unit
    if most > LARGEST_COEFFICIENT:
        raise SolverError(
            f"an amount of {most * unit:,} cannot be reckoned with exactly beside others that "
            f"differ by {unit:,}; state money in thousands or millions"
        )
    return unit
