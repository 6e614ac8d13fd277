"""What plans cost beyond losses and charges, and the rarer rules that they may break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from roadmap.network.items import (
    Account,
    Activity,
    Assignment,
    Due,
    Resource,
    Slot,
    SoftWait,
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

    def event_times(self, assignment: Assignment) -> list[int | None]:
        """When each event happens."""


def softness(network: Rare, assignment: Assignment, times: Sequence[int | None]) -> int:
    """What soft waits, priced accounts and resources beyond the usual cost."""
    return (
        sum(
            wait.price(slot.start, times[wait.event], network.horizon)
            for wait in network.soft_waits
            if (slot := assignment[wait.activity]) is not None
        )
        + sum(
            account.price * max(0, total(account, assignment) - account.most)
            for account in network.accounts
            if account.price is not None and account.most is not None
        )
        + sum(
            resource.price * _beyond(network, number, assignment)
            for number, resource in enumerate(network.resources)
            if resource.price
        )
    )


def breaches(network: Rare, assignment: Assignment) -> Iterator[str]:
    """Origins of the accounts, dues and twins that an assignment breaks."""
    for account in network.accounts:
        if account.price is None and shortfall(account, total(account, assignment)):
            yield account.origin
    times = network.event_times(assignment) if network.dues else []
    for due in network.dues:
        time = times[due.event]
        if time is None or time > due.latest:
            yield due.origin
    for twin in network.twins:
        first, second = assignment[twin.first], assignment[twin.second]
        if first != second and (_early(first, twin.until) or _early(second, twin.until)):
            yield twin.origin


def total(account: Account, assignment: Assignment) -> int:
    """What an assignment adds up to in an account."""
    found = 0
    for term in account.terms:
        slot = assignment[term.activity]
        if slot is not None and slot.mode == term.mode:
            found += term.at(slot.start)
    return found


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
