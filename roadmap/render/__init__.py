"""The charts, one a file; each takes the axes to draw in, or makes its own, and returns them."""

from roadmap.render.dependencies import dependencies
from roadmap.render.load import load
from roadmap.render.value import value

__all__ = ["dependencies", "load", "value"]
