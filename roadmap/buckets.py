"""The stretches of time over which money is counted: periods, fiscal years, the whole."""

from __future__ import annotations

from itertools import groupby

import attrs

from roadmap.timeline import Timeline

PER = ("period", "fiscal year", "total")
"""How long a bucket may be."""


@attrs.frozen
class Bucket:
    """A stretch of whole periods.

    Attributes
    ----------
    periods
        The periods, in their order.
    label
        When that is, for people: ``in 2027-03``, ``in fiscal year 2028``, ``in all``.
    """

    periods: range
    label: str


def buckets(timeline: Timeline, per: str) -> tuple[Bucket, ...]:
    """Cut a timeline into buckets.

    Parameters
    ----------
    timeline
        The timeline. A period belongs to the fiscal year of its first day.
    per
        One of ``PER``.
    """
    periods = range(timeline.periods)
    if per == "total":
        return (Bucket(periods, "in all"),)
    if per == "period":
        return tuple(Bucket(range(at, at + 1), f"in {timeline.label(at)}") for at in periods)
    years = groupby(periods, timeline.fiscal_year)
    return tuple(Bucket(_stretch([*at]), f"in fiscal year {year}") for year, at in years)


def _stretch(periods: list[int]) -> range:
    return range(periods[0], periods[-1] + 1)
