"""Schedules from anywhere: CSV and JSON, by date or by period, read against a portfolio.

A CSV file has a line of titles: ``initiative`` (or ``name``), ``start``, and optionally ``finish``
(or ``end``) and ``mode``. A JSON file is a list of objects with these keys, a mapping from names
to starts, or a report that this library wrote. A start is a date, meaning its first day, or a
whole number, meaning a boundary; a finish is a date, meaning through its last day, or a boundary.
Without a finish, it follows from the duration.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from roadmap.errors import Fault, FormatError, ScheduleError, nearest
from roadmap.facts import Initiative
from roadmap.io.documents import Document, parse, read_text
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem, as_problem
from roadmap.result import FORMAT
from roadmap.schedule import Placement, Schedule
from roadmap.timeline import Timeline

_TITLES = {
    "initiative": "initiative",
    "name": "initiative",
    "start": "start",
    "finish": "finish",
    "end": "finish",
    "mode": "mode",
}


@attrs.frozen
class Entry:
    """One line of a schedule as it stands: a name, and what is said of it."""

    name: Any
    start: Any
    finish: Any
    mode: Any
    path: str
    line: int | None


def read_schedule(path: str | os.PathLike[str], question: Portfolio | Problem) -> Schedule:
    """Read a schedule from a ``.csv`` or ``.json`` file.

    Parameters
    ----------
    path
        The file; at most 20 MB.
    question
        The portfolio, or the problem, whose dates, durations and modes it speaks of.

    Returns
    -------
    Schedule
        Sound or not: judging is for ``evaluate``. An initiative that the portfolio does not
        know is kept when both its start and its finish are said.

    Raises
    ------
    FormatError
        With every fault at once, each with its line, its path and its remedy.
    OSError
        The file cannot be read.
    """
    portfolio = as_problem(question).portfolio
    source = os.fspath(path)
    suffix = Path(path).suffix.lower()
    if suffix not in (".csv", ".json"):
        problem = f"schedules are not read from {suffix or 'files without a suffix'}"
        raise FormatError([Fault("document", problem, "name it .csv or .json")], source)
    text = read_text(path)
    faults: list[Fault] = []
    entries = _from_csv(text, faults) if suffix == ".csv" else _from_json(text, source, faults)
    placements = [
        place for entry in entries if (place := _placement(entry, portfolio, faults)) is not None
    ]
    faults += _twice(entries)
    if faults:
        raise FormatError(sorted(faults, key=lambda fault: fault.line or 0), source)
    try:
        return Schedule(placements)
    except ScheduleError as error:
        raise FormatError(error.faults, source) from None


def _from_csv(text: str, faults: list[Fault]) -> list[Entry]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        faults.append(Fault("document", f"it is no CSV: {error}", "close every quote", 1))
    titles = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    places = {_TITLES[title]: at for at, title in enumerate(titles) if title in _TITLES}
    if rows and not {"initiative", "start"} <= set(places):
        remedy = "begin with the titles initiative, start and, if you like, finish and mode"
        faults.append(Fault("document", "the first line is no line of titles", remedy, 1))
        return []
    return [
        Entry(
            path=f"row {number}",
            line=line,
            **{
                "name" if field == "initiative" else field: _cell(row, places.get(field))
                for field in ("initiative", "start", "finish", "mode")
            },
        )
        for number, (line, row) in enumerate(rows[1:], start=1)
        if any(cell.strip() for cell in row)
    ]


def _cell(row: list[str], at: int | None) -> Any:
    """A cell: ``None`` when it is empty, a boundary when it is a whole number, else text."""
    if at is None or at >= len(row) or not row[at].strip():
        return None
    text = row[at].strip()
    if re.match(r"'[=+\-@\t\r]", text):
        text = text[1:]
    return text


def _from_json(text: str, source: str, faults: list[Fault]) -> list[Entry]:
    document = parse(text, ".json", source)
    data: Any = document.data
    base: tuple[str | int, ...] = ()
    if isinstance(data, Mapping) and data.get("format") == FORMAT:
        data, base = data.get("schedule"), ("schedule",)
        if data is None:
            faults.append(Fault("schedule", "the report holds no plan", "solve again", 1))
            return []
    if isinstance(data, Mapping):
        return [
            Entry(name, start, None, None, str(name), document.line((*base, name)))
            for name, start in data.items()
        ]
    if isinstance(data, list):
        return list(_from_list(data, base, document, faults))
    remedy = "give a list of {initiative, start, finish, mode}, or {name: start}"
    faults.append(Fault("document", "it holds no schedule", remedy, 1))
    return []


def _from_list(
    data: list[Any], base: tuple[str | int, ...], document: Document, faults: list[Fault]
) -> Iterator[Entry]:
    for at, item in enumerate(data):
        path = f"{'.'.join(str(step) for step in base)}[{at}]"
        line = document.line((*base, at))
        if not isinstance(item, Mapping):
            remedy = "give {initiative, start, finish, mode}"
            faults.append(Fault(path, f"{item!r} is no placement", remedy, line))
            continue
        said = {_TITLES[key]: value for key, value in item.items() if key in _TITLES}
        yield Entry(
            said.get("initiative"),
            said.get("start"),
            said.get("finish"),
            said.get("mode"),
            path,
            line,
        )


def _placement(entry: Entry, portfolio: Portfolio, faults: list[Fault]) -> Placement | None:
    """The placement that an entry says; ``None`` when it has faults, which are added."""
    before = len(faults)
    timeline = portfolio.timeline
    if not isinstance(entry.name, str):
        faults.append(_fault(entry, "initiative", f"{entry.name!r} is no name", "name it"))
        return None
    mode = None if entry.mode is None else str(entry.mode)
    start = _boundary(entry, "start", entry.start, timeline, faults)
    initiative = portfolio.initiative.get(entry.name)
    if entry.finish is not None:
        finish = _boundary(entry, "finish", entry.finish, timeline, faults)
    else:
        finish = _finish(entry, start, initiative, mode, portfolio, faults)
    if len(faults) > before or start is None or finish is None:
        return None
    if initiative is not None and finish < start and any(not w.duration for w in initiative.ways):
        finish = start
    return Placement(entry.name, start, finish, mode)


def _boundary(
    entry: Entry, field: str, said: Any, timeline: Timeline, faults: list[Fault]
) -> int | None:
    """The boundary that a start or a finish means, if it falls on one."""
    value = int(said) if isinstance(said, str) and re.fullmatch(r"-?\d{1,3}", said) else said
    if value is None or isinstance(value, bool) or not isinstance(value, int | str):
        told = "it is missing" if value is None else f"{value!r} is no date"
        remedy = "give a date such as 2027-03, or a whole number of periods"
        faults.append(_fault(entry, field, told, remedy))
        return None
    try:
        boundary = timeline.starting(value) if field == "start" else timeline.ending(value)
        timeline.day(boundary)
    except (ValueError, OverflowError):
        remedy = "write it as 2027-03 or 2027-03-15, or as a whole number of periods"
        faults.append(_fault(entry, field, f"{value!r} is no date", remedy))
        return None
    if isinstance(value, str) and not _falls_on(value, field, boundary, timeline):
        day = timeline.day(boundary) if field == "start" else timeline.last_day(boundary)
        remedy = f"periods are {timeline.unit}s; say {day}, or another whole one"
        faults.append(_fault(entry, field, f"{value} lies inside a period", remedy))
        return None
    return boundary


def _falls_on(value: str, field: str, boundary: int, timeline: Timeline) -> bool:
    """Whether a date's first day opens a period, or its last day closes one."""
    first, last = timeline.span(value)
    return (
        timeline.day(boundary) == first
        if field == "start"
        else (timeline.last_day(boundary) == last)
    )


def _finish(
    entry: Entry,
    start: int | None,
    initiative: Initiative | None,
    mode: str | None,
    portfolio: Portfolio,
    faults: list[Fault],
) -> int | None:
    """The finish that follows from the duration."""
    if initiative is None:
        told = f"unknown initiative {entry.name!r}, and no finish is said"
        faults.append(_fault(entry, "initiative", told, nearest(entry.name, portfolio.initiative)))
        return None
    ways = {way.name: way.duration for way in initiative.ways}
    if (mode or "") not in ways:
        told = "it does not say its mode" if mode is None else f"it has no mode {mode!r}"
        faults.append(_fault(entry, "mode", told, nearest(mode or "", ways)))
        return None
    return None if start is None else start + ways[mode or ""]


def _fault(entry: Entry, field: str, problem: str, remedy: str) -> Fault:
    return Fault(f"{entry.path}.{field}", problem, remedy, entry.line)


def _twice(entries: list[Entry]) -> Iterator[Fault]:
    """Initiatives that are placed more than once."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if isinstance(entry.name, str) and first.setdefault(entry.name, entry) is not entry:
            told = f"{entry.name!r} is already placed at {first[entry.name].path}"
            yield _fault(entry, "initiative", told, "keep one of its placements")
