"""Why an initiative stands where it stands: at once, from the judge alone.

It is moved a period sooner with all else as it is, and the judge is asked which rules that breaks.
What it says is true of this plan; that no other plan does better takes a fresh solve.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from roadmap._text import money
from roadmap.errors import Fault, ScheduleError, nearest
from roadmap.evaluation import Evaluation, evaluate
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Result
from roadmap.rules import Violation
from roadmap.schedule import Placement, Schedule
from roadmap.timeline import Timeline


@attrs.frozen
class Served:
    """A need that work serves, by itself or by what it makes possible.

    Attributes
    ----------
    need
        Its label.
    rate
        Money lost if it is met one period later than planned.
    """

    need: str
    rate: int


@attrs.frozen
class Holder:
    """Other work that a reason points to.

    Attributes
    ----------
    initiative
        Its name.
    serves
        The needs that it serves.
    """

    initiative: str
    serves: tuple[Served, ...]


@attrs.frozen
class Reason:
    """A rule that a start one period sooner would break.

    Attributes
    ----------
    rule
        Its name.
    basis
        What it rests on.
    message
        What would be wrong, in the judge's words.
    holders
        The other work that is concerned, and what that is worth.
    """

    rule: str
    basis: str
    message: str
    holders: tuple[Holder, ...]


@attrs.frozen
class Why:
    """What holds an initiative at its place.

    Attributes
    ----------
    problem
        What the plan answers.
    initiative
        Its name.
    start
        Where it starts; ``None`` if it is not in the plan.
    reasons
        The rules that a start one period sooner would break, all else being as it is; none where
        it may start sooner, or cannot, as it begins with the timeline.
    sooner, later
        By how many periods it can be moved alone, breaking no rule and costing no more: its float.
    difference
        What the plan would cost more if it started one period sooner and that broke no rule;
        ``None`` if it breaks one.
    """

    problem: Problem
    initiative: str
    start: int | None
    reasons: tuple[Reason, ...] = ()
    sooner: int = 0
    later: int = 0
    difference: int | None = None

    @property
    def free(self) -> bool:
        """Whether nothing holds it: it could start sooner, breaking no rule and costing no more."""
        return self.difference is not None and self.difference <= 0

    def __str__(self) -> str:
        timeline = self.problem.portfolio.timeline
        if self.start is None:
            return f"{self.initiative} is not in the plan."
        said = [f"{self.initiative} starts in {timeline.label(self.start)}: {self._cause()}"]
        said += [f"  {line}" for reason in self.reasons for line in _told(reason, self.problem)]
        if self.later:
            said.append(f"  It may start {timeline.count(self.later)} later at no cost.")
        return "\n".join(said)

    def _cause(self) -> str:
        facts = self.problem.portfolio
        if self.start == 0:
            return "that is where the timeline begins."
        if self.reasons:
            return f"{facts.timeline.count(1)} sooner would break"
        if self.free:
            span = facts.timeline.count(self.sooner)
            return f"a free choice; it may start {span} sooner at no cost."
        told = money(self.difference or 0, facts.currency)
        return f"{facts.timeline.count(1)} sooner would cost {told} more."


def why(result: Result, name: str) -> Why:
    """Say what holds an initiative at its place in a plan.

    Parameters
    ----------
    result
        A plan.
    name
        The initiative.

    Raises
    ------
    ScheduleError
        There is no plan, or no such initiative.
    """
    problem, schedule = result.problem, checked(result, name)
    if name not in schedule:
        return Why(problem, name, None)
    start, now = schedule[name].start, evaluate(problem, schedule)
    sooner = _after_moving(problem, schedule, name, -1) if start else None
    fresh = [] if sooner is None else _fresh(sooner, now)
    sound = sooner is not None and not fresh
    return Why(
        problem,
        name,
        start,
        tuple(_reasons(problem, schedule, name, fresh)),
        _float(problem, schedule, name, -1, now),
        _float(problem, schedule, name, 1, now),
        sooner.objective - now.objective if sound and sooner is not None else None,
    )


def checked(result: Result, name: str) -> Schedule:
    """The plan of a result, and sure knowledge that there is such an initiative.

    Raises
    ------
    ScheduleError
        There is no plan, or no such initiative.
    """
    known = result.problem.portfolio.initiative
    if name not in known:
        raise ScheduleError(
            [Fault("name", f"no initiative is called {name!r}", nearest(name, known))]
        )
    return plan_of(result)


def plan_of(result: Result) -> Schedule:
    """The plan of a result.

    Raises
    ------
    ScheduleError
        There is none.
    """
    if result.schedule is None:
        remedy = "ask roadmap.conflicts what stands in its way"
        raise ScheduleError([Fault("result", "there is no plan to explain", remedy)])
    return result.schedule


def _after_moving(problem: Problem, schedule: Schedule, name: str, by: int) -> Evaluation | None:
    """The judge's word with one initiative moved; ``None`` if it leaves the timeline."""
    place = schedule[name]
    start = place.start + by
    fits = [
        variant.duration
        for variant in problem.portfolio.variants[name]
        if variant.mode.name == (place.mode or "")
        and (variant.starts is None or start in variant.starts)
    ]
    duration = fits[0] if fits else place.finish - place.start
    if start < 0 or start + duration > problem.portfolio.timeline.periods:
        return None
    moved = Placement(name, start, start + duration, place.mode)
    others = (one for other, one in schedule.items() if other != name)
    return evaluate(problem, Schedule((*others, moved)))


