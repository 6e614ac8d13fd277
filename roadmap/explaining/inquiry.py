"""Many questions about one problem: each answer certified, remembered and used again.

An answer is what is proven of the optimum of a question, and the best plan known for it. Two facts
save most of the work. A plan that the judge accepts bounds the optimum from above, whichever
question it was found for. And what no plan can cost less than under some rules, none can under
more rules. Where the two bounds meet, nothing is solved.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait

import attrs

from roadmap.errors import SolverCrashError, SolverError
from roadmap.evaluation import evaluate
from roadmap.explaining.intervals import NOT_KNOWN, Interval
from roadmap.problem import Problem
from roadmap.result import Result, Status
from roadmap.rules import Constraint
from roadmap.schedule import Schedule
from roadmap.solvers import solve

_SMALL = 60
"""Up to so many initiatives the exact search alone is quicker than the search of several parts."""

_PLANS = 64
"""So many plans are tried on each new question; the judge takes about a millisecond for each."""

_SLICE = 0.1


@attrs.frozen
class Answer:
    """What is proven of a question.

    Attributes
    ----------
    problem
        The question.
    optimum
        What the cheapest plan costs, as far as it is proven.
    schedule
        The best plan known, which the judge has accepted; ``None`` if none is.
    infeasible
        Whether it is proven that no plan keeps every rule.
    solved
        Whether it took a solve; else it follows from what was known.
    """

    problem: Problem
    optimum: Interval
    schedule: Schedule | None = None
    infeasible: bool = False
    solved: bool = False

    @property
    def proven(self) -> bool:
        """Whether the optimum is known, or that there is no plan."""
        return self.infeasible or self.optimum.proven

    @property
    def feasible(self) -> bool | None:
        """Whether there is a plan; ``None`` if that is not known."""
        return False if self.infeasible else True if self.schedule is not None else None


@attrs.frozen
class Question:
    """A problem, and what is known of it beside its rules.

    Attributes
    ----------
    problem
        What is asked.
    stricter_than
        Problems that allow every plan which this one allows, at no more cost; default none. That
        a problem has all the rules of another about the same facts need not be said.
    shown
        Whether the plan may be shown, and so has to be the same each time; default ``True``.
        Without that, only what is proven of the optimum counts, which is there much sooner.
    """

    problem: Problem
    stricter_than: tuple[Problem, ...] = ()
    shown: bool = True


@attrs.frozen
class Step:
    """How far an inquiry has come.

    Attributes
    ----------
    asked, answered, solved
        Questions so far; how many of them have an answer; how many of these took a solve.
    """

    asked: int
    answered: int
    solved: int


@attrs.define(eq=False)
class Inquiry:
    """Asks questions, and remembers what it has learnt.

    It is the one thing here that changes: a memory. What it gives are frozen answers. Ctrl-C, or
    ``stop``, ends it: what has not been proven by then is answered with what is known.

    Attributes
    ----------
    each
        Seconds that a question may take; default 10, ``None`` for no limit.
    total
        Seconds that all of them together may take; default ``None``: no limit.
    executor
        Where questions are solved side by side; default here, one after the other. A process pool
        or any other ``concurrent.futures.Executor`` will do.
    solver
        Name of the solver; default the exact search where there are few initiatives, else
        ``auto``.
    workers
        Threads for each solve; default as ``solve`` has it here, and one on an executor.
    seed
        Seed of random choices; default 0.
    on_progress
        Called after each answer; default nobody.
    stop
        Set by whoever wants it to end.
    """

    each: float | None = 10.0
    total: float | None = None
    executor: Executor | None = None
    solver: str | None = None
    workers: int | None = None
    seed: int = 0
    on_progress: Callable[[Step], None] | None = None
    stop: threading.Event = attrs.field(factory=threading.Event)
    _answers: list[tuple[frozenset[int], Answer, bool]] = attrs.field(init=False, factory=list)
    _numbers: dict[Constraint, int] = attrs.field(init=False, factory=dict)
    _rough: set[Schedule] = attrs.field(init=False, factory=set)
    _plans: list[Schedule] = attrs.field(init=False, factory=list)
    _began: float = attrs.field(init=False, factory=time.time)
    _count: list[int] = attrs.field(init=False, factory=lambda: [0, 0, 0])

    def learn(self, result: Result) -> Answer:
        """Take in a solver's report, and ask again what it left unproven.

        Returns
        -------
        Answer
            What is proven of the report's own question.
        """
        self._remember(_read(result), shown=True)
        return self.ask(result.problem)

    def ask(self, question: Problem | Question) -> Answer:
        """Answer one question."""
        return self.ask_all([question])[0]

    def ask_all(self, questions: Sequence[Problem | Question]) -> list[Answer]:
        """Answer questions, in their order; side by side where there is an executor."""
        asked = [q if isinstance(q, Question) else Question(q) for q in questions]
        self._count[0] += len(asked)
        if self.executor is None:
            return [self._answered(question) for question in asked]
        return self._side_by_side(asked, self.executor)

    def prove(self, question: Problem | Question) -> Answer:
        """Answer one question whose plan is not shown: any best plan will do."""
        return self.prove_all([question])[0]

    def prove_all(self, questions: Sequence[Problem | Question]) -> list[Answer]:
        """Answer questions, in their order, whose plans are not shown."""
        asked = [q if isinstance(q, Question) else Question(q) for q in questions]
        return self.ask_all([attrs.evolve(question, shown=False) for question in asked])

    @property
    def plans(self) -> tuple[Schedule, ...]:
        """Plans that answered some question, the newest last."""
        return tuple(self._plans)

    @property
    def asked(self) -> int:
        """How many questions have been asked."""
        return self._count[0]

    @property
    def over(self) -> bool:
        """Whether it was stopped, or its time is over."""
        left = self._left()
        return self.stop.is_set() or (left is not None and left <= 0)

    def _left(self) -> float | None:
        return None if self.total is None else self._began + self.total - time.time()

    def _answered(self, question: Question) -> Answer:
        known = self._known(question)
        if self._open(question, known):
            task = self._task(question, known)
            known = self._merged(known, self._carried_out(task))
        return self._told(question, known)

    def _open(self, question: Question, known: Answer) -> bool:
        """Whether a question is to be solved: it is not proven, or its plan is not to be shown."""
        rough = question.shown and known.schedule in self._rough
        return not (known.proven and not rough) and not (self.over or self._asked_before(question))

    def _carried_out(self, task: _Task) -> Answer:
        """Solve here; a first Ctrl-C ends the solve, and with it the inquiry."""
        try:
            answer, stopped = _carry_out(task)
        except KeyboardInterrupt:
            answer, stopped = Answer(task.problem, NOT_KNOWN), True
        if stopped:
            self.stop.set()
        return answer

    def _side_by_side(self, questions: Sequence[Question], executor: Executor) -> list[Answer]:
        """Answer what is known at once, and the rest as it comes back."""
        known = [self._known(question) for question in questions]
        running: dict[Future[tuple[Answer, bool]], int] = {}
        for at, answer in enumerate(known):
            if self._open(questions[at], answer):
                running[executor.submit(_carry_out, self._task(questions[at], answer))] = at
            else:
                self._told(questions[at], answer)
        try:
            for future in self._coming(set(running)):
                at = running[future]
                found = self._merged(known[at], _outcome(future, known[at]))
                known[at] = self._told(questions[at], found)
        except KeyboardInterrupt:
            self.stop.set()
        finally:
            for future in running:
                future.cancel()
        return known

    def _coming(
        self, running: set[Future[tuple[Answer, bool]]]
    ) -> Iterator[Future[tuple[Answer, bool]]]:
        """Yield what is done, until all is or the time is over."""
        while running and not self.over:
            done, running = wait(running, _SLICE, FIRST_COMPLETED)
            yield from done

    def _task(self, question: Question, known: Answer) -> _Task:
        workers = self.workers or (None if self.executor is None else 1)
        ends = None if self.total is None else self._began + self.total
        few = len(known.problem.portfolio.initiatives) <= _SMALL
        solver = self.solver or ("cpsat" if few else "auto")
        return _Task(
            problem=question.problem,
            hint=known.schedule,
            each=self.each,
            ends=ends,
            solver=solver,
            seed=self.seed,
            workers=workers,
            tidy=question.shown,
        )

    def _told(self, question: Question, answer: Answer) -> Answer:
        """Remember an answer and report progress."""
        self._remember(answer, question.shown)
        self._count[1] += 1
        self._count[2] += answer.solved
        if self.on_progress is not None:
            self.on_progress(Step(*self._count))
        return answer

    def _asked_before(self, question: Question) -> bool:
        """Whether the very same question was solved already, as far as time allowed."""
        rules = self._rules(question.problem)
        return any(
            old.solved
            and shown >= question.shown
            and known == rules
            and _comparable(old.problem, question.problem)
            for known, old, shown in self._answers
        )

    def _rules(self, problem: Problem) -> frozenset[int]:
        """The rules of a problem by number: numbers are compared quickly."""
        numbers = self._numbers
        return frozenset(numbers.setdefault(rule, len(numbers)) for rule in problem.constraints)

    def _remember(self, answer: Answer, shown: bool) -> None:
        self._answers.append((self._rules(answer.problem), answer, shown))
        plan = answer.schedule
        if plan is not None and plan not in self._plans:
            self._plans.append(plan)
            if answer.solved and not shown:
                self._rough.add(plan)
        elif plan is not None and answer.solved and shown:
            self._rough.discard(plan)

    def _known(self, question: Question) -> Answer:
        """What follows from earlier answers and plans."""
        problem = question.problem
        lower, infeasible = self._from_below(question)
        if infeasible:
            return Answer(problem, NOT_KNOWN, None, True)
        upper, best = None, None
        newest = () if self.over else reversed(self._plans[1:][-_PLANS:])
        for plan in (*self._plans[:1], *newest):
            judged = evaluate(problem, plan)
            if judged.feasible and (upper is None or judged.objective < upper):
                upper, best = judged.objective, plan
                if upper == lower:
                    break
        return _certified(Answer(problem, Interval(lower, upper), best))

    def _from_below(self, question: Question) -> tuple[int | None, bool]:
        """The best bound of all questions that allow more; whether one of them has no plan."""
        rules = self._rules(question.problem)
        lower: int | None = None
        for known, old, _ in self._answers:
            allows_more = known <= rules and _comparable(old.problem, question.problem)
            if allows_more or any(old.problem is other for other in question.stricter_than):
                if old.infeasible:
                    return None, True
                lower = _larger(lower, old.optimum.lower)
        return lower, False

    def _merged(self, known: Answer, found: Answer) -> Answer:
        """Both together: the better plan and the better bound."""
        if found.infeasible:
            merged = Answer(known.problem, NOT_KNOWN, known.schedule, True, solved=True)
            return _certified(merged)
        lower = _larger(known.optimum.lower, found.optimum.lower)
        best = min(
            (one for one in (known, found) if one.optimum.upper is not None),
            key=lambda one: (one.optimum.upper, one is known),
            default=known,
        )
        optimum = Interval(lower, best.optimum.upper)
        return _certified(Answer(known.problem, optimum, best.schedule, solved=found.solved))


@attrs.frozen
class _Task:
    """A solve that can be sent to another process."""

    problem: Problem
    hint: Schedule | None
    each: float | None
    ends: float | None
    solver: str
    seed: int
    workers: int | None
    tidy: bool


def _carry_out(task: _Task) -> tuple[Answer, bool]:
    """Solve, wherever this runs; also whether the user has stopped it."""
    left = None if task.ends is None else task.ends - time.time()
    limits = [limit for limit in (task.each, left) if limit is not None]
    if limits and min(limits) <= 0:
        return Answer(task.problem, NOT_KNOWN), False
    try:
        result = solve(
            task.problem,
            solver=task.solver,
            time_limit=min(limits, default=None),
            seed=task.seed,
            workers=task.workers,
            hint=task.hint,
            tidy=task.tidy,
        )
    except SolverCrashError:
        return Answer(task.problem, NOT_KNOWN, solved=True), False
    return attrs.evolve(_read(result), solved=True), "stopped by the user" in result.note


def _outcome(future: Future[tuple[Answer, bool]], asked: Answer) -> Answer:
    """What came back; nothing is known from a worker that died."""
    try:
        return attrs.evolve(future.result()[0], problem=asked.problem)
    except BrokenExecutor:
        return Answer(asked.problem, NOT_KNOWN)


def _read(result: Result) -> Answer:
    """A solver's report as an answer."""
    infeasible = result.status is Status.INFEASIBLE
    optimum = NOT_KNOWN if infeasible else Interval(result.bound, result.objective)
    return Answer(result.problem, optimum, result.schedule, infeasible)


def _certified(answer: Answer) -> Answer:
    """The answer, unless what is known contradicts itself: then something is wrong, and told."""
    low, high = answer.optimum.lower, answer.optimum.upper
    if answer.infeasible and answer.schedule is not None:
        raise SolverError("a question was called infeasible, and the judge accepts a plan for it")
    if low is not None and high is not None and low > high:
        raise SolverError(f"no plan can cost less than {low:,}, and the judge accepts {high:,}")
    return answer


def _comparable(one: Problem, other: Problem) -> bool:
    """Whether two problems differ in their rules alone."""
    same_facts = one.portfolio is other.portfolio or one.portfolio == other.portfolio
    return same_facts and tuple(one.objective) == tuple(other.objective)


def _larger(one: int | None, other: int | None) -> int | None:
    known = [bound for bound in (one, other) if bound is not None]
    return max(known, default=None)
