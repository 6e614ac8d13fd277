"""The few gaps that matter most: the best set of needs to serve, with all that they stand on.

The value of a set of needs is what serving these alone saves: what they would lose if nothing were
done, less the cheapest plan for them, in which no work is done that they do not call for. Needs
that share foundations are worth more together than apart, and needs that share teams less; so the
best set is found by branch and bound over sets, each valued by a solve.
"""

from __future__ import annotations

import attrs

from roadmap._text import money
from roadmap.errors import Fault, ProblemError
from roadmap.evaluation import evaluate
from roadmap.explaining.inquiry import Answer, Inquiry
from roadmap.explaining.intervals import Interval
from roadmap.explaining.kinds import names_of
from roadmap.explaining.means import learnt
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Result
from roadmap.schedule import Schedule


@attrs.frozen
class TopGaps:
    """The needs that matter most.

    Attributes
    ----------
    problem
        What was asked.
    needs
        Labels of the best set of needs that was found.
    saving
        What serving the best set saves, as far as it is proven.
    schedule
        The plan that serves it; ``None`` if none was found.
    by_score
        Labels of as many needs that would lose most if nothing were done: what a list by score
        picks.
    score_saving
        What serving these saves.
    """

    problem: Problem
    needs: tuple[str, ...]
    saving: Interval
    schedule: Schedule | None
    by_score: tuple[str, ...]
    score_saving: Interval

    def __str__(self) -> str:
        currency = self.problem.portfolio.currency
        saving, score = (
            one.told(lambda amount: money(amount, currency))
            for one in (self.saving, self.score_saving)
        )
        work = ", ".join(self.schedule or ()) or "nothing"
        said = [
            f"Serve {', '.join(self.needs) or 'none'}: it saves {saving}.",
            f"  It takes {work}.",
        ]
        if set(self.by_score) != set(self.needs):
            said.append(f"  By score alone: {', '.join(self.by_score)}, which saves {score}.")
        return "\n".join(said)


def top_gaps(
    question: Result | Problem | Portfolio, k: int = 3, *, inquiry: Inquiry | None = None
) -> TopGaps:
    """Find the ``k`` needs which it pays most to serve, with what they stand on.

    Parameters
    ----------
    question
        A result, a problem or a portfolio. Work is taken as optional; all other rules hold.
    k
        How many needs are served at the most; at least 1, default 3.
    inquiry
        Asks the questions; default one of its own.

    Raises
    ------
    ProblemError
        ``k`` is less than 1.
    """
    if k < 1:
        raise ProblemError([Fault("k", f"{k!r} needs cannot be chosen", "give 1 or more")])
    inquiry = inquiry or Inquiry()
    problem = learnt(question, inquiry)
    search = _Search(problem, problem.without(*names_of(problem, "scope")), k, inquiry)
    open_ = [label for gap in problem.portfolio.gaps for label in gap.needs]
    search.branch((), tuple(sorted(open_, key=lambda one: -search.score(one))))
    by_score = tuple(sorted(open_, key=lambda one: -search.score(one))[:k])
    needs, best = search.best
    upper = search.ceiling if search.ceiling is None else max(search.ceiling, best.lower or 0)
    return TopGaps(
        problem,
        needs,
        Interval(best.lower, upper),
        _pared(search.shown(needs)),
        by_score,
        search.saving(by_score),
    )


def _pared(answer: Answer) -> Schedule | None:
    """The plan without work that it can do without at no cost, the last first."""
    kept = answer.schedule
    for name in reversed(tuple(kept or ())):
        assert kept is not None
        fewer = Schedule(place for other, place in kept.items() if other != name)
        judged = evaluate(answer.problem, fewer)
        if judged.feasible and judged.objective <= (answer.optimum.upper or 0):
            kept = fewer
    return kept


@attrs.define(eq=False)
class _Search:
    """Branch and bound over the sets of at most ``k`` needs."""

    problem: Problem
    free: Problem
    k: int
    inquiry: Inquiry
    best: tuple[tuple[str, ...], Interval] = ((), Interval.exactly(0))
    ceiling: int | None = 0
    _answers: dict[frozenset[str], Answer] = attrs.field(init=False, factory=dict)

    def branch(self, chosen: tuple[str, ...], rest: tuple[str, ...]) -> None:
        """Look through the sets that hold the chosen needs and some of the rest."""
        if self._hopeless((*chosen, *rest)):
            return
        if len(chosen) == self.k or not rest:
            self._take(chosen)
            return
        if len(chosen) + len(rest) <= self.k:
            self._take((*chosen, *rest))
            return
        self.branch((*chosen, rest[0]), rest[1:])
        self.branch(chosen, rest[1:])

    def _hopeless(self, labels: tuple[str, ...]) -> bool:
        """Whether no subset of these saves more than what is found already.

        A set saves no more than one that holds it, if no need loses less by never being met.
        """
        facts = self.problem.portfolio
        tables = (facts.loss_table(facts.need[label]) for label in labels)
        if any(max(table) > table[-1] for table in tables):
            return False
        worth, known = self.saving(labels).upper, self.best[1].lower
        return worth is not None and known is not None and worth <= known

    def _take(self, chosen: tuple[str, ...]) -> None:
        """Keep the best, and the most that any set might save."""
        saving = self.saving(chosen)
        if saving.upper is None or self.ceiling is None:
            self.ceiling = None
        else:
            self.ceiling = max(self.ceiling, saving.upper)
        if (saving.lower or 0) > (self.best[1].lower or 0):
            self.best = chosen, saving

    def score(self, label: str) -> int:
        """What a need loses if nothing is done."""
        facts = self.problem.portfolio
        return facts.loss_table(facts.need[label])[-1]

    def saving(self, labels: tuple[str, ...]) -> Interval:
        """What serving these needs saves."""
        lost = Interval.exactly(sum(self.score(label) for label in labels))
        return lost - self.answer(labels).optimum

    def answer(self, labels: tuple[str, ...]) -> Answer:
        """The cheapest plan that counts these needs alone."""
        key = frozenset(labels)
        if key not in self._answers:
            facts = self.problem.portfolio
            needs = [need for need in facts.needs if need.label in key]
            asked = self.free.replace(portfolio=facts.replace(needs=needs))
            self._answers[key] = self.inquiry.prove(asked)
        return self._answers[key]

    def shown(self, labels: tuple[str, ...]) -> Answer:
        """The same, with a plan that can be shown."""
        return self.inquiry.ask(self.answer(labels).problem)
