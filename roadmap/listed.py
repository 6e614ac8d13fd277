"""Kinds of lists, and of tables of tables."""

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
