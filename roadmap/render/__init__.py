"""The charts, one a file; each takes the axes to draw in, or makes its own, and returns them."""

from roadmap.render.dependency_chart import dependencies
from roadmap.render.gantt_chart import gantt
from roadmap.render.load_chart import load
from roadmap.render.progress_chart import progress
from roadmap.render.theme import save
from roadmap.render.value_chart import value

__all__ = ["dependencies", "gantt", "load", "progress", "save", "value"]
