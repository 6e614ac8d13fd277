"""The charts, one a file; each takes the axes to draw in, or makes its own, and returns them."""

from roadmap.render.delay_chart import waits
from roadmap.render.dependency_chart import dependencies
from roadmap.render.front_chart import front
from roadmap.render.gantt_chart import gantt
from roadmap.render.load_chart import load
from roadmap.render.price_chart import prices
from roadmap.render.progress_chart import progress
from roadmap.render.theme import save
from roadmap.render.triage_chart import quadrant
from roadmap.render.value_chart import value

__all__ = [
    "dependencies",
    "front",
    "gantt",
    "load",
    "prices",
    "progress",
    "quadrant",
    "save",
    "value",
    "waits",
]
