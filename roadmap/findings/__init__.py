"""Findings: what is no fault, and yet keeps a plan from being believed.

A fault makes a portfolio mean nothing, and is refused. A finding lets it mean something that
nobody has answered for: a need of which nobody said what it is worth is planned as worth nothing.
Each kind of finding is a function from the facts; ``KINDS`` are all of them, in their order.
"""

from collections.abc import Callable, Iterator

from roadmap.checking.contract import Facts
from roadmap.findings import (
    bases,
    capabilities,
    deadlines,
    holidays,
    needs,
    outcomes,
    pilots,
    systems,
    work,
)
from roadmap.findings.contract import Finding, Findings
from roadmap.findings.needs import unpriced

KINDS: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    needs.without_value,
    needs.without_owner,
    needs.without_technology_owner,
    needs.without_measure,
    needs.without_basis,
    outcomes.without_owner,
    outcomes.without_measure,
    outcomes.carried_by_nothing,
    pilots.without_test,
    systems.without_basis,
    work.serving_no_need,
    work.without_basis,
    deadlines.without_bend,
    holidays.without_effect,
    bases.unstated,
    capabilities.without_use,
)


def findings_of(facts: Facts) -> Findings:
    """Everything that is found in a portfolio."""
    return Findings(each for kind in KINDS for each in kind(facts))


__all__ = ["KINDS", "Finding", "Findings", "findings_of", "unpriced"]
