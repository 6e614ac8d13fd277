"""Choosing other work where an account is broken, or another order: what is wanted, and an end."""

from __future__ import annotations

import attrs

from roadmap.network import Account, Network, Slot, Term
from roadmap.solvers.generation import Scheme
from roadmap.solvers.mending import generate_mended
from tests.solvers.networks import item, lag, mode, network


def accounted(count: int, *accounts: Account) -> Network:
    """So many optional pieces of work of one period, with accounts over them."""
    net = network(*(item(f"a{n}", mode(1), optional=True) for n in range(count)))
    return attrs.evolve(net, accounts=accounts)


def terms(amounts: dict[int, int]) -> tuple[Term, ...]:
    """What activities add, whenever they start."""
    return tuple(Term(activity, 0, (amount,)) for activity, amount in amounts.items())


def test_what_wants_another_takes_it_in_or_goes() -> None:
    """Work 0 only with work 1, which was not chosen: it is dropped, being the last in rank."""
    wants = Account(terms({0: -1, 1: 1}), 0, None, None, "0 only with 1")
    found = generate_mended(Scheme(accounted(2, wants)), [0.0, 1.0], [True, False])
    assert (None, None) == found.plan


def test_what_is_wanted_is_taken_in() -> None:
    """At least one of two, neither chosen: the first in rank comes in."""
    least = Account(terms({0: 1, 1: 1}), 1, None, None, "at least one")
    found = generate_mended(Scheme(accounted(2, least)), [1.0, 0.0], [False, False])
    assert (None, Slot(0, 0)) == found.plan


def test_accounts_at_odds_end() -> None:
    """Forty pieces of work whose accounts no choice can keep: the search for one is given up."""
    amounts = dict.fromkeys(range(40), 2)
    odd = Account(terms(amounts), 39, 39, None, "an odd sum of even numbers")
    found = generate_mended(Scheme(accounted(40, odd)), [0.0] * 40, [True] * 40)
    assert found.plan is None
    assert found.draft is not None


def test_what_finds_no_place_is_taken_first() -> None:
    """The last in rank must end soon, and stands on another: both go before the long one."""
    made = network(
        item("long", mode(5, (0, 1))),
        item("below", mode(1, (0, 1))),
        item("soon", mode(1, (0, 1)), latest=2),
        capacities=[1],
        lags=[lag(1, 2)],
    )
    found = generate_mended(Scheme(made), [0.0, 1.0, 2.0], [True] * 3)
    assert (Slot(2, 0), Slot(0, 0), Slot(1, 0)) == found.plan


def test_what_has_no_place_at_all_ends() -> None:
    """Two that must both be done first: each is tried first once, and then it is told."""
    made = network(
        *(item(name, mode(2, (0, 1)), latest=2) for name in ("one", "other")), capacities=[1]
    )
    found = generate_mended(Scheme(made), [0.0, 1.0], [True, True])
    assert found.plan is None
    assert found.stuck is not None
