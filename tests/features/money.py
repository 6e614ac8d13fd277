"""Budgets, quotas and fences, told to the oracle coin by coin."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from roadmap.facts import CATEGORIES, MEASURES, MONEY, Budget, Fence, Mode, Quota
from roadmap.portfolio import Portfolio
from tests.features.contract import Feature

if TYPE_CHECKING:
    from tests.features.contract import Cost, Kept
    from tests.oracle import Oracle, Plan

PER = ("period", "fiscal year", "total")


def buckets(oracle: Oracle, per: str) -> list[list[int]]:
    """The periods of each stretch of time."""
    periods = list(range(oracle.clock.periods))
    if per == "total":
        return [periods]
    if per == "period":
        return [[period] for period in periods]
    years: dict[int, list[int]] = {}
    for period in periods:
        years.setdefault(_year(oracle, oracle.clock.days[period]), []).append(period)
    return list(years.values())


def _year(oracle: Oracle, day: date) -> int:
    """The calendar year in which the fiscal year of a day begins."""
    timeline, weekday = oracle.portfolio.timeline, oracle.clock.days[0].weekday()
    begun = []
    for year in range(day.year - 1, day.year + 2):
        first = date(year, timeline.fiscal_year_start, 1)
        if timeline.fiscal_weeks is not None:
            near = [first + timedelta(days=apart) for apart in range(-3, 4)]
            first = next(each for each in near if each.weekday() == weekday)
        begun += [year] if first <= day else []
    return max(begun)


def ways(oracle: Oracle, name: str) -> list[Any]:
    """The facts of an initiative, or of its modes: both say cost, spend and capital."""
    item = next(item for item in oracle.portfolio.initiatives if item.name == name)
    return [*item.modes] or [item]


def flows(oracle: Oracle, name: str, plan: Plan) -> list[tuple[int, int, int]]:
    """Period, capital and operating money of each outlay, coin by coin.

    The n-th coin of an even cost is spent in the first period by whose end the share of the work
    that is done, of the cost, is at least n; the n-th coin of all is capital if the share of the
    first n is whole and larger than that of those before.
    """
    way = ways(oracle, name)[plan[name].mode]
    start = plan[name].start
    length = oracle.finish(name, plan) - start
    last = oracle.clock.periods - 1
    found = []
    for coin in range(1, way.cost + 1):
        if length == 0:
            period = min(start, last)
        elif way.spend == "start":
            period = start
        elif way.spend == "finish":
            period = start + length - 1
        else:
            done = next(d for d in range(1, length + 1) if way.cost * d >= coin * length)
            period = start + done - 1
        before, now = (coin - 1) * way.capital // 100, coin * way.capital // 100
        found.append((period, now - before, 1 - now + before))
    return found


def spent(oracle: Oracle, name: str, plan: Plan, periods: list[int], money: str) -> int:
    """Money of one kind that an initiative spends in some periods."""
    total = 0
    for period, capital, operating in flows(oracle, name, plan):
        if period in periods:
            total += capital if money != "operating" else 0
            total += operating if money != "capital" else 0
    return total


def stated(oracle: Oracle, amount: Any) -> list[int]:
    """What a profile says of each period."""
    return oracle._stated_capacity(amount)


def overspent(oracle: Oracle, budget: Any, plan: Plan) -> list[int]:
    """By how much each stretch of time is overspent."""
    names = [
        item.name
        for item in oracle.portfolio.initiatives
        if item.name in plan
        and (len(budget.categories) == 0 or item.category in budget.categories)
        and (len(budget.owners) == 0 or item.owner in budget.owners)
        and (len(budget.initiatives) == 0 or item.name in budget.initiatives)
    ]
    over, left = [], 0
    for periods in buckets(oracle, budget.per):
        left = (left if budget.carry_over else 0) + stated(oracle, budget.amount)[periods[0]]
        left -= sum(spent(oracle, name, plan, periods, budget.money) for name in names)
        over.append(max(-left, 0))
    return over


class Budgets(Feature):
    """Budgets, hard and at a price."""

    name = "budgets"

    def rules(self, oracle: Oracle) -> Iterator[tuple[str, Kept]]:
        """A budget without a price is never overspent."""
        for budget in oracle.portfolio.budgets:
            if budget.price is None:
                yield f"budget of {budget.name}", _within(oracle, budget)

    def rule(self, rule: Any, oracle: Oracle) -> tuple[str, Kept] | None:
        """A budget that was added."""
        if type(rule).__name__ != "BudgetLimit":
            return None
        return f"budget of {rule.budget.name}", _within(oracle, rule.budget)

    def terms(self, oracle: Oracle) -> Mapping[str, Cost]:
        """The price of what is overspent."""
        priced = [b for b in oracle.portfolio.budgets if b.price is not None]
        return {
            "overspend": lambda plan: sum(
                budget.price * sum(overspent(oracle, budget, plan)) for budget in priced
            )
        }

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """Costs at other times and of other kinds, and one to three budgets."""
        portfolio = costly(rng, portfolio)
        found = [self._budget(rng, number, portfolio) for number in range(rng.randint(1, 3))]
        timeline = attrs.evolve(portfolio.timeline, fiscal_year_start=rng.randint(1, 12))
        if timeline.unit == "week" and rng.random() < 0.5:
            timeline = attrs.evolve(timeline, fiscal_weeks=rng.choice(("4-4-5", "5-4-4")))
        return portfolio.replace(budgets=found, timeline=timeline)

    def _budget(self, rng: random.Random, number: int, portfolio: Portfolio) -> Budget:
        per, periods = rng.choice(PER), portfolio.timeline.periods
        most = {"period": 15, "fiscal year": 40, "total": 80}[per]
        amount: Any = rng.randint(0, most)
        if per == "period" and rng.random() < 0.3:
            amount = [rng.randint(0, most) for _ in range(periods)]
        if per == "period" and rng.random() < 0.3:
            amount = {0: rng.randint(0, most), rng.randint(1, periods): rng.randint(0, most)}
        owners = sorted({item.owner for item in portfolio.initiatives if item.owner})
        scope: dict[str, Any] = {}
        if rng.random() < 0.3:
            scope["categories"] = rng.sample(CATEGORIES, rng.randint(1, 2))
        if owners and rng.random() < 0.2:
            scope["owners"] = [rng.choice(owners)]
        if rng.random() < 0.2:
            scope["initiatives"] = [rng.choice(portfolio.initiatives).name]
        return Budget(
            f"budget {number}",
            amount,
            per,
            money=rng.choice(MONEY),
            carry_over=rng.random() < 0.4,
            price=rng.choice((None, None, 1, 3)),
            **scope,
        )


def _within(oracle: Oracle, budget: Any) -> Kept:
    return lambda plan: not any(overspent(oracle, budget, plan))


def costly(rng: random.Random, portfolio: Portfolio) -> Portfolio:
    """The portfolio with more to spend, at all times and of both kinds, in all categories."""

    def money() -> dict[str, Any]:
        spend = rng.choice(("even", "even", "start", "finish"))
        cost = rng.choice((0, rng.randint(1, 40)))
        return {"cost": cost, "spend": spend, "capital": rng.choice((0, 100, rng.randint(0, 100)))}

    found = []
    for item in portfolio.initiatives:
        words: dict[str, Any] = {
            "category": item.category or rng.choice((None, *CATEGORIES)),
            "owner": item.owner or rng.choice((None, "Retail", "Risk")),
        }
        if item.modes:
            modes: list[Mode] = [attrs.evolve(mode, **money()) for mode in item.modes]
            found.append(attrs.evolve(item, modes=modes, **words))
        else:
            found.append(attrs.evolve(item, **money(), **words))
    return portfolio.replace(initiatives=found)


class Quotas(Feature):
    """Quotas of money and of capacity."""

    name = "quotas"

    def rules(self, oracle: Oracle) -> Iterator[tuple[str, Kept]]:
        """Every quota."""
        for quota in oracle.portfolio.quotas:
            yield f"quota of {quota.name}", _quota(oracle, quota)

    def rule(self, rule: Any, oracle: Oracle) -> tuple[str, Kept] | None:
        """A quota that was added."""
        if type(rule).__name__ != "CategoryQuota":
            return None
        return f"quota of {rule.quota.name}", _quota(oracle, rule.quota)

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """One or two quotas."""
        portfolio = costly(rng, portfolio)
        found = [self._quota(rng, number, portfolio) for number in range(rng.randint(1, 2))]
        return portfolio.replace(quotas=found)

    def _quota(self, rng: random.Random, number: int, portfolio: Portfolio) -> Quota:
        percent, kind = rng.random() < 0.5, rng.choice(("least", "most", "most", "both"))
        measure = rng.choice(MEASURES)
        top = 100 if percent else 12 if measure == "capacity" else 50
        low, high = sorted(rng.randint(0, top) for _ in range(2))
        return Quota(
            f"quota {number}",
            rng.choice(CATEGORIES),
            measure,
            least=low if kind != "most" else None,
            most=high if kind != "least" else None,
            percent=percent,
            per=rng.choice(PER),
            teams=[portfolio.teams[0].name]
            if portfolio.teams and measure == "capacity" and rng.random() < 0.5
            else (),
        )


def _quota(oracle: Oracle, quota: Any) -> Kept:
    category = {item.name: item.category for item in oracle.portfolio.initiatives}

    def used(name: str, plan: Plan, periods: list[int]) -> int:
        if quota.measure != "capacity":
            return spent(oracle, name, plan, periods, quota.measure)
        way = oracle.ways[name][plan[name].mode]
        teams = quota.teams or [team.name for team in oracle.portfolio.teams]
        busy = [p for p in range(plan[name].start, oracle.finish(name, plan)) if p in periods]
        return sum(oracle.taken(way, team, period) for team in teams for period in busy)

    def kept(plan: Plan) -> bool:
        for periods in buckets(oracle, quota.per):
            whole = Fraction(sum(used(name, plan, periods) for name in plan))
            has = sum(used(n, plan, periods) for n in plan if category[n] == quota.category)
            unit = whole / 100 if quota.percent else Fraction(1)
            if quota.least is not None and has < quota.least * unit:
                return False
            if quota.most is not None and has > quota.most * unit:
                return False
        return True

    return kept


class Fences(Feature):
    """Ring-fenced capacity."""

    name = "fences"

    def rules(self, oracle: Oracle) -> Iterator[tuple[str, Kept]]:
        """One rule a team, for all of its fences."""
        for team in oracle.portfolio.teams:
            own = [fence for fence in oracle.portfolio.fences if fence.team == team.name]
            if own:
                yield f"fence of {team.name}", _fenced(oracle, team.name, own)

    def draw(self, rng: random.Random, portfolio: Portfolio) -> Portfolio:
        """Fences within a team, for one category or two."""
        if not portfolio.teams:
            return portfolio
        portfolio = costly(rng, portfolio)
        team = rng.choice(portfolio.teams)
        most = max(team.profile(portfolio.timeline))
        kinds = rng.sample(CATEGORIES, rng.randint(1, 2))
        return portfolio.replace(
            fences=[Fence(team.name, kind, rng.randint(0, most)) for kind in kinds]
        )


def _fenced(oracle: Oracle, team: str, fences: list[Any]) -> Kept:
    """Hand out the units of each period: each category its own fence first, then the rest."""
    category = {item.name: item.category for item in oracle.portfolio.initiatives}
    overtime = next(each.overtime for each in oracle.portfolio.teams if each.name == team)
    extra = stated(oracle, overtime or 0)

    def kept(plan: Plan) -> bool:
        for period in range(oracle.clock.periods):
            has = oracle.capacity[team][period] + extra[period]
            wanted: dict[Any, int] = {}
            for name, spot in plan.items():
                way = oracle.ways[name][spot.mode]
                if spot.start <= period < oracle.finish(name, plan):
                    units = oracle.taken(way, team, period)
                    wanted[category[name]] = wanted.get(category[name], 0) + units
            sizes = {f.category: stated(oracle, f.capacity)[period] for f in fences}
            if not _handed_out(has, wanted, sizes):
                return False
        return True

    return kept


def _handed_out(has: int, wanted: Mapping[Any, int], sizes: Mapping[str, int]) -> bool:
    """Whether nobody stands in a fence of others.

    If there is enough for all fences and all work, each category takes its own and then of the
    rest. Else it must find room beside all that is kept for others, together with whoever else is
    outside of those fences.
    """
    rest = has - sum(sizes.values())
    if rest >= 0 and sum(wanted.values()) <= has:
        beyond = [max(units - sizes.get(kind, 0), 0) for kind, units in wanted.items()]
        return sum(beyond) <= rest
    kinds = list(sizes)
    for mask in range(1, 2 ** len(kinds)):
        shut = [kind for at, kind in enumerate(kinds) if mask >> at & 1]
        room = max(has - sum(sizes[kind] for kind in shut), 0)
        if sum(units for kind, units in wanted.items() if kind not in shut) > room:
            return False
    return True
