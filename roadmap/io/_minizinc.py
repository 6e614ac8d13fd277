"""MiniZinc's data files (``.dzn``), as far as whole numbers, lists, sets and grids of them go.

Source: P. J. Stuckey, K. Marriott, G. Tack, *The MiniZinc Handbook*, section "Data files".
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import attrs

from roadmap.errors import Fault, FormatError, nearest
from roadmap.fields import shown
from roadmap.io.documents import read_text

_WORD = re.compile(r"[A-Za-z_]\w*|-?[0-9]{1,9}(?!\w)|\.\.|[=;,(){}\[\]]", re.ASCII)
_REMEDY = "give name = value; with a number, a list, or array2d(1..n, 1..m, [...])"

T = TypeVar("T")


@attrs.frozen
class Grid:
    """A table of whole numbers: ``array2d(1..rows, 1..columns, [...])``."""

    rows: Sequence[Sequence[int]]
    columns: int


Value = int | list[int] | list[list[int]] | Grid
"""A number, a list of numbers, a list of sets, or a grid."""


class Word(NamedTuple):
    """A word of a file and its line, counted from 1."""

    line: int
    text: str


class _NotReadError(Exception):
    """An assignment could not be read; why is among the faults."""


@attrs.define
class Data:
    """What a file assigns, by name; what is wrong gathers in ``faults``.

    Attributes
    ----------
    source
        Name of the file.
    values
        The values.
    lines
        The line on which each begins.
    faults
        What was found so far.
    """

    source: str
    values: dict[str, Value] = attrs.field(factory=dict)
    lines: dict[str, int] = attrs.field(factory=dict)
    faults: list[Fault] = attrs.field(factory=list)

    def fault(self, path: str, problem: str, remedy: str, line: int | None = None) -> None:
        """Note a fault of a value, of the line on which it begins unless said."""
        self.faults.append(Fault(path, problem, remedy, line or self.lines.get(path, 1)))

    def get(self, name: str, kind: type[T], empty: T) -> T:
        """A value of a kind; if there is none such, a fault, and the empty one."""
        value = self.values.get(name)
        if isinstance(value, kind):
            return value
        if name in self.values:
            words = {int: "a whole number", list: "a list", Grid: "an array2d"}
            self.fault(name, f"it is not {words[kind]}", f"write {words[kind]}")
        elif not self.faults:
            self.fault(name, "it is missing", nearest(name, self.values))
        return empty

    def check(self) -> None:
        """Raise all faults, in the order of their lines."""
        if self.faults:
            raise FormatError(sorted(self.faults, key=lambda fault: fault.line or 0), self.source)


def read_data(path: str | os.PathLike[str]) -> Data:
    """Read the assignments of a file; faults gather in what is given back."""
    data = Data(os.fspath(path))
    words = []
    for at, line in enumerate(read_text(path).removeprefix("\ufeff").splitlines(), start=1):
        code = line.partition("%")[0]
        words += [Word(at, match[0]) for match in _WORD.finditer(code)]
        rest = _WORD.sub(" ", code).split()
        if rest:
            data.fault("document", f"{shown(rest[0])} cannot be read", _REMEDY, at)
    _Assignments(words, data).read()
    return data


@attrs.define
class _Assignments:
    """The words of a file and how far they are read."""

    words: Sequence[Word]
    data: Data
    at: int = 0

    def read(self) -> None:
        """Read all; what cannot be read is told, and the next assignment is tried."""
        while self.at < len(self.words):
            begin = self.at
            try:
                self._assignment()
            except _NotReadError:
                while self.at < len(self.words) and self.words[self.at].text != ";":
                    self.at += 1
                self.at = max(self.at, begin) + 1

    def _assignment(self) -> None:
        line, name = self._next("a name", r"[A-Za-z_]\w*")
        self._next("=", "=")
        value = self._value()
        self._next(";", ";")
        if name in self.data.values:
            told = f"line {self.data.lines[name]} says it already"
            self.data.fault(name, told, "keep one of them", line)
        self.data.values[name], self.data.lines[name] = value, line

    def _next(self, what: str, form: str) -> Word:
        """The next word, if it is of a form."""
        ended = self.at >= len(self.words)
        word = Word(self.words[-1].line, "the end") if ended else self.words[self.at]
        if ended or not re.fullmatch(form, word.text):
            told = f"{shown(word.text)} stands where {what} should"
            self.data.fault("document", told, _REMEDY, word.line)
            raise _NotReadError
        self.at += 1
        return word

    def _is(self, text: str) -> bool:
        return self.at < len(self.words) and self.words[self.at].text == text

    def _number(self) -> int:
        return int(self._next("a whole number", r"-?[0-9]+").text)

    def _value(self) -> Value:
        if self._is("array2d"):
            return self._grid()
        return self._list() if self._is("[") else self._number()

    def _list(self) -> list[int] | list[list[int]]:
        """Numbers, or sets of numbers."""
        self._next("[", r"\[")
        if not self._is("{"):
            return self._numbers("]")
        sets = []
        while not self._is("]"):
            self._next("{", r"\{")
            sets.append(self._numbers("}"))
            if not self._is("]"):
                self._next(",", ",")
        self._next("]", r"\]")
        return sets

    def _numbers(self, end: str) -> list[int]:
        """Numbers up to a bracket, with commas between, one after the last allowed."""
        found = []
        while not self._is(end):
            found.append(self._number())
            if not self._is(end):
                self._next(",", ",")
        self._next(end, re.escape(end))
        return found

    def _grid(self) -> Grid:
        line = self._next("array2d", "array2d").line
        self._next("(", r"\(")
        rows, columns = self._range(), self._range()
        self._next("[", r"\[")
        numbers = self._numbers("]")
        self._next(")", r"\)")
        if len(numbers) != rows * columns:
            told = f"{rows} by {columns} numbers should stand here, and {len(numbers)} do"
            self.data.fault("document", told, "one for each place", line)
            raise _NotReadError
        cut = [numbers[at * columns : (at + 1) * columns] for at in range(rows)] if columns else []
        return Grid(cut, columns)

    def _range(self) -> int:
        """``1..n,`` as n."""
        self._next("1", "1")
        self._next("..", r"\.\.")
        number = int(self._next("a number from 0 on", r"[0-9]+").text)
        self._next(",", ",")
        return number
