"""PSPLIB instances with urgency: cost of delay on four jobs in ten, the rest foundations.

The weight of job ``j`` (from 0, source and sink included) of the instance ``name`` is read off the
first eight bytes, big endian, of SHA-256 of ``name:j``: 0 when they are below 600 modulo 1,000,
else 1 plus their thousands modulo 100.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import attrs

from benchmarks import psplib
from roadmap.facts import Capability, Need
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio


def weighted(data: Path, name: str) -> Portfolio:
    """An instance as a portfolio: each weighted job raises a capability that a need asks for."""
    facts = psplib.read(data, name).portfolio
    valued = weights(name, facts)
    return facts.replace(
        capabilities=[Capability(f"job {job}") for job in valued],
        needs=[Need(f"job {job}", 1, CostOfDelay(amount)) for job, amount in valued.items()],
        initiatives=[
            attrs.evolve(item, raises={f"job {item.name}": 1} if item.name in valued else {})
            for item in facts.initiatives
        ],
    )


def weights(name: str, facts: Portfolio) -> dict[str, int]:
    """The weight of each job of an instance that has any."""
    drawn = {item.name: _weight(name, int(item.name) - 1) for item in facts.initiatives}
    return {job: amount for job, amount in drawn.items() if amount}


def _weight(name: str, job: int) -> int:
    """Cost of delay of a job, the same everywhere."""
    drawn = int.from_bytes(hashlib.sha256(f"{name}:{job}".encode()).digest()[:8], "big")
    return 0 if drawn % 1000 < 600 else 1 + drawn // 1000 % 100
