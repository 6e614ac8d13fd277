"""The terms of what a plan costs, one a file. ``STANDARD`` is what is minimised unless said."""

from roadmap.objectives.delivery_cost import DeliveryCost
from roadmap.objectives.makespan import Makespan
from roadmap.objectives.overspend import Overspend
from roadmap.objectives.urgency import Urgency
from roadmap.portfolio import Portfolio
from roadmap.rules import Objective

STANDARD: tuple[Objective, ...] = (Urgency(), DeliveryCost(), Overspend())


def standard(portfolio: Portfolio) -> tuple[Objective, ...]:
    """The standard terms to which the facts give anything to count."""
    return tuple(term for term in STANDARD if term.applies(portfolio))


__all__ = ["STANDARD", "DeliveryCost", "Makespan", "Overspend", "Urgency", "standard"]
