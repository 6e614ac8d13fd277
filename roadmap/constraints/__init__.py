"""The rules a plan must keep, one a file. ``STANDARD`` are those that facts can imply."""

from roadmap.constraints.blocked_work import BlockedWork
from roadmap.constraints.capacity import Capacity
from roadmap.constraints.earliest_start import EarliestStart
from roadmap.constraints.floor import Floor
from roadmap.constraints.inclusion import Inclusion
from roadmap.constraints.latest_finish import LatestFinish
from roadmap.constraints.left_out import LeftOut
from roadmap.constraints.moved_dependant import MovedDependant
from roadmap.constraints.parallel_run import ParallelRun
from roadmap.constraints.pilot_gate import PilotGate
from roadmap.constraints.precedence import Precedence
from roadmap.constraints.prerequisite import Prerequisite
from roadmap.constraints.shared_decision import SharedDecision
from roadmap.rules import Constraint

STANDARD: tuple[type[Constraint], ...] = (
    Inclusion,
    EarliestStart,
    LatestFinish,
    Precedence,
    Prerequisite,
    Floor,
    Capacity,
    MovedDependant,
    ParallelRun,
    BlockedWork,
    PilotGate,
)

__all__ = [
    "STANDARD",
    "BlockedWork",
    "Capacity",
    "EarliestStart",
    "Floor",
    "Inclusion",
    "LatestFinish",
    "LeftOut",
    "MovedDependant",
    "ParallelRun",
    "PilotGate",
    "Precedence",
    "Prerequisite",
    "SharedDecision",
]
