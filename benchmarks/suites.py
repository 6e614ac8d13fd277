"""What is measured: each suite's instances, its peers and how its schedules are valued."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path

import attrs

from benchmarks import families, psplib
from benchmarks.case import Case, judged
from benchmarks.discounted import discounted
from benchmarks.merged import merged
from benchmarks.peers import JOBSHOP, NAIVE, OURS, PLAIN
from benchmarks.portfolios import Kind, portfolio
from benchmarks.weighted import weighted
from roadmap.problem import Problem

TUNED_GROUPS = (5, 24)
"""Merged instances that begin at these groups were used for tuning; they are not measured."""
TUNED_SEEDS = 100
"""So were realistic portfolios with this seed and above."""

COPIES = (4, 10, 33, 100)
FIRST_GROUPS = (1, 9, 13, 29, 37)
SIZES = (10, 30, 60, 120, 300, 1000)
CONTENTIONS = (0.5, 1.0, 2.0)
SEEDS = range(20)
SEEDS_OF_LARGE = range(7)


@attrs.frozen
class Suite:
    """Instances of a kind.

    Attributes
    ----------
    name
        What the command line calls it.
    title, about
        What the page calls it and says of it.
    names
        All its instances, given the folder of data; any beginning is a fair choice.
    case
        An instance by its name.
    peers
        Who is measured, in this order.
    limit
        Seconds of search, unless said otherwise.
    usual
        How many instances are measured unless said otherwise.
    more_is_better
        Whether values are to be large.
    kind
        The kind of an instance, by its name; figures are told for each kind too.
    builds
        Whether only the building of the models is measured.
    public
        Whether it is a public problem that stands in the table of ``docs/formats.md``, against
        what is published, and not on the page of the benchmarks.
    """

    name: str
    title: str
    about: str
    names: Callable[[Path], list[str]]
    case: Callable[[Path, str], Case]
    peers: tuple[str, ...]
    limit: float = 30.0
    usual: int = 20
    more_is_better: bool = False
    kind: Callable[[str], str] = lambda name: "all"
    builds: bool = False
    public: bool = False


def _weighted_case(data: Path, name: str) -> Case:
    return judged(Problem(weighted(data, name)))


def _makespan_case(data: Path, name: str) -> Case:
    return judged(psplib.read(data, name), psplib.best_makespan(data, name))


def _discounted_case(data: Path, name: str) -> Case:
    instance = discounted(data, name)
    return Case(Problem(instance.facts), instance.value, instance.left)


def _hard_in_turn(data: Path) -> list[str]:
    """Hard instances of 60 and of 120 activities by turns, as far as both go."""
    pairs = zip(psplib.hard(data, "j60"), psplib.hard(data, "j120"), strict=False)
    return [name for pair in pairs for name in pair]


def _activities(name: str) -> str:
    return "120" if name.startswith("j120") else name[1:3]


MERGED = {
    f"{30 * copies:,} from group {first}": (copies, first)
    for first, copies in product(FIRST_GROUPS, COPIES)
}
REALISTIC = {
    f"{size:,} at {contention:g}, seed {seed}": Kind(size, seed, contention)
    for seed, size, contention in product(SEEDS, SIZES, CONTENTIONS)
    if size <= 60 or seed in SEEDS_OF_LARGE
}
BUILDING_MERGED = {f"{30 * copies:,} initiatives": (copies, 1) for copies in (4, 10, 33, 100)}
BUILDING = {f"{size:,} initiatives": Kind(size) for size in (250, 500, 1000, 2000, 4000)}


def _where_public(names: list[str], data: Path) -> list[str]:
    """Instances that are made of public ones, if these are there."""
    psplib.check(data)
    return names


def _merged_case(data: Path, name: str) -> Case:
    return judged(Problem(merged(data, *MERGED[name])))


def _realistic_case(_: Path, name: str) -> Case:
    return judged(Problem(portfolio(REALISTIC[name])))


def _building_case(_: Path, name: str) -> Case:
    return judged(Problem(portfolio(BUILDING[name])))


def _building_merged_case(data: Path, name: str) -> Case:
    return judged(Problem(merged(data, *BUILDING_MERGED[name])))


_SEARCHES = (OURS, PLAIN, JOBSHOP)
_WITH_RULES = (*_SEARCHES, "closure", NAIVE)


def _weighted_suite(family: str, instances: int) -> Suite:
    activities = family.removeprefix("j")
    return Suite(
        name=family,
        title=f"Cost of delay, {activities} activities",
        about=(
            f"Hard PSPLIB instances of {activities} activities (no proof of the best makespan in "
            "the public tables) with a cost of delay on four activities in ten, drawn by the hash "
            "of their names (`benchmarks/weighted.py`)."
        ),
        names=partial(psplib.hard, family=family),
        case=_weighted_case,
        peers=_WITH_RULES,
        usual=instances,
    )


_PUBLIC = partial(Suite, peers=(OURS, PLAIN), kind=families.set_of, public=True)

SUITES = {
    suite.name: suite
    for suite in (
        _weighted_suite("j120", 20),
        _weighted_suite("j90", 20),
        _weighted_suite("j60", 20),
        Suite(
            name="merged",
            title="Cost of delay, 120 to 3,000 initiatives",
            about=(
                "Copies of PSPLIB projects of 30 activities side by side, which share 35 % of "
                "their summed teams (`benchmarks/merged.py`); the group is that of the first."
            ),
            names=partial(_where_public, list(MERGED)),
            case=_merged_case,
            peers=_WITH_RULES,
            limit=60.0,
            usual=len(MERGED),
            kind=lambda name: name.partition(" ")[0],
        ),
        Suite(
            name="realistic",
            title="Realistic portfolios",
            about=(
                "Portfolios by chance: foundations, levels that all, any or so many initiatives "
                "bring about, optional work, teams that ramp up and dip, four kinds of urgency "
                "(`benchmarks/portfolios.py`). The plain model says all of it; PyJobShop can not. "
                "An instance is named by its initiatives and the contention for teams. Costs hold "
                "the delivery cost too, which is nearly the same in every plan, so ratios and "
                "gaps are milder here."
            ),
            names=lambda data: list(REALISTIC),
            case=_realistic_case,
            peers=(OURS, PLAIN, "closure", NAIVE),
            limit=60.0,
            usual=len(REALISTIC),
            kind=lambda name: name.rpartition(",")[0],
        ),
        Suite(
            name="makespan",
            title="Makespan",
            about=(
                "The field's classic question: hard PSPLIB instances, the last finish to be as "
                "early as can be. The published best are of many solvers and hours."
            ),
            names=_hard_in_turn,
            case=_makespan_case,
            peers=(*_SEARCHES, "minimum slack"),
            usual=32,
            kind=_activities,
        ),
        Suite(
            name="discounted",
            title="Discounted value",
            about=(
                "Hard PSPLIB instances whose value fades by a hundredth a period "
                "(`benchmarks/discounted.py`); more is better. The plain model looks losses up in "
                "tables. PyJobShop knows no such objective."
            ),
            names=_hard_in_turn,
            case=_discounted_case,
            peers=(OURS, PLAIN, "closure", NAIVE),
            usual=20,
            kind=_activities,
            more_is_better=True,
        ),
        Suite(
            name="building-merged",
            title="Building the model of merged projects",
            about=(
                "Seconds to build what is searched, from the facts in memory, the least of three "
                "times: our network, which search still turns into solvers' own forms, the plain "
                "CP-SAT model and PyJobShop's CP-SAT model."
            ),
            names=partial(_where_public, list(BUILDING_MERGED)),
            case=_building_merged_case,
            peers=_SEARCHES,
            limit=0.0,
            builds=True,
        ),
        Suite(
            name="building",
            title="Building the model of realistic portfolios",
            about="The same for the portfolios by chance, which PyJobShop can not say.",
            names=lambda data: list(BUILDING),
            case=_building_case,
            peers=(OURS, PLAIN),
            limit=0.0,
            builds=True,
        ),
        _PUBLIC(
            name="rcpsp-max",
            title="Minimal and maximal lags",
            about="RCPSP/max, the makespan; some instances have no plan that keeps all lags.",
            names=families.lags,
            case=families.lags_case,
        ),
        _PUBLIC(
            name="multi-mode",
            title="Modes and what is used up",
            about="Multi-mode RCPSP with nonrenewable resources, the makespan.",
            names=families.modes,
            case=families.modes_case,
        ),
        _PUBLIC(
            name="earliness",
            title="Earliness and tardiness",
            about="RCPSP with a wanted start for each task; nothing is published.",
            names=families.earliness,
            case=families.earliness_case,
            usual=12,
        ),
        _PUBLIC(
            name="cash-flow",
            title="Net present value",
            about="Networks with cash flows drawn by a hash (`benchmarks/cash_flows.py`).",
            names=families.flows,
            case=families.flows_case,
            more_is_better=True,
        ),
        _PUBLIC(
            name="flexible",
            title="Flexible structure",
            about="Projects of which only some activities are done, the makespan.",
            names=families.flexible,
            case=families.flexible_case,
            usual=2,
        ),
        _PUBLIC(
            name="next-release",
            title="Next release",
            about="Requirements with prerequisites under a budget, the profit of the customers.",
            names=families.releases,
            case=families.releases_case,
            usual=39,
            more_is_better=True,
        ),
    )
}
