"""The best plan so far and what is proven: what every part of a search improves."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from roadmap.errors import SolverError
from roadmap.network import Assignment, Network
from roadmap.result import Status
from roadmap.solvers.contract import Answer, Run


@attrs.define
class Incumbent:
    """The best plan and the best bound of a run, reported as they improve.

    Attributes
    ----------
    network
        What is planned.
    run
        The conditions, and the record, of the run.
    plan, cost
        The best plan and what it costs; ``None`` before the first.
    bound, proven_by
        What no plan can cost less than, and who has proven it; ``None`` while nothing is proven.
    mishaps
        What broke down on the way, though the search went on.
    on_mishap
        Called with each of these; ``None`` for nobody.
    """

    network: Network
    run: Run
    plan: Assignment | None = None
    cost: int | None = None
    bound: int | None = None
    proven_by: str | None = None
    mishaps: list[str] = attrs.field(factory=list)
    on_mishap: Callable[[str], None] | None = None

    def offer(self, plan: Assignment, source: str) -> None:
        """Take a plan if it is cheaper."""
        cost = self.network.cost(plan)
        if self.cost is None or cost < self.cost:
            self.plan, self.cost = plan, cost
            if self.run.on_plan is not None:
                self.run.on_plan(plan)
            self.run.report(cost, self.bound, source)

    def proven(self, bound: int, source: str) -> None:
        """Take a bound if it is higher."""
        if self.bound is None or bound > self.bound:
            self.bound, self.proven_by = bound, source
            self.run.report(self.cost, bound, source)

    def mishap(self, what: str) -> None:
        """Take note of what broke down, once."""
        if what in self.mishaps:
            return
        self.mishaps.append(what)
        if self.on_mishap is not None:
            self.on_mishap(what)

    @property
    def closed(self) -> bool:
        """Whether nothing can be better."""
        return self.cost is not None and self.bound is not None and self.bound >= self.cost

    def within(self, share: float) -> bool:
        """Whether a better plan saves at most this share of the cost."""
        if self.cost is None or self.bound is None:
            return False
        return self.cost - self.bound <= share * self.cost

    def answer(self, note: str) -> Answer:
        """What is known now; the note says why no more is.

        Raises
        ------
        SolverError
            A bound stands above a plan: one of them is wrong.
        """
        if self.plan is None or self.cost is None:
            return Answer(Status.UNKNOWN, None, self.bound, note)
        if self.bound is None or self.bound < self.cost:
            return Answer(Status.FEASIBLE, self.plan, self.bound, note)
        if self.bound > self.cost:
            raise SolverError(
                f"a bound of {self.bound:,} stands against a plan that costs {self.cost:,}"
            )
        return Answer(Status.OPTIMAL, self.plan, self.bound)
