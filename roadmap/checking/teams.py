"""Teams say once what they have, and nobody is away who is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from roadmap.checking.contract import Facts, records
from roadmap.checking.names import repeated
from roadmap.errors import Fault, nearest
from roadmap.facts import MOST_SKILLS, Absence, Initiative, Member, Mode, Team
from roadmap.timeline import Timeline


def teams(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """Each team has a capacity or members, and its absences fit."""
    for index, team in enumerate(records(facts.teams)):
        path = f"teams[{index}]"
        if path in faulty:
            continue
        found = list(_people(team, path))
        if "timeline" not in faulty:
            found += _absences(team, path, facts.timeline)
        yield from found
        if not found and team.absences and "timeline" not in faulty:
            yield from _overdrawn(team, path, facts.timeline)


def _people(team: Team, path: str) -> Iterator[Fault]:
    if team.members and team.capacity is not None:
        told = "it has members as well, who bring their shares"
        yield Fault(f"{path}.capacity", told, "take out one of the two")
    elif not team.members and team.capacity is None:
        yield Fault(f"{path}.capacity", "it is missing", "give a whole number, or members")
    yield from repeated(f"{path}.members", team.members, lambda member: member.name)
    if len(team.skills) > MOST_SKILLS:
        listed = ", ".join(team.skills)
        told = f"they have {len(team.skills)} different skills: {listed}"
        yield Fault(
            f"{path}.members", told, f"at most {MOST_SKILLS} a team: make it two, or merge skills"
        )


def _absences(team: Team, path: str, timeline: Timeline) -> Iterator[Fault]:
    shares = {who.name: who.share for who in team.members}
    for at, item in enumerate(team.absences):
        place = f"{path}.absences[{at}]"
        yield from _whose(item, place, team.members)
        if item.units is None and not team.members:
            yield Fault(f"{place}.units", "it is missing", "say how many units are away")
        share = shares.get(item.member or "")
        if share is not None and item.units is not None and item.units > share:
            told = f"{item.member!r} brings {share}, so {item.units:,} cannot be away"
            yield Fault(f"{place}.units", told, f"at most {share}, or leave it out")
        if timeline.starting(item.since) >= timeline.ending(item.until):
            told = f"no {timeline.unit} lies from {item.since} to {item.until}"
            yield Fault(place, f"{told}, so it takes nothing away", "let it last longer")


def _whose(item: Absence, place: str, members: Collection[Member]) -> Iterator[Fault]:
    """Where members are named, it is said who is away; else nobody is named."""
    names = [who.name for who in members]
    if item.member is None:
        if members:
            yield Fault(f"{place}.member", "it is missing", f"say who: {nearest('', names)}")
    elif item.member not in names:
        told = f"unknown member {item.member!r}"
        yield Fault(f"{place}.member", told, nearest(item.member, names))


def _overdrawn(team: Team, path: str, timeline: Timeline) -> Iterator[Fault]:
    """In no period are more away than there are, in all or of one member."""
    profiles = [(team.name, team.profile(timeline))]
    profiles += [(who.name, team.supply([who], timeline)) for who in team.members]
    for name, profile in profiles:
        if min(profile) < 0:
            period = next(at for at, units in enumerate(profile) if units < 0)
            over = f"{-profile[period]:,} more of {name!r} are away than there are"
            told = f"{over} in {timeline.label(period)}"
            yield Fault(f"{path}.absences", told, "let them not overlap, or take units out")
            return


def skills(facts: Facts) -> Iterator[Fault]:
    """Skills that work asks for are there in the team, and are part of its demand."""
    known = {team.name: team for team in facts.teams}
    for index, initiative in enumerate(facts.initiatives):
        for place, mode in _ways(initiative, f"initiatives[{index}]"):
            yield from _wanted(mode, place, known)


def _ways(initiative: Initiative, path: str) -> Iterator[tuple[str, Mode]]:
    for at, mode in enumerate(initiative.ways):
        yield (f"{path}.modes[{at}]" if initiative.modes else path), mode


def _wanted(mode: Mode, path: str, known: dict[str, Team]) -> Iterator[Fault]:
    for team, wanted in mode.skills.items():
        place = f"{path}.skills.{team}"
        for skill in wanted:
            if skill not in known[team].skills:
                told = f"no member of {team!r} has the skill {skill!r}"
                yield Fault(f"{place}.{skill}", told, nearest(skill, known[team].skills))
        if sum(wanted.values()) > mode.demand.get(team, 0):
            told = f"{sum(wanted.values()):,} with skills are wanted of {team!r}"
            demand = f"and {mode.demand.get(team, 0):,} in all"
            yield Fault(place, f"{told} {demand}", "let the demand count them too")
