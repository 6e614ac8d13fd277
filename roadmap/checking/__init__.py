"""The check of a portfolio as a whole: every fault at once, each with its path and remedy.

First each record's own fields, by the kinds that stand beside them; then, only where the
records themselves are sound, what they say together.
"""

from __future__ import annotations

import re

from roadmap.checking.calendars import calendars
from roadmap.checking.choices import programmes, selections, ties_of_programmes
from roadmap.checking.circles import circles
from roadmap.checking.contract import Facts
from roadmap.checking.dependencies import repeated_dependencies
from roadmap.checking.floors import floors
from roadmap.checking.levels import levels
from roadmap.checking.limits import limits
from roadmap.checking.map import parents
from roadmap.checking.money import money
from roadmap.checking.names import duplicates, known_names
from roadmap.checking.outcomes import outcomes
from roadmap.checking.pilots import pilots
from roadmap.checking.softness import softness
from roadmap.checking.systems import systems
from roadmap.checking.teams import skills, teams
from roadmap.checking.ways import ways
from roadmap.errors import Fault
from roadmap.fields import faults_of


def faults_of_portfolio(facts: Facts) -> list[Fault]:
    """Name everything that is wrong with the facts; an empty list when they are sound."""
    known, faults = known_names(facts)
    faults += faults_of(facts, "", known)
    faulty = frozenset(match[0] for fault in faults if (match := _RECORD.match(fault.path)))
    faults += duplicates(facts)
    faults += parents(facts)
    faults += ways(facts, faulty)
    faults += repeated_dependencies(facts, faulty)
    faults += softness(facts, faulty)
    faults += limits(facts, faulty)
    faults += systems(facts, faulty)
    faults += pilots(facts, faulty)
    faults += calendars(facts, faulty)
    faults += teams(facts, faulty)
    if not any(path.startswith(("teams", "initiatives")) for path in faulty):
        faults += skills(facts)
    faults += selections(facts, faulty)
    faults += programmes(facts, faulty)
    faults += ties_of_programmes(facts, faulty)
    faults += money(facts, faulty)
    faults += outcomes(facts, faulty)
    if not any(
        path.startswith(("capabilities", "initiatives", "needs", "outcomes")) for path in faulty
    ):
        faults += levels(facts)
        if known.timeline is not None:
            faults += floors(facts)
    return faults or list(circles(facts))


_RECORD = re.compile(r"\w+(\[\d+\])?")
"""The record that a path leads into; or the whole list, when that is no list at all."""
