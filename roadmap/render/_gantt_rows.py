"""Which rows a Gantt chart has: capabilities by their map, work by its groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import attrs

from roadmap.errors import Fault, FaultyInputError, nearest
from roadmap.facts import Initiative
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio


@attrs.frozen
class Area:
    """A capability's row.

    Attributes
    ----------
    name
        The capability.
    depth
        How many capabilities of the chart it is part of.
    moving
        Whether a need or an initiative speaks of a level above today's; else it only holds
        others that do.
    """

    name: str
    depth: int
    moving: bool


@attrs.frozen
class Group:
    """Initiatives that are shown together; the name is empty where nothing is grouped."""

    name: str
    members: tuple[str, ...]


def areas(portfolio: Portfolio) -> tuple[Area, ...]:
    """The capabilities that needs or work speak of, each below what it is part of."""
    needed = {need.capability for need in portfolio.needs}
    moving = {
        name
        for name in portfolio.capability
        if name in needed or portfolio.raisers[name] or portfolio.lowerers[name]
    }
    shown = {above for name in moving for above in _upwards(portfolio, name)}
    parts: dict[str | None, list[str]] = {}
    for capability in portfolio.capabilities:
        if capability.name in shown:
            parts.setdefault(capability.parent, []).append(capability.name)
    return tuple(Area(name, depth, name in moving) for name, depth in _downwards(parts))


def _upwards(portfolio: Portfolio, name: str | None) -> Iterator[str]:
    while name is not None:
        yield name
        name = portfolio.capability[name].parent


def _downwards(parts: Mapping[str | None, list[str]]) -> Iterator[tuple[str, int]]:
    """Walk the map from the top, without recursion: it may be deep."""
    stack = [(name, 0) for name in reversed(parts.get(None, []))]
    while stack:
        name, depth = stack.pop()
        yield name, depth
        stack += [(part, depth + 1) for part in reversed(parts.get(name, []))]


def groups(plan: Plan, by: str | None) -> tuple[Group, ...]:
    """Placed initiatives, grouped and in order of start, finish and name.

    Parameters
    ----------
    plan
        The plan.
    by
        ``"category"``, ``"team"`` (the one that works most on it), ``"owner"`` or ``None``.

    Raises
    ------
    FaultyInputError
        ``by`` is none of these.
    """
    if by is None:
        return (Group("", tuple(plan.placed)),) if plan.placed else ()
    key, order = _grouping(plan, by)
    found: dict[str | None, list[str]] = {name: [] for name in order}
    for name in plan.placed:
        found.setdefault(key(plan.portfolio.initiative[name]), []).append(name)
    unstated = found.pop(None, [])
    told = [Group(str(name), tuple(members)) for name, members in found.items() if members]
    rest = Group(f"no {by}" if told else "", tuple(unstated))
    return (*told, rest) if unstated else tuple(told)


def _grouping(
    plan: Plan, by: str
) -> tuple[Callable[[Initiative], str | None], Mapping[str, object]]:
    """How to tell an initiative's group, and the order in which groups are shown."""
    facts = plan.portfolio
    if by == "category":
        return (lambda each: each.category), dict.fromkeys(reversed(facts.categories))
    if by == "owner":
        owners = (each.owner for each in facts.initiatives)
        return (lambda each: each.owner), dict.fromkeys(owner for owner in owners if owner)
    if by == "team":
        return (lambda each: main_team(plan, each.name)), facts.team
    remedy = nearest(by, ("category", "owner", "team"))
    raise FaultyInputError([Fault("group", f"{by!r} is no way to group work", remedy)], "the chart")


def main_team(plan: Plan, name: str) -> str | None:
    """The team with most people on a placed initiative; of equals the first of the portfolio."""
    mode = plan.mode(name)
    if mode is None or not mode.demand:
        return None
    order = {team: at for at, team in enumerate(plan.portfolio.team)}
    return min(mode.demand, key=lambda team: (-mode.demand[team], order[team]))
