"""Each dependency is stated once, and ties two initiatives."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from roadmap.checking.contract import Facts, records
from roadmap.errors import Fault


def repeated_dependencies(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """No tie is stated twice, hard or soft, and nothing depends on itself."""
    first: dict[tuple[str, str, str, bool], int] = {}
    for index, item in enumerate(records(facts.dependencies)):
        path = f"dependencies[{index}]"
        if path in faulty:
            continue
        if item.predecessor == item.successor:
            yield Fault(path, f"{item.successor!r} depends on itself", "take it out")
            continue
        tie = (item.predecessor, item.successor, item.link, item.soft)
        seen = first.setdefault(tie, index)
        if seen != index:
            yield Fault(
                path,
                f"{item.predecessor!r} → {item.successor!r} ({item.link}) is already "
                f"dependencies[{seen}]",
                "keep the one with the larger lag",
            )
