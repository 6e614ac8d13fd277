"""Risk exposure: probability times impact in each period until work is finished."""

from __future__ import annotations

import random
from typing import Any

import pytest

import roadmap as rm
from tests.campaigns.agreement import best_by_hand, disagreements, reproduction
from tests.features.outcomes import Outcomes
from tests.strategies import random_portfolio

CASES = 200
CHUNK = 50


def exposed(**changes: Any) -> rm.Portfolio:
    """Six months in which a patch of two ends a risk of 30 a month."""
    patch: dict[str, Any] = {"duration": 2, "risk": rm.Risk(3, 1_000)}
    return rm.Portfolio(
        timeline=rm.Timeline("2027-01", 6),
        teams=[rm.Team("team", 1)],
        initiatives=[rm.Initiative("patch", **(patch | changes))],
    )


def cost(facts: rm.Portfolio, starts: dict[str, int]) -> dict[str, int]:
    """What a plan costs, by term."""
    return dict(rm.evaluate(facts, rm.Schedule.of(facts, starts)).terms)


@pytest.mark.parametrize(
    ("percent", "impact", "exposure"), [(3, 1_000, 30), (3, 133, 3), (1, 99, 0), (100, 7, 7)]
)
def test_exposure_is_floored_each_period(percent: int, impact: int, exposure: int) -> None:
    """Probability times impact, without the fraction of a money unit."""
    assert exposure == rm.Risk(percent, impact).exposure


@pytest.mark.parametrize(("starts", "lost"), [({"patch": 0}, 60), ({"patch": 4}, 180), ({}, 180)])
def test_exposure_until_done(starts: dict[str, int], lost: int) -> None:
    """It counts until the finish; work that is left out is exposed to the end."""
    assert {"urgency": 0, "delivery cost": 0, "risk exposure": lost} == cost(exposed(), starts)


def test_a_ramp_does_not_prolong_a_risk() -> None:
    """The risk ends with the work, not with its effect on capabilities."""
    assert 60 == cost(exposed(ramp=3), {"patch": 0})["risk exposure"]


def test_it_counts_only_where_there_is_a_risk() -> None:
    """Portfolios without risks, or with risks of nothing, are asked as before."""
    for risk in (None, rm.Risk(0, 50), rm.Risk(1, 99)):
        terms = [term.name for term in rm.Problem(exposed(risk=risk)).objective]
        assert ["urgency", "delivery cost"] == terms
    terms = [term.name for term in rm.Problem(exposed()).objective]
    assert ["urgency", "delivery cost", "risk exposure"] == terms


@pytest.mark.parametrize(("price", "placed"), [(119, True), (120, False), (121, False)])
def test_optional_work_that_ends_a_risk_pays_or_not(price: int, placed: bool) -> None:
    """Four months of exposure, 120, are saved at best: worth it only below that price."""
    result = rm.solve(exposed(optional=True, cost=price), solver="cpsat")
    assert placed == ("patch" in result.require())
    assert min(price + 60, 180) == result.objective


def test_it_says_itself() -> None:
    """The term reads in business words."""
    told = rm.RiskExposure().sentence(exposed())
    assert "expected loss from risks until the work that ends them is finished" == told


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_judge_oracle_and_solvers_agree(first: int) -> None:
    """With risks drawn in, exhaustive search, CP-SAT, the list rules and the judge agree."""
    for case in range(first, first + CHUNK):
        rng = random.Random(f"risk:{case}")
        problem = rm.Problem(Outcomes().draw(rng, random_portfolio(rng)))
        told = list(disagreements(problem, best_by_hand(problem)))
        assert [] == told, reproduction(problem, told)
