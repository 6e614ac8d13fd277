"""Sums of variables of a linear program, each with its coefficient."""

from __future__ import annotations

Terms = dict[int, int]
"""Coefficients of variables."""


def plus(*terms: Terms) -> Terms:
    """The sum of some terms; what comes to nothing is left out."""
    total: Terms = {}
    for each in terms:
        for step, amount in each.items():
            total[step] = total.get(step, 0) + amount
    return _something(total)


def difference(more: Terms, less: Terms) -> Terms:
    """What is left of one sum without another; what comes to nothing is left out."""
    total = more.copy()
    for step, amount in less.items():
        total[step] = total.get(step, 0) - amount
    return _something(total)


def minus(terms: Terms) -> Terms:
    """The same, taken away."""
    return {step: -amount for step, amount in terms.items()}


def _something(terms: Terms) -> Terms:
    return terms if all(terms.values()) else {step: n for step, n in terms.items() if n}
