"""The business case of needs: what it costs to meet them, and what that avoids losing.

Two rules, so that no money counts twice:

* The benefit belongs to the need, and to all the work together on which its attainment stands in
  the plan: those who raise its level, whoever these wait for, and so on. It is the loss avoided
  against never: in each period from the attainment on, what waiting one more period would have
  cost.
* Needs that share work make one bundle. In the bundle's case, each of its needs and each of its
  initiatives counts once.

Net present value, return on investment and payback period as in any textbook of corporate
finance (R. Brealey, S. Myers, F. Allen, *Principles of Corporate Finance*, chapters 2 and 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate

import attrs

from roadmap.discounting import present_value
from roadmap.facts import Need
from roadmap.lineage import Lineage
from roadmap.plan import Plan
from roadmap.timeline import Timeline


@attrs.frozen
class Case:
    """Money over time: what some work costs, and what it avoids losing.

    Attributes
    ----------
    needs
        Labels of the needs that are met.
    initiatives
        Names of the work that it takes.
    costs, benefits
        Money in each period of the timeline.
    factors
        What money of each boundary is worth today, as ``roadmap.discounting`` states it.
    shared
        Whether some of the work is needed for other needs as well.
    """

    needs: tuple[str, ...]
    initiatives: tuple[str, ...]
    costs: tuple[int, ...]
    benefits: tuple[int, ...]
    factors: tuple[int, ...]
    shared: bool = False

    @property
    def cost(self) -> int:
        """All that the work costs, not discounted."""
        return sum(self.costs)

    @property
    def benefit(self) -> int:
        """All that is avoided, not discounted."""
        return sum(self.benefits)

    @property
    def flows(self) -> tuple[int, ...]:
        """Benefit less cost, in each period."""
        return tuple(b - c for b, c in zip(self.benefits, self.costs, strict=True))

    @property
    def npv(self) -> int:
        """Net present value: what benefit less cost of each period is worth today, in all."""
        return present_value(enumerate(self.flows), self.factors)

    @property
    def roi(self) -> Fraction | None:
        """Return on investment: benefit less cost, over cost; ``None`` where it costs nothing."""
        return Fraction(self.benefit - self.cost, self.cost) if self.cost else None

    @property
    def payback(self) -> int | None:
        """Boundary from which what came in covers what went out, for good; ``None`` for never.

        Not discounted; 0 if nothing is ever owed.
        """
        sums = [0, *accumulate(self.flows)]
        owed = [at for at, money in enumerate(sums) if money < 0]
        if not owed:
            return 0
        return owed[-1] + 1 if owed[-1] + 1 < len(sums) else None

    @property
    def earns(self) -> bool:
        """Whether its net present value is not below 0."""
        return self.npv >= 0


def work_behind(plan: Plan, need: Need, before: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """All the work on which a need's attainment stands in a plan; empty if none does.

    Parameters
    ----------
    plan
        Any portfolio and schedule.
    need
        The need.
    before
        What ``waits_for`` says of the plan.
    """
    if plan.met(need) is None:
        return frozenset()
    found: set[str] = set()
    left = [*raising(plan, need.capability, need.level), *need.gated_by]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += before[name]
    return frozenset(found)


def waits_for(plan: Plan) -> Mapping[str, Sequence[str]]:
    """For each initiative in a plan, the work in it that it cannot do without directly.

    What can be passed by at a price is none of it.
    """
    before: dict[str, list[str]] = {name: [] for name in plan.placed}
    lineage = Lineage(plan.portfolio)
    for sooner, later in lineage.ties(soft=False):
        if sooner in before and later in before:
            before[later].append(sooner)
    for name, waited in before.items():
        for capability, level in lineage.required(name).items():
            waited += raising(plan, capability, level)
    return before


def raising(plan: Plan, capability: str, level: int) -> tuple[str, ...]:
    """Name those in the plan by whose work a level is first there, in the order of the facts.

    Of several levels that would do, the first to be there; at that level, all who have taken
    effect by then.
    """
    facts = plan.portfolio
    if level <= facts.capability[capability].level:
        return ()
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for at, names in facts.raisers[capability].items():
        effects = {
            name: plan.placed[name].finish + facts.initiative[name].ramp
            for name in names
            if name in plan.placed
        }
        count = facts.needed(capability, at)
        if at >= level and count <= len(effects):
            time = sorted(effects.values())[count - 1]
            found.append((time, at, tuple(name for name in effects if effects[name] <= time)))
    return min(found)[2] if found else ()


def avoided(plan: Plan, need: Need) -> tuple[int, ...]:
    """What a need's attainment avoids losing in each period; their sum is f(never) − f(T)."""
    timeline = plan.portfolio.timeline
    table = need.ramped(need.loss.table(timeline))
    since = plan.met(need)
    start = timeline.periods if since is None else since
    return tuple(table[at + 1] - table[at] if at >= start else 0 for at in range(timeline.periods))


def spent(plan: Plan, name: str) -> tuple[int, ...]:
    """What an initiative in the plan costs in each period of the timeline."""
    money = [0] * plan.portfolio.timeline.periods
    for period, amount in plan.outlays(name):
        money[period] += amount
    return tuple(money)


def case_of(
    plan: Plan,
    needs: Sequence[Need],
    initiatives: Iterable[str],
    factors: tuple[int, ...],
    *,
    shared: bool = False,
) -> Case:
    """The business case of some needs and all the work that is charged to them."""
    timeline = plan.portfolio.timeline
    chosen = frozenset(initiatives)
    names = tuple(item.name for item in plan.portfolio.initiatives if item.name in chosen)
    return Case(
        needs=tuple(need.label for need in needs),
        initiatives=names,
        costs=_summed((spent(plan, name) for name in names), timeline),
        benefits=_summed((avoided(plan, need) for need in needs), timeline),
        factors=factors,
        shared=shared,
    )


def _summed(rows: Iterable[Sequence[int]], timeline: Timeline) -> tuple[int, ...]:
    total = [0] * timeline.periods
    for row in rows:
        total = [sum(pair) for pair in zip(total, row, strict=True)]
    return tuple(total)
