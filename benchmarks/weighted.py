"""PSPLIB instances with urgency: cost of delay on four jobs in ten, the rest foundations.

The weight of job ``j`` (from 0, source and sink included) of the instance ``name`` is read off the
first eight bytes, big endian, of SHA-256 of ``name:j``: 0 when they are below 600 modulo 1,000,
else 1 plus their thousands modulo 100. The instances are at https://www.om-db.wi.tum.de/psplib/.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import attrs

from roadmap.facts import Capability, Need
from roadmap.io import read_psplib
from roadmap.losses import CostOfDelay
from roadmap.portfolio import Portfolio

HARD = (
    "j6013_1", "j6029_1", "j6045_1", "j609_1",
    "j12011_1", "j12016_1", "j1206_1", "j12032_1",
)  # fmt: skip
"""Instances without a proof in the public tables; annealing was tuned on others."""


def weighted(data: Path, name: str) -> Portfolio:
    """An instance as a portfolio: each weighted job raises a capability that a need asks for."""
    family = "j120" if name.startswith("j120") else name[:3]
    facts = read_psplib(data / "psplib" / family / f"{name}.sm").portfolio
    weights = {item.name: weight(name, int(item.name) - 1) for item in facts.initiatives}
    valued = [job for job, amount in weights.items() if amount]
    return facts.replace(
        capabilities=[Capability(f"job {job}") for job in valued],
        needs=[Need(f"job {job}", 1, CostOfDelay(weights[job])) for job in valued],
        initiatives=[
            attrs.evolve(item, raises={f"job {item.name}": 1} if weights[item.name] else {})
            for item in facts.initiatives
        ],
    )


def weight(name: str, job: int) -> int:
    """Cost of delay of a job, the same everywhere."""
    drawn = int.from_bytes(hashlib.sha256(f"{name}:{job}".encode()).digest()[:8], "big")
    return 0 if drawn % 1000 < 600 else 1 + drawn // 1000 % 100
