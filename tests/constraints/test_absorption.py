"""A unit takes in so many go-lives at once, each for its adoption time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from roadmap.constraints import Absorption
from roadmap.errors import PortfolioError
from roadmap.evaluation import evaluate
from roadmap.facts import Initiative, Mode, Unit
from roadmap.parts import Resource, Use
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.schedule import Schedule
from roadmap.solvers import solve
from roadmap.timeline import Timeline


def facts(absorbs: int = 1, adoption: int = 3, **changes: Any) -> Portfolio:
    """Branches that two systems and a milestone change, and not the vaults, in nine months."""
    said: dict[str, Any] = {
        "timeline": Timeline("2027-01", 9),
        "units": [Unit("branches", adoption, absorbs)],
        "initiatives": [
            Initiative("till", duration=2, changes=["branches"], optional=True),
            Initiative("desk", modes=[Mode("build", 3), Mode("buy", 1)], changes=["branches"]),
            Initiative("name", duration=0, changes=["branches"], optional=True),
            Initiative("vault", duration=1, optional=True),
        ],
    }
    return Portfolio(**(said | changes))


def broken(starts: Mapping[str, int], **changes: Any) -> list[tuple[str, Sequence[str], int]]:
    """What a plan breaks: message, who and by how much."""
    portfolio = facts(**changes)
    schedule = Schedule.of(portfolio, starts, {"desk": "build"})
    found = evaluate(portfolio, schedule).violations
    return [(str(each), each.who, each.amount) for each in found]


@pytest.mark.parametrize(
    ("starts", "periods"),
    [
        ({"desk": 0, "till": 0}, ["2027-04", "2027-05"]),
        ({"desk": 0, "till": 1}, ["2027-04", "2027-05", "2027-06"]),
        ({"desk": 0, "till": 4}, []),
        ({"desk": 0, "till": 3}, ["2027-06"]),
        ({"desk": 0, "vault": 2}, []),
        ({"desk": 0, "name": 5}, ["2027-06"]),
        ({"desk": 6, "till": 7}, []),
    ],
)
def test_limit_holds_after_the_go_live(starts: Mapping[str, int], periods: list[str]) -> None:
    """Not during the build; a go-live at the end of the timeline burdens no period of it."""
    told = "branches has 2 go-lives to take in during {} and absorbs 1"
    assert [told.format(period) for period in periods] == [each[0] for each in broken(starts)]


def test_who_and_by_how_much() -> None:
    """Three at once where one is taken in are two too many."""
    starts = {"desk": 0, "till": 1, "name": 3}
    told = "branches has 3 go-lives to take in during 2027-04 and absorbs 1"
    assert (told, ("desk", "till", "name"), 2) == broken(starts)[0]
    assert 3 == len(broken(starts))
    assert [] == broken(starts, absorbs=3)


def test_a_solver_spreads_the_go_lives() -> None:
    """With everything wanted as early as it can be, go-lives stand an adoption time apart."""
    wanted = [Initiative(name, duration=2, changes=["branches"]) for name in "abc"]
    free = [Initiative("d", duration=2)]
    schedule = solve(facts(initiatives=[*wanted, *free]), solver="cpsat").require()
    assert [0, 3, 6] == sorted(schedule[name].start for name in "abc")
    assert 0 == schedule["d"].start


def test_posting() -> None:
    """A resource of its own, used from the finish on in whichever variant."""
    (posted,) = Absorption("branches").post(facts(absorbs=2))
    uses = (Use("till", (1,), 3), Use("desk", (1, 1), 3), Use("name", (1,), 3))
    name = "branches\nadoption"
    assert Resource(name, (2,) * 9, "absorption of branches", uses) == posted


@pytest.mark.parametrize(
    ("absorbs", "adoption", "told"),
    [
        (1, 1, "branches takes in at most 1 go-live at once, each for 1 month"),
        (2, 3, "branches takes in at most 2 go-lives at once, each for 3 months"),
    ],
)
def test_rule_reads_in_business_words(absorbs: int, adoption: int, told: str) -> None:
    """It has a name to lift it by, and a sentence."""
    portfolio = facts(absorbs, adoption)
    (rule,) = (r for r in Problem(portfolio).constraints if isinstance(r, Absorption))
    assert ("absorption of branches", told) == (rule.name, rule.sentence(portfolio))


def test_faults() -> None:
    """Units are known, each is named once, and takes in at least one go-live."""
    with pytest.raises(PortfolioError) as refused:
        facts(
            units=[Unit("branches", 0), Unit("branches", 1, 0)],
            initiatives=[
                Initiative("a", duration=1, changes=["branch"]),
                Initiative("b", duration=1, changes=["branches", "branches"]),
                Initiative("c", duration=1, changes="branches"),
            ],
        )
    assert [
        "initiatives[0].changes[0]: unknown unit 'branch'; did you mean 'branches'?",
        "initiatives[1].changes[1]: 'branches' stands twice; take it out",
        "initiatives[2].changes: 'branches' is not a list of names; write a list",
        "units[0].adoption: 0 is too small; at least 1",
        "units[1].absorbs: 0 is too small; at least 1",
        "units[1].name: 'branches' is already the name of units[0]; give one of them another name",
    ] == [str(fault) for fault in refused.value.faults]
