"""The yardstick of work that maintains: the risk and the run cost that it ends."""

from __future__ import annotations

import attrs

from roadmap._text import money
from roadmap.facts import Initiative
from roadmap.plan import Plan
from roadmap.timeline import Timeline

HEAD = (
    "initiative",
    "done by",
    "exposure a period",
    "until done",
    "avoided",
    "run cost a period",
    "until retired",
    "saved",
    "cost",
)


@attrs.frozen
class Kept:
    """What one piece of work ends.

    Attributes
    ----------
    initiative
        Its name.
    finish
        Boundary at which it is finished; ``None`` if it is not in the plan.
    exposure
        Expected loss of each period until then; 0 where no risk is stated.
    until_done
        Expected loss until it is finished, or until the timeline ends.
    avoided
        Expected loss from then on, which never comes about.
    run_cost
        What the systems that it retires cost in each period until then, interest and their own
        risk included.
    until_retired
        What they cost until it is finished, or until the timeline ends.
    saved
        What they would cost from then on.
    cost
        What it costs to deliver; 0 if it is not in the plan.
    """

    initiative: str
    finish: int | None
    exposure: int
    until_done: int
    avoided: int
    run_cost: int
    until_retired: int
    saved: int
    cost: int

    @property
    def figures(self) -> tuple[int, ...]:
        """All of the money, in the order of the table."""
        return (
            self.exposure,
            self.until_done,
            self.avoided,
            self.run_cost,
            self.until_retired,
            self.saved,
            self.cost,
        )


@attrs.frozen
class Maintained:
    """The work that maintains, by the risk and the run cost that it ends.

    Attributes
    ----------
    timeline
        The planning horizon.
    work
        What each initiative of the category ends, in their order.
    """

    timeline: Timeline
    work: tuple[Kept, ...]

    def rows(self) -> list[list[str]]:
        """A row for each initiative, and their sum."""
        rows = [self._row(each) for each in self.work]
        sums = map(sum, zip(*(each.figures for each in self.work), strict=True))
        return [*rows, ["all", "–", *map(money, sums)]] if rows else []

    def _row(self, each: Kept) -> list[str]:
        done = "left out" if each.finish is None else self.timeline.until(each.finish)
        return [each.initiative, done, *map(money, each.figures)]


def maintained(plan: Plan) -> Maintained:
    """Judge the work that maintains, in a plan."""
    items = [item for item in plan.portfolio.initiatives if item.category == "maintain"]
    return Maintained(plan.portfolio.timeline, tuple(_kept(plan, item) for item in items))


def _kept(plan: Plan, item: Initiative) -> Kept:
    periods = plan.portfolio.timeline.periods
    place = plan.placed.get(item.name)
    mode = plan.mode(item.name) if place else None
    rate = item.risk.exposure if item.risk else 0
    retired = (each for each in plan.portfolio.systems if each.retired_by == item.name)
    burden = sum(system.burden for system in retired)
    finished = plan.finished(item.name)
    until = periods if finished is None else finished
    return Kept(
        initiative=item.name,
        finish=place.finish if place else None,
        exposure=rate,
        until_done=rate * until,
        avoided=rate * (periods - until),
        run_cost=burden,
        until_retired=burden * until,
        saved=burden * (periods - until),
        cost=mode.cost if mode else 0,
    )
