"""Files: portfolios, schedules and public instances, one format a file."""

from roadmap.io.alternatives import read_alternatives
from roadmap.io.earliness_tardiness import read_earliness_tardiness
from roadmap.io.multimode import read_multimode
from roadmap.io.next_release import read_next_release
from roadmap.io.patterson import read_patterson
from roadmap.io.portfolios import read, write
from roadmap.io.progen_max import read_progen_max
from roadmap.io.project_structure import read_project_structure
from roadmap.io.psplib import read_psplib
from roadmap.io.schedules import read_schedule
from roadmap.io.schema import schema_text

__all__ = [
    "read",
    "read_alternatives",
    "read_earliness_tardiness",
    "read_multimode",
    "read_next_release",
    "read_patterson",
    "read_progen_max",
    "read_project_structure",
    "read_psplib",
    "read_schedule",
    "schema_text",
    "write",
]
