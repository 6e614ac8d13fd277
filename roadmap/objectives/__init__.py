"""The terms of what a plan costs, one a file. ``STANDARD`` is what is minimised unless said."""

from fractions import Fraction

import attrs

from roadmap.objectives.debt import Debt
from roadmap.objectives.delivery_cost import DeliveryCost
from roadmap.objectives.lateness import Lateness
from roadmap.objectives.makespan import Makespan
from roadmap.objectives.option_value import OptionValue
from roadmap.objectives.overspend import Overspend
from roadmap.objectives.overtime import Overtime
from roadmap.objectives.risk_exposure import RiskExposure
from roadmap.objectives.run_cost import RunCost
from roadmap.objectives.urgency import Urgency
from roadmap.portfolio import Portfolio
from roadmap.rules import Objective, Traded

STANDARD: tuple[Objective, ...] = (
    Urgency(),
    DeliveryCost(),
    RunCost(),
    Overspend(),
    RiskExposure(),
    Debt(),
    OptionValue(),
    Overtime(),
    Lateness(),
)


def standard(portfolio: Portfolio, kappa: int | Fraction = 1) -> tuple[Objective, ...]:
    """The standard terms to which the facts give anything to count, at an exchange rate."""
    terms = (term for term in STANDARD if term.applies(portfolio))
    return tuple(at_rate(term, kappa) for term in terms)


def at_rate(term: Objective, kappa: int | Fraction) -> Objective:
    """A term at an exchange rate; the same term where it has none."""
    return attrs.evolve(term, kappa=kappa) if isinstance(term, Traded) else term


__all__ = [
    "STANDARD",
    "Debt",
    "DeliveryCost",
    "Lateness",
    "Makespan",
    "OptionValue",
    "Overspend",
    "Overtime",
    "RiskExposure",
    "RunCost",
    "Urgency",
    "at_rate",
    "standard",
]
