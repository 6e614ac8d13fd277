"""Networks with drawn cash flows: the net present value is to be as large as can be.

The public files of the discounted-cash-flow literature hold durations, demands and precedence
only. So the cash flow of activity ``j`` (from 0, source and sink included) of the instance ``name``
(its file without the ending, in small letters) is drawn: the first eight bytes, big endian, of
SHA-256 of ``name:j``, modulo 1,001, less 500. It comes in when the activity is finished, and is
worth ``exp(-0.01 C)`` of itself at time ``C``. Every activity is done by the time that all take one
after another. Said as a loss: what a cash flow is worth at each finish, with its sign turned, in
hundredths, rounded, so that none is off by more than half of a hundredth.
"""

from __future__ import annotations

import hashlib
import math
from pathlib import Path

import attrs

from roadmap.facts import Capability, Need
from roadmap.io import read_patterson
from roadmap.losses import Table
from roadmap.problem import Problem
from roadmap.schedule import Schedule

RATE = 0.01
SCALE = 100
MOST = 500


@attrs.frozen
class CashFlows:
    """An instance: the question, and what each activity brings in when it is finished."""

    problem: Problem
    flows: dict[str, int]

    def value(self, schedule: Schedule) -> float:
        """The net present value of a schedule, from its finishes alone."""
        return sum(
            flow * math.exp(-RATE * schedule[job].finish) for job, flow in self.flows.items()
        )

    def left(self, cost: int) -> float:
        """The net present value of a cost."""
        return -cost / SCALE


def cash_flows(path: Path) -> CashFlows:
    """An instance by its file."""
    facts = read_patterson(path).portfolio
    name = path.stem.lower()
    drawn = {item.name: drawn_flow(name, int(item.name) - 1) for item in facts.initiatives}
    flows = {job: flow for job, flow in drawn.items() if flow}
    periods = facts.timeline.periods
    portfolio = facts.replace(
        capabilities=[Capability(f"activity {job}") for job in flows],
        needs=[Need(f"activity {job}", 1, _lost(flow, periods)) for job, flow in flows.items()],
        initiatives=[
            attrs.evolve(item, raises={f"activity {item.name}": 1} if item.name in flows else {})
            for item in facts.initiatives
        ],
    )
    return CashFlows(Problem(portfolio), flows)


def drawn_flow(name: str, job: int) -> int:
    """The cash flow of an activity, the same everywhere."""
    drawn = int.from_bytes(hashlib.sha256(f"{name}:{job}".encode()).digest()[:8], "big")
    return drawn % (2 * MOST + 1) - MOST


def _lost(flow: int, periods: int) -> Table:
    """What a cash flow is worth at each boundary, with its sign turned, in hundredths."""
    return Table([round(-SCALE * flow * math.exp(-RATE * at)) for at in range(periods + 1)])
