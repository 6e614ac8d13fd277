"""Does every bound hold? Each against exhaustive search, for the tests and at any scale.

Run ``python -m tests.campaigns.bounds --cases 10000 --seed 1``. It prints what was held against
what, how often it was wrong, and how tight it was; each violation with the case in which it stands,
which ``--first N --cases 1`` looks at alone. With ``--page docs/reliability.md`` the figures are
written into that page as well.

The exhaustive search shares no code with the library. It gives every sound plan of a small
portfolio with its cost, so it knows not only the optimum but the least cost at which each piece of
work can stand at each place; that is what heads, windows and prices speak of.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product, starmap
from pathlib import Path
from typing import NamedTuple

import attrs

from roadmap.network import Activity, Assignment, Network, Slot
from roadmap.problem import Problem
from roadmap.solvers.bounds.cutting import Cutting
from roadmap.solvers.bounds.dual_feasible import Sharpening, sharpened
from roadmap.solvers.bounds.heads import heads
from roadmap.solvers.bounds.proof import SCALE, Option, Proof, Surcharge, surcharges
from roadmap.solvers.bounds.proofs import proofs
from roadmap.solvers.bounds.steps import Steps
from tests.campaigns.agreement import oracle_of
from tests.campaigns.pages import day, put_section, versions_told
from tests.campaigns.together import limit_claims, order_claims
from tests.oracle import Plan
from tests.strategies import CROWDED, PROFILES, TINY, random_problem

ANY_PRICES = "steps, any prices"
WIDTHS = (2, 3, 4)
_INCUMBENTS = 3
_TOLD = 20


class Check(NamedTuple):
    """One claim of a bound, held against what is so.

    Attributes
    ----------
    kind
        Which bound.
    wrong
        What is not so; empty where the claim holds.
    tightness
        How near the claim comes to the best that could be claimed, 1 being there; ``None`` where
        nothing is to be gained.
    """

    kind: str
    wrong: str
    tightness: float | None = None


@attrs.frozen
class Truth:
    """All that exhaustive search says of a network.

    Attributes
    ----------
    network
        What is planned.
    plans
        Every sound plan, with its cost; at least one.
    """

    network: Network
    plans: Sequence[tuple[Assignment, int]]

    @cached_property
    def best(self) -> int:
        """The optimum."""
        return min(cost for _, cost in self.plans)

    @cached_property
    def least(self) -> Sequence[Mapping[Slot | None, int]]:
        """For each activity the least cost of any plan in which it stands where."""
        least: list[dict[Slot | None, int]] = [{} for _ in self.network.activities]
        for plan, cost in self.plans:
            for slot, own in zip(plan, least, strict=True):
                own[slot] = min(cost, own.get(slot, cost))
        return least

    @cached_property
    def floor(self) -> int:
        """What each thing costs at its best by itself, together."""
        mandatory = [item.modes for item in self.network.activities if item.mandatory]
        work = sum(min(mode.cost for mode in modes) for modes in mandatory)
        return work + sum(min(loss.table) for loss in self.network.losses)

    def finish(self, activity: int, slot: Slot) -> int:
        """When an activity is done."""
        return slot.start + self.network.activities[activity].modes[slot.mode].duration

    def end(self, plan: Assignment) -> int:
        """When a whole plan is done."""
        done = (self.finish(a, slot) for a, slot in enumerate(plan) if slot is not None)
        return max(done, default=0)

    def tightness(self, bound: int) -> float | None:
        """How much of the way from the floor to the optimum a bound goes."""
        if self.best == self.floor:
            return None
        return max(0.0, (bound - self.floor) / (self.best - self.floor))


def truth_of(problem: Problem) -> Truth | None:
    """What exhaustive search says; ``None`` when there is no sound plan."""
    oracle, network = oracle_of(problem), problem.network
    plans = [(_assignment(network, p), oracle.cost(p)) for p in oracle.sound_plans()]
    return Truth(network, plans) if plans else None


def _assignment(network: Network, plan: Plan) -> Assignment:
    return tuple(
        Slot(*plan[item.name]) if item.name in plan else None for item in network.activities
    )


def checks(truth: Truth, rng: random.Random) -> Iterator[Check]:
    """Hold every bound of a network against the truth."""
    network = truth.network
    yield from head_checks(truth)
    yield from function_checks(network, rng)
    plans = [plan for plan, _ in truth.plans]
    yield from starmap(Check, order_claims(network, plans))
    yield from starmap(Check, limit_claims(network, plans, rng))
    for source, proof in proofs(network, truth.end(rng.choice(truth.plans)[0]), None):
        kind = f"{source}, up to a plan" if source != "energy" else source
        yield bound_check(kind, truth, proof)
    for kind, grid in grids(network.horizon, rng):
        steps = Steps(network, heads(network), grid)
        solution = steps.program.solve(math.inf)
        if solution is not None:
            yield from proof_checks(f"steps, {kind}", truth, steps.weigh(solution.prices), rng)
        if Cutting(steps).cut([rng.random() for _ in steps.program.costs]):
            again = steps.program.solve(math.inf)
            if again is not None:
                yield from proof_checks(f"limits, {kind}", truth, steps.weigh(again.prices), rng)
        anything = [
            rng.choice((-1.0, 0.0, rng.random() * abs(truth.best))) for _ in steps.program.rows
        ]
        yield from proof_checks(ANY_PRICES, truth, steps.weigh(anything), rng)


def grids(horizon: int, rng: random.Random) -> Iterator[tuple[str, Sequence[int]]]:
    """Grids of every kind: each period, wide cells, cut short, uneven."""
    yield "fine", range(horizon + 1)
    width, until = rng.choice(WIDTHS), rng.randint(0, horizon)
    yield "coarse", range(width - 1, horizon + width, width)
    yield "cut short", range(until + 1)
    yield "coarse and cut short", range(width - 1, until + width, width)
    yield "uneven", sorted(rng.sample(range(horizon + 1), rng.randint(1, horizon)))


def bound_check(kind: str, truth: Truth, proof: Proof) -> Check:
    """No plan costs less than a bound."""
    wrong = f"a bound of {proof.bound} over an optimum of {truth.best}"
    tightness = None if kind == ANY_PRICES else truth.tightness(proof.bound)
    return Check(kind, wrong if proof.bound > truth.best else "", tightness)


def proof_checks(kind: str, truth: Truth, proof: Proof, rng: random.Random) -> Iterator[Check]:
    """All that a proof says: the bound, what each place costs, and the windows."""
    yield bound_check(kind, truth, proof)
    for activity, own in enumerate(truth.least):
        for slot, cost in own.items():
            yield Check("options", _option_wrong(proof, activity, slot, cost))
    unit, least = rng.randint(1, 3), rng.randint(1, 3)
    most = max(cost for _, cost in truth.plans) + least
    charged = [
        [list(surcharges(options, unit * SCALE, most, least)) for options in each]
        for each in (proof.options, proof.events)
    ]
    for plan, cost in truth.plans:
        yield Check("surcharges", _charge_wrong(truth, proof, charged, unit, plan, cost))
    for plan, cost in rng.sample(truth.plans, min(_INCUMBENTS, len(truth.plans))):
        yield from window_checks(truth, proof, plan, cost)


def _option_wrong(proof: Proof, activity: int, slot: Slot | None, cost: int) -> str:
    """What some plan does is among the options, and no dearer there than that plan."""
    if any(_is(option, slot) for option in proof.left(activity, cost + 1)):
        return ""
    return f"activity {activity} at {slot}, as in a plan that costs {cost}, is ruled out"


def _charge_wrong(
    truth: Truth,
    proof: Proof,
    charged: Sequence[Sequence[Sequence[Surcharge]]],
    unit: int,
    plan: Assignment,
    cost: int,
) -> str:
    """A plan costs no less than the bound and all that its steps aside add to it."""
    starts = [None if slot is None else slot.start for slot in plan]
    comes = truth.network.event_times(plan)
    added = sum(
        surcharge.cost
        for times, own in zip((starts, comes), charged, strict=True)
        for time, each in zip(times, own, strict=True)
        for surcharge in each
        if applies(surcharge, time)
    )
    weighed = proof.weighed + added * unit * SCALE
    if weighed <= cost * SCALE:
        return ""
    return f"{plan} costs {cost} but is charged {weighed / SCALE}"


def applies(surcharge: Surcharge, time: int | None) -> bool:
    """Whether something at a time, or that does not happen, pays a surcharge."""
    if surcharge.moment is None:
        return surcharge.later == (time is not None)
    if time is None:
        return False
    return time >= surcharge.moment if surcharge.later else time <= surcharge.moment


def _is(option: Option, slot: Slot | None) -> bool:
    """Whether a place, or none, is what an option says."""
    if slot is None or option.since is None or option.until is None:
        return slot is None and option.since is None
    return option.since <= slot.start <= option.until


def window_checks(truth: Truth, proof: Proof, plan: Assignment, cost: int) -> Iterator[Check]:
    """The windows around a plan hold it, and every plan that costs less."""
    narrowed = proof.narrowed(truth.network, plan, cost)
    for activity, (item, own) in enumerate(zip(narrowed.activities, truth.least, strict=True)):
        wanted = {plan[activity], *(slot for slot, least in own.items() if least < cost)}
        lost = [
            slot
            for slot in wanted
            if (slot is None and item.mandatory)
            or (slot is not None and slot.start < item.earliest)
            or (slot is not None and truth.finish(activity, slot) > item.latest)
        ]
        wrong = f"activity {activity} may not be at {lost}, as in plans below {cost}"
        whole = truth.network.activities[activity]
        yield Check("windows", wrong if lost else "", _cut(whole, item, wanted))


def _cut(whole: Activity, item: Activity, wanted: Iterable[Slot | None]) -> float | None:
    """What share of the starts that no better plan has is cut off, where there are such."""
    starts = [slot.start for slot in wanted if slot is not None]
    shortest = min(mode.duration for mode in whole.modes)
    there, left = (max(0, w.latest - shortest - w.earliest + 1) for w in (whole, item))
    could = there - (max(starts) - min(starts) + 1 if starts else 0)
    return (there - left) / could if starts and could else None


def head_checks(truth: Truth) -> Iterator[Check]:
    """No plan has an activity or an event before its head."""
    network = truth.network
    found = heads(network)
    for activity, own in enumerate(truth.least):
        slots = [slot for slot in own if slot is not None]
        starts = [slot.start for slot in slots]
        finishes = [truth.finish(activity, slot) for slot in slots]
        yield from _head_check(f"start of {activity}", found.start[activity], starts)
        yield from _head_check(f"finish of {activity}", found.finish[activity], finishes)
    times = list(zip(*(network.event_times(plan) for plan, _ in truth.plans), strict=True))
    for event, own_times in enumerate(times):
        came = [time for time in own_times if time is not None]
        yield from _head_check(f"event {event}", found.event[event], came)


def _head_check(told: str, head: int, times: Sequence[int]) -> Iterator[Check]:
    if times:
        wrong = f"the {told} comes at {min(times)}, before its head of {head}"
        yield Check("heads", wrong if min(times) < head else "", float(min(times) == head))


def function_checks(network: Network, rng: random.Random) -> Iterator[Check]:
    """Whatever fits into a capacity still fits under each function; on the teams, and by chance."""
    for number, resource in enumerate(network.resources):
        work = [
            (amount, mode.duration)
            for item in network.activities
            for mode in item.modes
            for team, amount in mode.demand
            if team == number
        ]
        yield from _function_checks(work, set(resource.capacity))
    capacity = rng.randint(1, 12)
    chance = [(rng.randint(1, capacity), rng.randint(1, 5)) for _ in range(rng.randint(1, 6))]
    yield from _function_checks(chance, {capacity})


def _function_checks(work: Sequence[tuple[int, int]], capacities: set[int]) -> Iterator[Check]:
    for capacity, functions in sharpened(work, capacities).items():
        for function in functions:
            yield Check("dual feasible functions", _function_wrong(work, capacity, function))


def _function_wrong(work: Sequence[tuple[int, int]], capacity: int, by: Sharpening) -> str:
    """Try every number of each demand that fits."""
    amounts = sorted({amount for amount, _ in work if amount <= capacity})
    counts = product(*(range(capacity // amount + 1) for amount in amounts))
    for count in counts:
        if sum(n * a for n, a in zip(count, amounts, strict=True)) > capacity:
            continue
        if sum(n * by.function[a] for n, a in zip(count, amounts, strict=True)) > by.most:
            return f"{count} times {amounts} fit into {capacity}, but not under {by}"
    return ""


@attrs.frozen
class Tally:
    """How often a bound was checked and wrong, and how tight it was where that can be said."""

    checks: int = 0
    wrong: int = 0
    measured: int = 0
    tight: float = 0.0

    def plus(self, check: Check) -> Tally:
        """With one check more."""
        tightness = check.tightness
        return Tally(
            self.checks + 1,
            self.wrong + bool(check.wrong),
            self.measured + (tightness is not None),
            self.tight + (tightness or 0.0),
        )

    @property
    def tightness(self) -> float | None:
        """The mean; ``None`` where nothing was measured."""
        return self.tight / self.measured if self.measured else None


@attrs.define
class Figures:
    """What a campaign has counted.

    Attributes
    ----------
    cases, infeasible
        Portfolios looked at, and those of them that have no plan.
    kinds
        The tally of each bound.
    wrong
        Case number and violation.
    """

    cases: int = 0
    infeasible: int = 0
    kinds: dict[str, Tally] = attrs.field(factory=dict)
    wrong: list[tuple[int, str]] = attrs.field(factory=list)

    def add(self, case: int, check: Check) -> None:
        """Count a check."""
        self.kinds[check.kind] = self.kinds.get(check.kind, Tally()).plus(check)
        if check.wrong:
            self.wrong.append((case, f"{check.kind}: {check.wrong}"))


def drawn(seed: int, case: int) -> Problem:
    """The question of a case: every loss profile in turn, teams small and crowded."""
    profile = (*PROFILES, None)[case % (len(PROFILES) + 1)]
    size = CROWDED if case % 2 else TINY
    return random_problem(random.Random(f"bounds {seed}:{case}"), size=size, profile=profile)


def examined(seed: int, cases: range) -> Figures:
    """Look at a range of cases."""
    figures = Figures()
    for case in cases:
        truth = truth_of(drawn(seed, case))
        figures.cases += 1
        figures.infeasible += truth is None
        for check in () if truth is None else checks(truth, random.Random(f"{seed}:{case}")):
            figures.add(case, check)
    return figures


def sentence(total: Figures, seed: int, seconds: float) -> str:
    """The line of figures."""
    checked = sum(tally.checks for tally in total.kinds.values())
    return (
        f"{total.cases:,} cases (seed {seed}), {total.infeasible:,} of them infeasible, "
        f"{checked:,} checks, {len(total.wrong):,} violated, {seconds:,.0f} seconds"
    )


def rows(total: Figures) -> list[tuple[str, ...]]:
    """A row a bound: its name, checks, violations, mean tightness."""
    return [
        (
            kind,
            f"{tally.checks:,}",
            f"{tally.wrong:,}",
            "–" if tally.tightness is None else f"{tally.tightness:.1%}",
        )
        for kind, tally in sorted(total.kinds.items())
    ]


HEADING = "## Bounds against exhaustive search"


def section(total: Figures, line: str) -> str:
    """The section of the page."""
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows(total))
    return _SECTION.format(heading=HEADING, day=day(), line=line, packages=versions_told(), t=table)


_SECTION = """{heading}

