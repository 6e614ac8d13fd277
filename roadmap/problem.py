"""The question: a portfolio, the rules to keep and the cost to minimise.

Problems are algebra: ``with_`` a rule, ``without`` a rule, ``replace`` the facts or the
objective; each gives another problem and leaves this one as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

import attrs

from roadmap import constraints, objectives
from roadmap._frozen import frozen_fields
from roadmap.errors import Fault, ProblemError, nearest
from roadmap.fields import Known, faults_of
from roadmap.network import Network, build_network
from roadmap.parts import Part
from roadmap.portfolio import Portfolio
from roadmap.rules import Constraint, Objective, Traded


@attrs.frozen(field_transformer=frozen_fields)
class Problem:
    """What a solver is asked.

    Attributes
    ----------
    portfolio
        The facts, which imply the standard rules.
    objective
        The terms whose sum is minimised; default the standard ones that the facts give anything
        to count: always the needs' losses and the delivery cost.
    added
        Rules beside those that the facts imply; default none.
    removed
        Names of rules that are lifted; default none.

    Raises
    ------
    ProblemError
        A rule names what the portfolio does not hold, or a lifted rule does not exist.
    """

    portfolio: Portfolio
    objective: Sequence[Objective] = attrs.field(
        default=attrs.Factory(lambda self: objectives.standard(self.portfolio), takes_self=True)
    )
    added: Sequence[Constraint] = ()
    removed: Sequence[str] = ()

    def __attrs_post_init__(self) -> None:
        """Check the added and the lifted rules against the facts."""
        faults = list(self._faults())
        if faults:
            raise ProblemError(faults)

    def _faults(self) -> Iterator[Fault]:
        facts = self.portfolio
        names = {
            "capabilities": tuple(facts.capability),
            "categories": facts.categories,
            "initiatives": tuple(facts.initiative),
            "systems": tuple(facts.system),
            "teams": tuple(facts.team),
            "units": tuple(facts.unit),
            "work": (*facts.initiative, *facts.programme),
        }
        names |= {
            f"modes of {item.name}": tuple(way.name for way in item.ways)
            for item in facts.initiatives
        }
        known = Known(names, facts.timeline)
        for rule in (*self.added, *self.objective):
            yield from faults_of(rule, type(rule).__name__, known)
        rules = {rule.name for rule in (*self._implied, *self.added)}
        for name in self.removed:
            if name not in rules:
                yield Fault("removed", f"no rule is called {name!r}", nearest(name, rules))

    @cached_property
    def _implied(self) -> tuple[Constraint, ...]:
        return tuple(
            rule for kind in constraints.STANDARD for rule in kind.implied_by(self.portfolio)
        )

    @cached_property
    def constraints(self) -> tuple[Constraint, ...]:
        """Every rule that holds: those the facts imply, less the lifted, and the added."""
        lifted = frozenset(self.removed)
        return tuple(rule for rule in (*self._implied, *self.added) if rule.name not in lifted)

    def with_(self, *rules: Constraint) -> Problem:
        """The same question under further rules."""
        return attrs.evolve(self, added=(*self.added, *rules))

    def without(self, *rules: Constraint | str) -> Problem:
        """The same question with rules lifted, given by name or by themselves."""
        names = [rule if isinstance(rule, str) else rule.name for rule in rules]
        return attrs.evolve(self, removed=(*self.removed, *names))

    def replace(
        self, *, portfolio: Portfolio | None = None, objective: Sequence[Objective] | None = None
    ) -> Problem:
        """The same question about other facts, or with another objective.

        An objective that is the standard one, at whatever exchange rate, stays so about other
        facts.
        """
        facts = self.portfolio if portfolio is None else portfolio
        if objective is None:
            rates = [term.kappa for term in self.objective if isinstance(term, Traded)]
            kappa = rates[0] if rates else 1
            standard = self.objective == objectives.standard(self.portfolio, kappa)
            objective = objectives.standard(facts, kappa) if standard else self.objective
        return attrs.evolve(self, portfolio=facts, objective=objective)

    @property
    def has_trade(self) -> bool:
        """Whether urgency and foundations can be traded at all.

        They can where something soft or an option value counts. Where all dependencies are hard
        and no option value is stated, urgency reaches the foundations through the rules, exactly;
        then ``with_kappa`` changes nothing.
        """
        return any(
            isinstance(term, Traded) and term.applies(self.portfolio) for term in self.objective
        )

    def with_kappa(self, kappa: int | Fraction) -> Problem:
        """The same question at another exchange rate between urgency and foundations.

        Parameters
        ----------
        kappa
            What one money unit of debt or option value counts beside one of the needs' losses: a
            whole number or a ``Fraction``, from 0 to 1,000,000. 1 stands for the declared prices,
            towards 0 is business first, large is foundations first.

        Raises
        ------
        ProblemError
            It is no exact number, or out of range.
        """
        terms = [objectives.at_rate(term, kappa) for term in self.objective]
        return attrs.evolve(self, objective=terms)

    @cached_property
    def network(self) -> Network:
        """The integers that solvers read."""
        return build_network(self.portfolio, self._posted())

    def _posted(self) -> Iterator[Part]:
        for rule in self.constraints:
            yield from rule.post(self.portfolio)
        for term in self.objective:
            yield from term.post(self.portfolio)

    @cached_property
    def fingerprint(self) -> str:
        """A short hash of the whole question; equal for equal questions on any machine."""
        told = repr((self.portfolio, self.objective, self.added, sorted(self.removed)))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def as_problem(question: Portfolio | Problem) -> Problem:
    """Take a portfolio as its standard problem."""
    return question if isinstance(question, Problem) else Problem(question)
