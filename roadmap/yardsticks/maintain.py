"""The yardstick of work that maintains: the risk that it ends, and what it costs to run."""

from __future__ import annotations

import attrs

from roadmap._text import money
from roadmap.facts import Initiative
from roadmap.plan import Plan
from roadmap.timeline import Timeline

HEAD = ("initiative", "done by", "exposure a period", "until done", "avoided", "cost")


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
    cost
        What it costs to deliver; 0 if it is not in the plan.
    """

    initiative: str
    finish: int | None
    exposure: int
    until_done: int
    avoided: int
    cost: int


@attrs.frozen
class Maintained:
    """The work that maintains, by the risk that it ends.

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
        sums = (
            sum(each.exposure for each in self.work),
            sum(each.until_done for each in self.work),
            sum(each.avoided for each in self.work),
            sum(each.cost for each in self.work),
        )
        return [*rows, ["all", "–", *map(money, sums)]] if rows else []

    def _row(self, each: Kept) -> list[str]:
        done = "left out" if each.finish is None else self.timeline.until(each.finish)
        figures = (each.exposure, each.until_done, each.avoided, each.cost)
        return [each.initiative, done, *map(money, figures)]


def maintained(plan: Plan) -> Maintained:
    """Judge the work that maintains, in a plan."""
    items = [item for item in plan.portfolio.initiatives if item.category == "maintain"]
    return Maintained(plan.portfolio.timeline, tuple(_kept(plan, item) for item in items))


def _kept(plan: Plan, item: Initiative) -> Kept:
    periods = plan.portfolio.timeline.periods
    place = plan.placed.get(item.name)
    mode = plan.mode(item.name) if place else None
    rate = item.risk.exposure if item.risk else 0
    until = periods if place is None else min(max(place.finish, 0), periods)
    return Kept(
        initiative=item.name,
        finish=place.finish if place else None,
        exposure=rate,
        until_done=rate * until,
        avoided=rate * (periods - until),
        cost=mode.cost if mode else 0,
    )
