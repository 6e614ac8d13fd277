"""One report for two readers: the same dates and money, in the words of each."""

from roadmap.reporting.evidence import Evidence, gathered
from roadmap.reporting.pack import Report, report

__all__ = ["Evidence", "Report", "gathered", "report"]
