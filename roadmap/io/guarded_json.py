"""JSON read strictly: one meaning for every file, and the line of every value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from roadmap.io._tree import MAX_DEPTH, MAX_DIGITS, Findings, Lines, Tree, shown

_TEXT = r'"(?:[^"\\]++|\\.)*+(?P<end>")?'
_TOKEN = re.compile(_TEXT + r'|[\[\]{}]|[^\s\[\]{},:"]++', re.DOTALL)
_BRACKET = re.compile(_TEXT + r"|[\[\]{}]", re.DOTALL)
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None}
_NO_NUMBERS = ("NaN", "Infinity", "-Infinity")

_TROUBLES = {
    "Expecting value": ("a value is missing or not JSON", "text needs double quotes"),
    "Expecting property name": (
        "a name in double quotes is missing",
        "put names in double quotes, and no comma before the closing brace",
    ),
    "Illegal trailing comma": ("a comma stands before a closing bracket", "delete the comma"),
    "Expecting ',' delimiter": ("a comma or a closing bracket is missing", "add it before this"),
    "Expecting ':' delimiter": ("a colon is missing after a name", "add it before this"),
    "Extra data": ("something follows the end of the data", "delete it"),
    "Unterminated string": ("a double quote is opened and never closed", "close it"),
    "Invalid control character": (
        "a line break, tab or control character stands inside quotes",
        "close the quote, or write \\n or \\t",
    ),
    "Invalid \\": (
        "a backslash starts something unknown",
        "write \\\\ for a backslash",
    ),
}


def grow(text: str, source: str) -> tuple[object, Lines]:
    """Read JSON into plain data and the line of every value.

    Parameters
    ----------
    text
        The file.
    source
        Its name, for messages.

    Raises
    ------
    FormatError
        It is no JSON, or it holds NaN or Infinity, a name twice in one object, a number of
        more than 300 characters, more than 50 levels or 1,000,000 values.
    """
    tree = Tree(source)
    _refuse_depth(text, tree.findings)
    error = _complaint(text)
    for token, line in _tokens(text if error is None else text[: error.pos]):
        _take(token, line, tree)
    if error is not None:
        problem, remedy = _plain(error, text)
        tree.findings.stop(tree.path, problem, remedy, error.lineno)
    return tree.result()


def _refuse_depth(text: str, findings: Findings) -> None:
    """Refuse deep nesting before a recursive parser sees it."""
    depth = 0
    for match in _BRACKET.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > MAX_DEPTH:
            findings.too_deep((), text.count("\n", 0, match.start()) + 1)


def _complaint(text: str) -> json.JSONDecodeError | None:
    """What the strict parser says; numbers stay text, for their length is not yet known."""
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        return error
    return None


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """The brackets, texts and words of sound JSON, each with its line."""
    line, last = 1, 0
    for match in _TOKEN.finditer(text):
        if match[0][0] == '"' and not match["end"]:
            return  # a text that is torn off, where the parser stopped
        line, last = line + text.count("\n", last, match.start()), match.start()
        yield match[0], line


def _take(token: str, line: int, tree: Tree) -> None:
    """Build in one token."""
    if token in "[{":
        tree.open([] if token == "[" else {}, line)
    elif token in "]}":
        tree.close()
    elif token[0] == '"':
        tree.add(token[1:-1] if "\\" not in token else json.loads(token), line)
    elif token in _WORDS:
        tree.add(_WORDS[token], line)
    elif token in _NO_NUMBERS:
        remedy = "write null, or leave it out, where there is no number"
        tree.findings.add(tree.path, f"{token} is no number in JSON", remedy, line)
        tree.add(None, line)
    elif len(token) > MAX_DIGITS:
        tree.findings.too_long(tree.path, token, line)
        tree.add(None, line)
    else:
        tree.add(float(token) if re.search("[.eE]", token) else int(token), line)


def _plain(error: json.JSONDecodeError, text: str) -> tuple[str, str]:
    """Put the parser's complaint into plain words, with what stands there."""
    rest = text[error.pos : error.pos + 60].split("\n")[0]
    found = shown(rest) if rest else "the end of the line"
    for part, (problem, remedy) in _TROUBLES.items():
        if error.msg.startswith(part):
            return f"{problem}: {found}", remedy
    return f"this is no JSON ({error.msg}): {found}", "look for a missing quote, comma or bracket"
