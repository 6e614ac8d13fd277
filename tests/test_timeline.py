"""Dates and periods: every unit, both directions, against ``datetime`` and by hand."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest

from roadmap.timeline import Timeline
from tests.oracle import Clock, covered

FOUR_CENTURIES = 4800
"""Months after which the Gregorian calendar repeats itself."""


def test_months_of_four_centuries() -> None:
    """Each month begins where ``calendar`` says the one before it ends."""
    timeline = Timeline("1899-03", FOUR_CENTURIES)
    day = date(1899, 3, 1)
    for period in range(FOUR_CENTURIES):
        after = day + timedelta(days=calendar.monthrange(day.year, day.month)[1])
        assert day == timeline.day(period)
        assert after - timedelta(days=1) == timeline.last_day(period + 1)
        assert period == timeline.period(day) == timeline.period(after - timedelta(days=1))
        assert f"{day.year}-{day.month:02}" == timeline.label(period)
        day = after


@pytest.mark.parametrize("month", range(1, 13))
def test_quarters_of_four_centuries(month: int) -> None:
    """Quarters are three months from the start on, wherever in the year they begin."""
    months = Timeline(date(1900, month, 1), FOUR_CENTURIES)
    quarters = Timeline(date(1900, month, 1), FOUR_CENTURIES // 3, "quarter")
    for period in range(0, FOUR_CENTURIES // 3, 7):
        assert months.day(3 * period) == quarters.day(period)
        assert period == quarters.period(months.last_day(3 * period + 3))
        assert period == quarters.period(months.day(3 * period))


@pytest.mark.parametrize(("unit", "days"), [("day", 1), ("week", 7)])
def test_days_and_weeks(unit: str, days: int) -> None:
    """Days and weeks count from the first day, leap days included, before it as well."""
    timeline = Timeline("2027-01-06", 2_000, unit)
    first = date(2027, 1, 6)
    for offset in range(-50, 2_000):
        assert offset // days == timeline.period(first + timedelta(days=offset))
    for period in range(-5, 600):
        assert first + timedelta(days=days * period) == timeline.day(period)


@pytest.mark.parametrize("unit", ["day", "week", "month", "quarter"])
def test_starting_and_ending_against_the_oracle(unit: str) -> None:
    """*From* rounds up and *by* rounds down, for every day and every form of a date."""
    timeline = Timeline("2027-02-01", 30, unit)
    clock = Clock("2027-02-01", unit, 30)
    for offset in range((clock.days[30] - clock.days[0]).days):
        day = clock.days[0] + timedelta(days=offset)
        year, week, _ = day.isocalendar()
        forms = (day, str(day), f"{day:%Y-%m}", f"{year}-W{week:02}", f"{day.year}-Q2")
        for when in forms:
            first, last = covered(when)
            if clock.days[0] <= first and last < clock.days[30]:
                assert clock.starting(when) == timeline.starting(when)
                assert clock.ending(when) == timeline.ending(when)


@pytest.mark.parametrize(
    ("when", "starting", "ending"),
    [
        ("2027-03", 2, 3),
        ("2027-03-01", 2, 2),
        ("2027-03-02", 3, 2),
        ("2027-03-30", 3, 2),
        ("2027-03-31", 3, 3),
        (date(2027, 3, 31), 3, 3),
        ("2027-Q2", 3, 6),
        ("2027q2", 3, 6),
        ("2027 Q2", 3, 6),
        ("2027", 0, 12),
        ("2028", 12, 24),
        ("2026", -12, 0),
        ("2027-W01", 1, 0),
        ("2027-w05", 1, 1),
        ("2028-02-29", 14, 14),
        (7, 7, 7),
        (0, 0, 0),
    ],
)
def test_months_start_and_end(when: str | int | date, starting: int, ending: int) -> None:
    """A month stands for its first instant where work begins, and its last where it ends."""
    timeline = Timeline("2027-01", 24)
    assert (starting, ending) == (timeline.starting(when), timeline.ending(when))


@pytest.mark.parametrize(
    "when",
    ["", "soon", "2027-13", "2027-00", "2027-02-29", "2027-W54", "2027-Q5", "27-01", "2027-1"],
)
def test_what_is_no_date(when: str) -> None:
    """Text that names no day is refused by both questions."""
    timeline = Timeline("2027-01", 24)
    with pytest.raises(ValueError, match=r"."):
        timeline.starting(when)
    with pytest.raises(ValueError, match=r"."):
        timeline.ending(when)


@pytest.mark.parametrize("year", range(2000, 2400))
def test_iso_week_53(year: int) -> None:
    """A year has a week 53 where ISO says so; in other years it is refused."""
    timeline = Timeline(date(1999, 1, 4), 10_000, "week")
    has_one = date(year, 12, 28).isocalendar().week == 53
    if has_one:
        monday = date.fromisocalendar(year, 53, 1)
        boundary = (monday - date(1999, 1, 4)).days // 7
        assert boundary == timeline.starting(f"{year}-W53")
        assert boundary + 1 == timeline.ending(f"{year}-W53")
    else:
        with pytest.raises(ValueError, match="week"):
            timeline.starting(f"{year}-W53")


@pytest.mark.parametrize("month", range(1, 13))
def test_fiscal_years(month: int) -> None:
    """A fiscal year is named for the year in which it ends; in January it is the calendar's."""
    timeline = Timeline("2027-01", 36, fiscal_year_start=month)
    for period in range(36):
        day = timeline.day(period)
        last = date(day.year, month, 1) - timedelta(days=1)
        if day > last:
            year, of = divmod(day.year * 12 + month - 1 + 11, 12)
            last = date(year, of + 1, calendar.monthrange(year, of + 1)[1])
        assert last.year == timeline.fiscal_year(period)


