"""How the pages are made."""

from __future__ import annotations

from importlib.metadata import version as installed
from pathlib import Path

from sphinx.application import Sphinx

DOCS = Path(__file__).parent
PACKAGE = DOCS.parent / "roadmap"

project = "roadmap"
author = "roadmap contributors"
copyright = "2026, roadmap contributors"  # noqa: A001  # the name that Sphinx reads
version = release = installed("roadmap")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"roadmap {release}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_google_docstring = False
napoleon_use_ivar = True  # fields of attrs classes stand in the docstring of the class
suppress_warnings = ["ref.python"]  # fields of several classes share a name, and Sphinx links them


def write_reference(_: Sphinx) -> None:
    """Write one page for each public module, so that a new room needs no page of its own.

    A face only hands on what its rooms hold; there the names are described.
    """
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ("roadmap", *path.relative_to(PACKAGE).with_suffix("").parts)
        is_face = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_face else parts)
        if any(part.startswith("_") for part in name.split(".")):
            continue
        lines = [name, "=" * len(name), "", f".. automodule:: {name}"]
        if is_face:
            lines += ["   :no-members:", "", ".. toctree::", "   :glob:", "   :maxdepth: 1", ""]
            lines += [f"   {name}.*"]
        write_if_new(DOCS / "reference" / "modules" / f"{name}.rst", "\n".join(lines) + "\n")


def write_if_new(path: Path, text: str) -> None:
    """Write a page, unless it stands there as it is: then Sphinx need not read it again."""
    path.parent.mkdir(exist_ok=True)
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def setup(app: Sphinx) -> None:
    """Have the reference written before the pages are read."""
    app.connect("builder-inited", write_reference)
