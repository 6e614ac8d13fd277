"""A limit that may be passed says at what price, and a price says which limit."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from roadmap.checking.contract import Facts, records
from roadmap.errors import Fault
from roadmap.facts import Initiative


def limits(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """Overtime and its price are stated together; a price of lateness has a latest finish."""
    for index, team in enumerate(records(facts.teams)):
        path = f"teams[{index}]"
        if path in faulty:
            continue
        if team.overtime is not None and team.overtime_price is None:
            yield Fault(
                f"{path}.overtime_price",
                "it is missing",
                "say what a unit of overtime costs a period, 0 if nothing",
            )
        if team.overtime is None and team.overtime_price is not None:
            yield Fault(
                f"{path}.overtime_price",
                "there is no overtime that it could be the price of",
                "say overtime: number, or take it out",
            )
    overtime = {
        team.name
        for index, team in enumerate(records(facts.teams))
        if f"teams[{index}]" not in faulty and team.overtime is not None
    }
    for index, item in enumerate(records(facts.initiatives)):
        path = f"initiatives[{index}]"
        if path in faulty:
            continue
        yield from _efforts(item, path, overtime)
        if item.lateness_price is not None and item.latest_finish is None:
            yield Fault(
                f"{path}.lateness_price",
                "there is no latest finish after which it could be late",
                "add a latest_finish, or take it out",
            )


def _efforts(item: Initiative, path: str, overtime: Collection[str]) -> Iterator[Fault]:
    """Work that takes effort makes do with the usual capacity: it has no price to weigh."""
    stated = [(path, item.effort, item.demand)]
    stated += [(f"{path}.modes[{at}]", m.effort, m.demand) for at, m in enumerate(item.modes)]
    for place, effort, demand in stated:
        for team in demand:
            if effort is not None and team in overtime:
                yield Fault(
                    f"{place}.effort",
                    f"{team!r} has overtime, and what takes effort uses none",
                    "give it a duration, or take out the overtime",
                )
