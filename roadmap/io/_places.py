"""Where in a file the faults of its facts stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from roadmap._text import visible
from roadmap.errors import Fault
from roadmap.io.documents import Document

MAX_FAULTS = 1_000
"""More faults than these help nobody, and naming them takes time."""

_LONGEST = 2_000
"""Characters of a problem, a remedy or a place that are told."""


def placed(faults: Iterable[Fault], document: Document) -> list[Fault]:
    """Give each fault its line, and its place as the file writes it; in the file's order.

    Parameters
    ----------
    faults
        With paths such as ``initiatives[3].demand.platform``.
    document
        What they were found in.
    """
    found = [_placed(fault, document) for fault in faults]
    return sorted(found, key=lambda fault: fault.line or 0)


def limited(faults: Sequence[Fault]) -> Sequence[Fault]:
    """The faults; of too many the first ones, and the word that there are more."""
    if len(faults) <= MAX_FAULTS:
        return faults
    told = f"there are more than these {MAX_FAULTS:,} faults"
    return [*faults[:MAX_FAULTS], Fault("document", told, "mend these first")]


def _placed(fault: Fault, document: Document) -> Fault:
    # a sum of profiles is simply a list in a file
    path = re.sub(r"^(needs\[\d+\]\.loss)\.parts(?=\[)", r"\1", fault.path)
    steps, told = _along(document.data, path)
    return attrs.evolve(
        fault,
        path=_cut(told) or "document",
        problem=_cut(fault.problem),
        remedy=_cut(fault.remedy),
        line=document.line(steps),
    )


def _along(data: Any, path: str) -> tuple[tuple[str | int, ...], str]:
    """The keys and indexes that a path names, as far as the data go; and the path, fit to show.

    Names may hold dots and brackets, so the path alone does not say where a name ends: the data
    do.
    """
    steps: list[str | int] = []
    told, rest = "", path
    while (step := _next(data, rest)) is not None:
        key, rest = step
        told += _shown(data, key, told)
        steps.append(key)
        data = data[key]
    end = visible(rest)
    return tuple(steps), told + (f".{end}" if told and end and end[0] != "[" else end)


def _next(data: Any, rest: str) -> tuple[str | int, str] | None:
    """The next key or index of a path, and what remains of it."""
    if isinstance(data, list):
        match = re.match(r"\[(\d{1,9})\]\.?", rest)
        inside = match is not None and int(match[1]) < len(data)
        return (int(match[1]), rest[match.end() :]) if match and inside else None
    if not isinstance(data, Mapping) or not rest:
        return None
    for end in _ends(rest):
        key = rest[:end]
        number = int(key) if re.fullmatch(r"-?[0-9]{1,300}", key) else key
        for candidate in (key, number):
            if candidate in data:
                return candidate, rest[end:].removeprefix(".")
    return None


def _ends(rest: str) -> list[int]:
    """Where a name at the beginning of a path may end, the longest first."""
    found = [len(rest)]
    end = len(rest)
    while len(found) < 50:  # a name with more dots than that has its line all the same
        end = max(rest.rfind(".", 0, end), rest.rfind("[", 0, end))
        if end <= 0:
            break
        found.append(end)
    return found


def _shown(data: Any, key: str | int, told: str) -> str:
    """A step as users read it."""
    if isinstance(data, list):
        return f"[{key}]"
    text = str(key)
    plain = text.isprintable() and 0 < len(text) <= 60
    return f"{'.' if told else ''}{text}" if plain else f"[{text[:60]!r}]"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