def _fresh(after: Evaluation, before: Evaluation) -> list[Violation]:
    """What is broken now and was not before; once for each rule."""
    broken = {violation.rule for violation in before.violations}
    found: dict[str, Violation] = {}
    for violation in after.violations:
        if violation.rule not in broken:
            found.setdefault(violation.rule, violation)
    return list(found.values())


def _float(problem: Problem, schedule: Schedule, name: str, way: int, now: Evaluation) -> int:
    """How far it can be moved alone, in steps, with no rule broken and no more cost."""
    moved = 0
    while True:
        after = _after_moving(problem, schedule, name, way * (moved + 1))
        if after is None or _fresh(after, now) or after.objective > now.objective:
            return moved
        moved += 1


def _reasons(
    problem: Problem, schedule: Schedule, name: str, fresh: list[Violation]
) -> Iterator[Reason]:
    bases = {rule.name: rule.basis for rule in problem.constraints}
    for violation in fresh:
        others = (who for who in violation.who if who != name and who in schedule)
        holders = tuple(Holder(who, served(problem, schedule, who)) for who in others)
        basis = bases.get(violation.rule, "physics")  # what is no rule is the nature of a plan
        yield Reason(violation.rule, basis, violation.message, holders)


def served(problem: Problem, schedule: Schedule, name: str) -> tuple[Served, ...]:
    """The needs that an initiative serves, by itself or by what it makes possible.

    Parameters
    ----------
    problem
        What the plan answers.
    schedule
        The plan.
    name
        The initiative.
    """
    import networkx as nx

    facts, plan = problem.portfolio, Plan(problem.portfolio, schedule)
    reached = nx.descendants(facts.graph, ("initiative", name))
    found = []
    for need in facts.needs:
        open_ = need.level > facts.capability[need.capability].level
        if open_ and ("level", need.capability, need.level) in reached:
            time = plan.met(need)
            found.append(Served(need.label, _rate(facts, need.label, time)))
    return tuple(found)


def _rate(facts: Portfolio, label: str, time: int | None) -> int:
    """What one period more costs; nothing at the end of the timeline, or for never."""
    if time is None or time >= facts.timeline.periods:
        return 0
    table = facts.loss_table(facts.need[label])
    return table[time + 1] - table[time]


def _told(reason: Reason, problem: Problem) -> Iterator[str]:
    basis = "" if reason.basis == "unstated" else f" ({reason.basis})"
    yield f"{reason.rule}{basis}: {reason.message}"
    timeline, currency = problem.portfolio.timeline, problem.portfolio.currency
    for holder in reason.holders:
        yield f"  {holder.initiative} {_serving(holder, timeline, currency)}"


def _serving(holder: Holder, timeline: Timeline, currency: str) -> str:
    if not holder.serves:
        return "serves no need"
    needs = (f"{one.need} ({money(one.rate, currency)} a {timeline.unit})" for one in holder.serves)
    return f"serves {', '.join(needs)}"


def holding_up(problem: Problem, schedule: Schedule, name: str) -> Iterator[str]:
    """Names of the rules that alone stand in the way of a cheaper plan near by.

    Parameters
    ----------
    problem
        What the plan answers.
    schedule
        The plan.
    name
        The initiative that is moved a period to either side, or left out.
    """
    now = evaluate(problem, schedule)
    without = Schedule(one for other, one in schedule.items() if other != name)
    for after in (
        _after_moving(problem, schedule, name, -1),
        _after_moving(problem, schedule, name, 1),
        evaluate(problem, without),
    ):
        if after is not None and after.objective < now.objective:
            fresh = _fresh(after, now)
            if len(fresh) == 1:
                yield fresh[0].rule