Every bound that the library computes is held against all sound plans of random small portfolios,
as the exhaustive search finds and charges them: no plan may cost less than a bound of energy or of
steps, on grids that are fine, coarse, uneven or cut short; none with some work at some place may
cost less than the prices say, whatever the prices are, nor any plan less than the bound and all
that its steps aside from the cheapest add to it; none may come before a head; windows
narrowed around a plan must hold it and all that cost less; what fits a team must still fit under
every dual feasible function; what is said to be finished when something else starts, ends or comes
about must be; and no more may go on at one time than the heaviest feasible set, or a limit, allows.

{day}: {line}, in one process; {packages}.

| bound | checks | violated | tightness |
|---|---:|---:|---:|
{t}

Tightness is a mean. Of a bound: how much of the way it goes from what each thing costs at its best
by itself to the optimum. Of heads: how many are attained by some plan. Of windows: how many of the
starts that no better plan has are cut off, by any prices too. Of limits and heaviest sets: how much
of what they allow goes on at once in some plan.

Run it: `python -m tests.campaigns.bounds --cases 10000 --seed 1`. Each push looks at a few hundred
cases (`tests/solvers/test_bounds.py`).
"""


def main(arguments: Sequence[str] | None = None, say: Callable[[str], object] = print) -> int:
    """Run a campaign; the exit code is 1 when a bound is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--page", type=Path, help="a page to write the figures into")
    given = parser.parse_args(arguments)
    began = time.monotonic()
    total = examined(given.seed, range(given.first, given.first + given.cases))
    line = sentence(total, given.seed, time.monotonic() - began)
    say(line)
    for kind, checked, wrong, tight in rows(total):
        say(f"  {kind}: {checked} checks, {wrong} violated, tightness {tight}")
    for case, told in total.wrong[:_TOLD]:
        say(f"  case {case}: {told}")
    if given.page is not None:
        put_section(given.page, HEADING, section(total, line))
    return 1 if total.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
