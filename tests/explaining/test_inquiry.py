"""Questions are answered once, side by side, in time, and never with more than is proven."""

from __future__ import annotations

import signal
import threading
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any
from unittest.mock import patch

import attrs
import pytest

import roadmap as rm
from roadmap.errors import SolverError
from roadmap.explaining.asking import NotBefore
from tests.campaigns.agreement import solved
from tests.cli.cases import hard
from tests.explaining.test_planted import five
from tests.solvers.interrupted import FirstStep


def pushed(problem: rm.Problem, result: rm.Result) -> list[rm.Problem]:
    """A question for each slip."""
    return [problem.with_(NotBefore(n, p.start + 1)) for n, p in result.require().items()]


def test_what_follows_is_not_solved() -> None:
    """A tightening that the known plan keeps and a relaxation between two equals are known."""
    problem = rm.Problem(five())
    result, ask = solved(problem), rm.Inquiry()
    assert 912 == ask.learn(result).optimum.value
    kept = ask.ask(problem.with_(NotBefore("D", 15)))
    assert (912, False) == (kept.optimum.value, kept.solved)
    both = ask.ask(problem.without("inclusion of A", "inclusion of D"))
    assert (912, True) == (both.optimum.value, both.solved)
    one = ask.ask(problem.without("inclusion of A"))
    assert (912, False) == (one.optimum.value, one.solved)


def test_the_same_is_not_solved_twice() -> None:
    """A question is answered from memory, however it is put together."""
    problem = rm.Problem(five())
    steps: list[rm.explaining.Step] = []
    ask = rm.Inquiry(on_progress=steps.append)
    ask.ask(problem)
    ask.ask(rm.Problem(five()))
    assert [(1, 1, 1), (2, 2, 1)] == [(s.asked, s.answered, s.solved) for s in steps]


def test_more_rules_of_an_infeasible_problem() -> None:
    """What is infeasible stays so under more rules, without a solve."""
    problem = rm.Problem(five()).with_(rm.LatestFinish("C", 3))
    ask = rm.Inquiry()
    assert ask.ask(problem).infeasible
    more = ask.ask(problem.with_(rm.EarliestStart("D", 1)))
    assert (True, False) == (more.infeasible, more.solved)


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_side_by_side(kind: str) -> None:
    """On an executor the answers are the same, in the order of the questions."""
    problem = rm.Problem(five())
    result = solved(problem)
    pool: Executor
    if kind == "threads":
        pool = ThreadPoolExecutor(2)
    else:
        pool = ProcessPoolExecutor(2, mp_context=get_context("spawn"))
    with pool:
        ask = rm.Inquiry(executor=pool)
        base = ask.learn(result)
        answers = ask.ask_all(pushed(problem, result))
    assert [83, 0, 53, 18, 9] == [(one.optimum - base.optimum).value for one in answers]


class Never(Executor):
    """An executor that never gets round to anything."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Take it, and leave it."""
        return Future()


def test_the_time_in_all_is_kept() -> None:
    """When the time is over, what is not proven is an interval; what is known stays."""
    problem = rm.Problem(five())
    result = solved(problem)
    ask = rm.Inquiry(total=0.3, executor=Never())
    began = time.monotonic()
    ask.learn(result)
    answers = ask.ask_all(pushed(problem, result))
    assert time.monotonic() - began < 5
    assert {912} == {answer.optimum.lower for answer in answers}
    assert not answers[0].proven
    assert answers[0].feasible is None


def test_it_can_be_stopped() -> None:
    """Whoever sets ``stop`` gets what is proven so far."""
    problem = rm.Problem(five())
    result, stop = solved(problem), threading.Event()
    ask = rm.Inquiry(executor=Never(), stop=stop)
    threading.Timer(0.2, stop.set).start()
    slips = rm.slips(result, inquiry=ask)
    assert ask.over
    assert {0} == {slip.price.lower for slip in slips.items}
    assert "at least 0 (not proven how much)" in str(slips)


