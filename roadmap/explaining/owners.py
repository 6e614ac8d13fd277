"""Winners and losers: what a plan means for each owner of needs, and the plan that is fairest.

An owner's regret is what its needs lose under a plan beyond what they would lose under the plan
that is best for this owner alone. The fairest plan makes the largest regret as small as it can be
(minimax regret: L. J. Savage, "The theory of statistical decision", Journal of the American
Statistical Association 46, 1951, with owners in place of states).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs

from roadmap._text import html_table, money, safe, text_table
from roadmap.constraints import TermLimit
from roadmap.explaining.inquiry import Answer, Inquiry
from roadmap.explaining.intervals import NOT_KNOWN, Interval
from roadmap.explaining.reasons import plan_of
from roadmap.explaining.shares import Share
from roadmap.objectives import Urgency
from roadmap.parts import EventLoss
from roadmap.plan import Plan
from roadmap.problem import Problem
from roadmap.result import Result
from roadmap.schedule import Schedule

NOBODY = "no owner stated"
"""What needs without an owner stand under."""


@attrs.frozen
class Standing:
    """What a plan means for an owner.

    Attributes
    ----------
    owner
        Its name; ``None`` for the needs whose owner is not stated.
    needs
        Labels of its needs.
    loss
        What they lose under the plan.
    own_best
        What they would lose under the plan that is best for them alone, as far as it is proven.
        All rules hold, and what that plan costs others does not count.
    own_plan
        The best such plan that is known; ``None`` if none is.
    """

    owner: str | None
    needs: tuple[str, ...]
    loss: int
    own_best: Interval
    own_plan: Schedule | None = None

    @property
    def regret(self) -> Interval:
        """What the owner loses for the others' sake, as far as it is proven; at least 0."""
        return (Interval.exactly(self.loss) - self.own_best).at_least(0)

    @property
    def label(self) -> str:
        """The owner's name, or that none is stated."""
        return self.owner or NOBODY


@attrs.frozen
class Standings:
    """What a plan means for each owner; it prints itself, the largest regret first.

    Attributes
    ----------
    problem
        What the plan answers.
    schedule
        The plan.
    items
        One for each owner, in the order in which needs name them.
    """

    problem: Problem
    schedule: Schedule
    items: tuple[Standing, ...]

    def __getitem__(self, owner: str | None) -> Standing:
        """The standing of an owner."""
        return {item.owner: item for item in self.items}[owner]

    def __len__(self) -> int:
        return len(self.items)

    @property
    def largest(self) -> Interval:
        """The largest regret, as far as it is proven; 0 where there is no need."""
        regrets = [item.regret for item in self.items] or [Interval.exactly(0)]
        uppers = [one.upper for one in regrets if one.upper is not None]
        upper = max(uppers) if len(uppers) == len(regrets) else None
        return Interval(max(one.lower or 0 for one in regrets), upper)

    def __str__(self) -> str:
        return text_table(self._head(), self._rows())

    def _repr_html_(self) -> str:
        return html_table(self._head(), self._rows())

    def _head(self) -> list[str]:
        currency = self.problem.portfolio.currency
        loses = f"loses, {currency}" if currency else "loses"
        return ["owner", "needs", loses, "best for it alone", "regret"]

    def _rows(self) -> list[list[str]]:
        ordered = sorted(self.items, key=lambda one: -(one.regret.lower or 0))
        return [
            [one.label, str(len(one.needs)), money(one.loss), str(one.own_best), str(one.regret)]
            for one in ordered
        ]


@attrs.frozen
class Fairest:
    """The plan whose largest regret is smallest, and of these the cheapest.

    Attributes
    ----------
    largest
        The smallest largest regret that any plan can have, as far as it is proven.
    standings
        What the best such plan that was found means for each owner.
    before
        The same of the plan that it is compared with.
    cost
        What the cheapest plan with this largest regret costs, as far as it is proven.
    price
        What that is more than the best plan of all, as far as it is proven.
    """

    largest: Interval
    standings: Standings
    before: Standings
    cost: Interval
    price: Interval

    @property
    def schedule(self) -> Schedule:
        """The plan."""
        return self.standings.schedule

    def __str__(self) -> str:
        return f"{self._told()}\n\n{text_table(_FAIR_HEAD, self._rows())}"

    def _repr_html_(self) -> str:
        return f"<p>{safe(self._told())}</p>{html_table(_FAIR_HEAD, self._rows())}"

    def _told(self) -> str:
        currency = self.standings.problem.portfolio.currency
        largest, price = (
            one.told(lambda amount: money(amount, currency)) for one in (self.largest, self.price)
        )
        return (
            f"No plan can keep everybody's regret below {largest}; the cheapest that does as well "
            f"costs {price} more than the best plan."
        )

    def _rows(self) -> list[list[str]]:
        return [
            [one.label, str(one.regret), str(after.regret), money(after.loss - one.loss)]
            for one, after in zip(self.before.items, self.standings.items, strict=True)
        ]


_FAIR_HEAD = ("owner", "regret in the plan", "regret in the fairest", "loses more")


