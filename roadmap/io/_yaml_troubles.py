"""What a YAML parser complains of, in words that a newcomer understands."""

from __future__ import annotations

import re

import yaml

from roadmap.io._tree import shown

_INDENT = "indent it like its neighbours; put text that holds quotes or ': ' in quotes as a whole"
_WHOLE_TEXT = "put the whole text in quotes"

_TROUBLES: tuple[tuple[str, bool, str, str], ...] = (
    ("tab character", False, "a tab indents this line", "indent with spaces only"),
    (
        "could not find expected ':'",
        True,
        "no colon follows this name",
        "write 'name: value', with a space after the colon; quote text that runs on",
    ),
    (
        "mapping values are not allowed",
        False,
        "a colon stands where none may, or the line is indented too far",
        _INDENT,
    ),
    (
        "sequence entries are not allowed",
        False,
        "a list dash '-' stands where none may",
        "start the list on the line after its name, each '- ' indented alike",
    ),
    (
        "end of stream|unexpected document",
        True,
        "a quote is opened on this line and never closed",
        "close the quote",
    ),
    (
        "',' or '[\\]}]'",
        True,
        "a bracket is opened on this line and not closed properly",
        "add the missing comma or closing bracket",
    ),
    (
        "escape|hexdeci|hexadeci",
        False,
        "a backslash in double quotes starts something unknown",
        "write \\\\ for a backslash, or use single quotes",
    ),
    ("expected key|block end|'-' indicator", False, "this line does not fit those above", _INDENT),
    ("alphabetic or numeric", False, "a value starts with '*' or '&'", _WHOLE_TEXT),
    ("unexpected ':'", False, "a colon stands where none may", _WHOLE_TEXT),
    ("tag|URI|'!'|expected whitespace", False, "a value starts with '!'", _WHOLE_TEXT),
    ("directive|version|incompatible", False, "a line starts with '%'", "delete that line"),
    ("document start", False, "something follows the end of the data", "delete it"),
    ("node content", False, "a value is missing before this sign", "add it, or delete the sign"),
    (
        "comment or line break|chomping or indentation",
        False,
        "text stands behind '|' or '>'",
        "start the text on the next line, indented; or put it in quotes",
    ),
    ("indentation indicator", False, "'|' or '>' is followed by a wrong number", "delete it"),
)
"""Part of the parser's message; whether the fault lies where the structure began rather than
where the parser stopped; what is wrong; what puts it right."""


def trouble(error: yaml.MarkedYAMLError, text: str) -> tuple[str, str, int | None]:
    """Put a parser's complaint into plain words.

    Parameters
    ----------
    error
        What the parser raised.
    text
        The file it read.

    Returns
    -------
    tuple
        The problem with the line as it is written, the remedy, and the line from 1.
    """
    complaint = str(error.problem)
    if "cannot start any token" in complaint:
        begins, problem, remedy = False, *_wrong_start(error, text)
    else:
        begins, problem, remedy = _known(complaint)
    mark = error.context_mark if begins and error.context_mark else error.problem_mark
    if mark is None:
        return problem, remedy, None
    return f"{problem}: {_excerpt(text, mark)}", remedy, mark.line + 1


def _known(complaint: str) -> tuple[bool, str, str]:
    for part, begins, problem, remedy in _TROUBLES:
        if re.search(part, complaint):
            return begins, problem, remedy
    return False, f"this is no YAML ({complaint})", "look for a missing quote, bracket or colon"


def _wrong_start(error: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    """A value that starts with a sign that YAML keeps for itself, or a tab."""
    mark = error.problem_mark
    sign = _line(text, mark)[mark.column : mark.column + 1] if mark else ""
    if sign == "\t":
        return "a tab indents this line", "indent with spaces only"
    return f"a value starts with {shown(sign)}", _WHOLE_TEXT


def _excerpt(text: str, mark: yaml.Mark) -> str:
    return shown(_line(text, mark).strip(" ")) or "the end of the file"


def _line(text: str, mark: yaml.Mark) -> str:
    lines = text.splitlines()
    return lines[mark.line] if mark.line < len(lines) else ""
