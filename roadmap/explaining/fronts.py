"""What is traded for what: the front of two sides of the objective, point by point.

Each point is a plan of which neither side can be made cheaper without the other becoming dearer.
The front is walked by limits: one side is minimised while the other stays below that of the last
point by one unit of money at least. So the points that no weights find are found too. Y. Y. Haimes,
L. S. Lasdon, D. A. Wismer, "On a bicriterion formulation of the problems of integrated system
identification and system optimization", IEEE Transactions on Systems, Man and Cybernetics 1, 1971.

The corners alone, which are best at some exchange rate, are found by weights: Y. P. Aneja, K. P. K.
Nair, "Bicriteria transportation problem", Management Science 25, 1979.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import attrs

from roadmap._text import html_table, money, safe, text_table
from roadmap.constraints import TermLimit
from roadmap.errors import Fault, ProblemError, nearest
from roadmap.explaining.inquiry import Answer, Inquiry, Question
from roadmap.explaining.means import learnt
from roadmap.explaining.shares import Times, total
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.problem import Problem
from roadmap.result import Result
from roadmap.rules import Objective, Traded
from roadmap.schedule import Schedule

Side = tuple[Objective, ...]


@attrs.frozen
class Point:
    """A plan on the front.

    Attributes
    ----------
    first, second
        What the plan costs on either side.
    rest
        What it costs in all terms that are on neither side.
    schedule
        The plan.
    proven
        Whether it is proven that neither side can be cheaper without the other becoming dearer.
    """

    first: int
    second: int
    rest: int
    schedule: Schedule
    proven: bool


@attrs.frozen
class Turn:
    """An exchange rate at which the best plan changes.

    Attributes
    ----------
    rate
        Money of the first side for one of the second: ``kappa``, where foundations are the second.
        It is that of the amounts as declared; a problem that is asked with a ``kappa`` rounds each
        declared amount first, so with small amounts it may turn a little beside.
    before, after
        The plan that is best just below the rate, and the one just above.
    """

    rate: Fraction
    before: Point
    after: Point


@attrs.frozen
class Frontier:
    """The front of two sides; it prints itself.

    Attributes
    ----------
    problem
        What was asked.
    first, second
        Names of the terms on either side; no second where there is nothing to trade.
    points
        The plans, the one that is cheapest on the first side first.
    complete
        Whether these are all: the points of the front, or its corners where these were asked for.
    corners
        Whether only such points were asked for as are best at some exchange rate.
    """

    problem: Problem
    first: tuple[str, ...]
    second: tuple[str, ...]
    points: tuple[Point, ...]
    complete: bool
    corners: bool = False

    def __len__(self) -> int:
        return len(self.points)

    @property
    def nothing_to_trade(self) -> bool:
        """Whether one plan is best on both sides, or there is no second side; proven."""
        return not self.second or (len(self.points) == 1 and self.complete)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The exchange rates at which the best plan changes, ascending."""
        hull = _hull(self.points)
        return tuple(
            Turn(Fraction(b.first - a.first, a.second - b.second), a, b) for a, b in pairwise(hull)
        )

    def supported(self, point: Point) -> bool:
        """Whether a point is best at some exchange rate, as far as the points show."""
        return all(_above(turn, point) <= 0 for turn in self.turns)

    def __str__(self) -> str:
        table = text_table(self._head(), self._rows()) if self.points else ""
        return "\n\n".join(part for part in (self._told(), table) if part)

    def _repr_html_(self) -> str:
        table = html_table(self._head(), self._rows()) if self.points else ""
        return f"<p>{safe(self._told())}</p>{table}"

    def _told(self) -> str:
        if not self.second:
            return (
                "There is nothing to trade: nothing is soft and no option value is stated, so "
                "urgency reaches the foundations through what must wait for them."
            )
        sides = f"{' and '.join(self.first)} against {' and '.join(self.second)}"
        if not self.points:
            return f"{sides}: no plan is known."
        if self.nothing_to_trade:
            return f"{sides}: one plan is best in both; there is nothing to trade."
        what = "corners" if self.corners else "points"
        if self.complete:
            return f"{sides}: these {len(self.points)} {what} are all there are."
        return f"{sides}: {len(self.points)} {what}; whether there are more is not proven."

    def _head(self) -> list[str]:
        second = [" + ".join(self.second)] if self.second else []
        others = ["all else"] if any(point.rest for point in self.points) else []
        return [" + ".join(self.first), *second, *others, "best at rates", "proven"]

    def _rows(self) -> list[list[str]]:
        second, others = bool(self.second), any(point.rest for point in self.points)
        return [
            [
                money(point.first),
                *([money(point.second)] * second),
                *([money(point.rest)] * others),
                self._rates(point),
                "yes" if point.proven else "no",
            ]
            for point in self.points
        ]

    def _rates(self, point: Point) -> str:
        """Between which exchange rates a point is best."""
        up = [turn.rate for turn in self.turns if turn.before is point]
        down = [turn.rate for turn in self.turns if turn.after is point]
        if not up and not down:
            return "any" if len(self.points) == 1 else "none"
        if not up:
            return f"from {_decimal(down[0])}"
        return f"{_decimal(down[0]) if down else '0'} to {_decimal(up[0])}"


