"""Time: freezes, blackouts, releases, holidays, leave, skills, and work that takes effort."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from roadmap.facts import (
    CATEGORIES,
    Absence,
    Blackout,
    Freeze,
    Holiday,
    Initiative,
    Member,
    ReleaseCalendar,
    Team,
)
from roadmap.portfolio import Portfolio
from tests.features.contract import Feature

if TYPE_CHECKING:
    from tests.features.contract import Kept
    from tests.oracle import Oracle, Plan

SKILLS = ("java", "cloud", "data")


class Time(Feature):
    """Closed times, people who are not always there, and work that waits for them."""

    name = "time"

    def rules(self, oracle: Oracle) -> Iterator[tuple[str, Kept]]:
        """Yield a rule for each calendar, and one for each team of which skills are wanted."""
        facts = oracle.portfolio
        for stated in (*facts.freezes, *facts.blackouts, *facts.release_calendars):
            yield _closing(stated, oracle)
        for team in facts.teams:
            if any(_asks(mode, team.name) for item in facts.initiatives for mode in _modes(item)):
                yield f"skills of {team.name}", partial(_staffed, oracle, team)

    def rule(self, rule: Any, oracle: Oracle) -> tuple[str, Kept] | None:
        """Read an added calendar, or a team's skills."""
        kind = type(rule).__name__
        field = {"GoLiveFreeze": "freeze", "WorkBlackout": "blackout", "ReleaseDates": "calendar"}
        if kind in field:
            return _closing(getattr(rule, field[kind]), oracle)
        if kind == "SkillDemand":
            team = next(team for team in oracle.portfolio.teams if team.name == rule.team)
            return f"skills of {rule.team}", partial(_staffed, oracle, team)
        return None

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """Put one to three of the family's facts in."""
        for put in rng.sample(_DRAWS, rng.randint(1, 3)):
            portfolio = put(rng, portfolio)
        return portfolio


def _modes(item: Any) -> Sequence[Any]:
    return item.modes or (item,)


def _asks(mode: Any, team: str) -> dict[str, int]:
    return dict(mode.skills.get(team, {}))


def _closing(stated: Any, oracle: Oracle) -> tuple[str, Kept]:
    """A calendar's rule: no work that it speaks of breaks it."""
    kind = type(stated).__name__
    words = {"Freeze": "freeze", "Blackout": "blackout", "ReleaseCalendar": "release calendar"}
    breaks = {"Freeze": _frozen, "Blackout": _blacked, "ReleaseCalendar": _off_calendar}[kind]

    def kept(plan: Plan) -> bool:
        return not any(
            _spoken_of(stated, oracle, name, plan)
            and breaks(stated, oracle, plan[name].start, oracle.finish(name, plan))
            for name in plan
        )

    return f"{words[kind]} {stated.name}", kept


def _spoken_of(stated: Any, oracle: Oracle, name: str, plan: Plan) -> bool:
    item = next(item for item in oracle.portfolio.initiatives if item.name == name)
    takes = oracle.ways[name][plan[name].mode].demand
    nothing = not stated.initiatives and not stated.categories and not stated.teams
    named = name in stated.initiatives or item.category in stated.categories
    return nothing or named or any(team in takes for team in stated.teams)


def _frozen(freeze: Any, oracle: Oracle, _: int, finish: int) -> bool:
    """Whether the last day of the work lies in the freeze."""
    if not 0 <= finish <= oracle.clock.periods:
        return False
    last = oracle.clock.days[finish] - timedelta(days=1)
    return _begun(freeze.since, finish, last) and not _over(freeze.until, finish, last)


def _begun(since: Any, finish: int, last: Any) -> bool:
    from tests.oracle import covered

    return finish > since if isinstance(since, int) else last >= covered(since)[0]


def _over(until: Any, finish: int, last: Any) -> bool:
    from tests.oracle import covered

    return finish > until if isinstance(until, int) else last > covered(until)[1]


def _blacked(blackout: Any, oracle: Oracle, start: int, finish: int) -> bool:
    """Whether there is work in a period all of whose days lie in the blackout."""
    return any(
        oracle.clock.opens(blackout.since) <= period < oracle.clock.closes(blackout.until)
        for period in range(max(start, 0), min(finish, oracle.clock.periods))
    )


