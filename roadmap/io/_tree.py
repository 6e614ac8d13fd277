"""Plain data grown from a stream of openings, values and closings, with the line of each.

The readers of YAML and of JSON feed it; here stand what they share: the bounds, the places
in words, and the gathering of faults.
"""

from __future__ import annotations

import re
from typing import NoReturn

import attrs

from roadmap.errors import Fault, FormatError

Path = tuple[str | int, ...]
Lines = dict[Path, int]
Holder = dict[str | int, object] | list[object]

MAX_DEPTH = 50
MAX_NODES = 1_000_000
MAX_DIGITS = 300
MAX_FAULTS = 100

_UNNAMEABLE = "?"
"""Stands for a key that was refused, so that reading can go on and find more faults."""


def path_text(path: Path) -> str:
    """Write a path as users read it: ``initiatives[3].duration``."""
    told = ""
    for part in path:
        if isinstance(part, str) and part.isprintable() and len(part) <= 60:
            told += f".{part}" if told else part
        else:
            told += f"[{shown(part)}]"
    return told or "document"


def shown(value: object) -> str:
    """Show a value in a message: quoted, escaped, and cut where it is long."""
    text = repr(value[:60]) if isinstance(value, str) else repr(value)
    return text + "…" if isinstance(value, str) and len(value) > 60 else text


@attrs.define
class Findings:
    """The faults found so far; reading stops when they are too many to be of use."""

    source: str
    faults: list[Fault] = attrs.field(factory=list)

    def add(self, path: Path, problem: str, remedy: str, line: int | None) -> None:
        """Note a fault and read on."""
        self.faults.append(Fault(path_text(path), problem, remedy, line))
        if len(self.faults) >= MAX_FAULTS:
            told = f"{MAX_FAULTS} faults so far, so reading stopped here"
            self.stop(path, told, "mend these first", line)

    def stop(self, path: Path, problem: str, remedy: str, line: int | None) -> NoReturn:
        """Note a fault after which nothing more can be read."""
        self.faults.append(Fault(path_text(path), problem, remedy, line))
        raise self._error()

    def settle(self) -> None:
        """Raise what was found, if anything was."""
        if self.faults:
            raise self._error()

    def _error(self) -> FormatError:
        """All faults in the order of the file; those without a line come last."""
        in_order = sorted(self.faults, key=lambda fault: (fault.line is None, fault.line or 0))
        return FormatError(in_order, self.source)

    def twice(self, path: Path, first: int, second: int) -> None:
        """Note a name that stands twice in one place."""
        problem = f"{shown(path[-1])} stands twice: first on line {first}, again on line {second}"
        self.add(path, problem, "keep one of them, or rename one", second)

    def too_deep(self, path: Path, line: int | None) -> NoReturn:
        """Stop at nesting that no honest file has."""
        problem = f"more than {MAX_DEPTH} levels of nesting"
        self.stop(path[:3], problem, "flatten it", line)

    def too_many(self, path: Path, line: int) -> NoReturn:
        """Stop at more values than can be held."""
        self.stop(path, f"more than {MAX_NODES:,} values", "split the file", line)

    def too_long(self, path: Path, digits: str, line: int) -> None:
        """Note a number that is too long to be one."""
        problem = f"a number of {len(digits)} characters, {digits[:20]}…"
        self.add(path, problem, "put it in quotes if it is text, else shorten it", line)


@attrs.define
class _Branch:
    """A mapping or list that is still open; ``key`` is the one that awaits its value."""

    path: Path
    holder: Holder
    key: str | int | None = None
    key_lines: dict[str | int, int] = attrs.field(factory=dict)


class Tree:
    """Data being grown; each value is placed where the stream has come to.

    Parameters
    ----------
    source
        File name for messages.
    """

    def __init__(self, source: str) -> None:
        self.findings = Findings(source)
        self.lines: Lines = {}
        self._root: object = None
        self._open: list[_Branch] = []
        self._count = 0

    @property
    def path(self) -> Path:
        """Where the stream has come to."""
        if not self._open:
            return ()
        branch = self._open[-1]
        if isinstance(branch.holder, list):
            return (*branch.path, len(branch.holder))
        return branch.path if branch.key is None else (*branch.path, branch.key)

    @property
    def awaits_key(self) -> bool:
        """Whether the next value is the key of a mapping."""
        branch = self._open[-1] if self._open else None
        return branch is not None and isinstance(branch.holder, dict) and branch.key is None

    @property
    def is_grown(self) -> bool:
        """Whether a whole document has been read."""
        return bool(self.lines) and not self._open

    def add(self, value: object, line: int, written: str = "") -> None:
        """Place a value or, where a key is awaited, a key; ``written`` is how it was written."""
        self._tally(line)
        if isinstance(value, str) and not _is_whole(value):
            problem = f"half a character (a lone surrogate) in {shown(value)}"
            self.findings.add(self.path, problem, "write the character itself", line)
        if self.awaits_key:
            self._name(value, line, written)
        else:
            self._place(value, line)

    def open(self, holder: Holder, line: int) -> None:
        """Open a mapping or a list in place."""
        self._tally(line)
        if len(self._open) >= MAX_DEPTH:
            self.findings.too_deep(self.path, line)
        if self.awaits_key:
            path = self.path
            kind = "list" if isinstance(holder, list) else "mapping"
            remedy = "put it in quotes if it is text"
            self.findings.add(path, f"a {kind} is used as a name", remedy, line)
            self._open[-1].key = _UNNAMEABLE
        else:
            path = self._place(holder, line)
        self._open.append(_Branch(path, holder))

    def close(self) -> None:
        """Close the mapping or list that was opened last."""
        self._open.pop()

    def result(self) -> tuple[object, Lines]:
        """Give the data and the line of every value, or raise what was found."""
        self.findings.settle()
        return self._root, self.lines or {(): 1}

    def _tally(self, line: int) -> None:
        self._count += 1
        if self._count > MAX_NODES:
            self.findings.too_many(self.path, line)

    def _name(self, value: object, line: int, written: str) -> None:
        branch = self._open[-1]
        if isinstance(value, bool) or not isinstance(value, str | int):
            told = f"{shown(written)} is read as {_KINDS[type(value)]}, which can not be a name"
            if written:
                self.findings.add(branch.path, told, "put it in quotes", line)
            else:
                self.findings.add(branch.path, "a name is missing", "write it before ':'", line)
            branch.key = _UNNAMEABLE
            return
        if value in branch.key_lines:
            self.findings.twice((*branch.path, value), branch.key_lines[value], line)
        branch.key_lines.setdefault(value, line)
        branch.key = value

    def _place(self, value: object, line: int) -> Path:
        path = self.path
        if not self._open:
            self._root = value
        elif isinstance(holder := self._open[-1].holder, list):
            holder.append(value)
        else:
            holder[path[-1]] = value
            self._open[-1].key = None
        self.lines[path] = line
        return path


_SURROGATE = re.compile("[\ud800-\udfff]")
_KINDS = {type(None): "empty", bool: "true or false", float: "a number with a fraction"}


def _is_whole(text: str) -> bool:
    """Whether a text can be written out again: lone surrogates can not."""
    return text.isascii() or _SURROGATE.search(text) is None
