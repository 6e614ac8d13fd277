"""Writing the figures of campaigns into a page, each into its own section."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from platform import python_version

from roadmap.solvers.registry import versions


def day() -> str:
    """Today, as the page says it."""
    return datetime.now(UTC).date().isoformat()


def versions_told() -> str:
    """Versions of what the figures depend on; "not installed" where a package has none."""
    packages = [f"{name} {version}" for name, version in sorted(versions().items())]
    return ", ".join([f"Python {python_version()}", *packages])


def put_section(page: Path, heading: str, section: str) -> None:
    """Replace the section of a heading, or add it as the last."""
    before, _, after = _parted(page.read_text(encoding="utf-8"), heading)
    parts = [part.strip("\n") for part in (before, section, after)]
    page.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


def add_row(page: Path, heading: str, row: str) -> None:
    """Add a row to the first table of a section.

    Raises
    ------
    ValueError
        The page has no such section, or that has no table.
    """
    before, section, after = _parted(page.read_text(encoding="utf-8"), heading)
    table = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    if table is None:
        raise ValueError(f"{page} has no table under {heading!r}")
    section = f"{section[: table.end()]}{row}\n{section[table.end() :]}"
    page.write_text(before + section + after, encoding="utf-8")


def _parted(text: str, heading: str) -> tuple[str, str, str]:
    """What stands before a section, the section, and what stands after it."""
    found = re.search(rf"^{re.escape(heading)}\n(?:(?!## ).*(?:\n|\Z))*", text, re.MULTILINE)
    return (
        (text, "", "") if found is None else (text[: found.start()], found[0], text[found.end() :])
    )
