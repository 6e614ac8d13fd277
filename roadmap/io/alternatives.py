"""ASLIB's files: projects with alternative subgraphs, as a problem.

Source: T. Servranckx, M. Vanhoucke, "A tabu search procedure for the resource-constrained project
scheduling problem with alternative subgraphs", European Journal of Operational Research 273, 2019.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

import attrs

from roadmap.constraints import Alternatives, Succession
from roadmap.facts import Dependency
from roadmap.io._numbers import Numbers, made, read_numbers
from roadmap.io.patterson import Network, take_network
from roadmap.objectives import Makespan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.rules import Constraint, Objective

_KIND = "a file of ASLIB, its parts a and b one after the other (.rcp)"
_STANDARD: Sequence[Objective] = (Makespan(),)
_ALWAYS = 1
"""The branch of the activities that every plan holds."""


def read_alternatives(
    path: str | os.PathLike[str], *, objective: Sequence[Objective] = _STANDARD
) -> Problem:
    """Read a project some of whose parts can be done in different ways (RCPSP-AS).

    Activities become initiatives that are named by their numbers, from 1 on; those that stand on a
    branch are optional. An alternative subgraph begins at one activity, its principal: where that
    is in the plan, exactly one of the first activities of its branches is (``Alternatives``). What
    such an activity leads to is in the plan with it. An arc is a dependency, or, where its
    successor may be there without its predecessor, a ``Succession``. The periods are days from
    2027-01-01 on, as many as all activities take one after another.

    Parameters
    ----------
    path
        A file with a network in Patterson's format, followed by its alternatives: three shares (of
        flexible, nested and linked activities), the number of subgraphs, for each how many
        branches it has and which, and for each activity on how many branches it is and on which.
        Branch 1 is always done.
    objective
        The terms whose sum is minimised; default the makespan.

    Raises
    ------
    FormatError
        The file is no such file; what is wrong is named with its line, as far as the rest can
        still be understood.
    OSError
        The file cannot be read.
    """
    numbers = read_numbers(path, _KIND, form=r"[0-9]{1,9}(\.[0-9]{1,9})?")
    network = take_network(numbers)
    if len(numbers.line_of_words()) != 3:
        told = "three shares should stand here: of flexible, nested and linked activities"
        numbers.fail(told, f"give {_KIND}")
    branched = _branched(numbers, network)
    numbers.end()
    return made(path, lambda: branched.problem(objective))


@attrs.frozen
class _Branched:
    """A network, who is in every plan, and for each principal the first of its branches.

    Attributes
    ----------
    network
        Activities and resources.
    always
        Numbers of the activities that every plan holds.
    choices
        Principal and first activities, one pair for each subgraph.
    """

    network: Network
    always: frozenset[int]
    choices: Sequence[tuple[int, Sequence[int]]]

    def problem(self, objective: Sequence[Objective]) -> Problem:
        """The same in the words of this library."""
        works, teams = self.network.works, self.network.teams
        portfolio = Portfolio(
            timeline=self.network.timeline,
            teams=teams,
            initiatives=[
                work.initiative(str(number), teams, optional=number not in self.always)
                for number, work in enumerate(works, start=1)
            ],
            dependencies=[
                Dependency(str(before), str(after))
                for before, after in self._arcs
                if self._is_dependency(before, after)
            ],
        )
        return Problem(portfolio, objective=objective, added=list(self._rules()))

    @property
    def _arcs(self) -> Iterator[tuple[int, int]]:
        for before, work in enumerate(self.network.works, start=1):
            for after in work.successors:
                yield before, after

    def _branches(self, before: int, after: int) -> bool:
        """Whether an arc is one of those among which is chosen."""
        return any(before == principal and after in first for principal, first in self.choices)

    def _is_dependency(self, before: int, after: int) -> bool:
        """Whether the successor can only be in the plan with its predecessor."""
        return before in self.always or self._branches(before, after)

    def _rules(self) -> Iterator[Constraint]:
        for principal, first in self.choices:
            yield Alternatives([str(number) for number in first], 1, 1, given=str(principal))
        for before, after in self._arcs:
            if not self._is_dependency(before, after):
                yield Succession(str(before), str(after))
            if after not in self.always and not self._branches(before, after):
                yield Alternatives([str(after)], 1, given=str(before))


def _branched(numbers: Numbers, network: Network) -> _Branched:
    """Take what follows the network."""
    activities = len(network.works)
    subgraphs, lines = [], []
    for _ in range(numbers.count("the number of subgraphs", activities)):
        branches = numbers.count("a number of branches", activities, least=1)
        subgraphs.append([numbers.take("a branch", 2, activities + 1) for _ in range(branches)])
        lines.append(numbers.line)
    known = {_ALWAYS, *(branch for subgraph in subgraphs for branch in subgraph)}
    on: dict[int, list[int]] = {branch: [] for branch in known}
    for number in range(1, activities + 1):
        for _ in range(numbers.count(f"the number of branches of activity {number}", activities)):
            branch = numbers.take(f"a branch of activity {number}", 1)
            if branch in on:
                on[branch].append(number)
            else:
                told = f"activity {number}: branch {branch} is in no subgraph"
                numbers.fault(told, f"one of {', '.join(map(str, sorted(known)))}")
    if numbers.faults:
        numbers.refuse()
    rank = _ranks(numbers, network)
    choices = [
        _choice(numbers, network, line, [sorted(on[b], key=rank.__getitem__) for b in subgraph])
        for subgraph, line in zip(subgraphs, lines, strict=True)
    ]
    return _Branched(network, frozenset(on[_ALWAYS]), choices)


def _ranks(numbers: Numbers, network: Network) -> dict[int, int]:
    """The activities by number, in an order in which each comes after its predecessors."""
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for number, work in enumerate(network.works, start=1):
        sorter.add(number)
        for after in work.successors:
            sorter.add(after, number)
    try:
        return {number: rank for rank, number in enumerate(sorter.static_order())}
    except CycleError as error:
        circle = " → ".join(str(number) for number in error.args[1])
        numbers.fail(f"each waits for the one before it, in a circle: {circle}", "open it", 1)


def _choice(
    numbers: Numbers, network: Network, line: int, branches: Sequence[Sequence[int]]
) -> tuple[int, Sequence[int]]:
    """The principal of a subgraph and the first activity of each of its branches."""
    first = [branch[0] for branch in branches if branch]
    before = {
        number
        for number, work in enumerate(network.works, start=1)
        for after in first
        if after in work.successors
    }
    if len(first) < len(branches) or len(before) != 1:
        told = "the branches of this subgraph do not all begin after one and the same activity"
        numbers.fault(told, "give each an activity, and let one activity lead to all", line)
    return min(before, default=1), first
