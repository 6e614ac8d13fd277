"""Legacy triage: modernise now, modernise for cost, or leave; computed, not scored.

Two amounts decide. What a system *blocks* is what the best plan would cost less if all that waits
for its replacement no longer had to. What its replacement *saves* is what it spares in money beside
urgency (run cost, interest and risk of all systems, delivery cost of all work), replaced against
not replaced, if nothing else counts. A replacement that saves money is worth modernising for cost;
one that costs money is worth it only if at least so much is blocked.

How both move with the cost of replacing follows from four optima (replaced or not, blocked or
not), so that the cost at which the class flips needs no further solve.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Literal

import attrs

from roadmap._text import html_table, money, text_table
from roadmap.explaining.asking import NotBefore, Placed
from roadmap.explaining.inquiry import Answer, Inquiry
from roadmap.explaining.intervals import NOT_KNOWN, Interval
from roadmap.explaining.means import learnt
from roadmap.facts import System
from roadmap.objectives import Urgency
from roadmap.parts import Event, EventKey, Inclusion, Lag, Part, Wait
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Result
from roadmap.rules import Constraint, Objective, Traded

Course = Literal["modernise now", "modernise for cost", "leave", "unproven"]


@attrs.frozen
class Case:
    """What is to be done about a system.

    Attributes
    ----------
    system
        Its name.
    course
        ``modernise now``: it blocks at least the threshold. ``modernise for cost``: it does not,
        and replacing it saves money. ``leave``: neither. ``unproven``: not found out.
    replacement
        The initiative whose finish counts: what retires the system or else what replaces it;
        ``None`` if none is stated.
    blocks
        What the best plan would cost less if nothing waited for the replacement, as far as it is
        proven.
    saves
        What replacing saves, less what it costs, as far as it is proven; negative if it costs
        more than it saves.
    threshold
        How much it must block to be modernised now.
    planned
        Boundary at which the best known plan finishes the replacement; ``None`` if it does not.
    dearer
        How much more the replacement must cost for the course to change; ``None`` for never, and
        where an amount is not proven.
    cheaper
        How much less it must cost for that.
    note
        What else is to be said; may be empty.
    """

    system: str
    course: Course
    replacement: str | None
    blocks: Interval
    saves: Interval
    threshold: Interval
    planned: int | None = None
    dearer: int | None = None
    cheaper: int | None = None
    note: str = ""


@attrs.frozen
class Triage:
    """What is to be done about each system; it prints itself.

    Attributes
    ----------
    problem
        What was asked.
    cases
        One for each system, in the portfolio's order.
    """

    problem: Problem
    cases: tuple[Case, ...]

    def __getitem__(self, system: str) -> Case:
        """The case of a system."""
        return {case.system: case for case in self.cases}[system]

    def __len__(self) -> int:
        return len(self.cases)

    def __str__(self) -> str:
        notes = [f"{case.system}: {case.note}" for case in self.cases if case.note]
        return "\n".join([text_table(_HEAD, self._rows()), *notes])

    def _repr_html_(self) -> str:
        return html_table(_HEAD, self._rows())

    def _rows(self) -> list[list[str]]:
        timeline = self.problem.portfolio.timeline
        return [
            [
                case.system,
                case.course,
                str(case.blocks),
                str(case.saves),
                "never" if case.planned is None else timeline.label(case.planned),
                _flip(case),
            ]
            for case in self.cases
        ]


_HEAD = ("system", "course", "blocks", "saves", "replaced from", "flips if replacing costs")


def _flip(case: Case) -> str:
    told = [f"{money(case.dearer)} more"] if case.dearer is not None else []
    told += [f"{money(case.cheaper)} less"] if case.cheaper is not None else []
    return " or ".join(told) or "–"


def triage(
    question: Result | Problem | Portfolio,
    *,
    threshold: int | None = None,
    inquiry: Inquiry | None = None,
) -> Triage:
    """Say for each legacy system whether to modernise it now, for cost, or not.

    Parameters
    ----------
    question
        A result, a problem or a portfolio.
    threshold
        How much a system must block to be modernised now. Default: what replacing it costs beyond
        what that saves; at least 1.
    inquiry
        Asks the questions; default one of its own.
    """
    inquiry = inquiry or Inquiry()
    problem = learnt(question, inquiry)
    base = inquiry.ask(problem)
    systems = problem.portfolio.systems
    return Triage(
        problem,
        tuple(_Sorting(problem, base, system, threshold, inquiry).case() for system in systems),
    )


@attrs.frozen
class _Optima:
    """What is known when the replacement costs some more or less; ``None`` stands for no plan.

    Attributes
    ----------
    with_, without
        The optimum with the replacement in the plan, and with it left out.
    free_with, free_without
        The same where nothing waits for it.
    saves
        What replacing saves.
    threshold
        The threshold, if it is fixed.
    """

    with_: int | None
    without: int | None
    free_with: int | None
    free_without: int | None
    saves: int
    threshold: int | None

    def course(self, more: int) -> Course:
        """The course if replacing costs so much more."""
        saves = self.saves - more
        blocked = _least(_plus(self.with_, more), self.without)
        free = _least(_plus(self.free_with, more), self.free_without)
        assert blocked is not None, "there is a plan with the replacement"
        assert free is not None, "what is freed has a plan too"
        due = max(1, -saves) if self.threshold is None else self.threshold
        return _course(Interval.exactly(blocked - free), Interval.exactly(saves), due, due)

    def flips(self) -> tuple[int | None, int | None]:
        """How much dearer, and how much cheaper, replacing must be for the course to change."""
        now = self.course(0)
        turning = sorted(c for c in set(self._candidates()) if self.course(c) != now)
        dearer = next((change for change in turning if change > 0), None)
        cheaper = next((-change for change in reversed(turning) if change < 0), None)
        return dearer, cheaper

    def _candidates(self) -> Iterator[int]:
        """Where some amount passes another: what blocks is linear between these."""
        dues = [1, -self.saves] if self.threshold is None else [self.threshold]
        pairs = product((self.with_, self.without), (self.free_with, self.free_without))
        near = [self.saves]
        for top, below in pairs:
            if top is not None and below is not None:
                near += [due - (top - below) for due in dues] + [top - below - due for due in dues]
                near += [(top - below + self.saves) // 2]
        for one, other in ((self.with_, self.without), (self.free_with, self.free_without)):
            if one is not None and other is not None:
                near.append(other - one)
        for change in near:
            yield from range(change - 1, change + 2)


def _plus(one: int | None, other: int) -> int | None:
    return None if one is None else one + other


def _least(one: int | None, other: int | None) -> int | None:
    known = [value for value in (one, other) if value is not None]
    return min(known, default=None)


def _course(blocks: Interval, saves: Interval, least: int | None, most: int | None) -> Course:
    """The course, as far as the amounts are proven; the threshold lies between two bounds."""
    if blocks.lower is not None and most is not None and blocks.lower >= most:
        return "modernise now"
    if blocks.upper is None or least is None or blocks.upper >= least:
        return "unproven"
    if saves.lower is not None and saves.lower > 0:
        return "modernise for cost"
    return "leave" if saves.upper is not None and saves.upper <= 0 else "unproven"


@attrs.define(eq=False)
class _Sorting:
    """The triage of one system."""

    problem: Problem
    base: Answer
    system: System
    threshold: int | None
    inquiry: Inquiry

    def case(self) -> Case:
        """Ask what decides, and decide."""
        key = self.system.retired_by or self.system.replaced_by
        if self.base.infeasible:
            note = "there is no plan, so nothing can be compared"
            open_ = NOT_KNOWN
            return Case(self.system.name, "unproven", key, open_, open_, open_, note=note)
        free = self.problem.without(*self._waiting())
        blocks = (self.base.optimum - self.inquiry.ask(free).optimum).at_least(0)
        if key is None:
            none = Interval.exactly(0)
            note = "nothing is stated that replaces it"
            return Case(self.system.name, "leave", None, blocks, none, none, note=note)
        saves, possible = self._saves(free, key)
        least, most = self._threshold(saves)
        case = Case(
            self.system.name,
            _course(blocks, saves, least, most) if possible else "leave",
            key,
            blocks,
            saves,
            Interval(least, most),
            self._planned(key),
            note="" if possible else "its replacement does not fit into the plan",
        )
        if not possible or saves.value is None:
            return case
        dearer, cheaper = self._flips(free, key, saves.value)
        return attrs.evolve(case, dearer=dearer, cheaper=cheaper)

    def _planned(self, key: str) -> int | None:
        schedule = self.base.schedule
        return schedule[key].finish if schedule is not None and key in schedule else None

    def _threshold(self, saves: Interval) -> tuple[int | None, int | None]:
        """Bounds of the threshold."""
        if self.threshold is not None:
            return self.threshold, self.threshold
        least = 1 if saves.upper is None else max(1, -saves.upper)
        return least, None if saves.lower is None else max(1, -saves.lower)

    def _saves(self, free: Problem, key: str) -> tuple[Interval, bool]:
        """What replacing saves in money beside urgency; whether it is possible at all."""
        spent = tuple(term for term in self.problem.objective if _is_spent(term))
        bare = free.without(*self._inclusions(free, key)).replace(objective=spent)
        with_, without = self.inquiry.ask_all([bare.with_(Placed(key)), _left_out(bare, key)])
        if with_.infeasible:
            return NOT_KNOWN, False
        return without.optimum - with_.optimum, True

    def _flips(self, free: Problem, key: str, saves: int) -> tuple[int | None, int | None]:
        """Where the course changes, if all four optima are proven."""
        asked = [way for one in (self.problem, free) for way in _both(one, key)]
        answers = self.inquiry.ask_all(asked)
        if not all(answer.proven for answer in answers):
            return None, None
        values = [answer.optimum.value for answer in answers]
        with_, without, free_with, free_without = values
        if with_ is None and without is None:
            return None, None
        optima = _Optima(with_, without, free_with, free_without, saves, self.threshold)
        return optima.flips()

    def _waiting(self) -> tuple[str, ...]:
        """Names of the rules by which other work waits for the replacement."""
        work = {self.system.retired_by, self.system.replaced_by} - {None}
        facts = self.problem.portfolio
        found = (
            rule.name
            for rule in self.problem.constraints
            if _waits_for(rule, facts, frozenset(name for name in work if name))
            or self._blocks(rule)
        )
        return tuple(dict.fromkeys(found))

    def _blocks(self, rule: Constraint) -> bool:
        """Whether a rule says that the system is in the way of something."""
        never = EventKey(self.system.name, 0, "retired")
        posted = rule.post(self.problem.portfolio)
        return any(isinstance(part, Wait) and part.event == never for part in posted)

    def _inclusions(self, problem: Problem, key: str) -> tuple[str, ...]:
        """Names of the rules that the replacement must be carried out."""
        return tuple(
            rule.name
            for rule in problem.constraints
            if any(
                isinstance(part, Inclusion) and part.activity == key
                for part in rule.post(problem.portfolio)
            )
        )


def _both(problem: Problem, key: str) -> tuple[Problem, Problem]:
    """A question with an initiative in the plan, and with it left out."""
    return problem.with_(Placed(key)), _left_out(problem, key)


def _left_out(problem: Problem, key: str) -> Problem:
    """The question, where an initiative would have to start after the end."""
    return problem.with_(NotBefore(key, problem.portfolio.timeline.periods + 1))


def _is_spent(term: Objective) -> bool:
    """Whether a term counts money that is spent, neither urgency nor what it is traded for."""
    return not isinstance(term, Urgency | Traded)


def _waits_for(rule: Constraint, facts: Portfolio, work: frozenset[str]) -> bool:
    """Whether by a rule other work waits for some; read off the words that it posts."""
    parts = tuple(rule.post(facts))
    if any(
        isinstance(part, Lag) and part.before in work and part.after not in work for part in parts
    ):
        return True
    return any(
        isinstance(part, Wait)
        and part.activity not in work
        and bool(work & _behind(part.event, parts))
        for part in parts
    )


def _behind(key: EventKey, parts: tuple[Part, ...]) -> set[str]:
    """Names of the activities that can contribute to an event."""
    events = {part.key: part for part in parts if isinstance(part, Event)}
    found: set[str] = set()
    open_ = [key]
    while open_:
        for member in events[open_.pop()].members:
            if isinstance(member.source, EventKey):
                open_.append(member.source)
            else:
                found.add(member.source)
    return found
