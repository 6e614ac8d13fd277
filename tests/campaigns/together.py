"""What is said of work at one time, against all sound plans of a small portfolio."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from roadmap.network import Assignment, Network
from roadmap.solvers.bounds.precedence import finished
from roadmap.solvers.bounds.steps import Unit
from roadmap.solvers.bounds.together import Together

Claim = tuple[str, str, float | None]
"""A kind of claim, what is wrong with it (empty if nothing is), and how tight it is."""


def order_claims(network: Network, plans: Sequence[Assignment]) -> Iterator[Claim]:
    """Of what is said to be surely finished, all is, in every plan."""
    said = finished(network)
    times = [network.event_times(plan) for plan in plans]
    for activity in range(len(network.activities)):
        starts = [None if (slot := plan[activity]) is None else slot.start for plan in plans]
        finishes = [_finish(network, plan, activity) for plan in plans]
        yield _order(network, plans, f"the start of {activity}", said.by_start[activity], starts)
        yield _order(network, plans, f"the end of {activity}", said.by_finish[activity], finishes)
    for event, bits in enumerate(said.by_event):
        yield _order(network, plans, f"event {event}", bits, [came[event] for came in times])


def _finish(network: Network, plan: Assignment, activity: int) -> int | None:
    """When an activity is done; ``None`` if it never is."""
    slot = plan[activity]
    if slot is None:
        return None
    return slot.start + network.activities[activity].modes[slot.mode].duration


def _order(
    network: Network,
    plans: Sequence[Assignment],
    told: str,
    bits: int,
    times: Sequence[int | None],
) -> Claim:
    """All activities among the bits are finished by some time, in each plan that has it."""
    for other in range(len(network.activities)):
        for plan, time in zip(plans, times, strict=True):
            if bits >> other & 1 and time is not None:
                finish = _finish(network, plan, other)
                if finish is None or finish > time:
                    return "order", f"{other} ends at {finish}, after {told} at {time}", None
    return "order", "", None


def limit_claims(
    network: Network, plans: Sequence[Assignment], rng: random.Random
) -> Iterator[Claim]:
    """No plan has more going on at a moment than the heaviest set, or a limit, allows."""
    together = Together(network)
    capacities = [
        tuple(resource.capacity[moment] for resource in network.resources)
        for moment in range(network.horizon)
    ]
    if not together.needs or not capacities:
        return
    weights = {unit: rng.randint(1, 9) for unit in together.needs}
    capacity = rng.choice(capacities)
    heaviest = together.heaviest(weights, capacity)
    moments = [moment for moment, c in enumerate(capacities) if c == capacity]
    if heaviest is not None:
        yield _limit(network, plans, "heaviest sets", weights, heaviest[0], moments)
    running = {unit: rng.random() for unit in together.needs}
    broken = together.broken(running, capacity, sorted(together.needs))
    if broken is not None:
        yield _limit(network, plans, "limits", *broken, moments)


def _limit(
    network: Network,
    plans: Sequence[Assignment],
    kind: str,
    weights: Mapping[Unit, int],
    most: int,
    moments: Sequence[int],
) -> Claim:
    """What is worked on in each plan, weighed at each of some moments."""
    seen = max(_weight(network, plan, weights, at) for plan in plans for at in moments)
    wrong = f"{seen} goes on at once, by {weights}, of at most {most}"
    return kind, wrong if seen > most else "", seen / most if most else None


def _weight(network: Network, plan: Assignment, weights: Mapping[Unit, int], at: int) -> int:
    """What is worked on at a moment, weighed."""
    return sum(
        weights.get((activity, slot.mode), 0)
        for activity, slot in enumerate(plan)
        if slot is not None
        and slot.start <= at < slot.start + network.activities[activity].modes[slot.mode].duration
    )
