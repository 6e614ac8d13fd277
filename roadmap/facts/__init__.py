"""The facts of a portfolio, one record each.

A record only holds what was said. It refers to others by name, never by position, and says
beside each field what the field may hold; ``Portfolio`` checks the whole and names every fault
at once. What is absent is ``None``.

Words: capability, gap and work package after TOGAF and ArchiMate 3; activity, mode, renewable
resource and generalised precedence after P. Brucker et al., EJOR 112, 1999.
"""

from roadmap.facts.capability import Capability
from roadmap.facts.dependency import BASES, LINKS, Dependency
from roadmap.facts.initiative import CATEGORIES, KINDS, Initiative, Mode
from roadmap.facts.need import Gap, Need
from roadmap.facts.team import Team
from roadmap.facts.unit import Unit
from roadmap.facts.workaround import Workaround

__all__ = [
    "BASES",
    "CATEGORIES",
    "KINDS",
    "LINKS",
    "Capability",
    "Dependency",
    "Gap",
    "Initiative",
    "Mode",
    "Need",
    "Team",
    "Unit",
    "Workaround",
]
