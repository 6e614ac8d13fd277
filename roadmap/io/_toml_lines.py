"""The lines of the values in a TOML file, which the standard library does not tell.

The scan knows tables, names and values, and stops where it no longer understands the file; it
judges nothing but names that stand twice and what is too big to be handed to a parser.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from roadmap.io._tree import MAX_DEPTH, MAX_DIGITS, MAX_NODES, Findings, Lines, Path

_TOKEN = re.compile(
    r'''
      (?P<gap>[ \t\r]++|\#[^\n]*+)
    | (?P<newline>\n)
    | (?P<long>"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+(?:"{3,5})?
              |\'\'\'(?:[^']++|'{1,2}(?!'))*+(?:'{3,5})?)
    | (?P<text>"(?:[^"\\\n]++|\\[^\n])*+"?|'[^'\n]*+'?)
    | (?P<sign>[\[\]{}=,.])
    | (?P<word>[^\s\[\]{}=,."'\#]++)
    | (?P<other>.)
    ''',
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


class _LostError(Exception):
    """The scan no longer understands the file; the parser will say what is wrong with it."""


def find_lines(text: str, findings: Findings) -> Lines:
    """Find the line of every value, as far as the file can be understood.

    Parameters
    ----------
    text
        The file.
    findings
        Gathers names that stand twice, and numbers, depths and counts out of bounds.
    """
    scan = _Scan(text, findings)
    with suppress(_LostError):
        scan.statements()
    return scan.lines


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind != "gap":
            yield _Token(kind, match[0], line)
        line += match[0].count("\n")
    yield _Token("end", "", line)


class _Scan:
    """A walk over the statements; ``token`` is the one that comes next."""

    def __init__(self, text: str, findings: Findings) -> None:
        self.lines: Lines = {(): 1}
        self._findings = findings
        self._declared: Lines = {}
        self._sizes: dict[Path, int] = {}
        self._rest = _tokens(text)
        self._token = next(self._rest)

    def statements(self) -> None:
        """Walk over the whole file."""
        table: Path = ()
        while self._token.kind != "end":
            if self._token.kind == "newline":
                self._step()
            elif self._token.text == "[":
                table = self._table()
            else:
                self._pair(table)

    def _step(self, expected: str = "") -> _Token:
        token = self._token
        if token.kind == "end" or (expected and token.text != expected):
            raise _LostError
        self._token = next(self._rest)
        return token

    def _skip_newlines(self) -> None:
        while self._token.kind == "newline":
            self._step()

    def _table(self) -> Path:
        """A line such as ``[name]`` or ``[[name]]``: where its values go."""
        line = self._step("[").line
        listed = self._token.text == "["
        if listed:
            self._step()
        *parents, last = self._name()
        self._step("]")
        path = (*self._entered(parents), last)
        if listed:
            self._step("]")
            return self._another(path, line)
        self._declare(path, line)
        return path

    def _entered(self, parents: list[str]) -> Path:
        """Where a table's parents are: in the last item, where they are lists."""
        path: Path = ()
        for part in parents:
            path = (*path, part)
            if path in self._sizes:
                path = (*path, self._sizes[path] - 1)
        return path

    def _another(self, path: Path, line: int) -> Path:
        """One more item of a list of tables."""
        if path not in self._sizes:
            self._declare(path, line)
        self._sizes[path] = self._sizes.get(path, 0) + 1
        item = (*path, self._sizes[path] - 1)
        self._declare(item, line)
        return item

    def _name(self) -> list[str]:
        parts = [self._part()]
        while self._token.text == ".":
            self._step()
            parts.append(self._part())
            if len(parts) > MAX_DEPTH:
                self._findings.too_deep(tuple(parts), self._token.line)
        return parts

    def _part(self) -> str:
        token = self._step()
        if token.kind == "word":
            return token.text
        if token.kind != "text":
            raise _LostError
        if "\\" not in token.text:
            return token.text[1:-1]
        try:
            return str(tomllib.loads(f"name = {token.text}")["name"])
        except ValueError:
            raise _LostError from None

    def _pair(self, table: Path) -> None:
        line = self._token.line
        path = (*table, *self._name())
        self._step("=")
        self._declare(path, line)
        self._value(path)

    def _declare(self, path: Path, line: int) -> None:
        """Note where a name is given its value or its table."""
        if path in self._declared:
            self._findings.twice(path, self._declared[path], line)
        self._declared.setdefault(path, line)
        self._note(path, line)

    def _note(self, path: Path, line: int) -> None:
        """Note the line of a value, and of what encloses it if that has none of its own."""
        if len(path) > MAX_DEPTH:
            self._findings.too_deep(path, line)
        if len(self.lines) > MAX_NODES:
            self._findings.too_many(path[:3], line)
        while path not in self.lines:
            self.lines[path] = line
            path = path[:-1]

    def _value(self, path: Path) -> None:
        self._note(path, self._token.line)
        if self._token.text not in ("[", "{"):
            self._plain(path)
        elif len(path) >= MAX_DEPTH:
            self._findings.too_deep(path, self._token.line)
        elif self._token.text == "[":
            self._list(path)
        else:
            self._inline(path)

    def _list(self, path: Path) -> None:
        self._step("[")
        size = 0
        self._skip_newlines()
        while self._token.text != "]":
            self._value((*path, size))
            size += 1
            self._skip_newlines()
            if self._token.text != "]":
                self._step(",")
                self._skip_newlines()
        self._step("]")

    def _inline(self, path: Path) -> None:
        self._step("{")
        self._skip_newlines()
        while self._token.text != "}":
            self._pair(path)
            self._skip_newlines()
            if self._token.text != "}":
                self._step(",")
                self._skip_newlines()
        self._step("}")

    def _plain(self, path: Path) -> None:
        """A text, number, word or date; dots and a space may stand inside one."""
        first = self._step()
        if first.kind not in ("word", "text", "long"):
            raise _LostError
        if first.kind == "word" and len(first.text) > MAX_DIGITS:
            self._findings.too_long(path, first.text, first.line)
        while self._token.kind == "word" or self._token.text == ".":
            self._step()
