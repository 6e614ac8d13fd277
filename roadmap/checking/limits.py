"""A limit that may be passed says at what price, and a price says which limit."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from roadmap.checking.contract import Facts, records
from roadmap.errors import Fault


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
    for index, item in enumerate(records(facts.initiatives)):
        path = f"initiatives[{index}]"
        if path not in faulty and item.lateness_price is not None and item.latest_finish is None:
            yield Fault(
                f"{path}.lateness_price",
                "there is no latest finish after which it could be late",
                "add a latest_finish, or take it out",
            )
