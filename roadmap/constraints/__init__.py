"""The rules a plan must keep, one a file. ``STANDARD`` are those that facts can imply."""

from roadmap.constraints.absorption import Absorption
from roadmap.constraints.capacity import Capacity
from roadmap.constraints.earliest_start import EarliestStart
from roadmap.constraints.inclusion import Inclusion
from roadmap.constraints.latest_finish import LatestFinish
from roadmap.constraints.parallel_work import ParallelWork
from roadmap.constraints.precedence import Precedence
from roadmap.constraints.prerequisite import Prerequisite
from roadmap.rules import Constraint

STANDARD: tuple[type[Constraint], ...] = (
    Inclusion,
    EarliestStart,
    LatestFinish,
    Precedence,
    Prerequisite,
    Capacity,
    ParallelWork,
    Absorption,
)

__all__ = [
    "STANDARD",
    "Absorption",
    "Capacity",
    "EarliestStart",
    "Inclusion",
    "LatestFinish",
    "ParallelWork",
    "Precedence",
    "Prerequisite",
]
