"""Deadlines that are artificial: nothing gets dearer when they pass.

A deadline is real where the loss curve bends upwards at its date: where from then on a period
of delay costs more than a period before did (D. G. Reinertsen, *The Principles of Product
Development Flow*, 2009, on urgency profiles).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from roadmap.checking.contract import Facts
from roadmap.facts import Initiative, Need
from roadmap.findings.contract import Finding
from roadmap.lineage import Lineage
from roadmap.losses import Loss, LossSum
from roadmap.timeline import Timeline

_KIND = "artificial deadline"


def bends(table: Sequence[int]) -> frozenset[int]:
    """Boundaries after which a period of delay costs more than the period before them did.

    The period before the start of the timeline costs nothing; at its end nothing can bend.
    """
    steps = [0, *(later - sooner for sooner, later in pairwise(table))]
    return frozenset(at for at in range(len(table) - 1) if steps[at + 1] > steps[at])


def without_bend(facts: Facts) -> Iterator[Finding]:
    """Due dates of needs at which nothing changes, and hard limits of work that rest on none."""
    for index, need in enumerate(facts.needs):
        yield from _of_need(need, f"needs[{index}].loss", facts.timeline)
    lineage = Lineage(facts)
    bent = {n.label: bends(n.ramped(n.loss.table(facts.timeline))) for n in facts.needs}
    for index, item in enumerate(facts.initiatives):
        if item.latest_finish is None or item.mandate or _is_real(item, facts, lineage, bent):
            continue
        last = facts.timeline.last_day(facts.timeline.ending(item.latest_finish))
        told = f"{item.name} must be finished by {last}, and no need gets dearer then"
        remedy = "state its mandate, or the need's penalty, or take it out"
        yield Finding(_KIND, f"initiatives[{index}].latest_finish", told, remedy)


def _of_need(need: Need, path: str, timeline: Timeline) -> Iterator[Finding]:
    """The dated parts of a need's loss that are without effect."""
    single = not isinstance(need.loss, LossSum)
    for at, part in enumerate(_parts(need.loss)):
        due = part.due(timeline)
        if due is None or due in bends(part.table(timeline)):
            continue
        place = path if single else f"{path}[{at}]"
        if due >= timeline.periods:
            told = f"the due date of {need.label} is the end of the timeline: nobody can miss it"
            yield Finding(_KIND, place, told, "lengthen the timeline, or set it sooner")
        else:
            told = f"nothing is lost when {need.label} misses {timeline.last_day(due)}"
            yield Finding(_KIND, place, told, "state what missing it costs, or take the date out")


def _parts(loss: Loss) -> Sequence[Loss]:
    return loss.parts if isinstance(loss, LossSum) else (loss,)


def _is_real(
    item: Initiative, facts: Facts, lineage: Lineage, bent: Mapping[str, frozenset[int]]
) -> bool:
    """Whether a bend in a need's loss accounts for a latest finish.

    It does at that very boundary, where the work meets the need itself; there or later, where it
    is further upstream.
    """
    assert item.latest_finish is not None
    limit = facts.timeline.ending(item.latest_finish) + item.ramp
    if any(limit in bent[need.label] for need in lineage.needs([item.name])):
        return True
    later = lineage.needs(lineage.onward(item.name))
    return any(max(bent[need.label], default=-1) >= limit for need in later)
