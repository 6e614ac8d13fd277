"""What leads on to what: work to the work, the needs and the outcomes that stand on it.

It is read off the facts alone, whatever any plan makes of them: work leads on to what depends on
it, to what hangs on it as on a pilot, to the retirement that it makes room for, and to what asks
for a level that it raises, or a lower one. A level that is there today, or that the work itself
requires, is not its merit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from roadmap.checking.contract import Facts
from roadmap.facts import Initiative, Need, Outcome

_Asked = Mapping[str, list[tuple[int, int]]]
"""For each capability, the levels that are asked for, and the positions of who asks."""


@attrs.frozen
class Lineage:
    """What stands on what in a portfolio.

    Attributes
    ----------
    facts
        The portfolio.
    """

    facts: Facts

    @cached_property
    def _today(self) -> Mapping[str, int]:
        return {item.name: item.level for item in self.facts.capabilities}

    @cached_property
    def _requiring(self) -> Mapping[str, list[tuple[int, str]]]:
        """For each capability, the levels that work requires of it, and the work."""
        found: dict[str, list[tuple[int, str]]] = {}
        for item in self.facts.initiatives:
            for capability, level in item.requires.items():
                found.setdefault(capability, []).append((level, item.name))
        return found

    @cached_property
    def _next(self) -> Mapping[str, set[str]]:
        """For each initiative, the work that waits for it directly."""
        found: dict[str, set[str]] = {item.name: set() for item in self.facts.initiatives}
        for sooner, later in self.ties():
            found[sooner].add(later)
        for item in self.facts.initiatives:
            for capability, level in item.raises.items():
                for asked, name in self._requiring.get(capability, ()):
                    if self._before(item, capability) < asked <= level:
                        found[item.name].add(name)
        return found

    def ties(self, *, soft: bool = True) -> Iterator[tuple[str, str]]:
        """Work that is stated to come before other work, by their names.

        Parameters
        ----------
        soft
            Whether dependencies count that can be passed by at a price; default ``True``.
        """
        for tie in self.facts.ties:
            if soft or not tie.soft:
                yield tie.predecessor, tie.successor
        for pilot in self.facts.pilots:
            yield from ((pilot.initiative, name) for name in pilot.follow_on)
        for system in self.facts.systems:
            last = system.retired_by
            if last is not None:
                replacing = () if system.replaced_by is None else (system.replaced_by,)
                yield from ((name, last) for name in (*system.dependants, *replacing))
                yield from ((last, name) for name in system.blocks)

    def onward(self, name: str) -> tuple[str, ...]:
        """Name the work that stands on an initiative, however far downstream, as stated."""
        reached = _reached([name], self._next) - {name}
        return tuple(item.name for item in self.facts.initiatives if item.name in reached)

    def carries(self, name: str, capability: str, level: int) -> bool:
        """Whether an initiative raises a capability to a level that is not there before it."""
        item = self._initiative[name]
        return self._before(item, capability) < level <= item.raises.get(capability, 0)

    def _before(self, item: Initiative, capability: str) -> int:
        """The level that a capability has in any case when an initiative starts."""
        return max(self._today[capability], self.required(item.name).get(capability, 0))

    def required(self, name: str) -> Mapping[str, int]:
        """The levels without which an initiative cannot start: no workaround is stated."""
        around = self._around.get(name, ())
        return {c: at for c, at in self._initiative[name].requires.items() if c not in around}

    @cached_property
    def _around(self) -> Mapping[str, Collection[str]]:
        """For each initiative, the capabilities that it can go without at a price."""
        found: dict[str, set[str]] = {}
        for each in self.facts.workarounds:
            found.setdefault(each.initiative, set()).add(each.capability)
        return found

    def needs(self, names: Iterable[str]) -> tuple[Need, ...]:
        """The needs whose level any of these initiatives raises or which it gates, in order."""
        wanted = frozenset(names)
        gated = {at for name in wanted for at in self._gated.get(name, ())}
        found = sorted(gated | self._carried(wanted, self._needed))
        return tuple(self.facts.needs[at] for at in found)

    @cached_property
    def _gated(self) -> Mapping[str, list[int]]:
        """For each initiative, the positions of the needs that it gates."""
        found: dict[str, list[int]] = {}
        for at, need in enumerate(self.facts.needs):
            for name in need.gated_by:
                found.setdefault(name, []).append(at)
        return found

    def outcomes(self, names: Iterable[str]) -> tuple[Outcome, ...]:
        """The outcomes that any of these initiatives carries, in their order."""
        carried = sorted(self._carried(names, self._wanted))
        return tuple(self.facts.outcomes[at] for at in carried)

    def _carried(self, names: Iterable[str], asked: _Asked) -> set[int]:
        """Positions of what asks for a level that any of these initiatives raises."""
        return {
            at
            for name in names
            for capability in self._initiative[name].raises
            for level, at in asked.get(capability, ())
            if self.carries(name, capability, level)
        }

    @cached_property
    def _initiative(self) -> Mapping[str, Initiative]:
        return {item.name: item for item in self.facts.initiatives}

    @cached_property
    def serving(self) -> frozenset[str]:
        """The work that something beside work asks for, and what that work rests on.

        What asks are needs, outcomes, option values, floors, risks, systems that cost money
        until they are retired, selections of which one must be chosen, and mandates; these only
        where the work is not optional.
        """
        before = {name: set(others) for name, others in self._together.items()}
        for name, later in self._next.items():
            for each in later:
                before.setdefault(each, set()).add(name)
        asked = [item.name for item in self.facts.initiatives if self._asked_for(item)]
        return frozenset(_reached(asked, before))

    @cached_property
    def _together(self) -> Mapping[str, set[str]]:
        """For each initiative, the work that must be in the plan if it is, by what is stated."""
        found: dict[str, set[str]] = {}
        for selection in self.facts.selections:
            first, *others = selection.initiatives
            if selection.how == "first implies others":
                found.setdefault(first, set()).update(others)
            elif selection.how == "all or none":
                _all_with_all(found, selection.initiatives)
        for programme in self.facts.programmes:
            if programme.whole:
                _all_with_all(found, programme.initiatives)
        return found

    @cached_property
    def _chosen(self) -> frozenset[str]:
        """The work of which some must be chosen, as a selection says."""
        forcing = ("exactly one", "at least one")
        stated = (each for each in self.facts.selections if each.how in forcing)
        return frozenset(name for selection in stated for name in selection.initiatives)

    def _asked_for(self, item: Initiative) -> bool:
        """Whether something beside other work asks for an initiative."""
        if item.risk is not None or (item.mandate and not item.optional):
            return True
        if any(item.name in names for names in (self._chosen, self._retiring, self._gated)):
            return True
        asked = (self._needed, self._wanted, self._valued)
        return any(self._carried([item.name], levels) for levels in asked)

    @cached_property
    def _retiring(self) -> frozenset[str]:
        """The work that ends what a system costs."""
        costly = (system for system in self.facts.systems if system.burden)
        return frozenset(system.retired_by for system in costly if system.retired_by is not None)

    @cached_property
    def _valued(self) -> _Asked:
        """For each capability, the levels that a floor or an option value asks for."""
        found: dict[str, list[tuple[int, int]]] = {}
        for at, item in enumerate(self.facts.capabilities):
            levels = {level for level, rate in item.option_value.items() if rate}
            if item.floor is not None:
                levels.update(item.floors(self.facts.timeline))
            found[item.name] = [(level, at) for level in levels]
        return found

    @cached_property
    def _needed(self) -> _Asked:
        """For each capability, the levels that needs ask for, and the needs' positions."""
        found: dict[str, list[tuple[int, int]]] = {}
        for at, need in enumerate(self.facts.needs):
            found.setdefault(need.capability, []).append((need.level, at))
        return found

    @cached_property
    def _wanted(self) -> _Asked:
        """For each capability, the levels that carry outcomes, and the outcomes' positions."""
        found: dict[str, list[tuple[int, int]]] = {}
        for at, outcome in enumerate(self.facts.outcomes):
            for capability, level in outcome.capabilities.items():
                found.setdefault(capability, []).append((level, at))
        return found


def _all_with_all(found: dict[str, set[str]], names: Sequence[str]) -> None:
    for name in names:
        found.setdefault(name, set()).update(names)


def _reached(begin: Iterable[str], steps: Mapping[str, Iterable[str]]) -> set[str]:
    """All that can be reached, what it begins with included."""
    reached = set(begin)
    left = list(reached)
    while left:
        for name in steps.get(left.pop(), ()):
            if name not in reached:
                reached.add(name)
                left.append(name)
    return reached
