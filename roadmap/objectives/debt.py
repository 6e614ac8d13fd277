"""What it costs to go round a foundation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import attrs

from roadmap.attainment import level_events, level_key
from roadmap.facts import Dependency
from roadmap.parts import Event, EventKey, Member, Part, SoftWait
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Traded

_START = EventKey("the start of the timeline", 0, "begun")


class _Soft(NamedTuple):
    """Something that an initiative would wait for, and what it owes if it does not."""

    label: str
    initiative: str
    interest: int
    rework: int


@attrs.frozen
class Debt(Traded):
    """Interest and rework for soft dependencies and requirements that a plan passes by.

    Interest runs from the start of whoever did not wait until what it passed by is there: the
    predecessor has finished and the lag is over, or the level is attained. Where that never comes,
    interest runs to the end of the timeline. Rework is due once if it did not wait at all.

    Each declared amount is multiplied by ``kappa`` and rounded to the nearest whole money unit,
    halves up, before anything is added.
    """

    @classmethod
    def applies(cls, portfolio: Portfolio) -> bool:
        """Whether anything is soft."""
        return any(item.soft for item in portfolio.dependencies) or bool(portfolio.workarounds)

    @property
    def name(self) -> str:
        """``debt``."""
        return "debt"

    def amounts(self, plan: Plan) -> Mapping[str, int]:
        """Interest and rework, by what was passed by."""
        end = plan.portfolio.timeline.periods
        found: dict[str, int] = {}
        for soft, landed in _landings(plan):
            place = plan.placed.get(soft.initiative)
            if place is None:
                continue
            since = max(place.start, 0)
            if landed is None or landed > since:
                until = end if landed is None else min(landed, end)
                owed = self.priced(soft.interest) * max(until - since, 0)
                owed += self.priced(soft.rework)
                found[soft.label] = found.get(soft.label, 0) + owed
        return found

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A soft wait for each."""
        for fact, soft in _dependencies(portfolio):
            key = EventKey(fact.predecessor, fact.lag, "landed")
            yield Event(_START, (), 0)  # with it no lag, however negative, leads before 0
            yield Event(key, (Member(_START), Member(fact.predecessor, fact.lag)), 2)
            yield self._wait(soft, key)
        for capability, level, soft in _requirements(portfolio):
            yield from level_events(portfolio, capability, level)
            yield self._wait(soft, level_key(capability, level))

    def _wait(self, soft: _Soft, event: EventKey) -> SoftWait:
        owed = self.priced(soft.interest), self.priced(soft.rework)
        return SoftWait(soft.initiative, event, *owed, soft.label)

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        return "interest and rework for foundations that work goes round"


def _landings(plan: Plan) -> Iterator[tuple[_Soft, int | None]]:
    """All that is soft, and when what would be waited for is there; ``None`` for never."""
    for fact, soft in _dependencies(plan.portfolio):
        place = plan.placed.get(fact.predecessor)
        yield soft, None if place is None else place.finish + fact.lag
    for capability, level, soft in _requirements(plan.portfolio):
        yield soft, plan.attained(capability, level)


def _dependencies(portfolio: Portfolio) -> Iterator[tuple[Dependency, _Soft]]:
    """Every soft dependency."""
    for fact in portfolio.dependencies:
        if fact.soft:
            label = f"{fact.predecessor} → {fact.successor}"
            yield fact, _Soft(label, fact.successor, fact.interest or 0, fact.rework or 0)


def _requirements(portfolio: Portfolio) -> Iterator[tuple[str, int, _Soft]]:
    """Every required level that today does not give for good and that can be done without."""
    for item in portfolio.initiatives:
        for capability, level in item.requires.items():
            fact = portfolio.workaround.get((item.name, capability))
            there = level <= portfolio.capability[capability].level
            if fact and (not there or portfolio.lowered_below(capability, level)):
                label = f"{capability} at level {level} → {item.name}"
                yield capability, level, _Soft(label, item.name, fact.interest, fact.rework)
