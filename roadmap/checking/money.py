"""Budgets, quotas and fences say one thing, about work and time that there is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from roadmap.buckets import buckets
from roadmap.checking.contract import Facts, records
from roadmap.errors import Fault, nearest
from roadmap.facts import Budget, Quota
from roadmap.fields import spread


def money(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """Every budget, quota and fence, as far as its own fields are sound."""
    if "timeline" in faulty:
        return
    for index, budget in enumerate(records(facts.budgets)):
        path = f"budgets[{index}]"
        if path not in faulty:
            yield from _amount(budget, facts, f"{path}.amount")
            yield from _owners(budget, facts, f"{path}.owners")
    for index, quota in enumerate(records(facts.quotas)):
        if f"quotas[{index}]" not in faulty:
            yield from _quota(quota, f"quotas[{index}]")
    if not any(path.startswith("teams") for path in faulty):
        yield from _fences(facts, faulty)


def _amount(budget: Budget, facts: Facts, path: str) -> Iterator[Fault]:
    """Amounts are stated for the stretches of time that the budget speaks of."""
    if isinstance(budget.amount, int) or budget.per == "period":
        return
    if budget.per == "total":
        yield Fault(path, "it changes, but there is one for the whole time", "write one number")
    elif not isinstance(budget.amount, Mapping):
        told = "it states periods, but there is one for each fiscal year"
        yield Fault(path, told, "write one number, or {date: number} with the year's first period")
    else:
        firsts = [bucket.periods.start for bucket in buckets(facts.timeline, budget.per)]
        for when in budget.amount:
            if facts.timeline.starting(when) not in firsts:
                named = ", ".join(facts.timeline.label(first) for first in firsts)
                told = f"no fiscal year begins in {when!s}"
                yield Fault(f"{path}.{when}", told, f"fiscal years here begin in {named}")


def _owners(budget: Budget, facts: Facts, path: str) -> Iterator[Fault]:
    """Somebody owns what the budget is for."""
    stated = [getattr(item, "owner", None) for item in records(facts.initiatives)]
    known = {owner for owner in stated if isinstance(owner, str)}
    for at, owner in enumerate(budget.owners):
        if owner not in known:
            told = f"no initiative is owned by {owner!r}"
            yield Fault(f"{path}[{at}]", told, _near(owner, known))


def _near(name: str, known: Collection[str]) -> str:
    return nearest(name, known) if known else "say owner of some initiative"


def _quota(quota: Quota, path: str) -> Iterator[Fault]:
    """A quota has a bound, and bounds in their order."""
    if quota.least is None and quota.most is None:
        yield Fault(path, "it has no bound", "say least, most, or both")
    elif quota.least is not None and quota.most is not None and quota.least > quota.most:
        yield Fault(f"{path}.least", f"{quota.least:,} is more than {quota.most:,}", "at most that")
    for bound in ("least", "most"):
        if quota.percent and (getattr(quota, bound) or 0) > 100:
            told = f"{getattr(quota, bound):,} is no percentage"
            yield Fault(f"{path}.{bound}", told, "at most 100, or leave out percent")
    if quota.teams and quota.measure != "capacity":
        yield Fault(f"{path}.teams", "it counts money, which no team has", "say measure: capacity")


def _fences(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """A category has one fence within a team, and all of them together fit into it."""
    first: dict[tuple[str, str], int] = {}
    kept: dict[str, list[int]] = {}
    teams = {team.name: team for team in facts.teams}
    for index, fence in enumerate(records(facts.fences)):
        path = f"fences[{index}]"
        if path in faulty:
            continue
        seen = first.setdefault((fence.team, fence.category), index)
        if seen != index:
            told = f"{fence.team!r} already has fences[{seen}] for {fence.category!r}"
            yield Fault(path, told, "keep one of them")
        most = max(teams[fence.team].profile(facts.timeline))
        before = kept.get(fence.team, [0] * facts.timeline.periods)
        both = zip(before, spread(fence.capacity, facts.timeline), strict=True)
        kept[fence.team] = [sum(pair) for pair in both]
        if max(kept[fence.team]) > most:
            told = f"{max(kept[fence.team]):,} would be fenced, and {fence.team!r} has {most:,}"
            yield Fault(f"{path}.capacity", told, f"at most {most - max(before):,}")
