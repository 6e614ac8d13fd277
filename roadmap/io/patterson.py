"""Patterson's format (``.rcp``): networks of activities with renewable resources, as a problem.

Source: J. H. Patterson, "A comparison of exact approaches for solving the multiple constrained
resource, project scheduling problem", Management Science 30, 1984.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import attrs

from roadmap.facts import Dependency, Initiative, Team
from roadmap.io._numbers import START, Numbers, made, read_numbers
from roadmap.objectives import Makespan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.rules import Objective
from roadmap.timeline import Timeline

_KIND = "a file of the Patterson format (.rcp)"
_STANDARD: Sequence[Objective] = (Makespan(),)


def read_patterson(
    path: str | os.PathLike[str], *, objective: Sequence[Objective] = _STANDARD
) -> Problem:
    """Read a resource-constrained project scheduling problem, ``PS | prec | Cmax``.

    Activities become initiatives that are named by their numbers, from 1 on, resources the teams
    ``R1``, ``R2`` and so on. The first and the last activity, source and sink, are left out where
    they take no time. The periods are days from 2027-01-01 on, as many as all activities take one
    after another, at least one.

    Parameters
    ----------
    path
        A ``.rcp`` file.
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
    numbers = read_numbers(path, _KIND)
    network = take_network(numbers)
    numbers.end()
    return made(path, lambda: Problem(network.portfolio(), objective=objective))


@attrs.frozen
class Work:
    """An activity: its duration, its demand of each resource and its successors, from 1 on."""

    duration: int
    demand: Sequence[int]
    successors: Sequence[int]

    def initiative(self, name: str, teams: Sequence[Team], *, optional: bool = False) -> Initiative:
        """The same in the words of this library."""
        demand = {t.name: units for t, units in zip(teams, self.demand, strict=True) if units}
        return Initiative(name, duration=self.duration, demand=demand, optional=optional)


@attrs.frozen
class Network:
    """All of a network, its activities in their order."""

    works: Sequence[Work]
    capacities: Sequence[int]

    @property
    def teams(self) -> list[Team]:
        """The renewable resources."""
        return [Team(f"R{at}", units) for at, units in enumerate(self.capacities, start=1)]

    @property
    def timeline(self) -> Timeline:
        """As many periods as all activities take one after another."""
        return Timeline(START, max(1, sum(work.duration for work in self.works)), "day")

    def portfolio(self) -> Portfolio:
        """The same in the words of this library."""
        ends = (1, len(self.works))
        kept = {
            number: work
            for number, work in enumerate(self.works, start=1)
            if number not in ends or work.duration
        }
        teams = self.teams
        return Portfolio(
            timeline=self.timeline,
            teams=teams,
            initiatives=[work.initiative(str(number), teams) for number, work in kept.items()],
            dependencies=[
                Dependency(str(number), str(after))
                for number, work in kept.items()
                for after in work.successors
                if after in kept
            ],
        )


def take_network(numbers: Numbers) -> Network:
    """Take the numbers of a whole network."""
    activities = numbers.count("the number of activities", 100_000, least=1)
    resources = numbers.count("the number of resources", 10_000)
    capacities = numbers.several(resources, "a capacity")
    works = [_work(numbers, number, activities, resources) for number in range(1, activities + 1)]
    return Network(works, capacities)


def _work(numbers: Numbers, number: int, activities: int, resources: int) -> Work:
    duration = numbers.take(f"the duration of activity {number}")
    demand = numbers.several(resources, f"a demand of activity {number}")
    count = numbers.count(f"the number of successors of activity {number}", activities - 1)
    successors = [
        numbers.take(f"a successor of activity {number}", 1, activities) for _ in range(count)
    ]
    for after in sorted(set(successors)):
        if after == number or successors.count(after) > 1:
            told = "itself" if after == number else f"{after} twice"
            numbers.fault(f"activity {number} has {told} among its successors", "take it out")
    return Work(duration, demand, successors)
