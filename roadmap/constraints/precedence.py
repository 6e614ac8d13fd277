"""Dependencies between initiatives: generalised precedence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import attrs

from roadmap.facts import Dependency
from roadmap.fields import Record, of
from roadmap.parts import Lag, Part
from roadmap.plan import Plan
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Violation

_WORDS = {
    "FS": ("start", "finishes"),
    "SS": ("start", "starts"),
    "FF": ("finish", "finishes"),
    "SF": ("finish", "starts"),
}


@attrs.frozen
class Precedence(Constraint):
    """An end of the successor comes at least a lag after an end of the predecessor.

    The successor can be in the plan only if the predecessor is. As a rule a soft dependency holds
    like a hard one: facts do not imply it, but it can be added.

    Attributes
    ----------
    dependency
        The fact.

    References
    ----------
    M. Bartusch, R. H. Möhring, F. J. Radermacher, "Scheduling project networks with resource
    constraints and time windows", Annals of Operations Research 16, 1988.
    """

    dependency: Dependency = attrs.field(metadata=of(Record((Dependency,))))

    @classmethod
    def implied_by(cls, portfolio: Portfolio) -> Iterator[Self]:
        """Every hard dependency."""
        return (cls(dependency) for dependency in portfolio.dependencies if not dependency.soft)

    @property
    def name(self) -> str:
        """``X → Y``, with the link if it is not finish to start."""
        link = "" if self.dependency.link == "FS" else f" ({self.dependency.link})"
        return f"{self.dependency.predecessor} → {self.dependency.successor}{link}"

    @property
    def basis(self) -> str:
        """The dependency's basis."""
        return self.dependency.basis

    def check(self, plan: Plan) -> Iterator[Violation]:
        """If a successor is placed, so is each predecessor, and far enough before."""
        for tie in plan.portfolio.ties_of(self.dependency):
            yield from self._judged(tie, plan)

    def _judged(self, fact: Dependency, plan: Plan) -> Iterator[Violation]:
        """One pair of initiatives."""
        after = plan.placed.get(fact.successor)
        before = plan.placed.get(fact.predecessor)
        if after is None:
            return
        if before is None:
            message = f"{fact.successor} is in the plan without {fact.predecessor}"
            yield Violation(self.name, message, (fact.successor, fact.predecessor), 1)
            return
        sooner = before.start if fact.link in ("SS", "SF") else before.finish
        later = after.start if fact.link in ("FS", "SS") else after.finish
        missing = sooner + fact.lag - later
        if missing > 0:
            does, _ = _WORDS[fact.link]
            message = (
                f"{fact.successor} {does}s {plan.portfolio.timeline.count(missing)} too soon: "
                f"it may {does} {_moment(fact, plan.portfolio)}"
            )
            yield Violation(self.name, message, (fact.successor, fact.predecessor), missing)

    def post(self, portfolio: Portfolio) -> Iterator[Part]:
        """A lag between the linked ends; for programmes one for each pair of initiatives."""
        for tie in portfolio.ties_of(self.dependency):
            yield Lag(
                tie.predecessor,
                tie.successor,
                self.name,
                tie.lag,
                from_finish=tie.link in ("FS", "FF"),
                to_finish=tie.link in ("FF", "SF"),
            )

    def sentence(self, portfolio: Portfolio) -> str:
        """Say it in business words."""
        fact = self.dependency
        does, _ = _WORDS[fact.link]
        return f"{fact.successor} may {does} {_moment(fact, portfolio)}"


def _moment(fact: Dependency, portfolio: Portfolio) -> str:
    """From when on the successor may, measured from its predecessor."""
    _, done = _WORDS[fact.link]
    if not fact.lag:
        return f"only after {fact.predecessor} {done}"
    way = "after" if fact.lag > 0 else "before"
    span = portfolio.timeline.count(abs(fact.lag))
    return f"at the earliest {span} {way} {fact.predecessor} {done}"
