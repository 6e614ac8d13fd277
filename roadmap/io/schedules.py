"""Schedules from anywhere: CSV and JSON, by date or by period, read against a portfolio.

A CSV file has a line of titles: ``initiative`` (or ``name``), ``start``, and optionally ``finish``
(or ``end``) and ``mode``, in any order and in small or capital letters, with commas, semicolons or
tabs between them; columns of other titles are passed over. A JSON file is a list of objects with
these keys, a table from names to starts, or a report that this library wrote.

A start is a date, which must be the first day of a period, or a whole number: the boundary from
which it works, counted from 0. A finish is a date, through whose end it works and which must be
the last day of a period, or a boundary. Without a finish, it follows from the duration. In CSV,
which has text only, four digits are a year, and a boundary of four digits has a plus sign.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from roadmap.errors import Fault, FormatError, nearest
from roadmap.fields import shown
from roadmap.io._entries import Entry, from_csv, from_json
from roadmap.io._places import limited
from roadmap.io.documents import read_text
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem, as_problem
from roadmap.schedule import Placement, Schedule
from roadmap.timeline import Timeline

_FORMS = "write it as 2027-03 or 2027-03-15, or as a whole number of periods"


def read_schedule(path: str | os.PathLike[str], question: Portfolio | Problem) -> Schedule:
    """Read a schedule from a ``.csv`` or ``.json`` file.

    Parameters
    ----------
    path
        The file, in UTF-8; at most 20 MB.
    question
        The portfolio, or the problem, whose dates, durations and modes it speaks of.

    Returns
    -------
    Schedule
        Sound or not: judging is for ``evaluate``. An initiative or a mode that the portfolio does
        not know is kept where both start and finish are said.

    Raises
    ------
    FormatError
        With every fault at once, each with its line, its path and its remedy; only of more than
        1,000 the rest is left out.
    OSError
        The file cannot be read.
    """
    portfolio = as_problem(question).portfolio
    source, suffix = os.fspath(path), Path(path).suffix.lower()
    faults: list[Fault] = []
    if suffix == ".csv":
        entries = from_csv(read_text(path), portfolio.initiative, faults)
    elif suffix == ".json":
        entries = from_json(read_text(path), source, faults)
    else:
        told = f"schedules are not read from {suffix or 'files without a suffix'}"
        raise FormatError([Fault("document", told, "name it .csv or .json")], source)
    placements = [place for entry in entries if (place := _placement(entry, portfolio, faults))]
    faults += _twice(entries)
    if faults:
        raise FormatError(limited(sorted(faults, key=lambda fault: fault.line or 0)), source)
    return Schedule(placements)


def _placement(entry: Entry, portfolio: Portfolio, faults: list[Fault]) -> Placement | None:
    """The placement that an entry says; ``None`` when it has faults, which are added."""
    found = list(_names(entry))
    start = _time(entry, "start", portfolio, found)
    finish = _time(entry, "finish", portfolio, found)
    if not found:
        found += _moved(entry, start, portfolio.timeline)
    if not found and start is not None and finish is None:
        finish = _follows(entry, start, portfolio, found)
    if not found and start is not None and finish is not None and finish < start:
        told = f"{shown(entry.said['finish'])} is before the start, {shown(entry.said['start'])}"
        found.append(entry.fault("finish", told, "say when it ends, or leave it out"))
    faults += found
    if found or start is None or finish is None:
        return None
    return Placement(entry.said["initiative"], start, finish, entry.said.get("mode"))


def _names(entry: Entry) -> Iterator[Fault]:
    """What is wrong with the names, and a start that is not there."""
    if "initiative" not in entry.said:
        yield entry.fault("initiative", "it is missing", "name the initiative")
    for field in ("initiative", "mode"):
        value = entry.said.get(field, "")
        if not isinstance(value, str):
            yield entry.fault(field, f"{shown(value)} is not text", "put it in quotes")
    if "start" not in entry.said:
        yield entry.fault("start", "it is missing", "say a date, or a whole number of periods")


def _time(entry: Entry, field: str, portfolio: Portfolio, faults: list[Fault]) -> int | None:
    """The boundary that a start or a finish means; ``None`` when it is not said, or wrong."""
    if field not in entry.said:
        return None
    begins = field == "start" or _is_instant(entry, portfolio)
    found = _boundary(entry.said[field], portfolio.timeline, begins=begins)
    if isinstance(found, int):
        return found
    faults.append(entry.fault(field, *found))
    return None


def _is_instant(entry: Entry, portfolio: Portfolio) -> bool:
    """Whether a milestone's finish is said by the date of its start: it happens at once."""
    name = entry.said.get("initiative")
    initiative = portfolio.initiative.get(name) if isinstance(name, str) else None
    instant = initiative is not None and not any(way.duration != 0 for way in initiative.ways)
    return instant and entry.said["finish"] == entry.said.get("start")


def _boundary(said: Any, timeline: Timeline, *, begins: bool) -> int | tuple[str, str]:
    """The boundary that is meant; or what is wrong, and the remedy."""
    if isinstance(said, bool) or not isinstance(said, int | str):
        return f"{shown(said)} is no date", _FORMS
    try:
        boundary = timeline.starting(said) if begins else timeline.ending(said)
        day = timeline.day(boundary) if begins else timeline.last_day(boundary)
        if isinstance(said, int) or day == timeline.span(said)[0 if begins else 1]:
            return boundary
        days = (
            [timeline.day(boundary - 1), day] if begins else [day, timeline.last_day(boundary + 1)]
        )
    except (ValueError, OverflowError):
        beyond = "beyond the calendar" if isinstance(said, int) else "no date"
        return f"{shown(said)} is {beyond}", _FORMS
    meant = f"say {days[0]} or {days[1]}"
    verb = "starts" if begins else "ends"
    return f"{shown(said)} {verb} in the middle of a {timeline.unit} of the timeline", meant


def _moved(entry: Entry, start: int | None, timeline: Timeline) -> Iterator[Fault]:
    """A report says each start twice; where the two differ, the timeline has changed."""
    day = entry.said.get("from")
    if start is not None and day is not None and str(timeline.day(start)) != day:
        told = f"boundary {start} was {shown(day)}, and is {timeline.day(start)} now"
        remedy = "the timeline has changed; solve again, or write the starts as dates"
        yield entry.fault("start", told, remedy)


def _follows(entry: Entry, start: int, portfolio: Portfolio, faults: list[Fault]) -> int | None:
    """The finish that follows from the duration."""
    name, mode = entry.said["initiative"], entry.said.get("mode")
    initiative = portfolio.initiative.get(name)
    if initiative is None:
        told = f"unknown initiative {shown(name)}, and no finish is said"
        faults.append(entry.fault("initiative", told, nearest(name, portfolio.initiative)))
        return None
    duration = portfolio.duration(name, mode or "", start)
    if duration is not None:
        return start + duration
    names = [way.name for way in initiative.ways]
    told = "it is missing" if mode is None else f"{shown(name)} has no mode {shown(mode)}"
    known = nearest(mode or "", [way for way in names if way])
    remedy = "leave it out" if "" in names else known
    faults.append(entry.fault("mode", told, remedy))
    return None


def _twice(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Initiatives that are placed more than once."""
    first: dict[str, Entry] = {}
    for entry in entries:
        name = entry.said.get("initiative")
        if isinstance(name, str) and first.setdefault(name, entry) is not entry:
            path, line = first[name].places[""]
            where = f"line {line}" if line is not None else path
            told = f"{shown(name)} is placed on {where} already"
            yield entry.fault("initiative", told, "keep one of its placements")
