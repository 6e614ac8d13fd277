"""The planning horizon: the only interpreter between dates and periods.

Everything inside the library counts whole periods. A boundary ``p`` is the instant at which
period ``p`` begins; boundary ``periods`` is the end of the timeline. People, however, say
dates, and mean them in two ways: *from* March means the first instant of March, *by* March
means the last. So ``starting`` and ``ending`` are two questions, and each fact asks its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

import attrs

from roadmap._frozen import frozen_fields
from roadmap.errors import Fault

UNITS = ("day", "week", "month", "quarter")
FISCAL_WEEKS = ("4-4-5", "4-5-4", "5-4-4")
_MONTHS = {"month": 1, "quarter": 3}
_DAYS = {"day": 1, "week": 7}
_FORMS = "a date such as 2027-03-15, 2027-03, 2027-Q2, 2027-W07 or 2027, or a whole number"


@attrs.frozen(field_transformer=frozen_fields)
class Timeline:
    """The planning horizon, cut into equal periods.

    Attributes
    ----------
    start
        First day: a date, or text such as ``"2027-01"`` or ``"2027-01-04"``. Months and
        quarters begin on the first day of a month.
    periods
        How many periods there are; at least 1.
    unit
        ``"day"``, ``"week"`` (seven days from the start on), ``"month"`` (default) or
        ``"quarter"`` (three months from the start on).
    fiscal_year_start
        Month in which the fiscal year begins, 1 to 12; default 1. A fiscal year is named
        for the calendar year in which it ends.
    fiscal_weeks
        Weeks of the three months of a fiscal quarter: ``"4-4-5"``, ``"4-5-4"`` or ``"5-4-4"``, on
        timelines by week; default none: fiscal months are calendar months. The fiscal year then
        begins with the week whose first day is nearest to the first of its month; every fifth or
        sixth year a 53rd week makes its last month longer.
    """

    start: str | date
    periods: int
    unit: str = "month"
    fiscal_year_start: int = 1
    fiscal_weeks: str | None = None

    def faults(self, path: str = "timeline") -> Iterator[Fault]:
        """Name everything that is wrong with the timeline itself."""
        if self.unit not in UNITS:
            yield Fault(f"{path}.unit", f"{self.unit!r} is no unit", f"known: {', '.join(UNITS)}")
        if type(self.periods) is not int or not 1 <= self.periods <= 10_000:
            yield Fault(
                f"{path}.periods",
                f"{self.periods!r} is not a number of periods",
                "give a whole number from 1 to 10,000",
            )
        if type(self.fiscal_year_start) is not int or not 1 <= self.fiscal_year_start <= 12:
            yield Fault(
                f"{path}.fiscal_year_start",
                f"{self.fiscal_year_start!r} is not a month",
                "give a whole number from 1 to 12",
            )
        if self.fiscal_weeks is not None:
            yield from self._faults_of_weeks(f"{path}.fiscal_weeks")
        try:
            first = _span(self.start)[0]
        except ValueError:
            yield Fault(
                f"{path}.start",
                f"{self.start!r} is not a date",
                "write it as 2027-01-04 or 2027-01",
            )
            return
        if self.unit in UNITS[2:] and first.day != 1:
            yield Fault(
                f"{path}.start",
                f"{self.start!r} is not the first day of a month",
                f"a timeline by {self.unit} begins on the first",
            )
        if first.year + self._years() > 9999:
            yield Fault(f"{path}.periods", "the timeline ends after the year 9999", "shorten it")

    def _faults_of_weeks(self, path: str) -> Iterator[Fault]:
        if self.fiscal_weeks not in FISCAL_WEEKS:
            known = ", ".join(FISCAL_WEEKS)
            yield Fault(path, f"{self.fiscal_weeks!r} is no such pattern", f"known: {known}")
        elif self.unit != "week":
            told = f"a timeline by {self.unit} has no weeks"
            yield Fault(path, told, "take it out, or plan by week")

    def _years(self) -> int:
        """Bound the length from above, in years; 0 where that cannot be said."""
        if type(self.periods) is not int or self.unit not in UNITS:
            return 0
        return self.periods * _DAYS.get(self.unit, 31 * _MONTHS.get(self.unit, 0)) // 365 + 1

    @property
    def first_day(self) -> date:
        """The first day of period 0."""
        return _span(self.start)[0]

    def day(self, boundary: int) -> date:
        """First day after a boundary: the day on which period ``boundary`` begins."""
        if self.unit in _DAYS:
            return self.first_day + timedelta(days=boundary * _DAYS[self.unit])
        return _add_months(self.first_day, boundary * _MONTHS[self.unit])

    def last_day(self, boundary: int) -> date:
        """Last day before a boundary: what people call the finish date."""
        return self.day(boundary) - timedelta(days=1)

    def period(self, day: date) -> int:
        """Period that holds a day; negative before the start, beyond ``periods`` after the end."""
        if self.unit in _DAYS:
            return (day - self.first_day).days // _DAYS[self.unit]
        months = (day.year - self.first_day.year) * 12 + day.month - self.first_day.month
        return months // _MONTHS[self.unit]

    def span(self, when: str | date) -> tuple[date, date]:
        """First and last day of what a date names: ``2027-03`` is the 1st to the 31st of March.

        Raises
        ------
        ValueError
            It is not a date in a form that is understood.
        """
        return _span(when)

    def starting(self, when: str | int | date) -> int:
        """First boundary at or after the beginning of ``when``: what *from then on* means.

        Raises
        ------
        ValueError
            ``when`` is neither a whole number nor a date in a form that is understood.
        """
        if isinstance(when, int):
            return when
        first = _span(when)[0]
        period = self.period(first)
        return period if self.day(period) == first else period + 1

    def ending(self, when: str | int | date) -> int:
        """Last boundary at or before the end of ``when``: what *by then* means.

        Raises
        ------
        ValueError
            ``when`` is neither a whole number nor a date in a form that is understood.
        """
        if isinstance(when, int):
            return when
        return self.period(_span(when)[1] + timedelta(days=1))

    def holding(self, when: str | int | date) -> int:
        """Boundary at which the period begins that holds the first day of ``when``.

        What finishes at a later boundary has that day behind it.

        Raises
        ------
        ValueError
            ``when`` is neither a whole number nor a date in a form that is understood.
        """
        return when if isinstance(when, int) else self.period(_span(when)[0])

    def label(self, period: int) -> str:
        """Name a period for people: ``2027-03``, ``2027 Q2`` or the first day.

        A period beyond all calendars is told by its number: a schedule from anywhere may say it.
        """
        try:
            day = self.day(period)
        except (ValueError, OverflowError):
            return f"{self.unit} {period}"
        if self.unit == "month":
            return f"{day:%Y-%m}"
        if self.unit == "quarter" and day.month % 3 == 1:
            return f"{day.year} Q{(day.month + 2) // 3}"
        return day.isoformat()

    def until(self, boundary: int) -> str:
        """Name a boundary as an end, inclusive: the label of the last period before it."""
        if boundary <= 0:
            return f"before {self.label(0)}"
        if self.unit in _MONTHS:
            return self.label(boundary - 1)
        try:
            return str(self.last_day(boundary))
        except (ValueError, OverflowError):
            return f"{self.unit} {boundary - 1}"

    def count(self, periods: int) -> str:
        """Say how many periods: ``1 month``, ``3 months``."""
        return f"{periods} {self.unit}{'' if periods == 1 else 's'}"

    @property
    def fiscal(self) -> bool:
        """Whether fiscal years are not calendar years, so that they need a name of their own."""
        return self.fiscal_year_start > 1 or self.fiscal_weeks is not None

    def fiscal_year(self, period: int) -> int:
        """Fiscal year of a period's first day, named for the calendar year in which it ends."""
        return self._fiscal(period)[0]

    def fiscal_quarter(self, period: int) -> int:
        """Quarter of the fiscal year in which a period begins: 1 to 4."""
        return (self._fiscal(period)[1] + 2) // 3

    def fiscal_month(self, period: int) -> int:
        """Month of the fiscal year in which a period begins: 1 to 12."""
        return self._fiscal(period)[1]

    def _fiscal(self, period: int) -> tuple[int, int]:
        """Fiscal year, and the month of it."""
        day, start = self.day(period), self.fiscal_year_start
        if self.fiscal_weeks is not None:
            return self._fiscal_by_weeks(day, self.fiscal_weeks)
        return day.year + (start > 1 and day.month >= start), (day.month - start) % 12 + 1

    def _fiscal_by_weeks(self, day: date, pattern: str) -> tuple[int, int]:
        """Count weeks from the beginning of the fiscal year; a 53rd belongs to its last month."""
        year = min(day.year + 1, 9999)
        while self._fiscal_begin(year) > day:
            year -= 1
        week = (day - self._fiscal_begin(year)).days // 7
        lengths = [int(weeks) for weeks in pattern.split("-")] * 4
        ends = accumulate(lengths[:-1])
        return year + (self.fiscal_year_start > 1), 1 + sum(week >= end for end in ends)

    def _fiscal_begin(self, year: int) -> date:
        """First day of the fiscal year that begins about the first of its month in a year.

        It falls on the weekday of the timeline's first day, three days off at most: so with
        January and Mondays the years are those of ISO 8601.
        """
        first = date(year, self.fiscal_year_start, 1)
        ahead = (self.first_day.weekday() - first.weekday()) % 7
        return first + timedelta(days=ahead if ahead <= 3 else ahead - 7)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, day.day)


def _span(when: object) -> tuple[date, date]:
    """First and last day of what a date text names."""
    if isinstance(when, date):
        return when, when
    if not isinstance(when, str):
        raise ValueError(f"{when!r} is not {_FORMS}")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", when):
        day = date.fromisoformat(when)
        return day, day
    if match := re.fullmatch(r"(\d{4})-[Ww](\d{2})", when):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday, monday + timedelta(days=6)
    if match := re.fullmatch(r"(\d{4})[- ]?[Qq]([1-4])", when):
        return _months(int(match[1]), int(match[2]) * 3 - 2, 3)
    if match := re.fullmatch(r"(\d{4})-(\d{2})", when):
        return _months(int(match[1]), int(match[2]), 1)
    if re.fullmatch(r"\d{4}", when):
        return _months(int(when), 1, 12)
    raise ValueError(f"{when!r} is not {_FORMS}")


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, _add_months(first, count) - timedelta(days=1)
