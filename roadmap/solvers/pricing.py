"""CP-SAT's model with what prices have proven of a network.

Two things are told. Nothing starts where that alone makes a plan too dear. And the objective is no
less than the bound and what all steps aside from the cheapest add to it, in one row: so each
decision of the search lifts its bound at once, and what is dear together is ruled out together,
where CP-SAT's own reckoning would have to find it out again below each decision.

References
----------
M. Sellmann, T. Fahle, "Constraint programming based Lagrangian relaxation for the automatic
recording problem", Annals of Operations Research 118, 2003.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ortools.sat.python import cp_model

from roadmap.network import Assignment, Network
from roadmap.solvers.bounds.proof import SCALE, Proof, Surcharge, surcharges
from roadmap.solvers.encoding import Encoding

_PARTS = 20
"""Into so many parts what a plan may cost beyond the bound is divided: no surcharge is less."""


def priced(network: Network, proof: Proof | None, plan: Assignment | None, cost: int) -> Encoding:
    """The model of a network as far as a plan, and all that cost less than ``cost``, lie there.

    Parameters
    ----------
    network
        What is planned.
    proof
        What is known; ``None`` for nothing, and the model holds all plans.
    plan
        A sound plan; ``None`` for only those that cost less.
    cost
        No plan that costs as much is looked for.
    """
    if proof is None:
        return Encoding(network)
    encoding = Encoding(proof.narrowed(network, plan, cost))
    unit = SCALE * encoding.unit
    most = max(1, (cost * SCALE - proof.weighed) // unit)
    least = max(1, most // _PARTS)
    terms: list[cp_model.LinearExprT] = []
    works = [(work.start, work.present) for work in encoding.works]
    events = [(event.time, event.happens) for event in encoding.times]
    for (time, happens), options in (
        *zip(works, proof.options, strict=False),
        *zip(events, proof.events, strict=False),
    ):
        if not isinstance(time, int):  # one that always comes about at once adds nothing
            charged = surcharges(options, unit, most, least)
            terms += _charges(encoding.model, time, happens, charged)
    bound = -((encoding.offset * SCALE - proof.weighed) // unit)
    encoding.model.add(encoding.objective >= bound + sum(terms))
    return encoding


def _charges(
    model: cp_model.CpModel,
    time: cp_model.LinearExprT,
    happens: cp_model.IntVar,
    charged: Iterable[Surcharge],
) -> Iterator[cp_model.LinearExprT]:
    """What surcharges come to for something that happens, if it does, at a time."""
    for moment, later, cost in charged:
        if moment is None:
            yield cost * (happens if later else 1 - happens)
            continue
        pays = model.new_bool_var("")
        spared = time <= moment - 1 if later else time >= moment + 1
        model.add(spared).only_enforce_if(~pays, happens)
        yield cost * pays
