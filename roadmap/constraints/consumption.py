"""There is only so much of something for all the work together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from roadmap._frozen import frozen_fields
from roadmap.errors import Fault, nearest
from roadmap.fields import Kind, Known, Text, Whole, of, shown
from roadmap.parts import Account, Entry, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation


@attrs.frozen
class _ByMode(Kind):
    """Units by initiative and mode."""

    def faults(self, value: Any, path: str, known: Known) -> Iterator[Fault]:
        """Refuse other shapes, unknown initiatives and modes, and amounts out of range."""
        if not isinstance(value, Mapping):
            told = f"{shown(value)} is not a table"
            yield Fault(path, told, "write it as {initiative: {mode: units}}")
            return
        work = known.names.get("initiatives", ())
        for name, units in value.items():
            place = f"{path}.{name}"
            if name not in work:
                yield Fault(path, f"unknown initiative {shown(name)}", nearest(name, work))
            elif not isinstance(units, Mapping):
                yield Fault(place, f"{shown(units)} is not a table", "write it as {mode: units}")
            else:
                modes = known.names.get(f"modes of {name}", ())
                for mode, amount in units.items():
                    if mode not in modes:
                        yield Fault(place, f"unknown mode {shown(mode)}", nearest(mode, modes))
                    yield from Whole(0).faults(amount, f"{place}.{mode}", known)


@attrs.frozen(field_transformer=frozen_fields)
class Consumption(Constraint):
    """The work in the plan takes no more of something than there is of it in all.

    Attributes
    ----------
    resource
        What there is only so much of: a nonrenewable resource. It is used up, whenever the work is
        done. At each time alone, teams limit the work.
    amounts
        Initiative to mode to the units that it takes in this mode, at least 0; what is not named
        takes none. An initiative without modes has one, named by the empty text.
    most
        Units there are; at least 0.

    References
    ----------
    R. Slowinski, "Two approaches to problems of resource allocation among project activities: a
    comparative study", Journal of the Operational Research Society 31, 1980.
    """

    resource: str = attrs.field(metadata=of(Text()))
    amounts: Mapping[str, Mapping[str, int]] = attrs.field(metadata=of(_ByMode()))
    most: int = attrs.field(metadata=of(Whole(0)))

    @property
    def name(self) -> str:
        """``consumption of N``."""
        return f"consumption of {self.resource}"

    def check(self, plan: Plan) -> Iterator[Violation]:
        """What the placed work takes, in its modes, is there."""
        taken = {name: self._taken(plan, name) for name in plan.placed}
        total = sum(taken.values())
        if total > self.most:
            message = f"the plan takes {total} of {self.resource}, and there are {self.most}"
            who = tuple(name for name, amount in taken.items() if amount)
            yield Violation(self.name, message, who, total - self.most)

    def _taken(self, plan: Plan, name: str) -> int:
        mode = plan.mode(name)
        return 0 if mode is None else self.amounts.get(name, {}).get(mode.name, 0)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """An account of what each variant takes."""
        entries = []
        for name, units in self.amounts.items():
            amounts = tuple(units.get(way.mode.name, 0) for way in portfolio.variants[name])
            if any(amounts):
                entries.append(Entry(name, amounts))
        yield Account(tuple(entries), self.name, most=self.most)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return f"there are {self.most} of {self.resource} for all the work together"
