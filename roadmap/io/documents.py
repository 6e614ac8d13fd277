"""Text of a YAML, JSON or TOML file to plain data, with the line of every value.

It knows nothing of roadmaps. What is read is data only: no tag, alias or name in a file makes
anything happen, and every bound is checked before memory or time is spent.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Mapping
from pathlib import Path as FilePath
from typing import NoReturn

import attrs

from roadmap.errors import Fault, FormatError, nearest
from roadmap.io import guarded_json, guarded_toml, guarded_yaml
from roadmap.io._tree import Lines, shown

MAX_BYTES = 20_000_000

_READERS: Mapping[str, Callable[[str, str], tuple[object, Lines]]] = {
    ".json": guarded_json.grow,
    ".toml": guarded_toml.grow,
    ".yaml": guarded_yaml.grow,
    ".yml": guarded_yaml.grow,
}
_OTHER_ENCODINGS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_SAVE_AS_UTF8 = "save the file as UTF-8 text"


@attrs.frozen
class Document:
    """What a file holds, and where.

    Attributes
    ----------
    data
        ``dict``, ``list``, ``str``, ``int``, ``float``, ``bool`` or ``None``, nested; days and
        months stay text. A float may be infinite or no number at all, where the file says so.
    lines
        The path of keys and indexes to each value, and its line from 1.
    source
        Name of the file, for messages.
    """

    data: object
    lines: Mapping[tuple[str | int, ...], int]
    source: str = ""

    def line(self, path: tuple[str | int, ...]) -> int | None:
        """Say on which line a value stands, or else the nearest value that encloses it.

        Parameters
        ----------
        path
            Keys and indexes from the outside in: ``("initiatives", 3, "duration")``.
        """
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None


def parse(text: str, suffix: str, source: str = "") -> Document:
    """Read text that is written as YAML, JSON or TOML.

    Parameters
    ----------
    text
        The file, at most 20 MB; a byte order mark before it is passed over.
    suffix
        ``.yaml``, ``.yml``, ``.json`` or ``.toml``, in small or capital letters.
    source
        Name of the file, for messages.

    Returns
    -------
    Document
        Data and lines. YAML is read by the words of YAML 1.2: ``NO``, ``yes``, ``1:30`` and
        ``010`` stay text, and so do dates; ``80_000`` (groups of three) is a whole number.

    Raises
    ------
    FormatError
        The text is not in its format, holds a name twice in one place, or is out of bounds
        (50 levels, 1,000,000 values, numbers of 300 characters); every fault that could be
        found is named, each with its line.
    """
    reader = _reader(suffix, source)
    text = text.removeprefix("\ufeff")
    _check_characters(text, source)
    data, lines = reader(text, source)
    return Document(data, lines, source)


def read_document(path: str | os.PathLike[str]) -> Document:
    """Read a YAML, JSON or TOML file; its name says which.

    Parameters
    ----------
    path
        A file in UTF-8, with or without a byte order mark, of at most 20 MB.

    Raises
    ------
    FormatError
        As ``parse``; also where the file is too big, in another encoding or of another kind.
    OSError
        There is no such file, or it may not be read.
    """
    file, source = FilePath(path), str(path)
    _reader(file.suffix, source)
    return parse(read_text(path), file.suffix, source)


def read_text(path: str | os.PathLike[str]) -> str:
    """Read a text file in UTF-8, with or without a byte order mark, of at most 20 MB.

    Raises
    ------
    FormatError
        The file is too big, or in another encoding.
    OSError
        There is no such file, or it may not be read.
    """
    with FilePath(path).open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    _check_size(len(content), str(path))
    return _decoded(content, str(path))


def _reader(suffix: str, source: str) -> Callable[[str, str], tuple[object, Lines]]:
    if suffix.lower() not in _READERS:
        remedy = f"name the file by its format; {nearest(suffix.lower(), _READERS)}"
        _refuse(f"{shown(suffix)} is no format that can be read", remedy, source)
    return _READERS[suffix.lower()]


def _check_size(size: int, source: str) -> None:
    if size > MAX_BYTES:
        problem = f"more than {MAX_BYTES // 1_000_000} MB"
        _refuse(problem, "split the file, or check that it is the right one", source)


def _check_characters(text: str, source: str) -> None:
    """Refuse text that is too long, or that no file could hold."""
    _check_size(len(text), source)
    try:
        _check_size(len(text.encode()), source)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        problem = f"half a character (the lone surrogate {shown(text[error.start])})"
        _refuse(problem, "write the character itself", source, line)


def _decoded(content: bytes, source: str) -> str:
    """The text of a file in UTF-8; other encodings are named where they can be told."""
    for mark, encoding in _OTHER_ENCODINGS.items():
        if content.startswith(mark):
            _refuse(f"the text is encoded as {encoding}", _SAVE_AS_UTF8, source, 1)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = f"the byte 0x{content[error.start]:02X} is not UTF-8"
        likely = bytes([content[error.start]]).decode("cp1252", "replace")
        meant = f" (it may be meant as {shown(likely)})" if likely.isprintable() else ""
        _refuse(problem + meant, _SAVE_AS_UTF8, source, line)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        _refuse("the file holds NUL: it is not text in UTF-8", _SAVE_AS_UTF8, source, line)
    return text


def _refuse(problem: str, remedy: str, source: str, line: int | None = None) -> NoReturn:
    raise FormatError([Fault("document", problem, remedy, line)], source)
