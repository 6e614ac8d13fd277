"""Each category by its own measures: maintain, improve, transform.

To hold all work to one yardstick stops the work that it does not fit: what keeps the business
running earns nothing, and what may change it earns nothing yet.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from roadmap._text import html_table, money, safe, text_table
from roadmap.discounting import factors
from roadmap.errors import FaultyInputError
from roadmap.facts import Need
from roadmap.fields import Known, Percent
from roadmap.forecasts import as_plan
from roadmap.plan import Plan
from roadmap.result import Result
from roadmap.yardsticks import improve, maintain, transform
from roadmap.yardsticks.cases import Case, raising
from roadmap.yardsticks.improve import Improved, improved
from roadmap.yardsticks.maintain import Kept, Maintained, maintained
from roadmap.yardsticks.transform import Opened, Transformed, transformed


@attrs.frozen
class Categories:
    """Every category of a plan by its own yardstick; they print as separate tables.

    Attributes
    ----------
    maintain
        By the risk exposure and the run cost that its work ends.
    improve
        By payback, net present value and return on investment.
    transform
        By the options that its work opens and the windows that are reached.
    discount
        Percent a year by which later money is worth less.
    currency
        The unit of money.
    notes
        What the figures do not say.
    """

    maintain: Maintained
    improve: Improved
    transform: Transformed
    discount: int | float
    currency: str = ""
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        tables = (
            f"{title}\n\n{text_table(head, rows)}" if rows else f"{title}\n\nnothing"
            for title, head, rows in self._tables()
        )
        return "\n\n".join([*tables, *self.notes])

    def _repr_html_(self) -> str:
        tables = (html_table(head, rows, title) for title, head, rows in self._tables())
        return "".join([*tables, *(f"<p>{safe(note)}</p>" for note in self.notes)])

    def _tables(self) -> list[tuple[str, Sequence[str], list[list[str]]]]:
        """Title, head and rows of each category's table."""
        of = f", {self.currency}" if self.currency else ""
        return [
            (
                f"maintain: risk and run cost that are ended{of}",
                maintain.HEAD,
                self.maintain.rows(),
            ),
            (
                f"improve: business case at {self.discount} % a year{of}",
                improve.HEAD,
                self.improve.rows(),
            ),
            (f"transform: options that are opened{of}", transform.HEAD, self.transform.rows()),
        ]


def evaluate_categories(given: Result | Plan, discount: int | float | None = None) -> Categories:
    """Judge each category of a plan by its own measures.

    A need is judged where the work belongs that raises its level in the plan (or, of a level that
    is there today, that gates it): with *transform* if any of it transforms, with *maintain* if
    all of it maintains, else with *improve*, as is work of no stated category.

    Parameters
    ----------
    given
        A result that has a plan, or any portfolio and schedule as a ``Plan``.
    discount
        Percent a year by which later money is worth less, 0 to 100 with at most two decimals;
        default the portfolio's own rate, or else 0. See ``roadmap.discounting``.

    Raises
    ------
    InfeasibleError
        The result has no plan.
    FaultyInputError
        The discount is no such number.
    """
    plan = as_plan(given)
    rate = plan.portfolio.discount_rate or 0 if discount is None else discount
    faults = list(Percent().faults(rate, "discount", Known()))
    if faults:
        raise FaultyInputError(faults, "the discount rate")
    needs = [need for need in plan.portfolio.needs if _category(plan, need) == "improve"]
    return Categories(
        maintain=maintained(plan),
        improve=improved(plan, needs, factors(rate, plan.portfolio.timeline)),
        transform=transformed(plan),
        discount=rate,
        currency=plan.portfolio.currency,
        notes=_notes(plan, given),
    )


def _category(plan: Plan, need: Need) -> str | None:
    """Whose yardstick a need is judged by; ``None`` for one that no work in the plan attains."""
    if plan.met(need) is None:
        return None
    facts = plan.portfolio.initiative
    names = raising(plan, need.capability, need.level) or need.gated_by
    found = {facts[name].category for name in names}
    if not found or found == {"maintain"}:
        return "maintain" if found else None
    return "transform" if "transform" in found else "improve"


def _notes(plan: Plan, given: Result | Plan) -> tuple[str, ...]:
    """What no table counts: run cost, needs that are not met, needs without value."""
    notes = []
    if isinstance(given, Result) and given.evaluation and "run cost" in given.evaluation.terms:
        told = money(given.evaluation.terms["run cost"], plan.portfolio.currency)
        notes.append(f"run cost of what is not yet retired: {told}")
    kept = [n.label for n in plan.portfolio.needs if _category(plan, n) == "maintain"]
    if kept:
        notes.append(f"met by work that maintains, and given no return: {', '.join(kept)}")
    unmet = [need.label for need in plan.portfolio.needs if plan.met(need) is None]
    if unmet:
        notes.append(f"never met in this plan: {', '.join(unmet)}")
    if plan.portfolio.unpriced_note:
        notes.append(plan.portfolio.unpriced_note)
    return tuple(notes)


__all__ = [
    "Case",
    "Categories",
    "Improved",
    "Kept",
    "Maintained",
    "Opened",
    "Transformed",
    "evaluate_categories",
]
