"""What is rarer in a network, in CP-SAT's words: accounts, twins, prices by start, soft waits."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from ortools.sat.python import cp_model

from roadmap.network import Account, SoftWait, Term
from roadmap.solvers.tables import at_least, looked_up


@attrs.frozen
class Work:
    """An activity's variables: start, finish (an expression), presence and modes."""

    start: cp_model.IntVar
    finish: cp_model.LinearExprT
    present: cp_model.IntVar
    modes: tuple[cp_model.IntVar, ...]


@attrs.frozen
class Time:
    """An event's variables: its time, and whether it happens."""

    time: cp_model.LinearExprT
    happens: cp_model.IntVar


def passed_by(
    model: cp_model.CpModel, wait: SoftWait, work: Work, event: Time, horizon: int, unit: int
) -> cp_model.LinearExprT:
    """What it costs, in units, to start before an event."""
    passed = model.new_bool_var("")
    model.add(work.start >= event.time).only_enforce_if(work.present, ~passed)
    model.add_bool_or(event.happens, passed, ~work.present)
    gap = model.new_int_var(0, horizon, "")
    model.add(gap + work.start >= event.time).only_enforce_if(work.present)
    return wait.rate // unit * gap + wait.once // unit * passed


def if_so(
    model: cp_model.CpModel, chosen: cp_model.IntVar, start: cp_model.IntVar, table: Sequence[int]
) -> cp_model.LinearExprT:
    """What a table without negative entries costs at a start, if a mode is chosen; else nothing."""
    price = at_least(model, start, table)
    cost = model.new_int_var(0, max(table), "")
    model.add(cost >= price).only_enforce_if(chosen)
    return cost


def keep(model: cp_model.CpModel, account: Account, works: Sequence[Work]) -> cp_model.LinearExprT:
    """Keep an account within its bounds; what is returned is what goes beyond a priced one."""
    total = sum(amount_of(model, term, works[term.activity]) for term in account.terms)
    if account.price is None:
        if account.least is not None:
            model.add(total >= account.least)
        if account.most is not None:
            model.add(total <= account.most)
        return 0
    assert account.most is not None
    most = sum(max(0, *term.amounts) for term in account.terms)
    excess = model.new_int_var(0, max(0, most - account.most), "")
    model.add(excess >= total - account.most)
    return excess


def amount_of(
    model: cp_model.CpModel, term: Term, work: Work, unit: int = 1
) -> cp_model.LinearExprT:
    """What a term adds, in units: its amount at the start if its mode is chosen, else nothing."""
    chosen = work.modes[term.mode]
    amounts = [amount // unit for amount in term.amounts]
    if len(amounts) == 1:
        return amounts[0] * chosen
    amount = looked_up(model, work.start, amounts)
    added = model.new_int_var(min(0, *amounts), max(0, *amounts), "")
    model.add(added == amount).only_enforce_if(chosen)
    model.add(added == 0).only_enforce_if(~chosen)
    return added


def bind(model: cp_model.CpModel, first: Work, second: Work, until: int) -> None:
    """Make two activities one decision if either starts before ``until``."""
    early = model.new_bool_var("")
    for work in (first, second):
        model.add_implication(early, work.present)
        model.add(work.start < until).only_enforce_if(early)
        model.add(work.start >= until).only_enforce_if(work.present, ~early)
    model.add(first.start == second.start).only_enforce_if(early)
    for one, other in zip(first.modes, second.modes, strict=True):
        model.add(one == other).only_enforce_if(early)
