"""The facts of a portfolio, one record each.

A record only holds what was said. It refers to others by name, never by position, and says
beside each field what the field may hold; ``Portfolio`` checks the whole and names every fault
at once. What is absent is ``None``.

Words: capability, gap and work package after TOGAF and ArchiMate 3; activity, mode, renewable
resource and generalised precedence after P. Brucker et al., EJOR 112, 1999.
"""

from roadmap.facts.blackout import Blackout
from roadmap.facts.budget import MONEY, Budget, Limit
from roadmap.facts.capability import Capability
from roadmap.facts.dependency import BASES, LINKS, Dependency
from roadmap.facts.fence import Fence
from roadmap.facts.freeze import Freeze
from roadmap.facts.holiday import Holiday
from roadmap.facts.initiative import CATEGORIES, KINDS, Initiative, Mode
from roadmap.facts.member import Absence, Member
from roadmap.facts.need import Gap, Need
from roadmap.facts.outcome import Outcome
from roadmap.facts.pilot import Pilot
from roadmap.facts.programme import Programme
from roadmap.facts.quota import MEASURES, Quota
from roadmap.facts.release_calendar import ReleaseCalendar
from roadmap.facts.risk import Risk
from roadmap.facts.scope import Scope, covers
from roadmap.facts.selection import HOWS, Selection
from roadmap.facts.system import System
from roadmap.facts.team import MOST_SKILLS, Team
from roadmap.facts.unit import Unit
from roadmap.facts.workaround import Workaround

__all__ = [
    "BASES",
    "CATEGORIES",
    "HOWS",
    "KINDS",
    "LINKS",
    "MEASURES",
    "MONEY",
    "MOST_SKILLS",
    "Absence",
    "Blackout",
    "Budget",
    "Capability",
    "Dependency",
    "Fence",
    "Freeze",
    "Gap",
    "Holiday",
    "Initiative",
    "Limit",
    "Member",
    "Mode",
    "Need",
    "Outcome",
    "Pilot",
    "Programme",
    "Quota",
    "ReleaseCalendar",
    "Risk",
    "Scope",
    "Selection",
    "System",
    "Team",
    "Unit",
    "Workaround",
    "covers",
]
