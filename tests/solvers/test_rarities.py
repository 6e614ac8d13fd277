"""Accounts, dues, twins, prices and closed dates: solvers against looking at every plan."""

from __future__ import annotations

import random
from itertools import product

import attrs
import pytest

from roadmap.network import (
    Account,
    Activity,
    Assignment,
    Due,
    Mode,
    Network,
    Resource,
    Slot,
    SoftWait,
    Term,
    Twin,
)
from roadmap.result import Status
from roadmap.solvers import auto, lists
from roadmap.solvers.child import read, unpacked, written
from roadmap.solvers.generation import Scheme
from roadmap.solvers.windows import open_window
from tests.solvers.networks import cheapest, event, item, keeps, lag, mode, network, run_of

HORIZON = 6


def costs(net: Network, plan: Assignment) -> int:
    """What a plan costs, in the plainest words there are."""
    times = net.event_times(plan)
    cost = 0
    for loss in net.losses:
        time = times[loss.event]
        cost += loss.table[net.horizon if time is None else time]
    for activity, slot in zip(net.activities, plan, strict=True):
        if slot is not None:
            way = activity.modes[slot.mode]
            cost += way.cost + (way.costs[slot.start] if way.costs else 0)
    for wait in net.soft_waits:
        slot, time = plan[wait.activity], times[wait.event]
        if slot is not None and (time is None or time > slot.start):
            end = net.horizon if time is None else time
            cost += wait.once + sum(wait.rate for _ in range(slot.start, end))
    for account in net.accounts:
        if account.price is not None:
            assert account.most is not None
            cost += account.price * max(0, added(account, plan) - account.most)
    for number, resource in enumerate(net.resources):
        for period, usual in enumerate(resource.usual):
            cost += resource.price * max(0, taken(net, plan, number, period) - usual)
    return cost


def added(account: Account, plan: Assignment) -> int:
    """What a plan adds up to in an account."""
    amounts = [0]
    for term in account.terms:
        slot = plan[term.activity]
        if slot is not None and slot.mode == term.mode:
            whole = len(term.amounts) == 1
            amounts.append(term.amounts[0] if whole else term.amounts[slot.start])
    return sum(amounts)


def taken(net: Network, plan: Assignment, resource: int, period: int) -> int:
    """What a plan takes of a resource in a period, after the work too."""
    units = 0
    for activity, slot in zip(net.activities, plan, strict=True):
        if slot is None:
            continue
        way = activity.modes[slot.mode]
        finish = slot.start + way.duration
        if slot.start <= period < finish:
            units += sum(amount for r, amount in way.demand if r == resource)
        units += sum(a for r, a, n in way.after if r == resource and finish <= period < finish + n)
    return units


def sound(net: Network, plan: Assignment) -> bool:
    """Whether a plan keeps every rule, the rarer ones too."""
    if not keeps(net, plan):
        return False
    for activity, slot in zip(net.activities, plan, strict=True):
        if slot is not None:
            starts = activity.modes[slot.mode].starts
            if starts is not None and slot.start not in starts:
                return False
    for number, resource in enumerate(net.resources):
        for period, capacity in enumerate(resource.capacity):
            if taken(net, plan, number, period) > capacity:
                return False
    return within_accounts(net, plan) and in_time(net, plan)


def within_accounts(net: Network, plan: Assignment) -> bool:
    """Whether every hard account is within its bounds."""
    for account in net.accounts:
        amount = added(account, plan)
        if account.price is None:
            if account.least is not None and amount < account.least:
                return False
            if account.most is not None and amount > account.most:
                return False
    return True


def in_time(net: Network, plan: Assignment) -> bool:
    """Whether events have happened when they are due, and twins are one while nobody knows."""
    times = net.event_times(plan)
    for due in net.dues:
        time = times[due.event]
        if time is None or time > due.latest:
            return False
    for twin in net.twins:
        one, other = plan[twin.first], plan[twin.second]
        early = [slot for slot in (one, other) if slot is not None and slot.start < twin.until]
        if early and one != other:
            return False
    return True


def least(net: Network) -> int | None:
    """The cost of the cheapest plan, by looking at every one; ``None`` if there is none."""
    spots: list[list[Slot | None]] = [
        [None, *(Slot(s, m) for m in range(len(a.modes)) for s in range(net.horizon + 1))]
        for a in net.activities
    ]
    found = [costs(net, plan) for plan in product(*spots) if sound(net, plan)]
    return min(found, default=None)


def drawn(rng: random.Random) -> Network:
    """A small network with some of everything that is rare."""
    count = rng.randint(2, 3)
    activities = [_activity(rng, number) for number in range(count)]
    ties = [lag(0, 1, rng.choice((0, -1)))] if rng.random() < 0.2 else []
    events = [event(number) for number in range(count)]
    events.append(event(*range(count), count=rng.randint(1, count)))
    net = network(
        *activities,
        capacities=[rng.randint(1, 2), 2],
        lags=ties,
        events=events,
        losses=[
            (rng.randrange(count + 1), [rng.randint(0, 30) for _ in range(HORIZON + 1)])
            if rng.random() < 0.3
            else (at, range(0, 100, rng.randint(1, 14)))
            for at in range(count)
        ],
        horizon=HORIZON,
    )
    twins = (Twin(0, 1, rng.randint(1, 3), "twin"),) * (rng.random() < 0.2)
    alike = len(activities[0].modes) == len(activities[1].modes)
    return attrs.evolve(
        net,
        resources=tuple(_resource(rng, resource) for resource in net.resources),
        accounts=tuple(_account(rng, net) for _ in range(rng.randint(0, 2))),
        dues=(Due(rng.randrange(count + 1), rng.randint(3, 6), "due"),) * (rng.random() < 0.2),
        soft_waits=tuple(_soft(rng, count) for _ in range(rng.randint(0, 2))),
        twins=twins if alike else (),
    )


