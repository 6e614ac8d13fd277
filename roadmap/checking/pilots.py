"""Each pilot is stated once, and something else hangs on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from roadmap.checking.contract import Facts, records
from roadmap.errors import Fault


def pilots(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """One pilot an initiative, with follow-on work that is not the pilot itself."""
    first: dict[str, int] = {}
    for index, pilot in enumerate(records(facts.pilots)):
        path = f"pilots[{index}]"
        if path in faulty:
            continue
        seen = first.setdefault(pilot.initiative, index)
        if seen != index:
            told = f"{pilot.initiative!r} is already the pilot of pilots[{seen}]"
            yield Fault(f"{path}.initiative", told, "state it once, with all its follow-on work")
        if not pilot.follow_on:
            told = "nothing hangs on its outcome"
            yield Fault(f"{path}.follow_on", told, "name the work that is done if it succeeds")
        if pilot.initiative in pilot.follow_on:
            told = f"{pilot.initiative!r} cannot wait for its own outcome"
            yield Fault(f"{path}.follow_on", told, "take it out")