def frontier(
    question: Result | Problem | Portfolio,
    first: str | Sequence[str] | None = None,
    second: str | Sequence[str] | None = None,
    *,
    corners: bool = False,
    most: int = 50,
    inquiry: Inquiry | None = None,
) -> Frontier:
    """Walk the front of two sides of the objective.

    Parameters
    ----------
    question
        A result, a problem or a portfolio.
    first, second
        Names of terms of the objective, one or several for each side. Default: the second side
        is what urgency is traded against, at the declared prices (soft dependencies passed by,
        option value), and the first is everything else. Terms on neither side only decide
        between plans that are alike on both.
    corners
        Whether only the points are wanted that are best at some exchange rate; default all.
    most
        So many points are enough; at least 1, default 50.
    inquiry
        Asks the questions; default one of its own.

    Returns
    -------
    Frontier
        With the plans, and the exchange rates at which the best one changes. Where nothing is
        traded, it says so and holds the best plan alone.

    Raises
    ------
    ProblemError
        A side names no term of the objective, or one of both sides; or one side alone is named;
        or ``most`` is less than 1.
    """
    if most < 1:
        raise ProblemError([Fault("most", f"{most!r} points are no front", "give 1 or more")])
    inquiry = inquiry or Inquiry()
    problem = learnt(question, inquiry)
    sides = _sides(problem, first, second)
    walk = _Walk(problem, *sides, inquiry)
    found: list[Point] = []
    cut = False
    for point in walk.corners() if corners else walk.points():
        cut = len(found) == most
        if cut:
            break
        found.append(point)
    complete = walk.finished and not cut and all(point.proven for point in found)
    found = sorted(_undominated(found), key=lambda point: point.first)
    names = [tuple(term.name for term in side) for side in sides]
    return Frontier(problem, names[0], names[1], tuple(found), complete, corners)


def _sides(
    problem: Problem, first: str | Sequence[str] | None, second: str | Sequence[str] | None
) -> tuple[Side, Side]:
    """The terms on either side."""
    if first is None and second is None:
        traded = [term for term in problem.objective if isinstance(term, Traded)]
        others = tuple(term for term in problem.objective if not isinstance(term, Traded))
        return others, tuple(attrs.evolve(term, kappa=1) for term in traded)
    terms = {term.name: term for term in problem.objective}
    named = [[side] if isinstance(side, str) else list(side or ()) for side in (first, second)]
    faults = [
        Fault(where, f"no term of the objective is called {name!r}", nearest(name, terms))
        for where, names in zip(("first", "second"), named, strict=True)
        for name in names
        if name not in terms
    ]
    faults += [
        Fault(where, "it names no term", f"one of {', '.join(terms)}")
        for where, names in zip(("first", "second"), named, strict=True)
        if not names
    ]
    faults += [
        Fault("second", f"{name!r} is on both sides", "name it once")
        for name in named[1]
        if name in named[0]
    ]
    if faults:
        raise ProblemError(faults)
    return tuple(terms[name] for name in named[0]), tuple(terms[name] for name in named[1])


