"""The page of figures: sections replaced, rows added, versions told or missed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from roadmap.solvers import registry
from tests.campaigns.pages import add_row, put_section, versions_told

PAGE = """# Page

## One

Words.

| a |
|---|
| 1 |

More words.

## Two

| b |
|---|
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page of two sections."""
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("heading", "before", "after"),
    [
        ("## One", "| 1 |\n", "| 1 |\n| new |\n"),
        ("## Two", "| b |\n|---|\n", "| b |\n|---|\n| new |\n"),
    ],
)
def test_rows_are_added(page: Path, heading: str, before: str, after: str) -> None:
    """A row goes to the end of its section's table, and nothing else changes."""
    add_row(page, heading, "| new |")
    assert PAGE.replace(before, after) == page.read_text(encoding="utf-8")


def test_row_without_a_table(page: Path) -> None:
    """Figures that have no place are not lost in silence."""
    with pytest.raises(ValueError, match="no table under '## Three'"):
        add_row(page, "## Three", "| new |")


def test_sections_are_replaced_or_added(page: Path) -> None:
    """A section that is there makes room for the new one; one that is not becomes the last."""
    put_section(page, "## One", "## One\n\nNew.\n")
    put_section(page, "## Three", "## Three\n\nLast.\n")
    told = page.read_text(encoding="utf-8")
    assert "# Page\n\n## One\n\nNew.\n\n## Two\n\n| b |\n|---|\n\n## Three\n\nLast.\n" == told


def test_versions_of_what_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """From a source tree without metadata, the campaigns say so instead of breaking off."""

    def absent(package: str) -> str:
        raise PackageNotFoundError(package)

    monkeypatch.setattr(registry, "version", absent)
    registry.versions.cache_clear()
    told = versions_told()
    registry.versions.cache_clear()
    assert told.endswith(", ortools not installed, roadmap not installed")
