"""Needs that nobody can be asked about: without value, owner, measure or basis."""

from __future__ import annotations

from collections.abc import Iterator

from roadmap.checking.contract import Facts
from roadmap.facts import Need
from roadmap.findings.contract import Finding


def unpriced(facts: Facts) -> tuple[Need, ...]:
    """The needs that lose nothing at any time: no total counts them."""
    return tuple(need for need in facts.needs if not any(need.loss.table(facts.timeline)))


def without_value(facts: Facts) -> Iterator[Finding]:
    """Needs that lose nothing at any time, and so move nothing in a plan."""
    without = {need.label for need in unpriced(facts)}
    for index, need in enumerate(facts.needs):
        if need.label in without:
            yield Finding(
                "need without value",
                f"needs[{index}].loss",
                f"{need.label} loses nothing at any time, so no plan is better for it",
                "state what a period without it costs, or take the need out",
            )


def without_owner(facts: Facts) -> Iterator[Finding]:
    """Needs that nobody in the business stands for."""
    for index, need in enumerate(facts.needs):
        if need.owner is None:
            told = f"nobody in the business answers for {need.label}"
            yield Finding("need without owner", f"needs[{index}].owner", told, "name who does")


def without_technology_owner(facts: Facts) -> Iterator[Finding]:
    """Needs whose work nobody answers for."""
    for index, need in enumerate(facts.needs):
        if need.technology_owner is None:
            yield Finding(
                "need without technology owner",
                f"needs[{index}].technology_owner",
                f"nobody answers for the work that brings {need.label}",
                "name who does",
            )


def without_measure(facts: Facts) -> Iterator[Finding]:
    """Needs of which nobody could tell whether they are met."""
    measures = {item.name: item.measures for item in facts.capabilities}
    for index, need in enumerate(facts.needs):
        if not need.measure and need.level not in measures[need.capability]:
            yield Finding(
                "need without measure",
                f"needs[{index}].measure",
                f"nothing says how to tell that {need.capability} is at level {need.level}",
                f"state a measure here, or under measures of {need.capability}",
            )


def without_basis(facts: Facts) -> Iterator[Finding]:
    """Needs whose figures come from nowhere; where there is no figure, nothing is asked."""
    without = {need.label for need in unpriced(facts)}
    for index, need in enumerate(facts.needs):
        if not need.basis and need.label not in without:
            yield Finding(
                "need without basis",
                f"needs[{index}].basis",
                f"nothing says where the loss of {need.label} comes from",
                "state its source",
            )
