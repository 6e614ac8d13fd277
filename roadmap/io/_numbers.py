"""Files that hold numbers alone, read one after the other, each with its line."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, NoReturn

import attrs

from roadmap.errors import Fault, FormatError, PortfolioError, ProblemError
from roadmap.fields import shown
from roadmap.io.documents import read_text
from roadmap.problem import Problem

START = "2027-01-01"
"""Day on which the timelines of public instances begin: these count periods, and know no date."""

_MOST = 10**9 - 1


class Word(NamedTuple):
    """What stands between blanks, and its line, counted from 1."""

    line: int
    text: str


@attrs.define
class Numbers:
    """The numbers of a file and how far they are read; what is wrong gathers in ``faults``.

    Attributes
    ----------
    source
        Name of the file.
    words
        All that the file holds.
    lines
        How many lines it has.
    kind
        What the file should be, for remedies.
    faults
        What was found so far.
    """

    source: str
    words: Sequence[Word]
    lines: int
    kind: str
    faults: list[Fault] = attrs.field(factory=list)
    _at: int = attrs.field(default=0, init=False)

    @property
    def line(self) -> int:
        """The line of the number that was taken last."""
        return self.words[max(self._at - 1, 0)].line if self.words else 1

    @property
    def left(self) -> int:
        """How many numbers are still to be taken."""
        return len(self.words) - self._at

    def fault(self, problem: str, remedy: str, line: int | None = None) -> None:
        """Note a fault, of the line of the last number unless said."""
        self.faults.append(Fault("document", problem, remedy, self.line if line is None else line))

    def fail(self, problem: str, remedy: str, line: int | None = None) -> NoReturn:
        """Note a fault after which the rest cannot be understood, and raise all."""
        self.fault(problem, remedy, line)
        self.refuse()

    def refuse(self) -> NoReturn:
        """Raise all faults, in the order of their lines."""
        raise FormatError(sorted(self.faults, key=lambda fault: fault.line or 0), self.source)

    def take(self, what: str, least: int = 0, most: int = _MOST) -> int:
        """The next number; one that is out of bounds is a fault, and the nearest bound is given."""
        if not self.left:
            self.fail(f"the file ends where {what} should stand", f"give {self.kind}", self.lines)
        self._at += 1
        text = self.words[self._at - 1].text
        if not re.fullmatch(r"-?[0-9]+", text):
            self.fault(f"{shown(text)} is not a whole number: {what} should stand here", "write it")
            return least
        number = int(text)
        if not least <= number <= most:
            bounds = f"{least:,} to {most:,}" if most < _MOST else f"at least {least:,}"
            self.fault(f"{what} is {number:,}", bounds)
        return min(max(number, least), most)

    def count(self, what: str, most: int = _MOST, least: int = 0) -> int:
        """The next number, which says how much follows; nothing can be read on if it is wrong."""
        before = len(self.faults)
        number = self.take(what, least, most)
        if len(self.faults) > before:
            self.refuse()
        return number

    def several(self, count: int, what: str, least: int = 0, most: int = _MOST) -> list[int]:
        """The next numbers, so many of them."""
        if count > self.left:
            told = f"the file ends before {what}: {count:,} numbers should stand here"
            self.fail(told, f"it has {self.left:,} left", self.lines)
        return [self.take(what, least, most) for _ in range(count)]

    def line_of_words(self) -> list[str]:
        """What is left of the next line, as it stands there."""
        rest = self.words[self._at :]
        found = [word.text for word in rest if word.line == rest[0].line]
        self._at += len(found)
        return found

    def rows(self) -> Iterator[list[int]]:
        """The numbers of each line that is left."""
        for _, words in groupby(self.words[self._at :], lambda word: word.line):
            yield self.several(len(list(words)), "a number", -_MOST)

    def end(self) -> None:
        """Nothing more stands in the file, and nothing was wrong."""
        if self.left:
            line = self.words[self._at].line
            self.fault("the file goes on where it should end", f"give {self.kind}", line)
        if self.faults:
            self.refuse()


def read_numbers(
    path: str | os.PathLike[str], kind: str, *, form: str = r"-?[0-9]{1,9}"
) -> Numbers:
    """Read a file of numbers; whatever is none is told at once, with its line.

    Parameters
    ----------
    path
        A text file.
    kind
        What it should be, for remedies: "a file of the Patterson format".
    form
        What may stand between blanks, as a regular expression.
    """
    lines = read_text(path).removeprefix("\ufeff").splitlines()
    words = [Word(at, text) for at, line in enumerate(lines, start=1) for text in line.split()]
    numbers = Numbers(os.fspath(path), words, max(1, len(lines)), kind)
    for word in words:
        if not re.fullmatch(form, word.text, re.ASCII):
            numbers.fault(f"{shown(word.text)} is no number", f"give {kind}", word.line)
    if numbers.faults:
        numbers.refuse()
    return numbers


def made(path: str | os.PathLike[str], make: Callable[[], Problem]) -> Problem:
    """Make a problem of what a file says; what does not fit together is the file's fault."""
    try:
        return make()
    except (PortfolioError, ProblemError) as error:
        raise FormatError(error.faults, os.fspath(path)) from None
