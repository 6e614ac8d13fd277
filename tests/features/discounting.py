"""Discounting: what later money is worth, told to the oracle without a root."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from roadmap.portfolio import Portfolio
from tests.features.contract import Feature
from tests.features.money import costly, flows

if TYPE_CHECKING:
    from tests.features.contract import Cost
    from tests.oracle import Oracle, Plan


class Discounting(Feature):
    """One discount rate; it counts anew what other families bring, and so comes last."""

    name = "discounting"

    def terms(self, oracle: Oracle) -> Mapping[str, Cost]:
        """Losses and costs, worth today."""
        rate = oracle.portfolio.discount_rate
        if rate is None:
            return {}
        worth = factors(oracle, Fraction(str(rate)))
        return {
            "urgency": lambda plan: sum(
                _lost(oracle, need, plan, worth) for need in oracle.portfolio.needs
            ),
            "delivery cost": lambda plan: sum(
                _worth(flows(oracle, name, plan), worth) for name in plan
            ),
            "run cost": lambda plan: _each(_burdens(oracle, plan), worth),
            "risk exposure": lambda plan: _each(_exposures(oracle, plan), worth),
            "option value": lambda plan: _each(_options(oracle, plan), worth),
            "lateness": lambda plan: _each(_late(oracle, plan), worth),
        }

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """Any rate, also odd and steep ones."""
        rate = rng.choice((0, 3.5, 10, 100, rng.randint(0, 10_000) / 100))
        return costly(rng, portfolio).replace(discount_rate=rate)


def factors(oracle: Oracle, rate: Fraction) -> list[Fraction]:
    """The factor of each period, to twelve decimals, by trial: no root is ever drawn."""
    part, whole = {"day": (1, 365), "week": (7, 365), "month": (1, 12), "quarter": (1, 4)}[
        oracle.clock.unit
    ]
    growth = 1 + rate / 100
    return [_factor(growth, period * part, whole) for period in range(oracle.clock.periods)]


@cache
def _factor(growth: Fraction, power: int, root: int) -> Fraction:
    """The largest x in units of 1 / 10**12 of which x - 1/2 is not above the true factor."""
    digits = 10**12

    def above(x: int) -> bool:
        left: int = (2 * x - 1) ** root * growth.numerator**power
        right: int = (2 * digits) ** root * growth.denominator**power
        return left > right

    guess = int(digits * float(growth) ** -(power / root)) + 2
    assert above(guess)
    while above(guess):
        guess -= 1
    return Fraction(guess, digits)


def _worth(spent: list[tuple[int, int, int]], worth: list[Fraction]) -> int:
    total = Fraction(0)
    for period, capital, operating in spent:
        total += (capital + operating) * worth[period]
    return _rounded(total)


Running = Iterator[tuple[int, range]]
"""Money a period, and the periods; of one thing after the other."""


def _each(running: Running, worth: list[Fraction]) -> int:
    """What each thing costs, rounded by itself."""
    total = 0
    for rate, periods in running:
        one = Fraction(0)
        for period in periods:
            one += rate * worth[period]
        total += _rounded(one)
    return total


def _done(oracle: Oracle, name: str | None, plan: Plan) -> int:
    """When an initiative is finished; the end of the timeline if it is left out."""
    if name is None or name not in plan:
        return oracle.clock.periods
    return oracle.finish(name, plan)


def _burdens(oracle: Oracle, plan: Plan) -> Running:
    for system in oracle.portfolio.systems:
        expected = system.risk_percent * system.risk_impact // 100
        rate = system.run_cost + system.debt_interest + expected
        yield rate, range(_done(oracle, system.retired_by, plan))


def _exposures(oracle: Oracle, plan: Plan) -> Running:
    for item in oracle.portfolio.initiatives:
        if item.risk is not None:
            rate = item.risk.percent * item.risk.impact // 100
            yield rate, range(_done(oracle, item.name, plan))


def _options(oracle: Oracle, plan: Plan) -> Running:
    for area in oracle.portfolio.capabilities:
        for level, rate in area.option_value.items():
            time = oracle.attained(area.name, level, plan)
            yield rate, range(oracle.clock.periods if time is None else time)


def _late(oracle: Oracle, plan: Plan) -> Running:
    for item in oracle.portfolio.initiatives:
        if item.lateness_price is not None and item.name in plan:
            due = oracle.clock.ending(item.latest_finish)
            yield item.lateness_price, range(due, oracle.finish(item.name, plan))


def _rounded(money: Fraction) -> int:
    return (money + Fraction(1, 2)).__floor__()


def _lost(oracle: Oracle, need: Any, plan: Plan, worth: list[Fraction]) -> int:
    """What a need loses; with a ramp the mean, rounded down, of what it loses a little later."""
    end, time = oracle.clock.periods, oracle.met(need, plan)
    until = end if time is None else time
    if not need.ramp:
        return _lost_at(oracle, need, until, worth)
    later = [min(until + share + 1, end) for share in range(need.ramp)]
    return sum(_lost_at(oracle, need, at, worth) for at in later) // len(later)


def _lost_at(oracle: Oracle, need: Any, until: int, worth: list[Fraction]) -> int:
    """What a need loses, each profile in its sum period by period."""
    from tests.oracle import lost

    total = Fraction(0)
    for profile in getattr(need.loss, "parts", (need.loss,)):
        curve = [lost(profile, at, oracle.clock) for at in range(oracle.clock.periods + 1)]
        if curve == sorted(curve):
            total += curve[0]
            total += sum((curve[p + 1] - curve[p]) * worth[p] for p in range(until))
        else:
            total += curve[until] * worth[max(until - 1, 0)]
    return _rounded(total)
