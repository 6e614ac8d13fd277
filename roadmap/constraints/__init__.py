"""The rules a plan must keep, one a file. ``STANDARD`` are those that facts can imply."""

from roadmap.constraints.capacity import Capacity
from roadmap.constraints.consumption import Consumption
from roadmap.constraints.earliest_start import EarliestStart
from roadmap.constraints.inclusion import Inclusion
from roadmap.constraints.latest_finish import LatestFinish
from roadmap.constraints.precedence import Precedence
from roadmap.constraints.prerequisite import Prerequisite
from roadmap.constraints.selection import Selection
from roadmap.constraints.succession import Succession
from roadmap.rules import Constraint

STANDARD: tuple[type[Constraint], ...] = (
    Inclusion,
    EarliestStart,
    LatestFinish,
    Precedence,
    Prerequisite,
    Capacity,
)

__all__ = [
    "STANDARD",
    "Capacity",
    "Consumption",
    "EarliestStart",
    "Inclusion",
    "LatestFinish",
    "Precedence",
    "Prerequisite",
    "Selection",
    "Succession",
]
