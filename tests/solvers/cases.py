"""Small portfolios with known answers, and one that takes long to prove."""

from __future__ import annotations

import random

from roadmap.facts import Capability, Initiative, Need, Team
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio
from roadmap.timeline import Timeline

LENGTHS = {"F": 4, "A": 3, "B": 2, "C": 6, "D": 3}
RATES = {"A": 30, "B": 20, "C": 24, "D": 9}


def five() -> Portfolio:
    """The five-item case: one team, F is the foundation of A and B. It can lose 912, not less."""
    return Portfolio(
        timeline=Timeline("2027-01", 18),
        teams=[Team("team", 1)],
        capabilities=[Capability(name) for name in LENGTHS],
        needs=[Need(name, 1, CostOfDelay(rate), name=name) for name, rate in RATES.items()],
        initiatives=[
            Initiative(
                name,
                duration=length,
                demand={"team": 1},
                raises={name: 1},
                requires={"F": 1} if name in "AB" else {},
            )
            for name, length in LENGTHS.items()
        ],
    )


def hard(count: int = 50, seed: int = 0) -> Portfolio:
    """Many items and two teams: quickly planned, not proven within minutes."""
    rng = random.Random(seed)
    names = [f"item {number:03}" for number in range(count)]
    return Portfolio(
        timeline=Timeline("2027-01", 8 * count),
        teams=[Team("east", 3), Team("west", 2)],
        capabilities=[Capability(name) for name in names],
        needs=[Need(name, 1, CostOfDelay(rng.randint(1, 99)), name=name) for name in names],
        initiatives=[
            Initiative(
                name,
                duration=rng.randint(1, 9),
                demand={"east": rng.randint(1, 3), "west": rng.randint(1, 2)},
                raises={name: 1},
                requires={names[rng.randrange(number)]: 1} if number > 4 else {},
            )
            for number, name in enumerate(names)
        ],
    )
