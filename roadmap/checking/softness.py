"""What can be passed by says at what price, once, and is something that would be waited for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from roadmap.checking.contract import Facts, records
from roadmap.errors import Fault
from roadmap.facts import Initiative


def softness(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """Soft dependencies go from finish to start; workarounds soften what is required."""
    programmes = {getattr(item, "name", None) for item in records(facts.programmes)}
    for index, item in enumerate(records(facts.dependencies)):
        path = f"dependencies[{index}]"
        if path in faulty or not item.soft:
            continue
        for end in ("predecessor", "successor"):
            if getattr(item, end) in programmes:
                yield Fault(
                    f"{path}.{end}",
                    f"{getattr(item, end)!r} is a programme, and a dependency with interest or "
                    "rework ties initiatives",
                    "name the initiatives",
                )
        if item.link != "FS":
            yield Fault(
                f"{path}.link",
                f"a dependency with interest or rework goes from finish to start, not {item.link}",
                "make it FS, or take out interest and rework",
            )
    yield from _workarounds(facts, faulty)


def _workarounds(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    requires = {
        item.name: item.requires
        for index, item in enumerate(records(facts.initiatives))
        if isinstance(item, Initiative) and f"initiatives[{index}]" not in faulty
    }
    first: dict[tuple[str, str], int] = {}
    for index, item in enumerate(records(facts.workarounds)):
        path = f"workarounds[{index}]"
        if path in faulty or item.initiative not in requires:
            continue
        if item.capability not in requires[item.initiative]:
            yield Fault(
                f"{path}.capability",
                f"{item.initiative!r} does not require {item.capability!r}",
                "add it to what the initiative requires, or take the workaround out",
            )
        seen = first.setdefault((item.initiative, item.capability), index)
        if seen != index:
            yield Fault(
                path,
                f"how {item.initiative!r} goes without {item.capability!r} is already "
                f"workarounds[{seen}]",
                "keep one of them",
            )
