"""A team's work finds people who can do it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Self

import attrs

from roadmap.availability import supply_of
from roadmap.fields import Text, of
from roadmap.parts import Part, Resource, Use
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class SkillDemand(Constraint):
    """In each period, the people of a team can be given to its work so that all skills are there.

    Nobody gives more than the share that is there, and people may be given to other work from one
    period to the next. Then it is enough, and necessary, that whatever skills are put together,
    the demand for these is no more than what the people bring who have one of them at least.

    Attributes
    ----------
    team
        Its name.

    References
    ----------
    P. Hall, "On representatives of subsets", J. London Math. Soc. 10, 1935; with shares, the
    maximal flow of L. R. Ford and D. R. Fulkerson, Canadian J. Math. 8, 1956.
    """

    team: str = attrs.field(metadata=of(Text(names="teams")))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every team of whose skills some work asks for."""
        return (cls(team.name) for team in portfolio.teams if _asked(portfolio, team.name))

    @property
    def name(self) -> str:
        """``skills of T``."""
        return f"skills of {self.team}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """In no period are some skills wanted more than there are people for; the fewest tell."""
        facts = plan.portfolio
        wanted = self._wanted(plan)
        skills = _asked(facts, self.team)
        supply = {group: _supply(facts, self.team, group) for group in _groups(skills)}
        for period, demand in enumerate(wanted):
            for group in _groups(skills):
                over = sum(demand.get(skill, 0) for skill in group) - supply[group][period]
                if over > 0:
                    yield self._violation(plan, group, period, over + supply[group][period], over)
                    break

    def _wanted(self, plan: Plan) -> list[dict[str, int]]:
        """What is wanted of each skill in each period of the timeline."""
        wanted: list[dict[str, int]] = [{} for _ in range(plan.portfolio.timeline.periods)]
        for name, place in plan.placed.items():
            mode = plan.mode(name)
            asked = mode.skills.get(self.team, {}) if mode else {}
            for period in range(max(place.start, 0), min(place.finish, len(wanted))):
                for skill, units in asked.items():
                    wanted[period][skill] = wanted[period].get(skill, 0) + units
        return wanted

    def _violation(
        self, plan: Plan, group: Sequence[str], period: int, wanted: int, over: int
    ) -> Violation:
        label = plan.portfolio.timeline.label(period)
        message = (
            f"{self.team} is wanted for {wanted} with {' or '.join(group)} in {label} "
            f"and has {wanted - over}"
        )
        who = tuple(
            name
            for name, place in plan.placed.items()
            if place.start <= period < place.finish
            and (mode := plan.mode(name)) is not None
            and not mode.skills.get(self.team, {}).keys().isdisjoint(group)
        )
        return Violation(self.name, message, who, over)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A resource for each group of skills that are asked for."""
        for group in _groups(_asked(portfolio, self.team)):
            uses = tuple(
                Use(name, amounts)
                for name, variants in portfolio.variants.items()
                if any(amounts := tuple(self._asks(v.mode.skills, group) for v in variants))
            )
            # no team can have this name, as names have no line breaks
            name = "\n".join([self.name, *group])
            yield Resource(name, _supply(portfolio, self.team, group), self.name, uses)

    def _asks(self, skills: Mapping[str, Mapping[str, int]], group: Sequence[str]) -> int:
        """What is asked of the team for the skills of a group."""
        return sum(skills.get(self.team, {}).get(skill, 0) for skill in group)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        skills = ", ".join(_asked(portfolio, self.team))
        return f"{self.team} needs people for all its work at once who can do {skills}"


def _asked(portfolio: Portfolio, team: str) -> tuple[str, ...]:
    """The skills of a team that work asks for, in the team's order."""
    asked = {
        skill
        for item in portfolio.initiatives
        for mode in item.ways
        for skill in mode.skills.get(team, {})
    }
    return tuple(skill for skill in portfolio.team[team].skills if skill in asked)


def _groups(skills: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every choice of one or more of some skills, the smallest first."""
    for count in range(1, len(skills) + 1):
        yield from combinations(skills, count)


def _supply(portfolio: Portfolio, team: str, skills: Sequence[str]) -> tuple[int, ...]:
    """What the members with one of some skills bring in each period."""
    facts = portfolio.team[team]
    return supply_of(facts, facts.able(skills), portfolio.timeline, portfolio.holidays)
