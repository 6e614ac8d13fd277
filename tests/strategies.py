"""Random portfolios and questions, small enough for the oracle or large enough for work.

Plain seeded generators, not hypothesis strategies, where thousands of cases are wanted: they
draw a case in a fraction of a millisecond. ``portfolios`` and ``questions`` wrap them for
hypothesis.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import attrs
from hypothesis import strategies as st

from roadmap.constraints import (
    EarliestStart,
    Inclusion,
    LatestFinish,
    Precedence,
    Prerequisite,
)
from roadmap.errors import PortfolioError
from roadmap.facts import LINKS, Capability, Dependency, Initiative, Mode, Need, Team
from roadmap.losses import CostOfDelay, Deadline, Fading, Loss, Table, Window
from roadmap.objectives import STANDARD, DeliveryCost, Makespan, Urgency
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.rules import Constraint, Objective
from roadmap.timeline import UNITS, Timeline
from tests.oracle import Clock, covered

PROFILES = ("cost of delay", "deadline", "window", "fading", "table", "sum")
"""The loss profiles that are drawn."""


@dataclass
class Tally:
    """How many draws a portfolio took and how many of them were refused."""

    draws: int = 0
    refused: int = 0


@attrs.frozen
class Size:
    """How large a drawn portfolio is: ranges, both ends inclusive.

    Attributes
    ----------
    initiatives, capabilities, teams, needs, dependencies
        How many of each.
    periods
        How many periods the timeline has.
    duration
        How long work takes.
    capacity
        How large teams are.
    demand
        What work takes of a team that it takes of; one of these.
    choice
        Chance that work has modes.
    """

    initiatives: tuple[int, int] = (1, 4)
    capabilities: tuple[int, int] = (1, 2)
    teams: tuple[int, int] = (0, 2)
    needs: tuple[int, int] = (0, 3)
    dependencies: tuple[int, int] = (0, 2)
    periods: tuple[int, int] = (3, 7)
    duration: tuple[int, int] = (0, 3)
    capacity: tuple[int, int] = (1, 3)
    demand: tuple[int, ...] = (1, 1, 2)
    choice: float = 0.25


TINY = Size()
CROWDED = Size(
    initiatives=(2, 4),
    teams=(1, 2),
    needs=(1, 3),
    dependencies=(1, 3),
    periods=(5, 8),
    capacity=(3, 12),
    demand=(1, 2, 3, 4, 5, 6, 7),
    choice=0.5,
)
LARGE = Size(
    initiatives=(10, 30),
    capabilities=(3, 8),
    teams=(1, 4),
    needs=(3, 12),
    dependencies=(0, 15),
    periods=(40, 80),
    duration=(0, 5),
    capacity=(2, 4),
)


def random_portfolio(
    rng: random.Random,
    *,
    size: Size = TINY,
    profile: str | None = None,
    tally: Tally | None = None,
) -> Portfolio:
    """Draw portfolios until one is sound.

    Parameters
    ----------
    rng
        Where chance comes from.
    size
        How large it is.
    profile
        The loss profile that its needs have; default any.
    tally
        Where draws and refusals are counted.
    """
    while True:
        if tally is not None:
            tally.draws += 1
        try:
            return _Draw(rng, size, profile).portfolio()
        except PortfolioError:
            if tally is not None:
                tally.refused += 1


def random_problem(
    rng: random.Random, *, size: Size = TINY, profile: str | None = None, tally: Tally | None = None
) -> Problem:
    """Draw a question: often a portfolio as it is, else with rules added, lifted or other aims."""
    problem = Problem(random_portfolio(rng, size=size, profile=profile, tally=tally))
    if rng.random() < 0.25:
        problem = problem.with_(*(random_rule(rng, problem.portfolio) for _ in _times(rng, 1, 2)))
    if rng.random() < 0.2 and problem.constraints:
        names = sorted({rule.name for rule in problem.constraints})
        problem = problem.without(*rng.sample(names, min(len(names), rng.randint(1, 3))))
    if rng.random() < 0.15:
        problem = problem.replace(objective=rng.choice(_OBJECTIVES))
    return problem


_OBJECTIVES: tuple[Sequence[Objective], ...] = (
    (Makespan(),),
    (*STANDARD, Makespan()),
    (Urgency(),),
    (DeliveryCost(), Makespan()),
)


def random_rule(rng: random.Random, portfolio: Portfolio) -> Constraint:
    """Draw a rule beside those that the facts imply."""
    names = [item.name for item in portfolio.initiatives]
    periods = portfolio.timeline.periods
    name = rng.choice(names)
    levels = [
        (capability, level)
        for item in portfolio.initiatives
        if item.name != name
        for capability, level in item.raises.items()
    ]
    kinds = ["inclusion", "earliest", "latest", *["prerequisite"] * bool(levels)]
    kinds += ["precedence"] * (len(names) > 1)
    kind = rng.choice(kinds)
    if kind == "inclusion":
        return Inclusion(name)
    if kind == "earliest":
        return EarliestStart(name, rng.randint(0, periods // 2))
    if kind == "latest":
        return LatestFinish(name, rng.randint(periods // 2, periods))
    if kind == "prerequisite":
        return Prerequisite(name, *rng.choice(levels))
    before, after = rng.sample(names, 2)
    return Precedence(Dependency(before, after, rng.choice(LINKS), rng.randint(-2, 1)))


def portfolios(size: Size = TINY) -> st.SearchStrategy[Portfolio]:
    """Sound portfolios, for hypothesis."""
    return st.integers(0, 2**32).map(lambda seed: random_portfolio(random.Random(seed), size=size))


def questions(size: Size = TINY) -> st.SearchStrategy[Problem]:
    """Problems with rules added and lifted, for hypothesis."""
    return st.integers(0, 2**32).map(lambda seed: random_problem(random.Random(seed), size=size))


def _times(rng: random.Random, least: int, most: int) -> range:
    return range(rng.randint(least, most))


class _Draw:
    """One draw, from the timeline down."""

    def __init__(self, rng: random.Random, size: Size, profile: str | None) -> None:
        self.rng = rng
        self.size = size
        self.profile = profile
        self.timeline = self._timeline()
        self.clock = Clock(self.timeline.start, self.timeline.unit, self.timeline.periods)
        self.teams = [f"team {n}" for n in _times(rng, *size.teams)]
        self.capabilities = [f"capability {n}" for n in _times(rng, *size.capabilities)]
        self.today = {name: rng.choice((0, 0, 0, 1)) for name in self.capabilities}

    def portfolio(self) -> Portfolio:
        """Put everything together."""
        rng = self.rng
        initiatives = [self._initiative(n) for n in _times(rng, *self.size.initiatives)]
        initiatives = self._requiring(initiatives)
        return Portfolio(
            timeline=self.timeline,
            teams=[Team(name, self._capacity()) for name in self.teams],
            capabilities=[self._capability(name, initiatives) for name in self.capabilities],
            needs=[
                need for n in _times(rng, *self.size.needs) for need in self._need(n, initiatives)
            ],
            initiatives=initiatives,
            dependencies=self._dependencies(initiatives),
        )

    def _timeline(self) -> Timeline:
        rng = self.rng
        unit = rng.choice(UNITS)
        start = date(2027, 1, 1) + timedelta(days=rng.randrange(730))
        said: str | date = start
        if unit in ("month", "quarter"):
            start = start.replace(day=1)
            said = rng.choice((start, f"{start:%Y-%m}"))
        return Timeline(said, rng.randint(*self.size.periods), unit)

    def _capacity(self) -> int | Sequence[int] | Mapping[str | int, int]:
        """Constant, per period with dips and zeros, or by dates."""
        rng, periods = self.rng, self.timeline.periods
        least, most = self.size.capacity
        kind = rng.random()
        if kind < 0.5:
            return rng.randint(least, most)
        if kind < 0.75:
            dips = max(1, periods // 4)
            profile = [rng.randint(least, most)] * periods
            for _ in range(dips):
                profile[rng.randrange(periods)] = rng.randint(0, most)
            return profile
        at = sorted(rng.sample(range(1, periods), min(periods - 1, rng.randint(1, 3))))
        changes: dict[str | int, int] = {0: rng.randint(least, most)}
        for boundary in at:
            when: str | int = rng.choice((boundary, self.clock.days[boundary].isoformat()))
            changes[when] = rng.choice((0, most, *range(least, most + 1)))
        return changes

    def _capability(self, name: str, initiatives: Sequence[Initiative]) -> Capability:
        """A capability that says how several raisers of a level combine."""
        raisers: dict[int, int] = {}
        for item in initiatives:
            if name in item.raises and item.raises[name] > self.today[name]:
                raisers[item.raises[name]] = raisers.get(item.raises[name], 0) + 1
        combine: dict[int, str | int] = {}
        for level, count in raisers.items():
            if count > 1:
                combine[level] = self.rng.choice(("all", "any", self.rng.randint(1, count)))
        return Capability(name, self.today[name], combine=combine)

    def _initiative(self, number: int) -> Initiative:
        rng, name = self.rng, f"work {number}"
        common: dict[str, Any] = {"optional": rng.random() < 0.35}
        if rng.random() < 0.75:
            count = 1 if rng.random() < 0.8 else min(2, len(self.capabilities))
            chosen = rng.sample(self.capabilities, count)
            common["raises"] = {capability: rng.choice((1, 1, 2, 3)) for capability in chosen}
        if rng.random() < 0.2:
            common["ramp"] = rng.randint(1, 2)
        common |= self._window()
        if rng.random() < self.size.choice:
            modes = [self._mode(f"mode {n}") for n in _times(rng, 1, 2)]
            return Initiative(name, modes=modes, **common)
        way = self._mode("")
        return Initiative(name, duration=way.duration, demand=way.demand, cost=way.cost, **common)

    def _mode(self, name: str) -> Mode:
        rng = self.rng
        duration = rng.randint(*self.size.duration)
        demand = {}
        if duration:
            demand = {
                team: rng.choice(self.size.demand) for team in self.teams if rng.random() < 0.7
            }
        return Mode(name, duration, demand, rng.choice((0, 0, rng.randint(1, 40))))

    def _window(self) -> dict[str, Any]:
        rng, periods = self.rng, self.timeline.periods
        window: dict[str, Any] = {}
        if rng.random() < 0.15:
            window["earliest_start"] = self._when(0, periods // 2, end=False)
        if rng.random() < 0.15:
            window["latest_finish"] = self._when(periods // 2, periods, end=True)
        return window

    def _when(self, first: int, last: int, *, end: bool) -> str | int | date:
        """A boundary, or a date in any form, whole or in the middle of a period."""
        boundary = self.rng.randint(first, last)
        if self.rng.random() < 0.4:
            return boundary
        day = self.clock.days[boundary] + timedelta(days=self.rng.randint(-3, 3))
        year, week, _ = day.isocalendar()
        said: str | date = self.rng.choice(
            (
                day,
                day.isoformat(),
                f"{day:%Y-%m}",
                f"{day.year}-Q{(day.month + 2) // 3}",
                f"{year}-W{week:02}",
                str(day.year),
            )
        )
        return said if self._within(said, end=end) else boundary

    def _within(self, said: str | date, *, end: bool) -> bool:
        first, last = covered(said)
        days = self.clock.days
        if end:
            return days[0] - timedelta(days=1) <= last < days[self.timeline.periods]
        return days[0] <= first <= days[self.timeline.periods]

    def _requiring(self, initiatives: Sequence[Initiative]) -> list[Initiative]:
        """Let some of the work stand on levels that other work raises."""
        rng = self.rng
        found = []
        for at, item in enumerate(initiatives):
            others = initiatives[:at] if rng.random() < 0.8 else initiatives
            levels = [
                (capability, rng.randint(1, level))
                for other in others
                if other is not item
                for capability, level in other.raises.items()
                if item.raises.get(capability, 0) < level
            ]
            if levels and rng.random() < 0.4:
                item = attrs.evolve(item, requires=dict(rng.sample(levels, 1)))
            found.append(item)
        return found

    def _need(self, number: int, initiatives: Sequence[Initiative]) -> list[Need]:
        """A need for a level that is there or can be raised; none where there is none."""
        levels = [pair for item in initiatives for pair in item.raises.items()]
        levels += [(name, level) for name, level in self.today.items() if level]
        if not levels:
            return []
        capability, level = self.rng.choice(levels)
        return [Need(capability, self.rng.randint(1, level), self._loss(), f"need {number}")]

    def _loss(self, profile: str | None = None) -> Loss:
        rng, periods = self.rng, self.timeline.periods
        draw: Mapping[str, Callable[[], Loss]] = {
            "cost of delay": lambda: CostOfDelay(rng.randint(0, 20)),
            "deadline": lambda: Deadline(
                self._when(0, periods, end=True), rng.randint(0, 50), rng.randint(0, 20)
            ),
            "window": self._value_window,
            "fading": lambda: Fading(rng.randint(0, 60), rng.randint(0, 100)),
            "table": lambda: Table([rng.randint(-30, 50) for _ in _times(rng, 1, periods + 1)]),
            "sum": lambda: self._loss(_part(rng)) + self._loss(_part(rng)),
        }
        return draw[profile or self.profile or rng.choice(PROFILES)]()

    def _value_window(self) -> Window:
        rng, periods = self.rng, self.timeline.periods
        opens = self._when(0, periods // 2, end=False) if rng.random() < 0.5 else 0
        return Window(rng.randint(0, 60), self._when(periods // 2, periods, end=True), opens)

    def _dependencies(self, initiatives: Sequence[Initiative]) -> list[Dependency]:
        """Ties, mostly from what was stated sooner to what was stated later."""
        rng, found = self.rng, {}
        if len(initiatives) < 2:
            return []
        for _ in _times(rng, *self.size.dependencies):
            ends = sorted(rng.sample(range(len(initiatives)), 2), reverse=rng.random() < 0.2)
            before, after = (initiatives[at].name for at in ends)
            link = rng.choice(("FS", *LINKS))
            lag = rng.choice((0, 0, rng.randint(-3, 2)))
            found[before, after, link] = Dependency(before, after, link, lag)
        return list(found.values())


def _part(rng: random.Random) -> str:
    return rng.choice(PROFILES[:-1])