@pytest.mark.parametrize("unit", ["day", "week", "quarter"])
def test_fiscal_years_of_other_units(unit: str) -> None:
    """The fiscal year is that of the period's first day."""
    timeline = Timeline("2027-01-01", 8, unit, fiscal_year_start=4)
    assert 2027 == timeline.fiscal_year(0)
    assert (2028 if unit == "quarter" else 2027) == timeline.fiscal_year(1)


@pytest.mark.parametrize(
    ("unit", "start", "label", "until", "before"),
    [
        ("day", "2027-01-04", "2027-01-06", "2027-01-05", "before 2027-01-04"),
        ("week", "2027-01-04", "2027-01-18", "2027-01-17", "before 2027-01-04"),
        ("month", "2027-01", "2027-03", "2027-02", "before 2027-01"),
        ("quarter", "2027-01", "2027 Q3", "2027 Q2", "before 2027 Q1"),
        ("quarter", "2027-02", "2027-08-01", "2027-05-01", "before 2027-02-01"),
    ],
)
def test_labels(unit: str, start: str, label: str, until: str, before: str) -> None:
    """A period is named by its kind; an end is the last period that is over."""
    timeline = Timeline(start, 8, unit)
    assert (label, until, before) == (timeline.label(2), timeline.until(2), timeline.until(0))


@pytest.mark.parametrize("unit", ["day", "week", "month", "quarter"])
@pytest.mark.parametrize("period", [10**6, -(10**6), 10**15])
def test_labels_beyond_the_calendar(unit: str, period: int) -> None:
    """What no calendar holds is told by its number, by either name."""
    timeline = Timeline("2027-01-01", 8, unit)
    if unit != "day" or abs(period) > 10**7:
        assert f"{unit} {period}" == timeline.label(period)
    if period > 10**7:
        assert f"{unit} {period}" == timeline.until(period + 1)


def test_counts() -> None:
    """One is said in the singular, all else in the plural."""
    timeline = Timeline("2027-01", 8, "quarter")
    assert ["0 quarters", "1 quarter", "2 quarters"] == [timeline.count(n) for n in range(3)]


@pytest.mark.parametrize(
    ("timeline", "paths"),
    [
        (Timeline("2027-01", 12), []),
        (Timeline(date(2027, 1, 15), 12, "week"), []),
        (Timeline("2027-01", 10_000, "month"), []),
        (Timeline("2027-01", 0), ["t.periods"]),
        (Timeline("2027-01", True), ["t.periods"]),
        (Timeline("2027-01", 10_001), ["t.periods"]),
        (Timeline("2027-01-15", 12), ["t.start"]),
        (Timeline("2027-01-15", 12, "quarter"), ["t.start"]),
        (Timeline("soon", 12), ["t.start"]),
        (Timeline("2027-01", 12, "year"), ["t.unit"]),
        (Timeline("2027-01", 12, fiscal_year_start=13), ["t.fiscal_year_start"]),
        (Timeline("9990-01", 200), ["t.periods"]),
        (Timeline("", -1, "", 0), ["t.unit", "t.periods", "t.fiscal_year_start", "t.start"]),
    ],
)
def test_faults(timeline: Timeline, paths: list[str]) -> None:
    """Everything that is wrong is named at once, each in its place."""
    assert paths == [fault.path for fault in timeline.faults("t")]


