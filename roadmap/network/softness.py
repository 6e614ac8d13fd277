"""What plans cost beyond losses and charges, and the rarer rules that they may break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from roadmap.network.items import (
    Account,
    Activity,
    Assignment,
    Ceiling,
    Due,
    Loss,
    Resource,
    Slot,
    SoftWait,
    Term,
    Twin,
)


class Rare(Protocol):
    """What is read of a network here."""

    @property
    def horizon(self) -> int:
        """Number of periods."""

    @property
    def activities(self) -> tuple[Activity, ...]:
        """Activities."""

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Resources."""

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Accounts."""

    @property
    def dues(self) -> tuple[Due, ...]:
        """Dues of events."""

    @property
    def soft_waits(self) -> tuple[SoftWait, ...]:
        """Soft waits."""

    @property
    def twins(self) -> tuple[Twin, ...]:
        """Twins."""

    @property
    def ceilings(self) -> tuple[Ceiling, ...]:
        """Ceilings."""

    def event_times(self, assignment: Assignment) -> list[int | None]:
        """When each event happens."""


def softness(network: Rare, assignment: Assignment, times: Sequence[int | None]) -> int:
    """What soft waits, priced accounts and resources beyond the usual cost."""
    return (
        sum(_waited(network, wait, assignment, times) for wait in network.soft_waits)
        + sum(_excess(account, assignment) for account in network.accounts)
        + sum(
            resource.price * _beyond(network, number, assignment)
            for number, resource in enumerate(network.resources)
            if resource.price
        )
    )


def limited(
    network: Rare, ceiling: Ceiling, assignment: Assignment, times: Sequence[int | None]
) -> int:
    """The money of an assignment that a ceiling limits."""
    return (
        sum(_lost(loss, times) for loss in ceiling.losses)
        + sum(_added(term, assignment) for term in ceiling.charges)
        + sum(_waited(network, wait, assignment, times) for wait in ceiling.soft_waits)
        + sum(_excess(account, assignment) for account in ceiling.accounts)
        + sum(price * _beyond(network, at, assignment) for at, price in ceiling.overruns)
    )


def _lost(loss: Loss, times: Sequence[int | None]) -> int:
    time = times[loss.event]
    return loss.table[-1] if time is None else loss.table[time]


def _waited(
    network: Rare, wait: SoftWait, assignment: Assignment, times: Sequence[int | None]
) -> int:
    slot = assignment[wait.activity]
    return 0 if slot is None else wait.price(slot.start, times[wait.event], network.horizon)


def _excess(account: Account, assignment: Assignment) -> int:
    """What goes beyond a priced account costs; nothing does beyond one that is hard."""
    if account.price is None or account.most is None:
        return 0
    return account.price * max(0, total(account, assignment) - account.most)


def breaches(network: Rare, assignment: Assignment) -> Iterator[str]:
    """Origins of the accounts, dues, twins and ceilings that an assignment breaks."""
    for account in network.accounts:
        if account.price is None and shortfall(account, total(account, assignment)):
            yield account.origin
    times = network.event_times(assignment) if network.dues or network.ceilings else []
    for due in network.dues:
        time = times[due.event]
        if time is None or time > due.latest:
            yield due.origin
    for twin in network.twins:
        first, second = assignment[twin.first], assignment[twin.second]
        if first != second and (_early(first, twin.until) or _early(second, twin.until)):
            yield twin.origin
    for ceiling in network.ceilings:
        if limited(network, ceiling, assignment, times) > ceiling.most:
            yield ceiling.origin


def total(account: Account, assignment: Assignment) -> int:
    """What an assignment adds up to in an account."""
    return sum(_added(term, assignment) for term in account.terms)


def _added(term: Term, assignment: Assignment) -> int:
    slot = assignment[term.activity]
    return term.at(slot.start) if slot is not None and slot.mode == term.mode else 0


def shortfall(account: Account, amount: int) -> int:
    """By how much an amount lies below (negative) or beyond (positive) an account's bounds."""
    if account.least is not None and amount < account.least:
        return amount - account.least
    if account.most is not None and amount > account.most:
        return amount - account.most
    return 0


def _early(slot: Slot | None, until: int) -> bool:
    return slot is not None and slot.start < until


def _beyond(network: Rare, number: int, assignment: Assignment) -> int:
    """Units and periods beyond the usual that an assignment takes of a resource."""
    load = [0] * network.horizon
    for activity, slot in zip(network.activities, assignment, strict=True):
        if slot is None:
            continue
        mode = activity.modes[slot.mode]
        finish = slot.start + mode.duration
        spans = [(amount, slot.start, finish) for r, amount in mode.demand if r == number]
        spans += [(amount, finish, finish + n) for r, amount, n in mode.after if r == number]
        for amount, since, until in spans:
            for period in range(since, min(until, network.horizon)):
                load[period] += amount
    resource = network.resources[number]
    usual = resource.usual or resource.capacity
    return sum(max(0, taken - free) for taken, free in zip(load, usual, strict=True))
