"""How the search that is used unless another is asked for goes about a network.

What is decided by size and kind is decided here, once, before the search begins.
"""

from __future__ import annotations

import math
import time

import attrs

from roadmap.network import Network
from roadmap.solvers.bounds.proof import Proof
from roadmap.solvers.contract import Run
from roadmap.solvers.cpsat import CPSAT
from roadmap.solvers.engine import Threads
from roadmap.solvers.incumbent import Incumbent
from roadmap.solvers.tables import convex

_SMALL = 40
"""Up to so many activities that can move, CP-SAT looks through the whole from the beginning."""

_TANGLED = 200
"""Up to so many where a loss falls or rarer rules hold: list rules, windows and bounds see little
there."""

_LARGE = 500
"""Beyond so many that can move, memory counts: CP-SAT has no more threads than are asked for, and
looks through the whole only where next to nothing is left. At 1,000 a gap of 0.9 % became 0.3 by
it, with 464 MiB instead of 208; one of 1.5 % stayed as it was, with 642 instead of 192."""

_NEARLY = (
    (70, (0.08, 0.35)),
    (200, (0.03, 0.15)),
    (_LARGE, (0.0, 0.03)),
    (math.inf, (0.01, 0.01)),
)
"""With up to so many, it does when the gap is less than so much as time begins, and than so much as
it ends; in between evenly more."""

_REFUTED, _NEARLY_REFUTED = 200, (0.01, 0.05)
"""Beyond those that it first looks through, and up to so many, costs are refuted beside the search
where prices tell much. That comes further than a look at the whole, which therefore waits for these
smaller gaps."""

_LEADING = 0.25
"""It also does when this share of the time is spent and no other has proven as much as CP-SAT."""

_HEAVY = 4_000
"""Where it has to look up more entries of tables than this, fewer count as so many: it takes
several times the memory, and finds and proves next to nothing while the gap is wide."""

_WORTH = 0.2
"""It begins anew for a proof that closes this share of the gap."""

_GLANCED = 70
"""Up to so many, and all that it looks through from the beginning, it first looks through without
a proof: the easy ones are proven soonest so. What it looks through from the beginning has no second
improver beside it then. With a proof that tells what each step aside costs, so few are looked
through best by as many threads as there are workers; where more can move, costs are refuted or one
thread lifts the bound."""

_GLANCE, _STARE = 0.15, 0.65
"""The share of the time when that ends, and where more than a few are tangled, as good plans come
so. Where prices tell much the first proof ends it."""

_THREADS = 8
"""CP-SAT's for the whole of what is tangled, or has one loss alone, as the makespan, unless one is
all that is allowed: prices tell little there, its parts differ, and in the long run prove more
together, even where they take turns on two processors."""

_MINUTE = 60.0


@attrs.frozen
class Tactics:
    """What is done, and when.

    Attributes
    ----------
    at_once
        Whether CP-SAT looks through the whole from the beginning, not only when it is time.
    glance
        The share of the time until which it first does so; 0 if not.
    alone
        Whether no second improver goes on beside it.
    gaps
        It is time to look through the whole when the gap is less than the first as time begins, and
        than the second as it ends; in between evenly more.
    stare
        Whether it looks so long even if linear programs have proven something by then.
    refuting
        Whether costs are refuted where linear programs have proven what they can.
    threads
        CP-SAT's where it looks long.
    """

    at_once: bool
    glance: float
    alone: bool
    gaps: tuple[float, float]
    stare: bool
    refuting: bool
    threads: Threads

    def has_glanced(self, run: Run, proof: Proof | None) -> bool:
        """Whether the first look is over: with a proof CP-SAT sees more."""
        return (proof is not None and not self.stare) or spent(run) >= self.glance

    def is_near(self, best: Incumbent) -> bool:
        """Whether it is time to look through the whole: so much is proven, or by CP-SAT alone."""
        time_spent = min(1.0, spent(best.run))
        leading = best.proven_by == CPSAT and time_spent >= _LEADING
        first, last = self.gaps
        return leading or best.within(first + (last - first) * time_spent)


def tactics(network: Network, run: Run) -> Tactics:
    """Choose by how much can move, whether it is tangled, and what is asked for.

    With one worker there is no second improver; where the network is tangled and small CP-SAT uses
    both processors better.
    """
    moving = _movable(network)
    tangled = not (network.is_plain and network.losses_rise)
    telling = not tangled and len(network.losses) > 1
    small = moving <= (_TANGLED if tangled else _SMALL)
    at_once = small or run.effort == "prove"
    looked_at_first = moving > 0 and (small or moving <= _GLANCED)
    stared_at = tangled and moving > _SMALL and run.effort == "plan"
    weight = max(moving, _LARGE) if _looked_up(network) > _HEAVY else moving
    many = not telling and 1 < run.workers < _THREADS and moving <= _LARGE
    refuting = telling and _GLANCED < weight <= _REFUTED and run.workers > 1
    lifting = telling and _GLANCED < moving <= _LARGE and run.workers > 1 and not refuting
    return Tactics(
        at_once=at_once,
        glance=(_STARE if stared_at else _GLANCE) if looked_at_first else 0.0,
        alone=run.workers == 1 or (at_once and tangled),
        gaps=_NEARLY_REFUTED if refuting else _gaps(weight),
        stare=not telling,
        refuting=refuting,
        threads=Threads(_THREADS if many else run.workers + lifting, lifting),
    )


def until(run: Run) -> float:
    """When it is time to look through the whole, however large the gap; on the monotonic clock."""
    return run.began + (run.time_limit or _MINUTE)


def is_outdated(known: Proof | None, last: Proof | None, best: Incumbent) -> bool:
    """Whether a search of the whole that rests on one proof had better begin anew with another.

    Parameters
    ----------
    known, last
        What it rests on, and what has been proven last; ``None`` for nothing.
    best
        The best plan.
    """
    if last is None or last is known:
        return False
    if known is None or best.cost is None:
        return True
    return last.bound - known.bound >= _WORTH * (best.cost - known.bound)


def spent(run: Run) -> float:
    """The share of the time that is spent; without a limit, of a minute."""
    return (time.monotonic() - run.began) / (run.time_limit or _MINUTE)


def _gaps(count: int) -> tuple[float, float]:
    """Of so much work."""
    return next(gaps for most, gaps in _NEARLY if count <= most)


def _movable(network: Network) -> int:
    """How many activities have any choice of when."""
    return sum(
        item.latest - item.earliest > min(mode.duration for mode in item.modes)
        for item in network.activities
    )


def _looked_up(network: Network) -> int:
    """How many entries of tables CP-SAT has to look up."""
    return sum(len(loss.table) for loss in network.losses if not convex(loss.table))
