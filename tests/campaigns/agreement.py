"""Does the library agree with the oracle? The same check for the tests and at any scale.

Run ``python -m tests.campaigns.agreement --cases 1000000 --seed 1 --processes 2``. It prints a
line of figures; each disagreement is written as a small Python file that shows it again. With
``--page docs/reliability.md`` the figures become a row of that page as well.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import attrs

from roadmap.constraints import EarliestStart, Inclusion, LatestFinish
from roadmap.errors import RoadmapError
from roadmap.evaluation import evaluate
from roadmap.facts import Initiative
from roadmap.problem import Problem
from roadmap.result import Result, Status
from roadmap.rules import Constraint
from roadmap.schedule import Schedule
from roadmap.solvers import RULES, solve
from tests.campaigns.pages import add_row, day, versions_told
from tests.features import mixed
from tests.oracle import Optimum, Oracle, Plan, Spot
from tests.strategies import PROFILES, Size, Tally, random_portfolio, random_problem

HEADING = "## Agreement with exhaustive search"
CHUNK = 200
"""Cases that one task of the campaign looks at."""
MIXED = Size(initiatives=(2, 4), periods=(3, 6), duration=(0, 2))
"""How large portfolios are into which families of features are mixed."""


def oracle_of(problem: Problem) -> Oracle:
    """The oracle, asked the same question."""
    terms = tuple(term.name for term in problem.objective)
    return Oracle(problem.portfolio, tuple(problem.added), frozenset(problem.removed), terms)


def best_by_hand(problem: Problem) -> Optimum | None:
    """The optimum by exhaustive search."""
    return oracle_of(problem).optimum()


def solved(problem: Problem, solver: str = "cpsat") -> Result:
    """The library's answer, by one thread, the same each time."""
    return solve(problem, solver=solver, time_limit=60, workers=1, reproducible=True)


def schedule_of(problem: Problem, plan: Plan) -> Schedule:
    """An oracle's plan as the library's schedule."""
    facts = problem.portfolio.initiative
    modes = {name: facts[name].ways[spot.mode].name for name, spot in plan.items()}
    starts = {name: spot.start for name, spot in plan.items()}
    return Schedule.of(problem.portfolio, starts, {n: mode for n, mode in modes.items() if mode})


def plan_of(problem: Problem, schedule: Schedule) -> dict[str, Spot]:
    """The library's schedule as an oracle's plan."""
    facts = problem.portfolio.initiative
    return {
        name: Spot(place.start, [way.name for way in facts[name].ways].index(place.mode or ""))
        for name, place in schedule.items()
    }


def disagreements(problem: Problem, best: Optimum | None) -> Iterator[str]:
    """Every way in which the library differs from the oracle's optimum over one question."""
    try:
        yield from _exact_differs(problem, best, solved(problem))
        for rule in RULES:
            yield from _rule_differs(problem, rule, best, solved(problem, rule))
    except RoadmapError as error:
        yield f"{type(error).__name__}: {error}"
    if best is not None:
        yield from _judge_differs(problem, best)


def _exact_differs(problem: Problem, best: Optimum | None, result: Result) -> Iterator[str]:
    """CP-SAT finds the optimum and proves it, or proves that there is no plan."""
    if best is None:
        if result.status is not Status.INFEASIBLE:
            yield f"cpsat says {result.headline} where there is no plan"
        return
    if result.status is not Status.OPTIMAL:
        yield f"cpsat says {result.headline} where the optimum is {best.cost}"
    elif (result.objective, result.bound) != (best.cost, best.cost):
        yield f"cpsat says {result.objective} (bound {result.bound}), the oracle {best.cost}"
    if result.schedule is not None and plan_of(problem, result.schedule) not in best.plans:
        yield f"cpsat's plan is not among the oracle's optima: {result.schedule}"


