"""Portfolios as large organisations have them, made by chance from a seed.

Foundations raise a shared capability from which capability increments in many domains start;
some increments are raised by several initiatives, all, any or so many of which are needed; teams
ramp up and dip; needs with every kind of urgency rest on the increments. The plan of any of them
is feasible: the timeline is long enough.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import attrs

from roadmap.facts import CATEGORIES, Capability, Dependency, Initiative, Need, Team
from roadmap.losses import CostOfDelay, Deadline, Fading, Loss
from roadmap.portfolio import Portfolio
from roadmap.timeline import Timeline

TOP = 4
"""Highest level of maturity."""


@attrs.frozen
class Kind:
    """What kind of portfolio is wanted.

    Attributes
    ----------
    initiatives
        How many; 10 to 3,000.
    seed
        Where chance starts.
    contention
        How scarce teams are: at 1 their work takes a third of the timeline at the least, at 0.5
        they have twice the people, at 2 the same work takes twice the time.
    foundations
        Share of initiatives that others stand on and no need asks for.
    optional
        Share of initiatives that may be left out.
    """

    initiatives: int = 60
    seed: int = 0
    contention: float = 1.0
    foundations: float = 0.15
    optional: float = 0.1


def portfolio(kind: Kind) -> Portfolio:
    """The portfolio of a kind; the same for the same kind."""
    return _Draw(kind).portfolio()


class _Draw:
    """One draw: foundations first, then increments domain by domain."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.rng = random.Random(f"{kind.initiatives} {kind.seed}")
        self.teams = [
            f"team {n + 1}" for n in range(max(2, round(math.sqrt(kind.initiatives) / 1.5)))
        ]
        self.work = dict.fromkeys(self.teams, 0)
        self.initiatives: list[Initiative] = []
        self.combine: dict[str, dict[int, str | int]] = {}
        self.platforms: list[str] = []
        self.domains: dict[str, int] = {}

    def portfolio(self) -> Portfolio:
        self._foundations()
        while len(self.initiatives) < self.kind.initiatives:
            self._increment()
        names = [*self.platforms, *self.domains]
        periods = self._periods()
        return Portfolio(
            name=f"{self.kind.initiatives} initiatives, seed {self.kind.seed}",
            timeline=Timeline("2027-01", periods),
            teams=[Team(name, self._capacity(name, periods)) for name in self.teams],
            capabilities=[Capability(n, combine=self.combine.get(n, {})) for n in names],
            needs=self._needs(periods),
            initiatives=self.initiatives,
            dependencies=self._dependencies(),
        )

    def _foundations(self) -> None:
        """Platforms, some of which stand on one before."""
        for number in range(max(1, round(self.kind.initiatives * self.kind.foundations))):
            name = f"platform {number + 1}"
            below = self.rng.sample(self.platforms, min(len(self.platforms), self._few(0.4)))
            self.initiatives.append(
                self._initiative(f"build {name}", {name: 1}, dict.fromkeys(below, 1), "transform")
            )
            self.platforms.append(name)

    def _increment(self) -> None:
        """The next level of a domain, by one initiative or by some."""
        rng, left = self.rng, self.kind.initiatives - len(self.initiatives)
        domain = self._domain()
        level = self.domains[domain] = self.domains[domain] + 1
        several = min(left, rng.choice((1, 1, 1, 1, 2, 3)))
        if several > 1:
            self.combine.setdefault(domain, {})[level] = rng.choice(("all", "any", several - 1))
        for part in range(several):
            requires = dict.fromkeys(rng.sample(self.platforms, min(1 + self._few(0.3), 2)), 1)
            if level > 1:
                requires[domain] = level - 1
            title = f"{domain} to {level}" + (f", part {part + 1}" if several > 1 else "")
            self.initiatives.append(
                self._initiative(title, {domain: level}, requires, rng.choice(CATEGORIES))
            )

    def _domain(self) -> str:
        """A domain with room for another level, or a new one."""
        open_ones = [name for name, level in self.domains.items() if level < TOP]
        if open_ones and self.rng.random() < 0.6:
            return self.rng.choice(open_ones)
        name = f"domain {len(self.domains) + 1}"
        self.domains[name] = 0
        return name

    def _initiative(
        self, name: str, raises: dict[str, int], requires: dict[str, int], category: str
    ) -> Initiative:
        rng = self.rng
        duration = rng.choice((1, 2, 2, 3, 3, 4, 5, 6, 8))
        demand = {t: rng.randint(1, 3) for t in rng.sample(self.teams, 1 + self._few(0.3))}
        for team, units in demand.items():
            self.work[team] += units * duration
        return Initiative(
            name,
            duration=duration,
            demand=demand,
            cost=rng.randrange(50, 900) * 1000,
            raises=raises,
            requires=requires,
            optional=category == "improve" and rng.random() < 3 * self.kind.optional,
            category=category,
        )

    def _few(self, chance: float) -> int:
        """One with this chance, else none."""
        return int(self.rng.random() < chance)

    def _periods(self) -> int:
        """Long enough that the busiest team can do all its work."""
        chain = 48 + 2 * round(math.sqrt(self.kind.initiatives))
        return round(chain * max(1.0, self.kind.contention))

    def _capacity(self, team: str, periods: int) -> Sequence[int]:
        """People by period: a ramp at the beginning, a dip each December."""
        busy = periods / 3 * min(1.0, self.kind.contention)
        usual = max(4, round(self.work[team] / busy))
        ramp = [max(3, usual * (6 + at) // 12) for at in range(6)]
        profile = [*ramp, *([usual] * periods)][:periods]
        return [
            max(3, units * 3 // 4) if at % 12 == 11 else units for at, units in enumerate(profile)
        ]

    def _needs(self, periods: int) -> list[Need]:
        """On about half of the domains' levels, the highest always."""
        return [
            Need(domain, level, self._loss(periods), owner=f"head of {domain}")
            for domain, top in self.domains.items()
            for level in range(1, top + 1)
            if level == top or self.rng.random() < 0.4
        ]

    def _loss(self, periods: int) -> Loss:
        rng = self.rng
        rate = rng.randrange(5, 200) * 1000
        due = rng.randrange(periods // 6, periods)
        return rng.choice(
            (
                CostOfDelay(rate),
                CostOfDelay(rate),
                Deadline(due, penalty=10 * rate, rate=rate),
                Fading(2 * rate, percent=rng.randrange(2, 15)),
            )
        )

    def _dependencies(self) -> list[Dependency]:
        """A few plain ones, from what was stated before to what was stated after."""
        rng, names = self.rng, [item.name for item in self.initiatives]
        pairs = {
            tuple(sorted(rng.sample(range(len(names)), 2))) for _ in range(max(1, len(names) // 10))
        }
        return [
            Dependency(names[a], names[b], rng.choice(("FS", "FS", "SS", "FF")), rng.choice((0, 1)))
            for a, b in sorted(pairs)
            if not self.initiatives[a].optional
        ]
