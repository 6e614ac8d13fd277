"""TOML read strictly, by the standard library; dates become text."""

from __future__ import annotations

import datetime
import re
import tomllib

from roadmap.io._toml_lines import find_lines
from roadmap.io._tree import Findings, Lines, Path, shown

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")

_REPEATS = re.compile("Cannot (declare|overwrite|mutate|redefine)|Duplicate inline")
_TROUBLES: tuple[tuple[str, str, str], ...] = (
    (
        _REPEATS.pattern,
        "this name has a value or a table already",
        "keep one of them, or rename one",
    ),
    (
        "Invalid (value|initial|statement)|Expected newline",
        "this is not written as TOML",
        "text and months need double quotes: \"2027-01\"; each 'name = value' needs its own line",
    ),
    ("Expected '='", "an equals sign is missing after the name", "write name = value"),
    ("Expected '\\]", "a table's name is not closed", "write [name] or [[name]]"),
    ("Unclosed array", "a list is not closed properly", "add the missing comma or ]"),
    ("Unclosed inline", "a table is not closed properly", "add the missing comma or }"),
    (
        "Unterminated string|Expected .['\"]|(Found invalid|Illegal) character '.n'",
        "a quote is never closed",
        "close it",
    ),
    (
        "Unescaped|hex value|Unicode scalar",
        "a backslash in double quotes starts something unknown",
        "write \\\\ for a backslash, or use single quotes",
    ),
    ("Illegal|Found invalid", "a character that TOML does not allow", "delete it"),
    ("Invalid date", "there is no such day", "write a day as 2027-01-15"),
)


def grow(text: str, source: str) -> tuple[object, Lines]:
    """Read TOML into plain data and the line of every value.

    Parameters
    ----------
    text
        The file.
    source
        Its name, for messages.

    Raises
    ------
    FormatError
        It is no TOML, or it holds a name twice, a time of day, a number of more than 300
        digits, more than 50 levels or 1,000,000 values.
    """
    findings = Findings(source)
    lines = find_lines(text, findings)
    data = _softened(_parsed(text, findings), (), lines, findings)
    findings.settle()
    return data, lines


def _parsed(text: str, findings: Findings) -> dict[str, object]:
    """What the standard library reads; its complaint becomes a fault."""
    try:
        return tomllib.loads(text)
    except ValueError as error:
        complaint, line = str(error), None
        if place := _PLACE.search(complaint):
            line = int(place[1]) if place[1] else text.rstrip("\n").count("\n") + 1
            complaint = complaint[: place.start()]
        if findings.faults and (_REPEATS.match(complaint) or line is None):
            findings.settle()
        problem, remedy = _plain(complaint)
        findings.stop((), f"{problem}: {_excerpt(text, line)}", remedy, line)


def _plain(complaint: str) -> tuple[str, str]:
    for part, problem, remedy in _TROUBLES:
        if re.match(part, complaint):
            return problem, remedy
    return f"this is no TOML ({complaint})", "look for a missing quote or bracket"


def _excerpt(text: str, line: int | None) -> str:
    lines = text.split("\n")
    there = line is not None and line <= len(lines)
    return shown(lines[line - 1].strip()) if there and line else "the file as a whole"


def _softened(value: object, path: Path, lines: Lines, findings: Findings) -> object:
    """Turn days into text and refuse times: roadmaps know no time of day."""
    if isinstance(value, dict):
        return {k: _softened(v, (*path, k), lines, findings) for k, v in value.items()}
    if isinstance(value, list):
        return [_softened(v, (*path, i), lines, findings) for i, v in enumerate(value)]
    if isinstance(value, datetime.datetime | datetime.time):
        problem = f"{value.isoformat()} holds a time of day"
        findings.add(path, problem, "write the day alone: 2027-01-15", lines.get(path))
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value