def _rule_differs(
    problem: Problem, rule: str, best: Optimum | None, result: Result
) -> Iterator[str]:
    """A list rule's plan is sound, costs what it says and is no better than the optimum."""
    if result.status not in (Status.FEASIBLE, Status.UNKNOWN):
        yield f"{rule} claims to know that it is {result.status}"
    if result.schedule is None:
        return
    plan = plan_of(problem, result.schedule)
    verdict = oracle_of(problem).judge(plan)
    if not verdict.feasible:
        yield f"{rule}'s plan breaks a rule: {result.schedule}"
    if verdict.cost != result.objective:
        yield f"{rule} costs {result.objective}, the oracle says {verdict.cost}"
    if best is None or verdict.cost < best.cost:
        yield f"{rule} costs {verdict.cost} where the oracle's optimum is {best and best.cost}"


def _judge_differs(problem: Problem, best: Optimum) -> Iterator[str]:
    """The library's judge takes each of the oracle's optima, at the oracle's cost."""
    for plan in best.plans[:5]:
        evaluation = evaluate(problem, schedule_of(problem, plan))
        if not evaluation.feasible:
            yield f"the judge refuses {plan}: {evaluation.violations[0]}"
        if evaluation.objective != best.cost:
            yield f"the judge says {evaluation.objective} of {plan}, the oracle {best.cost}"


def fixed(problem: Problem, plan: Plan) -> Problem:
    """The same question with only one plan left: each start, mode and absence is demanded.

    The pins are windows, so all other windows go: a sound plan keeps those that held.
    """
    facts = problem.portfolio
    initiatives = [_one_way(item, plan.get(item.name)) for item in facts.initiatives]
    pins: list[Constraint] = []
    for item in initiatives:
        spot, end = plan.get(item.name), facts.timeline.periods
        start = end if spot is None else spot.start
        finish = 0 if spot is None else schedule_of(problem, plan)[item.name].finish
        pins += [EarliestStart(item.name, start), LatestFinish(item.name, finish)]
        pins += [Inclusion(item.name)] if spot is not None else []
    pinned = {rule.name for rule in pins}
    return Problem(
        facts.replace(initiatives=initiatives),
        problem.objective,
        [*(rule for rule in problem.added if rule.name not in pinned), *pins],
        [name for name in problem.removed if name not in pinned],
    )


def _one_way(item: Initiative, spot: Spot | None) -> Initiative:
    modes = [item.modes[spot.mode]] if item.modes and spot is not None else item.modes
    return attrs.evolve(item, modes=modes, earliest_start=None, latest_finish=None)


def drawn(seed: int, case: int, tally: Tally | None = None) -> Problem:
    """The question of a case; every profile and every mixture has its turn."""
    profile = (*PROFILES, None)[case % (len(PROFILES) + 1)]
    return random_problem(random.Random(f"{seed}:{case}"), profile=profile, tally=tally)


def drawn_mixed(seed: int, case: int, tally: Tally | None = None) -> Problem:
    """The question of a mixed case: at least three families of features, often a rule lifted."""
    rng = random.Random(f"mixed {seed}:{case}")
    problem = Problem(mixed(rng, random_portfolio(rng, size=MIXED, tally=tally)))
    names = sorted({rule.name for rule in problem.constraints})
    if names and rng.random() < 0.4:
        problem = problem.without(*rng.sample(names, min(len(names), rng.randint(1, 3))))
    return problem


Draw = Callable[[int, int, Tally | None], Problem]
"""From a seed and the number of a case to its question."""


@attrs.frozen
class Figures:
    """What a campaign, or a part of it, has counted.

    Attributes
    ----------
    cases, infeasible
        Questions asked, and those of them that have no plan.
    draws, refused
        Portfolios drawn, and those of them that were refused as unsound.
    troubles
        Seed, case number and difference, for each disagreement.
    """

    cases: int = 0
    infeasible: int = 0
    draws: int = 0
    refused: int = 0
    troubles: tuple[tuple[int, int, str], ...] = ()

    def __add__(self, other: Figures) -> Figures:
        """Both parts together."""
        mine, theirs = (attrs.astuple(part, recurse=False) for part in (self, other))
        return Figures(*(a + b for a, b in zip(mine, theirs, strict=True)))