@attrs.define(eq=False)
class _Walk:
    """The search along a front."""

    problem: Problem
    first: Side
    second: Side
    inquiry: Inquiry
    finished: bool = False
    """Whether it is proven that no further point was left out."""

    def points(self) -> Iterator[Point]:
        """Every point, from the cheapest on the first side on."""
        point = self._end(self.first, self.second)
        last: Problem | None = None
        while point is not None:
            yield point
            if not self.second or self.inquiry.over:
                self.finished = not self.second
                return
            limit = TermLimit(self.second, point.second - 1)
            answer, last = self._least(self.first, (limit,), last)
            if answer.infeasible:
                self.finished = True
                return
            point = self._completed(answer, self.first, self.second, (limit,))

    def corners(self) -> Iterator[Point]:
        """The points that are best at some exchange rate, the two ends first."""
        ends = [self._end(self.first, self.second)]
        if self.second:
            ends.append(self._end(self.second, self.first))
        found = [point for point in ends if point is not None]
        self.finished = len(found) == len(ends)
        if len(found) == 2 and _values(found[0]) == _values(found[1]):
            found.pop()
        yield from found
        open_ = [(found[0], found[1])] if len(found) == 2 else []
        while open_:
            left, right = open_.pop()
            point = self._between(left, right)
            if point is not None:
                yield point
                open_ += [(point, right), (left, point)]

    def _end(self, main: Side, other: Side) -> Point | None:
        """The point that is cheapest on one side, and of these on the other."""
        return self._completed(self._least(main, (), None)[0], main, other, ())

    def _completed(
        self, answer: Answer, main: Side, other: Side, limits: tuple[TermLimit, ...]
    ) -> Point | None:
        """The point of a least value on one side: least on the other side, then in all else."""
        if answer.schedule is None:
            return None
        proven, plan = answer.proven, answer.schedule
        limits = (*limits, TermLimit(main, self._value(main, plan)))
        for side in (other, self._rest):
            if side:
                answer = self._least(side, limits, None)[0]
                plan = plan if answer.schedule is None else answer.schedule
                proven &= answer.proven or side is not other
                limits = (*limits, TermLimit(side, self._value(side, plan)))
        return self._point(plan, proven)

    def _point(self, plan: Schedule, proven: bool) -> Point:
        sides = (self.first, self.second, self._rest)
        first, second, rest = (self._value(side, plan) for side in sides)
        return Point(first, second, rest, plan, proven)

    @property
    def _rest(self) -> Side:
        """Terms on neither side."""
        named = {term.name for term in (*self.first, *self.second)}
        return tuple(term for term in self.problem.objective if term.name not in named)

    def _between(self, left: Point, right: Point) -> Point | None:
        """A point on the near side of the line through two, the furthest; ``None`` for none."""
        weights = left.second - right.second, right.first - left.first
        unit = Fraction(*weights)
        terms = [Times(term, unit.numerator) for term in self.first]
        terms += [Times(term, unit.denominator) for term in self.second]
        answer = self.inquiry.ask(self.problem.replace(objective=tuple(terms)))
        line = unit.numerator * left.first + unit.denominator * left.second
        if answer.optimum.lower == line:
            return None
        if answer.schedule is None or (answer.optimum.upper or 0) >= line:
            self.finished = False
            return None
        return self._point(answer.schedule, answer.proven)

    def _least(
        self, side: Side, limits: tuple[TermLimit, ...], looser: Problem | None
    ) -> tuple[Answer, Problem]:
        """The cheapest plan on one side; ``looser`` is a question that allows more."""
        asked = self.problem.with_(*limits).replace(objective=side)
        known = () if looser is None else (looser,)
        return self.inquiry.ask(Question(asked, known)), asked

    def _value(self, side: Side, schedule: Schedule) -> int:
        return total(side, Plan(self.problem.portfolio, schedule))


def _values(point: Point) -> tuple[int, int]:
    return point.first, point.second


def _undominated(points: Sequence[Point]) -> list[Point]:
    """Points that no other is as good as on both sides; of equal ones the first."""
    kept: list[Point] = []
    for at, point in enumerate(points):
        others = [*points[:at], *points[at + 1 :]]
        worse = any(
            other.first <= point.first
            and other.second <= point.second
            and (_values(other) != _values(point) or points.index(other) < at)
            for other in others
        )
        if not worse:
            kept.append(point)
    return kept


def _hull(points: Sequence[Point]) -> list[Point]:
    """The corners of the lower left hull, the cheapest on the first side first."""
    hull: list[Point] = []
    for point in sorted(points, key=_values):
        while len(hull) >= 2 and _bend(hull[-2], hull[-1], point) <= 0:
            hull.pop()
        hull.append(point)
    return hull


def _bend(one: Point, two: Point, three: Point) -> int:
    """Above 0 if the way over three points turns to the left."""
    right, up = two.first - one.first, two.second - one.second
    return right * (three.second - one.second) - up * (three.first - one.first)


def _above(turn: Turn, point: Point) -> Fraction:
    """How far a point lies above the line of a turn, between its two corners; else below 0."""
    if not turn.before.first <= point.first <= turn.after.first:
        return Fraction(-1)
    return (
        point.first + turn.rate * point.second - turn.before.first - turn.rate * turn.before.second
    )


def _decimal(rate: Fraction) -> str:
    """An exchange rate in at most four digits after the point."""
    told = f"{float(rate):.4f}".rstrip("0").rstrip(".")
    return told if Fraction(told) == rate else f"about {told}"
