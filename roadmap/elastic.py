"""What work takes of a team where it makes do with what is there, in scheduling words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from roadmap.facts import Mode
from roadmap.parts import Resource, Use
from roadmap.portfolio import Portfolio


def limited(
    portfolio: Portfolio,
    team: str,
    limit: Sequence[int],
    who: Collection[str],
    name: str,
    origin: str,
) -> Iterator[Resource]:
    """Yield the resources by which some work takes no more of a team than a limit.

    Work that takes effort makes do with what the team has. So for each capacity of the team that
    is less than such work would use, a resource of its own says what is taken in those periods;
    elsewhere it is no limit. Without such work there is the one resource only.

    Parameters
    ----------
    portfolio
        The facts.
    team
        Name of the team.
    limit
        The most that may be taken in each period.
    who
        Names of the initiatives.
    name
        What to call the resource; the further ones have a line break in their names, so that they
        are nobody else's.
    origin
        Name of the rule.
    """
    who = [each for each in who if _most(portfolio, each, team)]
    most = portfolio.efforts.get(team, 0)
    plenty = max(sum(_most(portfolio, each, team) for each in who), *limit) if most else 0
    uses = [min(there, most) for there in portfolio.capacity[team]]
    for level in sorted({most, *uses}, reverse=True):
        capacity = tuple(
            bound if used == level else plenty for bound, used in zip(limit, uses, strict=True)
        )
        told = name if level == most else f"{name}\n{level}"
        yield Resource(told, capacity, origin, tuple(_uses(portfolio, team, who, level)))


def _uses(portfolio: Portfolio, team: str, who: Collection[str], level: int) -> Iterator[Use]:
    for name in who:
        amounts = tuple(_at_most(v.mode, team, level) for v in portfolio.variants[name])
        if any(amounts):
            yield Use(name, amounts)


def _at_most(mode: Mode, team: str, there: int) -> int:
    """What a mode takes of a team that has so much: its demand, or what an effort can use."""
    wanted = mode.demand.get(team, 0)
    return wanted if mode.effort is None else min(wanted, there)


def _most(portfolio: Portfolio, name: str, team: str) -> int:
    return max(way.demand.get(team, 0) for way in portfolio.initiative[name].ways)
