"""Sums of variables of a linear program, each with its coefficient."""

from __future__ import annotations

from collections import defaultdict

Terms = dict[int, int]
"""Coefficients of variables."""


def plus(*terms: Terms) -> Terms:
    """The sum of some terms; what comes to nothing is left out."""
    total: defaultdict[int, int] = defaultdict(int)
    for each in terms:
        for step, amount in each.items():
            total[step] += amount
    return {step: amount for step, amount in total.items() if amount}


def minus(terms: Terms) -> Terms:
    """The same, taken away."""
    return {step: -amount for step, amount in terms.items()}
