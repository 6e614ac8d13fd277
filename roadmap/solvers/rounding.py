"""Plans by rounding: list schedules in the order in which the fractions of a linear program start.

A linear program over steps starts an activity part by part. When half of it has started, or any
other share, or its parts on average, is a point in time; a list in the order of these points knows
of all urgency, prerequisites and teams at once, where a rule looks at one activity after another.
With a thousand initiatives it is the best plan by far that is had in some seconds.

References
----------
L. A. Hall, A. S. Schulz, D. B. Shmoys, J. Wein, Mathematics of Operations Research 22, 1997; C. A.
Phillips, C. Stein, J. Wein, Mathematical Programming 82, 1998, for points of any share.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from roadmap.network import Assignment
from roadmap.solvers.generation import Scheme
from roadmap.solvers.lists import list_plan

ROUNDING = "rounding"

_SHARES = (0.5, 0.25, 0.75)
"""The points that are tried, beside the average."""

_SLIGHT = 1e-3
"""Of what has started by less than this nothing has."""


def rounded(scheme: Scheme, courses: Sequence[Sequence[float]]) -> Iterator[Assignment]:
    """List schedules by some points of each activity.

    Parameters
    ----------
    scheme
        The network's serial scheme.
    courses
        For each activity, how much of it has started by each moment, from 0 to 1.
    """
    rising = [list(accumulate(course, max)) for course in courses]
    ranks = [[_average(course) for course in rising]]
    ranks += [[_point(course, share) for course in rising] for share in _SHARES]
    for rank in ranks:
        plan, _ = list_plan(scheme, rank)
        if plan is not None:
            yield plan


def _average(course: Sequence[float]) -> float:
    """When what starts does so on average; after all others if nothing does."""
    total = course[-1]
    if total < _SLIGHT:
        return float(len(course))
    return sum(1 - part / total for part in course)


def _point(course: Sequence[float], share: float) -> float:
    """When so much has started of what starts at all; after all others if nothing does."""
    goal = share * course[-1]
    if course[-1] < _SLIGHT:
        return float(len(course))
    at = bisect_left(course, goal)
    before = course[at - 1] if at else 0.0
    return at - (course[at] - goal) / (course[at] - before)
