"""What a schedule's file says, entry by entry, as it stands: from CSV and from JSON."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import attrs

from roadmap._text import visible
from roadmap.errors import Fault
from roadmap.fields import shown
from roadmap.io._written import FORMAT as PORTFOLIO_FORMAT
from roadmap.io.documents import Document, parse
from roadmap.result import FORMAT

TITLES: Mapping[str, str] = {
    "initiative": "initiative",
    "name": "initiative",
    "start": "start",
    "finish": "finish",
    "end": "finish",
    "mode": "mode",
}
"""What a column or a key may be called, and what it is then."""

_HEAD = "begin with a line of titles: initiative, start and, if you like, finish and mode"


@attrs.frozen
class Entry:
    """One placement as it stands in the file.

    Attributes
    ----------
    said
        ``initiative``, ``start``, ``finish``, ``mode`` and, in a report, ``from``; what is absent
        or empty is not in it.
    places
        Path and line of what was said; under the empty text those of the whole entry.
    """

    said: Mapping[str, Any]
    places: Mapping[str, tuple[str, int | None]]

    def fault(self, field: str, problem: str, remedy: str) -> Fault:
        """A fault of one of the fields, or of the place where it is missing."""
        path, line = self.places.get(field, self.places[""])
        return Fault(path if field in self.places else f"{path}.{field}", problem, remedy, line)


def from_csv(text: str, names: Collection[str], faults: list[Fault]) -> list[Entry]:
    """Read the rows of a CSV file.

    Parameters
    ----------
    text
        With commas, semicolons or tabs between the cells; the first line has the titles, and
        columns of other titles are passed over.
    names
        Names that exist: a cell that is one of them is taken as it stands.
    faults
        Where faults are added.
    """
    rows = list(_rows(text, faults))
    if not rows or faults:
        if not rows:
            faults.append(Fault("document", "it is empty", _HEAD, 1))
        return []
    line, head = rows[0]
    columns = _columns(head, line, faults)
    if columns is None:
        return []
    return [
        _of_row(row, at, columns, names)
        for at, row in rows[1:]
        if not _is_too_long(row, head, at, faults)
    ]


def _rows(text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with the line on which it begins."""
    text = text.removeprefix("\ufeff")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        told = f"this row cannot be read ({error})"
        faults.append(Fault("document", told, "close each quote, and double quotes inside", line))


def _columns(head: Sequence[str], line: int, faults: list[Fault]) -> dict[str, int] | None:
    """Where each field's column is."""
    titles = [TITLES.get(cell.strip().casefold()) for cell in head]
    told = ", ".join(shown(cell) for cell in head[:10])
    for field, count in Counter(title for title in titles if title).items():
        if count > 1:
            twice = f"{count} columns say the {field}: {told}"
            faults.append(Fault("document", twice, "keep one of them", line))
    if not {"initiative", "start"} <= set(titles):
        missing = " or ".join(field for field in ("initiative", "start") if field not in titles)
        problem = f"no column is called {missing}, only {told}"
        faults.append(Fault("document", problem, _HEAD, line))
        return None
    return {field: at for at, field in enumerate(titles) if field}


def _is_too_long(row: Sequence[str], head: Sequence[str], line: int, faults: list[Fault]) -> bool:
    if not any(cell.strip() for cell in row[len(head) :]):
        return False
    told = f"{len(row)} cells stand under {len(head)} titles"
    faults.append(Fault("document", told, "put text that holds a separator in quotes", line))
    return True


def _of_row(
    row: Sequence[str], line: int, columns: Mapping[str, int], names: Collection[str]
) -> Entry:
    cells = {field: row[at] for field, at in columns.items() if at < len(row) and row[at].strip()}
    said: dict[str, Any] = {field: cell.strip() for field, cell in cells.items()}
    for field in ("start", "finish"):
        # text is all that CSV has: four digits are a year, other whole numbers a boundary
        if re.fullmatch("(?![0-9]{4}$)[+-]?[0-9]{1,9}", said.get(field, "")):
            said[field] = int(said[field])
    for field in ("initiative", "mode"):
        if field in cells:
            said[field] = _unguarded(cells[field], names)
    places = {field: (field, line) for field in TITLES.values()}
    return Entry(said, {**places, "": ("", line)})


def _unguarded(cell: str, names: Collection[str]) -> str:
    """A text without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    if cell in names:
        return cell
    bare = cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell
    return bare if bare in names else bare.strip()


def from_json(text: str, source: str, faults: list[Fault]) -> list[Entry]:
    """Read the entries of a JSON file.

    Parameters
    ----------
    text
        A list of objects, a mapping from names to starts, or a report of this library.
    source
        Name of the file, for messages.
    faults
        Where faults are added.
    """
    document = parse(text, ".json", source)
    data: Any = document.data
    if isinstance(data, Mapping) and data.get("format") == PORTFOLIO_FORMAT:
        told = "this is a portfolio, not a plan"
        faults.append(Fault("format", told, "name the plan's file", document.line(("format",))))
        return []
    if isinstance(data, Mapping) and data.get("format") == FORMAT:
        return _of_report(data, document, faults)
    if isinstance(data, Mapping):
        return [_of_pair(name, start, document) for name, start in data.items()]
    if isinstance(data, list):
        return list(_of_list(data, (), document, faults))
    remedy = "give a list of {initiative, start, finish, mode}, or a table {name: start}"
    faults.append(Fault("document", f"{shown(data)} is no schedule", remedy, 1))
    return []


def _of_report(data: Mapping[str, Any], document: Document, faults: list[Fault]) -> list[Entry]:
    listed = data.get("schedule")
    if isinstance(listed, list):
        return list(_of_list(listed, ("schedule",), document, faults))
    told = "the report holds no plan" if listed is None else f"{shown(listed)} is no list"
    faults.append(Fault("schedule", told, "solve again", document.line(("schedule",))))
    return []


def _of_pair(name: str, start: Any, document: Document) -> Entry:
    place = (visible(name), document.line((name,)))
    said = {"initiative": name} if start is None else {"initiative": name, "start": start}
    return Entry(said, dict.fromkeys(("", *TITLES.values()), place))


def _of_list(
    data: Sequence[Any], base: tuple[str, ...], document: Document, faults: list[Fault]
) -> Iterator[Entry]:
    for at, item in enumerate(data):
        steps: tuple[str | int, ...] = (*base, at)
        if isinstance(item, Mapping):
            yield _of_item(item, steps, document, faults)
        else:
            remedy = "give {initiative, start, finish, mode}"
            told = f"{shown(item)} is no placement"
            faults.append(Fault(_path(steps), told, remedy, document.line(steps)))


def _of_item(
    item: Mapping[str, Any], steps: tuple[str | int, ...], document: Document, faults: list[Fault]
) -> Entry:
    titles = {**TITLES, "from": "from"} if len(steps) > 1 else TITLES  # only reports have it
    path = _path(steps)
    said: dict[str, Any] = {}
    places = {"": (path, document.line(steps))}
    for key, value in item.items():
        field = titles.get(key.strip().casefold())
        if field is None:
            continue
        place = (f"{path}.{visible(key)}", document.line((*steps, key)))
        if field in places:
            faults.append(Fault(place[0], f"the {field} is said twice", "keep one", place[1]))
        places[field] = place
        said |= {} if value is None else {field: value}
    return Entry(said, places)


def _path(steps: Sequence[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else step for step in steps)