def _activity(rng: random.Random, number: int) -> Activity:
    modes = [_mode(rng) for _ in range(rng.choice((1, 1, 2)))]
    return item(f"a{number}", *modes, optional=rng.random() < 0.5)


def _mode(rng: random.Random) -> Mode:
    duration = rng.randint(0, 3)
    made = mode(duration, *([(0, rng.randint(1, 2))] * bool(duration)), cost=rng.randint(0, 9))
    starts = tuple(s for s in range(HORIZON + 1) if rng.random() < 0.7)
    return attrs.evolve(
        made,
        after=((1, 1, rng.randint(1, 3)),) if rng.random() < 0.4 else (),
        starts=starts if rng.random() < 0.4 else None,
        costs=tuple(rng.randint(0, 9) for _ in range(HORIZON + 1)) if rng.random() < 0.4 else (),
    )


def _resource(rng: random.Random, resource: Resource) -> Resource:
    if rng.random() < 0.6:
        return resource
    usual = tuple(rng.randint(0, amount) for amount in resource.capacity)
    return attrs.evolve(resource, usual=usual, price=rng.randint(1, 4))


def _account(rng: random.Random, net: Network) -> Account:
    terms = []
    for number, activity in enumerate(net.activities):
        for at in range(len(activity.modes)):
            size = rng.choice((1, 1, HORIZON + 1))
            amounts = tuple(rng.randint(-2 * (rng.random() < 0.3), 4) for _ in range(size))
            if any(amounts):
                terms.append(Term(number, at, amounts))
    if rng.random() < 0.4:
        return Account(tuple(terms), None, rng.randint(0, 4), rng.randint(1, 5), "soft account")
    least, most = rng.choice(((None, rng.randint(1, 6)), (rng.randint(0, 2), None), (0, 5)))
    return Account(tuple(terms), least, most, None, "account")


def _soft(rng: random.Random, count: int) -> SoftWait:
    activity, at = rng.randrange(count), rng.randrange(count + 1)
    return SoftWait(activity, at, rng.randint(0, 4), rng.randint(0, 6), "debt")


@pytest.mark.parametrize("seed", range(150))
def test_rarities_agree(seed: int) -> None:
    """CP-SAT finds the least cost of all sound plans; what the rules give is sound."""
    net = drawn(random.Random(seed))
    best, answer = least(net), cheapest(net)
    if best is None:
        assert Status.INFEASIBLE is answer.status
    else:
        assert answer.assignment is not None
        assert sound(net, answer.assignment)
        assert (Status.OPTIMAL, best) == (answer.status, answer.bound)
        assert best == costs(net, answer.assignment)
    for name in lists.PRIORITIES:
        plan, trouble = lists.list_plan(Scheme(net), lists.PRIORITIES[name](net))
        if plan is None:
            assert trouble
        else:
            assert sound(net, plan)
            assert costs(net, plan) == net.cost(plan)
            assert best is not None
            assert best <= net.cost(plan)


@pytest.mark.parametrize("seed", range(150, 170))
def test_all_parts_together_agree(seed: int) -> None:
    """Annealing, windows and bounds beside CP-SAT change nothing about the optimum."""
    net = drawn(random.Random(seed))
    best, answer = least(net), auto.solve(net, run_of())
    if best is None:
        assert Status.INFEASIBLE is answer.status
    else:
        assert (Status.OPTIMAL, best) == (answer.status, answer.bound)


@pytest.mark.parametrize("seed", range(60))
def test_a_window_with_all_free_is_the_whole(seed: int) -> None:
    """Where everything may move, the window has the same optimum, less what is certain."""
    net = drawn(random.Random(seed))
    answer = cheapest(net)
    if answer.assignment is not None:
        window = open_window(net, answer.assignment, range(len(net.activities)))
        again = cheapest(window.network)
        assert again.assignment is not None
        assert net.cost(answer.assignment) == net.cost(window.fitted(again.assignment))


@pytest.mark.parametrize("seed", range(100))
def test_a_window_gives_sound_plans_that_are_no_dearer(seed: int) -> None:
    """What a window finds fits into the plan, keeps every rule and costs no more."""
    rng = random.Random(seed)
    net = drawn(rng)
    plan, _ = lists.list_plan(Scheme(net), [rng.random() for _ in net.activities])
    if plan is None:
        return
    moving = rng.sample(range(len(net.activities)), 1)
    window = open_window(net, plan, moving)
    assert sound(window.network, window.seen)
    answer = cheapest(window.network)
    assert answer.assignment is not None
    fitted = window.fitted(answer.assignment)
    assert sound(net, fitted)
    saved = window.network.cost(window.seen) - window.network.cost(answer.assignment)
    assert net.cost(plan) - saved == net.cost(fitted)


def test_a_network_goes_through_a_line_and_back() -> None:
    """What one process tells another of a network is all of it."""
    for seed in range(50):
        net = drawn(random.Random(seed))
        assert net == unpacked(Network, read(written(net)))
