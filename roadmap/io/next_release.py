"""The next release problem's files (``.txt``), as a problem.

Sources: A. J. Bagnall, V. J. Rayward-Smith, I. M. Whittley, "The next release problem",
Information and Software Technology 43, 2001; J. Xuan, H. Jiang, Z. Ren, Z. Luo, "Solving the large
scale next release problem with a backbone-based multilevel algorithm", IEEE Transactions on
Software Engineering 38, 2012.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import attrs

from roadmap.constraints import Consumption
from roadmap.errors import Fault, FormatError
from roadmap.facts import Capability, Dependency, Initiative, Need
from roadmap.fields import shown
from roadmap.io._numbers import START, Numbers, made, read_numbers
from roadmap.losses import Deadline
from roadmap.objectives import Urgency
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.timeline import Timeline

_KIND = "a file of the next release problem (.txt)"


def read_next_release(path: str | os.PathLike[str], *, ratio: str) -> Problem:
    """Read which requirements to build in the next release, for the profit of its customers.

    Requirements become optional initiatives that are named by their numbers and take the one
    period of the release; a prerequisite is a dependency. Each customer is a capability that all
    the requirements they ask for raise together, and a need: without it, their profit is lost. The
    budget is the rule ``consumption of money``. What is minimised is the profit that is lost; the
    profit that is had is that of all customers less this. The periods are two quarters from
    2027-01-01 on; what is built is there at the end of the first.

    Parameters
    ----------
    path
        A ``.txt`` file: the levels of requirements with the costs on each, the prerequisites
        ("A B": B needs A), and the customers.
    ratio
        The budget as a share of all costs, as text so that it is exact: ``"0.3"``. Fractions of a
        money unit are dropped.

    Raises
    ------
    FormatError
        The file is no such file; what is wrong is named with its line, as far as the rest can
        still be understood. Also where the ratio is no number from 0 to 1.
    OSError
        The file cannot be read.
    """
    share = _share(ratio, os.fspath(path))
    numbers = read_numbers(path, _KIND)
    project = _project(numbers)
    numbers.end()
    return made(path, lambda: project.problem(share))


def _share(ratio: str, source: str) -> Decimal:
    if isinstance(ratio, str) and (text := ratio.strip()).replace(".", "", 1).isdecimal():
        share = Decimal(text)
        if share <= 1:
            return share
    fault = Fault("ratio", f"{shown(ratio)} is no share of a whole", 'write "0.3", say')
    raise FormatError([fault], source)


@attrs.frozen
class _Customer:
    """What a customer is worth, and the requirements they ask for."""

    profit: int
    requests: Sequence[int]


@attrs.frozen
class _Project:
    """All of a file; requirements are numbered from 1."""

    costs: Sequence[int]
    prerequisites: Sequence[tuple[int, int]]
    customers: Sequence[_Customer]

    def problem(self, share: Decimal) -> Problem:
        """The same in the words of this library."""
        asked: dict[int, dict[str, int]] = {}
        for name, customer in self._named:
            for number in customer.requests:
                asked.setdefault(number, {})[name] = 1
        portfolio = Portfolio(
            timeline=Timeline(START, periods=2, unit="quarter"),
            capabilities=[
                Capability(name, combine={1: "all"} if len(customer.requests) > 1 else {})
                for name, customer in self._named
            ],
            needs=[
                Need(name, 1, Deadline(1, penalty=customer.profit))
                for name, customer in self._named
            ],
            initiatives=[
                Initiative(
                    str(number),
                    duration=1,
                    raises=asked.get(number, {}),
                    latest_finish=1,
                    optional=True,
                )
                for number in range(1, len(self.costs) + 1)
            ],
            dependencies=[
                Dependency(str(before), str(after), "SS") for before, after in self.prerequisites
            ],
        )
        spent = {str(at): {"": cost} for at, cost in enumerate(self.costs, start=1)}
        budget = Consumption("money", spent, int(share * sum(self.costs)))
        return Problem(portfolio, objective=(Urgency(),), added=(budget,))

    @property
    def _named(self) -> list[tuple[str, _Customer]]:
        return [(f"customer {at}", who) for at, who in enumerate(self.customers, start=1)]


def _project(numbers: Numbers) -> _Project:
    costs: list[int] = []
    for _ in range(numbers.count("the number of levels", 100, least=1)):
        count = numbers.count("the number of requirements on a level", 100_000)
        costs += numbers.several(count, "a cost")
    pairs = []
    for _ in range(numbers.count("the number of prerequisites")):
        before, after = (numbers.take("a requirement", 1, len(costs)) for _ in range(2))
        if before == after:
            numbers.fault(f"requirement {before} needs itself", "take it out")
        pairs.append((before, after))
    count = numbers.count("the number of customers", 100_000)
    customers = [_customer(numbers, len(costs)) for _ in range(count)]
    return _Project(costs, list(dict.fromkeys(pairs)), customers)


def _customer(numbers: Numbers, requirements: int) -> _Customer:
    profit = numbers.take("the profit of a customer")
    count = numbers.count("the number of a customer's requests", requirements, least=1)
    requests = [numbers.take("a requirement", 1, requirements) for _ in range(count)]
    for number, times in Counter(requests).items():
        if times > 1:
            numbers.fault(f"requirement {number} is asked for {times} times", "ask once")
    return _Customer(profit, requests)
