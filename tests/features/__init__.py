"""The features that portfolios can have beyond work, teams and dependencies, one family a file.

Each file tells its family to the oracle, in its own plainest words, and draws it by chance into a
portfolio that has it not: so any features can be mixed in one small case. ``FEATURES`` names them
all.
"""

from __future__ import annotations

import random

from roadmap.errors import PortfolioError
from roadmap.portfolio import Portfolio
from tests.features.alternatives import Alternatives
from tests.features.choice import Choices, Programmes
from tests.features.consumption import Consumption
from tests.features.contract import Feature
from tests.features.dips import Dips
from tests.features.discounting import Discounting
from tests.features.legacy import Legacy
from tests.features.money import Budgets, Fences, Quotas
from tests.features.outcomes import Outcomes
from tests.features.people import People
from tests.features.pilots import Pilots
from tests.features.softness import Softness
from tests.features.time import Time

FEATURES: tuple[Feature, ...] = (
    Time(),
    Dips(),
    Legacy(),
    Pilots(),
    Choices(),
    Programmes(),
    Budgets(),
    Quotas(),
    Fences(),
    Outcomes(),
    Softness(),
    People(),
    Alternatives(),
    Consumption(),
    Discounting(),
)
"""All families, in the order in which a mixed draw applies them."""


def mixed(rng: random.Random, portfolio: Portfolio, least: int = 3) -> Portfolio:
    """A portfolio with at least so many families drawn into it, as far as the facts allow."""
    count = rng.randint(min(least, len(FEATURES)), len(FEATURES))
    chosen = set(rng.sample(range(len(FEATURES)), count))
    for number, feature in enumerate(FEATURES):
        if number in chosen:
            try:
                portfolio = feature.draw(rng, portfolio)
            except PortfolioError:
                continue
    return portfolio


__all__ = ["FEATURES", "Feature", "mixed"]