def test_a_long_timeline_ends_within_the_calendar() -> None:
    """What ``faults`` lets pass, ``day`` can say to the end."""
    timeline = Timeline("7000-01", 9_000, "quarter")
    assert [] == list(timeline.faults())
    assert date(9250, 1, 1) == timeline.day(9_000)


def test_fiscal_quarters_and_months() -> None:
    """They count from the month in which the fiscal year begins."""
    timeline = Timeline("2027-01", 12, fiscal_year_start=4)
    assert [10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9] == [*map(timeline.fiscal_month, range(12))]
    assert [4, 4, 4, 1, 1, 1, 2, 2, 2, 3, 3, 3] == [*map(timeline.fiscal_quarter, range(12))]
    quarters = Timeline("2027-01", 5, "quarter", 7)
    assert [3, 4, 1, 2, 3] == [*map(quarters.fiscal_quarter, range(5))]
    assert [2027, 2027, 2028, 2028, 2028] == [*map(quarters.fiscal_year, range(5))]


@pytest.mark.parametrize("first", ["2020-01-06", "2024-12-30", "1999-06-07"])
def test_fiscal_weeks_from_january_are_those_of_the_iso_year(first: str) -> None:
    """The week nearest to the first of January begins the year, as ISO 8601 has it."""
    timeline = Timeline(first, 1_500, "week", 1, "4-4-5")
    for period in range(1_500):
        assert timeline.day(period).isocalendar().year == timeline.fiscal_year(period)


@pytest.mark.parametrize("pattern", ["4-4-5", "4-5-4", "5-4-4"])
def test_fiscal_weeks_fill_months_and_quarters(pattern: str) -> None:
    """Each quarter has thirteen weeks in the pattern; a 53rd week is the last month's."""
    timeline = Timeline("2026-02-01", 53 * 30, "week", 2, pattern)
    weeks: dict[int, list[int]] = {}
    for period in range(timeline.periods):
        year = weeks.setdefault(timeline.fiscal_year(period), [0] * 12)
        year[timeline.fiscal_month(period) - 1] += 1
        assert (timeline.fiscal_month(period) + 2) // 3 == timeline.fiscal_quarter(period)
    lengths = [int(part) for part in pattern.split("-")] * 4
    full = [year for year in weeks.values() if sum(year) >= 52]
    longer = [*lengths[:-1], lengths[-1] + 1]
    assert all(year in (lengths, longer) for year in full)
    assert 4 <= full.count(longer) <= 6


@pytest.mark.parametrize(
    ("begins", "weeks"),
    [
        ("2023-01-29", 53),
        ("2024-02-04", 52),
        ("2025-02-02", 52),
        ("2026-02-01", 52),
        ("2027-01-31", 52),
    ],
)
def test_fiscal_weeks_of_retail(begins: str, weeks: int) -> None:
    """The calendar of the National Retail Federation: Sundays nearest to the first of February."""
    timeline = Timeline("2022-01-02", 400, "week", 2, "4-5-4")
    period = timeline.starting(begins)
    year = timeline.fiscal_year(period)
    assert [year] * weeks == [timeline.fiscal_year(period + week) for week in range(weeks)]
    assert {year - 1, year + 1} == {timeline.fiscal_year(period + n) for n in (-1, weeks)}
    assert 1 == timeline.fiscal_month(period)


def test_faults_of_fiscal_weeks() -> None:
    """Patterns are known by name, and need weeks."""
    odd = Timeline("2027-01-04", 9, "week", 1, "4-4-4")
    assert ["'4-4-4' is no such pattern"] == [fault.problem for fault in odd.faults()]
    monthly = Timeline("2027-01", 9, fiscal_weeks="4-4-5")
    assert ["timeline.fiscal_weeks"] == [fault.path for fault in monthly.faults()]
