"""Files: portfolios, schedules and public instances, one format a file."""

from roadmap.io.portfolios import read, write
from roadmap.io.psplib import read_psplib
from roadmap.io.schedules import read_schedule
from roadmap.io.schema import schema_text

__all__ = ["read", "read_psplib", "read_schedule", "schema_text", "write"]