def examined(seed: int, cases: range, draw: Draw = drawn) -> Figures:
    """Look at a range of cases."""
    tally, infeasible = Tally(), 0
    troubles: list[tuple[int, int, str]] = []
    for case in cases:
        problem = draw(seed, case, tally)
        best = best_by_hand(problem)
        infeasible += best is None
        troubles += [(seed, case, told) for told in disagreements(problem, best)]
    return Figures(len(cases), infeasible, tally.draws, tally.refused, tuple(troubles))


def reproduction(problem: Problem, told: Sequence[str]) -> str:
    """A Python file that asks the question again."""
    comments = "".join(f"# {line}\n" for text in told for line in text.splitlines())
    return (
        f"{comments}import datetime\n\n"
        "from roadmap.constraints import *\nfrom roadmap.facts import *\n"
        "from roadmap.losses import *\nfrom roadmap.objectives import *\n"
        "from roadmap.portfolio import Portfolio\nfrom roadmap.problem import Problem\n"
        "from roadmap.timeline import Timeline\n"
        "from tests.campaigns.agreement import best_by_hand, disagreements\n\n"
        f"problem = {problem!r}\n"
        "best = best_by_hand(problem)\n"
        "print(best, *disagreements(problem, best), sep='\\n')\n"
    )


def campaign(
    cases: int, seed: int, processes: int, seconds: float | None, draw: Draw = drawn
) -> Figures:
    """Look at so many cases, or at as many as the seconds allow."""
    began = time.monotonic()
    ranges = [range(at, min(at + CHUNK, cases)) for at in range(0, cases, CHUNK)]
    total = Figures()
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for turn in range(0, len(ranges), processes * 4):
            if seconds is not None and time.monotonic() - began > seconds:
                break
            looked = partial(examined, seed, draw=draw)
            for part in pool.map(looked, ranges[turn : turn + processes * 4]):
                total += part
    return total


def sentence(total: Figures, seed: int, seconds: float) -> str:
    """The line of figures."""
    share = total.refused / total.draws if total.draws else 0.0
    return (
        f"{total.cases:,} cases (seed {seed}), {total.infeasible:,} of them infeasible, "
        f"{len({trouble[:2] for trouble in total.troubles}):,} in disagreement, "
        f"{share:.1%} of draws refused, {seconds:,.0f} seconds"
    )


def row(line: str, processes: int) -> str:
    """The row of the page."""
    return f"| {day()} | {line} | {processes} | {versions_told()} |"


def write_troubles(total: Figures, folder: Path, draw: Draw = drawn) -> None:
    """Write each case in disagreement as a file of its own."""
    told: dict[tuple[int, int], list[str]] = {}
    for seed, case, text in total.troubles:
        told.setdefault((seed, case), []).append(text)
    for (seed, case), texts in told.items():
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"case_{seed}_{case}.py"
        path.write_text(reproduction(draw(seed, case, None), texts), encoding="utf-8")


def main(arguments: Sequence[str] | None = None, say: Callable[[str], object] = print) -> int:
    """Run a campaign; the exit code is 1 when anything disagrees."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seconds", type=float, help="stop after about so many seconds")
    parser.add_argument("--troubles", type=Path, default=Path("troubles"))
    told = "mix at least three families of features into each case: money, calendars, legacy, ..."
    parser.add_argument("--mixed", action="store_true", help=told)
    parser.add_argument("--page", type=Path, help="a page to add the figures to")
    given = parser.parse_args(arguments)
    began = time.monotonic()
    draw = drawn_mixed if given.mixed else drawn
    total = campaign(given.cases, given.seed, given.processes, given.seconds, draw)
    line = sentence(total, given.seed, time.monotonic() - began)
    line = f"mixed: {line}" if given.mixed else line
    say(line)
    for kind, count in Counter(text[:40] for _, _, text in total.troubles).most_common():
        say(f"  {count} × {kind}…")
    write_troubles(total, given.troubles, draw)
    if given.page is not None:
        add_row(given.page, HEADING, row(line, given.processes))
    return 1 if total.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