def _off_calendar(calendar: Any, oracle: Oracle, _: int, finish: int) -> bool:
    """Whether the work ends at a boundary that is no date of the calendar."""
    for when in calendar.dates:
        if oracle.clock.ending(when) == finish:
            return False
    if calendar.first is not None:
        release = oracle.clock.ending(calendar.first)
        while release <= oracle.clock.periods:
            if release == finish:
                return False
            release += calendar.every
    return True


def _staffed(oracle: Oracle, team: Any, plan: Plan) -> bool:
    """Whether in each period everybody who is wanted with a skill is matched by somebody."""
    for period in range(oracle.clock.periods):
        wanted: list[str] = []
        for name, spot in plan.items():
            if spot.start <= period < oracle.finish(name, plan):
                item = next(item for item in oracle.portfolio.initiatives if item.name == name)
                for skill, units in _asks(_modes(item)[spot.mode], team.name).items():
                    wanted += [skill] * units
        if not _matched(wanted, _there(oracle, team, period)):
            return False
    return True


def _there(oracle: Oracle, team: Any, period: int) -> list[tuple[str, ...]]:
    """The skills of each unit that is there in a period."""
    if oracle.closed(team.name, period):
        return []
    units: list[tuple[str, ...]] = []
    for who in team.members:
        share = who.share
        for leave in team.absences:
            if leave.member == who.name and oracle.away(leave, period):
                share -= who.share if leave.units is None else leave.units
        units += [tuple(who.skills)] * share
    return units


def _matched(wanted: Sequence[str], people: Sequence[tuple[str, ...]]) -> bool:
    """Whether all can be matched, one unit each: by paths that move others on (Kuhn, 1955)."""
    given: dict[int, int] = {}

    def placed(want: int, seen: set[int]) -> bool:
        for unit, skills in enumerate(people):
            if wanted[want] in skills and unit not in seen:
                seen.add(unit)
                if unit not in given or placed(given[unit], seen):
                    given[unit] = want
                    return True
        return False

    return all(placed(want, set()) for want in range(len(wanted)))


def _scope(rng: random.Random, portfolio: Portfolio) -> dict[str, Any]:
    """All work, or what is named in one or two ways."""
    ways: list[dict[str, Any]] = [{}, {}, {"categories": [rng.choice(CATEGORIES)]}]
    if portfolio.initiatives:
        ways.append({"initiatives": [rng.choice(portfolio.initiatives).name]})
    if portfolio.teams:
        ways.append({"teams": [rng.choice(portfolio.teams).name]})
    return rng.choice(ways) | rng.choice(ways)


def _stretch(rng: random.Random, portfolio: Portfolio) -> tuple[Any, Any]:
    """A beginning and an end around some whole periods, as boundaries or as dates."""
    timeline = portfolio.timeline
    first = rng.randrange(timeline.periods)
    last = min(first + rng.randint(1, 2), timeline.periods)
    since, until = timeline.day(first), timeline.last_day(last)
    if rng.random() < 0.5:
        since -= timedelta(days=rng.randint(0, 3))
        until += timedelta(days=rng.randint(0, 3))
    return (rng.choice((first, since, str(since))), rng.choice((last, until, str(until))))


