"""The yardstick of work that transforms: the options that it opens, the windows it reaches.

Never its return: what it makes possible is worth most where nobody can state a figure yet, and
what it makes possible is judged by its own yardstick when it comes (A. Dixit, R. Pindyck,
*Investment under Uncertainty*, 1994, on the value of options).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from roadmap._text import money
from roadmap.facts import Need
from roadmap.lineage import Lineage
from roadmap.losses import Loss, LossSum, Window
from roadmap.plan import Plan
from roadmap.timeline import Timeline

HEAD = ("initiative", "starts", "work opened", "needs opened", "at stake", "windows", "worth")


@attrs.frozen
class Opened:
    """What stands on one piece of work.

    Attributes
    ----------
    initiative
        Its name.
    start
        Boundary at which it starts; ``None`` if it is not in the plan.
    work
        Initiatives that stand on it, however far downstream.
    needs
        Labels of the needs that it, or work that stands on it, meets.
    at_stake
        What these needs lose if they are never met. Several initiatives may lead on to one need:
        these figures do not add up over initiatives.
    windows
        Labels of those among the needs whose value is had only inside a window.
    reached
        Those of them that are met inside their windows as planned.
    worth
        The value of the windows that are reached.
    """

    initiative: str
    start: int | None
    work: tuple[str, ...]
    needs: tuple[str, ...]
    at_stake: int
    windows: tuple[str, ...]
    reached: tuple[str, ...]
    worth: int


@attrs.frozen
class Transformed:
    """The work that transforms, by what it opens.

    Attributes
    ----------
    timeline
        The planning horizon.
    work
        What each initiative of the category opens, in their order.
    """

    timeline: Timeline
    work: tuple[Opened, ...]

    def rows(self) -> list[list[str]]:
        """A row for each initiative; there is no sum, as they share what they open."""
        return [self._row(each) for each in self.work]

    def _row(self, each: Opened) -> list[str]:
        return [
            each.initiative,
            "left out" if each.start is None else self.timeline.label(each.start),
            str(len(each.work)),
            str(len(each.needs)),
            money(each.at_stake),
            f"{len(each.reached)} of {len(each.windows)}" if each.windows else "none",
            money(each.worth),
        ]


def transformed(plan: Plan) -> Transformed:
    """Judge the work that transforms, in a plan."""
    lineage = Lineage(plan.portfolio)
    items = [item for item in plan.portfolio.initiatives if item.category == "transform"]
    opened = tuple(_opened(plan, lineage, item.name) for item in items)
    return Transformed(plan.portfolio.timeline, opened)


def _opened(plan: Plan, lineage: Lineage, name: str) -> Opened:
    timeline, place = plan.portfolio.timeline, plan.placed.get(name)
    work = lineage.onward(name)
    needs = lineage.needs([name, *work])
    dated = [(need, tuple(_windows(need.loss))) for need in needs]
    reached = {need.label: tuple(_reached(plan, need, parts)) for need, parts in dated}
    return Opened(
        initiative=name,
        start=place.start if place else None,
        work=work,
        needs=tuple(need.label for need in needs),
        at_stake=sum(need.loss.at(timeline.periods, timeline) for need in needs),
        windows=tuple(need.label for need, parts in dated if parts),
        reached=tuple(
            n.label for n, parts in dated if parts and len(reached[n.label]) == len(parts)
        ),
        worth=sum(window.value for parts in reached.values() for window in parts),
    )


def _windows(loss: Loss) -> Iterator[Window]:
    """The windows in a loss that are worth something."""
    for part in loss.parts if isinstance(loss, LossSum) else (loss,):
        if isinstance(part, Window) and part.value:
            yield part


def _reached(plan: Plan, need: Need, windows: Iterable[Window]) -> Iterator[Window]:
    """Those of a need's windows inside which it is met."""
    timeline, time = plan.portfolio.timeline, plan.met(need)
    for window in windows:
        if time is not None and window.at(time, timeline) == 0:
            yield window
