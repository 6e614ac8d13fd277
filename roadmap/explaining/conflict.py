"""Why there is no plan: small sets of named rules that nothing can keep together, and repairs.

Each statement is a fresh solve of the problem with some of its rules; the solver's own core is
never asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from roadmap.explaining.families import Family, Smallest, explored, grown, shrunk
from roadmap.explaining.inquiry import Inquiry
from roadmap.explaining.intervals import Interval
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem, as_problem
from roadmap.schedule import Schedule


@attrs.frozen
class Conflict:
    """Rules that no plan keeps together.

    Attributes
    ----------
    rules
        Their names.
    smallest
        Whether it is proven that there is a plan as soon as any one of them is lifted, and no
        other rule but these holds.
    """

    rules: tuple[str, ...]
    smallest: bool


@attrs.frozen
class Repair:
    """Rules whose lifting makes a plan possible.

    Attributes
    ----------
    rules
        Their names; with any one of them kept there is still no plan.
    cost
        What the cheapest plan then costs, as far as it is proven.
    schedule
        A plan that keeps all other rules.
    """

    rules: tuple[str, ...]
    cost: Interval
    schedule: Schedule


@attrs.frozen
class Conflicts:
    """Why a problem has no plan.

    Attributes
    ----------
    problem
        The problem.
    feasible
        Whether it has a plan after all; ``None`` if that was not found out.
    conflicts
        Sets of rules that cannot be kept together, the smallest first.
    repairs
        Sets of rules to lift, the fewest rules first, then the cheapest.
    complete
        Whether there are no other conflicts and repairs.
    """

    problem: Problem
    feasible: bool | None
    conflicts: tuple[Conflict, ...] = ()
    repairs: tuple[Repair, ...] = ()
    complete: bool = False

    def __str__(self) -> str:
        if self.feasible is not False:
            return _NOT_SO[self.feasible]
        said = ["There is no plan."]
        for conflict in self.conflicts:
            sure = "" if conflict.smallest else " (perhaps not all of them are needed for it)"
            said += [f"These cannot all be kept{sure}:", *self._sentences(conflict.rules)]
        for repair in self.repairs:
            cost = repair.cost.told()
            said += [f"Lifting these is enough; the cheapest plan then costs {cost}:"]
            said += self._sentences(repair.rules)
        if not self.complete:
            said.append("There may be other conflicts and repairs; the search was not completed.")
        return "\n".join(said)

    def _sentences(self, names: Sequence[str]) -> list[str]:
        return sentences(self.problem, names)


_NOT_SO = {
    True: "There is a plan: nothing is in conflict.",
    None: "Whether there is a plan is not known.",
}


def sentences(problem: Problem, names: Sequence[str]) -> list[str]:
    """Say rules in business words, a line each, with what they rest on."""
    said = []
    for rule in problem.constraints:
        if rule.name in names:
            basis = "" if rule.basis == "unstated" else f" ({rule.basis})"
            said.append(f"  {rule.sentence(problem.portfolio)}{basis}")
    return said


def conflicts(
    question: Portfolio | Problem, *, most: int = 5, inquiry: Inquiry | None = None
) -> Conflicts:
    """Say why a problem has no plan, and what would give it one.

    Parameters
    ----------
    question
        The problem; a portfolio is taken as its standard problem.
    most
        How many conflicts are enough; at least 1, default 5.
    inquiry
        Asks the questions; default one of its own, with 30 seconds in all.
    """
    problem, inquiry = as_problem(question), inquiry or Inquiry(each=5, total=30)
    bare = problem.replace(objective=())
    answer = inquiry.prove(bare)
    if answer.feasible is not False:
        return Conflicts(problem, answer.feasible)
    names = tuple(dict.fromkeys(rule.name for rule in problem.constraints))
    core = _parts(bare, names, inquiry, most)
    found = [Conflict(one.members, one.proven) for one in core.smallest]
    found.sort(key=lambda one: (len(one.rules), one.rules))
    kept = list(core.largest)
    if not core.complete and found:
        kept += [one for one in _around(bare, names, found[0], inquiry) if one not in kept]
    repairs = _repairs(problem, names, kept, inquiry)
    return Conflicts(problem, False, tuple(found), repairs, core.complete)


def _parts(bare: Problem, names: tuple[str, ...], inquiry: Inquiry, most: int) -> Family:
    """Explore which sets of rules can be kept together."""
    return explored(
        names, lambda kept: unkeepable(bare, names, kept, inquiry), most, lambda: inquiry.over
    )


def _around(
    bare: Problem, names: Sequence[str], conflict: Conflict, inquiry: Inquiry
) -> Iterator[frozenset[str]]:
    """For each rule of a conflict, a largest set of rules that can be kept if it goes."""
    for rule in conflict.rules:
        start = frozenset(conflict.rules) - {rule}
        kept, proven = grown(start, names, lambda some: unkeepable(bare, names, some, inquiry))
        if proven and conflict.smallest:
            yield kept


def unkeepable(
    bare: Problem, names: Sequence[str], kept: frozenset[str], inquiry: Inquiry
) -> bool | None:
    """Whether some of a problem's rules cannot be kept together; the objective does not matter.

    Parameters
    ----------
    bare
        The problem, with nothing to minimise.
    names
        The rules in question; all others stay.
    kept
        Those of them that stay.
    inquiry
        Asks.
    """
    answer = inquiry.prove(bare.without(*(name for name in names if name not in kept)))
    return None if answer.feasible is None else not answer.feasible


def forbidding(problem: Problem, names: Sequence[str], inquiry: Inquiry) -> Smallest:
    """A smallest set of named rules that leaves a problem, with all its other rules, no plan.

    Parameters
    ----------
    problem
        A problem that has none.
    names
        The rules that may be named.
    inquiry
        Asks.
    """
    bare = problem.replace(objective=())
    return shrunk(tuple(dict.fromkeys(names)), lambda kept: unkeepable(bare, names, kept, inquiry))


def _repairs(
    problem: Problem, names: Sequence[str], largest: Sequence[frozenset[str]], inquiry: Inquiry
) -> tuple[Repair, ...]:
    """What must be lifted for a plan, with the cost of the cheapest plan then."""
    lifted = [tuple(name for name in names if name not in kept) for kept in largest]
    answers = inquiry.prove_all([problem.without(*rules) for rules in lifted])
    found = [
        Repair(rules, answer.optimum, answer.schedule)
        for rules, answer in zip(lifted, answers, strict=True)
        if answer.schedule is not None
    ]
    last = 2**63
    found.sort(key=lambda one: (len(one.rules), one.cost.upper or last, one.rules))
    return tuple(found)