def _categorised(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    return portfolio.replace(
        initiatives=[
            attrs.evolve(item, category=item.category or rng.choice((None, *CATEGORIES)))
            for item in portfolio.initiatives
        ]
    )


def _freeze(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    since, until = _stretch(rng, portfolio)
    scope = _scope(rng, portfolio)
    if rng.random() < 0.3 and isinstance(since, str):  # in the middle of a period
        since = str(portfolio.timeline.day(portfolio.timeline.holding(since)) + timedelta(days=1))
    freeze = Freeze(f"freeze {len(portfolio.freezes)}", since, until, **scope)
    return _categorised(rng, portfolio).replace(freezes=[*portfolio.freezes, freeze])


def _blackout(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    since, until = _stretch(rng, portfolio)
    scope = _scope(rng, portfolio)
    blackout = Blackout(f"blackout {len(portfolio.blackouts)}", since, until, **scope)
    return _categorised(rng, portfolio).replace(blackouts=[*portfolio.blackouts, blackout])


def _releases(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    timeline, when = portfolio.timeline, dict[str, Any]()
    if rng.random() < 0.6:
        at = rng.sample(range(1, timeline.periods + 1), rng.randint(1, timeline.periods))
        when["dates"] = [rng.choice((b, str(timeline.last_day(b)))) for b in at]
    if rng.random() < 0.5 or not when:
        when |= {"first": rng.randint(0, 2), "every": rng.randint(1, 3)}
    named = f"releases {len(portfolio.release_calendars)}"
    calendar = ReleaseCalendar(named, **when, **_scope(rng, portfolio))
    return _categorised(rng, portfolio).replace(
        release_calendars=[*portfolio.release_calendars, calendar]
    )


def _holiday(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    """A holiday that closes a period, in one piece or in two."""
    timeline, found = portfolio.timeline, list(portfolio.holidays)
    period = rng.randrange(timeline.periods)
    teams = [rng.choice(portfolio.teams).name] if portfolio.teams and rng.random() < 0.4 else []
    day, last = timeline.day(period), timeline.last_day(period + 1)
    if timeline.unit != "day" and rng.random() < 0.4:
        middle = day + timedelta(days=rng.randrange((last - day).days))
        found += [
            Holiday("begins", day, middle, teams),
            Holiday("goes on", middle + timedelta(days=1), last, teams),
        ]
    else:
        since, until = rng.choice(((period, None), (period, period + 1), (day, last)))
        found.append(Holiday("whole", since, until, teams))
    return portfolio.replace(holidays=found)


def _leave(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    if not portfolio.teams:
        return portfolio
    team = rng.choice(portfolio.teams)
    since, until = _stretch(rng, portfolio)
    if team.members:
        who = rng.choice(team.members)
        leave = Absence(since, until, rng.choice((None, who.share)), who.name)
    else:
        leave = Absence(since, until, 1)
    return _with_team(portfolio, attrs.evolve(team, absences=[*team.absences, leave]))


def _with_team(portfolio: Portfolio, team: Team) -> Portfolio:
    teams = [team if each.name == team.name else each for each in portfolio.teams]
    return portfolio.replace(teams=teams)


def _members(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    """Let a team say who it is, and let its work ask for skills."""
    plain = [team for team in portfolio.teams if not team.members and not team.absences]
    if not plain:
        return portfolio
    team = rng.choice(plain)
    members = [
        Member(f"person {n}", rng.sample(SKILLS, rng.randint(0, 2)), rng.choice((1, 1, 2)))
        for n in range(rng.randint(2, 4))
    ]
    teams = [Team(t.name, members=members) if t is team else t for t in portfolio.teams]
    known = sorted({skill for who in members for skill in who.skills})
    items = [_skilled(rng, item, team.name, known) for item in portfolio.initiatives]
    return portfolio.replace(teams=teams, initiatives=items)


def _skilled(rng: random.Random, item: Initiative, team: str, known: Sequence[str]) -> Initiative:
    modes = [_mode_skilled(rng, mode, team, known) for mode in item.modes]
    own: Initiative = _mode_skilled(rng, item, team, known)
    return attrs.evolve(own, modes=modes)


def _mode_skilled(rng: random.Random, mode: Any, team: str, known: Sequence[str]) -> Any:
    units, wanted = mode.demand.get(team, 0), dict[str, int]()
    for _ in range(rng.randint(0, units) if known and mode.effort is None else 0):
        skill = rng.choice(known)
        wanted[skill] = wanted.get(skill, 0) + 1
    return attrs.evolve(mode, skills={**mode.skills, team: wanted}) if wanted else mode


def _effort(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    """Let some work take effort rather than time, on teams that may be thin."""
    items = [_elastic(rng, item) for item in portfolio.initiatives]
    teams = [_uneven(rng, team, portfolio.timeline.periods) for team in portfolio.teams]
    return portfolio.replace(initiatives=items, teams=teams)


def _uneven(rng: random.Random, team: Team, periods: int) -> Team:
    """The team with another capacity in each period; one whose members are named stays."""
    if not isinstance(team.capacity, int) or team.absences:
        return team
    return attrs.evolve(team, capacity=[rng.randint(0, team.capacity) for _ in range(periods)])


def _elastic(rng: random.Random, item: Initiative) -> Initiative:
    modes = [_mode_elastic(rng, mode) for mode in item.modes]
    own: Initiative = _mode_elastic(rng, item)
    return attrs.evolve(own, modes=modes)


def _mode_elastic(rng: random.Random, mode: Any) -> Any:
    if not mode.duration or not mode.demand or mode.skills or rng.random() < 0.3:
        return mode
    team = rng.choice(sorted(mode.demand))
    units = mode.demand[team] + rng.randint(0, 1)
    effort = max(1, mode.duration * units - rng.randint(0, 2))
    return attrs.evolve(mode, duration=None, effort=effort, demand={team: units})


_DRAWS = (_freeze, _blackout, _releases, _holiday, _leave, _members, _effort)
