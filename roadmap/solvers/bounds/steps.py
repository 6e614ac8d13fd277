"""The time-indexed bound: what has started, and what has been attained, by each moment.

A plan is told by steps: for each activity whether it has started by a moment, for each event
whether it has come about by then. A linear program lets the steps be fractions, and holds
precedence moment by moment (disaggregated) and each team's capacity cell by cell, sharpened by
dual feasible functions. Moments may be coarse: a step between two of them is taken to be as late
or as early as suits the plan, and what lies beyond the last is free; so each grid gives a bound,
and a finer one a better one.

The program's prices alone decide: with any prices on its rows, each activity and each event picks
its own cheapest step, and the sum is a bound. It is reckoned in whole numbers.

References
----------
A. A. B. Pritsker, L. J. Watters, P. M. Wolfe, "Multiproject scheduling with limited resources",
Management Science 16, 1969; N. Christofides, R. Alvarez-Valdes, J. M. Tamarit, EJOR 29, 1987, for
disaggregated precedence; R. H. Möhring, A. S. Schulz, F. Stork, M. Uetz, Management Science 49,
2003, for prices; S. P. Fekete, J. Schepers, Mathematical Programming 91, 2001, and J. Carlier,
E. Néron, EJOR 149, 2003, for dual feasible functions.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, combinations, pairwise
from typing import TypeVar

import attrs

from roadmap.network import Event, Lag, Loss, Member, Network
from roadmap.solvers.bounds.dual_feasible import Sharpening, sharpened
from roadmap.solvers.bounds.heads import Heads
from roadmap.solvers.bounds.proof import SCALE, Option, Proof
from roadmap.solvers.bounds.terms import Terms, minus, plus
from roadmap.solvers.linear import SparseProgram

T = TypeVar("T")

_SEVERAL = 4
"""Of up to so many members all parts are looked at."""

Unit = tuple[int, int]
"""An activity, and the number of its mode."""


@attrs.frozen
class Chain:
    """Steps of one thing: variables by moment, each at most the next.

    Attributes
    ----------
    head
        When it can happen at the earliest.
    first
        Position in the grid of the first moment by which it can have happened.
    steps
        Its variables, from there on.
    closed
        Whether it has surely happened by the last of them, if ever.
    """

    head: int
    first: int
    steps: tuple[int, ...]
    closed: bool


def has_chain(event: Event) -> bool:
    """Whether an event has steps of its own; none where it is its only member, some time later."""
    alone = len(event.members) == event.count == 1
    return event.absent_counts or not alone


@attrs.define(slots=False)
class Steps:
    """The linear program of a network on a grid of moments.

    Attributes
    ----------
    network
        What is planned.
    heads
        Its earliest times.
    grid
        Moments, ascending, from 0 on, up to the horizon or before it.
    """

    network: Network
    heads: Heads
    grid: Sequence[int]
    program: SparseProgram = attrs.field(init=False, factory=SparseProgram)
    offset: int = attrs.field(init=False, default=0)
    _chains: list[tuple[Chain, ...]] = attrs.field(init=False)
    _events: list[Chain | None] = attrs.field(init=False)
    _choices: set[int] = attrs.field(init=False, factory=set)  # rows that options obey anyhow

    def __attrs_post_init__(self) -> None:
        self._chains = [self._activity(number) for number in range(len(self.network.activities))]
        self._events = [self._event(number) for number in range(len(self.network.events))]
        for event, chain in zip(self.network.events, self._events, strict=True):
            if chain is not None:
                self._hold_event(chain, event)
        for wait in self.network.waits:
            self._hold_wait(wait.activity, wait.event)
        for lag in self.network.lags:
            self._hold_lag(lag)
        for resource in range(len(self.network.resources)):
            self._hold_resource(resource)
        for loss in self.network.losses:
            self._lose(loss)

    # What there is to decide.

    def _chain(self, head: int, latest: int) -> Chain:
        """Steps from the first moment at or after ``head`` to the first at or after ``latest``."""
        first = bisect_left(self.grid, head)
        last = bisect_left(self.grid, latest)
        closed = last < len(self.grid)
        moments = range(first, min(last + 1, len(self.grid))) if head <= latest else ()
        steps = tuple(self.program.variable() for _ in moments)
        for sooner, later in pairwise(steps):
            self._choices.add(self.program.row({later: 1, sooner: -1}, 0))
        return Chain(head, first, steps, closed)

    def _activity(self, number: int) -> tuple[Chain, ...]:
        """One chain for each mode; of those of a mandatory activity one must happen."""
        item = self.network.activities[number]
        head = self.heads.start[number]
        chains = tuple(self._chain(head, item.latest - mode.duration) for mode in item.modes)
        last = {chain.steps[-1]: 1 for chain in chains if chain.steps}
        least = min(mode.cost for mode in item.modes) if item.mandatory else 0
        self.offset += least
        for mode, chain in zip(item.modes, chains, strict=True):
            if chain.steps:
                self.program.costs[chain.steps[-1]] += mode.cost - least
        if self._must(number):
            self._choices.add(self.program.row(last, 1))
        if len(last) > 1:
            self._choices.add(self.program.row(minus(last), -1))
        return chains

    def _must(self, number: int) -> bool:
        """Whether an activity surely starts within the grid; its chains may not be made yet."""
        item = self.network.activities[number]
        latest = max(item.latest - mode.duration for mode in item.modes)
        return item.mandatory and self.heads.start[number] <= latest <= self.grid[-1]

    def _event(self, number: int) -> Chain | None:
        """Its chain, where it has one."""
        if not has_chain(self.network.events[number]):
            return None
        return self._chain(self.heads.event[number], self.network.horizon)

    # By when something has happened: sums of steps; None stands for no knowledge.

    def _at_most(self, chain: Chain, time: int) -> Terms | None:
        """No less than whether it has happened by a time."""
        if time < chain.head:
            return {}
        at = bisect_left(self.grid, time)
        if at >= len(self.grid) and not chain.closed:
            return None
        return self._step(chain, at)

    def _at_least(self, chain: Chain, time: int) -> Terms:
        """No more than whether it has happened by a time."""
        return self._step(chain, bisect_right(self.grid, time) - 1)

    def _step(self, chain: Chain, at: int) -> Terms:
        if at < chain.first or not chain.steps:
            return {}
        return {chain.steps[min(at - chain.first, len(chain.steps) - 1)]: 1}

    def _ended(self, activity: int, time: int, finish: bool = True) -> Terms | None:
        """No less than whether an activity has started, or finished, by a time."""
        total: Terms = {}
        modes = self.network.activities[activity].modes
        for mode, chain in zip(modes, self._chains[activity], strict=True):
            terms = self._at_most(chain, time - (mode.duration if finish else 0))
            if terms is None:
                return None
            total |= terms
        return total

    def _came(self, number: int, time: int) -> Terms | None:
        """No less than whether an event has come about by a time."""
        event, chain = self.network.events[number], self._events[number]
        if time < self.heads.event[number]:
            return {}
        if chain is not None:
            return self._at_most(chain, time)
        known = self._contributed(event.members[0], event, time)
        return None if known is None else known[0]

    def _contributed(self, member: Member, event: Event, time: int) -> tuple[Terms, int] | None:
        """No less than whether a member has come about by a time: steps, and a constant."""
        if member.activity is None:
            assert member.event is not None
            terms = self._came(member.event, time - member.delay)
            return None if terms is None else (terms, 0)
        ended = self._ended(member.activity, time - member.delay)
        if ended is None:
            return None
        if not event.absent_counts or self.network.activities[member.activity].mandatory:
            return ended, 0
        present: Terms = {}
        for chain in self._chains[member.activity]:
            present |= self._at_least(chain, self.grid[-1])
        return plus(ended, minus(present)), 1

    # What holds.

    def _hold_event(self, chain: Chain, event: Event) -> None:
        """An event comes about no sooner than enough of its members, and of any part of them."""
        few = len(event.members) - event.count
        for at, step in enumerate(chain.steps if event.count else (), start=chain.first):
            came = [self._contributed(m, event, self.grid[at]) for m in event.members]
            for part in _parts(came, few):
                known = [each for each in part if each is not None]
                if len(known) == len(part):
                    total = plus(*(terms for terms, _ in known))
                    self._imply({step: len(part) - few}, total, sum(more for _, more in known))

    def _hold_wait(self, activity: int, event: int) -> None:
        """What waits for an event starts no sooner."""
        for moment in self._moments(activity, ends=False):
            ended = self._came(event, moment)
            if ended is not None:
                self._imply(self._surely(activity, moment, finish=False), ended)

    def _hold_lag(self, lag: Lag) -> None:
        """An end of one activity comes so long after an end of another."""
        for moment in self._moments(lag.after, ends=lag.to_finish):
            ended = self._ended(lag.before, moment - lag.lag, lag.from_finish)
            if ended is not None:
                self._imply(self._surely(lag.after, moment, lag.to_finish), ended)

    def _moments(self, activity: int, ends: bool) -> Iterator[int]:
        """Times at which what is known of an activity's start, or finish, grows."""
        modes = self.network.activities[activity].modes
        found = set()
        for mode, chain in zip(modes, self._chains[activity], strict=True):
            for at in range(chain.first, chain.first + len(chain.steps)):
                found.add(self.grid[at] + (mode.duration if ends else 0))
        yield from sorted(found)

    def _surely(self, activity: int, time: int, finish: bool) -> Terms:
        """No more than whether an activity has started, or finished, by a time."""
        total: Terms = {}
        modes = self.network.activities[activity].modes
        for mode, chain in zip(modes, self._chains[activity], strict=True):
            total |= self._at_least(chain, time - (mode.duration if finish else 0))
        return total

    def _imply(self, less: Terms, more: Terms, constant: int = 0) -> None:
        """Add the row ``less <= more + constant``, unless the steps of one chain say it."""
        terms = plus(more, minus(less))
        if terms:
            self.program.row(terms, -constant)

    def _hold_resource(self, resource: int) -> None:
        """A team works no more than it can, in each cell and, if cells are wide, up to each."""
        capacity = self.network.resources[resource].capacity
        users = [
            _User(amount, mode.duration, chain)
            for item, chains in zip(self.network.activities, self._chains, strict=True)
            for mode, chain in zip(item.modes, chains, strict=True)
            for r, amount in mode.demand
            if r == resource and mode.duration
        ]
        sharper = sharpened([(user.amount, user.duration) for user in users], set(capacity))
        since = 0
        for moment in self.grid:
            now = [(user.amount, self._ran(user.chain, user.duration, moment)) for user in users]
            self._limit_work(now, capacity[moment : moment + 1], sharper)
            if not self._is_fine:
                done = [(user.amount, self._worked(user, moment)) for user in users]
                busy = [
                    (user.amount, plus(before, minus(self._begun(user, since - 1))))
                    for user, (_, before) in zip(users, done, strict=True)
                ]
                self._limit_work(busy, capacity[since : moment + 1], sharper)
                self._limit(done, None, sum(capacity[: moment + 1]))
            since = moment + 1

    def _limit_work(
        self,
        work: Sequence[tuple[int, Terms]],
        available: Sequence[int],
        sharper: Mapping[int, Sequence[Sharpening]],
    ) -> None:
        """Add that a team works no more than it can in some periods, plainly and sharpened."""
        self._limit(work, None, sum(available))
        if len(set(available)) == 1:
            for sharpening in sharper[available[0]]:
                self._limit(work, sharpening.function, sharpening.most * len(available))

    @cached_property
    def _is_fine(self) -> bool:
        """Whether each cell is one period."""
        return list(self.grid) == list(range(len(self.grid)))

    def _ran(self, chain: Chain, duration: int, moment: int) -> Terms:
        """No more than whether something of a duration is worked on at a moment of the grid."""
        ended = self._at_most(chain, moment - duration) or {}
        return plus(self._at_least(chain, moment), minus(ended))

    def _worked(self, user: _User, moment: int) -> Terms:
        """No more than the periods worked up to a moment, that period included."""
        return plus(*(self._at_least(user.chain, t) for t in user.tail(moment)))

    def _begun(self, user: _User, moment: int) -> Terms:
        """No less than the periods worked up to a moment."""
        return plus(*(self._at_most(user.chain, t) or {} for t in user.tail(moment)))

    def _limit(
        self,
        work: Sequence[tuple[int, Terms]],
        function: Mapping[int, int] | None,
        most: int,
    ) -> None:
        """Add the row that amounts of work are at most so much, if it can bind."""
        total: defaultdict[int, int] = defaultdict(int)
        for amount, terms in work:
            weight = amount if function is None else function[amount]
            for step, periods in terms.items():
                total[step] -= periods * weight
        if -sum(amount for amount in total.values() if amount < 0) > most:
            self.program.row({step: amount for step, amount in total.items() if amount}, -most)

    def _lose(self, loss: Loss) -> None:
        """Charge a loss; where it falls, as little as it comes down to."""
        rising = list(accumulate(reversed(loss.table), min))[::-1]
        head = min(self.heads.event[loss.event], self.network.horizon)
        self.offset += rising[head]
        for time in range(head + 1, len(rising)):
            more = rising[time] - rising[time - 1]
            before = self._came(loss.event, time - 1)
            if more and before is not None:
                self.offset += more
                for step, amount in before.items():
                    self.program.costs[step] -= more * amount

    # What is worked on at a moment.

    def running(self, unit: Unit, moment: int) -> Terms:
        """No more than whether a unit is worked on at a moment of the grid: a sum of steps."""
        activity, mode = unit
        duration = self.network.activities[activity].modes[mode].duration
        return self._ran(self._chains[activity][mode], duration, moment)

    def hold(self, weights: Mapping[Unit, int], most: int, moment: int) -> None:
        """Add the row that what is worked on at a moment weighs at most so much."""
        work = [(weight, self.running(unit, moment)) for unit, weight in weights.items()]
        self._limit(work, None, most)

    # What the prices prove.

    def weigh(self, prices: Sequence[float]) -> Proof:
        """What prices of the rows prove: any do so, the better, the better.

        Parameters
        ----------
        prices
            Of each row of the program.
        """
        reduced = [cost * SCALE for cost in self.program.costs]
        total = self.offset * SCALE
        for number, (row, price) in enumerate(zip(self.program.rows, prices, strict=True)):
            weight = round(price * SCALE)
            if weight > 0 and number not in self._choices:
                total += weight * row.least
                for step, amount in zip(row.variables, row.coefficients, strict=True):
                    reduced[step] -= weight * amount
        options = tuple(
            tuple(self._options(number, reduced)) for number in range(len(self._chains))
        )
        events = tuple(
            () if chain is None else tuple(self._comings(chain, reduced)) for chain in self._events
        )
        for own in (*options, *events):
            total += min((option.cost for option in own), default=0)
        return Proof(total, options, events)

    def _options(self, number: int, reduced: Sequence[int]) -> Iterator[Option]:
        """What an activity can do, and what it costs at the prices."""
        item = self.network.activities[number]
        for mode, chain in zip(item.modes, self._chains[number], strict=True):
            costs = _suffixes(reduced, chain)
            since = chain.head
            for at, cost in enumerate(costs, start=chain.first):
                until = min(self.grid[at], item.latest - mode.duration)
                yield Option(since, until, cost)
                since = until + 1
            if not chain.closed and since <= item.latest - mode.duration:
                yield Option(since, item.latest - mode.duration, 0)
        if not item.mandatory:
            yield Option(None, None, 0)

    def _comings(self, chain: Chain, reduced: Sequence[int]) -> Iterator[Option]:
        """When an event can come about, if ever, and what it costs at the prices."""
        since = chain.head
        for at, cost in enumerate(_suffixes(reduced, chain), start=chain.first):
            yield Option(since, self.grid[at], cost)
            since = self.grid[at] + 1
        if since <= self.network.horizon:
            yield Option(since, self.network.horizon, 0)
        yield Option(None, None, 0)


@attrs.frozen
class _User:
    """A mode that takes an amount of a team while it works."""

    amount: int
    duration: int
    chain: Chain

    def tail(self, moment: int) -> range:
        """Moments: how many of them a start is at or before is how long it has worked."""
        return range(moment - self.duration + 1, moment + 1)


def _parts(came: Sequence[T], few: int) -> Iterator[Sequence[T]]:
    """Parts of an event's members of which some are needed though a few may not come.

    Of each alone where all are needed; else of all, and of others where there are not many.
    """
    if few == 0:
        sizes = range(1, 2)
    elif few > 0 and len(came) <= _SEVERAL:
        sizes = range(few + 1, len(came) + 1)
    else:
        sizes = range(len(came), len(came) + 1)
    for size in sizes:
        yield from combinations(came, size)


def _suffixes(reduced: Sequence[int], chain: Chain) -> list[int]:
    """For each moment, what it costs to happen just then: its step and all later ones."""
    return list(accumulate(reduced[step] for step in reversed(chain.steps)))[::-1]