def standings(result: Result, *, inquiry: Inquiry | None = None) -> Standings:
    """Say who wins and who loses by a plan: each owner's loss against its own best.

    Parameters
    ----------
    result
        A plan.
    inquiry
        Asks the questions; default one of its own.

    Raises
    ------
    ScheduleError
        There is no plan.
    """
    problem, schedule, inquiry = result.problem, plan_of(result), inquiry or Inquiry()
    inquiry.learn(result)
    shares = _shares(problem)
    asked = [problem.replace(objective=(share,)) for share in shares.values()]
    answers = dict(zip(shares, inquiry.ask_all(asked), strict=True))
    return _standing(problem, schedule, answers)


def fairest(result: Result, *, inquiry: Inquiry | None = None) -> Fairest:
    """Find a plan that makes the largest regret of any owner as small as it can be.

    It is found by halving: is there a plan under which nobody's regret is above so much?

    Parameters
    ----------
    result
        A plan, to compare with.
    inquiry
        Asks the questions; default one of its own.

    Raises
    ------
    ScheduleError
        There is no plan.
    """
    inquiry = inquiry or Inquiry()
    before = standings(result, inquiry=inquiry)
    base = inquiry.learn(result)
    search = _Halving(before, inquiry)
    largest, schedule = search.run()
    known = search.limited(search.upper)
    answer = inquiry.ask(known)
    best = schedule if answer.schedule is None else answer.schedule
    answers = {
        one.owner: Answer(before.problem, one.own_best, one.own_plan) for one in before.items
    }
    return Fairest(
        largest,
        _standing(before.problem, best, answers),
        before,
        answer.optimum,
        (answer.optimum - base.optimum).at_least(0),
    )


def _shares(problem: Problem) -> dict[str | None, Share]:
    """For each owner what its needs lose."""
    told = next((term for term in problem.objective if isinstance(term, Urgency)), Urgency())
    needs: dict[str | None, list[str]] = {}
    for need in problem.portfolio.needs:
        needs.setdefault(need.owner, []).append(need.label)
    return {owner: Share(told, tuple(labels), owner or NOBODY) for owner, labels in needs.items()}


def _standing(problem: Problem, schedule: Schedule, answers: dict[str | None, Answer]) -> Standings:
    plan = Plan(problem.portfolio, schedule)
    items = []
    for owner, share in _shares(problem).items():
        answer = answers[owner]
        loss = sum(share.amounts(plan).values())
        items.append(Standing(owner, share.who, loss, answer.optimum, answer.schedule))
    return Standings(problem, schedule, tuple(items))


@attrs.define(eq=False)
class _Halving:
    """The search for the smallest largest regret, against the best that is known of each owner."""

    before: Standings
    inquiry: Inquiry
    lower: int = 0
    upper: int = 0

    def run(self) -> tuple[Interval, Schedule]:
        """What is proven of it, and a plan that has the upper bound."""
        own = (one.own_plan for one in self.before.items)
        plans = [self.before.schedule, *(plan for plan in own if plan is not None)]
        best = min(plans, key=self._largest)
        self.upper = self._largest(best)
        step = self._step()
        while self.lower < self.upper:
            middle = (self.lower + self.upper) // 2 // step * step
            answer = self.inquiry.ask(self.limited(max(middle, 0)).replace(objective=()))
            if answer.schedule is not None:
                best = answer.schedule
                self.upper = self._largest(best)
            elif answer.infeasible:
                self.lower = middle + step
            else:
                break
        return self._proven(), best

    def limited(self, regret: int) -> Problem:
        """The question, where nobody may regret more."""
        limits = [
            TermLimit((share,), self._reference(owner) + regret)
            for owner, share in _shares(self.before.problem).items()
        ]
        return self.before.problem.with_(*limits)

    def _reference(self, owner: str | None) -> int:
        """What the best known plan for an owner loses it; the plan at hand is one."""
        standing = self.before[owner]
        upper = standing.own_best.upper
        return standing.loss if upper is None else min(upper, standing.loss)

    def _largest(self, schedule: Schedule) -> int:
        plan = Plan(self.before.problem.portfolio, schedule)
        regrets = (
            sum(share.amounts(plan).values()) - self._reference(owner)
            for owner, share in _shares(self.before.problem).items()
        )
        return max(0, *regrets, 0)

    def _step(self) -> int:
        """What divides all losses, and so all regrets."""
        problem = self.before.problem
        amounts = [self._reference(one.owner) for one in self.before.items]
        for share in _shares(problem).values():
            for part in share.post(problem.portfolio):
                amounts += part.table if isinstance(part, EventLoss) else ()
        return math.gcd(*amounts) or 1

    def _proven(self) -> Interval:
        """What holds against the true best of each owner, which may be below the best known."""
        slack: Sequence[int | None] = [
            None if one.own_best.lower is None else self._reference(one.owner) - one.own_best.lower
            for one in self.before.items
        ]
        known = [one for one in slack if one is not None]
        if len(known) < len(slack):
            return Interval(self.lower, None) if self.lower else NOT_KNOWN
        return Interval(self.lower, self.upper + max(known, default=0))
