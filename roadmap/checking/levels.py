"""Levels that are asked for can be reached, and those who raise one combine."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from roadmap.checking.contract import Facts
from roadmap.errors import Fault
from roadmap.facts import Initiative


@attrs.frozen
class Raisers:
    """Who raises what: initiatives by capability and exact level, above today's."""

    by_level: dict[str, dict[int, list[Initiative]]]

    @classmethod
    def of(cls, facts: Facts) -> Raisers:
        """Those of the facts."""
        today = {item.name: item.level for item in facts.capabilities}
        found: dict[str, dict[int, list[Initiative]]] = {name: {} for name in today}
        for initiative in facts.initiatives:
            for capability, level in initiative.raises.items():
                if level > today[capability]:
                    found[capability].setdefault(level, []).append(initiative)
        return cls(found)

    def at_or_above(self, capability: str, level: int) -> list[tuple[int, list[Initiative]]]:
        """Levels from one on, ascending, and who raises each."""
        raised = self.by_level[capability]
        return [(at, who) for at, who in sorted(raised.items()) if at >= level]


def levels(facts: Facts) -> Iterator[Fault]:
    """What is asked for is raised by somebody, and what several raise says how they combine."""
    raisers = Raisers.of(facts)
    yield from _unreachable(facts, raisers)
    for index, capability in enumerate(facts.capabilities):
        path = f"capabilities[{index}].combine"
        raised = raisers.by_level[capability.name]
        for level, who in sorted(raised.items()):
            if len(who) > 1 and level not in capability.combine:
                named = ", ".join(repr(item.name) for item in who)
                yield Fault(
                    path,
                    f"{named} all raise {capability.name!r} to level {level}, "
                    "and it does not say how they combine",
                    f"say combine: {{{level}: all}}, any, or how many of the {len(who)}",
                )
        for level, how in sorted(capability.combine.items()):
            count = len(raised.get(level, ()))
            if count < 2:
                yield Fault(
                    f"{path}.{level}",
                    f"{count or 'no'} initiative{'s'[: count != 1]} raise{'s'[: count == 1]} "
                    f"{capability.name!r} to level {level}, so there is nothing to combine",
                    "take it out",
                )
            elif isinstance(how, int) and how > count:
                yield Fault(f"{path}.{level}", f"{how} of {count} initiatives", f"at most {count}")


def _unreachable(facts: Facts, raisers: Raisers) -> Iterator[Fault]:
    """Levels that are asked for and that nobody raises."""
    today = {item.name: item.level for item in facts.capabilities}
    asked: list[tuple[str, str, int]] = [
        (f"needs[{index}].level", need.capability, need.level)
        for index, need in enumerate(facts.needs)
    ]
    asked += [
        (f"initiatives[{index}].requires.{capability}", capability, level)
        for index, initiative in enumerate(facts.initiatives)
        for capability, level in initiative.requires.items()
    ]
    asked += [
        (f"outcomes[{index}].capabilities.{capability}", capability, level)
        for index, outcome in enumerate(facts.outcomes)
        for capability, level in outcome.capabilities.items()
    ]
    asked += [
        (f"capabilities[{index}].option_value.{level}", item.name, level)
        for index, item in enumerate(facts.capabilities)
        for level in item.option_value
    ]
    for path, capability, level in asked:
        if level > today[capability] and not raisers.at_or_above(capability, level):
            best = max((today[capability], *raisers.by_level[capability]))
            yield Fault(
                path,
                f"no initiative raises {capability!r} to level {level}",
                f"add one, or ask for level {best} at most" if best else "add one",
            )