@pytest.mark.skipif(
    threading.current_thread() is not threading.main_thread(),
    reason="signals are handled in the main thread only",
)
def test_an_interrupt_ends_it_with_what_is_proven() -> None:
    """Ctrl-C in the second of three solves keeps both plans; the third is never begun."""
    easy, long, more = rm.Problem(five()), rm.Problem(hard()), rm.Problem(five()).with_
    sender, begun, before = FirstStep(0.2), [], signal.getsignal(signal.SIGINT)

    def interrupted(problem: rm.Problem, **how: Any) -> rm.Result:
        begun.append(problem)
        return rm.solve(problem, **how, on_progress=sender if problem is long else None)

    ask = rm.Inquiry(each=60)
    with patch("roadmap.explaining.inquiry.solve", interrupted):
        first, second, third = ask.ask_all([easy, long, more(NotBefore("F", 1))])
        sender.join()
        later = ask.ask(more(NotBefore("C", 15)))
    assert ([easy, long], True) == (begun, ask.over)
    assert signal.getsignal(signal.SIGINT) is before
    assert (912, True, True) == (first.optimum.value, first.solved, second.solved)
    assert second.schedule is not None
    assert second.optimum.upper == rm.evaluate(long, second.schedule).objective
    assert (False, False) == (second.proven, third.solved)
    assert (912, None) == (third.optimum.lower, third.optimum.upper)
    assert (912, False) == (later.optimum.lower, later.solved)


def test_an_interrupt_that_python_raises_ends_it_too() -> None:
    """``KeyboardInterrupt`` out of a solve leaves what was known, and nothing more is solved."""
    problem = rm.Problem(five())
    result, ask = solved(problem), rm.Inquiry()
    with patch("roadmap.explaining.inquiry.solve", side_effect=KeyboardInterrupt) as solves:
        ask.learn(result)
        answers = ask.ask_all(pushed(problem, result))
    assert (1, True) == (solves.call_count, ask.over)
    assert {912} == {answer.optimum.lower for answer in answers}
    assert {False} == {answer.solved for answer in answers}


def test_a_dead_worker_costs_its_answer_alone() -> None:
    """A pool that breaks leaves its questions unproven, and nothing is raised."""
    problem = rm.Problem(five())
    result, ask = solved(problem), rm.Inquiry(executor=_Breaking())
    ask.learn(result)
    first, *_ = ask.ask_all(pushed(problem, result))
    assert (False, 912, None) == (first.proven, first.optimum.lower, first.feasible)


class _Breaking(Executor):
    """An executor whose workers all die."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Fail as a broken pool does."""
        from concurrent.futures.process import BrokenProcessPool

        future: Future[Any] = Future()
        future.set_exception(BrokenProcessPool("it died"))
        return future


def test_contradictions_are_raised() -> None:
    """A bound above a plan that the judge accepts is a fault, and told as one."""
    problem = rm.Problem(five())
    result = solved(problem)
    ask = rm.Inquiry()
    with pytest.raises(SolverError, match="no plan can cost less"):
        ask.learn(attrs.evolve(result, status=rm.Status.FEASIBLE, bound=1_000))


def test_little_time_on_a_hard_portfolio() -> None:
    """Where little is proven, little is said: no price, no verdict and no date as a fact."""
    result = rm.solve(hard(), solver="wsjf")
    ask = rm.Inquiry(each=0.2, total=1.0)
    slips = rm.slips(result, inquiry=ask)
    assert any(not slip.price.proven for slip in slips.items)
    assert all(
        slip.price.proven or "prove" in slip.told() or "known" in slip.told()
        for slip in slips.items
    )
    told = rm.audit(result, inquiry=rm.Inquiry(each=0.2, total=1.0))
    found = {one.verdict for one in told.findings}
    assert "unproven" in found
    assert {"unproven", "not binding"} >= found or all(
        one.price.lower for one in told.findings if one.verdict == "binding"
    )
    why_not = rm.why_not(result, "item 80", start=0, inquiry=rm.Inquiry(each=0.2, total=0.5))
    assert why_not.possible is not True or not why_not.price.proven
