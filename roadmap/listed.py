"""Kinds of lists, of tables by level, and of tables of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from roadmap.errors import Fault
from roadmap.fields import Kind, Known, Moment, Text, Whole, shown


@attrs.frozen
class Moments(Kind):
    """A list of dates or boundaries *by* whose end something happens."""

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other shapes, and whatever is no date on the timeline."""
        if not isinstance(value, tuple):
            yield Fault(path, f"{shown(value)} is not a list of dates", "write a list")
            return
        for index, when in enumerate(value):
            yield from Moment(end=True).faults(when, f"{path}[{index}]", known)


@attrs.frozen
class LevelAmounts(Kind):
    """A mapping from levels to whole numbers, at least 0: ``{3: 500}``."""

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other shapes, levels below 1 and amounts out of range."""
        if not isinstance(value, Mapping):
            yield Fault(path, f"{shown(value)} is not a table", "write it as {level: number}")
            return
        for level, amount in value.items():
            yield from Whole(1).faults(level, f"{path}.{level}", known)
            yield from Whole(0).faults(amount, f"{path}.{level}", known)


@attrs.frozen
class SkillAmounts(Kind):
    """What is wanted of the skills of teams: ``{"platform": {"cloud": 1}}``."""

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other shapes, unknown teams and amounts below 1."""
        if not isinstance(value, Mapping):
            remedy = "write it as {team: {skill: number}}"
            yield Fault(path, f"{shown(value)} is not a table", remedy)
            return
        for team, wanted in value.items():
            yield from Text(names="teams").faults(team, path, known)
            if not isinstance(wanted, Mapping):
                told = f"{shown(wanted)} is not a table"
                yield Fault(f"{path}.{team}", told, "write it as {skill: number}")
                continue
            for skill, amount in wanted.items():
                yield from Text().faults(skill, f"{path}.{team}", known)
                yield from Whole(1).faults(amount, f"{path}.{team}.{skill}", known)
