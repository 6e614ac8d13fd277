"""The rules a plan must keep, one a file. ``STANDARD`` are those that facts can imply."""

from roadmap.constraints.absorption import Absorption
from roadmap.constraints.alternatives import Alternatives
from roadmap.constraints.blackout import WorkBlackout
from roadmap.constraints.blocked_work import BlockedWork
from roadmap.constraints.budget_limit import BudgetLimit
from roadmap.constraints.capacity import Capacity
from roadmap.constraints.category_quota import CategoryQuota
from roadmap.constraints.choice import Choice
from roadmap.constraints.consumption import Consumption
from roadmap.constraints.earliest_start import EarliestStart
from roadmap.constraints.floor import Floor
from roadmap.constraints.freeze import GoLiveFreeze
from roadmap.constraints.inclusion import Inclusion
from roadmap.constraints.latest_finish import LatestFinish
from roadmap.constraints.left_out import LeftOut
from roadmap.constraints.moved_dependant import MovedDependant
from roadmap.constraints.parallel_run import ParallelRun
from roadmap.constraints.parallel_work import ParallelWork
from roadmap.constraints.pilot_gate import PilotGate
from roadmap.constraints.precedence import Precedence
from roadmap.constraints.prerequisite import Prerequisite
from roadmap.constraints.release_dates import ReleaseDates
from roadmap.constraints.ring_fence import RingFence
from roadmap.constraints.shared_decision import SharedDecision
from roadmap.constraints.skills import SkillDemand
from roadmap.constraints.succession import Succession
from roadmap.constraints.term_limit import TermLimit
from roadmap.rules import Constraint

STANDARD: tuple[type[Constraint], ...] = (
    Inclusion,
    EarliestStart,
    LatestFinish,
    Precedence,
    Prerequisite,
    Floor,
    MovedDependant,
    ParallelRun,
    BlockedWork,
    PilotGate,
    Choice,
    Capacity,
    SkillDemand,
    GoLiveFreeze,
    ReleaseDates,
    WorkBlackout,
    RingFence,
    BudgetLimit,
    CategoryQuota,
    ParallelWork,
    Absorption,
)

__all__ = [
    "STANDARD",
    "Absorption",
    "Alternatives",
    "BlockedWork",
    "BudgetLimit",
    "Capacity",
    "CategoryQuota",
    "Choice",
    "Consumption",
    "EarliestStart",
    "Floor",
    "GoLiveFreeze",
    "Inclusion",
    "LatestFinish",
    "LeftOut",
    "MovedDependant",
    "ParallelRun",
    "ParallelWork",
    "PilotGate",
    "Precedence",
    "Prerequisite",
    "ReleaseDates",
    "RingFence",
    "SharedDecision",
    "SkillDemand",
    "Succession",
    "TermLimit",
    "WorkBlackout",
]
