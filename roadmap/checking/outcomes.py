"""An outcome goes somewhere, and something carries it there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from roadmap.checking.contract import Facts, records
from roadmap.errors import Fault, nearest


def outcomes(facts: Facts, faulty: Collection[str]) -> Iterator[Fault]:
    """Its target is not its baseline, some level carries it, and only what carries has weight."""
    for index, outcome in enumerate(records(facts.outcomes)):
        path = f"outcomes[{index}]"
        if path in faulty:
            continue
        if outcome.target == outcome.baseline:
            told = f"{outcome.target:,} is the baseline as well"
            yield Fault(f"{path}.target", told, "say what it shall become")
        if not outcome.capabilities:
            told = "no capability carries it"
            yield Fault(f"{path}.capabilities", told, "write it as {capability: level}")
        for capability in outcome.weights:
            if capability not in outcome.capabilities:
                told = f"{capability!r} has a weight, and is none of its capabilities"
                remedy = nearest(capability, outcome.capabilities)
                yield Fault(f"{path}.weights.{capability}", told, remedy)
