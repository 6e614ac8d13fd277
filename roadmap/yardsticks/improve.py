"""The yardstick of work that improves: payback, net present value, return on investment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

import attrs

from roadmap._text import money
from roadmap.facts import Need
from roadmap.plan import Plan
from roadmap.timeline import Timeline
from roadmap.yardsticks.cases import Case, avoided, case_of, waits_for, work_behind

GREEN, RED = "green", "red"
HEAD = ("need", "stands on", "cost", "benefit", "NPV", "ROI, %", "pays back from", "verdict")


@attrs.frozen
class Improved:
    """Business cases of the needs that improving work meets.

    Attributes
    ----------
    timeline
        The planning horizon.
    needs
        The case of each need, with all the work that it stands on.
    bundles
        For needs that share work: their case together, in which nothing counts twice.
    initiatives
        The case of each initiative that meets needs all alone, by name.
    total
        The case of all these needs together; nothing counts twice.
    """

    timeline: Timeline
    needs: tuple[Case, ...]
    bundles: tuple[Case, ...]
    initiatives: tuple[Case, ...]
    total: Case

    def verdict(self, case: Case) -> str:
        """``green`` if it earns its cost, ``red`` if not.

        Where some of its work serves other needs too, all of that work is charged to it: then it
        may be green even so, but if not nothing is said (empty), as only the bundle can tell.
        """
        return GREEN if case.earns else "" if case.shared else RED

    def rows(self) -> list[list[str]]:
        """The cases as a table: needs, bundles, then initiatives, and the total."""
        rows = [self._row(f"{c.initiatives[0]}, alone", c) for c in self.initiatives]
        rows = [*self._by_bundle(), *rows]
        return [*rows, self._row("all", self.total)] if rows else []

    def _by_bundle(self) -> Iterator[list[str]]:
        """The needs, those that share work one below the other and then together."""
        case = {each.needs[0]: each for each in self.needs}
        bundle = {label: each for each in self.bundles for label in each.needs}
        told: set[str] = set()
        for label in case:
            if label not in told:
                together = bundle.get(label)
                labels = together.needs if together else (label,)
                told.update(labels)
                yield from (self._row(each, case[each]) for each in labels)
                if together:
                    yield self._row(f"these {len(labels)} together", together)

    def _row(self, title: str, case: Case) -> list[str]:
        back = case.payback
        return [
            title,
            _listed(case.initiatives),
            money(case.cost),
            money(case.benefit),
            money(case.npv),
            "–" if case.roi is None else f"{_rounded(case.roi * 100):,}",
            "never" if back is None else self.timeline.label(back) if back else "the start",
            self.verdict(case) or "–",
        ]


def improved(plan: Plan, needs: Sequence[Need], factors: tuple[int, ...]) -> Improved:
    """Judge the needs that improving work meets in a plan.

    Parameters
    ----------
    plan
        Any portfolio and schedule.
    needs
        The needs; each is attained by work in the plan.
    factors
        What money of each boundary is worth today.
    """
    ledger = _Ledger(plan, tuple(needs), factors)
    return Improved(
        timeline=plan.portfolio.timeline,
        needs=tuple(ledger.case([need]) for need in needs),
        bundles=tuple(ledger.case(members) for members in ledger.groups() if len(members) > 1),
        initiatives=tuple(ledger.case(members) for members in ledger.alone()),
        total=ledger.case(needs),
    )


@attrs.frozen
class _Ledger:
    """Which need stands on which work in a plan."""

    plan: Plan
    needs: tuple[Need, ...]
    factors: tuple[int, ...]

    @cached_property
    def behind(self) -> Mapping[str, frozenset[str]]:
        """For each need of the portfolio, the work that it stands on."""
        before, needs = waits_for(self.plan), self.plan.portfolio.needs
        return {need.label: work_behind(self.plan, need, before) for need in needs}

    @cached_property
    def gaining(self) -> Mapping[str, set[str]]:
        """For each initiative, the needs that stand on it and avoid a loss.

        Who gains nothing can bear no part of a cost.
        """
        found: dict[str, set[str]] = {}
        for need in self.plan.portfolio.needs:
            if sum(avoided(self.plan, need)) > 0:
                for name in self.behind[need.label]:
                    found.setdefault(name, set()).add(need.label)
        return found

    def case(self, needs: Sequence[Need]) -> Case:
        """The case of some needs, with all the work that they stand on."""
        labels = {need.label for need in needs}
        work: frozenset[str] = frozenset().union(*(self.behind[label] for label in labels))
        shared = any(self.gaining.get(name, set()) - labels for name in work)
        return case_of(self.plan, needs, work, self.factors, shared=shared)

    def groups(self) -> Iterator[tuple[Need, ...]]:
        """The needs in groups that share no work with one another, in their order."""
        groups: list[tuple[list[Need], frozenset[str]]] = []
        for need in self.needs:
            members, work, apart = [need], self.behind[need.label], []
            for others, theirs in groups:
                if theirs & work:
                    members, work = others + members, theirs | work
                else:
                    apart.append((others, theirs))
            groups = [*apart, (members, work)]
        return (tuple(sorted(members, key=self.needs.index)) for members, _ in groups)

    def alone(self) -> Iterator[tuple[Need, ...]]:
        """For each initiative that meets needs all alone, these needs."""
        for item in self.plan.portfolio.initiatives:
            mine = tuple(need for need in self.needs if self.behind[need.label] == {item.name})
            if mine:
                yield mine


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} initiatives"


def _rounded(value: Fraction) -> int:
    """To the nearest whole; halves go up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
