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
from roadmap.facts.initiative import CATEGORIES, Initiative, Mode
from roadmap.facts.member import Absence, Member
from roadmap.facts.need import Gap, Need
from roadmap.facts.programme import Programme
from roadmap.facts.quota import MEASURES, Quota
from roadmap.facts.release_calendar import ReleaseCalendar
from roadmap.facts.scope import Scope, covers
from roadmap.facts.selection import HOWS, Selection
from roadmap.facts.team import MOST_SKILLS, Team

__all__ = [
    "BASES",
    "CATEGORIES",
    "HOWS",
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
    "Programme",
    "Quota",
    "ReleaseCalendar",
    "Scope",
    "Selection",
    "Team",
    "covers",
]
