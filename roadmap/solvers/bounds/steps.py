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

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, combinations, pairwise
from typing import TypeVar

import attrs

from roadmap.network import Event, Lag, Loss, Member, Network
from roadmap.solvers.bounds.chains import Chain, Work
from roadmap.solvers.bounds.dual_feasible import Sharpening, sharpened
from roadmap.solvers.bounds.heads import Heads
from roadmap.solvers.bounds.proof import SCALE, Option, Proof
from roadmap.solvers.bounds.terms import Terms, difference, minus, plus
from roadmap.solvers.linear import SparseProgram

T = TypeVar("T")

_SEVERAL = 4
"""Of up to so many members all parts are looked at."""

_APART = 4
"""All work up to a moment is limited at each fourth. Such rows have the most terms, and those
between tell next to nothing: at 3,000 initiatives and 50 moments they had been a quarter of all
terms, for 0.01 % of the bound."""

Unit = tuple[int, int]
"""An activity, and the number of its mode."""


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
        self._hold_resources()
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
        return Chain(self.grid, head, first, steps, closed)

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

    def _ended(self, activity: int, time: int, finish: bool = True) -> Terms | None:
        """No less than whether an activity has started, or finished, by a time."""
        total: Terms = {}
        modes = self.network.activities[activity].modes
        for mode, chain in zip(modes, self._chains[activity], strict=True):
            terms = chain.at_most(time - (mode.duration if finish else 0))
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
            return chain.at_most(time)
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
            present |= chain.at_least(self.grid[-1])
        return difference(ended, present), 1

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
            total |= chain.at_least(time - (mode.duration if finish else 0))
        return total

    def _imply(self, less: Terms, more: Terms, constant: int = 0) -> None:
        """Add the row ``less <= more + constant``, unless the steps of one chain say it."""
        terms = difference(more, less)
        if terms:
            self.program.row(terms, -constant)

    def _hold_resources(self) -> None:
        """Teams work no more than they can, in each cell and, if cells are wide, up to some."""
        teams = [self._team(number) for number in range(len(self.network.resources))]
        users = {unit: self._works[unit] for team in teams for unit, _ in team.amounts}
        since = 0
        for periods, moment in enumerate(self.grid):
            now = {unit: user.running(moment) for unit, user in users.items()}
            done, busy = dict[Unit, Terms](), dict[Unit, Terms]()
            for unit, user in users.items() if moment > periods else ():
                done[unit] = user.worked(moment)
                busy[unit] = difference(done[unit], user.begun(since - 1))
            for team in teams:
                self._limit_work(team, now, team.capacity[moment : moment + 1])
                if moment > since:
                    self._limit_work(team, busy, team.capacity[since : moment + 1])
                if moment > periods and (periods + 1) % _APART == 0:
                    self._limit(team.work(done), None, sum(team.capacity[: moment + 1]))
            since = moment + 1

    def _team(self, number: int) -> _Team:
        """A team, and what may take something of it."""
        capacity = self.network.resources[number].capacity
        amounts = [
            (unit, amount)
            for unit, work in self._works.items()
            for team, amount in self.network.activities[unit[0]].modes[unit[1]].demand
            if team == number and work.duration
        ]
        sizes = [(amount, self._works[unit].duration) for unit, amount in amounts]
        return _Team(capacity, amounts, sharpened(sizes, set(capacity)))

    def _limit_work(
        self, team: _Team, periods: Mapping[Unit, Terms], available: Sequence[int]
    ) -> None:
        """Add that a team works no more than it can in some periods, plainly and sharpened."""
        work = team.work(periods)
        self._limit(work, None, sum(available))
        if len(set(available)) == 1:
            for sharpening in team.sharper[available[0]]:
                self._limit(work, sharpening.function, sharpening.most * len(available))

    @cached_property
    def _works(self) -> dict[Unit, Work]:
        """All units."""
        return {
            (activity, number): Work(mode.duration, chain)
            for activity, item in enumerate(self.network.activities)
            for number, (mode, chain) in enumerate(
                zip(item.modes, self._chains[activity], strict=True)
            )
        }

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
        rising = _rising(loss)
        head = min(self.heads.event[loss.event], self.network.horizon)
        self.offset += rising[head]
        for time in range(head + 1, len(rising)):
            more = rising[time] - rising[time - 1]
            before = self._came(loss.event, time - 1) if more else {}
            if before is None:  # nor is anything known of later
                break
            if more:
                self.offset += more
                for step, amount in before.items():
                    self.program.costs[step] -= more * amount

    # What is worked on at a moment.

    def running(self, unit: Unit, moment: int) -> Terms:
        """No more than whether a unit is worked on at a moment of the grid: a sum of steps."""
        return self._works[unit].running(moment)

    def courses(self, values: Sequence[float]) -> list[list[float]]:
        """For each activity, how much of it a solution has started by each moment of the grid."""
        return [
            [sum(parts) for parts in zip(*(c.course(values) for c in chains), strict=True)]
            for chains in self._chains
        ]

    def unknown(self, values: Sequence[float]) -> list[float]:
        """For each cell, how much of a solution is not known in it.

        The sum of two shares of all cells: of what is lost from its beginning to its end by what
        comes about in it, and of its length for all that starts in it.
        """
        lost, spread = [0.0] * len(self.grid), [0.0] * len(self.grid)
        for loss in self.network.losses:
            rising = _rising(loss)
            since, before = min(self.heads.event[loss.event], self.network.horizon), 0.0
            for cell, moment in enumerate(self.grid):
                came = self._came(loss.event, moment)
                if came is None:
                    break
                time = max(since, min(moment, self.network.horizon))
                part = sum(amount * values[step] for step, amount in came.items())
                lost[cell] += max(0.0, part - before) * (rising[time] - rising[since])
                since, before = time, max(before, part)
        for course in self.courses(values):
            for cell, (since, moment) in enumerate(pairwise((-1, *self.grid))):
                started = course[cell] - (course[cell - 1] if cell else 0.0)
                spread[cell] += max(0.0, started) * (moment - since)
        totals = [(part, total) for part in (lost, spread) if (total := sum(part))]
        return [sum(p[cell] / total for p, total in totals) for cell in range(len(self.grid))]

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
        for number, price in enumerate(prices):
            weight = round(price * SCALE)
            if weight > 0 and number not in self._choices:
                row = self.program.rows[number]
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
            costs = chain.costs(reduced)
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
        for at, cost in enumerate(chain.costs(reduced), start=chain.first):
            yield Option(since, self.grid[at], cost)
            since = self.grid[at] + 1
        if since <= self.network.horizon:
            yield Option(since, self.network.horizon, 0)
        yield Option(None, None, 0)


def _rising(loss: Loss) -> list[int]:
    """For each time the least that is lost from then on."""
    return list(accumulate(reversed(loss.table), min))[::-1]


@attrs.frozen
class _Team:
    """A team: its capacity, what each user takes of it, and what sharpens that."""

    capacity: Sequence[int]
    amounts: Sequence[tuple[Unit, int]]
    sharper: Mapping[int, Sequence[Sharpening]]

    def work(self, periods: Mapping[Unit, Terms]) -> list[tuple[int, Terms]]:
        """What each user takes, and for how long."""
        return [(amount, periods[unit]) for unit, amount in self.amounts]


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
