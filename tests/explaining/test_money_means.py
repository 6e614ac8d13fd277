"""How much more money it would take: the least amount, against the oracle at it and below it."""

from __future__ import annotations

import pytest

import roadmap as rm
from tests.campaigns.agreement import oracle_of

NEED = "portal at level 1"


def facts(amount: int | dict[str | int, int], per: str = "total") -> rm.Portfolio:
    """A portal that takes two pieces of work, of 8 and of 7, and a rival that must be done."""
    return rm.Portfolio(
        timeline=rm.Timeline("2027-11", 6),
        capabilities=[rm.Capability("portal", combine={1: "all"})],
        needs=[rm.Need("portal", 1, loss=rm.CostOfDelay(10))],
        initiatives=[
            rm.Initiative("build", 1, cost=8, raises={"portal": 1}, optional=True),
            rm.Initiative("test", 1, cost=7, raises={"portal": 1}, optional=True),
            rm.Initiative("rival", 1, cost=2),
        ],
        budgets=[rm.Budget("change", amount=amount, per=per)],
    )


def possible(portfolio: rm.Portfolio, by: int) -> bool:
    """Whether some sound plan meets the need by then, by looking at every one."""
    oracle = oracle_of(rm.Problem(portfolio))
    times = (oracle.attained("portal", 1, plan) for plan in oracle.sound_plans())
    return any(time is not None and time <= by for time in times)


@pytest.mark.parametrize(
    ("amount", "per", "by", "more"),
    [
        (10, "total", 3, 7),
        (16, "total", 1, 1),
        ({"2027-11": 3, "2028-01": 9}, "fiscal year", 2, 12),
    ],
)
def test_the_least_money_is_found(
    amount: int | dict[str | int, int], per: str, by: int, more: int
) -> None:
    """It is enough, and a unit less is not; the oracle says the same."""
    portfolio = facts(amount, per)
    means = rm.what_would_it_take(portfolio, NEED, by, inquiry=rm.Inquiry(each=5))
    assert [("change", more, True)] == [(m.budget, m.amount, m.proven) for m in means.money]
    assert f"{more} more of change is enough" in str(means)
    for extra, expected in ((more, True), (more - 1, False)):
        richer = (
            amount + extra
            if isinstance(amount, int)
            else {when: each + extra for when, each in amount.items()}
        )
        assert expected == possible(facts(richer, per), by)


def test_money_that_is_no_help_is_told() -> None:
    """Where time is short no money is enough, and that is proven."""
    means = rm.what_would_it_take(facts(10), NEED, 0, inquiry=rm.Inquiry(each=5))
    assert [("change", None, True)] == [(m.budget, m.amount, m.proven) for m in means.money]
    assert "More of change alone is no help." in str(means)
