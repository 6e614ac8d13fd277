"""The terms of what a plan costs, one a file. ``STANDARD`` is what is minimised unless said."""

from roadmap.objectives.delivery_cost import DeliveryCost
from roadmap.objectives.makespan import Makespan
from roadmap.objectives.urgency import Urgency
from roadmap.rules import Objective

STANDARD: tuple[Objective, ...] = (Urgency(), DeliveryCost())

__all__ = ["STANDARD", "DeliveryCost", "Makespan", "Urgency"]
