"""The rules a plan must keep, one a file. ``STANDARD`` are those that facts can imply."""

from roadmap.constraints.alternatives import Alternatives
from roadmap.constraints.blackout import WorkBlackout
from roadmap.constraints.budget_limit import BudgetLimit
from roadmap.constraints.capacity import Capacity
from roadmap.constraints.category_quota import CategoryQuota
from roadmap.constraints.choice import Choice
from roadmap.constraints.consumption import Consumption
from roadmap.constraints.earliest_start import EarliestStart
from roadmap.constraints.freeze import GoLiveFreeze
from roadmap.constraints.inclusion import Inclusion
from roadmap.constraints.latest_finish import LatestFinish
from roadmap.constraints.precedence import Precedence
from roadmap.constraints.prerequisite import Prerequisite
from roadmap.constraints.release_dates import ReleaseDates
from roadmap.constraints.ring_fence import RingFence
from roadmap.constraints.skills import SkillDemand
from roadmap.constraints.succession import Succession
from roadmap.rules import Constraint

STANDARD: tuple[type[Constraint], ...] = (
    Inclusion,
    EarliestStart,
    LatestFinish,
    Precedence,
    Prerequisite,
    Choice,
    Capacity,
    SkillDemand,
    GoLiveFreeze,
    ReleaseDates,
    WorkBlackout,
    RingFence,
    BudgetLimit,
    CategoryQuota,
)

__all__ = [
    "STANDARD",
    "Alternatives",
    "BudgetLimit",
    "Capacity",
    "CategoryQuota",
    "Choice",
    "Consumption",
    "EarliestStart",
    "GoLiveFreeze",
    "Inclusion",
    "LatestFinish",
    "Precedence",
    "Prerequisite",
    "ReleaseDates",
    "RingFence",
    "SkillDemand",
    "Succession",
    "WorkBlackout",
]
